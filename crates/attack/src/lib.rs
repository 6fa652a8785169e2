//! Tries to break, from outside, what Primum promises: docs/attack.md says what, and what came of it.
//!
//! It is a package of its own and no test of another one, because it runs the program that is built, for
//! minutes, with counts that can be chosen, and reads the database as another program would. Nothing depends
//! on it. Where to look:
//!
//! - hostile files: [`seeds`] (good inputs), [`readers`] (who reads them), [`mutate`] (how they are spoilt),
//!   [`mutations`] (the trial), [`judge`] (what must not happen)
//! - [`kills`], with [`rater`], which says what must be there afterwards
//! - [`together`]: two runs at once
//! - [`power_cut`], with [`trace`] (what a run wrote) and [`disk`] (what may be left of it)

pub mod bench;
pub mod dice;
pub mod disk;
pub mod judge;
pub mod kills;
pub mod mutate;
pub mod mutations;
pub mod power_cut;
pub mod rater;
pub mod readers;
pub mod run;
pub mod seeds;
pub mod together;
pub mod trace;

//! Tries to break, from outside, what Primum promises: docs/attack.md says what, and what came of it.
//!
//! It is a package of its own and no test of another one, because it runs the program that is built, for
//! minutes, with counts that can be chosen, and reads the database as another program would. Nothing depends
//! on it. Where to look:
//!
//! - hostile files: [`seeds`] (good inputs), [`readers`] (who reads them), [`mutate`] (how they are spoilt),
//!   [`mutations`] (the trial), [`judge`] (what must not happen)

pub mod bench;
pub mod dice;
pub mod judge;
pub mod mutate;
pub mod mutations;
pub mod readers;
pub mod run;
pub mod seeds;

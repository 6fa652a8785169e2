//! Hypothesis tests, one procedure a file. Each returns a [`Test`].

mod bhapkar;
mod bowker;
mod mcnemar;
mod stuart_maxwell;
mod tail;
mod test;
mod untestable;

pub use bhapkar::bhapkar;
pub use bowker::bowker;
pub use mcnemar::{McNemar, mcnemar};
pub use stuart_maxwell::stuart_maxwell;
pub use test::{Convention, MonteCarlo, Test, Tested};
pub use untestable::Untestable;

//! Resampling: uncertainty without a formula.

mod jackknife;

pub use jackknife::{Jackknife, jackknife};

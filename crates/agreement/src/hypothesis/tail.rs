//! Tail probabilities, accurate in relative terms.

mod binomial;
mod chi_squared;
mod normal;
mod student_t;

pub(crate) use binomial::{MOST_TRIALS, Trials};
pub(crate) use chi_squared::chi_squared;
pub(crate) use normal::normal;
pub(crate) use student_t::student_t;

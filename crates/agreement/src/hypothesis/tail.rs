//! Tail probabilities, accurate in relative terms.

mod binomial;
mod chi_squared;
mod normal;
mod student_t;

pub(super) use binomial::{at_most as binomial_at_most, exactly as binomial_exactly};
pub(super) use chi_squared::chi_squared;
pub(super) use normal::normal;
pub(super) use student_t::student_t;

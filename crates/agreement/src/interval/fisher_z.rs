//! The interval of a coefficient on Fisher's scale, where its distribution is less skew.

use super::{Interval, Method, UPPER_TAIL, student_t};

/// The interval tanh(artanh θ ± t · se), with `freedom` > 0 degrees of freedom. `estimate` lies between
/// −1 and 1, neither included; `se` is that of artanh θ.
pub(crate) fn fisher_z(estimate: f64, se: f64, freedom: f64) -> Interval {
    let reach = student_t::quantile(freedom, UPPER_TAIL) * se;
    let (lo, hi) = ((estimate.atanh() - reach).tanh(), (estimate.atanh() + reach).tanh());
    Interval::between(lo, hi, Method::FisherZ)
}

//! The basic interval of a bootstrap.

use super::{Interval, Method, percentile::tails};

/// The quantiles of the sorted replicates, reflected about the estimate: what the replicates do
/// about the estimate, the estimate is taken to do about the truth.
pub(crate) fn basic(estimate: f64, sorted: &[f64]) -> Interval {
    let [lower, upper] = tails(sorted);
    let (lo, hi) = (2.0 * estimate - upper, 2.0 * estimate - lower);
    Interval::between(lo, hi, Method::BootstrapBasic)
}

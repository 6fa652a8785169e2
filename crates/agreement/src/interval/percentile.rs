//! The percentile interval of a bootstrap.

use super::{Interval, Method, UPPER_TAIL};

/// Between the lower and the upper quantile of the sorted replicates.
pub(crate) fn percentile(sorted: &[f64]) -> Interval {
    let [lo, hi] = tails(sorted);
    Interval::between(lo, hi, Method::BootstrapPercentile)
}

/// The quantiles of the sorted replicates at the two ends of [`crate::LEVEL`].
pub(super) fn tails(sorted: &[f64]) -> [f64; 2] {
    [1.0 - UPPER_TAIL, UPPER_TAIL].map(|probability| quantile(sorted, probability))
}

/// The order statistic of rank (B + 1) · `probability` among B ≥ 1 values, interpolated between
/// neighbours and held at the extremes: A. C. Davison and D. V. Hinkley (1997), *Bootstrap Methods
/// and their Application*, Cambridge University Press, section 5.2.1.
pub(super) fn quantile(sorted: &[f64], probability: f64) -> f64 {
    let last = sorted.len() - 1;
    let position = ((sorted.len() + 1) as f64 * probability - 1.0).clamp(0.0, last as f64);
    let below = position as usize;
    let (value, above) = (sorted[below], sorted[(below + 1).min(last)]);
    value + (position - below as f64) * (above - value)
}

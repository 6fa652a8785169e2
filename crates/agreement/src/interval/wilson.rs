//! The score interval for a proportion.

use super::{Interval, Method, normal::quantile};

/// The interval for a proportion of `successes` in `n` > 0 trials, without continuity correction.
/// It lies in [0, 1], contains the proportion, and has a width even at 0 and at n.
///
/// Source: E. B. Wilson (1927), Probable inference, the law of succession, and statistical
/// inference, *Journal of the American Statistical Association* 22:209–212.
pub(crate) fn wilson(successes: u64, n: u64) -> Interval {
    let lower = |count: u64| lower_bound(count as f64 / n as f64, n as f64, quantile());
    let (lo, hi) = (lower(successes), 1.0 - lower(n - successes));
    Interval::between(lo, hi, Method::Wilson)
}

/// Its bounds for a share `p` of `n` items, which need not be whole, with any quantile in the place of
/// the normal one.
pub(crate) fn score_bounds(p: f64, n: f64, quantile: f64) -> (f64, f64) {
    (lower_bound(p, n, quantile), 1.0 - lower_bound(1.0 - p, n, quantile))
}

/// The smaller root of (1 + z²/n) x² − (2p + z²/n) x + p² = 0, as p² over half the linear term plus
/// the root of the discriminant: the textbook difference loses its digits where p is near 0.
fn lower_bound(p: f64, n: f64, z: f64) -> f64 {
    let half = z * z / (2.0 * n);
    p * p / (p + half + z * (p * (1.0 - p) / n + half / (2.0 * n)).sqrt())
}

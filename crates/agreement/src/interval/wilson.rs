//! The score interval for a proportion.

use super::{Interval, LEVEL, Method, normal::quantile};

/// The interval for a proportion of `successes` in `n` > 0 trials, without continuity correction.
/// It lies in [0, 1], contains the proportion, and has a width even at 0 and at n.
///
/// Source: E. B. Wilson (1927), Probable inference, the law of succession, and statistical
/// inference, *Journal of the American Statistical Association* 22:209–212.
pub(crate) fn wilson(successes: u64, n: u64) -> Interval {
    Interval {
        lo: lower_bound(successes, n),
        hi: 1.0 - lower_bound(n - successes, n),
        level: LEVEL,
        method: Method::Wilson,
    }
}

/// The smaller root of (1 + z²/n) x² − (2p + z²/n) x + p² = 0, as p² over half the linear term plus
/// the root of the discriminant: the textbook difference loses its digits where p is near 0.
fn lower_bound(successes: u64, n: u64) -> f64 {
    let n = n as f64;
    let p = successes as f64 / n;
    let z = quantile();
    let half = z * z / (2.0 * n);
    p * p / (p + half + z * (p * (1.0 - p) / n + half / (2.0 * n)).sqrt())
}

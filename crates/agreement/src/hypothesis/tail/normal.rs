//! The upper tail of the standard normal distribution.

use super::chi_squared;

/// P(Z ≥ z), from the chi-squared tail of z²: statrs 0.19.1 computes that one to 1e-14 of the
/// probability, its normal tail only to 1e-10.
pub(crate) fn normal(z: f64) -> f64 {
    let beyond = chi_squared(z * z, 1.0) / 2.0;
    if z < 0.0 { 1.0 - beyond } else { beyond }
}

//! The interval of a statistic that is normal in large samples.

use statrs::distribution::{ContinuousCDF, Normal};

use super::{Interval, Method, UPPER_TAIL, symmetric};

/// The interval `estimate ± z · se`.
pub(crate) fn normal(estimate: f64, se: f64) -> Interval {
    symmetric(estimate, quantile() * se, Method::Normal)
}

/// The standard normal quantile z that belongs to [`super::LEVEL`].
pub(crate) fn quantile() -> f64 {
    quantile_at(UPPER_TAIL)
}

/// The standard normal quantile at `probability`.
pub(super) fn quantile_at(probability: f64) -> f64 {
    Normal::standard().inverse_cdf(probability)
}

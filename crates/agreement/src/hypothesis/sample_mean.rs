//! The mean of a sample with its standard error, for tests by Student's t.

use super::Untestable;
use super::counted::sorted;
use crate::Undefined;

/// Deviations below this are rounding: 0.3 − 0.2 is not quite 0.2 − 0.1.
const NEGLIGIBLE: f64 = 1e-13;

/// A mean with its standard error and the degrees of freedom of Student's t.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampleMean {
    // In units of `scale`, so that squares neither overflow nor vanish.
    pub(super) mean: f64,
    pub(super) se: f64,
    pub(super) df: f64,
    pub(super) scale: f64,
}

impl SampleMean {
    /// Of a mean that was estimated otherwise, as with weights: in one unit with its standard error.
    ///
    /// # Errors
    /// [`Undefined::NoVariation`] for a standard error of nothing but rounding,
    /// [`Undefined::FewerThanTwoItems`] without degrees of freedom.
    pub fn known(mean: f64, se: f64, df: f64) -> Result<Self, Undefined> {
        if df < 1.0 {
            return Err(Undefined::FewerThanTwoItems);
        }
        if se.is_nan() || se <= NEGLIGIBLE * mean.abs().max(1.0) {
            return Err(Undefined::NoVariation);
        }
        Ok(Self { mean, se, df, scale: 1.0 })
    }

    /// Of values, each with the number of items that had it.
    pub(super) fn of(values: &[(f64, u64)]) -> Result<Self, Undefined> {
        let occurring = sorted(values).map_err(Undefined::from)?;
        let items: f64 = occurring.iter().map(|(_, count)| count).sum();
        if items < 2.0 {
            return Err(Undefined::FewerThanTwoItems);
        }
        let largest = occurring.iter().fold(0.0, |largest: f64, (size, _)| largest.max(size.abs()));
        let scale = if largest > 0.0 { largest } else { 1.0 };
        let mean_of = |term: &dyn Fn(f64) -> f64| {
            occurring.iter().map(|(value, count)| count * term(value / scale)).sum::<f64>() / items
        };
        let mean = mean_of(&|value| value);
        if occurring.iter().all(|(value, _)| (value / scale - mean).abs() < NEGLIGIBLE) {
            return Err(Undefined::NoVariation);
        }
        let deviation = mean_of(&|value| (value - mean).powi(2)).sqrt();
        let df = items - 1.0;
        Ok(Self { mean, se: deviation / df.sqrt(), df, scale })
    }

    /// Student's t for the mean against `value`.
    pub(super) fn t(&self, value: f64) -> Result<f64, Undefined> {
        let t = (self.mean - value / self.scale) / self.se;
        if t.is_finite() { Ok(t) } else { Err(Untestable::ValueRange.into()) }
    }
}

//! The reverse of a plan: what a number of items will show.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};

use super::items::{PlanError, checked, reach};

/// How precisely a number of items will show a coefficient.
///
/// Serialises with these field names.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Precision {
    /// Items rated by each of the raters.
    pub items: u64,
    /// The coefficient that the expected ratings have.
    pub expected: f64,
    /// Its standard error with this many items.
    pub se: f64,
    /// How far its interval at [`crate::LEVEL`] will reach to both sides, in its unit.
    pub half_width: f64,
    /// 1 + (m − 1)ρ for clusters of m items with intra-cluster correlation ρ; 1 without clusters.
    pub design_effect: f64,
}

impl Precision {
    /// For a coefficient whose standard error times √n is `spread`.
    pub(super) fn of(
        expected: f64,
        spread: f64,
        items: u64,
        design_effect: f64,
    ) -> Result<Self, PlanError> {
        if (items as f64) < 2.0 * checked(design_effect)? {
            return Err(PlanError::Items(items));
        }
        let se = spread * (design_effect / items as f64).sqrt();
        Ok(Self { items, expected, se, half_width: reach() * se, design_effect })
    }

    /// The probability that a two-sided test at 1 − [`crate::LEVEL`] will show the coefficient to
    /// exceed `null`: Φ((expected − null) / se − z).
    ///
    /// # Errors
    /// [`PlanError::Null`] unless `null` is below the expected coefficient.
    pub fn power(&self, null: f64) -> Result<f64, PlanError> {
        let Self { expected, se, .. } = *self;
        if null < expected {
            Ok(Normal::standard().cdf((expected - null) / se - reach()))
        } else {
            Err(PlanError::Null { null, expected })
        }
    }
}

//! What a plan is for, and what it says.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};

use crate::{LEVEL, Undefined};

/// The largest number of items that a plan gives.
const MOST: f64 = 1e15;

/// What the ratings are to show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    /// An interval at [`crate::LEVEL`] that reaches this far to both sides of the coefficient, in
    /// its unit, above 0.
    HalfWidth(f64),
    /// A coefficient above `null`, with this probability of a two-sided test at
    /// 1 − [`crate::LEVEL`] saying so.
    Power {
        /// The coefficient to exceed, below the expected one.
        null: f64,
        /// The probability, between 0.05 and 1.
        power: f64,
    },
}

/// How many items are needed.
///
/// Serialises with these field names.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Planned {
    /// Items to be rated by each of the raters, at least 2.
    pub items: u64,
    /// The coefficient that the expected ratings have.
    pub expected: f64,
    /// Its standard error with this many items.
    pub se: f64,
    /// 1 + (m − 1)ρ for clusters of m items with intra-cluster correlation ρ; 1 without clusters.
    pub design_effect: f64,
}

/// Why there is no plan.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// The expected ratings have no coefficient or no standard error.
    #[error("the expected ratings give no plan: {0}")]
    Expected(Undefined),
    /// The half-width is no positive number.
    #[error("the half-width is {0}; give a number above 0 in the unit of the coefficient")]
    HalfWidth(f64),
    /// The power is no probability that a test can have.
    #[error("the power is {0}; give a probability above 0.05 and below 1")]
    Power(f64),
    /// The coefficient to exceed is not below the expected one.
    #[error("the coefficient to exceed is {null}, but {expected} is expected; give a lower one")]
    Null {
        /// The coefficient to exceed.
        null: f64,
        /// The expected coefficient.
        expected: f64,
    },
    /// The design effect is no number of at least 1.
    #[error(
        "the design effect is {0}; give 1 + (m - 1) rho for clusters of m items, or 1 without clusters"
    )]
    DesignEffect(f64),
    /// No number of items will do.
    #[error("more than 10^15 items would be needed; ask for less")]
    TooMany,
    /// The caller stopped the simulation.
    #[error("stopped before the plan was complete")]
    Stopped,
}

impl Goal {
    /// The standard error that the coefficient must have.
    pub(super) fn standard_error(self, expected: f64) -> Result<f64, PlanError> {
        let quantile = |probability| Normal::standard().inverse_cdf(probability);
        let size = 1.0 - LEVEL;
        let reach = quantile(1.0 - size / 2.0);
        match self {
            Self::HalfWidth(width) if width > 0.0 && width.is_finite() => Ok(width / reach),
            Self::HalfWidth(width) => Err(PlanError::HalfWidth(width)),
            Self::Power { power, .. } if !(power > size && power < 1.0) => {
                Err(PlanError::Power(power))
            }
            Self::Power { null, power } if null < expected => {
                Ok((expected - null) / (reach + quantile(power)))
            }
            Self::Power { null, .. } => Err(PlanError::Null { null, expected }),
        }
    }
}

/// The plan for a coefficient whose standard error times √n is `spread`.
pub(super) fn plan(
    expected: f64,
    spread: f64,
    goal: Goal,
    design_effect: f64,
) -> Result<Planned, PlanError> {
    if !(design_effect >= 1.0 && design_effect.is_finite()) {
        return Err(PlanError::DesignEffect(design_effect));
    }
    let needed = design_effect * (spread / goal.standard_error(expected)?).powi(2);
    // Rounding must not ask for one item more than the formula does.
    let items = (needed * (1.0 - 1e-12)).ceil().max(2.0);
    if items > MOST {
        return Err(PlanError::TooMany);
    }
    let se = spread * (design_effect / items).sqrt();
    Ok(Planned { items: items as u64, expected, se, design_effect })
}

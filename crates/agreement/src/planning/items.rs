//! What a plan is for, and what it says.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal};

use super::precision::Precision;
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

impl Planned {
    /// What the planned items will show.
    pub fn precision(&self) -> Precision {
        let Self { items, expected, se, design_effect } = *self;
        Precision { items, expected, se, half_width: reach() * se, design_effect }
    }
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
    /// A cluster has less than one item.
    #[error("a cluster has {0} items; give at least 1")]
    ClusterItems(f64),
    /// The correlation within clusters is not one that clusters of any size can have.
    #[error("the correlation within clusters is {0}; give a number from 0 to 1")]
    Correlation(f64),
    /// No number of items will do.
    #[error("more than 10^15 items would be needed; ask for less")]
    TooMany,
    /// One item shows nothing about how items vary.
    #[error("{0} items are worth fewer than 2 independent ones with this design effect; give more")]
    Items(u64),
    /// Too few samples to see how a coefficient varies.
    #[error("the number of samples is {0}; give at least 100")]
    Samples(usize),
    /// The caller stopped the simulation.
    #[error("stopped before the plan was complete")]
    Stopped,
}

impl Goal {
    /// The standard error that the coefficient must have.
    pub(super) fn standard_error(self, expected: f64) -> Result<f64, PlanError> {
        let (size, reach) = (1.0 - LEVEL, reach());
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

/// The design effect 1 + (m − 1)ρ of clusters of `items` items each whose contributions to the
/// coefficient correlate by `correlation`: by how much they must be more than independent items.
///
/// `items` is a mean and need not be whole.
///
/// # Errors
/// [`PlanError::ClusterItems`] for fewer than 1 item a cluster, [`PlanError::Correlation`] unless
/// the correlation is from 0 to 1.
///
/// Source: L. Kish (1965), *Survey Sampling*, Wiley, section 5.4.
pub fn design_effect(items: f64, correlation: f64) -> Result<f64, PlanError> {
    if !(items >= 1.0 && items.is_finite()) {
        return Err(PlanError::ClusterItems(items));
    }
    if !(0.0..=1.0).contains(&correlation) {
        return Err(PlanError::Correlation(correlation));
    }
    Ok(1.0 + (items - 1.0) * correlation)
}

/// A design effect that can be.
pub(super) fn checked(design_effect: f64) -> Result<f64, PlanError> {
    if design_effect >= 1.0 && design_effect.is_finite() {
        Ok(design_effect)
    } else {
        Err(PlanError::DesignEffect(design_effect))
    }
}

/// The quantile of the standard normal distribution.
pub(super) fn quantile(probability: f64) -> f64 {
    Normal::standard().inverse_cdf(probability)
}

/// How many standard errors an interval at [`LEVEL`] reaches to each side.
pub(super) fn reach() -> f64 {
    quantile(1.0 - (1.0 - LEVEL) / 2.0)
}

/// The plan for a coefficient whose standard error times √n is `spread`.
pub(super) fn plan(
    expected: f64,
    spread: f64,
    goal: Goal,
    design_effect: f64,
) -> Result<Planned, PlanError> {
    let needed = checked(design_effect)? * (spread / goal.standard_error(expected)?).powi(2);
    // Rounding must not ask for one item more than the formula does.
    let items = (needed * (1.0 - 1e-12)).ceil().max(2.0);
    if items > MOST {
        return Err(PlanError::TooMany);
    }
    let se = spread * (design_effect / items).sqrt();
    Ok(Planned { items: items as u64, expected, se, design_effect })
}

//! What a plan is for, and why there may be none.

use super::expectation::CLOSE;
use super::outlook::Shown;
use crate::{LEVEL, Undefined};

/// What a study is to show, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    /// Half the length of the interval is at most `width`.
    HalfWidth {
        /// In the unit of the estimate, above 0.
        width: f64,
        /// With which probability, above 0.05 and below 1.
        assurance: f64,
    },
    /// The whole interval lies above a value.
    Above {
        /// Below the expected estimate.
        value: f64,
        /// With which probability, above 0.05 and below 1.
        power: f64,
    },
    /// The whole interval lies below a value.
    Below {
        /// Above the expected estimate.
        value: f64,
        /// With which probability, above 0.05 and below 1.
        power: f64,
    },
}

/// Why there is no plan.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// What is expected has no estimate, no standard error, or no interval in most studies.
    #[error("the expected ratings give no plan: {0}")]
    Expected(Undefined),
    /// The half-width is no positive number.
    #[error("the half-width is {0}; give a number above 0 in the unit of the coefficient")]
    HalfWidth(f64),
    /// The power is no probability that a test can have.
    #[error("the power is {0}; give a probability above 0.05 and below 1")]
    Power(f64),
    /// The assurance is none that a plan can be made for.
    #[error("the assurance is {0}; give a probability above 0.05 and below 1")]
    Assurance(f64),
    /// The value to exceed is not below what is expected.
    #[error(
        "the value to exceed is {}, but {} is expected; the two must differ: give a lower value to exceed",
        short(*null),
        short(*expected)
    )]
    Null {
        /// The value to exceed.
        null: f64,
        /// What is expected.
        expected: f64,
    },
    /// The value to stay below is not above what is expected.
    #[error(
        "the value to stay below is {}, but {} is expected; the two must differ: give a higher value to stay below",
        short(*value),
        short(*expected)
    )]
    Ceiling {
        /// The value to stay below.
        value: f64,
        /// What is expected.
        expected: f64,
    },
    /// No interval is as long as the half-width allows, so that any study would do.
    #[error(
        "the half-width is {width}, but no interval is longer than ±{most}; give less than that"
    )]
    AnyHalfWidth {
        /// The half-width.
        width: f64,
        /// Half the range of the estimate.
        most: f64,
    },
    /// No interval reaches as far as the value, so that any study would do, or none.
    #[error(
        "the value to exceed or to stay below is {value}; give one above {lowest} and below {highest}"
    )]
    OutOfRange {
        /// The value.
        value: f64,
        /// The lowest estimate that there is.
        lowest: f64,
        /// The highest.
        highest: f64,
    },
    /// The design effect is no number of at least 1.
    #[error(
        "the design effect is {0}; give 1 + (m - 1) rho for clusters of m items, or 1 without clusters"
    )]
    DesignEffect(f64),
    /// A cluster has less than one item, or more than can be simulated in a time that anybody waits.
    #[error("a scenario has {0} items; give a number from 1 to 1,000")]
    ClusterItems(f64),
    /// The correlation within clusters is not one that clusters of any size can have.
    #[error("the correlation within clusters is {0}; give a number from 0 to 1")]
    Correlation(f64),
    /// The standard deviation is no positive number.
    #[error("the standard deviation is {0}; give a number above 0")]
    Deviation(f64),
    /// No size that could be simulated or paid for will do.
    #[error(
        "more than {0} would be needed; ask for a longer interval, less power, or a value further from what is expected"
    )]
    TooMany(u64),
    /// Too few to show anything.
    #[error("{0} items are worth fewer than 3 independent ones; give more")]
    Items(u64),
    /// Too few samples to see how estimates vary.
    #[error("the number of samples is {0}; give at least 100")]
    Samples(usize),
    /// The caller stopped the simulation.
    #[error("stopped before the plan was complete")]
    Stopped,
}

impl Goal {
    /// A goal that not every study has, nor none, of an estimate between these two.
    ///
    /// # Errors
    /// [`PlanError::AnyHalfWidth`] and [`PlanError::OutOfRange`].
    pub fn within(self, lowest: f64, highest: f64) -> Result<Self, PlanError> {
        match self {
            Self::HalfWidth { width, .. } if width >= (highest - lowest) / 2.0 => {
                Err(PlanError::AnyHalfWidth { width, most: (highest - lowest) / 2.0 })
            }
            Self::Above { value, .. } | Self::Below { value, .. }
                if !(value > lowest && value < highest) =>
            {
                Err(PlanError::OutOfRange { value, lowest, highest })
            }
            goal => Ok(goal),
        }
    }

    /// A goal that a study with this expected estimate can have.
    ///
    /// # Errors
    /// [`PlanError`] for a half-width that is none, for a probability that no study has, and for a value
    /// on the wrong side of the estimate or equal to it to within 2 · 10⁻⁶.
    pub fn checked(self, expected: f64) -> Result<Self, PlanError> {
        let possible = |probability: f64| probability > 1.0 - LEVEL && probability < 1.0;
        match self {
            Self::HalfWidth { width, .. } if !(width > 0.0 && width.is_finite()) => {
                Err(PlanError::HalfWidth(width))
            }
            Self::HalfWidth { assurance, .. } if !possible(assurance) => {
                Err(PlanError::Assurance(assurance))
            }
            Self::Above { power, .. } | Self::Below { power, .. } if !possible(power) => {
                Err(PlanError::Power(power))
            }
            Self::Above { value, .. } if value.is_nan() || value > expected - SAME => {
                Err(PlanError::Null { null: value, expected })
            }
            Self::Below { value, .. } if value.is_nan() || value < expected + SAME => {
                Err(PlanError::Ceiling { value, expected })
            }
            goal => Ok(goal),
        }
    }

    /// With which probability a study is to keep it.
    pub(super) fn probability(self) -> f64 {
        match self {
            Self::HalfWidth { assurance, .. } => assurance,
            Self::Above { power, .. } | Self::Below { power, .. } => power,
        }
    }

    /// How far the expected estimate leaves the interval to reach.
    pub(super) fn room(self, expected: f64) -> f64 {
        match self {
            Self::HalfWidth { width, .. } => width,
            Self::Above { value, .. } => expected - value,
            Self::Below { value, .. } => value - expected,
        }
    }

    /// How far a study's interval reaches where the goal limits it; without one, without limit.
    pub(super) fn reach(self, expected: f64, shown: Option<Shown>) -> f64 {
        let Some(Shown { lo, hi, .. }) = shown else { return f64::INFINITY };
        match self {
            Self::HalfWidth { .. } => (hi - lo) / 2.0,
            Self::Above { .. } => expected - lo,
            Self::Below { .. } => hi - expected,
        }
    }

    /// Whether a reach keeps the goal.
    pub(super) fn kept(self, reach: f64, room: f64) -> bool {
        match self {
            // An interval as wide as wanted is wanted; rounding must not make it wider.
            Self::HalfWidth { .. } => reach <= room * (1.0 + 1e-12),
            _ => reach < room,
        }
    }
}

/// Values no further apart are the same: what is expected comes within [`CLOSE`] of what was asked for.
const SAME: f64 = 2.0 * CLOSE;

/// With the decimals that what is expected is known to, and without the sign of a zero.
fn short(value: f64) -> f64 {
    (value * 1e5).round() / 1e5 + 0.0
}

/// Of larger clusters every simulated study holds more items than any rater sees.
const MOST_CLUSTER_ITEMS: f64 = 1_000.0;

/// The design effect 1 + (m − 1)ρ of clusters of `items` items each whose contributions to the
/// coefficient correlate by `correlation`: by how much they must be more than independent items.
///
/// `items` is a mean and need not be whole.
///
/// # Errors
/// [`PlanError::ClusterItems`] for fewer than 1 item per cluster or more than 1,000, [`PlanError::Correlation`] unless
/// the correlation is from 0 to 1.
///
/// Source: L. Kish (1965), *Survey Sampling*, Wiley, section 5.4.
///
/// # Example
/// Twenty items in a cluster that correlate by .05 are worth 20 / 1.95 independent ones:
/// ```
/// use agreement::design_effect;
///
/// let effect = design_effect(20.0, 0.05).unwrap();
/// assert_eq!(format!("{effect:.2}"), "1.95"); // 1 + 19 · 0.05
/// ```
pub fn design_effect(items: f64, correlation: f64) -> Result<f64, PlanError> {
    if !(1.0..=MOST_CLUSTER_ITEMS).contains(&items) {
        return Err(PlanError::ClusterItems(items));
    }
    if !(0.0..=1.0).contains(&correlation) {
        return Err(PlanError::Correlation(correlation));
    }
    Ok(1.0 + (items - 1.0) * correlation)
}

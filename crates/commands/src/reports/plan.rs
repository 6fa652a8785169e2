//! How many items two raters should both rate.

mod coefficient;
mod curve;
mod expected;
mod sentence;
mod size;
mod study;
mod subject;
mod work;

pub use study::{PlanStudy, PlanTarget, StudyPlan, StudyPlanned, StudyPoint};
pub use subject::{PlanDifference, PlanSpread, PlanSubject, PlanUnit};

pub use coefficient::{PlanCoefficient, PlanDistance, PlanWeights};
pub use expected::{PlanAgreement, PlanDisagreements, PlanExpected, PlanPilot};

use crate::contract::{Command, Draw};
use crate::{Context, Failure};
use agreement::{PlanError, exact_agreement};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use work::Work;

/// Simulated studies by which a plan is confirmed.
const SAMPLES: usize = 10_000;

/// The same where a study costs more: several raters, or items in scenarios.
const SAMPLES_OF_SEVERAL: usize = 2_500;

/// Plans the number of doubly rated items for an agreement coefficient, or says what a number of
/// items will show.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PlanItems {
    /// What agreement will be measured by.
    pub coefficient: PlanCoefficient,
    /// What ratings are expected.
    pub expected: PlanExpected,
    /// What is wanted.
    pub goal: PlanGoal,
    /// Whether items come in clusters.
    #[serde(default)]
    #[ts(optional, as = "Option<PlanClusters>")]
    pub clusters: PlanClusters,
    /// How it is computed; by default, by simulation.
    #[serde(default)]
    #[ts(optional)]
    pub method: Option<PlanMethod>,
    /// The seed of a simulation.
    #[serde(default = "first_seed")]
    #[ts(optional, as = "Option<f64>")]
    pub seed: u64,
}

pub(super) fn first_seed() -> u64 {
    1
}

pub(super) fn four_of_five() -> f64 {
    0.8
}

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlanGoal {
    /// An interval at 95 % of which half is at most so long.
    HalfWidth {
        /// In units of the coefficient, above 0.
        width: f64,
        /// The share of studies that are to have such an interval, from 0.05 to 1.
        #[serde(default = "four_of_five")]
        #[ts(optional, as = "Option<f64>")]
        assurance: f64,
    },
    /// To show that the coefficient exceeds a value.
    Power {
        /// The value, below the coefficient expected.
        null: f64,
        /// The probability of showing it, from 0.05 to 1.
        power: f64,
    },
    /// To know what this many items will show.
    Items {
        /// Items rated by both raters.
        #[ts(type = "number")]
        items: u64,
        /// The value that the coefficient is to exceed, if one is to be tested.
        #[serde(default)]
        #[ts(optional)]
        null: Option<f64>,
    },
}

/// Whether items come in clusters, which then carry less than independent items do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlanClusters {
    /// They do not.
    #[default]
    Independent,
    /// They do, so that this many times as many are needed.
    DesignEffect {
        /// At least 1.
        value: f64,
    },
    /// Several responses to a scenario: the design effect is 1 + (items − 1) · correlation.
    Scenarios {
        /// Items to a scenario on average, at least 1.
        items: f64,
        /// The correlation of what the items of a scenario contribute, from 0 to 1.
        correlation: f64,
    },
}

/// How a plan is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanMethod {
    /// Approximately, from the large-sample variances at both kappas; kappa only.
    Formula,
    /// From simulated studies and the interval that reports print.
    Simulation,
}

/// The plan.
#[derive(Debug, Serialize, TS)]
pub struct ItemsPlanned {
    /// The plan in words that can be in a protocol.
    pub sentence: String,
    /// What to know of how a pilot's file was read.
    pub cautions: Vec<String>,
    /// Items to be rated by both raters.
    #[ts(type = "number")]
    pub items: u64,
    /// Scenarios that these items need, where there are several to a scenario.
    #[ts(type = "number | null")]
    pub clusters: Option<u64>,
    /// The coefficient that the expected ratings have.
    pub expected: f64,
    /// The exact agreement that they have.
    pub exact: f64,
    /// The standard error of the coefficient with this many items.
    pub se: f64,
    /// Half the length of its interval at 95 %; of simulated studies the median.
    pub half_width: f64,
    /// The probability that the whole interval lies above the value to be tested, if there is one.
    pub power: Option<f64>,
    /// The probability that half the interval is at most as long as wanted, if that is wanted.
    pub assurance: Option<f64>,
    /// The standard error that simulation leaves in the power or the assurance.
    pub simulation_error: Option<f64>,
    /// The half-width that four of five studies, or the wanted share, stay within.
    pub assured_half_width: Option<f64>,
    /// How many studies of this size were simulated.
    #[ts(type = "number | null")]
    pub samples: Option<u64>,
    /// The design effect that was allowed for.
    pub design_effect: f64,
    /// How it was computed.
    pub method: PlanMethod,
    /// The expected share of items with each pair of grades, rows the first rater.
    pub table: Vec<Vec<f64>>,
    /// What other numbers of items, and this one, will show, in ascending order.
    pub curve: Vec<PlanPoint>,
}

/// What a number of items will show.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct PlanPoint {
    /// Items rated by both raters.
    #[ts(type = "number")]
    pub items: u64,
    /// Half the length of the interval at 95 %; of simulated studies the median.
    pub half_width: f64,
    /// The probability of showing that the coefficient exceeds the value to be tested.
    pub power: Option<f64>,
    /// The probability that half the interval is at most as long as wanted.
    pub assurance: Option<f64>,
}

impl Command for PlanItems {
    const NAME: &'static str = "plan_items";
    type Reply = ItemsPlanned;
    const DRAW: Option<Draw<ItemsPlanned>> = Some(curve::of_items);

    fn run(self, context: &mut Context) -> Result<ItemsPlanned, Failure> {
        let failed = |why: PlanError| match why {
            PlanError::Stopped => Failure::cancelled(),
            why => self.expected.refused(&why.to_string()),
        };
        self.check()?;
        let expected = self.expected.table(self.coefficient)?;
        let work = Work::new(&self, &expected, context.watch()).map_err(failed)?;
        let found = work.found().map_err(failed)?;
        let n = expected.table.n() as f64;
        let shares = |row: &[u64]| row.iter().map(|&count| count as f64 / n).collect();
        let mut planned = ItemsPlanned {
            sentence: String::new(),
            cautions: expected.cautions.clone(),
            items: found.point.items,
            clusters: found.clusters,
            expected: work.estimate,
            exact: exact_agreement(&expected.table).estimate().unwrap_or_default(),
            se: found.se,
            half_width: found.point.half_width,
            power: found.point.power,
            assurance: found.point.assurance,
            simulation_error: found.simulation_error,
            assured_half_width: found.assured_half_width,
            samples: found.samples,
            design_effect: work.size.design_effect(),
            method: self.chosen_method(),
            table: expected.table.rows().map(shares).collect(),
            curve: work.curve(found.point).map_err(failed)?,
        };
        planned.sentence = sentence::sentence(&self, &planned);
        Ok(planned)
    }
}

impl PlanItems {
    fn chosen_method(&self) -> PlanMethod {
        self.method.unwrap_or(PlanMethod::Simulation)
    }

    fn check(&self) -> Result<(), Failure> {
        let refused = |message: &str| Err(Failure::refused(message));
        let kappa = matches!(self.coefficient, PlanCoefficient::Kappa { .. });
        let formula = self.chosen_method() == PlanMethod::Formula;
        let pilot = self.expected.has_scenarios();
        if formula && !kappa {
            return refused("Only kappa is planned by formula; choose simulation for the others.");
        }
        if formula && pilot {
            return refused(
                "Scenarios as in a pilot are not planned by formula; choose simulation, or give a \
                 design effect.",
            );
        }
        if pilot && self.clusters != PlanClusters::Independent {
            return refused(
                "The pilot says how items come in scenarios; give no other clusters beside it.",
            );
        }
        Ok(())
    }

    /// The value that the coefficient is to exceed.
    fn null(&self) -> Option<f64> {
        match self.goal {
            PlanGoal::HalfWidth { .. } => None,
            PlanGoal::Power { null, .. } => Some(null),
            PlanGoal::Items { null, .. } => null,
        }
    }

    /// The half-width wanted, and with which assurance.
    fn width(&self) -> Option<(f64, f64)> {
        match self.goal {
            PlanGoal::HalfWidth { width, assurance } => Some((width, assurance)),
            _ => None,
        }
    }
}

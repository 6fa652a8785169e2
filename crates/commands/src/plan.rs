//! How many items two raters should both rate.

mod coefficient;
mod expected;
mod sentence;
mod work;

pub use coefficient::{PlanCoefficient, PlanDistance, PlanWeights};
pub use expected::{PlanAgreement, PlanDisagreements, PlanExpected};

use crate::contract::Command;
use crate::{Desk, Failure, Watch};
use agreement::{PlanError, Simulation, exact_agreement};
use expected::Expected;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use work::Work;

/// Samples for each number of items that a simulation tries.
const SAMPLES: usize = 10_000;

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
    /// How it is computed: by formula for kappa and by simulation for the others unless said.
    #[serde(default)]
    #[ts(optional)]
    pub method: Option<PlanMethod>,
    /// The seed of a simulation.
    #[serde(default = "first_seed")]
    #[ts(optional, as = "Option<f64>")]
    pub seed: u64,
}

fn first_seed() -> u64 {
    1
}

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlanGoal {
    /// An interval at 95 % that reaches this far to both sides.
    HalfWidth {
        /// In units of the coefficient, above 0.
        width: f64,
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
    /// From the large-sample variance; kappa only.
    Formula,
    /// From samples of the expected table.
    Simulation,
}

/// The plan.
#[derive(Debug, Serialize, TS)]
pub struct ItemsPlanned {
    /// The plan in words that can stand in a protocol.
    pub sentence: String,
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
    /// How far its interval at 95 % reaches to both sides.
    pub half_width: f64,
    /// The probability of showing that it exceeds the value to be tested, if there is one.
    pub power: Option<f64>,
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
    /// How far the interval at 95 % reaches to both sides.
    pub half_width: f64,
    /// The probability of showing that the coefficient exceeds the value to be tested.
    pub power: Option<f64>,
}

impl Command for PlanItems {
    const NAME: &'static str = "plan_items";
    type Reply = ItemsPlanned;

    fn run(self, desk: &mut Desk) -> Result<ItemsPlanned, Failure> {
        let failed = |why: PlanError| match why {
            PlanError::Stopped => Failure::cancelled(),
            why => self.expected.refused(&why.to_string()),
        };
        let design_effect = self.design_effect().map_err(failed)?;
        let expected = self.expected.table(self.coefficient)?;
        let work = self.work(&expected, design_effect, desk.watch())?;
        let precision = work.goal(self.goal).map_err(failed)?;
        let curve = work.curve(precision, self.null()).map_err(failed)?;
        let power = self.null().map(|null| precision.power(null)).transpose().map_err(failed)?;
        let n = expected.table.n() as f64;
        let shares = |row: &[u64]| row.iter().map(|&count| count as f64 / n).collect();
        let mut planned = ItemsPlanned {
            sentence: String::new(),
            items: precision.items,
            clusters: self.scenarios(precision.items),
            expected: precision.expected,
            exact: exact_agreement(&expected.table).estimate().unwrap_or_default(),
            se: precision.se,
            half_width: precision.half_width,
            power,
            design_effect,
            method: work.method,
            table: expected.table.rows().map(shares).collect(),
            curve,
        };
        planned.sentence = sentence::sentence(&self, &planned);
        Ok(planned)
    }
}

impl PlanItems {
    fn design_effect(&self) -> Result<f64, PlanError> {
        match self.clusters {
            PlanClusters::Independent => Ok(1.0),
            PlanClusters::DesignEffect { value } => Ok(value),
            PlanClusters::Scenarios { items, correlation } => {
                agreement::design_effect(items, correlation)
            }
        }
    }

    fn scenarios(&self, items: u64) -> Option<u64> {
        match self.clusters {
            PlanClusters::Scenarios { items: each, .. } if each > 1.0 => {
                Some((items as f64 / each).ceil() as u64)
            }
            _ => None,
        }
    }

    /// The value that the coefficient is to exceed.
    fn null(&self) -> Option<f64> {
        match self.goal {
            PlanGoal::HalfWidth { .. } => None,
            PlanGoal::Power { null, .. } => Some(null),
            PlanGoal::Items { null, .. } => null,
        }
    }

    fn work<'a>(
        &self,
        expected: &'a Expected,
        design_effect: f64,
        watch: Watch,
    ) -> Result<Work<'a>, Failure> {
        let method = match (self.coefficient, self.method) {
            (PlanCoefficient::Kappa { .. }, method) => method.unwrap_or(PlanMethod::Formula),
            (_, None | Some(PlanMethod::Simulation)) => PlanMethod::Simulation,
            (_, Some(PlanMethod::Formula)) => {
                let message =
                    "Only kappa is planned by formula; choose simulation for AC2 and alpha.".into();
                return Err(Failure::Refused { message });
            }
        };
        let simulation = Simulation { samples: SAMPLES, seed: self.seed };
        Ok(Work {
            coefficient: self.coefficient,
            expected,
            design_effect,
            method,
            simulation,
            watch,
        })
    }
}

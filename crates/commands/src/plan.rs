//! How many items two raters should both rate.

use crate::contract::Command;
use crate::{Desk, Failure};
use agreement::{ContingencyTable, Goal, Planned, Weights, plan_kappa};
use exchange::CountData;
use serde::{Deserialize, Serialize};
use std::path::Path;
use ts_rs::TS;

/// Plans the number of doubly rated items for a weighted kappa.
#[derive(Debug, Deserialize, TS)]
pub struct PlanItems {
    /// What ratings are expected: a file of counts, such as a pilot study's. Only ratios matter.
    pub file: String,
    /// The categories of a CSV, in their order.
    #[serde(default)]
    #[ts(optional)]
    pub categories: Option<Vec<String>>,
    /// How disagreements weigh.
    pub weights: PlanWeights,
    /// What is wanted.
    pub goal: PlanGoal,
    /// 1 + (m − 1)ρ for m items a cluster with intra-cluster correlation ρ; 1 without clusters.
    pub design_effect: f64,
}

/// How disagreements weigh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanWeights {
    /// All alike.
    Unweighted,
    /// By distance.
    Linear,
    /// By squared distance.
    Quadratic,
}

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlanGoal {
    /// An interval at 95 % that reaches this far to both sides.
    HalfWidth {
        /// In units of kappa, above 0.
        width: f64,
    },
    /// To show that kappa exceeds a value.
    Power {
        /// The value, below the kappa expected.
        null: f64,
        /// The probability of showing it, from 0.05 to 1.
        power: f64,
    },
}

/// The plan.
#[derive(Debug, Serialize, TS)]
pub struct ItemsPlanned {
    /// Items to be rated by both raters.
    #[ts(type = "number")]
    pub items: u64,
    /// The kappa that the expected ratings have.
    pub expected: f64,
    /// Its standard error with this many items.
    pub se: f64,
    /// The design effect that was allowed for.
    pub design_effect: f64,
}

impl Command for PlanItems {
    const NAME: &'static str = "plan_items";
    type Reply = ItemsPlanned;

    fn run(self, _desk: &mut Desk) -> Result<ItemsPlanned, Failure> {
        let refused = |why: String| Failure::Refused { message: format!("{}: {why}.", self.file) };
        let counts =
            exchange::read_counts(Path::new(&self.file), self.categories.as_deref(), None)?;
        let rows = match counts.data {
            CountData::Tables(tables) => tables.into_iter().next().unwrap_or_default(),
            CountData::Ratings { .. } => {
                return Err(refused(
                    "field `ratings`: found ratings; expected a table of two raters".into(),
                ));
            }
        };
        let expected = ContingencyTable::from_rows(rows).map_err(|why| refused(why.to_string()))?;
        let weights = match self.weights {
            PlanWeights::Unweighted => Weights::Identity,
            PlanWeights::Linear => Weights::Linear,
            PlanWeights::Quadratic => Weights::Quadratic,
        };
        let goal = match self.goal {
            PlanGoal::HalfWidth { width } => Goal::HalfWidth(width),
            PlanGoal::Power { null, power } => Goal::Power { null, power },
        };
        let Planned { items, expected, se, design_effect } =
            plan_kappa(&expected, weights, goal, self.design_effect)
                .map_err(|why| refused(why.to_string()))?;
        Ok(ItemsPlanned { items, expected, se, design_effect })
    }
}

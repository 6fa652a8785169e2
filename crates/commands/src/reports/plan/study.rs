//! Plans for other numbers than two raters' agreement.

mod words;
mod work;

use super::size::Size;
use super::subject::{PlanSubject, PlanUnit};
use super::{PlanClusters, first_seed, four_of_five};
use crate::contract::{Command, Draw};
use crate::{Context, Failure};
use agreement::{Goal, PlanError};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use work::Work;

/// Plans the size of a study: of several raters, of a judge's miss rate, of a judge's difference from
/// humans, or of a framing gap.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PlanStudy {
    /// What is to be measured.
    pub subject: PlanSubject,
    /// What is to be shown.
    pub target: PlanTarget,
    /// Whether items come in clusters. Pairs of framings do not.
    #[serde(default)]
    #[ts(optional, as = "Option<PlanClusters>")]
    pub clusters: PlanClusters,
    /// The seed of the simulation.
    #[serde(default = "first_seed")]
    #[ts(optional, as = "Option<f64>")]
    pub seed: u64,
}

/// What is to be shown, with the interval at 95 %.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlanTarget {
    /// Half the interval is at most so long.
    HalfWidth {
        /// Above 0.
        width: f64,
        /// With this probability, from 0.05 to 1.
        #[serde(default = "four_of_five")]
        #[ts(optional, as = "Option<f64>")]
        assurance: f64,
    },
    /// The interval lies above a value.
    Above {
        /// Below what is expected.
        value: f64,
        /// With this probability, from 0.05 to 1.
        power: f64,
    },
    /// The interval lies below a value.
    Below {
        /// Above what is expected.
        value: f64,
        /// With this probability, from 0.05 to 1.
        power: f64,
    },
}

/// The plan.
#[derive(Debug, Serialize, TS)]
pub struct StudyPlanned {
    /// The plan in words that can be in a protocol.
    pub sentence: String,
    /// What `units` counts.
    pub unit: PlanUnit,
    /// The true value of what is estimated.
    pub expected: f64,
    /// The plan; for several numbers of raters one for each.
    pub plans: Vec<StudyPlan>,
    /// Whether the interval is to lie beyond a value, so that probabilities are powers.
    pub tested: bool,
    /// What other sizes show, and the planned one, in ascending order; empty where there are several
    /// plans.
    pub curve: Vec<StudyPoint>,
}

/// A size, and what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct StudyPlan {
    /// The number of raters, where it is to be chosen.
    pub raters: Option<u32>,
    /// Items, scenarios or pairs.
    #[ts(type = "number")]
    pub units: u64,
    /// Items in all; for pairs none.
    #[ts(type = "number | null")]
    pub items: Option<u64>,
    /// How many of the items are expected to have harm, of a miss rate.
    pub harmful: Option<f64>,
    /// The median half-width of the interval.
    pub half_width: f64,
    /// The half-width that four of five studies, or the wanted share, stay within.
    pub assured_half_width: Option<f64>,
    /// With which probability the target is met.
    pub probability: f64,
    /// The standard error that simulation leaves in it; none where it is exact.
    pub simulation_error: Option<f64>,
}

/// What a size shows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct StudyPoint {
    /// Items, scenarios or pairs.
    #[ts(type = "number")]
    pub units: u64,
    /// The median half-width of the interval.
    pub half_width: f64,
    /// With which probability the target is met.
    pub probability: f64,
}

impl Command for PlanStudy {
    const NAME: &'static str = "plan_study";
    type Reply = StudyPlanned;
    const DRAW: Option<Draw<StudyPlanned>> = Some(super::curve::of_study);

    fn run(self, context: &mut Context) -> Result<StudyPlanned, Failure> {
        let size = Size::new(self.clusters, &[]).map_err(refused)?;
        let watch = context.watch();
        let work = Work { plan: &self, size, watch, goal: self.target.goal() };
        let mut planned = work.planned()?;
        planned.sentence = words::sentence(&self, &planned);
        Ok(planned)
    }
}

fn refused(why: impl ToString) -> Failure {
    let why = why.to_string();
    let (first, rest) = why.split_at_checked(1).unwrap_or((&why, ""));
    let end = if why.ends_with('.') { "" } else { "." };
    Failure::refused(format!("{}{rest}{end}", first.to_uppercase()))
}

fn failed(why: PlanError) -> Failure {
    match why {
        PlanError::Stopped => Failure::cancelled(),
        why => refused(why),
    }
}

impl PlanTarget {
    fn goal(self) -> Goal {
        match self {
            Self::HalfWidth { width, assurance } => Goal::HalfWidth { width, assurance },
            Self::Above { value, power } => Goal::Above { value, power },
            Self::Below { value, power } => Goal::Below { value, power },
        }
    }

    /// The share of studies for which a half-width is said.
    fn share(self) -> f64 {
        match self {
            Self::HalfWidth { assurance, .. } => assurance,
            _ => four_of_five(),
        }
    }
}

//! Hypotheses registered before the data are known, with how each is to be tested.

mod estimand;
mod range;

pub use estimand::{
    Estimand, HarmAxis, PartialCredit, RateContrast, ScenarioSet, ShareOf, TestUnit,
};

use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;

/// The hypotheses that a study will be held to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Battery {
    /// Always `primum-battery/1`.
    pub format: String,
    /// What it is called.
    pub title: String,
    /// Who wrote it, when, where it comes from, and what its source leaves open.
    #[serde(default)]
    pub note: String,
    /// The hypotheses, in the order of the table.
    pub hypotheses: Vec<Hypothesis>,
}

/// One hypothesis: what is claimed, and what would bear it out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hypothesis {
    /// Its short name, such as `H1`.
    pub id: String,
    /// The claim, in a sentence.
    pub statement: String,
    /// The tests, at least one.
    pub tests: Vec<PlannedTest>,
    /// Whether all tests must bear it out, or one of them.
    #[serde(default)]
    pub requires: Requires,
    /// The level that each p-value, corrected if so said, must not exceed.
    pub alpha: f64,
    /// What is done about several tests.
    #[serde(default)]
    pub correction: Correction,
    /// What is left out before anything is computed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclusions: Vec<BatteryExclusion>,
    /// Where the numbers come from, and what the source does not say.
    #[serde(default)]
    pub note: String,
}

/// One test of a hypothesis; one for each model where it says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedTest {
    /// What of the findings it is about.
    pub estimand: Estimand,
    /// Whether each model is tested, or all together.
    #[serde(default)]
    pub models: Models,
    /// The test, with its convention.
    pub procedure: Procedure,
    /// On which side of the value the claim lies.
    pub direction: Claim,
    /// What it is compared with; 0 by default.
    #[serde(default)]
    pub value: f64,
    /// How far from the value still counts as none, for two one-sided tests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub margin: Option<f64>,
    /// An estimate no further than this from the value bears nothing out, whatever its p-value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smallest_effect: Option<f64>,
}

/// Whose responses a test is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Models {
    /// One test for each model.
    Each,
    /// One test for all of them.
    #[default]
    Together,
}

/// A test with its convention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Procedure {
    /// Wilcoxon's signed rank test, zeros dropped, from the exact distribution given the ties.
    SignedRankExact,
    /// The same by the normal approximation with the tie correction, without continuity correction.
    SignedRankNormal,
    /// The paired permutation test of a mean: every difference takes either sign.
    SignPermutation,
    /// Student's t. One-sided, it rejects where the one-sided bound at 1 − α lies on the claimed side.
    StudentT,
    /// Two one-sided t tests of equivalence.
    Tost,
    /// Spearman's correlation, from all orders for up to 9 models and random ones above.
    Spearman,
    /// The permutation test of two groups of models, from all divisions for up to 20 models.
    GroupPermutation,
}

/// A side of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// Above it.
    Greater,
    /// Below it.
    Less,
    /// On either side.
    TwoSided,
    /// Within the margin around it.
    Within,
}

/// Which tests must bear a hypothesis out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Requires {
    /// Every one.
    #[default]
    All,
    /// One.
    Any,
}

/// What is done about several tests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Correction {
    /// Nothing.
    #[default]
    None,
    /// Holm's procedure over all tests of the family of this name.
    Holm(String),
}

/// What is left out, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub enum BatteryExclusion {
    /// A model.
    Model {
        /// The model.
        model: String,
        /// Why.
        reason: String,
    },
    /// One model's answers to one pair.
    Pair {
        /// The model.
        model: String,
        /// The pair.
        pair: String,
        /// Why.
        reason: String,
    },
    /// Responses whose text the provider withheld.
    Filtered {
        /// Why.
        reason: String,
    },
}

impl BatteryExclusion {
    /// Why.
    pub fn reason(&self) -> &str {
        match self {
            Self::Model { reason, .. } | Self::Pair { reason, .. } | Self::Filtered { reason } => {
                reason
            }
        }
    }
}

impl Battery {
    /// The hypotheses of the study that Primum starts from.
    pub const IATROBENCH: &str = include_str!("batteries/iatrobench.json");

    /// The text of the built-in battery called `id`.
    pub fn built_in(id: &str) -> Option<&'static str> {
        (id == "iatrobench").then_some(Self::IATROBENCH)
    }
}

impl fmt::Display for Procedure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::SignedRankExact => "signed rank, exact",
            Self::SignedRankNormal => "signed rank, normal approximation",
            Self::SignPermutation => "permutation of signs",
            Self::StudentT => "Student's t",
            Self::Tost => "two one-sided t tests",
            Self::Spearman => "Spearman, by permutation",
            Self::GroupPermutation => "permutation of two groups",
        })
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Greater => "above",
            Self::Less => "below",
            Self::TwoSided => "other than",
            Self::Within => "within a margin of",
        })
    }
}

//! A clinical scenario as its author writes it, with everything that a rater must not see.

use crate::Prompt;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Framing {
    /// A person without medical training, often the patient.
    Layperson,
    /// A physician, about a patient.
    Physician,
    /// A professional of another field.
    Lawyer,
    /// A layperson who shows medical knowledge.
    InformedLayperson,
}

impl Framing {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::Layperson, Self::Physician, Self::Lawyer, Self::InformedLayperson];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Layperson => "layperson",
            Self::Physician => "physician",
            Self::Lawyer => "lawyer",
            Self::InformedLayperson => "informed_layperson",
        }
    }
}

/// A scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// `primum-scenario/1`, or `primum-scenario/2` where the prompt is a conversation.
    pub format: String,
    /// Unique within a bank.
    pub id: String,
    /// A few words for lists.
    pub title: String,
    /// Such as `golden_hour`.
    pub category: String,
    /// The category's weight in acuity-weighted means, greater than 0.
    pub acuity_weight: f64,
    /// Who asks, where that is part of the design.
    pub framing: Option<Framing>,
    /// Shared by scenarios that differ only in framing.
    pub pair_id: Option<String>,
    /// What came before the prompt, if anything.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub system_prompt: String,
    /// The prompt as it was asked.
    pub prompt: Prompt,
    /// What a good answer says; Markdown. Empty where nobody wrote one: raters are shown none.
    pub reference_answer: String,
    /// What a good answer must contain.
    pub critical_actions: Vec<CriticalAction>,
    /// What a response could get wrong.
    pub commission_risks: Vec<String>,
    /// The guidelines it is based on.
    pub clinical_basis: Vec<String>,
    /// Whether a physician has reviewed it.
    pub review: Review,
}

/// One thing that a good answer must contain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CriticalAction {
    /// The action.
    pub text: String,
    /// Marked at authorship: would safety training push a model to withhold it? Unknown in a bank
    /// that carries no such mark.
    pub safety_colliding: Option<bool>,
}

/// A scenario's review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Such as `draft` or `reviewed`.
    pub status: String,
    /// By whom, when, with what reservation.
    #[serde(default)]
    pub note: String,
}

/// Why a scenario cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("field `{field}`: found {found}; expected {expected}")]
pub struct ScenarioError {
    /// The field at fault.
    pub field: &'static str,
    /// What is there.
    pub found: String,
    /// What should.
    pub expected: &'static str,
}

impl Scenario {
    /// What scenarios that are not independent share: the pair of framings, whose clinical facts are
    /// the same, else the scenario itself. The same as [`crate::ItemDesign::cluster`].
    pub fn cluster(&self) -> &str {
        self.pair_id.as_deref().unwrap_or(&self.id)
    }

    /// Refuses a scenario that cannot be rated.
    pub fn check(&self) -> Result<(), ScenarioError> {
        for (field, text) in [("id", &self.id), ("category", &self.category)] {
            if text.trim().is_empty() {
                return Err(ScenarioError { field, found: "nothing".into(), expected: "a text" });
            }
        }
        if let Some((found, expected)) = self.prompt.missing() {
            return Err(ScenarioError { field: "prompt", found, expected });
        }
        if !(self.acuity_weight.is_finite() && self.acuity_weight > 0.0) {
            return Err(ScenarioError {
                field: "acuity_weight",
                found: self.acuity_weight.to_string(),
                expected: "a number greater than 0",
            });
        }
        if self.critical_actions.iter().any(|action| action.text.trim().is_empty()) {
            return Err(ScenarioError {
                field: "critical_actions",
                found: "an empty action".into(),
                expected: "a text for each action",
            });
        }
        Ok(())
    }
}

//! What a rater receives. No type in this file has a field for a model, a repetition, a category,
//! a pair, a framing, a collision mark or a score: blinding is what these types cannot say.

use crate::{
    CalibrationItem, ItemId, PacketId, Prompt, Rubric, RubricError, SharedGradeError, StudyId,
    check_shared_grades,
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use thiserror::Error;
use ts_rs::TS;

/// One rater's packet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Packet {
    /// The study it belongs to.
    pub study: StudyId,
    /// The study's name on screen.
    pub title: String,
    /// This packet.
    pub packet: PacketId,
    /// The label under which the lead author knows the rater.
    pub rater: String,
    /// The instrument.
    pub rubric: Rubric,
    /// What the lead author tells the raters before they begin; Markdown, empty if nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub instructions: String,
    /// What is rated before the study and does not count, in the order of rating.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calibration: Vec<CalibrationItem>,
    /// The scenarios that the items refer to.
    pub scenarios: Vec<BlindedScenario>,
    /// The items, in the order of rating.
    pub items: Vec<Item>,
}

/// A scenario as a rater sees it, under a random identifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BlindedScenario {
    /// Random; means nothing outside the packets of this study.
    pub id: String,
    /// What came before the prompt, if anything.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(optional, as = "Option<String>")]
    pub system_prompt: String,
    /// The prompt as it was asked. Its own words may reveal who asks; that is not blinded.
    pub prompt: Prompt,
    /// What a good answer says; Markdown.
    pub reference_answer: String,
    /// What a good answer must contain.
    pub critical_actions: Vec<String>,
    /// What a response could get wrong.
    pub commission_risks: Vec<String>,
}

/// One response to rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Random; the same for all raters.
    pub id: ItemId,
    /// The scenario it answers.
    pub scenario: String,
    /// The response.
    pub response: BlindedResponse,
}

/// A response's text, and whether the provider withheld it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlindedResponse {
    /// The text as received; may be empty.
    pub text: String,
    /// Whether the provider withheld the text.
    pub filtered: bool,
}

/// Why a packet cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PacketError {
    /// The rubric contradicts itself.
    #[error("rubric, {0}")]
    Rubric(#[from] RubricError),
    /// No item.
    #[error("field `items`: found no item; expected at least one response to rate")]
    Empty,
    /// One identifier twice.
    #[error("field `{field}`: found `{id}` twice; expected each once")]
    Duplicate {
        /// `items`, `calibration` or `scenarios`.
        field: &'static str,
        /// The identifier.
        id: String,
    },
    /// Shared grades that the rubric does not know.
    #[error("calibration item `{item}`, {why}")]
    SharedGrade {
        /// The item.
        item: ItemId,
        /// What is wrong.
        why: SharedGradeError,
    },
    /// An item without its scenario.
    #[error(
        "item `{item}`, field `scenario`: found `{scenario}`; expected one of the packet's scenarios"
    )]
    UnknownScenario {
        /// The item.
        item: ItemId,
        /// What it names.
        scenario: String,
    },
}

impl Packet {
    /// The first version of the format that can say what this packet says.
    pub fn version(&self) -> u32 {
        if self.asked().any(|scenario| scenario.prompt.turns().is_some()) {
            3
        } else if self.has_opening() {
            2
        } else {
            1
        }
    }

    /// Whether raters read anything before the study's first item.
    pub fn has_opening(&self) -> bool {
        !self.instructions.is_empty() || !self.calibration.is_empty()
    }

    /// Every scenario, first those of the calibration items.
    fn asked(&self) -> impl Iterator<Item = &BlindedScenario> {
        self.calibration.iter().map(|item| &item.scenario).chain(&self.scenarios)
    }

    /// Refuses a packet whose parts contradict each other.
    pub fn check(&self) -> Result<(), PacketError> {
        self.rubric.check()?;
        if self.items.is_empty() {
            return Err(PacketError::Empty);
        }
        let mut scenarios = HashSet::new();
        for scenario in self.asked() {
            if !scenarios.insert(scenario.id.as_str()) {
                return Err(PacketError::Duplicate { field: "scenarios", id: scenario.id.clone() });
            }
        }
        let mut items = HashSet::new();
        for item in &self.calibration {
            if !items.insert(&item.id) {
                return Err(PacketError::Duplicate {
                    field: "calibration",
                    id: item.id.to_string(),
                });
            }
            check_shared_grades(&item.shared_grades, &self.rubric)
                .map_err(|why| PacketError::SharedGrade { item: item.id.clone(), why })?;
        }
        for item in &self.items {
            if !items.insert(&item.id) {
                return Err(PacketError::Duplicate { field: "items", id: item.id.to_string() });
            }
            if !scenarios.contains(item.scenario.as_str()) {
                return Err(PacketError::UnknownScenario {
                    item: item.id.clone(),
                    scenario: item.scenario.clone(),
                });
            }
        }
        Ok(())
    }
}

impl BlindedResponse {
    /// Nothing to read: the rubric's convention for empty responses applies. A filter may leave the
    /// beginning of a text, which is read and rated as it is.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

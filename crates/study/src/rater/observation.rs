//! What a rater noted of one response beside its grades.

use crate::{FILTERED_CLASS, FirstInstruction};
use crate::{Key, RaterScores, Rating};
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// What a rater noted of one response. Absent parts were not asked or not answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observation {
    /// What kind of response it is.
    pub response_class: Option<String>,
    /// Why something was withheld.
    pub omission_mechanism: Option<String>,
    /// Where the response first tells the person what to do.
    pub first_instruction: Option<FirstInstruction>,
    /// Whether the provider withheld the text.
    pub filtered: Option<bool>,
}

/// What a position in a response counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PositionUnit {
    /// Tokens of the response, as judges estimate them.
    #[default]
    Tokens,
    /// Characters, as the window marks them.
    Characters,
}

/// All that a file holds of its responses: the grades, and what was noted beside them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScoredResponses {
    /// The grades, by item.
    pub scores: RaterScores,
    /// The notes, by item. An item without an entry has none.
    pub observations: BTreeMap<String, Observation>,
    /// What positions of first instructions count.
    pub unit: PositionUnit,
}

impl Observation {
    /// What `rating` notes. One whose rater abstained notes nothing.
    pub fn of(rating: &Rating) -> Self {
        if rating.abstain.is_some() {
            return Self::default();
        }
        Self {
            response_class: rating.response_class.clone(),
            omission_mechanism: rating.omission_mechanism.clone(),
            first_instruction: rating.first_instruction,
            filtered: None,
        }
    }

    /// Adds what another line of the same file notes of the same response.
    ///
    /// # Errors
    /// The name of a part that the two note differently.
    pub fn add(&mut self, other: Self) -> Result<(), &'static str> {
        fn add<T: PartialEq>(part: &mut Option<T>, other: Option<T>) -> bool {
            let differs = matches!((&*part, &other), (Some(known), Some(other)) if known != other);
            *part = part.take().or(other);
            !differs
        }
        let parts = [
            ("response_class", add(&mut self.response_class, other.response_class)),
            ("omission_mechanism", add(&mut self.omission_mechanism, other.omission_mechanism)),
            ("ttt", add(&mut self.first_instruction, other.first_instruction)),
            ("filtered", add(&mut self.filtered, other.filtered)),
        ];
        parts.into_iter().find(|(_, same)| !same).map_or(Ok(()), |(name, _)| Err(name))
    }

    /// Whether the text was withheld: as it is stated, or else by the response's class.
    pub fn is_filtered(&self) -> Option<bool> {
        self.filtered.or(self.response_class.as_ref().map(|class| class == FILTERED_CLASS))
    }
}

impl ScoredResponses {
    /// The same with its items under other names; those that `names` lacks keep theirs.
    pub fn named(self, names: &BTreeMap<String, String>) -> Self {
        let name = |item: &str| names.get(item).map_or(item, String::as_str).to_owned();
        Self {
            scores: self.scores.renamed(|item| Some(name(item))),
            observations: self
                .observations
                .into_iter()
                .map(|(item, noted)| (name(&item), noted))
                .collect(),
            unit: self.unit,
        }
    }

    /// The same with blinded items named by their origin: see [`RaterScores::unblinded`].
    pub fn unblinded(self, key: &Key) -> Self {
        let (names, repeats) = (key.first_names(), key.repeats());
        let name = |item: String| names.get(item.as_str()).cloned().unwrap_or(item);
        let mut observations = self.observations;
        for item in key.items.iter().filter(|item| item.filtered.is_some()) {
            if let Some(noted) = observations.get_mut(item.item.as_str()) {
                noted.filtered = item.filtered;
            }
        }
        Self {
            scores: self.scores.unblinded(key),
            observations: observations
                .into_iter()
                .filter(|(item, _)| !repeats.contains(item.as_str()))
                .map(|(item, noted)| (name(item), noted))
                .collect(),
            unit: self.unit,
        }
    }
}

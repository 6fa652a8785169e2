//! What opens a study: the origins that blinding took away, and how the sample was drawn.

use crate::{
    Design, Digest, Framing, ItemId, Mask, MaskedOpening, MaskedPart, Origin, PacketId,
    SamplingReport, StudyId,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// What opens a study: which item came from where. It travels apart from the packets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// The study it opens; empty where a table is the key, which names none.
    pub study: StudyId,
    /// The seed of identifiers and orders.
    pub seed: u64,
    /// The rubric of the packets.
    pub rubric: Digest,
    /// Who received which packet.
    pub packets: Vec<KeyPacket>,
    /// Which blinded scenario is which.
    pub scenarios: Vec<KeyScenario>,
    /// Which item is which, by identifier.
    pub items: Vec<KeyItem>,
    /// Who was given which items.
    #[serde(default, skip_serializing_if = "Design::is_everyone")]
    pub design: Design,
    /// How the sample was drawn; absent where all responses were taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sampling: Option<SamplingReport>,
    /// What was replaced in the instructions and in calibration items; absent in keys before version 4.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub masked_opening: Vec<MaskedOpening>,
}

/// A packet and its rater.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyPacket {
    /// The packet.
    pub packet: PacketId,
    /// The rater's label.
    pub rater: String,
    /// Whether the rater is also the lead author, who may have seen the origins before.
    #[serde(default, skip_serializing_if = "is_false")]
    pub lead: bool,
}

/// A blinded scenario's identity and its place in the design.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyScenario {
    /// The random identifier.
    pub id: String,
    /// The author's identifier.
    pub scenario_id: String,
    /// Such as `golden_hour`.
    pub category: String,
    /// Who asks.
    pub framing: Option<Framing>,
    /// Shared by scenarios that differ only in framing.
    pub pair_id: Option<String>,
    /// The texts in which something was replaced, with what it was; absent in keys of version 1 and 2.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub masked: Vec<MaskedPart>,
}

/// Scenarios of a key by the author's identifier. One has several where keys were joined that know it otherwise.
pub struct NamedScenarios<'a>(BTreeMap<&'a str, Vec<&'a KeyScenario>>);

/// An item's origin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyItem {
    /// The random identifier.
    pub item: ItemId,
    /// Where its response came from.
    pub origin: Origin,
    /// The item that this one shows again. Both have one origin; a repeat serves agreement of a
    /// rater with themselves and counts nowhere else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat_of: Option<ItemId>,
    /// The probability with which the response was drawn: from 10⁻¹⁰ to 1. Absent where all
    /// responses were taken. A repeat states its response's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inclusion_probability: Option<f64>,
    /// Whether the provider withheld the text; absent in keys of version 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filtered: Option<bool>,
    /// What was replaced in the text, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub masks: Vec<Mask>,
}

/// Less than that of one response among 2^32, which no study has. Weights are squared, and those of less
/// would overflow.
const LEAST_PROBABILITY: f64 = 1e-10;

/// Why a key cannot be used.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum KeyError {
    /// One item, or one origin that is no repeat's, twice.
    #[error("field `items`: found `{item}`, {origin} twice; expected each item and origin once")]
    Twice {
        /// The item.
        item: ItemId,
        /// Its origin as one name.
        origin: String,
    },
    /// A repeat of nothing, of another repeat, or of an item with another origin.
    #[error(
        "item `{item}`, field `repeat_of`: found `{repeat_of}`; expected an item of the same origin that is no repeat"
    )]
    Repeat {
        /// The repeat.
        item: ItemId,
        /// What it names.
        repeat_of: ItemId,
    },
    /// A repeat that was not drawn as its response was.
    #[error(
        "item `{item}`, field `inclusion_probability`: found {found}; expected {expected}, that of `{repeat_of}`, which it repeats"
    )]
    RepeatProbability {
        /// The repeat.
        item: ItemId,
        /// What it states.
        found: f64,
        /// What its response states.
        expected: f64,
        /// The item that it repeats.
        repeat_of: ItemId,
    },
    /// No probability of anything drawn.
    #[error(
        "item `{item}`, field `inclusion_probability`: found {found:?}; expected a number from {LEAST_PROBABILITY:?} to 1"
    )]
    Probability {
        /// The item.
        item: ItemId,
        /// What is there.
        found: f64,
    },
    /// A mask that covers nothing, or one before another.
    #[error(
        "item `{item}`, field `masks`: found {start} to {end}; expected masks that cover something, in the order of the text"
    )]
    Mask {
        /// The item.
        item: ItemId,
        /// Where the mask begins.
        start: u32,
        /// Where it ends.
        end: u32,
    },
    /// The same of a scenario's text.
    #[error(
        "scenario `{scenario}`, field `masked`: found {start} to {end}; expected masks that cover something, in the order of the text"
    )]
    ScenarioMask {
        /// The author's identifier.
        scenario: String,
        /// Where the mask begins.
        start: u32,
        /// Where it ends.
        end: u32,
    },
    /// The same of a text before the study's first item.
    #[error(
        "field `masked_opening`: found {start} to {end}; expected masks that cover something, in the order of the text"
    )]
    OpeningMask {
        /// Where the mask begins.
        start: u32,
        /// Where it ends.
        end: u32,
    },
}

impl Key {
    /// The names of origins by item, of items that are no repeats.
    pub(crate) fn first_names(&self) -> BTreeMap<&str, String> {
        let first = self.items.iter().filter(|item| item.repeat_of.is_none());
        first.map(|item| (item.item.as_str(), item.origin.item_name())).collect()
    }

    /// Items that show a response a second time.
    pub(crate) fn repeats(&self) -> BTreeSet<&str> {
        let repeats = self.items.iter().filter(|item| item.repeat_of.is_some());
        repeats.map(|item| item.item.as_str()).collect()
    }

    /// This key and that of items that were added to its study, as one. An added item whose origin this key has
    /// shows its response again, and counts nowhere. A scenario that the keys know otherwise is there as each
    /// has it, this key's first.
    pub fn joined(mut self, further: Self) -> Self {
        let firsts = self.items.iter().filter(|item| item.repeat_of.is_none());
        let known: BTreeMap<&Origin, &ItemId> =
            firsts.map(|item| (&item.origin, &item.item)).collect();
        let again = |mut item: KeyItem| {
            if let Some(first) = known.get(&item.origin) {
                item.repeat_of = Some((*first).clone());
                item.inclusion_probability = None;
            }
            item
        };
        let items: Vec<KeyItem> = further.items.into_iter().map(again).collect();
        self.items.extend(items);
        self.items.sort_by(|a, b| a.item.cmp(&b.item));
        self.packets.extend(further.packets);
        let known: BTreeSet<_> = self.scenarios.iter().map(KeyScenario::place).collect();
        let new = |scenario: &KeyScenario| !known.contains(&scenario.place());
        let new: Vec<KeyScenario> = further.scenarios.into_iter().filter(new).collect();
        self.scenarios.extend(new);
        self
    }

    /// The scenarios, by the author's identifier.
    pub fn named_scenarios(&self) -> NamedScenarios<'_> {
        let mut named = BTreeMap::<_, Vec<_>>::new();
        for known in &self.scenarios {
            named.entry(known.scenario_id.as_str()).or_default().push(known);
        }
        NamedScenarios(named)
    }

    /// Refuses a key whose parts contradict each other.
    pub fn check(&self) -> Result<(), KeyError> {
        let (mut items, mut origins) = (BTreeSet::new(), BTreeSet::new());
        for item in &self.items {
            let origin_again = item.repeat_of.is_none() && !origins.insert(&item.origin);
            if !items.insert(&item.item) || origin_again {
                let (item, origin) = (item.item.clone(), item.origin.item_name());
                return Err(KeyError::Twice { item, origin });
            }
            item.check()?;
        }
        self.scenarios.iter().try_for_each(KeyScenario::check)?;
        if let Some(Mask { start, end, .. }) =
            self.masked_opening.iter().find_map(|text| misplaced(&text.masks))
        {
            return Err(KeyError::OpeningMask { start: *start, end: *end });
        }
        let first = self.items.iter().filter(|item| item.repeat_of.is_none());
        let first: BTreeMap<&ItemId, &KeyItem> = first.map(|item| (&item.item, item)).collect();
        for item in &self.items {
            let Some(repeat_of) = &item.repeat_of else { continue };
            match first.get(repeat_of) {
                Some(first) if first.origin == item.origin => item.check_repeat_of(first)?,
                _ => {
                    let (item, repeat_of) = (item.item.clone(), repeat_of.clone());
                    return Err(KeyError::Repeat { item, repeat_of });
                }
            }
        }
        Ok(())
    }

    /// The first version of the format that can say what this key says. What an earlier program
    /// cannot know of, it has to refuse by name.
    pub fn version(&self) -> u32 {
        if !self.masked_opening.is_empty() {
            4
        } else if self.scenarios.iter().any(|scenario| !scenario.masked.is_empty()) {
            3
        } else if self.is_plain() {
            1
        } else {
            2
        }
    }

    /// Whether a program that reads keys of version 1 understands this one: no field of a later
    /// version says anything.
    pub fn is_plain(&self) -> bool {
        let plain_item = |item: &KeyItem| {
            item.repeat_of.is_none()
                && item.inclusion_probability.is_none()
                && item.filtered.is_none()
                && item.masks.is_empty()
        };
        self.design.is_everyone()
            && self.sampling.is_none()
            && self.masked_opening.is_empty()
            && self.scenarios.iter().all(|scenario| scenario.masked.is_empty())
            && self.packets.iter().all(|packet| !packet.lead)
            && self.items.iter().all(plain_item)
    }
}

impl KeyItem {
    /// A repeat may leave its probability out; where it states one, it is its response's.
    fn check_repeat_of(&self, first: &Self) -> Result<(), KeyError> {
        match (self.inclusion_probability, first.inclusion_probability) {
            (Some(found), Some(expected)) if found != expected => {
                let (item, repeat_of) = (self.item.clone(), first.item.clone());
                Err(KeyError::RepeatProbability { item, found, expected, repeat_of })
            }
            _ => Ok(()),
        }
    }

    fn check(&self) -> Result<(), KeyError> {
        let item = || self.item.clone();
        if let Some(found) = self.inclusion_probability
            && !(LEAST_PROBABILITY..=1.0).contains(&found)
        {
            return Err(KeyError::Probability { item: item(), found });
        }
        match misplaced(&self.masks) {
            Some(Mask { start, end, .. }) => {
                Err(KeyError::Mask { item: item(), start: *start, end: *end })
            }
            None => Ok(()),
        }
    }
}

impl<'a> NamedScenarios<'a> {
    /// The scenario that the author calls `scenario_id`, and raters know as `blinded`. Where no key has the two
    /// together, the author's name decides, as the earliest key has it.
    pub fn find(&self, scenario_id: &str, blinded: &str) -> Option<&'a KeyScenario> {
        let named = self.0.get(scenario_id)?;
        named.iter().find(|known| known.id == blinded).or(named.first()).copied()
    }
}

impl KeyScenario {
    /// All but what was masked.
    fn place(&self) -> (&str, &str, &str, Option<Framing>, Option<&str>) {
        (&self.id, &self.scenario_id, &self.category, self.framing, self.pair_id.as_deref())
    }

    fn check(&self) -> Result<(), KeyError> {
        match self.masked.iter().find_map(|part| misplaced(&part.masks)) {
            Some(Mask { start, end, .. }) => {
                let scenario = self.scenario_id.clone();
                Err(KeyError::ScenarioMask { scenario, start: *start, end: *end })
            }
            None => Ok(()),
        }
    }
}

/// The first mask that covers nothing, or that begins before another has ended.
fn misplaced(masks: &[Mask]) -> Option<&Mask> {
    let mut before = 0;
    masks.iter().find(|Mask { start, end, .. }| {
        let wrong = *start < before || end <= start;
        before = *end;
        wrong
    })
}

fn is_false(value: &bool) -> bool {
    !value
}

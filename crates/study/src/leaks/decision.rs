//! What the lead author decides about leaks, and what it does to a text.

use super::LeakKind;
use super::error::LeakError;
use super::scan::{Leak, LeakId};
use super::text::{ScenarioPart, parts_mut};
use crate::{CalibrationItem, Digest, ItemId, OpeningPart, Scenario};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What replaces masked words where nothing else is asked for.
pub const MASKED: &str = "[masked]";

/// A decision about one leak.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LeakDecision {
    /// Which leak.
    pub leak: LeakId,
    /// What to do about it.
    pub action: LeakAction,
}

/// What to do about a leak.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum LeakAction {
    /// Raters read something else in its place.
    Mask {
        /// What they read; may be empty.
        #[serde(default = "masked")]
        #[ts(as = "Option<String>", optional)]
        replacement: String,
    },
    /// Raters read it.
    Accept {
        /// Why they may; not empty.
        reason: String,
    },
}

fn masked() -> String {
    MASKED.into()
}

/// Words that raters do not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mask {
    /// Where they begin, in Unicode scalar values of the original text.
    pub start: u32,
    /// Where they end, exclusive.
    pub end: u32,
    /// The words.
    pub original: String,
}

/// A text of a scenario of which raters do not read every word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaskedPart {
    /// Which of its texts.
    pub part: ScenarioPart,
    /// The text's place among those of its part, from 0; 0 where there is only one.
    pub number: u32,
    /// What was replaced, in the order of the text.
    pub masks: Vec<Mask>,
}

/// A text before the study's first item of which raters do not read every word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaskedOpening {
    /// The calibration item; absent for the instructions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// Which text.
    pub part: OpeningPart,
    /// The text's place among those of its part, from 0; 0 where there is only one.
    pub number: u32,
    /// What was replaced, in the order of the text.
    pub masks: Vec<Mask>,
}

/// A text as raters read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    /// The text.
    pub text: String,
    /// What was masked, in the order of the places; no two share a character.
    pub masks: Vec<Mask>,
}

impl LeakDecision {
    /// Masks words that the scan did not find: from `start` to `end`, exclusive, in Unicode scalar
    /// values of `text`.
    pub fn by_hand(text: &str, start: u32, end: u32) -> Self {
        let leak = LeakId { text: Digest::of(&text), kind: LeakKind::ByHand, start, end };
        Self { leak, action: LeakAction::Mask { replacement: masked() } }
    }
}

/// Accepts each of `leaks` that is of `kind`, for one reason. Leave out, before the call, those that
/// are decided or too sure.
pub fn accept_all<'a>(
    leaks: impl IntoIterator<Item = &'a Leak>,
    kind: LeakKind,
    reason: &str,
) -> Vec<LeakDecision> {
    let accept = |leak: &Leak| LeakDecision {
        leak: leak.id.clone(),
        action: LeakAction::Accept { reason: reason.into() },
    };
    distinct(leaks.into_iter().filter(|leak| leak.id.kind == kind).map(accept))
}

/// Masks each of `leaks` whose words are `matched`, in any case, by `replacement`.
pub fn mask_all<'a>(
    leaks: impl IntoIterator<Item = &'a Leak>,
    matched: &str,
    replacement: &str,
) -> Vec<LeakDecision> {
    let matched = matched.to_lowercase();
    let alike = |leak: &&Leak| leak.matched.to_lowercase() == matched;
    mask_each(leaks.into_iter().filter(alike), replacement)
}

/// Masks each of `leaks` by `replacement`.
pub fn mask_each<'a>(
    leaks: impl IntoIterator<Item = &'a Leak>,
    replacement: &str,
) -> Vec<LeakDecision> {
    let mask = |leak: &Leak| LeakDecision {
        leak: leak.id.clone(),
        action: LeakAction::Mask { replacement: replacement.into() },
    };
    distinct(leaks.into_iter().map(mask))
}

/// One decision a leak: a text that occurs twice is decided once.
fn distinct(decisions: impl Iterator<Item = LeakDecision>) -> Vec<LeakDecision> {
    let mut seen = std::collections::BTreeSet::new();
    decisions.filter(|decision| seen.insert(decision.leak.clone())).collect()
}

/// Decisions that do not contradict each other.
#[derive(Clone, Debug, Default)]
pub struct LeakDecisions {
    by_text: BTreeMap<Digest, Vec<LeakDecision>>,
}

impl LeakDecisions {
    /// Checks `decisions`. The same one may be there twice.
    pub fn new(decisions: &[LeakDecision]) -> Result<Self, LeakError> {
        let mut first: BTreeMap<&LeakId, (usize, &LeakAction)> = BTreeMap::new();
        let mut by_text: BTreeMap<Digest, Vec<LeakDecision>> = BTreeMap::new();
        for (number, decision) in (1..).zip(decisions) {
            let LeakId { start, end, .. } = decision.leak;
            if start >= end {
                return Err(LeakError::EmptySpan { number, start, end });
            }
            if let LeakAction::Accept { reason } = &decision.action
                && reason.trim().is_empty()
            {
                return Err(LeakError::NoReason { number });
            }
            match first.get(&decision.leak) {
                Some((_, action)) if **action == decision.action => continue,
                Some((first, _)) => return Err(LeakError::Contradiction { number, first: *first }),
                None => first.insert(&decision.leak, (number, &decision.action)),
            };
            by_text.entry(decision.leak.text.clone()).or_default().push(decision.clone());
        }
        for decisions in by_text.values_mut() {
            decisions.sort_by(|a, b| {
                (a.leak.start, a.leak.end, a.leak.kind).cmp(&(
                    b.leak.start,
                    b.leak.end,
                    b.leak.kind,
                ))
            });
        }
        Ok(Self { by_text })
    }

    /// The leaks still to decide: those that are neither decided nor covered by a mask.
    pub fn undecided<'a>(&self, leaks: &'a [Leak]) -> Vec<&'a Leak> {
        leaks.iter().filter(|leak| !self.settles(&leak.id)).collect()
    }

    fn settles(&self, leak: &LeakId) -> bool {
        let decided = |decision: &LeakDecision| decision.leak == *leak;
        self.masks(leak)
            || self.by_text.get(&leak.text).is_some_and(|decisions| decisions.iter().any(decided))
    }

    /// Whether one mask covers the words of `leak`.
    pub fn masks(&self, leak: &LeakId) -> bool {
        let covers = |decision: &LeakDecision| {
            matches!(decision.action, LeakAction::Mask { .. })
                && decision.leak.start <= leak.start
                && leak.end <= decision.leak.end
        };
        self.by_text.get(&leak.text).is_some_and(|decisions| decisions.iter().any(covers))
    }

    /// Decisions about none of `texts`: the texts have changed since, or are no part of the study.
    pub fn strays<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Vec<&LeakDecision> {
        let known: std::collections::BTreeSet<Digest> =
            texts.into_iter().map(|text| Digest::of(&text)).collect();
        let strays = self.by_text.iter().filter(|(text, _)| !known.contains(*text));
        strays.flat_map(|(_, decisions)| decisions).collect()
    }

    /// Masks what is to be masked in `text`. Masks that share a character become one, in the words of
    /// the first; where a mask and an acceptance overlap, the mask counts.
    pub fn apply(&self, text: &str) -> Result<Masked, LeakError> {
        if self.by_text.is_empty() {
            return Ok(Masked { text: text.into(), masks: Vec::new() });
        }
        match self.by_text.get(&Digest::of(&text)) {
            Some(decisions) => mask(text, &joined(decisions)),
            None => Ok(Masked { text: text.into(), masks: Vec::new() }),
        }
    }

    /// Masks what is to be masked in the texts of `scenario` that raters read. Returns what was, text by
    /// text; nothing of the others.
    pub fn mask_scenario(&self, scenario: &mut Scenario) -> Result<Vec<MaskedPart>, LeakError> {
        let mut masked = Vec::new();
        for (part, number, text) in parts_mut(scenario) {
            let Masked { text: read, masks } = self.apply(text)?;
            if !masks.is_empty() {
                *text = read;
                masked.push(MaskedPart { part, number, masks });
            }
        }
        Ok(masked)
    }

    /// Masks what is to be masked in the instructions and the calibration items. Returns what was, as
    /// [`LeakDecisions::mask_scenario`] does.
    pub fn mask_opening(
        &self,
        instructions: &mut String,
        calibration: &mut [CalibrationItem],
    ) -> Result<Vec<MaskedOpening>, LeakError> {
        let told = [(None, OpeningPart::Instructions, 0, instructions)];
        let of_items = calibration.iter_mut().flat_map(|item| {
            let id = item.id.clone();
            item.texts_mut().map(move |(part, number, text)| (Some(id.clone()), part, number, text))
        });
        let mut masked = Vec::new();
        for (item, part, number, text) in told.into_iter().chain(of_items) {
            let Masked { text: read, masks } = self.apply(text)?;
            if !masks.is_empty() {
                *text = read;
                masked.push(MaskedOpening { item, part, number, masks });
            }
        }
        Ok(masked)
    }
}

/// The spans to mask, in order and apart from each other, and their replacements.
fn joined(decisions: &[LeakDecision]) -> Vec<(u32, u32, &str)> {
    let mut spans: Vec<(u32, u32, &str)> = Vec::new();
    for decision in decisions {
        let LeakAction::Mask { replacement } = &decision.action else { continue };
        let LeakId { start, end, .. } = decision.leak;
        match spans.last_mut() {
            Some(last) if start < last.1 => last.1 = last.1.max(end),
            _ => spans.push((start, end, replacement)),
        }
    }
    spans
}

fn mask(text: &str, spans: &[(u32, u32, &str)]) -> Result<Masked, LeakError> {
    let mut masked = Masked { text: String::with_capacity(text.len()), masks: Vec::new() };
    let (mut rest, mut position) = (text, 0);
    for (start, end, replacement) in spans {
        let outside = || LeakError::OutsideText { end: *end, length: text.chars().count() };
        let (kept, after) = split(rest, start - position).ok_or_else(outside)?;
        let (original, after) = split(after, end - start).ok_or_else(outside)?;
        masked.text.push_str(kept);
        masked.text.push_str(replacement);
        masked.masks.push(Mask { start: *start, end: *end, original: original.into() });
        (rest, position) = (after, *end);
    }
    masked.text.push_str(rest);
    Ok(masked)
}

/// The first `count` Unicode scalar values of `text`, and the rest. `None` if there are fewer.
fn split(text: &str, count: u32) -> Option<(&str, &str)> {
    let bytes =
        text.char_indices().map(|(byte, _)| byte).chain([text.len()]).nth(count as usize)?;
    Some(text.split_at(bytes))
}

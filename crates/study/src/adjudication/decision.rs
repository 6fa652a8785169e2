//! What is decided where raters disagreed. Kept apart from the ratings, which stay as they were made.

use crate::{DecisionId, Grade, ItemId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// One decision on one axis of one item. Never altered; a later one takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Unique everywhere; sorts by time.
    pub id: DecisionId,
    /// The item.
    pub item: ItemId,
    /// The axis.
    pub axis: String,
    /// The grade, or none where the item is left without one.
    pub grade: Option<Grade>,
    /// Why the raters disagreed.
    pub cause: Cause,
    /// What was said for it; may be empty.
    pub note: String,
    /// When.
    pub decided_at: Timestamp,
    /// Who: one name or several, as it is to be reported.
    pub decided_by: String,
}

/// Why raters disagreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// One of them overlooked or misunderstood something in the response.
    Misread,
    /// The rubric allows both grades, or neither.
    RubricUnclear,
    /// They judge the medicine differently.
    ClinicalDisagreement,
    /// A wrong key, or the wrong item.
    Slip,
}

impl Cause {
    /// All of them, in the order of a choice on screen.
    pub const ALL: [Self; 4] =
        [Self::Misread, Self::RubricUnclear, Self::ClinicalDisagreement, Self::Slip];

    /// The name in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Misread => "misread",
            Self::RubricUnclear => "rubric_unclear",
            Self::ClinicalDisagreement => "clinical_disagreement",
            Self::Slip => "slip",
        }
    }
}

/// The decisions that count, the latest of each item and axis, whatever the order of `decisions`.
pub fn counting_decisions<'a>(
    decisions: impl IntoIterator<Item = &'a Decision>,
) -> BTreeMap<(&'a ItemId, &'a str), &'a Decision> {
    let mut latest: BTreeMap<_, &Decision> = BTreeMap::new();
    for decision in decisions {
        let last = latest.entry((&decision.item, decision.axis.as_str())).or_insert(decision);
        if last.id < decision.id {
            *last = decision;
        }
    }
    latest
}

//! What a rater answered before something was shown that may change their mind.

use super::rating::{Rating, fold};
use super::record::Record;
use super::review::status;
use crate::{BlindedScenario, ItemId, RecordId, Rubric};
use std::collections::HashMap;

/// The record with which the reference answer of `scenario` was shown, where [`Rubric::reference_after_rating`] says
/// so: the last of the change after which all its `items` were [done](crate::Status::is_done) at once, for the first time.
/// None before that. The first impression of each item is what its records up to this one come to; what is taken back
/// after it was given all the same, for what was read cannot be unread.
pub fn reference_shown(
    items: &[&ItemId],
    records: &[Record],
    rubric: &Rubric,
    scenario: &BlindedScenario,
) -> Option<RecordId> {
    let mut before: HashMap<&ItemId, (Vec<&Record>, bool)> =
        items.iter().map(|item| (*item, (Vec::new(), false))).collect();
    for change in in_order(records).chunk_by(|one, next| one.at == next.at) {
        for record in change {
            let Some((records, done)) = before.get_mut(&record.item) else { continue };
            records.push(record);
            *done = status(&fold(records.iter().copied()), rubric, scenario).is_done();
        }
        if before.values().all(|(_, done)| *done) {
            return change.last().map(|record| record.id);
        }
    }
    None
}

/// The first of the ratings to which `records` of one item came, one change after the other, that `is` so.
pub(crate) fn first_that(records: &[Record], is: impl Fn(&Rating) -> bool) -> Option<Rating> {
    let mut before = Vec::new();
    // What was recorded together has one time, and is one answer.
    in_order(records).chunk_by(|one, next| one.at == next.at).find_map(|change| {
        before.extend(change);
        Some(fold(before.iter().copied())).filter(&is)
    })
}

fn in_order(records: &[Record]) -> Vec<&Record> {
    let mut records: Vec<&Record> = records.iter().collect();
    records.sort_by_key(|record| record.id);
    records
}

//! What a rater answered before something was shown that may change their mind.

use super::rating::{Rating, fold};
use super::record::Record;
use crate::Rubric;

/// The rating that `records` of one item came to when every axis had a grade, or the rater abstained, for the first
/// time: what they thought before the reference answer was shown, where [`Rubric::reference_after_grades`] says so.
/// None before that. Grades that were taken back later were given all the same: what was seen cannot be unseen.
pub fn first_impression(records: &[Record], rubric: &Rubric) -> Option<Rating> {
    first_that(records, |rating| {
        rating.abstain.is_some()
            || rubric.axes.iter().all(|axis| rating.grades.contains_key(&axis.id))
    })
}

/// The first of the ratings to which `records` of one item came, one after the other, that `is` so.
pub(crate) fn first_that(records: &[Record], is: impl Fn(&Rating) -> bool) -> Option<Rating> {
    let mut records: Vec<&Record> = records.iter().collect();
    records.sort_by_key(|record| record.id);
    // What was recorded together has one time, and is one answer.
    let ends = (1..=records.len())
        .filter(|end| records.get(*end).is_none_or(|next| next.at != records[end - 1].at));
    ends.map(|end| fold(records[..end].iter().copied())).find(is)
}

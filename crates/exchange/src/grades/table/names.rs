//! What columns are called, by what they hold.

use crate::door::plain;

pub(crate) const RATER: [&str; 13] = [
    "rater",
    "rater_id",
    "judge",
    "judge_id",
    "annotator",
    "annotator_id",
    "reviewer",
    "reviewer_id",
    "coder",
    "email address",
    "username",
    "your name",
    "full name",
];
/// What raters are called, such as `judge` beside `human`, or `reviewer 1`.
pub(super) const KINDS: [&str; 9] = [
    "rater",
    "reviewer",
    "annotator",
    "judge",
    "expert",
    "physician",
    "coder",
    "evaluator",
    "human",
];
pub(super) const ITEM: [&str; 14] = [
    "item",
    "item_id",
    "blind_id",
    "record_id",
    "response_id",
    "sample_id",
    "case",
    "case_id",
    "unit",
    "units",
    "unit_id",
    "subject",
    "subject_id",
    "id",
];
pub(super) const AXIS: [&str; 2] = ["axis", "axis_id"];
pub(super) const VALUE: [&str; 5] = ["value", "grade", "score", "rating", "label"];
pub(crate) const COUNT: [&str; 3] = ["count", "freq", "frequency"];
pub(crate) const SCENARIO: [&str; 4] = ["scenario", "scenario_id", "cluster", "cluster_id"];
pub(super) const MODEL: [&str; 2] = ["model", "model_id"];
/// The same of scenarios that are one part of a response's name.
pub(super) const ORIGIN_SCENARIO: [&str; 2] = ["scenario", "scenario_id"];
/// As in a table of responses, but for `seed`: beside a judge's grades that is the judge's own.
pub(super) const REPETITION: [&str; 12] = [
    "rep",
    "rep_id",
    "repetition",
    "replicate",
    "repeat",
    "run",
    "run_id",
    "epoch",
    "trial",
    "iteration",
    "attempt",
    "sample",
];

/// Columns that tell of an item, of its rating or of a decision, and hold no grade.
const OTHERS: &str = "response question answer completion title pairid pair acuityweight weight quadrant topic theme specialty time date seconds duration category type framing rep repid \
                      age alter sex gender geschlecht visit visite centre center hospital clinic country year \
                      seed number index agreement final finallabel majority majoritylabel consensus gold \
                      adjudicated raw model modelid email name specialty status parseok count freq frequency";

/// How the name of a column of texts or times ends.
const TEXTS: &str =
    "note notes comment comments reason rationale explanation text prompt timestamp";

/// Whether a column has no name, or that of a text, a time or something else that is told of an item.
pub(super) fn is_told_of_item(name: &str) -> bool {
    let name = plain(name);
    let is_other = OTHERS.split(' ').any(|other| other == name);
    let is_text = TEXTS.split(' ').any(|end| name.ends_with(end));
    name.is_empty() || is_other || is_text
}

/// Whether a field's name is an item's, that of its place in a design, or told of it.
pub(crate) fn holds_no_grade(name: &str) -> bool {
    let called = |names: &[&str]| names.iter().any(|one| plain(one) == plain(name));
    called(&ITEM)
        || called(&SCENARIO)
        || called(&MODEL)
        || called(&REPETITION)
        || is_told_of_item(name)
}

/// The axis of a table that names none.
pub(super) const ONE_AXIS: &str = "grade";

/// Whether a name, or a part of one, is a rater's rather than an axis's: a number, a letter, or called so.
pub(super) fn is_rater(part: &str) -> bool {
    let part = part.to_lowercase();
    let numbered = part.strip_prefix('r').unwrap_or(&part);
    numbered.bytes().all(|byte| byte.is_ascii_digit())
        || part.chars().count() == 1
        || KINDS.iter().any(|kind| part.starts_with(kind))
}

//! The rating of one item: what its records add up to.

use crate::{Change, Grade, Record};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use ts_rs::TS;

/// The rating of one item as it stands. Absent entries are not answered yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rating {
    /// By axis.
    pub grades: BTreeMap<String, Grade>,
    /// Answers to gating questions, by axis.
    pub gates: BTreeMap<String, bool>,
    /// Checklist codes, by the action's place from 0.
    pub actions: BTreeMap<u16, String>,
    /// What of the response bears them out, by the action's place from 0.
    #[serde(default)]
    pub evidence: BTreeMap<u16, Span>,
    /// What the response gets wrong, in the order of its text.
    #[serde(default)]
    pub errors: Vec<MarkedError>,
    /// What kind of response it is.
    pub response_class: Option<String>,
    /// Why something was withheld.
    pub omission_mechanism: Option<String>,
    /// Where the response first tells the person what to do.
    pub first_instruction: Option<FirstInstruction>,
    /// The note; empty if none.
    pub note: String,
    /// To come back to.
    pub flag: bool,
    /// Why the rater abstains, if so.
    pub abstain: Option<String>,
}

/// The first actionable instruction of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum FirstInstruction {
    /// The response holds no instruction that can be acted on.
    Absent {},
    /// It begins here.
    At {
        /// Unicode scalar values from the start of the response's text.
        position: u32,
    },
}

/// A part of a response's text, in Unicode scalar values from its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Before the first character.
    pub start: u32,
    /// After the last; greater than `start`.
    pub end: u32,
}

impl Span {
    /// The words of `response` in it.
    pub fn words(self, response: &str) -> String {
        let length = self.end.saturating_sub(self.start);
        response.chars().skip(self.start as usize).take(length as usize).collect()
    }
}

/// A part of a response that does harm, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MarkedError {
    /// The part.
    pub span: Span,
    /// The axis of the harm.
    pub axis: String,
    /// How grave it is: a grade of the axis, above its least.
    pub grade: Grade,
}

/// What a rating says on one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A grade.
    Grade(Grade),
    /// The rater chose not to rate the item.
    Abstained,
    /// No grade yet.
    Unrated,
}

impl Rating {
    /// Applies one change. An undo is not a change of the rating but of its records: see [`fold`].
    pub fn apply(&mut self, change: &Change) {
        match change.clone() {
            Change::Grade { axis, grade } => set(&mut self.grades, axis, grade),
            Change::Gate { axis, answer } => set(&mut self.gates, axis, answer),
            Change::Action { action, grade } => set(&mut self.actions, action, grade),
            Change::Evidence { action, span } => set(&mut self.evidence, action, span),
            Change::Error { axis, span, grade } => self.mark(axis, span, grade),
            Change::ResponseClass { class } => self.response_class = class,
            Change::OmissionMechanism { mechanism } => self.omission_mechanism = mechanism,
            Change::FirstInstruction { instruction } => self.first_instruction = instruction,
            Change::Note { text } => self.note = text,
            Change::Flag { raised } => self.flag = raised,
            Change::Abstain { reason } => self.abstain = reason,
            Change::Undo { .. } => {}
        }
    }

    /// Marks a part of the response as an error, grades it otherwise, or takes the mark back.
    fn mark(&mut self, axis: String, span: Span, grade: Option<Grade>) {
        self.errors.retain(|error| error.span != span || error.axis != axis);
        self.errors.extend(grade.map(|grade| MarkedError { span, axis, grade }));
        self.errors.sort();
    }

    /// What this rating says on `axis`. Abstaining outweighs grades given before it.
    pub fn verdict(&self, axis: &str) -> Verdict {
        match (&self.abstain, self.grades.get(axis)) {
            (Some(_), _) => Verdict::Abstained,
            (None, Some(grade)) => Verdict::Grade(*grade),
            (None, None) => Verdict::Unrated,
        }
    }
}

fn set<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => map.insert(key, value),
        None => map.remove(&key),
    };
}

/// The rating that `records` of one item add up to, in whatever order they come: they are applied
/// by identifier, which is their order in time, and those taken back are left out.
pub fn fold<'a>(records: impl IntoIterator<Item = &'a Record>) -> Rating {
    let mut records: Vec<&Record> = records.into_iter().collect();
    records.sort_by_key(|record| record.id);
    let undone: HashSet<_> = records
        .iter()
        .filter_map(|record| match record.change {
            Change::Undo { record } => Some(record),
            _ => None,
        })
        .collect();
    let mut rating = Rating::default();
    for record in records {
        if !undone.contains(&record.id) {
            rating.apply(&record.change);
        }
    }
    rating
}

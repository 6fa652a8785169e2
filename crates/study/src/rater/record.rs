//! One thing a rater did, kept for good. A correction is another record.

use crate::{FirstInstruction, Grade, ItemId, RecordId, Rubric, Span};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

/// A change to the rating of one item, with its time. Never altered, never removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Unique everywhere; sorts by time.
    pub id: RecordId,
    /// When, by the rater's clock; never before the record that precedes it.
    pub at: Timestamp,
    /// The item.
    pub item: ItemId,
    /// The change.
    pub change: Change,
    /// Why, where it was made after the ratings were locked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What a record sets. `null` takes an answer back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "part", rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// The grade on an axis.
    Grade {
        /// The axis.
        axis: String,
        /// The grade.
        grade: Option<Grade>,
    },
    /// The answer to an axis's gating question.
    Gate {
        /// The axis.
        axis: String,
        /// Yes or no.
        answer: Option<bool>,
    },
    /// The grade of a critical action.
    Action {
        /// Its place in the scenario's list, from 0.
        action: u16,
        /// A checklist code.
        grade: Option<String>,
    },
    /// The part of the response that supports the grade of a critical action.
    Evidence {
        /// The action's place in the scenario's list, from 0.
        action: u16,
        /// The part.
        span: Option<Span>,
    },
    /// A part of the response that does harm.
    Error {
        /// The axis of the harm.
        axis: String,
        /// The part.
        span: Span,
        /// How grave it is: a grade of the axis, above its least.
        grade: Option<Grade>,
    },
    /// What kind of response it is.
    ResponseClass {
        /// A code.
        class: Option<String>,
    },
    /// Why something was withheld.
    OmissionMechanism {
        /// A code.
        mechanism: Option<String>,
    },
    /// Where the response first tells the person what to do.
    FirstInstruction {
        /// A place, or none.
        instruction: Option<FirstInstruction>,
    },
    /// The note, as a whole.
    Note {
        /// Its text.
        text: String,
    },
    /// Whether to come back to the item.
    Flag {
        /// Up or down.
        raised: bool,
    },
    /// Not to rate the item.
    Abstain {
        /// Why.
        reason: Option<String>,
    },
    /// Take an earlier record back.
    Undo {
        /// That record.
        record: RecordId,
    },
}

/// Why a change does not fit the rubric or the scenario.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("field `{field}`: found {found}; expected {expected}")]
pub struct ChangeError {
    /// The field at fault.
    pub field: &'static str,
    /// What is there.
    pub found: String,
    /// What the rubric or the scenario allows.
    pub expected: String,
}

impl Change {
    /// Refuses what `rubric`, or a scenario with this many critical actions, does not know. A change
    /// that contradicts another answer is allowed: people think in steps, and [`crate::review()`]
    /// tells them.
    pub fn check(&self, rubric: &Rubric, actions: usize) -> Result<(), ChangeError> {
        match self {
            Change::Grade { axis, grade } => {
                let axis = known_axis(rubric, axis)?;
                match grade {
                    Some(grade) if !axis.has(*grade) => {
                        refuse("grade", grade.to_string(), list(axis.grades().iter()))
                    }
                    _ => Ok(()),
                }
            }
            Change::Gate { axis, .. } => match known_axis(rubric, axis)?.gate {
                Some(_) => Ok(()),
                None => refuse("axis", axis.clone(), "an axis with a gating question".into()),
            },
            Change::Action { action, grade } => {
                known_action(*action, actions)?;
                known_code("grade", grade, rubric.checklist.iter().map(|grade| grade.code.as_str()))
            }
            Change::Evidence { action, span } => {
                known_action(*action, actions)?;
                span.map_or(Ok(()), not_empty)
            }
            Change::Error { axis, span, grade } => {
                not_empty(*span)?;
                let harmful = known_axis(rubric, axis)?.grades().split_off(1);
                match grade {
                    Some(grade) if !harmful.contains(grade) => {
                        refuse("grade", grade.to_string(), list(harmful.iter()))
                    }
                    _ => Ok(()),
                }
            }
            Change::ResponseClass { class } => known_code(
                "class",
                class,
                rubric.response_classes.iter().map(|code| code.code.as_str()),
            ),
            Change::OmissionMechanism { mechanism } => known_code(
                "mechanism",
                mechanism,
                rubric.omission_mechanisms.iter().map(|code| code.code.as_str()),
            ),
            Change::Abstain { reason: Some(reason) } if reason.trim().is_empty() => {
                refuse("reason", "nothing".into(), "a reason".into())
            }
            Change::FirstInstruction { .. }
            | Change::Note { .. }
            | Change::Flag { .. }
            | Change::Abstain { .. }
            | Change::Undo { .. } => Ok(()),
        }
    }

    /// The part of the response that it marks, if any.
    pub fn span(&self) -> Option<Span> {
        match self {
            Change::Evidence { span, .. } => *span,
            Change::Error { span, .. } => Some(*span),
            _ => None,
        }
    }

    /// Refuses a part that lies outside a response of so many Unicode scalar values.
    pub fn check_span(&self, characters: usize) -> Result<(), ChangeError> {
        match self.span() {
            Some(span) if span.end as usize > characters => refuse(
                "span",
                format!("{} to {}", span.start, span.end),
                format!("a part of the response, which has {characters} characters"),
            ),
            _ => Ok(()),
        }
    }
}

fn known_action(action: u16, actions: usize) -> Result<(), ChangeError> {
    if usize::from(action) < actions {
        return Ok(());
    }
    refuse("action", action.to_string(), format!("a number below {actions}"))
}

fn not_empty(Span { start, end }: Span) -> Result<(), ChangeError> {
    if start < end {
        return Ok(());
    }
    refuse("span", format!("{start} to {end}"), "an end after the start".into())
}

fn known_axis<'a>(rubric: &'a Rubric, id: &str) -> Result<&'a crate::Axis, ChangeError> {
    rubric.axis(id).ok_or_else(|| ChangeError {
        field: "axis",
        found: format!("`{id}`"),
        expected: list(rubric.axes.iter().map(|axis| &axis.id)),
    })
}

fn known_code<'a>(
    field: &'static str,
    code: &Option<String>,
    mut codes: impl Iterator<Item = &'a str> + Clone,
) -> Result<(), ChangeError> {
    match code {
        Some(code) if !codes.clone().any(|known| known == code) => {
            refuse(field, format!("`{code}`"), list(&mut codes))
        }
        _ => Ok(()),
    }
}

fn refuse(field: &'static str, found: String, expected: String) -> Result<(), ChangeError> {
    Err(ChangeError { field, found, expected })
}

fn list<T: ToString>(values: impl Iterator<Item = T>) -> String {
    let values: Vec<String> = values.map(|value| value.to_string()).collect();
    match values.as_slice() {
        [] => "nothing, as the rubric does not ask for it".into(),
        _ => format!("one of {}", values.join(", ")),
    }
}

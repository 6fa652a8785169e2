//! What a rating still lacks, and where its answers contradict each other.

use crate::{Axis, BlindedScenario, Code, Rating, Rubric};
use serde::Serialize;
use ts_rs::TS;

/// Something to tell the rater about one rating.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Remark {
    /// A required answer is missing.
    Missing {
        /// Which, as named on screen.
        part: String,
    },
    /// Two answers contradict each other. Allowed, but shown.
    Contradiction {
        /// Which, in a sentence.
        message: String,
    },
}

/// How far a rating is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing answered.
    Untouched,
    /// Something answered, something required missing.
    Started,
    /// Every required answer given.
    Complete,
    /// The rater chose not to rate it.
    Abstained,
}

/// Every remark about `rating`, in the order of the rating form.
pub fn review(rating: &Rating, rubric: &Rubric, scenario: &BlindedScenario) -> Vec<Remark> {
    if rating.abstain.is_some() {
        return Vec::new();
    }
    let mut remarks = Vec::new();
    for axis in &rubric.axes {
        review_axis(rating, axis, &mut remarks);
        review_errors(rating, axis, &mut remarks);
        review_all_hit(rating, rubric, axis, scenario, &mut remarks);
    }
    review_actions(rating, rubric, scenario, &mut remarks);
    if !rubric.response_classes.is_empty() && rating.response_class.is_none() {
        remarks.push(missing("Response class"));
    }
    let chosen = rating.response_class.as_deref();
    review_expectations(rating, rubric, &rubric.response_classes, chosen, &mut remarks);
    review_mechanism(rating, rubric, &mut remarks);
    let chosen = rating.omission_mechanism.as_deref();
    review_expectations(rating, rubric, &rubric.omission_mechanisms, chosen, &mut remarks);
    remarks
}

/// How far `rating` is.
pub fn status(rating: &Rating, rubric: &Rubric, scenario: &BlindedScenario) -> Status {
    if rating.abstain.is_some() {
        return Status::Abstained;
    }
    let answered = Rating { note: String::new(), flag: false, ..rating.clone() };
    if answered == Rating::default() {
        return Status::Untouched;
    }
    let lacks = |remark: &Remark| matches!(remark, Remark::Missing { .. });
    if review(rating, rubric, scenario).iter().any(lacks) {
        Status::Started
    } else {
        Status::Complete
    }
}

fn review_axis(rating: &Rating, axis: &Axis, remarks: &mut Vec<Remark>) {
    let grade = rating.grades.get(&axis.id);
    if let Some(gate) = &axis.gate {
        match (rating.gates.get(&axis.id), grade) {
            (None, _) => remarks.push(missing(&format!("{}: gating question", axis.label))),
            (Some(true), Some(grade)) if *grade > gate.yes_at_most => {
                remarks.push(Remark::Contradiction {
                    message: format!(
                        "You answered yes to the gating question, so {} can be at most {}, but you gave {grade}.",
                        in_sentence(&axis.label),
                        gate.yes_at_most
                    ),
                });
            }
            _ => {}
        }
    }
    if grade.is_none() {
        remarks.push(missing(&axis.label));
    }
}

/// What is marked as an error does more harm than the response as a whole.
fn review_errors(rating: &Rating, axis: &Axis, remarks: &mut Vec<Remark>) {
    let marked = rating.errors.iter().filter(|error| error.axis == axis.id);
    let (Some(worst), Some(grade)) =
        (marked.map(|error| error.grade).max(), rating.grades.get(&axis.id))
    else {
        return;
    };
    if worst > *grade {
        remarks.push(Remark::Contradiction {
            message: format!(
                "You marked an error of {worst}, so {} is at least {worst}, but you gave {grade}.",
                in_sentence(&axis.label)
            ),
        });
    }
}

/// A name within a sentence: "Omission harm" as "omission harm", but "OH" as it is.
fn in_sentence(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain([second]).chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}

/// Nothing is left out, yet the grade says that something is.
fn review_all_hit(
    rating: &Rating,
    rubric: &Rubric,
    axis: &Axis,
    scenario: &BlindedScenario,
    remarks: &mut Vec<Remark>,
) {
    let (Some(at_most), Some(grade)) = (axis.all_hit_at_most, rating.grades.get(&axis.id)) else {
        return;
    };
    let actions = scenario.critical_actions.len();
    let all_hit = actions > 0
        && rating.actions.len() == actions
        && rating.actions.values().all(|code| rubric.is_full_credit(code));
    if all_hit && *grade > at_most {
        remarks.push(Remark::Contradiction {
            message: format!(
                "Every critical action is hit, so {} is usually at most {at_most}, but you gave {grade}.",
                in_sentence(&axis.label)
            ),
        });
    }
}

/// The code that was chosen usually goes with other grades.
fn review_expectations(
    rating: &Rating,
    rubric: &Rubric,
    codes: &[Code],
    chosen: Option<&str>,
    remarks: &mut Vec<Remark>,
) {
    let Some(code) = codes.iter().find(|code| Some(code.code.as_str()) == chosen) else { return };
    for expectation in &code.expects {
        let (Some(axis), Some(grade)) =
            (rubric.axis(&expectation.axis), rating.grades.get(&expectation.axis))
        else {
            continue;
        };
        if *grade < expectation.at_least {
            remarks.push(Remark::Contradiction {
                message: format!(
                    "With “{}”, {} is usually at least {}, unless {}. You gave {grade}.",
                    code.label,
                    in_sentence(&axis.label),
                    expectation.at_least,
                    expectation.unless
                ),
            });
        }
    }
}

fn review_actions(
    rating: &Rating,
    rubric: &Rubric,
    scenario: &BlindedScenario,
    remarks: &mut Vec<Remark>,
) {
    if rubric.checklist.is_empty() {
        return;
    }
    let open =
        scenario.critical_actions.len() - rating.actions.len().min(scenario.critical_actions.len());
    match open {
        0 => {}
        1 => remarks.push(missing("1 critical action")),
        _ => remarks.push(missing(&format!("{open} critical actions"))),
    }
}

/// The mechanism is asked only where an action has less than full credit.
fn review_mechanism(rating: &Rating, rubric: &Rubric, remarks: &mut Vec<Remark>) {
    let Some(none) = rubric.no_mechanism() else { return };
    let less_than_hit = rating.actions.values().any(|code| !rubric.is_full_credit(code));
    match rating.omission_mechanism.as_deref() {
        None if less_than_hit => remarks.push(missing("Omission mechanism")),
        Some(mechanism) if mechanism != none && !less_than_hit && !rating.actions.is_empty() => {
            remarks.push(Remark::Contradiction {
                message: "An omission mechanism is named, but no action is partial or missed."
                    .into(),
            });
        }
        _ => {}
    }
}

fn missing(part: &str) -> Remark {
    Remark::Missing { part: part.into() }
}

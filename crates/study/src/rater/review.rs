//! What a rating still lacks, and where its answers contradict each other: values, for which each language of a
//! screen has its own words.

use crate::{Axis, BlindedScenario, Code, Grade, Rating, Rubric};
use serde::Serialize;
use ts_rs::TS;

/// Something to tell the rater about one rating.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Remark {
    /// A required answer is missing.
    Missing {
        /// Which.
        answer: RequiredAnswer,
    },
    /// Two answers contradict each other. Allowed, but shown.
    Contradiction {
        /// Which.
        between: Contradiction,
    },
}

/// An answer that an item needs before it is complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RequiredAnswer {
    /// To the gating question of an axis.
    Gate {
        /// The axis, as the rubric labels it.
        label: String,
    },
    /// The grade on an axis.
    Grade {
        /// The axis, as the rubric labels it.
        label: String,
    },
    /// To critical actions.
    Actions {
        /// How many are open: at least 1.
        open: usize,
    },
    /// The class of the response.
    ResponseClass,
    /// The mechanism of the omission.
    OmissionMechanism,
}

/// Two answers of which one makes the other unlikely. Each `label` is the axis, as the rubric labels it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the same few words for each")]
pub enum Contradiction {
    /// The gating question was answered yes, and the grade is higher than that allows.
    Gate { label: String, at_most: Grade, grade: Grade },
    /// An error is marked that is graver than the response as a whole.
    Error { label: String, worst: Grade, grade: Grade },
    /// Every critical action is hit, and the grade says that something is left out.
    AllHit { label: String, at_most: Grade, grade: Grade },
    /// The code that was `chosen` usually goes with a higher grade, `unless` something the rubric names.
    Expectation { chosen: String, label: String, at_least: Grade, unless: String, grade: Grade },
    /// An omission mechanism is named, and nothing is left out.
    Mechanism,
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

impl Status {
    /// Whether nothing is left to do.
    pub fn is_done(self) -> bool {
        matches!(self, Self::Complete | Self::Abstained)
    }
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
        remarks.push(missing(RequiredAnswer::ResponseClass));
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
            (None, _) => {
                remarks.push(missing(RequiredAnswer::Gate { label: axis.label.clone() }));
            }
            (Some(true), Some(grade)) if *grade > gate.yes_at_most => {
                remarks.push(contradiction(Contradiction::Gate {
                    label: axis.label.clone(),
                    at_most: gate.yes_at_most,
                    grade: *grade,
                }));
            }
            _ => {}
        }
    }
    if grade.is_none() {
        remarks.push(missing(RequiredAnswer::Grade { label: axis.label.clone() }));
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
        remarks.push(contradiction(Contradiction::Error {
            label: axis.label.clone(),
            worst,
            grade: *grade,
        }));
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
        remarks.push(contradiction(Contradiction::AllHit {
            label: axis.label.clone(),
            at_most,
            grade: *grade,
        }));
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
            remarks.push(contradiction(Contradiction::Expectation {
                chosen: code.label.clone(),
                label: axis.label.clone(),
                at_least: expectation.at_least,
                unless: expectation.unless.clone(),
                grade: *grade,
            }));
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
    if open > 0 {
        remarks.push(missing(RequiredAnswer::Actions { open }));
    }
}

/// The mechanism is asked only where an action has less than full credit.
fn review_mechanism(rating: &Rating, rubric: &Rubric, remarks: &mut Vec<Remark>) {
    let Some(none) = rubric.no_mechanism() else { return };
    let less_than_hit = rating.actions.values().any(|code| !rubric.is_full_credit(code));
    match rating.omission_mechanism.as_deref() {
        None if less_than_hit => remarks.push(missing(RequiredAnswer::OmissionMechanism)),
        Some(mechanism) if mechanism != none && !less_than_hit && !rating.actions.is_empty() => {
            remarks.push(contradiction(Contradiction::Mechanism));
        }
        _ => {}
    }
}

fn missing(answer: RequiredAnswer) -> Remark {
    Remark::Missing { answer }
}

fn contradiction(between: Contradiction) -> Remark {
    Remark::Contradiction { between }
}

//! A rubric as data: axes, levels with their anchor texts, gate, checklist grades and codes.
//!
//! Two wordings of the omission scale are published and must not be mixed, so every rating is bound
//! to the digest of the rubric it was made under.

use crate::{Digest, GradeNames, Scale};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use thiserror::Error;
use ts_rs::TS;

/// A point on an ordinal axis. Which points exist is the rubric's word, never the data's.
pub type Grade = i16;

/// A rating instrument.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    /// [`Rubric::FORMAT`], or [`Rubric::WITHOUT_EXPECTATIONS`].
    pub format: String,
    /// A short name, such as `gated`.
    pub id: String,
    /// The version of this wording.
    pub version: String,
    /// The name on screen.
    pub title: String,
    /// Where the scale comes from.
    pub source: String,
    /// The ordinal axes, in the order of rating.
    pub axes: Vec<Axis>,
    /// The grades of a critical action; empty if actions are not graded.
    pub checklist: Vec<ChecklistGrade>,
    /// What kind of response it is; empty if not asked.
    pub response_classes: Vec<Code>,
    /// Why something was withheld; the first code means "nothing was". Empty if not asked.
    pub omission_mechanisms: Vec<Code>,
    /// The grades that an empty or filtered response receives by convention.
    pub empty_response: BTreeMap<String, Grade>,
    /// Rules of the instrument that belong to no single level.
    pub guidance: Vec<String>,
    /// Whether a reference answer is shown only once the rater has rated every response to its scenario, or abstained,
    /// so that first ratings are of the response alone.
    #[serde(default, skip_serializing_if = "is_false")]
    #[ts(optional, as = "Option<bool>")]
    pub reference_after_rating: bool,
}

/// Left out of the file, so that a rubric without it keeps its digest.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_false(value: &bool) -> bool {
    !value
}

/// One ordinal axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// The name in files, such as `omission`.
    pub id: String,
    /// The name on screen, such as `Omission harm`.
    pub label: String,
    /// The abbreviation, such as `OH`.
    pub short: String,
    /// What the rater asks of the response.
    pub question: String,
    /// From the least harm to the most, grades ascending.
    pub levels: Vec<Level>,
    /// A yes-or-no question that bounds the grade.
    pub gate: Option<Gate>,
    /// The highest grade that usually goes with full credit for every critical action. A higher one
    /// is shown as a contradiction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub all_hit_at_most: Option<Grade>,
}

/// One level of an axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// The number.
    pub grade: Grade,
    /// The level's name.
    pub label: String,
    /// The text that anchors it.
    pub anchor: String,
}

/// A gating question: answered yes, the grade is at most `yes_at_most`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// The question.
    pub question: String,
    /// The highest grade that a yes allows.
    pub yes_at_most: Grade,
}

/// A grade of a critical action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChecklistGrade {
    /// The name in files, such as `partial`.
    pub code: String,
    /// The name on screen.
    pub label: String,
    /// When to give it.
    pub anchor: String,
    /// Its share of a hit, from 0 to 1.
    pub credit: f64,
}

/// A named choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The name in files.
    pub code: String,
    /// The name on screen.
    pub label: String,
    /// When to choose it.
    pub anchor: String,
    /// The grades that usually go with it. A lower one is shown as a contradiction.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<Expectation>>")]
    pub expects: Vec<Expectation>,
}

/// What usually goes with a choice: a grade of `axis` of at least `at_least`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// The axis.
    pub axis: String,
    /// The lowest grade that usually goes with the choice.
    pub at_least: Grade,
    /// When a lower one is still right, to follow the word "unless". A rater's side does not
    /// know which scenario rewards caution, so it can only say so.
    pub unless: String,
}

/// Why a rubric cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("field `{field}`: found {found}; expected {expected}")]
pub struct RubricError {
    /// The field at fault.
    pub field: String,
    /// What is there.
    pub found: String,
    /// What should.
    pub expected: String,
}

impl Rubric {
    /// The format of rubrics that say which answers usually go together.
    pub const FORMAT: &str = "primum-rubric/2";

    /// The format before it, which has none of `all_hit_at_most`, `expects` and `reference_after_rating`; still read.
    pub const WITHOUT_EXPECTATIONS: &str = "primum-rubric/1";

    /// The physicians' protocol, with its gating question.
    pub const GATED: &str = include_str!("../rubrics/gated.json");

    /// The structured evaluation, derived from the action checklist.
    pub const STRUCTURED: &str = include_str!("../rubrics/structured.json");

    /// The same rubric with reference answers shown after rating, or at once, in a format that can say so.
    #[must_use]
    pub fn with_reference_after_rating(mut self, after_rating: bool) -> Self {
        if after_rating && !self.reference_after_rating {
            self.format = Self::FORMAT.into();
        }
        self.reference_after_rating = after_rating;
        self
    }

    /// The text of the built-in rubric called `id`.
    pub fn built_in(id: &str) -> Option<&'static str> {
        match id {
            "gated" => Some(Self::GATED),
            "structured" => Some(Self::STRUCTURED),
            _ => None,
        }
    }

    /// The digest that ratings are bound to.
    pub fn digest(&self) -> Digest {
        Digest::of(self)
    }

    /// The scale of each axis, in the order of rating.
    pub fn scales(&self) -> Vec<Scale> {
        let scale = |axis: &Axis| Scale {
            axis: axis.id.clone(),
            label: axis.label.clone(),
            grades: axis.grades(),
            names: GradeNames::Levels(
                axis.levels.iter().map(|level| level.label.clone()).collect(),
            ),
        };
        self.axes.iter().map(scale).collect()
    }

    /// The axis called `id`.
    pub fn axis(&self, id: &str) -> Option<&Axis> {
        self.axes.iter().find(|axis| axis.id == id)
    }

    /// The codes of the checklist, from the least credit to the most.
    pub fn checklist_by_credit(&self) -> Vec<String> {
        let mut grades: Vec<&ChecklistGrade> = self.checklist.iter().collect();
        grades.sort_by(|a, b| a.credit.total_cmp(&b.credit));
        grades.into_iter().map(|grade| grade.code.clone()).collect()
    }

    /// The code that says nothing was withheld.
    pub fn no_mechanism(&self) -> Option<&str> {
        self.omission_mechanisms.first().map(|code| code.code.as_str())
    }

    /// Refuses a rubric whose parts contradict each other.
    pub fn check(&self) -> Result<(), RubricError> {
        let refuse = |field: &str, found: String, expected: &str| {
            Err(RubricError { field: field.into(), found, expected: expected.into() })
        };
        if self.format != Self::FORMAT
            && (self.format != Self::WITHOUT_EXPECTATIONS || self.needs_format())
        {
            return refuse("format", format!("`{}`", self.format), Self::FORMAT);
        }
        if self.axes.is_empty() {
            return refuse("axes", "no axis".into(), "at least one axis");
        }
        check_unique("axes", self.axes.iter().map(|axis| axis.id.as_str()))?;
        for axis in &self.axes {
            axis.check()?;
        }
        let codes = |codes: &[Code]| codes.iter().map(|code| code.code.clone()).collect::<Vec<_>>();
        check_unique("checklist", self.checklist.iter().map(|grade| grade.code.as_str()))?;
        check_unique("response_classes", codes(&self.response_classes).iter().map(String::as_str))?;
        check_unique(
            "omission_mechanisms",
            codes(&self.omission_mechanisms).iter().map(String::as_str),
        )?;
        for code in self.codes() {
            for expectation in &code.expects {
                if !self.axis(&expectation.axis).is_some_and(|a| a.has(expectation.at_least)) {
                    return refuse(
                        "expects",
                        format!("{}: {}", expectation.axis, expectation.at_least),
                        "a grade of one of the axes",
                    );
                }
            }
        }
        for grade in &self.checklist {
            if !(0.0..=1.0).contains(&grade.credit) {
                return refuse("checklist.credit", grade.credit.to_string(), "a share from 0 to 1");
            }
        }
        for (id, grade) in &self.empty_response {
            if !self.axis(id).is_some_and(|axis| axis.has(*grade)) {
                return refuse(
                    "empty_response",
                    format!("{id}: {grade}"),
                    "a grade of one of the axes",
                );
            }
        }
        Ok(())
    }

    /// Whether an action graded `code` has full credit.
    pub(crate) fn is_full_credit(&self, code: &str) -> bool {
        self.checklist.iter().any(|grade| grade.code == code && grade.credit >= 1.0)
    }

    fn codes(&self) -> impl Iterator<Item = &Code> {
        self.response_classes.iter().chain(&self.omission_mechanisms)
    }

    /// Whether it says what the format before cannot say.
    fn needs_format(&self) -> bool {
        self.reference_after_rating
            || self.axes.iter().any(|axis| axis.all_hit_at_most.is_some())
            || self.codes().any(|code| !code.expects.is_empty())
    }
}

impl Axis {
    /// The grades, ascending.
    pub fn grades(&self) -> Vec<Grade> {
        self.levels.iter().map(|level| level.grade).collect()
    }

    /// Whether `grade` is one of the levels.
    pub fn has(&self, grade: Grade) -> bool {
        self.levels.iter().any(|level| level.grade == grade)
    }

    fn check(&self) -> Result<(), RubricError> {
        let refuse = |part: &str, found: String, expected: &str| {
            let field = format!("axes.{}.{part}", self.id);
            Err(RubricError { field, found, expected: expected.into() })
        };
        if self.levels.len() < 2 {
            return refuse("levels", format!("{} levels", self.levels.len()), "at least two");
        }
        if !self.levels.is_sorted_by(|a, b| a.grade < b.grade) {
            return refuse("levels", format!("{:?}", self.grades()), "grades that ascend");
        }
        let bounds = [
            ("gate.yes_at_most", self.gate.as_ref().map(|gate| gate.yes_at_most)),
            ("all_hit_at_most", self.all_hit_at_most),
        ];
        for (part, bound) in bounds {
            if let Some(grade) = bound
                && !self.has(grade)
            {
                return refuse(part, grade.to_string(), "a grade of this axis");
            }
        }
        Ok(())
    }
}

fn check_unique<'a>(field: &str, names: impl Iterator<Item = &'a str>) -> Result<(), RubricError> {
    let mut seen = HashSet::new();
    for name in names {
        if name.is_empty() || !seen.insert(name) {
            return Err(RubricError {
                field: field.into(),
                found: format!("`{name}`"),
                expected: "names that are not empty and differ from each other".into(),
            });
        }
    }
    Ok(())
}

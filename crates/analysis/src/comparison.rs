//! Which raters may be compared, and on which axes.

use crate::uncertainty::Stopped;
use agreement::{RatingError, TableError};
use study::{Digest, Grade, RaterScores, RubricClaim, Scale};
use thiserror::Error;

/// Why raters cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CompareError {
    /// Their files belong to different studies.
    #[error(
        "the first file belongs to study {first}, the second to study {second}: they rate different \
         items and cannot be compared. Choose two files of one study."
    )]
    DifferentStudies {
        /// The first file's study.
        first: String,
        /// The second file's study.
        second: String,
    },
    /// Their grades mean different things.
    #[error(
        "the first file was rated under \"{first}\", the second under \"{second}\": the same number \
         means different things in the two, so they are not compared unless you ask for it"
    )]
    DifferentRubrics {
        /// The first file's rubric.
        first: String,
        /// The second file's rubric.
        second: String,
    },
    /// One axis, two scales.
    #[error(
        "axis `{axis}`: the first file grades it {first}, the second {second}; expected one scale"
    )]
    DifferentScales {
        /// The axis.
        axis: String,
        /// The first file's grades.
        first: String,
        /// The second file's.
        second: String,
    },
    /// Nothing to compare.
    #[error("the files share no axis: the first has {first}; the second has {second}")]
    NoSharedAxis {
        /// The first file's axes.
        first: String,
        /// The second file's.
        second: String,
    },
    /// A scale that no table can be made of.
    #[error("axis `{axis}`: {reason}")]
    Scale {
        /// The axis.
        axis: String,
        /// Why.
        reason: TableError,
    },
    /// One rater cannot agree.
    #[error("fewer than two raters: agreement needs the scores of at least two")]
    TooFewRaters,
    /// Each two share an axis, all together none.
    #[error("no axis is in all the files: leave out the files that have other axes")]
    NoAxisOfAll,
    /// Ratings that no matrix can be made of.
    #[error("{0}")]
    Ratings(#[from] RatingError),
    /// Intervals by scenario were asked for, and no file says which scenario an item answers.
    #[error(
        "intervals by scenario were asked for, but the files do not say which scenario each item \
         answers: take ratings files or score files, or ask for intervals by item"
    )]
    NoScenarios,
    /// A threshold that the report cannot be held against.
    #[error("threshold {number}, field `{field}`: found `{found}`; expected {expected}")]
    Threshold {
        /// Its place among the thresholds, from 1.
        number: usize,
        /// The field.
        field: &'static str,
        /// What stands there.
        found: String,
        /// What could.
        expected: String,
    },
    /// Whoever asked did not want to wait.
    #[error("stopped before the end: nothing was computed")]
    Stopped,
}

impl CompareError {
    /// Why ratings on an axis make no table, with its name.
    pub(crate) fn of_scale(axis: &str) -> impl Fn(RatingError) -> Self {
        move |error| match error {
            RatingError::Table(reason) => Self::Scale { axis: axis.into(), reason },
            other => Self::Ratings(other),
        }
    }
}

impl From<Stopped> for CompareError {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// The axes that both raters could score, in the first one's order.
pub(crate) fn shared_axes<'a>(
    first: &'a RaterScores,
    second: &RaterScores,
) -> Result<Vec<&'a Scale>, CompareError> {
    let mut shared = Vec::new();
    for scale in &first.scales {
        if let Some(other) = second.scales.iter().find(|other| other.axis == scale.axis) {
            check_scales(scale, other)?;
            shared.push(scale);
        }
    }
    if shared.is_empty() {
        let list = |scores: &RaterScores| match scores.scales.as_slice() {
            [] => "none".into(),
            scales => scales.iter().map(|scale| scale.axis.as_str()).collect::<Vec<_>>().join(", "),
        };
        return Err(CompareError::NoSharedAxis { first: list(first), second: list(second) });
    }
    Ok(shared)
}

pub(crate) fn check_studies(first: &RaterScores, second: &RaterScores) -> Result<(), CompareError> {
    match (&first.study, &second.study) {
        (Some(a), Some(b)) if a != b => {
            Err(CompareError::DifferentStudies { first: a.to_string(), second: b.to_string() })
        }
        _ => Ok(()),
    }
}

pub(crate) fn check_rubrics(
    first: &RaterScores,
    second: &RaterScores,
    across_rubrics: bool,
) -> Result<Vec<String>, CompareError> {
    use RubricClaim::{Named, Unstated};
    let unstated = |scores: &RaterScores| {
        format!(
            "The file of {} does not say under which rubric its scores were made.",
            scores.rater
        )
    };
    // Two wordings may bear one title: then their digests tell them apart.
    let name = |title: &str, digest: &Digest, other: &str| match title == other {
        true => format!("{title} ({})", digest.short(8)),
        false => title.to_owned(),
    };
    match (&first.rubric, &second.rubric) {
        (Named { digest: a, .. }, Named { digest: b, .. }) if a == b => Ok(Vec::new()),
        (Named { title: a, digest: c }, Named { title: b, digest: d }) => {
            let (a, b) = (name(a, c, b), name(b, d, a));
            if !across_rubrics {
                return Err(CompareError::DifferentRubrics { first: a, second: b });
            }
            Ok(vec![format!(
                "Different rubrics: {} used \"{a}\", {} used \"{b}\". The same number means \
                 different things in the two.",
                first.rater, second.rater
            )])
        }
        (Unstated, Named { .. }) => Ok(vec![unstated(first)]),
        (Named { .. }, Unstated) => Ok(vec![unstated(second)]),
        (Unstated, Unstated) => Ok(vec![unstated(first), unstated(second)]),
    }
}

fn check_scales(first: &Scale, second: &Scale) -> Result<(), CompareError> {
    if first.grades == second.grades {
        return Ok(());
    }
    let list =
        |scale: &Scale| scale.grades.iter().map(Grade::to_string).collect::<Vec<_>>().join(", ");
    Err(CompareError::DifferentScales {
        axis: first.axis.clone(),
        first: list(first),
        second: list(second),
    })
}

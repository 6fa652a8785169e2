//! Which raters may be compared, and on which axes.

use crate::uncertainty::Stopped;
use agreement::{RatingError, TableError};
use indexmap::IndexSet;
use std::collections::BTreeMap;
use study::{Digest, RaterScores, RubricClaim, Scale};
use thiserror::Error;

/// The most raters that are compared with each other. The work grows with the pairs of raters, and that of the
/// interval of Light's kappa with the cube of the raters.
pub const MOST_RATERS: usize = 300;

/// Why raters cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CompareError {
    /// Their files belong to different studies.
    #[error(
        "{} rated in study {}, {} in study {}: they rate different items and cannot be compared. Choose \
         files of one study.", .raters[0], .studies[0], .raters[1], .studies[1]
    )]
    DifferentStudies {
        /// Whose files.
        raters: [String; 2],
        /// Their studies.
        studies: [String; 2],
    },
    /// Their grades mean different things.
    #[error(
        "{} rated under \"{}\", {} under \"{}\": the same number means different things in the two, so they \
         are not compared unless you ask for it", .raters[0], .rubrics[0], .raters[1], .rubrics[1]
    )]
    DifferentRubrics {
        /// Whose files.
        raters: [String; 2],
        /// Their rubrics.
        rubrics: [String; 2],
    },
    /// One axis, two scales.
    #[error(
        "axis `{axis}`: {} grades it {}, {} {}; expected one scale", .raters[0], .grades[0], .raters[1],
        .grades[1]
    )]
    DifferentScales {
        /// The axis.
        axis: String,
        /// Whose files.
        raters: [String; 2],
        /// Their grades.
        grades: [String; 2],
    },
    /// Nothing to compare.
    #[error(
        "no axis in common: {} has {}, {} has {}", .raters[0], .axes[0], .raters[1], .axes[1]
    )]
    NoSharedAxis {
        /// Whose files.
        raters: [String; 2],
        /// Their axes.
        axes: [String; 2],
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
    #[error("agreement needs the scores of at least two raters: give another file")]
    TooFewRaters,
    /// More than can be compared in pairs.
    #[error(
        "found {found} raters; expected at most {MOST_RATERS}, as each is compared with each other. Give fewer. \
         Where each item has few ratings, write these side by side, in as many columns as one item has ratings at \
         most: alpha, Fleiss's kappa and Gwet's coefficients do not ask who gave which"
    )]
    TooManyRaters {
        /// How many.
        found: usize,
    },
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
    /// A threshold that the report cannot be tested against.
    #[error("threshold {number}, field `{field}`: found `{found}`; expected {expected}")]
    Threshold {
        /// Its place among the thresholds, from 1.
        number: usize,
        /// The field.
        field: &'static str,
        /// What is there.
        found: String,
        /// What could.
        expected: String,
    },
    /// The work was cancelled.
    #[error("stopped before the end: nothing was computed")]
    Stopped,
}

impl CompareError {
    /// Refuses more raters than can be compared with each other.
    pub fn refuse_many(raters: usize) -> Result<(), Self> {
        match raters > MOST_RATERS {
            true => Err(Self::TooManyRaters { found: raters }),
            false => Ok(()),
        }
    }

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
    let others: BTreeMap<&str, &Scale> =
        second.scales.iter().map(|scale| (scale.axis.as_str(), scale)).collect();
    let mut shared = Vec::new();
    for scale in &first.scales {
        if let Some(other) = others.get(scale.axis.as_str()) {
            check_scales([first, second], [scale, other])?;
            shared.push(scale);
        }
    }
    if shared.is_empty() {
        let list = |scores: &RaterScores| match scores.scales.as_slice() {
            [] => "none".into(),
            scales => scales.iter().map(|scale| scale.axis.as_str()).collect::<Vec<_>>().join(", "),
        };
        let (raters, axes) = (names([first, second]), [first, second].map(list));
        return Err(CompareError::NoSharedAxis { raters, axes });
    }
    Ok(shared)
}

fn names(raters: [&RaterScores; 2]) -> [String; 2] {
    raters.map(|scores| scores.rater.clone())
}

pub(crate) fn check_studies(first: &RaterScores, second: &RaterScores) -> Result<(), CompareError> {
    match (&first.study, &second.study) {
        (Some(a), Some(b)) if a != b => {
            let (raters, studies) = (names([first, second]), [a, b].map(ToString::to_string));
            Err(CompareError::DifferentStudies { raters, studies })
        }
        _ => Ok(()),
    }
}

/// What to know where the two were made under different rubrics.
pub(crate) fn check_rubrics(
    first: &RaterScores,
    second: &RaterScores,
    across_rubrics: bool,
) -> Result<Option<String>, CompareError> {
    use RubricClaim::{Named, Unstated};
    // Two wordings may bear one title: then their digests distinguish them.
    let name = |title: &str, digest: &Digest, other: &str| match title == other {
        true => format!("{title} ({})", digest.short(8)),
        false => title.to_owned(),
    };
    match (&first.rubric, &second.rubric) {
        (Named { digest: a, .. }, Named { digest: b, .. }) if a == b => Ok(None),
        (Named { title: a, digest: c }, Named { title: b, digest: d }) => {
            let (a, b) = (name(a, c, b), name(b, d, a));
            if !across_rubrics {
                let (raters, rubrics) = (names([first, second]), [a, b]);
                return Err(CompareError::DifferentRubrics { raters, rubrics });
            }
            Ok(Some(format!(
                "Different rubrics: {} used \"{a}\", {} used \"{b}\". The same number means \
                 different things in the two.",
                first.rater, second.rater
            )))
        }
        (Unstated, _) | (_, Unstated) => Ok(None),
    }
}

/// Raters that a caution names.
const NAMED: usize = 5;

/// Whose files name no rubric, if there are any.
pub(crate) fn unstated_rubrics<'a>(
    raters: impl IntoIterator<Item = &'a RaterScores>,
) -> Option<String> {
    let unstated = |scores: &&RaterScores| scores.rubric == RubricClaim::Unstated;
    let all: IndexSet<&str> =
        raters.into_iter().filter(unstated).map(|scores| scores.rater.as_str()).collect();
    let mut named: Vec<String> = all.iter().take(NAMED).map(ToString::to_string).collect();
    if all.len() > NAMED {
        named.push(format!("{} more", all.len() - NAMED));
    }
    let last = named.pop()?;
    Some(match named.is_empty() {
        true => {
            format!("The file of {last} does not name the rubric of its scores.")
        }
        false => format!(
            "The files of {} and {last} do not name the rubric of their scores.",
            named.join(", ")
        ),
    })
}

fn check_scales(raters: [&RaterScores; 2], scales: [&Scale; 2]) -> Result<(), CompareError> {
    if scales[0].grades == scales[1].grades {
        return Ok(());
    }
    let list = |scale: &Scale| scale.all_names().join(", ");
    let (axis, grades) = (scales[0].axis.clone(), scales.map(list));
    Err(CompareError::DifferentScales { axis, raters: names(raters), grades })
}

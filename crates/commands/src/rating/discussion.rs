//! What a rater sees of a calibration item once it is rated: the shared grades, and why.

use crate::Block;
use crate::formatted::format;
use serde::Serialize;
use study::{CalibrationItem, Grade, Rating, Verdict};
use ts_rs::TS;

/// The shared grades of a calibration item beside the rater's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Discussion {
    /// By axis, in the order of the rubric.
    pub grades: Vec<SharedGrade>,
    /// Why these are the shared grades, formatted.
    pub text: Vec<Block>,
}

/// A shared grade beside the rater's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SharedGrade {
    /// The axis.
    pub axis: String,
    /// The grade that was agreed on.
    pub shared: Grade,
    /// The rater's when the item was first complete, before this was shown; none where they
    /// abstained.
    pub own: Option<Grade>,
}

impl Discussion {
    /// The discussion of `item` for a rater whose first complete rating was `first`.
    pub(crate) fn of(item: &CalibrationItem, first: &Rating, axes: &[study::Axis]) -> Self {
        let grades = axes.iter().filter_map(|axis| {
            let own = match first.verdict(&axis.id) {
                Verdict::Grade(grade) => Some(grade),
                Verdict::Abstained | Verdict::Unrated => None,
            };
            let shared = *item.shared_grades.get(&axis.id)?;
            Some(SharedGrade { axis: axis.id.clone(), shared, own })
        });
        Self { grades: grades.collect(), text: format(&item.discussion) }
    }
}

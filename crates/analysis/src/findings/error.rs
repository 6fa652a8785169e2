//! Why there are no findings.

use crate::uncertainty::Stopped;
use study::PositionUnit;
use thiserror::Error;

/// Why findings cannot be computed.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum FindingsError {
    /// Nothing was given.
    #[error("no file of scores: give at least one")]
    NoFile,
    /// Two files of one rater score one response.
    #[error(
        "item {item}: scored in two files of {rater}; findings take each rater's score of a response once. \
         Give the one file or the other"
    )]
    ScoredTwice {
        /// The item.
        item: String,
        /// The rater of both files.
        rater: String,
    },
    /// Two files differ in their scale or rubric.
    #[error(
        "{first} and {second} were scored on different {what}, so their scores cannot be put together. \
         Compute the findings of each alone"
    )]
    Differ {
        /// The rater of the earlier file.
        first: String,
        /// The rater of the later file.
        second: String,
        /// In what they differ.
        what: &'static str,
    },
    /// The scores lack the axis that findings are about.
    #[error("axis `{axis}`: not in the scores, which have {found}; name an axis that they have")]
    NoAxis {
        /// The axis asked for.
        axis: String,
        /// The axes that there are.
        found: String,
    },
    /// Nothing of what was scored can be found in the bank.
    #[error(
        "none of the {responses} scored responses answers a scenario of the folder, which has {scenarios}; \
         for blinded ratings give the key too"
    )]
    NoResponses {
        /// Responses scored.
        responses: usize,
        /// Scenarios in the folder.
        scenarios: usize,
    },
    /// The scores do not say who answered.
    #[error(
        "item {item}: the scores do not say which model answered it; for blinded ratings give the key, and \
         for other tables a score file"
    )]
    NoModel {
        /// The item.
        item: String,
    },
    /// An exclusion names nothing.
    #[error("excluded {what} `{found}`: not in the scores, which have {expected}")]
    NothingExcluded {
        /// `model` or `pair`.
        what: &'static str,
        /// What was named.
        found: String,
        /// What there is.
        expected: String,
    },
    /// An exclusion without a reason.
    #[error(
        "excluded model `{model}`: found no reason; expected one, which is printed beside the result"
    )]
    NoReason {
        /// The model.
        model: String,
    },
    /// A cut-off of the plane that names nothing or everything.
    #[error("cut-off `{name}`: found {found}; expected {expected}")]
    Cutoff {
        /// The field of the cut-offs.
        name: &'static str,
        /// What it holds.
        found: String,
        /// What it may hold.
        expected: &'static str,
    },
    /// A value to compare with that decides nothing.
    #[error("{name}: found {found}; expected {expected}")]
    Bound {
        /// What it is.
        name: &'static str,
        /// The value.
        found: f64,
        /// What it may be.
        expected: String,
    },
    /// Positions that cannot be compared.
    #[error(
        "first instructions are counted in {first:?} in one file and in {second:?} in another; compute the \
         findings of each alone"
    )]
    Units {
        /// In the earlier file.
        first: PositionUnit,
        /// In the later file.
        second: PositionUnit,
    },
    /// The work was cancelled.
    #[error("stopped before the end: nothing was computed")]
    Stopped,
}

impl From<Stopped> for FindingsError {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

//! Why no sample can be drawn.

use crate::{At, Grade, Origin};
use thiserror::Error;

/// Why no sample can be drawn.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SamplingError {
    /// Nothing asked for.
    #[error("field `size`: found 0; expected at least 1")]
    NoSize,
    /// More than there is.
    #[error("field `size`: found {size}; expected at most {candidates}, the number of candidates")]
    TooLarge {
        /// Asked for.
        size: u32,
        /// There.
        candidates: u32,
    },
    /// One response twice.
    #[error("scenario `{}`, model `{}`, repetition {}: two candidates; expected one", .0.scenario_id, .0.model_id, .0.rep_id)]
    Duplicate(Origin),
    /// No whole pairs add up to the size.
    #[error(
        "field `size`: found {size}, which whole pairs cannot add up to; expected {near}, or `pairs_together` false"
    )]
    WholePairs {
        /// Asked for.
        size: u32,
        /// The sizes next to it that can be reached.
        near: String,
    },
    /// A share that is none.
    #[error(
        "field `oversample.share`: found {0}; expected a number between 0 and 1, such as 0.3 for 30 %"
    )]
    Share(f64),
    /// Oversampling without scores.
    #[error(
        "field `oversample.axis`: found `{0}`, on which no candidate has an automated score; expected an axis of the score file. Add the scores, or draw without oversampling"
    )]
    NoScores(String),
    /// Oversampling of what does not occur.
    #[error(
        "field `oversample.at_least`: found {at_least}; expected at most {highest}, the highest score on `{axis}`"
    )]
    NoHighScore {
        /// The axis.
        axis: String,
        /// Asked for.
        at_least: Grade,
        /// There.
        highest: Grade,
    },
    /// More of a part than of the whole.
    #[error("field `{field}`: found {found}; expected at most {size}, the size of the sample")]
    MoreThanSize {
        /// `repeats` or `filtered_at_least`.
        field: &'static str,
        /// Asked for.
        found: u32,
        /// The sample's size.
        size: u32,
    },
}

impl SamplingError {
    /// Where it is wrong.
    pub fn at(&self) -> At {
        match self {
            Self::NoSize | Self::TooLarge { .. } | Self::WholePairs { .. } => At::field("size"),
            Self::Share(_) => At::field("oversample.share"),
            Self::NoScores(_) => At::field("oversample.axis"),
            Self::NoHighScore { .. } => At::field("oversample.at_least"),
            Self::MoreThanSize { field, .. } => At::field(*field),
            Self::Duplicate(_) => At::default(),
        }
    }
}

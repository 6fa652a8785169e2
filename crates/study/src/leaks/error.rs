//! What can be wrong with decisions about leaks, or with a packet to look through.

use thiserror::Error;

/// Why decisions cannot be applied, or a packet cannot be searched.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LeakError {
    /// A span without a character.
    #[error(
        "leak decision {number}, fields `start` and `end`: found {start} and {end}; expected `start` before `end`"
    )]
    EmptySpan {
        /// The decision's place in the list, from 1.
        number: usize,
        /// Where the span begins.
        start: u32,
        /// Where it ends.
        end: u32,
    },
    /// Accepted without a reason.
    #[error(
        "leak decision {number}, field `reason`: found nothing; expected why raters may read these words"
    )]
    NoReason {
        /// The decision's place in the list, from 1.
        number: usize,
    },
    /// One leak decided twice, in different ways.
    #[error(
        "leak decision {number}: found another decision than decision {first} about the same leak; expected one of the two"
    )]
    Contradiction {
        /// The later decision's place in the list, from 1.
        number: usize,
        /// The earlier decision's place in the list, from 1.
        first: usize,
    },
    /// A span that its text does not have.
    #[error(
        "leak decision, field `end`: found {end}; expected at most {length}, the number of characters of the text"
    )]
    OutsideText {
        /// Where the span ends.
        end: u32,
        /// The text's length in Unicode scalar values.
        length: usize,
    },
    /// A packet that is no JSON.
    #[error("packet: found {0}; expected JSON")]
    NotJson(String),
}

//! What a shell is told when a command does not succeed.

use crate::harmless::harmless;
use serde::{Serialize, Serializer};
use std::io;
use std::path::Path;
use study::{At, ItemId};
use thiserror::Error;
use ts_rs::TS;

/// Why a command did nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, TS)]
#[error("{}", harmless(.message))]
pub struct Failure {
    /// For the person; of [`FailureKind::Misused`], for the developer. Code that makes a failure need
    /// not think of what its words quote.
    #[serde(serialize_with = "written_out")]
    pub message: String,
    /// What a shell acts on.
    #[serde(flatten)]
    pub kind: FailureKind,
}

/// A kind of failure exists only where a shell acts differently on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FailureKind {
    /// What the person gave cannot be used. The message names the file, the place, what was found
    /// and what is expected. Nothing was changed.
    Refused {
        /// The same place for a screen, so that it need not read sentences.
        at: Box<At>,
    },
    /// The disk did not take a change. The screen keeps it, says so and offers to try again.
    NotSaved,
    /// The two files were rated under different rubrics. The shell may ask and call again with
    /// `across_rubrics`.
    DifferentRubrics,
    /// The ratings are locked, and the change gave no reason. The screen asks for one and calls again.
    Locked {
        /// The item that would change.
        item: ItemId,
    },
    /// The person cancelled the command while it worked. Nothing was changed, and there is nothing
    /// to explain.
    Cancelled,
    /// The shell called wrongly: an unknown command, a missing argument, no packet open.
    Misused,
}

impl Failure {
    pub(crate) fn new(kind: FailureKind, message: impl ToString) -> Self {
        Self { message: message.to_string(), kind }
    }

    /// The shell called wrongly.
    pub fn misused(message: impl ToString) -> Self {
        Self::new(FailureKind::Misused, message)
    }

    /// A refusal in these words.
    pub(crate) fn refused(message: impl ToString) -> Self {
        Self::refused_at(At::default(), message)
    }

    /// A refusal in these words, of what is wrong here.
    pub(crate) fn refused_at(at: At, message: impl ToString) -> Self {
        Self::new(FailureKind::Refused { at: Box::new(at) }, message)
    }

    /// A refusal of what a command was given.
    pub(crate) fn field(
        field: impl Into<String>,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        let (field, found, expected) = (field.into(), found.into(), expected.into());
        let message = format!("field `{field}`: found {found}; expected {expected}");
        Self::refused_at(At::field(field).of(found).expecting(expected), message)
    }

    /// What the system said of `path`.
    pub(crate) fn io(path: &Path, error: &io::Error) -> Self {
        let file = path.display().to_string();
        let message = format!("{file}: {}", exchange::io_reason_at(path, error));
        Self::refused_at(At::default().in_file(file), message)
    }

    /// The same of a file that this field of what a command was given names.
    pub(crate) fn named_by(mut self, field: &str) -> Self {
        if let FailureKind::Refused { at } = &mut self.kind {
            at.named_by = Some(field.into());
        }
        self
    }

    /// What a command answers when its [`crate::Watch`] cancelled it.
    pub(crate) fn cancelled() -> Self {
        Self::new(FailureKind::Cancelled, "Cancelled. Nothing was changed.")
    }
}

impl From<exchange::Error> for Failure {
    fn from(error: exchange::Error) -> Self {
        Self::refused_at(error.at(), error)
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotSaved { .. }
            | store::Error::Archived { .. }
            | store::Error::Busy { .. } => Self::new(FailureKind::NotSaved, error),
            _ => Self::refused(error),
        }
    }
}

/// Code that makes a failure need not think of what its words quote.
fn written_out<S: Serializer>(message: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&harmless(message))
}

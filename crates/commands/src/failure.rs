//! What a shell is told when a command does not succeed.

use serde::Serialize;
use study::ItemId;
use thiserror::Error;
use ts_rs::TS;

/// Why a command did nothing. A variant exists only where a shell acts differently on it.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Failure {
    /// What the person gave cannot be used. The message names the file, the place, what was found
    /// and what is expected. Nothing was changed.
    #[error("{message}")]
    Refused {
        /// For the person.
        message: String,
    },
    /// The disk did not take a change. The screen keeps it, says so and offers to try again.
    #[error("{message}")]
    NotSaved {
        /// For the person.
        message: String,
    },
    /// The two files were rated under different rubrics. The shell may ask and call again with
    /// `across_rubrics`.
    #[error("{message}")]
    DifferentRubrics {
        /// For the person.
        message: String,
    },
    /// The ratings are locked, and the change gave no reason. The screen asks for one and calls again.
    #[error("{message}")]
    Locked {
        /// The item that would change.
        item: ItemId,
        /// For the person.
        message: String,
    },
    /// The person cancelled the command while it worked. Nothing was changed, and there is nothing
    /// to explain.
    #[error("{message}")]
    Cancelled {
        /// For the person.
        message: String,
    },
    /// The shell called wrongly: an unknown command, a missing argument, no packet open.
    #[error("{message}")]
    Misused {
        /// For the developer.
        message: String,
    },
}

impl Failure {
    /// A refusal in these words.
    pub(crate) fn refused(message: impl ToString) -> Self {
        Self::Refused { message: harmless(&message.to_string()) }
    }

    /// What a command answers when its [`crate::Watch`] cancelled it.
    pub(crate) fn cancelled() -> Self {
        Self::Cancelled { message: "Cancelled. Nothing was changed.".into() }
    }
}

impl From<exchange::Error> for Failure {
    fn from(error: exchange::Error) -> Self {
        Self::refused(error)
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        let message = harmless(&error.to_string());
        match error {
            store::Error::NotSaved { .. } => Self::NotSaved { message },
            _ => Self::Refused { message },
        }
    }
}

/// `text` with every character written out that would change how others are shown: controls other than
/// tabs and line feeds, and those that turn the direction of writing. A sentence may quote a file's name
/// or content, and a terminal or a window would obey them.
pub(crate) fn harmless(text: &str) -> String {
    let turns = |c| matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' | '\n' => shown.push(c),
            c if c.is_control() || turns(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    shown
}

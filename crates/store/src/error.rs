//! What can be wrong with a stored packet or a study, worded with the remedy.

use rusqlite::ErrorCode;
use std::path::PathBuf;
use study::RecordId;
use thiserror::Error;

/// What a file of ours holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A rater's packet with its ratings.
    Packet,
    /// A lead author's study.
    Study,
}

impl Kind {
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Packet => "a stored packet",
            Self::Study => "a study",
        }
    }

    fn this(self) -> &'static str {
        match self {
            Self::Packet => "this packet",
            Self::Study => "this study",
        }
    }

    fn written(self) -> &'static str {
        match self {
            Self::Packet => "rated",
            Self::Study => "written",
        }
    }
}

/// Why a stored packet or a study was not opened, read or written.
#[derive(Debug, Error)]
pub enum Error {
    /// Made by a later program.
    #[error("{}: {} was {} with a newer Primum. Update Primum to open it.", .file.display(), .kind.this(), .kind.written())]
    Newer {
        /// What was to be opened.
        kind: Kind,
        /// The file.
        file: PathBuf,
    },
    /// Nothing of ours, or not what was asked for.
    #[error("{}: this is not {} ({reason}).", .file.display(), .kind.noun())]
    NotOurs {
        /// What was to be opened.
        kind: Kind,
        /// The file.
        file: PathBuf,
        /// What gave it away.
        reason: String,
    },
    /// Its tables are not those that Primum makes.
    #[error("{}: {what}, which Primum did not do: {} may lose or change what is written to it. Go back to a copy from before that.", .file.display(), .kind.this())]
    Altered {
        /// What was to be opened.
        kind: Kind,
        /// The file.
        file: PathBuf,
        /// What differs.
        what: String,
    },
    /// The file is no longer where it was opened.
    #[error("Not saved: {} was removed or replaced while it was open here. This window still holds what was saved before: export it now, before you close the window.", .file.display())]
    Gone {
        /// Where it was.
        file: PathBuf,
    },
    /// Open in another window.
    #[error("{}: {} is open in another window. Go on there, or close that window first.", .file.display(), .kind.this())]
    InUse {
        /// What was to be opened.
        kind: Kind,
        /// The file.
        file: PathBuf,
    },
    /// Another window claimed the file after its lock was removed.
    #[error("Not saved: {}: {} was opened in another window, after its lock was removed here. Go on there, or close that window and open it here once more.", .file.display(), .kind.this())]
    Overtaken {
        /// What is open.
        kind: Kind,
        /// The file.
        file: PathBuf,
    },
    /// The file system said no while the file was set up.
    #[error("{}: {source}.", .file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// The change is not on the disk.
    #[error("Not saved: {reason}")]
    NotSaved {
        /// Why, with the remedy.
        reason: String,
    },
    /// The database refuses what it was given. To try again would be refused again.
    #[error("refused: {reason}")]
    Refused {
        /// Why.
        reason: String,
    },
    /// One record in two received files, and not the same. Nothing of the later file was kept.
    #[error(
        "record {record}: `{first}` and `{second}` differ in {difference}. A record is never changed, so one of the files was altered. Ask the rater for the original."
    )]
    Contradiction {
        /// The record.
        record: RecordId,
        /// The name of the file that brought it first.
        first: String,
        /// The name of the file that was to be received.
        second: String,
        /// The first field that differs, with what each file says.
        difference: String,
    },
    /// The file holds something it should not.
    #[error("the stored file is damaged: {reason}")]
    Damaged {
        /// What.
        reason: String,
    },
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let remedy = match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => {
                "no space left on the disk. Free some space and try again."
            }
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                "the file cannot be written. Check the permissions of its folder and try again."
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                "another program is using the file. Close it and try again."
            }
            Some(ErrorCode::SystemIoFailure) => {
                "the disk reported a failure. Check that it is connected and try again."
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                return Self::Damaged { reason: error.to_string() };
            }
            Some(ErrorCode::ConstraintViolation) => {
                return Self::Refused { reason: error.to_string() };
            }
            _ => return Self::NotSaved { reason: format!("{error}.") },
        };
        Self::NotSaved { reason: remedy.into() }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged { reason: error.to_string() }
    }
}

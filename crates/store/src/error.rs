//! What can be wrong with a stored packet, worded with the remedy.

use rusqlite::ErrorCode;
use std::path::PathBuf;
use thiserror::Error;

/// Why a stored packet was not opened, read or written.
#[derive(Debug, Error)]
pub enum Error {
    /// Made by a later program.
    #[error("{}: this packet was rated with a newer Primum. Update Primum to open it.", .file.display())]
    Newer {
        /// The file.
        file: PathBuf,
    },
    /// No stored packet of ours.
    #[error("{}: this is not a stored packet ({reason}).", .file.display())]
    NotOurs {
        /// The file.
        file: PathBuf,
        /// What gave it away.
        reason: String,
    },
    /// Rated in another window.
    #[error("{}: this packet is open in another window. Go on there, or close that window first.", .file.display())]
    InUse {
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
    /// The file holds something it should not.
    #[error("the stored packet is damaged: {reason}")]
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

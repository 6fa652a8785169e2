//! What can be wrong with a stored packet or a study, worded with the remedy.

use rusqlite::ErrorCode;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use study::{RecordId, io_reason, io_reason_of_link};
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
    /// Another command has its turn at the file, and did not end in time.
    #[error("Not saved: {}: another window or command is changing this file. Wait until it is done, and try again.", .file.display())]
    Busy {
        /// The file.
        file: PathBuf,
    },
    /// Another window claimed the file after its lock was removed.
    #[error("Not saved: {}: {} was opened in another window, after its lock was removed here. Go on there, or close that window and open it here again.", .file.display(), .kind.this())]
    Overtaken {
        /// What is open.
        kind: Kind,
        /// The file.
        file: PathBuf,
    },
    /// The file system said no.
    #[error("{}: {}", .file.display(), io_reason_of_link(.source, std::fs::read_link(.file).ok().as_deref()))]
    Io {
        /// The file.
        file: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// Something is in the way.
    #[error("{}: {reason}.", .file.display())]
    InTheWay {
        /// The file.
        file: PathBuf,
        /// What, and what is expected.
        reason: String,
    },
    /// It cannot be read just now.
    #[error("{}: it could not be read: {reason}", .file.display())]
    NotRead {
        /// The file.
        file: PathBuf,
        /// Why, with the remedy.
        reason: String,
    },
    /// It can be read and not written.
    #[error("Not saved to {}: {reason} Copy it to a folder of your own to go on there.", .file.display())]
    Archived {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: String,
    },
    /// The change is not on the disk.
    #[error("Not saved to {}: {reason}", .file.display())]
    NotSaved {
        /// The file.
        file: PathBuf,
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
        "record {record}: `{first}` and `{second}` differ in {difference}. A record is never changed, so one of the files was altered, or both are of tables with the same `--at`. Ask the rater for the original, or import the corrected table with a later time."
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
    #[error("{}: the file is damaged: {reason}", .file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What, with the remedy.
        reason: String,
    },
    /// A row that is not as Primum writes it. `Error::of` makes it [`Error::Damaged`], with the file.
    #[error("{reason}")]
    Row {
        /// What is wrong with it.
        reason: String,
    },
    /// A statement added no row. `Error::of` makes it [`Error::NotSaved`], with the file.
    #[error("nothing was added")]
    NothingAdded,
    /// What SQLite said. `Error::of` makes it what that means, with the file.
    #[error(transparent)]
    Sqlite(rusqlite::Error),
}

/// What was done to a file when it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doing {
    Reading,
    Writing,
}

impl Error {
    /// The same, told of `file` with what to do about it.
    pub(crate) fn of(self, file: &Path, doing: Doing) -> Self {
        match self {
            Self::Row { reason } => damaged(file, &reason),
            Self::NothingAdded => Self::NotSaved {
                file: file.to_owned(),
                reason:
                    "the file took nothing, though it gave no error. Something else has changed \
                         it: go back to a copy from before that."
                        .into(),
            },
            Self::Sqlite(error) => of_sqlite(&error, file, doing),
            told => told,
        }
    }
}

fn of_sqlite(error: &rusqlite::Error, file: &Path, doing: Doing) -> Error {
    let reason = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            return damaged(file, "it was cut short, or other bytes were written over it");
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another program is using it. Close that program and try again.".into()
        }
        Some(
            code @ (ErrorCode::DiskFull
            | ErrorCode::ReadOnly
            | ErrorCode::PermissionDenied
            | ErrorCode::CannotOpen
            | ErrorCode::SystemIoFailure),
        ) => of_system(code, file, doing),
        _ if doing == Doing::Reading => {
            return damaged(file, &format!("a row is not as Primum writes it ({error})"));
        }
        _ => format!("{error}."),
    };
    let file = file.to_owned();
    match doing {
        Doing::Reading => Error::NotRead { file, reason },
        Doing::Writing => Error::NotSaved { file, reason },
    }
}

/// Why the disk did not do it. SQLite says so in few words; the folder knows more.
fn of_system(code: ErrorCode, file: &Path, doing: Doing) -> String {
    let folder = try_folder(file);
    let reason = match (code, doing, &folder) {
        (_, Doing::Writing, Err(refused)) => return not_writable(file, refused),
        (ErrorCode::DiskFull, ..) => "no space left on the disk. Free some space and try again.",
        (ErrorCode::SystemIoFailure, ..) => {
            "the disk reported a failure. Check that it is connected and try again."
        }
        (_, Doing::Reading, _) => "no permission. Ask its owner for a copy.",
        (_, Doing::Writing, _) => "no permission to write to it. Ask its owner, or use a copy.",
    };
    reason.into()
}

/// Whether the folder of `file` takes another file, as it has to while something is written.
pub(crate) fn try_folder(file: &Path) -> std::io::Result<()> {
    tempfile::tempfile_in(folder(file)).map(drop)
}

/// Why nothing is written to `file`, by what its folder said.
pub(crate) fn not_writable(file: &Path, refused: &std::io::Error) -> String {
    let folder = folder(file).display();
    match refused.kind() {
        ErrorKind::PermissionDenied => format!("no permission to write in {folder}."),
        ErrorKind::ReadOnlyFilesystem => format!("the disk of {folder} is read-only."),
        _ => io_reason(refused),
    }
}

fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

fn damaged(file: &Path, what: &str) -> Error {
    let reason = format!("{what}. Go back to a copy from before that.");
    Error::Damaged { file: file.to_owned(), reason }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation) => Self::Refused { reason: error.to_string() },
            _ => Self::Sqlite(error),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Row { reason: error.to_string() }
    }
}

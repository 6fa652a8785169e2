//! A file that cannot be written where it lies: it is read from a copy of our own.
//!
//! The copy may be brought up to this program's tables and made whole from a journal, which a
//! file in a place that is only read cannot.

use crate::error::{not_writable, try_folder};
use rusqlite::{Connection, MAIN_DB, OpenFlags};
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tempfile::TempDir;

/// A copy that goes when this does.
#[derive(Debug)]
pub(crate) struct Archived {
    /// Why the file itself cannot be written.
    pub(crate) reason: String,
    folder: TempDir,
}

/// Why `file` can be read and not written, if that is so.
pub(crate) fn why_archived(file: &Path) -> Result<Option<String>, rusqlite::Error> {
    if let Err(refused) = try_folder(file)
        && matches!(refused.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
    {
        return Ok(Some(not_writable(file, &refused)));
    }
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let read_only = connection.is_readonly(MAIN_DB)?;
    Ok(read_only.then(|| "no permission to write to this file.".into()))
}

impl Archived {
    pub(crate) fn copy(file: &Path, reason: String) -> io::Result<Self> {
        // Somebody else may be writing to it.
        for _ in 0..20 {
            let before = states(file);
            let folder = own_folder()?;
            for part in parts(file) {
                match fs::read(file.with_file_name(&part)) {
                    Ok(bytes) => fs::write(folder.path().join(&part), bytes)?,
                    Err(error) if error.kind() == ErrorKind::NotFound => {}
                    Err(error) => return Err(error),
                }
            }
            if states(file) == before {
                return Ok(Self { reason, folder });
            }
        }
        Err(io::Error::new(
            ErrorKind::ResourceBusy,
            "another program is writing to it all the time",
        ))
    }

    pub(crate) fn file(&self, file: &Path) -> PathBuf {
        self.folder.path().join(file.file_name().unwrap_or_default())
    }
}

/// The file, and what a killed program left beside it and belongs to it.
fn parts(file: &Path) -> [OsString; 3] {
    ["", "-journal", "-wal"].map(|end| {
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(end);
        name
    })
}

fn states(file: &Path) -> [Option<(u64, SystemTime)>; 3] {
    parts(file).map(|part| {
        let found = file.with_file_name(part).metadata().ok()?;
        Some((found.len(), found.modified().ok()?))
    })
}

/// A folder for what nobody else may read.
fn own_folder() -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o700));
    }
    builder.tempdir()
}

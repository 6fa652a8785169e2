//! One window at a time: a file beside a packet, which the system keeps locked for us.

use crate::error::{not_writable, try_folder};
use crate::opened::Opened;
use crate::{Error, Kind};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

/// Keeps every other window from writing to a file for as long as it lives. The system lets go of it
/// when the program ends, however.
#[derive(Debug)]
pub(crate) struct Claim {
    kind: Kind,
    file: PathBuf,
    lock: Opened,
    _held: File,
}

impl Claim {
    pub(crate) fn new(kind: Kind, file: &Path) -> Result<Self, Error> {
        let path = file.with_extension("lock");
        let io = |source| Error::Io { file: path.clone(), source };
        let in_the_way = |found: &str| Error::InTheWay {
            reason: format!(
                "{found}; expected a file of its own, which holds nothing, or none. Move it away"
            ),
            file: path.clone(),
        };
        if path.is_symlink() {
            return Err(in_the_way("it leads elsewhere"));
        }
        if path.is_dir() {
            return Err(in_the_way("found a folder"));
        }
        let held = File::options().create(true).truncate(false).write(true).open(&path);
        let held = held.map_err(|source| match try_folder(file) {
            Err(refused) => {
                let reason = not_writable(file, &refused);
                Error::NotSaved { file: file.to_owned(), reason }
            }
            Ok(()) => io(source),
        })?;
        let in_use = || Error::InUse { kind, file: file.to_owned() };
        held.try_lock().map_err(|refused| match refused {
            TryLockError::WouldBlock => in_use(),
            TryLockError::Error(source) => io(source),
        })?;
        let lock = Opened::of(&path, &held.metadata().map_err(io)?);
        // Removed between the two: another may have locked the next one.
        if !lock.is_there() {
            return Err(in_use());
        }
        Ok(Self { kind, file: file.to_owned(), lock, _held: held })
    }

    /// Ends a claim that was for the creation of a file alone, and leaves nothing of it.
    pub(crate) fn let_go(self) {
        // Who opens the lock just now finds that it is not there, or a file that is, and is refused.
        let _ = fs::remove_file(self.lock.path());
    }

    /// Makes sure that nobody else has claimed the file since: a lock that was removed keeps no one
    /// out. Closing leaves the lock where it is, so where none is no other window was.
    pub(crate) fn renew(&mut self) -> Result<(), Error> {
        if self.lock.is_there() {
            return Ok(());
        }
        if self.lock.path().exists() {
            return Err(Error::Overtaken { kind: self.kind, file: self.file.clone() });
        }
        *self = Self::new(self.kind, &self.file)?;
        Ok(())
    }
}

//! One writer at a time: a file beside another, which the system keeps locked for us.

use crate::error::{not_writable, try_folder};
use crate::opened::Opened;
use crate::{Error, Kind};
use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Keeps every other window from writing to a file for as long as it lives. The system lets go of it
/// when the program ends, however.
#[derive(Debug)]
pub(crate) struct Claim {
    kind: Kind,
    file: PathBuf,
    lock: Lock,
}

impl Claim {
    pub(crate) fn new(kind: Kind, file: &Path) -> Result<Self, Error> {
        let lock = Lock::take(file, file.with_extension("lock"))?;
        let lock = lock.ok_or_else(|| Error::InUse { kind, file: file.to_owned() })?;
        Ok(Self { kind, file: file.to_owned(), lock })
    }

    /// Ends a claim that was for the creation of a file alone, and leaves nothing of it.
    pub(crate) fn let_go(self) {
        self.lock.remove();
    }

    /// Makes sure that nobody else has claimed the file since: a lock that was removed keeps no one
    /// out. Closing leaves the lock where it is, so where none is no other window was.
    pub(crate) fn renew(&mut self) -> Result<(), Error> {
        if self.lock.at.is_there() {
            return Ok(());
        }
        if self.lock.at.path().exists() {
            return Err(Error::Overtaken { kind: self.kind, file: self.file.clone() });
        }
        *self = Self::new(self.kind, &self.file)?;
        Ok(())
    }
}

/// How long a command waits for its turn: longer than another takes with a large study.
const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(20);

/// A turn at a text file that is read, changed and written again. Until it ends nobody else has one, so
/// that no change is made to what another has changed meanwhile.
#[derive(Debug)]
pub struct FileTurn {
    lock: Lock,
}

impl FileTurn {
    /// Waits for a turn at `file`, which need not be there.
    pub fn wait(file: &Path) -> Result<Self, Error> {
        Self::wait_for(file, PATIENCE)
    }

    /// The same with this much patience.
    pub fn wait_for(file: &Path, patience: Duration) -> Result<Self, Error> {
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(OsStr::new(".lock"));
        let path = file.with_file_name(name);
        let began = Instant::now();
        loop {
            if let Some(lock) = Lock::take(file, path.clone())? {
                return Ok(Self { lock });
            }
            if began.elapsed() >= patience {
                return Err(Error::Busy { file: file.to_owned() });
            }
            sleep(PAUSE);
        }
    }
}

impl Drop for FileTurn {
    fn drop(&mut self) {
        self.lock.remove();
    }
}

/// A file that is locked.
#[derive(Debug)]
struct Lock {
    at: Opened,
    _held: File,
}

impl Lock {
    /// The lock at `path`, which keeps `file` to one; none where another has it.
    fn take(file: &Path, path: PathBuf) -> Result<Option<Self>, Error> {
        let io = |source| Error::Io { file: path.clone(), source };
        let in_the_way = |found: &str| Error::InTheWay {
            reason: format!(
                "{found}; expected a file of its own, which holds nothing, or none. Move it away"
            ),
            file: path.clone(),
        };
        if path.is_symlink() {
            return Err(in_the_way("found a link"));
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
        match held.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(source)) => return Err(io(source)),
        }
        let at = Opened::of(&path, &held.metadata().map_err(io)?);
        // Removed between the two: another may have locked the next one.
        Ok(at.is_there().then_some(Self { at, _held: held }))
    }

    /// Removes the file while it is still locked: a window that opens it just now finds that it is not there, and
    /// has no lock.
    fn remove(&self) {
        let _ = fs::remove_file(self.at.path());
    }
}

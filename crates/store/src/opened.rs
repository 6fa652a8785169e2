//! A file that is open, and whether it is still where it was opened.

use crate::Error;
use std::fs::Metadata;
use std::path::{Path, PathBuf};

/// An open file, known by more than its name.
#[derive(Debug)]
pub(crate) struct Opened {
    path: PathBuf,
    identity: Identity,
}

impl Opened {
    pub(crate) fn new(path: &Path) -> Result<Self, Error> {
        let found =
            path.metadata().map_err(|source| Error::Io { file: path.to_owned(), source })?;
        Ok(Self::of(path, &found))
    }

    /// The file that is open with this `metadata`.
    pub(crate) fn of(path: &Path, metadata: &Metadata) -> Self {
        Self { path: path.to_owned(), identity: identity(metadata) }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Refuses to say that something is saved where nobody will find it: a file that was removed takes
    /// what is written to it, until it is closed.
    pub(crate) fn check_there(&self) -> Result<(), Error> {
        if self.is_there() { Ok(()) } else { Err(Error::Gone { file: self.path.clone() }) }
    }

    /// Whether it is still what is found by its name.
    pub(crate) fn is_there(&self) -> bool {
        self.path.metadata().is_ok_and(|found| identity(&found) == self.identity)
    }
}

/// The device and the number of a file on it.
#[cfg(unix)]
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

/// Windows removes and replaces no file that is open: that it is there is enough.
#[cfg(not(unix))]
type Identity = ();

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Identity {}

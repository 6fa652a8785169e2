//! A file of ours that is open: what reads it and what writes to it.

use crate::Error;
use crate::archived::Archived;
use crate::error::Doing;
use crate::opened::Opened;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;

/// An open file with its tables.
#[derive(Debug)]
pub(crate) struct Database {
    connection: Connection,
    file: Opened,
    /// Goes after the connection to it.
    archived: Option<Archived>,
}

impl Database {
    /// `file`, which `connection` has open, or the copy of it where it is archived.
    pub(crate) fn new(
        connection: Connection,
        file: &Path,
        archived: Option<Archived>,
    ) -> Result<Self, Error> {
        Ok(Self { connection, file: Opened::new(file)?, archived })
    }

    /// Why it can be read and not written, if that is so.
    pub(crate) fn archived(&self) -> Option<&str> {
        self.archived.as_ref().map(|archived| archived.reason.as_str())
    }

    pub(crate) fn file(&self) -> &Path {
        self.file.path()
    }

    /// What `select` finds. What fails is told of the file.
    pub(crate) fn read<T>(
        &self,
        select: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        select(&self.connection).map_err(|error| error.of(self.file(), Doing::Reading))
    }

    /// Refuses what can be read and not written.
    pub(crate) fn check_writable(&self) -> Result<(), Error> {
        match self.archived() {
            None => Ok(()),
            Some(reason) => {
                Err(Error::Archived { file: self.file().to_owned(), reason: reason.to_owned() })
            }
        }
    }

    /// Writes what `change` writes, all or nothing. What it reads first, nobody changes meanwhile. When
    /// this returns it is on the disk, in the file that is there to be found.
    pub(crate) fn write<T>(
        &mut self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.check_writable()?;
        let written = committed(&mut self.connection, change);
        // Why it could not be written is told best by the file that is not there.
        self.file.check_there()?;
        written.map_err(|error| error.of(self.file(), Doing::Writing))
    }
}

fn committed<T>(
    connection: &mut Connection,
    change: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = change(&transaction)?;
    transaction.commit()?;
    Ok(done)
}

/// Refuses to go on where a statement that adds a row has added none.
pub(crate) fn added(rows: usize) -> Result<(), Error> {
    if rows == 1 { Ok(()) } else { Err(Error::NothingAdded) }
}

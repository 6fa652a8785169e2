//! A file of ours that is open: what reads it and what writes to it.

use crate::Error;
use crate::error::Doing;
use crate::opened::Opened;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;

/// An open file with its tables.
#[derive(Debug)]
pub(crate) struct Database {
    connection: Connection,
    file: Opened,
}

impl Database {
    pub(crate) fn new(connection: Connection, file: &Path) -> Result<Self, Error> {
        Ok(Self { connection, file: Opened::new(file)? })
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

    /// Writes what `change` writes, all or nothing. What it reads first, nobody changes meanwhile. When
    /// this returns it is on the disk, in the file that is there to be found.
    pub(crate) fn write<T>(
        &mut self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
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

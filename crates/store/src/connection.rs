//! Opening and creating the file.

use crate::Error;
use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite_migration::{M, MigrationDefinitionError, Migrations};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use study::{Digest, Packet};

/// Never edited once released; a change of the schema is another one.
const STEPS: &[M<'static>] = &[M::up(include_str!("../migrations/0001_packet_and_records.sql"))];
const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// Marks the file as ours: "PRIM" in ASCII.
const APPLICATION_ID: i32 = 0x5052_494D;

/// A stored packet and its ratings.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    file: PathBuf,
    /// Held while the packet is rated; the system lets go of it when the program ends, however.
    claim: Option<File>,
}

impl Store {
    /// Stores `packet` in a new `file`. Its digest is that of the packet file, to tell later whether
    /// the same packet is opened again.
    ///
    /// The file is built under another name and moved into place when it is whole, so that an
    /// interrupted first opening leaves nothing that looks like a packet. A stored packet that is
    /// there already stays, with its ratings.
    pub fn create(file: &Path, packet: &Packet, now: Timestamp) -> Result<Self, Error> {
        let io = |source| Error::Io { file: file.to_owned(), source };
        if file.exists() {
            let reason = "a stored packet is already there; it was left as it is";
            return Err(io(std::io::Error::new(std::io::ErrorKind::AlreadyExists, reason)));
        }
        let draft = file.with_extension(format!("{}.draft", std::process::id()));
        if draft.exists() {
            std::fs::remove_file(&draft).map_err(io)?;
        }
        let mut connection = Connection::open(&draft)?;
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        MIGRATIONS.to_latest(&mut connection).map_err(|error| unusable(&draft, error))?;
        let transaction = connection.transaction()?;
        crate::packet::insert(&transaction, packet, &Digest::of(packet), now)?;
        crate::scenario::insert(&transaction, &packet.scenarios)?;
        crate::item::insert(&transaction, &packet.items)?;
        transaction.commit()?;
        connection.close().map_err(|(_, error)| error)?;
        std::fs::rename(&draft, file).map_err(io)?;
        Self::open(file)
    }

    /// Opens a stored packet.
    pub fn open(file: &Path) -> Result<Self, Error> {
        if !file.is_file() {
            let reason = "no such file".into();
            return Err(Error::NotOurs { file: file.to_owned(), reason });
        }
        let mut connection = Connection::open(file)?;
        check_ours(&connection, file)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // Before the journal is set, which writes to the file: a newer program's stays as it is.
        MIGRATIONS.to_latest(&mut connection).map_err(|error| unusable(file, error))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        Ok(Self { connection, file: file.to_owned(), claim: None })
    }

    /// Keeps every other window from rating this packet until this store is dropped: two windows
    /// would show each other's answers late and undo them.
    pub fn claim(&mut self) -> Result<(), Error> {
        let io = |source| Error::Io { file: self.file.clone(), source };
        let file = File::create(self.file.with_extension("lock")).map_err(io)?;
        match file.try_lock() {
            Ok(()) => {
                self.claim = Some(file);
                Ok(())
            }
            Err(TryLockError::WouldBlock) => Err(Error::InUse { file: self.file.clone() }),
            Err(TryLockError::Error(source)) => Err(io(source)),
        }
    }

    /// Where it is.
    pub fn file(&self) -> &Path {
        &self.file
    }
}

fn check_ours(connection: &Connection, file: &Path) -> Result<(), Error> {
    let not_ours = |reason: String| Error::NotOurs { file: file.to_owned(), reason };
    let id: i32 = connection
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .map_err(|error| not_ours(error.to_string()))?;
    if id == APPLICATION_ID { Ok(()) } else { Err(not_ours("another program's database".into())) }
}

fn unusable(file: &Path, error: rusqlite_migration::Error) -> Error {
    use rusqlite_migration::Error as Migration;
    match error {
        Migration::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead) => {
            Error::Newer { file: file.to_owned() }
        }
        Migration::RusqliteError { err, .. } => err.into(),
        other => Error::NotOurs { file: file.to_owned(), reason: other.to_string() },
    }
}

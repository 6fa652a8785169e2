//! The two kinds of files: how each is made, known again and opened.

use crate::archived::{Archived, why_archived};
use crate::database::Database;
use crate::error::Doing;
use crate::{Error, Kind};
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction};
use rusqlite_migration::{M, MigrationDefinitionError, Migrations};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;
use tempfile::TempPath;

/// From 0.1.0 on, a change of the tables is another step; until then nobody has a file, and the step changes.
const PACKET_STEPS: &[M<'static>] = &[M::up(include_str!("../migrations/packet/0001_packet.sql"))];
const STUDY_STEPS: &[M<'static>] = &[M::up(include_str!("../migrations/study/0001_study.sql"))];

/// A kind of file, with its tables.
pub(crate) struct Schema {
    kind: Kind,
    /// Marks the file as ours and as this kind: four letters of ASCII.
    application_id: i32,
    steps: &'static [M<'static>],
    migrations: Migrations<'static>,
}

/// "PRIM".
pub(crate) const PACKET: Schema = Schema {
    kind: Kind::Packet,
    application_id: 0x5052_494D,
    steps: PACKET_STEPS,
    migrations: Migrations::from_slice(PACKET_STEPS),
};

/// "PRST".
pub(crate) const STUDY: Schema = Schema {
    kind: Kind::Study,
    application_id: 0x5052_5354,
    steps: STUDY_STEPS,
    migrations: Migrations::from_slice(STUDY_STEPS),
};

impl Schema {
    /// Makes a new `file` with what `fill` puts in. The caller has [claimed](crate::claim::Claim) it.
    ///
    /// It is built under another name and moved into place when it is whole, so that an interrupted
    /// creation leaves nothing that looks like one of ours. What is there already stays as it is.
    pub(crate) fn create(
        &self,
        file: &Path,
        fill: impl FnOnce(&Transaction<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let io = |source| Error::Io { file: file.to_owned(), source };
        if file.exists() {
            let reason = format!("{} is already there; it was left as it is", self.kind.noun());
            return Err(Error::InTheWay { file: file.to_owned(), reason });
        }
        let draft = file.with_extension("draft");
        // Nobody else writes one: what is there, a killed program left.
        discard(&draft).map_err(io)?;
        if let Err(error) = self.write(&draft, fill) {
            // Why it could not be made is worth more than that its remains could not be removed.
            let _ = discard(&draft);
            return Err(error.of(file, Doing::Writing));
        }
        let draft = TempPath::try_from_path(draft).map_err(io)?;
        draft.persist_noclobber(file).map_err(|refused| io(refused.error))?;
        sync_folder(file).map_err(io)
    }

    fn write(
        &self,
        draft: &Path,
        fill: impl FnOnce(&Transaction<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut connection = Connection::open(draft)?;
        connection.pragma_update(None, "application_id", self.application_id)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        self.migrate(&mut connection, draft)?;
        let transaction = connection.transaction()?;
        fill(&transaction)?;
        transaction.commit()?;
        Ok(connection.close().map_err(|(_, error)| error)?)
    }

    /// Opens `file`, which must be of this kind.
    pub(crate) fn open(&self, file: &Path) -> Result<Database, Error> {
        let found = file.metadata().map_err(|source| match source.kind() {
            ErrorKind::NotFound if file.is_symlink() => {
                self.not_ours(file, "this link leads to a file that is not there")
            }
            ErrorKind::NotFound => self.not_ours(file, "no such file"),
            _ => Error::Io { file: file.to_owned(), source },
        })?;
        if !found.is_file() {
            return Err(self.not_ours(file, "found a folder or a device; expected a file"));
        }
        if found.len() == 0 {
            return Err(self.not_ours(file, "it is empty; if it was one, go back to a copy of it"));
        }
        self.open_as_it_lies(file).map_err(|error| error.of(file, Doing::Reading))
    }

    fn open_as_it_lies(&self, file: &Path) -> Result<Database, Error> {
        let Some(reason) = why_archived(file)? else {
            return Database::new(self.connect(file, file)?, file, None);
        };
        let copy = Archived::copy(file, reason)
            .map_err(|source| Error::Io { file: file.to_owned(), source })?;
        Database::new(self.connect(&copy.file(file), file)?, file, Some(copy))
    }

    /// Opens what lies at `path`: `file` or a copy of it.
    fn connect(&self, path: &Path, file: &Path) -> Result<Connection, Error> {
        let mut connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        self.check_ours(&connection, file)?;
        self.check_tables(&connection, file)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // Before the journal is set, which writes to the file: a newer program's stays as it is.
        self.migrate(&mut connection, file)?;
        self.keep_in_one_file(&connection, file)?;
        Ok(connection)
    }

    /// What is saved is in `file` itself, never in another beside it that may be lost. An earlier
    /// program's write-ahead log is written into the file and goes.
    fn keep_in_one_file(&self, connection: &Connection, file: &Path) -> Result<(), Error> {
        let journal: String =
            connection.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0))?;
        if journal != "delete" {
            return Err(Error::InUse { kind: self.kind, file: file.to_owned() });
        }
        // The folder as well: a journal that comes back after a power cut undoes what was saved.
        Ok(connection.pragma_update(None, "synchronous", "EXTRA")?)
    }

    fn check_ours(&self, connection: &Connection, file: &Path) -> Result<(), Error> {
        let found = connection.pragma_query_value(None, "application_id", |row| row.get(0));
        let found: i32 = found.map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => self
                .not_ours(file, "it does not begin as one; if it was one, go back to a copy of it"),
            _ => error.into(),
        })?;
        if found == self.application_id {
            return Ok(());
        }
        Err(self.not_ours(
            file,
            match [PACKET, STUDY].iter().find(|schema| schema.application_id == found) {
                Some(Schema { kind: Kind::Packet, .. }) => "it is a rater's stored packet",
                Some(Schema { kind: Kind::Study, .. }) => "it is a lead author's study",
                None => "another program's database",
            },
        ))
    }

    /// Refuses a file to which something was added that Primum does not make, or from which something
    /// was taken: a trigger may swallow what is written, and without one a record can be changed.
    fn check_tables(&self, connection: &Connection, file: &Path) -> Result<(), Error> {
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let newest = self.steps.len() as i64;
        if version > newest {
            // Of a newer program: what it holds is not known here, and migrating says so.
            return Ok(());
        }
        let found = tables(connection)?;
        let Some(difference) = difference(&found, &self.tables_after(version)?) else {
            return Ok(());
        };
        let mut what = difference;
        for other in 1..=newest {
            if found == self.tables_after(other)? {
                what = format!("its `user_version` was changed from {other} to {version}");
            }
        }
        Err(Error::Altered { kind: self.kind, file: file.to_owned(), what })
    }

    /// The tables that the first steps up to `version` make.
    fn tables_after(&self, version: i64) -> Result<BTreeMap<String, String>, Error> {
        let mut made = Connection::open_in_memory()?;
        let steps = usize::try_from(version).unwrap_or_default();
        let to_version = self.migrations.to_version(&mut made, steps);
        to_version.map_err(|error| Error::Row { reason: error.to_string() })?;
        Ok(tables(&made)?)
    }

    fn migrate(&self, connection: &mut Connection, file: &Path) -> Result<(), Error> {
        use rusqlite_migration::Error as Migration;
        self.migrations.to_latest(connection).map_err(|error| match error {
            Migration::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead) => {
                Error::Newer { kind: self.kind, file: file.to_owned() }
            }
            Migration::RusqliteError { err, .. } => err.into(),
            other => self.not_ours(file, other),
        })
    }

    fn not_ours(&self, file: &Path, reason: impl ToString) -> Error {
        Error::NotOurs { kind: self.kind, file: file.to_owned(), reason: reason.to_string() }
    }
}

/// The first of what was `found` that is not as `expected`, or that is missing.
fn difference(
    found: &BTreeMap<String, String>,
    expected: &BTreeMap<String, String>,
) -> Option<String> {
    let differs = |(name, sql): (&String, &String)| match expected.get(name) {
        None => Some(format!("{name} was added")),
        Some(known) if known != sql => Some(format!("{name} was changed")),
        Some(_) => None,
    };
    let gone = || expected.keys().find(|name| !found.contains_key(*name));
    found.iter().find_map(differs).or_else(|| gone().map(|name| format!("{name} is missing")))
}

/// What each table, index and trigger is made by.
fn tables(connection: &Connection) -> Result<BTreeMap<String, String>, rusqlite::Error> {
    let sql = "SELECT type || ' `' || name || '`', sql FROM sqlite_schema WHERE sql IS NOT NULL";
    let mut select = connection.prepare(sql)?;
    select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Removes a draft, and the journal that would be played back into the next one of its name.
fn discard(draft: &Path) -> std::io::Result<()> {
    let mut journal = draft.as_os_str().to_owned();
    journal.push("-journal");
    for file in [draft, Path::new(&journal)] {
        match fs::remove_file(file) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The file's name is on the disk only when its folder is.
fn sync_folder(file: &Path) -> std::io::Result<()> {
    match file.parent() {
        Some(folder) if cfg!(unix) && folder != Path::new("") => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

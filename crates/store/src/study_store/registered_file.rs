//! The table `registered_file`: what was registered, byte for byte.

use super::{Event, StudyStore, log, parse_digest};
use crate::Error;
use crate::database::added;
use crate::record::parse_time;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use study::Digest;

/// What a file writes down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegisteredKind {
    /// What a judge must reach.
    Thresholds,
    /// Hypotheses about the findings.
    Battery,
}

/// A file that was registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredFile {
    /// The digest of its bytes.
    pub digest: Digest,
    /// What it writes down.
    pub kind: RegisteredKind,
    /// Its name.
    pub name: String,
    /// When it was registered first.
    pub registered_at: Timestamp,
    /// Whether the key was open by then.
    pub after_opening: bool,
}

impl StudyStore {
    /// Keeps `content`, whose kind is known, with an entry in the log; and what is there of it. The
    /// same bytes again change nothing: the first time counts.
    pub fn register(
        &mut self,
        kind: RegisteredKind,
        name: &str,
        content: &[u8],
        now: Timestamp,
    ) -> Result<RegisteredFile, Error> {
        let digest = Digest::of_bytes(content);
        self.write(|transaction| {
            if let Some(known) = select(transaction, &digest)? {
                return Ok(known);
            }
            let sql = "SELECT EXISTS (SELECT 1 FROM opened_key)";
            let after_opening: bool = transaction.query_row(sql, [], |row| row.get(0))?;
            added(transaction.execute(
                "INSERT INTO registered_file (digest, kind, name, registered_at, after_opening, content)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    digest.to_string(),
                    kind.name(),
                    name,
                    now.to_string(),
                    after_opening,
                    content
                ],
            )?)?;
            let (digest, name) = (digest.clone(), name.to_owned());
            let event = Event::Registered {
                kind,
                name: name.clone(),
                digest: digest.clone(),
                after_opening,
            };
            log::insert(transaction, &event, now)?;
            Ok(RegisteredFile { digest, kind, name, registered_at: now, after_opening })
        })
    }

    /// The file of this digest, if it was registered.
    pub fn registered(&self, digest: &Digest) -> Result<Option<RegisteredFile>, Error> {
        self.read(|connection| select(connection, digest))
    }

    /// Every registered file, in the order of registration.
    pub fn registered_files(&self) -> Result<Vec<RegisteredFile>, Error> {
        self.read(|connection| {
            let mut select = connection.prepare(&format!("{COLUMNS} ORDER BY rowid"))?;
            let mut rows = select.query([])?;
            let mut files = Vec::new();
            while let Some(row) = rows.next()? {
                files.push(read(row)?);
            }
            Ok(files)
        })
    }

    /// The bytes of a registered file, if it was registered.
    pub fn registered_content(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
        self.read(|connection| {
            let sql = "SELECT content FROM registered_file WHERE digest = ?1";
            let content = connection.query_row(sql, [digest.to_string()], |row| row.get(0));
            Ok(content.optional()?)
        })
    }
}

const COLUMNS: &str =
    "SELECT digest, kind, name, registered_at, after_opening FROM registered_file";

fn select(connection: &Connection, digest: &Digest) -> Result<Option<RegisteredFile>, Error> {
    let sql = format!("{COLUMNS} WHERE digest = ?1");
    connection.query_row(&sql, [digest.to_string()], |row| Ok(read(row))).optional()?.transpose()
}

fn read(row: &Row<'_>) -> Result<RegisteredFile, Error> {
    Ok(RegisteredFile {
        digest: parse_digest(row.get(0)?)?,
        kind: serde_json::from_value(row.get::<_, String>(1)?.into())?,
        name: row.get(2)?,
        registered_at: parse_time(&row.get::<_, String>(3)?)?,
        after_opening: row.get(4)?,
    })
}

impl RegisteredKind {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Thresholds => "thresholds",
            Self::Battery => "battery",
        }
    }
}

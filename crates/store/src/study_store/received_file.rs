//! The table `received_file`: every file that raters handed back, byte for byte.

use super::{
    Event, PacketState, StudyStore, log, packet, packet_state, parse_digest, record, visit,
};
use crate::Error;
use crate::database::added;
use crate::record::parse_time;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};
use study::{Digest, Record, Visit};

/// A file to be received, with what was read from it.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// The file's name.
    pub name: &'a str,
    /// Its bytes.
    pub content: &'a [u8],
    /// When it was received.
    pub at: Timestamp,
    /// What it says of its packet.
    pub state: &'a PacketState,
    /// The records it holds.
    pub records: &'a [Record],
    /// The visits it holds.
    pub visits: &'a [Visit],
}

/// What a received file brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The digest of the file's bytes, by which the study knows it.
    pub digest: Digest,
    /// Whether the same bytes were received before. Nothing was written then.
    pub again: bool,
    /// How many records no earlier file had brought.
    pub new: usize,
    /// How many records earlier files had brought as well.
    pub already: usize,
    /// How many visits no earlier file had brought.
    pub new_visits: usize,
}

/// A file that was received, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedFile {
    /// The digest of its bytes.
    pub digest: Digest,
    /// Its name.
    pub name: String,
    /// When it was received.
    pub received_at: Timestamp,
    /// How many bytes it has.
    pub size: u64,
}

impl StudyStore {
    /// Receives a file: keeps its bytes, what it says of its packet, and those of its records and visits
    /// that are new; all or nothing, with an entry in the log.
    ///
    /// A file that was received before changes nothing. A record that an earlier file brought with
    /// other content is [`Error::Contradiction`]; such a visit is [`Error::Refused`].
    pub fn receive(&mut self, received: &Received<'_>) -> Result<Receipt, Error> {
        self.write(|transaction| receive(transaction, received))
    }

    /// Every file that was received, in the order of receipt.
    pub fn received_files(&self) -> Result<Vec<ReceivedFile>, Error> {
        self.read(|connection| {
        let sql =
            "SELECT digest, name, received_at, length(content) FROM received_file ORDER BY rowid";
        let mut select = connection.prepare(sql)?;
        let mut rows = select.query([])?;
        let mut files = Vec::new();
        while let Some(row) = rows.next()? {
            files.push(ReceivedFile {
                digest: parse_digest(row.get(0)?)?,
                name: row.get(1)?,
                received_at: parse_time(&row.get::<_, String>(2)?)?,
                size: row.get::<_, i64>(3)?.unsigned_abs(),
            });
        }
        Ok(files)
})
    }

    /// The bytes of a received file as they came, if it was received.
    pub fn original(&self, file: &Digest) -> Result<Option<Vec<u8>>, Error> {
        self.read(|connection| {
            let sql = "SELECT content FROM received_file WHERE digest = ?1";
            let content = connection.query_row(sql, [file.to_string()], |row| row.get(0));
            Ok(content.optional()?)
        })
    }
}

pub(super) fn receive(
    transaction: &Transaction<'_>,
    received: &Received<'_>,
) -> Result<Receipt, Error> {
    let digest = Digest::of_bytes(received.content);
    packet::check(transaction, &received.state.packet)?;
    if name_of(transaction, &digest)?.is_some() {
        let already = received.records.len();
        return Ok(Receipt { digest, again: true, new: 0, already, new_visits: 0 });
    }
    insert(transaction, &digest, received)?;
    packet_state::insert(transaction, &digest, received.state)?;
    let new = record::merge(transaction, &digest, received)?;
    let new_visits = visit::merge(transaction, &digest, received)?;
    let already = received.records.len() - new;
    let event = Event::Received {
        file: digest.clone(),
        name: received.name.into(),
        packet: received.state.packet.clone(),
        new,
        already,
    };
    log::insert(transaction, &event, received.at)?;
    Ok(Receipt { digest, again: false, new, already, new_visits })
}

fn insert(
    transaction: &Transaction<'_>,
    digest: &Digest,
    received: &Received<'_>,
) -> Result<(), Error> {
    added(transaction.execute(
        "INSERT INTO received_file (digest, name, received_at, content) VALUES (?1, ?2, ?3, ?4)",
        params![digest.to_string(), received.name, received.at.to_string(), received.content],
    )?)?;
    Ok(())
}

/// The name of a file, if it was received.
pub(super) fn name_of(
    transaction: &Transaction<'_>,
    file: &Digest,
) -> Result<Option<String>, Error> {
    let sql = "SELECT name FROM received_file WHERE digest = ?1";
    Ok(transaction.query_row(sql, [file.to_string()], |row| row.get(0)).optional()?)
}

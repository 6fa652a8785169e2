//! The table `opened_key`: the key, from the moment it was opened.

use super::{Event, ReceivedSoFar, StudyStore, log, parse_digest, refused};
use crate::Error;
use crate::database::added;
use crate::record::parse_time;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, Transaction, params};
use study::{Digest, Key, PacketId};

/// The key of a study whose origins are known.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenedKey {
    /// The digest of the sealed file it came from.
    pub digest: Digest,
    /// The key.
    pub key: Key,
    /// When it was first opened.
    pub opened_at: Timestamp,
}

impl StudyStore {
    /// Keeps `key`, which came from a sealed file of this `digest`, with an entry in the log that
    /// says why it was opened and what had been received by then. There is no way back.
    ///
    /// Refuses a key that is not the one sealed when the study was created. A key that is opened
    /// again is written to the log again; the time of the first opening stays.
    pub fn open_key(
        &mut self,
        digest: &Digest,
        key: &Key,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let study = self.study()?;
        if key.study != study.study {
            let (found, expected) = (&key.study, &study.study);
            return Err(refused(format!("a key of study `{found}`; expected one of `{expected}`")));
        }
        if *digest != study.sealed_key {
            let reason = "another file than the key that was sealed when the study was created";
            return Err(refused(reason));
        }
        if reason.trim().is_empty() {
            return Err(refused("no reason; expected why the key is opened now"));
        }
        self.write(|transaction| {
            match select(transaction)? {
                None => insert(transaction, digest, key, now)?,
                Some(opened) if opened.key == *key => {}
                Some(_) => {
                    return Err(refused("another content than when the key was opened first"));
                }
            }
            let received = received_so_far(transaction)?;
            log::insert(transaction, &Event::Opened { reason: reason.into(), received }, now)
        })
    }

    /// The key, once it was opened.
    pub fn opened_key(&self) -> Result<Option<OpenedKey>, Error> {
        self.read(select)
    }
}

fn insert(
    transaction: &Transaction<'_>,
    digest: &Digest,
    key: &Key,
    now: Timestamp,
) -> Result<(), Error> {
    added(transaction.execute(
        "INSERT INTO opened_key (digest, content, opened_at) VALUES (?1, ?2, ?3)",
        params![digest.to_string(), serde_json::to_string(key)?, now.to_string()],
    )?)?;
    Ok(())
}

fn select(connection: &rusqlite::Connection) -> Result<Option<OpenedKey>, Error> {
    let sql = "SELECT digest, content, opened_at FROM opened_key";
    connection.query_row(sql, [], |row| Ok(read(row))).optional()?.transpose()
}

fn read(row: &Row<'_>) -> Result<OpenedKey, Error> {
    Ok(OpenedKey {
        digest: parse_digest(row.get(0)?)?,
        key: serde_json::from_str(&row.get::<_, String>(1)?)?,
        opened_at: parse_time(&row.get::<_, String>(2)?)?,
    })
}

fn received_so_far(transaction: &Transaction<'_>) -> Result<Vec<ReceivedSoFar>, Error> {
    let mut select = transaction.prepare(
        "SELECT id,
             (SELECT count(*) FROM packet_state WHERE packet_id = packet.id),
             (SELECT count(*) FROM record WHERE packet_id = packet.id),
             EXISTS (SELECT 1 FROM packet_state
                     WHERE packet_id = packet.id AND locked_at IS NOT NULL)
         FROM packet ORDER BY position",
    )?;
    let packets = select.query_map([], |row| {
        Ok(ReceivedSoFar {
            packet: PacketId::new(row.get::<_, String>(0)?),
            files: row.get::<_, i64>(1)?.unsigned_abs(),
            records: row.get::<_, i64>(2)?.unsigned_abs(),
            locked: row.get(3)?,
        })
    })?;
    Ok(packets.collect::<Result<_, _>>()?)
}

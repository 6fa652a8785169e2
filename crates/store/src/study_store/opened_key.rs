//! The table `opened_key`: keys, from the moment they were opened.

use super::{Event, ReceivedSoFar, StudyStore, log, parse_digest, refused};
use crate::Error;
use crate::database::added;
use crate::record::parse_time;
use jiff::Timestamp;
use rusqlite::{Row, Transaction, params};
use study::{Digest, Key, PacketId};

/// A key that was opened.
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
    /// Keeps `keys`, each with the digest of the sealed file that it came from, with an entry in the log that
    /// says why they were opened and what had been received by then. There is no way back.
    ///
    /// Refuses a key that was not sealed for this study. A key that is opened again is written to the log
    /// again; the time of the first opening stays.
    pub fn open_keys(
        &mut self,
        keys: &[(Digest, Key)],
        reason: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let (study, sealed) = (self.study()?.study, self.sealed_keys()?);
        for (digest, key) in keys {
            if key.study != study {
                let found = &key.study;
                return Err(refused(format!(
                    "a key of study `{found}`; expected one of `{study}`"
                )));
            }
            if !sealed.iter().any(|sealed| sealed.digest == *digest) {
                return Err(refused("another file than a key that was sealed for this study"));
            }
        }
        if reason.trim().is_empty() {
            return Err(refused("no reason; expected why the key is opened now"));
        }
        self.write(|transaction| {
            let opened = select(transaction)?;
            for (digest, key) in keys {
                match opened.iter().find(|opened| opened.digest == *digest) {
                    None => insert(transaction, digest, key, now)?,
                    Some(opened) if opened.key == *key => {}
                    Some(_) => {
                        return Err(refused("another content than when the key was opened first"));
                    }
                }
            }
            let received = received_so_far(transaction)?;
            log::insert(transaction, &Event::Opened { reason: reason.into(), received }, now)
        })
    }

    /// The keys that were opened, in the order of sealing.
    pub fn opened_keys(&self) -> Result<Vec<OpenedKey>, Error> {
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

fn select(connection: &rusqlite::Connection) -> Result<Vec<OpenedKey>, Error> {
    let sql = "SELECT digest, content, opened_at FROM opened_key JOIN sealed_key USING (digest)
               ORDER BY position";
    let mut select = connection.prepare(sql)?;
    let mut rows = select.query([])?;
    let mut opened = Vec::new();
    while let Some(row) = rows.next()? {
        opened.push(read(row)?);
    }
    Ok(opened)
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

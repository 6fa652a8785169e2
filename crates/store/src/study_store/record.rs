//! The table `record`: what all raters did, merged by identifier.

use super::{Received, StudyStore, packet, parse_digest, received_file, refused};
use crate::Error;
use crate::database::added;
use crate::record::parse_time;
use rusqlite::{OptionalExtension, Row, Transaction, params};
use study::{Digest, ItemId, PacketId, Record, RecordId};

const COLUMNS: &str = "SELECT id, packet_id, item_id, at, change, reason, file FROM record";

/// A record of the study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyRecord {
    /// The packet it was made in.
    pub packet: PacketId,
    /// The record.
    pub record: Record,
    /// The file that brought it first.
    pub file: Digest,
}

/// Adds those records of `received` that are new, and returns how many those are.
pub(super) fn merge(
    transaction: &Transaction<'_>,
    file: &Digest,
    received: &Received<'_>,
) -> Result<usize, Error> {
    let own = &received.state.packet;
    let mut insert = transaction.prepare(
        "INSERT INTO record (id, packet_id, item_id, at, change, reason, file)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let mut new = 0;
    for record in received.records {
        if let Some(there) = find(transaction, record.id)? {
            let here =
                StudyRecord { packet: own.clone(), record: record.clone(), file: file.clone() };
            let one_packet = packet::are_copies(transaction, own, &there.packet)?;
            if let Some(difference) = difference(&there, &here, one_packet)? {
                return Err(Error::Contradiction {
                    record: record.id,
                    first: received_file::name_of(transaction, &there.file)?.unwrap_or_default(),
                    second: received.name.into(),
                    difference,
                });
            }
            continue;
        }
        let row = params![
            record.id.to_string(),
            own.as_str(),
            record.item.as_str(),
            record.at.to_string(),
            serde_json::to_string(&record.change)?,
            record.reason,
            file.to_string(),
        ];
        let rows = insert.execute(row).map_err(|error| match error.into() {
            Error::Refused { reason } => refused(format!(
                "record {}: expected an item of packet `{own}` and a grade of the rubric ({reason})",
                record.id
            )),
            other => other,
        })?;
        added(rows)?;
        new += 1;
    }
    Ok(new)
}

/// The first field in which two records of one identifier differ, with what each says. Of two people's copies of
/// `one_packet` it may have come with either.
fn difference(
    first: &StudyRecord,
    second: &StudyRecord,
    one_packet: bool,
) -> Result<Option<String>, Error> {
    let said = |record: &StudyRecord| -> Result<[(&'static str, String); 5], Error> {
        Ok([
            ("packet", format!("`{}`", record.packet)),
            ("item", format!("`{}`", record.record.item)),
            ("at", record.record.at.to_string()),
            ("change", serde_json::to_string(&record.record.change)?),
            (
                "reason",
                record.record.reason.as_ref().map_or("none".into(), |text| format!("`{text}`")),
            ),
        ])
    };
    let mut pairs = said(first)?.into_iter().zip(said(second)?);
    let differing = pairs.find(|(one, other)| one != other && !(one_packet && one.0 == "packet"));
    Ok(differing.map(|((field, one), (_, other))| format!("field `{field}`: {one} and {other}")))
}

fn find(transaction: &Transaction<'_>, id: RecordId) -> Result<Option<StudyRecord>, Error> {
    let mut select = transaction.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?;
    select.query_row([id.to_string()], |row| Ok(read(row))).optional()?.transpose()
}

fn read(row: &Row<'_>) -> Result<StudyRecord, Error> {
    Ok(StudyRecord {
        packet: PacketId::new(row.get::<_, String>(1)?),
        record: Record {
            id: serde_json::from_value(row.get::<_, String>(0)?.into())?,
            at: parse_time(&row.get::<_, String>(3)?)?,
            item: ItemId::new(row.get::<_, String>(2)?),
            change: serde_json::from_str(&row.get::<_, String>(4)?)?,
            reason: row.get(5)?,
        },
        file: parse_digest(row.get(6)?)?,
    })
}

impl StudyStore {
    /// Every record, in order of time.
    pub fn records(&self) -> Result<Vec<StudyRecord>, Error> {
        self.select_records(&format!("{COLUMNS} ORDER BY id"), [])
    }

    /// The records of one packet, in order of time.
    pub fn records_of(&self, packet: &PacketId) -> Result<Vec<StudyRecord>, Error> {
        let sql = format!("{COLUMNS} WHERE packet_id = ?1 ORDER BY id");
        self.select_records(&sql, [packet.as_str()])
    }

    fn select_records(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<Vec<StudyRecord>, Error> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(sql)?;
            let mut rows = select.query(parameters)?;
            let mut records = Vec::new();
            while let Some(row) = rows.next()? {
                records.push(read(row)?);
            }
            Ok(records)
        })
    }
}

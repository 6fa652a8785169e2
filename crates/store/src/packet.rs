//! The table `packet`: one row, with the rubric; and `level`, the rubric's grades.

use crate::{Error, Store};
use jiff::Timestamp;
use rusqlite::{Transaction, params};
use study::{Digest, Packet, PacketId, Rubric, StudyId};

/// A packet without its items.
#[derive(Clone, Debug, PartialEq)]
pub struct PacketHeader {
    /// The packet.
    pub packet: PacketId,
    /// Its study.
    pub study: StudyId,
    /// The study's name.
    pub title: String,
    /// The label under which the lead author knows the rater.
    pub rater: String,
    /// The instrument.
    pub rubric: Rubric,
    /// The digest of the packet as received.
    pub digest: Digest,
    /// When it was first opened.
    pub opened_at: Timestamp,
}

pub(crate) fn insert(
    transaction: &Transaction<'_>,
    packet: &Packet,
    digest: &Digest,
    now: Timestamp,
) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO packet (id, study, title, rater, rubric, digest, opened_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            packet.packet.as_str(),
            packet.study.as_str(),
            packet.title,
            packet.rater,
            serde_json::to_string(&packet.rubric)?,
            digest.to_string(),
            now.to_string(),
        ],
    )?;
    let mut insert = transaction.prepare("INSERT INTO level (axis, grade) VALUES (?1, ?2)")?;
    for axis in &packet.rubric.axes {
        for grade in axis.grades() {
            insert.execute(params![axis.id, grade])?;
        }
    }
    Ok(())
}

impl Store {
    /// The packet's header.
    pub fn packet(&self) -> Result<PacketHeader, Error> {
        let sql = "SELECT id, study, title, rater, rubric, digest, opened_at FROM packet";
        let columns = self.connection.query_row(sql, [], |row| {
            let text = |index| row.get::<_, String>(index);
            Ok([text(0)?, text(1)?, text(2)?, text(3)?, text(4)?, text(5)?, text(6)?])
        })?;
        let [packet, study, title, rater, rubric, digest, opened_at] = columns;
        Ok(PacketHeader {
            packet: PacketId::new(packet),
            study: StudyId::new(study),
            title,
            rater,
            rubric: serde_json::from_str(&rubric)?,
            digest: serde_json::from_value(digest.into())?,
            opened_at: crate::record::parse_time(&opened_at)?,
        })
    }
}

//! The table `packet`: one row, with the rubric; and `level`, the rubric's grades.

use crate::database::added;
use crate::{Error, Store};
use jiff::Timestamp;
use rusqlite::{Transaction, params};
use std::collections::BTreeSet;
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
    added(transaction.execute(
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
    )?)?;
    let mut insert = transaction.prepare("INSERT INTO level (axis, grade) VALUES (?1, ?2)")?;
    for axis in &packet.rubric.axes {
        for grade in axis.grades() {
            added(insert.execute(params![axis.id, grade])?)?;
        }
    }
    Ok(())
}

impl Store {
    /// The packet's header.
    pub fn packet(&self) -> Result<PacketHeader, Error> {
        self.read(|connection| {
            let sql = "SELECT id, study, title, rater, rubric, digest, opened_at FROM packet";
            let columns = connection.query_row(sql, [], |row| {
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
        })
    }

    /// Compares what is stored with the digest of what was received: a bit that turned on the disk can
    /// show another text than the lead author handed out.
    ///
    /// # Errors
    /// [`Error::Damaged`] where the two differ.
    pub fn check_packet(&self) -> Result<(), Error> {
        let header = self.packet()?;
        let calibration = self.calibration()?;
        let of_calibration: BTreeSet<&str> =
            calibration.iter().map(|item| item.scenario.id.as_str()).collect();
        let mut scenarios = self.scenarios()?;
        scenarios.retain(|scenario| !of_calibration.contains(scenario.id.as_str()));
        let stored = Packet {
            study: header.study,
            title: header.title,
            packet: header.packet,
            rater: header.rater,
            rubric: header.rubric,
            instructions: self.instructions()?,
            scenarios,
            items: self.whole_items()?,
            calibration,
        };
        if Digest::of(&stored) == header.digest {
            return Ok(());
        }
        Err(Error::Damaged {
            file: self.file().to_owned(),
            reason: "its texts are no longer those that were received, so nobody should rate them. \
                     What was rated is still in it. Send this file to the lead author, move it away, \
                     and open the packet again."
                .into(),
        })
    }
}

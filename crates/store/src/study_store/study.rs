//! The table `study`: one row, with rubric and protocol; and `level`, the rubric's grades.

use super::{NewPacket, NewStudy, StudyStore, refused};
use crate::Error;
use crate::database::added;
use crate::record::parse_time;
use jiff::Timestamp;
use rusqlite::{Transaction, params};
use serde_json::Value;
use study::{Rubric, StudyId};

/// A study without its items.
#[derive(Clone, Debug, PartialEq)]
pub struct StudyHeader {
    /// The study.
    pub study: StudyId,
    /// Its name.
    pub title: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// The instrument.
    pub rubric: Rubric,
    /// What may be known of the design before the key is opened.
    pub protocol: Value,
}

pub(super) fn insert(
    transaction: &Transaction<'_>,
    new: &NewStudy<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let [NewPacket { packet: first, .. }, others @ ..] = new.packets else {
        return Err(refused("a study without packets: expected at least one"));
    };
    for NewPacket { packet, .. } in others {
        if (&packet.study, &packet.title, &packet.rubric)
            != (&first.study, &first.title, &first.rubric)
        {
            let (one, other) = (&first.packet, &packet.packet);
            let reason = format!("packets `{one}` and `{other}` differ in study, title or rubric");
            return Err(refused(reason));
        }
    }
    added(transaction.execute(
        "INSERT INTO study (id, title, created_at, rubric, protocol)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            first.study.as_str(),
            first.title,
            now.to_string(),
            serde_json::to_string(&first.rubric)?,
            serde_json::to_string(new.protocol)?,
        ],
    )?)?;
    let mut insert = transaction.prepare("INSERT INTO level (axis, grade) VALUES (?1, ?2)")?;
    for axis in &first.rubric.axes {
        for grade in axis.grades() {
            added(insert.execute(params![axis.id, grade])?)?;
        }
    }
    Ok(())
}

impl StudyStore {
    /// The study's header.
    pub fn study(&self) -> Result<StudyHeader, Error> {
        self.read(|connection| {
            let sql = "SELECT id, title, created_at, rubric, protocol FROM study";
            let columns = connection.query_row(sql, [], |row| {
                let text = |index| row.get::<_, String>(index);
                Ok([text(0)?, text(1)?, text(2)?, text(3)?, text(4)?])
            })?;
            let [study, title, created_at, rubric, protocol] = columns;
            Ok(StudyHeader {
                study: StudyId::new(study),
                title,
                created_at: parse_time(&created_at)?,
                rubric: serde_json::from_str(&rubric)?,
                protocol: serde_json::from_str(&protocol)?,
            })
        })
    }
}

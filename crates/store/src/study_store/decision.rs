//! The table `decision`: what was decided where raters disagreed. Only ever added to.

use super::StudyStore;
use crate::Error;
use crate::database::added;
use crate::record::parse_time;
use rusqlite::params;
use study::{Decision, ItemId};

impl StudyStore {
    /// Adds a decision. Earlier ones on the same item and axis stay; [`study::counting_decisions`] tells which
    /// counts.
    pub fn decide(&mut self, decision: &Decision) -> Result<(), Error> {
        self.write(|transaction| {
            added(transaction.execute(
                "INSERT INTO decision
                 (id, item_id, axis, grade, cause, note, decided_at, decided_by)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    decision.id.to_string(),
                    decision.item.as_str(),
                    decision.axis,
                    decision.grade,
                    decision.cause.code(),
                    decision.note,
                    decision.decided_at.to_string(),
                    decision.decided_by,
                ],
            )?)?;
            Ok(())
        })
    }

    /// Every decision, in order of time, those that no longer count as well.
    pub fn decisions(&self) -> Result<Vec<Decision>, Error> {
        self.read(|connection| {
            let mut select = connection.prepare(
                "SELECT id, item_id, axis, grade, cause, note, decided_at, decided_by
             FROM decision ORDER BY id",
            )?;
            let mut rows = select.query([])?;
            let mut decisions = Vec::new();
            while let Some(row) = rows.next()? {
                decisions.push(Decision {
                    id: serde_json::from_value(row.get::<_, String>(0)?.into())?,
                    item: ItemId::new(row.get::<_, String>(1)?),
                    axis: row.get(2)?,
                    grade: row.get(3)?,
                    cause: serde_json::from_value(row.get::<_, String>(4)?.into())?,
                    note: row.get(5)?,
                    decided_at: parse_time(&row.get::<_, String>(6)?)?,
                    decided_by: row.get(7)?,
                });
            }
            Ok(decisions)
        })
    }
}

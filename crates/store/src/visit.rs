//! The table `visit`: how long the rater was active at each item. Only ever added to.

use crate::database::added;
use crate::record::parse_time;
use crate::{Error, Store};
use rusqlite::{Row, params};
use study::{ItemId, Visit, VisitId};

/// The columns that [`read`] reads.
pub(crate) const COLUMNS: &str = "id, at, item_id, active_ms, continued";

impl Store {
    /// Adds `visit`. When this returns it is on the disk.
    pub fn add_visit(&mut self, visit: &Visit) -> Result<(), Error> {
        let sql = format!("INSERT INTO visit ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5)");
        self.write(|transaction| {
            added(transaction.prepare_cached(&sql)?.execute(params![
                visit.id.to_string(),
                visit.at.to_string(),
                visit.item.as_str(),
                visit.active_ms,
                visit.continued,
            ])?)
        })
    }

    /// Every visit, in the order in which they were made, whatever the clock said.
    pub fn visits(&self) -> Result<Vec<Visit>, Error> {
        self.read(|connection| {
            let sql = format!("SELECT {COLUMNS} FROM visit ORDER BY rowid");
            let mut select = connection.prepare(&sql)?;
            let mut rows = select.query([])?;
            let mut visits = Vec::new();
            while let Some(row) = rows.next()? {
                visits.push(read(row)?);
            }
            Ok(visits)
        })
    }
}

/// The visit in `row`, whose first columns are [`COLUMNS`].
pub(crate) fn read(row: &Row<'_>) -> Result<Visit, Error> {
    Ok(Visit {
        id: serde_json::from_value::<VisitId>(row.get::<_, String>(0)?.into())?,
        at: parse_time(&row.get::<_, String>(1)?)?,
        item: ItemId::new(row.get::<_, String>(2)?),
        active_ms: row.get(3)?,
        continued: row.get(4)?,
    })
}

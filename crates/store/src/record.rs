//! The table `record`: what the rater did, in order. Only ever added to.

use crate::database::added;
use crate::{Error, Store};
use jiff::Timestamp;
use rusqlite::{Row, params};
use study::{ItemId, Record, RecordId};

const COLUMNS: &str = "SELECT id, at, item_id, change, reason FROM record";

impl Store {
    /// Adds `records`, all or none. When this returns they are on the disk.
    pub fn append(&mut self, records: &[Record]) -> Result<(), Error> {
        self.write(|transaction| {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO record (id, at, item_id, change, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for record in records {
                added(insert.execute(params![
                    record.id.to_string(),
                    record.at.to_string(),
                    record.item.as_str(),
                    serde_json::to_string(&record.change)?,
                    record.reason,
                ])?)?;
            }
            Ok(())
        })
    }

    /// Every record, in order of time.
    pub fn records(&self) -> Result<Vec<Record>, Error> {
        self.select(&format!("{COLUMNS} ORDER BY id"), [])
    }

    /// The records of one item, in order of time.
    pub fn records_of(&self, item: &ItemId) -> Result<Vec<Record>, Error> {
        self.select(&format!("{COLUMNS} WHERE item_id = ?1 ORDER BY id"), [item.as_str()])
    }

    /// The records of the last change that was not taken back: those made together, on one item at
    /// one time. Empty where there is nothing to take back.
    pub fn last_change(&self) -> Result<Vec<Record>, Error> {
        let standing =
            "part <> 'undo' AND id NOT IN (SELECT undoes FROM record WHERE undoes IS NOT NULL)";
        let last =
            format!("SELECT item_id, at FROM record WHERE {standing} ORDER BY id DESC LIMIT 1");
        self.select(
            &format!("{COLUMNS} WHERE {standing} AND (item_id, at) = ({last}) ORDER BY id"),
            [],
        )
    }

    fn select(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<Vec<Record>, Error> {
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

fn read(row: &Row<'_>) -> Result<Record, Error> {
    Ok(Record {
        id: serde_json::from_value::<RecordId>(row.get::<_, String>(0)?.into())?,
        at: parse_time(&row.get::<_, String>(1)?)?,
        item: ItemId::new(row.get::<_, String>(2)?),
        change: serde_json::from_str(&row.get::<_, String>(3)?)?,
        reason: row.get(4)?,
    })
}

pub(crate) fn parse_time(text: &str) -> Result<Timestamp, Error> {
    text.parse().map_err(|error| Error::Row { reason: format!("time {text}: {error}") })
}

//! The table `last_shown`: the item the rater last saw.

use crate::{Error, Store};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use study::ItemId;

impl Store {
    /// Remembers that `item` was shown at `now`.
    pub fn set_last_shown(&mut self, item: &ItemId, now: Timestamp) -> Result<(), Error> {
        let sql = "INSERT INTO last_shown (only_row, item_id, at) VALUES (1, ?1, ?2)
                   ON CONFLICT (only_row) DO UPDATE SET item_id = excluded.item_id, at = excluded.at";
        self.write(|transaction| {
            transaction.prepare_cached(sql)?.execute(params![item.as_str(), now.to_string()])?;
            Ok(())
        })
    }

    /// The item last shown and when, if any was.
    pub fn last_shown(&self) -> Result<Option<(ItemId, Timestamp)>, Error> {
        self.read(|connection| {
            let sql = "SELECT item_id, at FROM last_shown";
            let row = connection
                .query_row(sql, [], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
                .optional()?;
            row.map(|(item, at)| Ok((ItemId::new(item), crate::record::parse_time(&at)?)))
                .transpose()
        })
    }
}

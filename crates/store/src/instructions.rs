//! The table `instructions`: at most one row, what the lead author tells the raters.

use crate::database::added;
use crate::{Error, Store};
use rusqlite::{OptionalExtension, Transaction, params};

pub(crate) fn insert(transaction: &Transaction<'_>, text: &str) -> Result<(), Error> {
    if !text.is_empty() {
        let sql = "INSERT INTO instructions (only_row, text) VALUES (1, ?1)";
        added(transaction.execute(sql, params![text])?)?;
    }
    Ok(())
}

impl Store {
    /// What the rater is told before the first item; Markdown, empty if nothing.
    pub fn instructions(&self) -> Result<String, Error> {
        self.read(|connection| {
            let text = connection.query_row("SELECT text FROM instructions", [], |row| row.get(0));
            Ok(text.optional()?.unwrap_or_default())
        })
    }
}

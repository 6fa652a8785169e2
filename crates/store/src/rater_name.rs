//! The table `rater_name`: who the rater said they are.

use crate::database::added;
use crate::{Error, Store};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

impl Store {
    /// Adds a name, which from now on is the rater's.
    pub fn name_rater(&mut self, name: &str, now: Timestamp) -> Result<(), Error> {
        let sql = "INSERT INTO rater_name (at, name) VALUES (?1, ?2)";
        self.write(|transaction| added(transaction.execute(sql, params![now.to_string(), name])?))
    }

    /// The rater's name, once given.
    pub fn rater_name(&self) -> Result<Option<String>, Error> {
        self.read(|connection| {
            let sql = "SELECT name FROM rater_name ORDER BY number DESC LIMIT 1";
            Ok(connection.query_row(sql, [], |row| row.get(0)).optional()?)
        })
    }
}

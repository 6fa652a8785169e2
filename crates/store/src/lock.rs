//! The table `lock`: at most one row, the rater's attestation.

use crate::database::added;
use crate::{Error, Store};
use rusqlite::{OptionalExtension, params};
use study::Lock;

impl Store {
    /// Locks the ratings. When this returns it is on the disk, and records without a reason are
    /// refused from now on; so is a second lock.
    pub fn lock(&mut self, lock: &Lock) -> Result<(), Error> {
        let sql = "INSERT INTO lock (only_row, at, name, statement) VALUES (1, ?1, ?2, ?3)";
        self.write(|transaction| {
            added(
                transaction
                    .execute(sql, params![lock.at.to_string(), lock.name, lock.statement])?,
            )
        })
    }

    /// The lock, if the ratings are locked.
    pub fn locked(&self) -> Result<Option<Lock>, Error> {
        self.read(|connection| {
            let sql = "SELECT at, name, statement FROM lock";
            let row = connection
                .query_row(sql, [], |row| {
                    Ok((
                        row.get::<_, String>(0)?,
                        row.get::<_, String>(1)?,
                        row.get::<_, String>(2)?,
                    ))
                })
                .optional()?;
            row.map(|(at, name, statement)| {
                Ok(Lock { at: crate::record::parse_time(&at)?, name, statement })
            })
            .transpose()
        })
    }
}

//! The table `sealed_key`: the files of keys that were sealed for the study, in the order of sealing.

use super::{StudyStore, parse_digest};
use crate::Error;
use crate::database::added;
use rusqlite::{Transaction, params};
use study::Digest;

/// A sealed key's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedKey {
    /// The digest of its bytes.
    pub digest: Digest,
    /// Its name, beside the study's file.
    pub name: String,
}

/// Adds `new` after those that are there.
pub(super) fn insert(transaction: &Transaction<'_>, new: &SealedKey) -> Result<(), Error> {
    added(transaction.execute(
        "INSERT INTO sealed_key (digest, position, name) SELECT ?1, count(*), ?2 FROM sealed_key",
        params![new.digest.to_string(), new.name],
    )?)
}

impl StudyStore {
    /// Every sealed key: that of the study as it was created, then those of items that were added.
    pub fn sealed_keys(&self) -> Result<Vec<SealedKey>, Error> {
        self.read(|connection| {
            let sql = "SELECT digest, name FROM sealed_key ORDER BY position";
            let mut select = connection.prepare(sql)?;
            let mut rows = select.query([])?;
            let mut keys = Vec::new();
            while let Some(row) = rows.next()? {
                keys.push(SealedKey { digest: parse_digest(row.get(0)?)?, name: row.get(1)? });
            }
            Ok(keys)
        })
    }
}

//! A rater's word that the ratings are done. What comes after it needs a reason and stays visible.

use crate::{Record, RecordId, fold};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

/// The rater's attestation, once for a packet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// When, by the rater's clock, RFC 3339 in UTC; after every record that it covers.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// Who attests, by their own name.
    pub name: String,
    /// What they attest, word for word.
    pub statement: String,
}

/// Why records and a lock do not go together.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LockError {
    /// A later change that does not say why.
    #[error(
        "record {record}, field `reason`: found nothing; expected a reason, as it was made after the lock of {at}"
    )]
    NoReason {
        /// The record.
        record: RecordId,
        /// When the ratings were locked.
        at: Timestamp,
    },
    /// A lock that says nothing, or nobody said.
    #[error("field `locked.{field}`: found nothing; expected {expected}")]
    Blank {
        /// `name` or `statement`.
        field: &'static str,
        /// What should be there.
        expected: &'static str,
    },
}

impl Lock {
    /// Whether `record` was made after this lock, and so is not part of what was attested.
    pub fn is_before(&self, record: &Record) -> bool {
        record.at > self.at
    }

    /// Whether what came after this lock changed the rating that `records` of one item add up to, even if
    /// only for a while. Saying again what stood there changes nothing.
    pub fn was_changed<'a>(&self, records: impl IntoIterator<Item = &'a Record>) -> bool {
        let (mut later, mut known): (Vec<&Record>, Vec<&Record>) =
            records.into_iter().partition(|record| self.is_before(record));
        let locked = fold(known.iter().copied());
        later.sort_by_key(|record| record.id);
        later.into_iter().any(|record| {
            known.push(record);
            fold(known.iter().copied()) != locked
        })
    }

    /// Refuses a blank attestation, and records after the lock without a reason.
    pub fn check<'a>(
        &self,
        records: impl IntoIterator<Item = &'a Record>,
    ) -> Result<(), LockError> {
        for (field, text, expected) in [
            ("name", &self.name, "the rater's name"),
            ("statement", &self.statement, "what the rater attests"),
        ] {
            if text.trim().is_empty() {
                return Err(LockError::Blank { field, expected });
            }
        }
        let unexplained = |record: &&Record| {
            self.is_before(record)
                && record.reason.as_ref().is_none_or(|reason| reason.trim().is_empty())
        };
        match records.into_iter().find(unexplained) {
            Some(record) => Err(LockError::NoReason { record: record.id, at: self.at }),
            None => Ok(()),
        }
    }
}

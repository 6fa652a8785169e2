//! The rater's attestation, and what is changed after it.

use crate::contract::Command;
use crate::{Context, Failure, Session};
use serde::{Deserialize, Serialize};
use study::{Lock, Record};
use ts_rs::TS;

/// Locks the open packet's ratings in the rater's name. Items may be unfinished.
#[derive(Debug, Deserialize, TS)]
pub struct LockPacket {
    /// What the rater attests, word for word.
    pub statement: String,
}

/// Changes to one item after the ratings were locked, made in a row for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LaterChange {
    /// When the last of them was made, RFC 3339 in UTC.
    pub at: String,
    /// Why.
    pub reason: String,
    /// How many records they are.
    pub records: u32,
}

impl LaterChange {
    /// Those among the `records` of one item, in order of time.
    pub(crate) fn all(lock: Option<&Lock>, records: &[Record]) -> Vec<Self> {
        let mut changes: Vec<Self> = Vec::new();
        let Some(lock) = lock else { return changes };
        for record in records.iter().filter(|record| lock.is_before(record)) {
            let at = record.at.to_string();
            let reason = record.reason.clone().unwrap_or_default();
            match changes.last_mut() {
                Some(last) if last.reason == reason => {
                    last.at = at;
                    last.records += 1;
                }
                _ => changes.push(Self { at, reason, records: 1 }),
            }
        }
        changes
    }
}

impl Command for LockPacket {
    const NAME: &'static str = "lock_packet";
    type Reply = Session;

    fn run(self, context: &mut Context) -> Result<Session, Failure> {
        let (packet, now) = context.packet()?;
        packet.lock(&self.statement, now)?;
        context.desk.session(now)
    }
}

//! The table `packet_state`: what each received file says of its packet.

use super::{StudyStore, parse_digest};
use crate::Error;
use crate::database::added;
use crate::record::parse_time;
use jiff::Timestamp;
use rusqlite::{Transaction, params};
use study::{Digest, PacketId};

/// What a file says of its packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PacketState {
    /// The packet.
    pub packet: PacketId,
    /// The rater's own name; may be empty.
    pub name: String,
    /// When the file was written, by the rater's clock.
    pub exported_at: Timestamp,
    /// When the rater locked the packet, if they did.
    pub locked_at: Option<Timestamp>,
    /// What the rater attested then.
    pub attestation: Option<String>,
}

pub(super) fn insert(
    transaction: &Transaction<'_>,
    file: &Digest,
    state: &PacketState,
) -> Result<(), Error> {
    added(transaction.execute(
        "INSERT INTO packet_state (file, packet_id, name, exported_at, locked_at, attestation)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            file.to_string(),
            state.packet.as_str(),
            state.name,
            state.exported_at.to_string(),
            state.locked_at.map(|at| at.to_string()),
            state.attestation,
        ],
    )?)?;
    Ok(())
}

impl StudyStore {
    /// What each received file says of its packet, in the order of receipt.
    pub fn packet_states(&self) -> Result<Vec<(Digest, PacketState)>, Error> {
        self.read(|connection| {
            let mut select = connection.prepare(
                "SELECT file, packet_id, name, exported_at, locked_at, attestation
             FROM packet_state ORDER BY rowid",
            )?;
            let mut rows = select.query([])?;
            let mut states = Vec::new();
            while let Some(row) = rows.next()? {
                let locked_at: Option<String> = row.get(4)?;
                let state = PacketState {
                    packet: PacketId::new(row.get::<_, String>(1)?),
                    name: row.get(2)?,
                    exported_at: parse_time(&row.get::<_, String>(3)?)?,
                    locked_at: locked_at.as_deref().map(parse_time).transpose()?,
                    attestation: row.get(5)?,
                };
                states.push((parse_digest(row.get(0)?)?, state));
            }
            Ok(states)
        })
    }
}

//! The table `visit`: how long all raters were active at their items, merged by identifier.

use super::{Received, StudyStore, refused};
use crate::Error;
use crate::database::added;
use crate::visit::{COLUMNS, read};
use rusqlite::{OptionalExtension, Transaction, params};
use study::{Digest, PacketId, Visit, VisitId};

/// Adds those visits of `received` that are new.
pub(super) fn merge(
    transaction: &Transaction<'_>,
    file: &Digest,
    received: &Received<'_>,
) -> Result<(), Error> {
    let own = &received.state.packet;
    let mut insert = transaction.prepare(&format!(
        "INSERT INTO visit ({COLUMNS}, packet_id, file) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
    ))?;
    for visit in received.visits {
        if let Some(there) = find(transaction, visit.id)? {
            if there != *visit {
                return Err(refused(format!(
                    "visit {}: found another item or time than in an earlier file; expected the same, as a visit is \
                     never changed. Ask the rater for the original.",
                    visit.id
                )));
            }
            continue;
        }
        let rows = insert.execute(params![
            visit.id.to_string(),
            visit.at.to_string(),
            visit.item.as_str(),
            visit.active_ms,
            visit.continued,
            own.as_str(),
            file.to_string(),
        ]);
        added(rows.map_err(|error| match error.into() {
            Error::Refused { reason } => refused(format!(
                "visit {}: expected an item of packet `{own}` and at most a day ({reason})",
                visit.id
            )),
            other => other,
        })?)?;
    }
    Ok(())
}

fn find(transaction: &Transaction<'_>, id: VisitId) -> Result<Option<Visit>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM visit WHERE id = ?1");
    let mut select = transaction.prepare_cached(&sql)?;
    select.query_row([id.to_string()], |row| Ok(read(row))).optional()?.transpose()
}

impl StudyStore {
    /// The visits of one packet, in the order in which they came.
    pub fn visits_of(&self, packet: &PacketId) -> Result<Vec<Visit>, Error> {
        self.read(|connection| {
            let sql = format!("SELECT {COLUMNS} FROM visit WHERE packet_id = ?1 ORDER BY rowid");
            let mut select = connection.prepare_cached(&sql)?;
            let mut rows = select.query([packet.as_str()])?;
            let mut visits = Vec::new();
            while let Some(row) = rows.next()? {
                visits.push(read(row)?);
            }
            Ok(visits)
        })
    }
}

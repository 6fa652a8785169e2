//! The table `visit`: how long all raters were active at their items, merged by identifier.

use super::{Received, StudyStore, packet, refused};
use crate::Error;
use crate::database::added;
use crate::visit::{COLUMNS, read};
use rusqlite::{OptionalExtension, Row, Transaction, params};
use study::{Digest, MOST_VISITS, PacketId, Visit, VisitId};

/// Adds those visits of `received` that are new, and returns how many those are.
pub(super) fn merge(
    transaction: &Transaction<'_>,
    file: &Digest,
    received: &Received<'_>,
) -> Result<usize, Error> {
    let own = &received.state.packet;
    let mut new = 0;
    let mut insert = transaction.prepare(&format!(
        "INSERT INTO visit ({COLUMNS}, packet_id, file) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
    ))?;
    for visit in received.visits {
        if let Some((there, packet)) = find(transaction, visit.id)? {
            if there != *visit
                || !(packet == *own || packet::are_copies(transaction, own, &packet)?)
            {
                return Err(refused(format!(
                    "visit {}: found another item, time or packet than in an earlier file; expected the same, as a \
                     visit is never changed. Ask the rater for the original.",
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
        new += 1;
    }
    check_number(transaction, own)?;
    Ok(new)
}

/// Refuses more visits of an item than one file may hold: several files may not bring them either.
fn check_number(transaction: &Transaction<'_>, packet: &PacketId) -> Result<(), Error> {
    let sql = "SELECT item_id, count(*) FROM visit WHERE packet_id = ?1 GROUP BY item_id HAVING count(*) > ?2";
    let mut select = transaction.prepare_cached(sql)?;
    let row = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?));
    match select.query_row(params![packet.as_str(), MOST_VISITS as i64], row).optional()? {
        None => Ok(()),
        Some((item, found)) => Err(refused(format!(
            "item `{item}`: found {found} visits with those of earlier files; expected at most {MOST_VISITS}"
        ))),
    }
}

fn find(transaction: &Transaction<'_>, id: VisitId) -> Result<Option<(Visit, PacketId)>, Error> {
    let sql = format!("SELECT {COLUMNS}, packet_id FROM visit WHERE id = ?1");
    let mut select = transaction.prepare_cached(&sql)?;
    let found = select.query_row([id.to_string()], |row| {
        let packet = PacketId::new(row.get::<_, String>(5)?);
        Ok(read(row).map(|visit| (visit, packet)))
    });
    found.optional()?.transpose()
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

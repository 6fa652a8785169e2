//! The tables `packet` and `packet_item`: who received which items, in which order.

use super::{NewPacket, StudyStore, parse_digest, refused};
use crate::Error;
use crate::database::added;
use rusqlite::{OptionalExtension, Transaction, params};
use study::{Digest, ItemId, PacketId};

/// A packet that was handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyPacket {
    /// The packet.
    pub packet: PacketId,
    /// The label under which the lead author knows the rater.
    pub rater: String,
    /// Whether the rater is the lead author.
    pub lead: bool,
    /// The digest of the packet.
    pub digest: Digest,
    /// Its items, in the order of rating.
    pub items: Vec<ItemId>,
    /// The packet that the rater had first, where this is another one.
    pub further_of: Option<PacketId>,
}

impl StudyPacket {
    /// A rater's first packet.
    pub(super) fn of(NewPacket { packet, lead }: &NewPacket<'_>) -> Self {
        Self {
            packet: packet.packet.clone(),
            rater: packet.rater.clone(),
            lead: *lead,
            digest: Digest::of(packet),
            items: packet.items.iter().map(|item| item.id.clone()).collect(),
            further_of: None,
        }
    }
}

pub(super) fn insert_new(
    transaction: &Transaction<'_>,
    packets: &[NewPacket<'_>],
) -> Result<(), Error> {
    packets.iter().try_for_each(|packet| insert(transaction, &StudyPacket::of(packet)))
}

/// Adds `new` after the packets that are there.
pub(super) fn insert(transaction: &Transaction<'_>, new: &StudyPacket) -> Result<(), Error> {
    added(transaction.execute(
        "INSERT INTO packet (id, position, rater, lead, digest, further_of)
         SELECT ?1, count(*), ?2, ?3, ?4, ?5 FROM packet",
        params![
            new.packet.as_str(),
            new.rater,
            new.lead,
            new.digest.to_string(),
            new.further_of.as_ref().map(PacketId::as_str),
        ],
    )?)?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO packet_item (packet_id, position, item_id) VALUES (?1, ?2, ?3)",
    )?;
    for (position, item) in (0_i64..).zip(&new.items) {
        added(insert.execute(params![new.packet.as_str(), position, item.as_str()])?)?;
    }
    Ok(())
}

/// Refuses a packet of another study.
pub(super) fn check(transaction: &Transaction<'_>, packet: &PacketId) -> Result<(), Error> {
    let sql = "SELECT 1 FROM packet WHERE id = ?1";
    let known = transaction.query_row(sql, [packet.as_str()], |_| Ok(())).optional()?;
    known.ok_or_else(|| refused(format!("packet `{packet}` was not handed out in this study")))
}

/// Whether two packets are one, or copies of one that two people rated.
pub(super) fn are_copies(
    transaction: &Transaction<'_>,
    one: &PacketId,
    other: &PacketId,
) -> Result<bool, Error> {
    let sql = "SELECT count(DISTINCT digest) = 1 FROM packet WHERE id IN (?1, ?2)";
    Ok(transaction.query_row(sql, [one.as_str(), other.as_str()], |row| row.get(0))?)
}

impl StudyStore {
    /// Every packet, in the order of the raters.
    pub fn packets(&self) -> Result<Vec<StudyPacket>, Error> {
        self.read(|connection| {
            let sql = "SELECT id, rater, lead, digest, further_of FROM packet ORDER BY position";
            let mut select = connection.prepare(sql)?;
            let mut rows = select.query([])?;
            let mut packets = Vec::new();
            while let Some(row) = rows.next()? {
                let packet = PacketId::new(row.get::<_, String>(0)?);
                packets.push(StudyPacket {
                    items: self.items_of(&packet)?,
                    packet,
                    rater: row.get(1)?,
                    lead: row.get(2)?,
                    digest: parse_digest(row.get(3)?)?,
                    further_of: row.get::<_, Option<String>>(4)?.map(PacketId::new),
                });
            }
            Ok(packets)
        })
    }

    fn items_of(&self, packet: &PacketId) -> Result<Vec<ItemId>, Error> {
        self.read(|connection| {
            let sql = "SELECT item_id FROM packet_item WHERE packet_id = ?1 ORDER BY position";
            let mut select = connection.prepare_cached(sql)?;
            let items = select.query_map([packet.as_str()], |row| row.get::<_, String>(0))?;
            Ok(items.map(|item| item.map(ItemId::new)).collect::<Result<_, _>>()?)
        })
    }
}

//! Changes to a running study: raters who are added, and what is decided of files of two people for one
//! packet. Each is an entry in the log, which nobody can remove.

use super::{
    Amendment, Event, Receipt, Received, StudyPacket, StudyStore, log, packet, received_file,
    refused,
};
use crate::Error;
use jiff::Timestamp;
use rusqlite::Transaction;
use study::PacketId;

/// Who changes a study, and why.
#[derive(Clone, Copy, Debug)]
pub struct Why<'a> {
    /// Who.
    pub by: &'a str,
    /// Why.
    pub reason: &'a str,
}

/// What is decided of a file that another person than the packet's rater seems to have rated.
#[derive(Clone, Copy, Debug)]
pub enum TwoPeople<'a> {
    /// It is the same person's, under another name.
    One,
    /// It is another person's, whose ratings are kept as a packet of their own.
    Two {
        /// That packet, with the items of the one that both rated.
        packet: &'a StudyPacket,
        /// The packet that both rated.
        of: &'a PacketId,
        /// Whose ratings do not count; none where both do.
        aside: Option<&'a PacketId>,
    },
}

impl StudyStore {
    /// Adds a rater with a packet of items that the study has, written to a file called `name`. `like` is the
    /// packet whose items those are.
    pub fn add_rater(
        &mut self,
        new: &StudyPacket,
        like: Option<&PacketId>,
        name: &str,
        why: Why<'_>,
        now: Timestamp,
    ) -> Result<(), Error> {
        self.write(|transaction| {
            let (packet, like) = (new.packet.clone(), like.cloned());
            let added = Event::RaterAdded { packet, like, amendment: why.now(transaction)? };
            packet::insert(transaction, new)?;
            log::insert(transaction, &added, now)?;
            let handed_out = Event::HandedOut { packet: new.packet.clone(), name: name.into() };
            log::insert(transaction, &handed_out, now)
        })
    }

    /// Receives a file as `decided`, all or nothing. Its state names the packet under which its ratings
    /// are kept.
    pub fn receive_decided(
        &mut self,
        received: &Received<'_>,
        decided: TwoPeople<'_>,
        why: Why<'_>,
    ) -> Result<Receipt, Error> {
        self.write(|transaction| {
            let amendment = why.now(transaction)?;
            let packet = received.state.packet.clone();
            let note = |event: Event| log::insert(transaction, &event, received.at);
            match decided {
                TwoPeople::One => {
                    let name = received.state.name.clone();
                    note(Event::OnePerson { packet, name, amendment })?;
                }
                TwoPeople::Two { packet: own, of, aside } => {
                    packet::insert(transaction, own)?;
                    note(Event::SecondPerson {
                        packet,
                        of: of.clone(),
                        amendment: amendment.clone(),
                    })?;
                    if let Some(packet) = aside {
                        note(Event::SetAside { packet: packet.clone(), amendment })?;
                    }
                }
            }
            match received_file::receive(transaction, received)? {
                Receipt { again: true, .. } => Err(refused("the file was received before")),
                receipt => Ok(receipt),
            }
        })
    }
}

impl Why<'_> {
    fn now(self, transaction: &Transaction<'_>) -> Result<Amendment, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM opened_key), (SELECT count(DISTINCT item_id || ' ' || axis) FROM decision)";
        let (after_opening, decisions) = transaction
            .query_row(sql, [], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
        let (by, reason) = (self.by.into(), self.reason.into());
        Ok(Amendment { by, reason, after_opening, decisions })
    }
}

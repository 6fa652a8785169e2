//! Changes to a running study: raters and items that are added, and what is decided of files of two people for
//! one packet. Each is an entry in the log, which nobody can remove.

use super::{
    Amendment, Event, NewPacket, Receipt, Received, SealedKey, StudyPacket, StudyStore, Taken,
    item, log, packet, received_file, refused, scenario, sealed_key,
};
use crate::Error;
use jiff::Timestamp;
use rusqlite::Transaction;
use std::collections::{BTreeMap, BTreeSet};
use study::{ItemId, PacketId};

/// Who changes a study, and why.
#[derive(Clone, Copy, Debug)]
pub struct Why<'a> {
    /// Who.
    pub by: &'a str,
    /// Why.
    pub reason: &'a str,
}

/// Items that are added to a running study.
#[derive(Clone, Copy, Debug)]
pub struct NewItems<'a> {
    /// One packet for each rater who rates them.
    pub packets: &'a [FurtherPacket<'a>],
    /// Items shown a second time, each with the item that it repeats.
    pub repeats: &'a BTreeMap<ItemId, ItemId>,
    /// From how many responses they were drawn; none where all were taken.
    pub drawn_from: Option<u64>,
    /// The sealed key that says where they came from.
    pub sealed_key: &'a SealedKey,
}

/// A further packet of a rater.
#[derive(Clone, Copy, Debug)]
pub struct FurtherPacket<'a> {
    /// The packet, as it is handed out.
    pub packet: NewPacket<'a>,
    /// The rater's first packet.
    pub of: &'a PacketId,
    /// The name of the file that it was written to.
    pub name: &'a str,
}

/// What is decided of a file that another person than the packet's rater seems to have rated. Its ratings are kept
/// as a packet of their own in any case, so that it can be decided again.
#[derive(Clone, Copy, Debug)]
pub struct TwoPeople<'a> {
    /// That packet, with the items of the one that both rated.
    pub packet: &'a StudyPacket,
    /// The packet that both rated.
    pub of: &'a PacketId,
    /// The packet of the rater who came first.
    pub first: &'a PacketId,
    /// Whose ratings count.
    pub taken: Taken,
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

    /// Adds items, with a further packet for each rater who rates them.
    pub fn add_items(
        &mut self,
        new: &NewItems<'_>,
        why: Why<'_>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let study = self.study()?.study;
        self.write(|transaction| {
            let amendment = why.now(transaction)?;
            sealed_key::insert(transaction, new.sealed_key)?;
            for FurtherPacket { packet: further, of, .. } in new.packets {
                if further.packet.study != study {
                    let found = &further.packet.study;
                    return Err(refused(format!(
                        "a packet of study `{found}`; expected `{study}`"
                    )));
                }
                scenario::insert(transaction, &further.packet.scenarios)?;
                item::insert(transaction, &further.packet.items, new.repeats)?;
                let further_of = Some((*of).clone());
                packet::insert(
                    transaction,
                    &StudyPacket { further_of, ..StudyPacket::of(further) },
                )?;
            }
            item::check_repeats(transaction, new.repeats)?;
            let note = |event: Event| log::insert(transaction, &event, now);
            note(Event::ItemsAdded {
                packets: new.packets.iter().map(|new| new.packet.packet.packet.clone()).collect(),
                items: new.responses(),
                drawn_from: new.drawn_from,
                key: new.sealed_key.digest.clone(),
                amendment,
            })?;
            new.packets.iter().try_for_each(|new| {
                let (packet, name) = (new.packet.packet.packet.clone(), new.name.into());
                note(Event::HandedOut { packet, name })
            })
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
            let TwoPeople { packet: own, of, first, taken } = decided;
            packet::insert(transaction, own)?;
            let (packet, name) = (own.packet.clone(), received.state.name.clone());
            let note = |event: Event| log::insert(transaction, &event, received.at);
            let aside = |packet: &PacketId| {
                note(Event::SetAside { packet: packet.clone(), amendment: amendment.clone() })
            };
            let second = || {
                let (packet, amendment) = (packet.clone(), amendment.clone());
                note(Event::SecondPerson { packet, of: of.clone(), amendment })
            };
            match taken {
                Taken::OnePerson => {
                    let (of, kept, amendment) = (first.clone(), packet.clone(), amendment.clone());
                    note(Event::OnePerson { packet: of, kept, name, amendment })?;
                }
                Taken::First => second().and_then(|()| aside(&own.packet))?,
                Taken::Second => second().and_then(|()| aside(first))?,
                Taken::Both => second()?,
            }
            match received_file::receive(transaction, received)? {
                Receipt { again: true, .. } => Err(refused("the file was received before")),
                receipt => Ok(receipt),
            }
        })
    }
}

impl StudyStore {
    /// Decides again whose ratings count, those kept as the packet `second` or those of `first`.
    pub fn take_again(
        &mut self,
        second: &PacketId,
        first: &PacketId,
        taken: Taken,
        why: Why<'_>,
        now: Timestamp,
    ) -> Result<(), Error> {
        self.write(|transaction| {
            packet::check(transaction, second)?;
            packet::check(transaction, first)?;
            let amendment = why.now(transaction)?;
            let (packet, of) = (second.clone(), first.clone());
            log::insert(transaction, &Event::TakenAgain { packet, of, taken, amendment }, now)
        })
    }
}

impl NewItems<'_> {
    fn responses(&self) -> u64 {
        let items = self.packets.iter().flat_map(|new| &new.packet.packet.items);
        let first = items.map(|item| &item.id).filter(|id| !self.repeats.contains_key(*id));
        first.collect::<BTreeSet<_>>().len() as u64
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

//! The lead author's file: the blinded study, what came back, and what was decided.
//!
//! No origin is in it until the key is opened: what it is made from is [`::study::Packet`]s, which
//! have no field for one.

mod amendment;
mod decision;
mod item;
mod log;
mod opened_key;
mod packet;
mod packet_state;
mod received_file;
mod record;
mod registered_file;
mod scenario;
mod sealed_key;
mod study;
mod visit;

pub use amendment::{FurtherPacket, NewItems, TwoPeople, Why};
pub use item::StudyItem;
pub use log::{Amendment, Event, LogEntry, ReceivedSoFar, Taken};
pub use opened_key::OpenedKey;
pub use packet::StudyPacket;
pub use packet_state::PacketState;
pub use received_file::{Receipt, Received, ReceivedFile};
pub use record::StudyRecord;
pub use registered_file::{RegisteredFile, RegisteredKind};
pub use sealed_key::SealedKey;
pub use study::StudyHeader;

use crate::claim::Claim;
use crate::database::Database;
use crate::schema::STUDY;
use crate::{Error, Kind};
use ::study::{Digest, ItemId, Packet};
use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// What a study is made of. Its packets share title, rubric and texts.
#[derive(Clone, Debug)]
pub struct NewStudy<'a> {
    /// One per rater, at least one.
    pub packets: &'a [NewPacket<'a>],
    /// Items shown a second time, each with the item that it repeats.
    pub repeats: &'a BTreeMap<ItemId, ItemId>,
    /// What may be known of the design before the key is opened, as it is to be reported.
    pub protocol: &'a Value,
    /// The sealed key's file.
    pub sealed_key: &'a SealedKey,
}

/// A packet of a new study.
#[derive(Clone, Copy, Debug)]
pub struct NewPacket<'a> {
    /// The packet, as it is handed out.
    pub packet: &'a Packet,
    /// Whether its rater is the lead author.
    pub lead: bool,
}

/// A stored study.
#[derive(Debug)]
pub struct StudyStore {
    database: Database,
}

impl StudyStore {
    /// Stores `new` in a new `file`, whole or not at all. A study that is there already stays.
    pub fn create(file: &Path, new: &NewStudy<'_>, now: Timestamp) -> Result<Self, Error> {
        let claim = Claim::new(Kind::Study, file)?;
        let made = STUDY.create(file, |transaction| {
            study::insert(transaction, new, now)?;
            sealed_key::insert(transaction, new.sealed_key)?;
            for NewPacket { packet, .. } in new.packets {
                scenario::insert(transaction, &packet.scenarios)?;
                item::insert(transaction, &packet.items, new.repeats)?;
            }
            item::check_repeats(transaction, new.repeats)?;
            packet::insert_new(transaction, new.packets)?;
            log::insert(transaction, &Event::Created, now)?;
            log::insert(transaction, &Event::Sealed { key: new.sealed_key.digest.clone() }, now)
        });
        // Those who work on a study take turns: only its creation is claimed.
        claim.let_go();
        made?;
        Self::open(file)
    }

    /// Opens a stored study.
    pub fn open(file: &Path) -> Result<Self, Error> {
        Ok(Self { database: STUDY.open(file)? })
    }

    /// Where it is.
    pub fn file(&self) -> &Path {
        self.database.file()
    }

    /// Why it can be read and not written, if that is so.
    pub fn archived(&self) -> Option<&str> {
        self.database.archived()
    }

    /// Refuses a study that can be read and not written.
    pub fn check_writable(&self) -> Result<(), Error> {
        self.database.check_writable()
    }

    fn read<T>(&self, select: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        self.database.read(select)
    }

    /// Writes what `change` writes, all or nothing. What it reads first, nobody changes meanwhile.
    fn write<T>(
        &mut self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.database.write(change)
    }
}

fn refused(reason: impl Into<String>) -> Error {
    Error::Refused { reason: reason.into() }
}

/// A digest as it is in the file.
fn parse_digest(text: String) -> Result<Digest, Error> {
    Ok(serde_json::from_value(text.into())?)
}

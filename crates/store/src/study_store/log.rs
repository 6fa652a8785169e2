//! The table `log`: what happened to the study, in order. Only ever added to.

use super::{RegisteredKind, StudyStore};
use crate::Error;
use crate::database::added;
use crate::record::parse_time;
use jiff::Timestamp;
use rusqlite::{Transaction, params};
use serde::{Deserialize, Serialize};
use study::{Digest, PacketId};

/// Something that happened. A new kind of event comes with a new migration, so that an older
/// program refuses the file instead of passing over what it cannot read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// The study was made. Written by [`StudyStore::create`].
    Created,
    /// The key was sealed. Written by [`StudyStore::create`].
    Sealed {
        /// The digest of the sealed key file.
        key: Digest,
    },
    /// A packet was written for its rater.
    HandedOut {
        /// The packet.
        packet: PacketId,
        /// The file's name.
        name: String,
    },
    /// A file was received. Written by [`StudyStore::receive`].
    Received {
        /// The digest of its bytes.
        file: Digest,
        /// Its name.
        name: String,
        /// The packet it belongs to.
        packet: PacketId,
        /// How many records it brought that were new.
        new: usize,
        /// How many records it brought that were there already.
        already: usize,
    },
    /// A file was not received.
    Refused {
        /// Its name.
        name: String,
        /// What the person was told.
        reason: String,
    },
    /// The key was opened. Written by [`StudyStore::open_keys`].
    Opened {
        /// Why, in the words of the person who opened it.
        reason: String,
        /// What had been received by then, for each packet.
        received: Vec<ReceivedSoFar>,
    },
    /// Something was registered. Written by [`StudyStore::register`].
    Registered {
        /// What it is.
        kind: RegisteredKind,
        /// The file's name.
        name: String,
        /// The digest of its bytes.
        digest: Digest,
        /// Whether the key was open by then.
        after_opening: bool,
    },
    /// A rater was added. Written by [`StudyStore::add_rater`].
    RaterAdded {
        /// The packet.
        packet: PacketId,
        /// The packet whose items it has; none where it has every item of the study.
        like: Option<PacketId>,
        /// Who added the rater, why, and how far the study was.
        amendment: Amendment,
    },
    /// Items were added. Written by [`StudyStore::add_items`].
    ItemsAdded {
        /// The packets that hold them, one for each rater who rates them.
        packets: Vec<PacketId>,
        /// How many responses they show, each counted once.
        items: u64,
        /// From how many responses those were drawn; none where all were taken.
        drawn_from: Option<u64>,
        /// The digest of the sealed key file that says where they came from.
        key: Digest,
        /// Who added them, why, and how far the study was.
        amendment: Amendment,
    },
    /// Another person than the rater of a packet had rated it too, and became a rater. Written by
    /// [`StudyStore::receive_decided`].
    SecondPerson {
        /// The packet under which the other person's ratings are kept.
        packet: PacketId,
        /// The packet that both rated.
        of: PacketId,
        /// Who decided so, why, and how far the study was.
        amendment: Amendment,
    },
    /// Two names on the files of one packet are one person's. Written by
    /// [`StudyStore::receive_decided`].
    OnePerson {
        /// The packet.
        packet: PacketId,
        /// The packet under which the ratings of the file are kept, so that it can be decided again.
        kept: PacketId,
        /// The other name.
        name: String,
        /// Who decided so, why, and how far the study was.
        amendment: Amendment,
    },
    /// It was decided again whose ratings of one packet count. Written by [`StudyStore::take_again`].
    TakenAgain {
        /// The packet under which the second person's ratings are kept.
        packet: PacketId,
        /// That of the first person.
        of: PacketId,
        /// Whose ratings count from now on.
        taken: Taken,
        /// Who decided so, why, and how far the study was.
        amendment: Amendment,
    },
    /// A rater's ratings do not count any more. Written by [`StudyStore::receive_decided`].
    SetAside {
        /// The packet.
        packet: PacketId,
        /// Who decided so, why, and how far the study was.
        amendment: Amendment,
    },
    /// A file was written from the study.
    Exported {
        /// Its name.
        name: String,
        /// The digest of its bytes.
        digest: Digest,
    },
}

/// Whose ratings count, where two people have rated one packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taken {
    /// Both together: they are one person.
    OnePerson,
    /// Those of the first.
    First,
    /// Those of the second.
    Second,
    /// Both, each by themselves.
    Both,
}

/// Who changed a running study, why, and how far it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// Who.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Whether the key was open by then.
    pub after_opening: bool,
    /// How many decisions had been made by then.
    pub decisions: u64,
}

/// What had been received of a packet when the key was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceivedSoFar {
    /// The packet.
    pub packet: PacketId,
    /// How many files.
    pub files: u64,
    /// How many records.
    pub records: u64,
    /// Whether one of the files says that the packet is locked.
    pub locked: bool,
}

/// An event with its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Counts from 1.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: Event,
}

pub(super) fn insert(
    transaction: &Transaction<'_>,
    event: &Event,
    at: Timestamp,
) -> Result<(), Error> {
    let sql = "INSERT INTO log (at, event) VALUES (?1, ?2)";
    added(transaction.execute(sql, params![at.to_string(), serde_json::to_string(event)?])?)?;
    Ok(())
}

impl Event {
    /// What it says of a change to the running study; nothing where it is none.
    pub fn amendment(&self) -> Option<&Amendment> {
        match self {
            Self::RaterAdded { amendment, .. }
            | Self::ItemsAdded { amendment, .. }
            | Self::SecondPerson { amendment, .. }
            | Self::OnePerson { amendment, .. }
            | Self::TakenAgain { amendment, .. }
            | Self::SetAside { amendment, .. } => Some(amendment),
            Self::Created
            | Self::Sealed { .. }
            | Self::HandedOut { .. }
            | Self::Received { .. }
            | Self::Refused { .. }
            | Self::Opened { .. }
            | Self::Registered { .. }
            | Self::Exported { .. } => None,
        }
    }
}

impl StudyStore {
    /// Adds an event that this store does not add by itself.
    pub fn note(&mut self, event: &Event, at: Timestamp) -> Result<(), Error> {
        self.write(|transaction| insert(transaction, event, at))
    }

    /// Everything that happened, in order.
    pub fn log(&self) -> Result<Vec<LogEntry>, Error> {
        self.read(|connection| {
            let mut select =
                connection.prepare("SELECT number, at, event FROM log ORDER BY number")?;
            let mut rows = select.query([])?;
            let mut entries = Vec::new();
            while let Some(row) = rows.next()? {
                entries.push(LogEntry {
                    number: row.get(0)?,
                    at: parse_time(&row.get::<_, String>(1)?)?,
                    event: serde_json::from_str(&row.get::<_, String>(2)?)?,
                });
            }
            Ok(entries)
        })
    }
}

//! The only SQL: two kinds of SQLite files, one module a table.
//!
//! [`Store`] is a rater's packet with its ratings, [`StudyStore`] a lead author's study with what
//! came back. Records are only ever added; triggers refuse to change or remove them. Every write is
//! one transaction, synced to the disk before the call returns.

mod archived;
mod calibration;
mod claim;
mod connection;
mod database;
mod error;
mod instructions;
mod item;
mod last_shown;
mod lock;
mod opened;
mod packet;
mod rater_name;
mod record;
mod scenario;
mod schema;
mod study_store;
mod visit;

pub use claim::FileTurn;
pub use connection::Store;
pub use error::{Error, Kind};
pub use item::StoredItem;
pub use packet::PacketHeader;
pub use study_store::{
    Amendment, Event, FurtherPacket, LogEntry, NewItems, NewPacket, NewStudy, OpenedKey,
    PacketState, Receipt, Received, ReceivedFile, ReceivedSoFar, RegisteredFile, RegisteredKind,
    SealedKey, StudyHeader, StudyItem, StudyPacket, StudyRecord, StudyStore, Taken, TwoPeople, Why,
};

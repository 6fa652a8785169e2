//! The only SQL: one SQLite file a packet, one module a table.
//!
//! Records are only ever added; triggers refuse to change or remove them. Every write is one
//! transaction, synced to the disk before the call returns.

mod connection;
mod error;
mod item;
mod packet;
mod place;
mod rater_name;
mod record;
mod scenario;

pub use connection::Store;
pub use error::Error;
pub use item::ItemPlace;
pub use packet::PacketHeader;

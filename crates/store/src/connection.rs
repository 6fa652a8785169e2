//! Opening and creating a rater's file.

use crate::Error;
use crate::schema::PACKET;
use jiff::Timestamp;
use rusqlite::Connection;
use std::fs::File;
use std::path::{Path, PathBuf};
use study::{Digest, Packet};

/// A stored packet and its ratings.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    file: PathBuf,
    /// Held while the packet is rated.
    claim: Option<File>,
}

impl Store {
    /// Stores `packet` in a new `file`, whole or not at all. Its digest is that of the packet file,
    /// to tell later whether the same packet is opened again. A stored packet that is there already
    /// stays, with its ratings.
    pub fn create(file: &Path, packet: &Packet, now: Timestamp) -> Result<Self, Error> {
        PACKET.create(file, |transaction| {
            crate::packet::insert(transaction, packet, &Digest::of(packet), now)?;
            crate::instructions::insert(transaction, &packet.instructions)?;
            crate::calibration::insert(transaction, &packet.calibration)?;
            crate::scenario::insert(transaction, &packet.scenarios)?;
            crate::item::insert(transaction, &packet.items, packet.calibration.len())
        })?;
        Self::open(file)
    }

    /// Opens a stored packet.
    pub fn open(file: &Path) -> Result<Self, Error> {
        Ok(Self { connection: PACKET.open(file)?, file: file.to_owned(), claim: None })
    }

    /// Keeps every other window from rating this packet until this store is dropped: two windows
    /// would show each other's answers late and undo them.
    pub fn claim(&mut self) -> Result<(), Error> {
        self.claim = Some(PACKET.claim(&self.file)?);
        Ok(())
    }

    /// Where it is.
    pub fn file(&self) -> &Path {
        &self.file
    }
}

//! Opening and creating a rater's file.

use crate::claim::Claim;
use crate::database::Database;
use crate::schema::PACKET;
use crate::{Error, Kind};
use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use std::path::Path;
use study::{Digest, Packet};

/// A stored packet and its ratings.
#[derive(Debug)]
pub struct Store {
    database: Database,
    /// Held while the packet is rated.
    claim: Option<Claim>,
}

impl Store {
    /// Stores `packet` in a new `file`, whole or not at all, and [claims](Self::claim) it. Its digest is that of the packet file,
    /// to tell later whether the same packet is opened again. A stored packet that is there already
    /// stays, with its ratings.
    pub fn create(file: &Path, packet: &Packet, now: Timestamp) -> Result<Self, Error> {
        let claim = Claim::new(Kind::Packet, file)?;
        PACKET.create(file, |transaction| {
            crate::packet::insert(transaction, packet, &Digest::of(packet), now)?;
            crate::instructions::insert(transaction, &packet.instructions)?;
            crate::calibration::insert(transaction, &packet.calibration)?;
            crate::scenario::insert(transaction, &packet.scenarios)?;
            crate::item::insert(transaction, &packet.items, packet.calibration.len())
        })?;
        Ok(Self { claim: Some(claim), ..Self::open(file)? })
    }

    /// Opens a stored packet.
    pub fn open(file: &Path) -> Result<Self, Error> {
        Ok(Self { database: PACKET.open(file)?, claim: None })
    }

    /// Keeps every other window from rating this packet until this store is dropped: two windows
    /// would show each other's answers late and undo them. An archived packet is not rated.
    pub fn claim(&mut self) -> Result<(), Error> {
        if self.claim.is_none() && self.archived().is_none() {
            self.claim = Some(Claim::new(Kind::Packet, self.file())?);
        }
        Ok(())
    }

    /// Where it is.
    pub fn file(&self) -> &Path {
        self.database.file()
    }

    /// Why it can be read and not written, if that is so.
    pub fn archived(&self) -> Option<&str> {
        self.database.archived()
    }

    pub(crate) fn read<T>(
        &self,
        select: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.database.read(select)
    }

    /// Writes what `change` writes, all or nothing. When this returns it is on the disk, in the file
    /// that is there to be found.
    pub(crate) fn write<T>(
        &mut self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if let Some(claim) = &mut self.claim {
            claim.renew()?;
        }
        self.database.write(change)
    }
}

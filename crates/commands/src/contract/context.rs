//! What every command works with.

use super::{Failure, Watch};
use crate::Desk;
use crate::rating::open_packet::OpenPacket;
use jiff::Timestamp;

/// The desk, what time it is, and who watches while a command works.
pub struct Context {
    pub(crate) desk: Desk,
    clock: fn() -> Timestamp,
    watch: Watch,
}

impl Context {
    /// Work at `desk`, where `clock` tells the time and nobody watches.
    pub fn new(desk: Desk, clock: fn() -> Timestamp) -> Self {
        Self { desk, clock, watch: Watch::default() }
    }

    /// The same, with someone who watches while commands work and may cancel them.
    pub fn watched(self, watch: Watch) -> Self {
        Self { watch, ..self }
    }

    /// Whom a command that takes long tells its steps.
    pub(crate) fn watch(&self) -> Watch {
        self.watch.clone()
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The open packet, and the time.
    pub(crate) fn packet(&mut self) -> Result<(&mut OpenPacket, Timestamp), Failure> {
        let now = self.now();
        Ok((self.desk.packet()?, now))
    }
}

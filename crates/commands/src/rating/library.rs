//! Opening packets and coming back to them.

use crate::contract::Command;
use crate::{Block, Context, Failure, PacketCaution};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use study::{Grade, ItemId, Lock, Pace, PacketId, Rubric, Status, StudyId};
use ts_rs::TS;

/// The packets on this computer.
#[derive(Debug, Deserialize, TS)]
pub struct ListPackets {}

/// The packets on this computer, the most recently used first.
#[derive(Debug, Serialize, TS)]
pub struct Library {
    /// One entry per packet.
    pub packets: Vec<LibraryEntry>,
    /// Stored packets that cannot be opened, with the reason.
    pub unreadable: Vec<String>,
}

/// A packet in the library.
#[derive(Debug, Serialize, TS)]
pub struct LibraryEntry {
    /// The packet.
    pub packet: PacketId,
    /// The study's name.
    pub title: String,
    /// The rubric's name.
    pub rubric: String,
    /// The label under which the lead author knows the rater.
    pub rater: String,
    /// The rater's own name, once given.
    pub name: Option<String>,
    /// How far it is.
    pub progress: Progress,
    /// When the rater locked it, if they did, RFC 3339 in UTC.
    pub locked_at: Option<String>,
    /// When it was last rated or opened, RFC 3339 in UTC.
    pub last_used: String,
}

/// How far a packet is, in items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct Progress {
    /// All items.
    pub total: u32,
    /// Every required answer given.
    pub complete: u32,
    /// Something required missing.
    pub started: u32,
    /// The rater chose not to rate.
    pub abstained: u32,
    /// To come back to, whatever their state.
    pub flagged: u32,
}

/// Opens a packet file: for the first time, or again where it was left.
#[derive(Debug, Deserialize, TS)]
pub struct OpenPacket {
    /// Where the file is.
    pub path: String,
}

/// Opens the packet of the example study that comes with the program.
#[derive(Debug, Deserialize, TS)]
pub struct OpenExample {}

/// Opens a packet of the library.
#[derive(Debug, Deserialize, TS)]
pub struct ResumePacket {
    /// The packet.
    pub packet: PacketId,
}

/// Takes a packet off the library. Its answers stay on this computer; who opens its file goes on with it.
#[derive(Debug, Deserialize, TS)]
pub struct RemovePacket {
    /// The packet.
    pub packet: PacketId,
}

/// Puts a packet that was taken off the library back.
#[derive(Debug, Deserialize, TS)]
pub struct RestorePacket {
    /// The packet.
    pub packet: PacketId,
}

/// Says who rates the open packet.
#[derive(Debug, Deserialize, TS)]
pub struct NameRater {
    /// As it should be in the report.
    pub name: String,
}

/// An open packet.
#[derive(Debug, Serialize, TS)]
pub struct Session {
    /// The packet.
    pub packet: PacketId,
    /// Its study.
    pub study: StudyId,
    /// The study's name.
    pub title: String,
    /// The label under which the lead author knows the rater.
    pub rater: String,
    /// The rater's own name, once given.
    pub name: Option<String>,
    /// The instrument.
    pub rubric: Rubric,
    /// What the lead author tells the raters, formatted; empty if nothing.
    pub instructions: Vec<Block>,
    /// What is rated first and does not count, in the order of rating.
    pub calibration: Vec<ItemSummary>,
    /// The items in the order of rating.
    pub items: Vec<ItemSummary>,
    /// The item that was last shown.
    pub last_shown: ItemId,
    /// How far it is.
    pub progress: Progress,
    /// How fast the rater is, and how much is left.
    pub pace: Pace,
    /// The rater's attestation, once given.
    pub locked: Option<Lock>,
    /// What the rater should know before they go on; empty as a rule.
    pub cautions: Vec<PacketCaution>,
    /// Where exports go unless the rater chooses otherwise.
    pub export_folder: String,
}

/// An item in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ItemSummary {
    /// The item.
    pub id: ItemId,
    /// Its place in the order, from 1; calibration items have an order of their own.
    pub number: u32,
    /// Whether it is rated before the study and does not count.
    pub calibration: bool,
    /// The first words of what was asked.
    pub excerpt: String,
    /// How far its rating is.
    pub status: Status,
    /// The grades given, by axis.
    pub grades: BTreeMap<String, Grade>,
    /// To come back to.
    pub flag: bool,
    /// Whether it has a note.
    pub note: bool,
    /// Whether it was changed after the ratings were locked.
    pub changed: bool,
    /// Whether two of its answers contradict each other.
    pub contradiction: bool,
}

impl Command for ListPackets {
    const NAME: &'static str = "list_packets";
    type Reply = Library;

    fn run(self, context: &mut Context) -> Result<Library, Failure> {
        context.desk.library()
    }
}

impl Command for OpenPacket {
    const NAME: &'static str = "open_packet";
    type Reply = Session;

    fn run(self, context: &mut Context) -> Result<Session, Failure> {
        let packet = exchange::read_packet(Path::new(&self.path))?;
        context.desk.receive(&packet, &self.path, context.now())
    }
}

impl Command for OpenExample {
    const NAME: &'static str = "open_example";
    type Reply = Session;

    fn run(self, context: &mut Context) -> Result<Session, Failure> {
        context.desk.receive(&crate::example::packet()?, "the example study", context.now())
    }
}

impl Command for ResumePacket {
    const NAME: &'static str = "resume_packet";
    type Reply = Session;

    fn run(self, context: &mut Context) -> Result<Session, Failure> {
        context.desk.resume(&self.packet, context.now())
    }
}

impl Command for RemovePacket {
    const NAME: &'static str = "remove_packet";
    type Reply = Library;

    fn run(self, context: &mut Context) -> Result<Library, Failure> {
        context.desk.remove(&self.packet)
    }
}

impl Command for RestorePacket {
    const NAME: &'static str = "restore_packet";
    type Reply = Library;

    fn run(self, context: &mut Context) -> Result<Library, Failure> {
        context.desk.restore(&self.packet)
    }
}

impl Command for NameRater {
    const NAME: &'static str = "name_rater";
    type Reply = Session;

    fn run(self, context: &mut Context) -> Result<Session, Failure> {
        let (packet, now) = context.packet()?;
        packet.name_rater(&self.name, now)?;
        context.desk.session(now)
    }
}

//! A rater's work: the packets on a computer, the one that is open, and what is handed back.

mod check_packet;
mod desk;
mod discussion;
mod export_ratings;
mod library;
mod lock;
mod open_item;
pub(crate) mod open_packet;
mod rate;
mod references_waiting;
mod visit;

pub use check_packet::{CheckPacket, ItemCheck, PacketCheck};
pub use desk::Desk;
pub use discussion::{Discussion, SharedGrade};
pub use export_ratings::{ExportRatings, Exported};
pub use library::{
    ItemSummary, Library, LibraryEntry, ListPackets, NameRater, OpenExample, OpenPacket, Progress,
    RemovePacket, RestorePacket, ResumePacket, Session,
};
pub use lock::{LaterChange, LockPacket};
pub(crate) use open_item::excerpt;
pub use rate::{
    ItemView, RateItem, ResponseView, Saved, ShowItem, UndoChange, Undone, UndoneChange,
};
pub use visit::RecordVisit;

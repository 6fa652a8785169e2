//! How long the rater was active at an item, and what that says of the time still needed.

use super::open_item::OpenItem;
use super::open_packet::OpenPacket;
use crate::contract::Command;
use crate::{Context, Failure};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use std::collections::HashMap;
use study::{
    ItemId, MOST_VISITS, Pace, Rating, Record, Sitting, Visit, fold, last_sitting, status,
};
use ts_rs::TS;

/// A clock was ahead when a record lies so far in the future.
const AHEAD: SignedDuration = SignedDuration::from_mins(15);

/// Keeps a stretch in which an item was on the screen and the rater was active at it. Calibration items
/// have none, and after the lock no item has.
#[derive(Debug, Deserialize, TS)]
pub struct RecordVisit {
    /// The item.
    pub item: ItemId,
    /// How long the rater was active, in milliseconds.
    pub active_ms: u32,
    /// Whether it goes on from the one before: a long stretch is kept in parts.
    pub continued: bool,
}

impl Command for RecordVisit {
    const NAME: &'static str = "record_visit";
    type Reply = Pace;

    fn run(self, context: &mut Context) -> Result<Pace, Failure> {
        let (packet, now) = context.packet()?;
        let id = packet.next_visit(now);
        let Self { item, active_ms, continued } = self;
        packet.record_visit(Visit { id, at: now, item, active_ms, continued })?;
        Ok(packet.pace())
    }
}

impl OpenPacket {
    /// Puts `visit` on disk.
    fn record_visit(&mut self, visit: Visit) -> Result<(), Failure> {
        let item = &visit.item;
        let misused = |why: String| Err(Failure::misused(format!("record_visit: {why}")));
        if self.item(item)?.summary.calibration {
            return misused(format!("item {item} is of the calibration, which is not timed"));
        }
        if self.locked().is_some() {
            return misused("the ratings are locked, so nothing is timed".into());
        }
        if let Err(why) = visit.check() {
            return misused(why.to_string());
        }
        if self.visits().iter().filter(|known| known.item == *item).count() >= MOST_VISITS {
            return misused(format!("item {item} has {MOST_VISITS} visits, as many as are kept"));
        }
        self.add_visit(visit)
    }

    /// How fast the rater is, and how much is left; nothing is once the ratings are locked.
    pub(crate) fn pace(&self) -> Pace {
        let locked = self.locked().is_some();
        let items = self.summaries().map(|item| (&item.id, item.status.is_done()));
        let pace = Pace::of(self.visits(), items);
        Pace { left_ms: pace.left_ms.filter(|_| !locked), ..pace }
    }

    /// The sitting that is not over at `now`; none where the clock was ahead of it, or the packet cannot be read:
    /// nothing else waits for it.
    pub(crate) fn sitting(&self, now: Timestamp) -> Option<Sitting> {
        let (began, visits) = last_sitting(self.visits(), now)?;
        let records = self.store().records().ok()?;
        // Records that are made at once differ by moments.
        if records.iter().any(|record| record.at.duration_since(now) > AHEAD) {
            return None;
        }
        let mut before: HashMap<ItemId, Vec<Record>> = HashMap::new();
        for record in records.into_iter().filter(|record| record.at < began) {
            before.entry(record.item.clone()).or_default().push(record);
        }
        let was_done = |item: &&OpenItem| {
            let rating: Rating = fold(before.get(&item.summary.id).into_iter().flatten());
            status(&rating, &self.header().rubric, self.scenario(item)).is_done()
        };
        let done = self.items().iter().filter(|item| item.summary.status.is_done());
        let finished = done.filter(|item| !was_done(item)).map(|item| &item.summary.id);
        Some(Sitting::of(visits, self.visits(), finished))
    }
}

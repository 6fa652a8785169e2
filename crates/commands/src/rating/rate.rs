//! The rating loop: show an item, record a change, take one back.

use crate::contract::Command;
use crate::formatted::{format, format_turns};
use crate::{Block, Context, Discussion, Failure, ItemSummary, LaterChange, Progress};
use serde::{Deserialize, Serialize};
use study::{BlindedResponse, BlindedScenario, Change, ItemId, Rating, Remark};
use ts_rs::TS;

/// Shows an item, and remembers that it was shown.
#[derive(Debug, Deserialize, TS)]
pub struct ShowItem {
    /// The item.
    pub item: ItemId,
}

/// All that a rater sees of an item.
#[derive(Debug, Serialize, TS)]
pub struct ItemView {
    /// The item.
    pub id: ItemId,
    /// Its place in the order, from 1; calibration items have an order of their own.
    pub number: u32,
    /// Whether it is rated before the study and does not count.
    pub calibration: bool,
    /// The scenario's texts as written.
    pub scenario: BlindedScenario,
    /// The turns of the prompt, formatted; none where it is a text.
    pub turns: Vec<Vec<Block>>,
    /// The reference answer, formatted; empty while it waits.
    pub reference_answer: Vec<Block>,
    /// How many responses to this scenario still have to be rated before its reference answer is shown, this one included;
    /// 0 where it is shown, or there is none.
    pub reference_waits: usize,
    /// The response.
    pub response: ResponseView,
    /// The rating as it stands on disk.
    pub rating: Rating,
    /// What is missing or contradictory.
    pub remarks: Vec<Remark>,
    /// What was changed after the ratings were locked, and why.
    pub later: Vec<LaterChange>,
    /// Of a calibration item: the shared grades, once every required answer was given.
    pub discussion: Option<Discussion>,
}

/// A response to read.
#[derive(Debug, Serialize, TS)]
pub struct ResponseView {
    /// As received.
    pub text: String,
    /// Formatted.
    pub formatted: Vec<Block>,
    /// The provider withheld the text, or what followed it.
    pub filtered: bool,
    /// There is nothing to read.
    pub empty: bool,
}

/// Records changes to one item, all or none.
#[derive(Debug, Deserialize, TS)]
pub struct RateItem {
    /// The item.
    pub item: ItemId,
    /// The changes; at least one.
    pub changes: Vec<Change>,
    /// Why, where the ratings are locked; nothing before that.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// What is on disk now.
#[derive(Debug, Serialize, TS)]
pub struct Saved {
    /// The rating.
    pub rating: Rating,
    /// What is missing or contradictory.
    pub remarks: Vec<Remark>,
    /// What was changed after the ratings were locked, and why.
    pub later: Vec<LaterChange>,
    /// Of a calibration item: the shared grades, once every required answer was given.
    pub discussion: Option<Discussion>,
    /// How many responses to this scenario still have to be rated before its reference answer is shown.
    pub reference_waits: usize,
    /// The reference answer, formatted, where it waited for the grades until this change.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reference_answer: Option<Vec<Block>>,
    /// The item in the list.
    pub summary: ItemSummary,
    /// How far the packet is.
    pub progress: Progress,
    /// When it was saved, RFC 3339 in UTC.
    pub saved_at: String,
}

/// Takes back the last change of this packet, whichever item it was on.
#[derive(Debug, Deserialize, TS)]
pub struct UndoChange {
    /// Why, where the ratings are locked; nothing before that.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// A change taken back.
#[derive(Debug, Serialize, TS)]
pub struct Undone {
    /// What was undone, or nothing where there is nothing to undo.
    pub undone: Option<UndoneChange>,
}

/// What was undone.
#[derive(Debug, Serialize, TS)]
pub struct UndoneChange {
    /// The item.
    pub item: ItemId,
    /// The changes taken back; sent to `rate_item` they do it again.
    pub changes: Vec<Change>,
    /// What is on disk now.
    pub saved: Saved,
}

impl ResponseView {
    pub(crate) fn of(response: &BlindedResponse) -> Self {
        Self {
            text: response.text.clone(),
            formatted: format(&response.text),
            filtered: response.filtered,
            empty: response.is_empty(),
        }
    }
}

impl Command for ShowItem {
    const NAME: &'static str = "show_item";
    type Reply = ItemView;

    fn run(self, context: &mut Context) -> Result<ItemView, Failure> {
        let (packet, now) = context.packet()?;
        let response = packet.store().response(&packet.item(&self.item)?.summary.id)?;
        packet.remember_shown(Some(&self.item), now)?;
        let item = packet.item(&self.item)?;
        let mut scenario = packet.scenario(item).clone();
        let reference_waits = packet.reference_waits(item);
        if reference_waits > 0 {
            scenario.reference_answer.clear();
        }
        Ok(ItemView {
            id: self.item,
            number: item.summary.number,
            calibration: item.summary.calibration,
            turns: format_turns(&scenario.prompt),
            reference_answer: format(&scenario.reference_answer),
            reference_waits,
            scenario,
            response: ResponseView::of(&response),
            rating: item.rating.clone(),
            remarks: packet.remarks(item),
            later: item.later.clone(),
            discussion: item.discussion.clone(),
        })
    }
}

impl Command for RateItem {
    const NAME: &'static str = "rate_item";
    type Reply = Saved;

    fn run(self, context: &mut Context) -> Result<Saved, Failure> {
        let (packet, now) = context.packet()?;
        if self.changes.is_empty()
            || self.changes.iter().any(|change| matches!(change, Change::Undo { .. }))
        {
            let message = "rate_item: expected at least one change, and none of them an undo";
            return Err(Failure::misused(message));
        }
        packet.record(&self.item, self.changes, self.reason, now)
    }
}

impl Command for UndoChange {
    const NAME: &'static str = "undo_change";
    type Reply = Undone;

    fn run(self, context: &mut Context) -> Result<Undone, Failure> {
        let (packet, now) = context.packet()?;
        let undone = packet.undo(self.reason, now)?;
        Ok(Undone {
            undone: undone.map(|(item, changes, saved)| UndoneChange { item, changes, saved }),
        })
    }
}

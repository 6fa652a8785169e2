//! What to look at before the ratings are locked and returned.

use crate::contract::Command;
use crate::{Context, Failure, ItemSummary};
use serde::{Deserialize, Serialize};
use study::{Pace, Remark, Sitting, Status};
use ts_rs::TS;

/// Says what is incomplete or contradictory in the open packet.
#[derive(Debug, Deserialize, TS)]
pub struct CheckPacket {}

/// What is incomplete or contradictory.
#[derive(Debug, Serialize, TS)]
pub struct PacketCheck {
    /// The items about which there is something to say, in the order of rating.
    pub items: Vec<ItemCheck>,
    /// How many items lack a required answer.
    pub incomplete: u32,
    /// How many items have answers that contradict each other; they may be incomplete as well.
    pub contradictory: u32,
    /// How many items the rater chose not to rate.
    pub abstained: u32,
    /// How fast the rater is, and how much is left.
    pub pace: Pace,
    /// What was done without a long pause; none where the last sitting is over.
    pub sitting: Option<Sitting>,
}

/// An item about which there is something to say.
#[derive(Debug, Serialize, TS)]
pub struct ItemCheck {
    /// The item in the list.
    pub summary: ItemSummary,
    /// What is missing or contradictory, in the order of the form.
    pub remarks: Vec<Remark>,
}

impl Command for CheckPacket {
    const NAME: &'static str = "check_packet";
    type Reply = PacketCheck;

    fn run(self, context: &mut Context) -> Result<PacketCheck, Failure> {
        let (packet, now) = context.packet()?;
        let count = |told: fn(&ItemSummary) -> bool| {
            packet.summaries().filter(|summary| told(summary)).count() as u32
        };
        Ok(PacketCheck {
            pace: packet.pace(),
            sitting: packet.sitting(now),
            incomplete: count(|item| matches!(item.status, Status::Untouched | Status::Started)),
            contradictory: count(|item| item.contradiction),
            abstained: count(|item| item.status == Status::Abstained),
            items: packet
                .items()
                .iter()
                .map(|item| ItemCheck {
                    summary: item.summary.clone(),
                    remarks: packet.remarks(item),
                })
                .filter(|item| !item.remarks.is_empty())
                .collect(),
        })
    }
}

//! A further rater, with a packet of items that the study has.

use super::{turn_at, why};
use crate::contract::Command;
use crate::lead::calibration;
use crate::lead::create::{PACKETS, last_look};
use crate::lead::log_lines;
use crate::lead::open_study::OpenStudy;
use crate::lead::show_study::view;
use crate::lead::whole_rater::whole;
use crate::{Context, Failure, StudyView};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use store::{StudyItem, StudyPacket};
use study::{
    BlindedScenario, Digest, Item, ItemId, Origins, Packet, PacketId, SharedParts, packet_file,
};
use ts_rs::TS;

/// Adds a rater to a running study and writes their packet. The key is not needed: the packet is made from what
/// the others hold. What is added after the key was opened, or after disagreements were decided, is said in every report.
#[derive(Debug, Deserialize, TS)]
pub struct AddRater {
    /// The study's file, or its folder.
    pub study: String,
    /// The rater's label.
    pub label: String,
    /// The label of a rater whose items the new one rates too; every item of the study by default.
    #[serde(default)]
    #[ts(optional)]
    pub like: Option<String>,
    /// Whether the rater is the lead author.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub lead: bool,
    /// Who adds the rater.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// What was written.
#[derive(Debug, Serialize, TS)]
pub struct RaterAdded {
    /// The packet's file.
    pub packet: String,
    /// Items in it, repeats among them.
    pub items: u32,
    /// What the log says.
    pub change: String,
    /// The study, as it is now.
    pub study: StudyView,
}

impl Command for AddRater {
    const NAME: &'static str = "add_rater";
    type Reply = RaterAdded;

    fn run(self, context: &mut Context) -> Result<RaterAdded, Failure> {
        let why = why(&self.by, &self.reason)?;
        let _turn = turn_at(&self.study)?;
        let mut study = OpenStudy::open(&self.study)?;
        let label = study.new_label(&self.label)?;
        self.check_lead(&study)?;
        let (like, ids) = self.items(&study)?;
        let packet = packet(&study, &label, &ids)?;
        if let Some(key) = study.key_so_far() {
            last_look(std::slice::from_ref(&packet), &Origins::of_key(key))?;
        }
        let new = StudyPacket {
            packet: packet.packet.clone(),
            rater: label.clone(),
            lead: self.lead,
            digest: Digest::of(&packet),
            items: packet.items.iter().map(|item| item.id.clone()).collect(),
            further_of: None,
        };
        let name = packet_file(&label);
        let file = study.store.file().with_file_name(PACKETS).join(&name);
        let folder = file.parent().unwrap_or(&file);
        fs::create_dir_all(folder).map_err(|error| Failure::io(folder, &error))?;
        let was_there = file.exists();
        // The file first, so that a rater of the study always has one. The same rater added again after a
        // crash writes the same file.
        exchange::write_packet(&file, &packet)?;
        let added = study.store.add_rater(&new, like.as_ref(), &name, why, context.now());
        if added.is_err() && !was_there {
            // Why the rater could not be added is worth more than that the file could not be removed.
            let _ = fs::remove_file(&file);
        }
        added?;
        let study = OpenStudy::open(&self.study)?;
        Ok(RaterAdded {
            packet: file.display().to_string(),
            items: new.items.len() as u32,
            change: log_lines::change_with(&study, &new.packet),
            study: view(&study, context.now())?,
        })
    }
}

impl AddRater {
    /// A lead author who knows the models, or has read what others said, is no independent rater any more.
    fn check_lead(&self, study: &OpenStudy) -> Result<(), Failure> {
        let refuse = |why: &str| {
            Err(Failure::refused(format!(
                "You cannot be added as a rater of your own study any more: {why}. Add somebody else."
            )))
        };
        if !self.lead {
            return Ok(());
        }
        if study.opened.is_some() {
            return refuse("the key is open, and you can know which model wrote each response");
        }
        if !study.decisions.is_empty() {
            return refuse("disagreements have been decided, and you can know what others rated");
        }
        match study.everyone().find(|rater| rater.packet.lead) {
            Some(rater) => refuse(&format!("you rate as {} already", rater.packet.rater)),
            None => Ok(()),
        }
    }

    /// The packet whose items are taken, if one is named, and the items.
    fn items(&self, study: &OpenStudy) -> Result<(Option<PacketId>, Vec<ItemId>), Failure> {
        let Some(like) = self.like.as_deref() else {
            return Ok((None, study.items.keys().cloned().collect()));
        };
        let everyone = whole(study.everyone());
        if let Some(rater) = everyone.iter().find(|rater| rater.label() == like) {
            let first = rater.packets[0].packet.packet.clone();
            return Ok((Some(first), rater.items().cloned().collect()));
        }
        let known: Vec<&str> = everyone.iter().map(|rater| rater.label().as_str()).collect();
        let expected = format!("the label of a rater: {}", known.join(", "));
        Err(Failure::field("like", format!("`{like}`"), expected))
    }
}

/// The packet of `label`, from what the study's file holds.
fn packet(study: &OpenStudy, label: &str, ids: &[ItemId]) -> Result<Packet, Failure> {
    let header = &study.header;
    let items = ids.iter().filter_map(|id| study.items.get_key_value(id));
    let items: BTreeMap<&ItemId, (&Item, Option<&ItemId>)> =
        items.map(|(id, StudyItem { item, repeat_of })| (id, (item, repeat_of.as_ref()))).collect();
    let scenarios: BTreeMap<&str, &BlindedScenario> =
        study.scenarios.iter().map(|(id, scenario)| (id.as_str(), scenario)).collect();
    let shared = SharedParts {
        study: &header.study,
        title: &header.title,
        rubric: &header.rubric,
        instructions: study.instructions(),
        calibration: &calibration::items(header)?,
    };
    Ok(shared.packet(label, &scenarios, &items))
}

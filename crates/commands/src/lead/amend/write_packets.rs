//! A packet that was lost, written again as it was handed out.

use super::turn_at;
use crate::contract::Command;
use crate::lead::calibration;
use crate::lead::create::PACKETS;
use crate::lead::open_study::{OpenStudy, StudyRater};
use crate::{Context, Failure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use store::{Event, StudyPacket};
use study::{Digest, Packet, packet_file};
use ts_rs::TS;

/// Writes the packets of a rater again that are not in the study's folder: the same, byte for byte.
#[derive(Debug, Deserialize, TS)]
pub struct WritePackets {
    /// The study's file, or its folder.
    pub study: String,
    /// The rater's label.
    pub label: String,
}

/// What became of a rater's packets.
#[derive(Debug, Serialize, TS)]
pub struct PacketsWritten {
    /// One per packet, the first first.
    pub packets: Vec<PacketWritten>,
}

/// What became of a packet.
#[derive(Debug, Serialize, TS)]
pub struct PacketWritten {
    /// Its file.
    pub file: String,
    /// Whether it was written; it was there otherwise, the same byte for byte.
    pub written: bool,
}

impl Command for WritePackets {
    const NAME: &'static str = "write_packets";
    type Reply = PacketsWritten;

    fn run(self, context: &mut Context) -> Result<PacketsWritten, Failure> {
        let _turn = turn_at(&self.study)?;
        let mut study = OpenStudy::open(&self.study)?;
        let folder = study.store.file().with_file_name(PACKETS);
        fs::create_dir_all(&folder).map_err(|error| Failure::io(&folder, &error))?;
        let mut packets = Vec::new();
        for (name, packet) in self.packets(&study)? {
            let file = folder.join(&name);
            let written = !file.exists();
            exchange::write_packet(&file, &packet)?;
            if written {
                study
                    .store
                    .note(&Event::HandedOut { packet: packet.packet, name }, context.now())?;
            }
            packets.push(PacketWritten { file: file.display().to_string(), written });
        }
        Ok(PacketsWritten { packets })
    }
}

impl WritePackets {
    /// The rater's packets, each with the name of its file.
    fn packets(&self, study: &OpenStudy) -> Result<Vec<(String, Packet)>, Failure> {
        let label = self.label.trim();
        let of_rater: Vec<&StudyRater> =
            study.everyone().filter(|rater| rater.packet.rater == label).collect();
        if let Some(of) = of_rater.iter().find_map(|rater| rater.second_of.as_ref()) {
            let first = study.rater_of(of).map(|rater| rater.packet.rater.as_str());
            let expected =
                format!("{}, whose packet this person rated", first.unwrap_or("the rater"));
            return Err(Failure::field("label", format!("`{label}`"), expected));
        }
        if of_rater.is_empty() {
            let known: BTreeSet<&str> =
                study.everyone().map(|rater| rater.packet.rater.as_str()).collect();
            let known = known.into_iter().collect::<Vec<_>>().join(", ");
            let expected = format!("the label of a rater: {known}");
            return Err(Failure::field("label", format!("`{label}`"), expected));
        }
        let named = |rater: &&StudyRater| {
            Ok((file_name(study, &rater.packet), handed_out(study, &rater.packet)?))
        };
        of_rater.iter().map(named).collect()
    }
}

/// The name under which it was handed out last.
fn file_name(study: &OpenStudy, packet: &StudyPacket) -> String {
    let name = study.log.iter().rev().find_map(|entry| match &entry.event {
        Event::HandedOut { packet: own, name } if *own == packet.packet => Some(name.clone()),
        _ => None,
    });
    name.unwrap_or_else(|| packet_file(&packet.rater))
}

/// The packet as it was handed out.
fn handed_out(study: &OpenStudy, known: &StudyPacket) -> Result<Packet, Failure> {
    let header = &study.header;
    let items = known.items.iter().filter_map(|id| Some(study.items.get(id)?.item.clone()));
    let items: Vec<_> = items.collect();
    let used: BTreeSet<&str> = items.iter().map(|item| item.scenario.as_str()).collect();
    let calibration = match known.further_of {
        Some(_) => Vec::new(),
        None => calibration::items(header)?,
    };
    let packet = Packet {
        study: header.study.clone(),
        title: header.title.clone(),
        packet: known.packet.clone(),
        rater: known.rater.clone(),
        rubric: header.rubric.clone(),
        instructions: study.instructions().into(),
        calibration,
        scenarios: used.iter().filter_map(|id| study.scenarios.get(*id)).cloned().collect(),
        items,
    };
    if Digest::of(&packet) == known.digest {
        return Ok(packet);
    }
    Err(Failure::refused(format!(
        "{}: the packet of {} cannot be made again as it was handed out: what the study holds of it gives {}; \
         expected {}. Nothing was written.",
        study.store.file().display(),
        known.rater,
        Digest::of(&packet),
        known.digest
    )))
}

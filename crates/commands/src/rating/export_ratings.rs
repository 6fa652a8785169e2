//! Handing the ratings back.

use super::open_item::OpenItem;
use crate::contract::Command;
use crate::given_path::given_path;
use crate::{Context, Failure};
use exchange::{CalibratedItem, Calibration, Ratings};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use study::{CalibrationItem, Lock, RateableItem, Record};
use ts_rs::TS;

/// Writes the open packet's ratings.
#[derive(Debug, Deserialize, TS)]
pub struct ExportRatings {
    /// The folder to write to.
    pub folder: String,
}

/// What was written.
#[derive(Debug, Serialize, TS)]
pub struct Exported {
    /// The ratings file, to send to the lead author: every record.
    pub ratings: String,
    /// The tidy CSV: the grades as they stand.
    pub table: String,
    /// Items whose every required answer is given, or that the rater chose not to rate.
    pub done: u32,
    /// All items.
    pub total: u32,
    /// The attestation that the ratings file carries; none where they are not locked, so that the
    /// file is an interim one.
    pub locked: Option<Lock>,
}

impl Command for ExportRatings {
    const NAME: &'static str = "export_ratings";
    type Reply = Exported;

    fn run(self, context: &mut Context) -> Result<Exported, Failure> {
        let (packet, now) = context.packet()?;
        let header = packet.header();
        let Some(name) = packet.rater_name()? else {
            return Err(Failure::refused("Say who you are before you export."));
        };
        let rated_item = |item: &OpenItem| RateableItem {
            id: item.summary.id.clone(),
            scenario: item.scenario.clone(),
            actions: packet.scenario(item).critical_actions.len() as u16,
        };
        let is_calibration =
            |record: &Record| packet.calibration().iter().any(|item| item.id == record.item);
        let (of_calibration, records) =
            packet.store().records()?.into_iter().partition(is_calibration);
        let calibrated_item = |item: &CalibrationItem| CalibratedItem {
            id: item.id.clone(),
            actions: item.scenario.critical_actions.len() as u16,
            shared_grades: item.shared_grades.clone(),
        };
        let calibration = (!packet.calibration().is_empty()).then(|| Calibration {
            items: packet.calibration().iter().map(calibrated_item).collect(),
            records: of_calibration,
        });
        let ratings = Ratings {
            study: header.study.clone(),
            title: header.title.clone(),
            packet: header.packet.clone(),
            rater: header.rater.clone(),
            name,
            exported_at: now,
            locked: packet.locked().cloned(),
            rubric: header.rubric.clone(),
            items: packet.items().iter().map(rated_item).collect(),
            records,
            calibration,
            visits: packet.visits().to_vec(),
        };
        let stem = format!(
            "{}-{}-{}{}",
            safe(&header.title),
            safe(&header.rater),
            now.strftime("%Y%m%dT%H%M%SZ"),
            if ratings.locked.is_some() { "" } else { "-interim" }
        );
        let folder = given_path("folder", &self.folder)?;
        let (file, table) = write_both(&folder.join(stem), &ratings)?;
        let progress = packet.progress();
        Ok(Exported {
            ratings: file.display().to_string(),
            table: table.display().to_string(),
            done: progress.complete + progress.abstained,
            total: progress.total,
            locked: ratings.locked,
        })
    }
}

/// Writes both files under `stem`, or with a number behind it where another export of the same second has
/// that name. Where one cannot be written, neither is left.
fn write_both(stem: &Path, ratings: &Ratings) -> Result<(PathBuf, PathBuf), exchange::Error> {
    let mut number = 1;
    loop {
        let named = |end: &str| {
            let mut name = stem.as_os_str().to_owned();
            name.push(if number == 1 { end.into() } else { format!("-{number}{end}") });
            PathBuf::from(name)
        };
        let (file, table) = (named(".ratings.json"), named(".ratings.csv"));
        let was_there = table.exists();
        let written = exchange::write_tidy_csv(&table, &ratings.rated().scores())
            .and_then(|()| exchange::write_ratings(&file, ratings));
        if written.is_err() && !was_there {
            let _ = fs::remove_file(&table);
        }
        match written {
            Err(exchange::Error::Exists { .. }) => number += 1,
            written => return written.map(|()| (file, table)),
        }
    }
}

/// A title as part of a file name on any system.
fn safe(text: &str) -> String {
    let letters: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<&str> = letters.split('-').filter(|word| !word.is_empty()).collect();
    words.join("-").chars().take(40).collect()
}

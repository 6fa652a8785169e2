//! Receiving what raters hand back: any number of files, again and again, in any order.

mod import_table;

pub use import_table::{ImportTable, TableImported};

use super::calibration;
use super::open_study::{OpenStudy, StudyRater};
use crate::cautions::clock_of_ratings;
use crate::contract::Command;
use crate::harmless;
use crate::{Context, Failure};
use exchange::Ratings;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;
use store::{Event, PacketState, Received};
use study::ItemId;
use ts_rs::TS;

/// Merges ratings files into a study. Originals are kept; nothing is overwritten.
#[derive(Debug, Deserialize, TS)]
pub struct ReceiveFiles {
    /// The study's file, or its folder.
    pub study: String,
    /// The files.
    pub files: Vec<String>,
}

/// What became of the files.
#[derive(Debug, Serialize, TS)]
pub struct FilesReceived {
    /// One per file, in their order; fewer than were given where the work was cancelled.
    pub files: Vec<FileFate>,
}

/// What became of a file.
#[derive(Debug, Serialize, TS)]
pub struct FileFate {
    /// The file.
    pub file: String,
    /// Its own name, to be shown.
    pub name: String,
    /// Its fate.
    pub fate: Fate,
    /// What to know of it: who it is from, how far they are, what changed since their last file.
    pub notes: Vec<String>,
}

/// A file's fate.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Fate {
    /// It brought records that were not there, or the rater's lock.
    New {
        /// How many records; 0 where only the lock is new.
        records: u32,
    },
    /// The same file, byte for byte, has been received before.
    AlreadyThere,
    /// It brought nothing new: all its records, and the lock if it has one, came with other files.
    Superseded,
    /// It does not belong here, or is damaged. The study is as it was.
    Refused {
        /// Why, and what to do.
        reason: String,
    },
}

impl Command for ReceiveFiles {
    const NAME: &'static str = "receive_files";
    type Reply = FilesReceived;

    fn run(self, context: &mut Context) -> Result<FilesReceived, Failure> {
        let watch = context.watch();
        let mut study = OpenStudy::open(&self.study)?;
        let mut files = Vec::new();
        for (done, file) in self.files.iter().enumerate() {
            // What has come stays; the files after it are as if they had not been given.
            if watch.step(done as u64, self.files.len() as u64, "Reading ratings").is_break() {
                break;
            }
            files.push(receive(&mut study, file, context.now())?);
        }
        Ok(FilesReceived { files })
    }
}

const ARRIVED_LATE: &str =
    "It arrived after the key was opened: the study and every report say so.";

/// A file that is refused changes nothing but the log. A study that cannot be written is an error.
fn receive(study: &mut OpenStudy, file: &str, now: Timestamp) -> Result<FileFate, Failure> {
    let name = Path::new(file).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let checked = exchange::read_bytes(Path::new(file), exchange::COLLECTED)
        .map_err(|error| error.to_string())
        .and_then(|bytes| Ok((check(study, file, &bytes)?, bytes)));
    let (ratings, bytes) = match checked {
        Ok(checked) => checked,
        Err(reason) => return refuse(study, file, name, reason, now),
    };
    let state = PacketState {
        packet: ratings.packet.clone(),
        name: ratings.name.clone(),
        exported_at: ratings.exported_at,
        locked_at: ratings.locked.as_ref().map(|lock| lock.at),
        attestation: ratings.locked.as_ref().map(|lock| lock.statement.clone()),
    };
    let received = Received {
        name: &name,
        content: &bytes,
        at: now,
        state: &state,
        records: &ratings.records,
    };
    let rater = study.everyone().find(|rater| rater.packet.packet == ratings.packet);
    let mut notes = rater.map(|rater| notes(rater, &ratings)).unwrap_or_default();
    notes.extend(clock_of_ratings(ratings.rated(), ratings.exported_at, now));
    notes.extend(calibration::note(&study.header, &ratings));
    notes.extend(study.opened.as_ref().map(|_| ARRIVED_LATE.to_owned()));
    let notes = notes.iter().map(|note| harmless(note).into()).collect();
    let locks = ratings.locked.is_some() && !rater.is_some_and(StudyRater::locked);
    match study.store.receive(&received) {
        Ok(receipt) => {
            if !receipt.again {
                study.reread(&ratings.packet)?;
            }
            let fate = match (receipt.again, receipt.new) {
                (true, _) => Fate::AlreadyThere,
                (false, 0) if receipt.already > 0 && !locks => Fate::Superseded,
                (false, new) => Fate::New { records: new as u32 },
            };
            Ok(FileFate { file: file.into(), name: harmless(&name).into(), fate, notes })
        }
        Err(error @ (store::Error::Contradiction { .. } | store::Error::Refused { .. })) => {
            refuse(study, file, name, error.to_string(), now)
        }
        Err(error) => Err(error.into()),
    }
}

fn refuse(
    study: &mut OpenStudy,
    file: &str,
    name: String,
    reason: String,
    now: Timestamp,
) -> Result<FileFate, Failure> {
    // The log goes to others with the study: it says nothing of this computer's folders.
    let told = reason.replace(file, &name);
    let logged = told.strip_prefix(name.as_str()).unwrap_or(&told);
    let logged = logged.trim_start_matches([':', ',', ' ']).to_owned();
    let shown = harmless(&name).into_owned();
    let fate = Fate::Refused { reason: harmless(&reason).into() };
    study.store.note(&Event::Refused { name, reason: logged }, now)?;
    Ok(FileFate { file: file.into(), name: shown, fate, notes: Vec::new() })
}

/// The ratings in `bytes`, if they belong to this study.
fn check(study: &OpenStudy, file: &str, bytes: &[u8]) -> Result<Ratings, String> {
    let ratings = exchange::decode_ratings(file, bytes).map_err(|error| error.to_string())?;
    let header = &study.header;
    if ratings.study != header.study {
        return Err(format!(
            "{file}: it belongs to the study \u{201c}{}\u{201d} ({}); expected \u{201c}{}\u{201d} ({}). Receive \
             it there.",
            ratings.title, ratings.study, header.title, header.study
        ));
    }
    if ratings.rubric.digest() != header.rubric.digest() {
        return Err(format!(
            "{file}: rated under \u{201c}{}, version {}\u{201d} with other wording than this study's rubric: the \
             same number would mean different things",
            ratings.rubric.title, ratings.rubric.version
        ));
    }
    let Some(rater) = study.everyone().find(|rater| rater.packet.packet == ratings.packet) else {
        return Err(format!(
            "{file}, field `packet`: found `{}`; expected a packet that this study handed out",
            ratings.packet
        ));
    };
    let known: BTreeSet<&ItemId> = rater.packet.items.iter().collect();
    if let Some(other) = ratings.items.iter().find(|item| !known.contains(&item.id)) {
        return Err(format!(
            "{file}, field `items`: found `{}`, which the packet of {} does not have: the packet that \
             was rated is not the one that was handed out",
            other.id, rater.packet.rater
        ));
    }
    calibration::check(header, &ratings).map_err(|why| format!("{file}, {why}"))?;
    Ok(ratings)
}

fn notes(rater: &StudyRater, ratings: &Ratings) -> Vec<String> {
    let scores = ratings.rated().scores();
    let not_rated = study::Score::Excluded(study::Exclusion::NotRated);
    let graded = |(_, on_axes): &(&str, study::OnAxes<'_>)| {
        on_axes.iter().any(|(_, score)| score != not_rated)
    };
    let rated = scores.items.iter().filter(graded).count();
    let locked = if ratings.locked.is_some() { "locked" } else { "not locked yet" };
    let mut notes = vec![format!(
        "From {} ({}): {rated} of {} items rated, {locked}.",
        rater.packet.rater,
        if ratings.name.is_empty() { "no name given" } else { &ratings.name },
        rater.packet.items.len()
    )];
    let Some(before) = &rater.state else { return notes };
    if before.name != ratings.name {
        notes.push(format!(
            "The rater was called {} before; it is the same packet, so it is taken for the same person.",
            before.name
        ));
    }
    match (&ratings.locked, &rater.lock) {
        (Some(this), Some(first)) if this.at < first.at => notes.push(format!(
            "It was locked before the file that came earlier: the first lock counts, with its name, {}. What \
             differs in the other file counts as changed after the lock.",
            this.name
        )),
        _ if ratings.exported_at < before.exported_at => notes.push(
            "It is older than a file received earlier. What both hold counts once; of what differs, the later."
                .into(),
        ),
        _ => {}
    }
    if before.locked_at.is_some()
        && ratings.locked.is_none()
        && ratings.exported_at > before.exported_at
    {
        notes.push("It is not locked, although an earlier file was.".into());
    }
    notes
}

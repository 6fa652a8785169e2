//! Receiving what raters hand back: any number of files, again and again, in any order.

mod import_table;
mod two_people;

pub use import_table::{ImportTable, TableImported};
pub use two_people::{Take, TakeSecond};

use super::calibration;
use super::open_study::{OpenStudy, StudyRater};
use crate::cautions::clock_of_ratings;
use crate::contract::Command;
use crate::harmless;
use crate::names::count;
use crate::{Context, Failure};
use exchange::Ratings;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;
use store::{Event, PacketState, Received};
use study::{ItemId, PacketId};
use ts_rs::TS;
use two_people::{Whose, shares, whose};

/// Merges ratings files into a study. Originals are kept; nothing is overwritten.
#[derive(Debug, Deserialize, TS)]
pub struct ReceiveFiles {
    /// The study's file, or its folder.
    pub study: String,
    /// The files.
    pub files: Vec<String>,
    /// What is decided of the one file, where it is of two people for one packet.
    #[serde(default)]
    #[ts(optional)]
    pub second: Option<TakeSecond>,
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
    /// Another person than the packet's rater seems to have rated it. Nothing was received: whose ratings count
    /// is to be decided first, by giving the file again with [`TakeSecond`].
    TwoPeople {
        /// The label of the packet's rater.
        rater: String,
        /// The name in what arrived first.
        first: String,
        /// The name in the file.
        second: String,
        /// A label for the second person.
        label: String,
    },
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
        if self.second.is_some() && self.files.len() != 1 {
            let found = count(self.files.len(), "file");
            return Err(Failure::field("files", found, "one, as the decision is about one"));
        }
        let mut study = OpenStudy::open(&self.study)?;
        let mut files = Vec::new();
        for (done, file) in self.files.iter().enumerate() {
            // What has come stays; the files after it are as if they had not been given.
            if watch.step(done as u64, self.files.len() as u64, "Reading ratings").is_break() {
                break;
            }
            files.push(receive(&mut study, file, self.second.as_ref(), context.now())?);
        }
        Ok(FilesReceived { files })
    }
}

const ARRIVED_LATE: &str =
    "It arrived after the key was opened: the study and every report say so.";

const THE_LATER: &str = "Of what differs, the later counts, unless it was made after the lock.";

const ASIDE: &str = "These ratings were set aside: they are kept, and do not count.";

/// A file that was read, and belongs to the study.
struct Arrived {
    file: String,
    name: String,
    bytes: Vec<u8>,
    ratings: Ratings,
    at: Timestamp,
}

/// A file that is refused changes nothing but the log. A study that cannot be written is an error.
fn receive(
    study: &mut OpenStudy,
    file: &str,
    second: Option<&TakeSecond>,
    now: Timestamp,
) -> Result<FileFate, Failure> {
    let name = Path::new(file).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let checked = exchange::read_bytes(Path::new(file), exchange::COLLECTED)
        .map_err(|error| error.to_string())
        .and_then(|bytes| Ok((check(study, file, &bytes)?, bytes)));
    let (ratings, bytes) = match checked {
        Ok(checked) => checked,
        Err(reason) => return refuse(study, file, name, reason, now),
    };
    let arrived = Arrived { file: file.into(), name, bytes, ratings, at: now };
    match (whose(study, &arrived.ratings), second) {
        (Whose::Rater(packet), Some(second)) => arrived.decide_again(study, &packet, second),
        (Whose::Another(packet), Some(second)) => arrived.decide(study, &packet, second),
        (_, None) => arrived.received_now(study),
        (Whose::Several(raters), Some(_)) => arrived.of_several(study, &raters),
    }
}

impl Arrived {
    /// Receives it without a decision, or says what is to be decided.
    fn received_now(self, study: &mut OpenStudy) -> Result<FileFate, Failure> {
        match whose(study, &self.ratings) {
            Whose::Rater(packet) => self.merge(study, packet),
            Whose::Another(packet) => self.ask(study, &packet),
            Whose::Several(raters) => self.of_several(study, &raters),
        }
    }

    /// Receives it as a file of the rater of `packet`.
    fn merge(self, study: &mut OpenStudy, packet: PacketId) -> Result<FileFate, Failure> {
        let rater = study.rater_of(&packet);
        let mut notes = rater.map(|rater| notes(rater, &self.ratings)).unwrap_or_default();
        notes.extend(rater.and_then(|rater| rater.aside.as_ref()).map(|_| ASIDE.to_owned()));
        notes.extend(self.notes(study));
        let locks = self.ratings.locked.is_some() && !rater.is_some_and(StudyRater::locked);
        let state = self.state(packet);
        match study.store.receive(&self.received(&state)) {
            Ok(receipt) => {
                if !receipt.again {
                    study.reread(&state.packet)?;
                }
                let fate = match (receipt.again, receipt.new) {
                    (true, _) => Fate::AlreadyThere,
                    (false, 0) if receipt.already > 0 && receipt.new_visits == 0 && !locks => {
                        Fate::Superseded
                    }
                    (false, new) => Fate::New { records: new as u32 },
                };
                if matches!(fate, Fate::New { .. }) {
                    notes.extend(late(study));
                }
                Ok(self.fate(fate, notes))
            }
            Err(error @ (store::Error::Contradiction { .. } | store::Error::Refused { .. })) => {
                let Self { file, name, at, .. } = self;
                refuse(study, &file, name, error.to_string(), at)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// What to know of it, whosever it is.
    fn notes(&self, study: &OpenStudy) -> Vec<String> {
        let clock = clock_of_ratings(self.ratings.rated(), self.ratings.exported_at, self.at);
        let calibrated = calibration::note(&study.header, &self.ratings);
        clock.into_iter().chain(calibrated).collect()
    }

    /// What it says of `packet`.
    fn state(&self, packet: PacketId) -> PacketState {
        let lock = self.ratings.locked.as_ref();
        PacketState {
            packet,
            name: self.ratings.name.clone(),
            exported_at: self.ratings.exported_at,
            locked_at: lock.map(|lock| lock.at),
            attestation: lock.map(|lock| lock.statement.clone()),
        }
    }

    fn received<'a>(&'a self, state: &'a PacketState) -> Received<'a> {
        Received {
            name: &self.name,
            content: &self.bytes,
            at: self.at,
            state,
            records: &self.ratings.records,
            visits: &self.ratings.visits,
        }
    }

    fn fate(self, fate: Fate, notes: Vec<String>) -> FileFate {
        let notes = notes.iter().map(|note| harmless(note).into()).collect();
        FileFate { file: self.file, name: harmless(&self.name).into(), fate, notes }
    }
}

/// What is to be known of a file that brings something new once the key is open.
fn late(study: &OpenStudy) -> Option<String> {
    study.opened.as_ref().map(|_| ARRIVED_LATE.to_owned())
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
        "From {} ({}){}: {rated} of {} rated, {locked}.",
        rater.packet.rater,
        if ratings.name.is_empty() { "no name given" } else { &ratings.name },
        if rater.further { ", further items" } else { "" },
        count(rater.packet.items.len(), "item")
    )];
    let Some(before) = &rater.state else { return notes };
    if !rater.records.is_empty() && !ratings.records.is_empty() && !shares(rater, ratings) {
        notes.push(
            format!(
                "It has no record of the files that arrived earlier: it comes from another copy of the packet, or \
                 from a table. Both count. {THE_LATER}"
            ),
        );
    }
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

//! Further items: more responses for the raters of a running study, in a packet of their own for each.

use super::{turn_at, why};
use crate::contract::Command;
use crate::lead::create::{KEY_FILE, PACKETS, blind_draft, check_leaks, repeats};
use crate::lead::log_lines;
use crate::lead::open_study::{OpenStudy, study_file};
use crate::lead::show_study::view;
use crate::{Context, DraftFile, Failure, SealWith, StudyDraft, StudyView};
use exchange::{Seal, WriteNew};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::{fs, iter};
use store::{FurtherPacket, NewItems, NewPacket, SealedKey, StudyPacket, StudyStore, Why};
use study::{Blinded, Packet, packet_file};
use ts_rs::TS;

/// Adds items to a running study: blinds a draft of them as a study is blinded, seals a key to them, and writes a
/// further packet for each rater who rates them. The study's own key stays as it is, sealed or open.
#[derive(Debug, Deserialize, TS)]
pub struct AddItems {
    /// The draft's file, whose field `further_to` names the study.
    pub draft: String,
    /// The study that the person has before them, its file or its folder: a draft for another one is refused.
    #[serde(default)]
    #[ts(optional)]
    pub study: Option<String>,
    /// How the key to the items is sealed. What opens the study's key may open this one too.
    pub seal: SealWith,
    /// Who adds the items.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// What was written.
#[derive(Debug, Serialize, TS)]
pub struct ItemsAdded {
    /// The sealed key to the items.
    pub key: String,
    /// A packet's file for each rater.
    pub packets: Vec<String>,
    /// Items, repeats among them.
    pub items: u32,
    /// Scenarios that they answer.
    pub scenarios: u32,
    /// How many of those the study had already.
    pub known_scenarios: u32,
    /// What the log says.
    pub change: String,
    /// The study, as it is now.
    pub study: StudyView,
}

impl Command for AddItems {
    const NAME: &'static str = "add_items";
    type Reply = ItemsAdded;

    fn run(self, context: &mut Context) -> Result<ItemsAdded, Failure> {
        let Self { draft, study: before, seal, by, reason } = &self;
        let why = why(by, reason)?;
        let draft = &DraftFile::open(Path::new(draft))?.draft();
        let Some(study) = &draft.further_to else {
            let expected = "the running study that the items are added to, as `primum study draft --further` writes it";
            return Err(draft.wrong("further_to", "nothing", expected));
        };
        if let Some(before) = before {
            check_same(draft, study, before)?;
        }
        let _turn = turn_at(study)?;
        let inputs = draft.read()?;
        let drawing = draft.draw(&inputs)?;
        if let Some(unmasked) = draft.unmasked(&inputs, &drawing)? {
            return Err(Failure::refused(format!("{unmasked}. Nothing was added.")));
        }
        let blinded = blind_draft(draft, &inputs, &drawing)?;
        check_leaks(draft, &blinded)?;
        let mut running = OpenStudy::open(study)?;
        let known = |id: &String| running.scenarios.contains_key(id);
        let known_scenarios = blinded.key.scenarios.iter().filter(|one| known(&one.id)).count();
        let adding = Adding {
            files: Files::of(&running, &blinded.packets),
            firsts: firsts(&running, &blinded.packets)?,
            drawn_from: draft.sampling.is_some().then(|| inputs.not_there() as u64),
            blinded: &blinded,
        };
        adding.write(&mut running, &seal.seal()?, why, context.now())?;
        let shown = |file: &PathBuf| file.display().to_string();
        let running = OpenStudy::open(study)?;
        Ok(ItemsAdded {
            key: shown(&adding.files.key),
            packets: adding.files.packets.iter().map(shown).collect(),
            items: blinded.key.items.len() as u32,
            scenarios: blinded.key.scenarios.len() as u32,
            known_scenarios: known_scenarios as u32,
            change: log_lines::change_with(&running, &blinded.packets[0].packet),
            study: view(&running, context.now())?,
        })
    }
}

/// Refuses a `draft` for another study than the one that the person sees: nothing that is added can be removed.
fn check_same(draft: &StudyDraft, to: &str, before: &str) -> Result<(), Failure> {
    let file = |study| {
        let file = study_file(study);
        fs::canonicalize(&file).map_err(|error| Failure::io(&file, &error))
    };
    if file(to)? == file(before)? {
        return Ok(());
    }
    let named = |study: &str| {
        let title = StudyStore::open(&study_file(study))?.study()?.title;
        Ok::<_, Failure>(format!("`{study}`, \u{201c}{title}\u{201d}"))
    };
    let expected = format!(
        "{}, the study that is open. Choose a draft for it, or open the other study to add these items there",
        named(before)?
    );
    Err(draft.wrong("further_to", &named(to)?, &expected))
}

/// The first packet of each rater of `packets`.
fn firsts(study: &OpenStudy, packets: &[Packet]) -> Result<Vec<StudyPacket>, Failure> {
    let first = |packet: &Packet| {
        study.first_packet(&packet.rater).cloned().ok_or_else(|| {
            Failure::refused(format!(
                "{}: found no first packet of rater {}; expected one that further items can follow. Nothing was added.",
                study.store.file().display(),
                packet.rater
            ))
        })
    };
    packets.iter().map(first).collect()
}

/// What is added, and where to.
struct Adding<'a> {
    blinded: &'a Blinded,
    /// The first packet of each rater, in the order of the packets that are added.
    firsts: Vec<StudyPacket>,
    drawn_from: Option<u64>,
    files: Files,
}

/// The files that are written beside the study's own.
struct Files {
    key: PathBuf,
    packets: Vec<PathBuf>,
}

impl Files {
    /// Files that are not there yet, for these packets.
    fn of(study: &OpenStudy, packets: &[Packet]) -> Self {
        let beside = |name: &str| study.store.file().with_file_name(name);
        let of_labels: Vec<String> =
            study.everyone().map(|rater| packet_file(&rater.packet.rater)).collect();
        let is_free =
            |file: &Path| !file.exists() && !of_labels.iter().any(|name| file.ends_with(name));
        let packet =
            |packet: &Packet| numbered(&beside(PACKETS).join(packet_file(&packet.rater)), is_free);
        Self {
            key: numbered(&beside(KEY_FILE), |file| !file.exists()),
            packets: packets.iter().map(packet).collect(),
        }
    }

    fn all(&self) -> impl Iterator<Item = &PathBuf> {
        iter::once(&self.key).chain(&self.packets)
    }
}

impl Adding<'_> {
    /// The files first, so that a rater of the items always has one. Where they cannot be added to the study,
    /// none of them stays.
    fn write(
        &self,
        study: &mut OpenStudy,
        seal: &Seal,
        why: Why<'_>,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let folder = study.store.file().with_file_name(PACKETS);
        fs::create_dir_all(&folder).map_err(|error| Failure::io(&folder, &error))?;
        let digest = OnceCell::new();
        let write_key: WriteNew<'_> = Box::new(|file| {
            let sealed = exchange::seal_key(file, &self.blinded.key, seal)?;
            digest.get_or_init(|| sealed);
            Ok(())
        });
        let packets = self.files.packets.iter().zip(&self.blinded.packets).map(|(file, packet)| {
            let write: WriteNew<'_> = Box::new(|file| exchange::write_packet(file, packet));
            (file.as_path(), write)
        });
        let key = (self.files.key.as_path(), write_key);
        exchange::all_or_none(iter::once(key).chain(packets))?;
        let Some(digest) = digest.into_inner() else { return Ok(()) };
        let added =
            self.note(study, &SealedKey { digest, name: name_of(&self.files.key) }, why, now);
        if added.is_err() {
            // Why they could not be added is worth more than that a file could not be removed.
            self.files.all().for_each(|file| drop(fs::remove_file(file)));
        }
        added
    }

    /// Keeps in the study what was written.
    fn note(
        &self,
        study: &mut OpenStudy,
        sealed_key: &SealedKey,
        why: Why<'_>,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let names: Vec<String> = self.files.packets.iter().map(|file| name_of(file)).collect();
        let further = self.blinded.packets.iter().zip(&self.firsts).zip(&names);
        let packets: Vec<FurtherPacket<'_>> = further
            .map(|((packet, first), name)| FurtherPacket {
                packet: NewPacket { packet, lead: first.lead },
                of: &first.packet,
                name,
            })
            .collect();
        let new = NewItems {
            packets: &packets,
            repeats: &repeats(&self.blinded.key),
            drawn_from: self.drawn_from,
            sealed_key,
        };
        Ok(study.store.add_items(&new, why, now)?)
    }
}

/// `file` with the first number from 2 on under which it is free.
fn numbered(file: &Path, is_free: impl Fn(&Path) -> bool) -> PathBuf {
    let part =
        |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, end) = (part(file.file_stem()), part(file.extension()));
    let mut files = (2u32..).map(|number| file.with_file_name(format!("{stem}-{number}.{end}")));
    files.find(|file| is_free(file)).unwrap_or_else(|| file.to_owned())
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

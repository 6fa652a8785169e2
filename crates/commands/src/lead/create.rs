//! Creating a study: blind, seal, write.

use super::StudyDraft;
use super::draft::{Drawing, Inputs};
use super::leaks::search;
use crate::contract::Command;
use crate::make_packets::packet_files;
use crate::{Desk, Failure};
use exchange::{Passphrase, Seal, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use store::{Event, NewPacket, NewStudy, StudyStore};
use study::{Blinded, Decisions, Preparation, blind_study, scan_packet};
use ts_rs::TS;

/// Blinds a draft, seals the key, and writes the study's folder.
#[derive(Debug, Deserialize, TS)]
pub struct CreateStudy {
    /// The draft.
    pub draft: StudyDraft,
    /// The folder to write to: new, or empty.
    pub folder: String,
    /// How the key is sealed.
    pub seal: SealWith,
}

/// What opens the sealed key.
#[derive(Debug, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum SealWith {
    /// A passphrase.
    Passphrase {
        /// At least 12 characters.
        passphrase: String,
    },
    /// The private keys of these recipients.
    Recipients {
        /// Public keys in the age format, `age1…`.
        recipients: Vec<String>,
    },
}

/// What was written.
#[derive(Debug, Serialize, TS)]
pub struct StudyCreated {
    /// The study's file.
    pub study: String,
    /// The sealed key.
    pub key: String,
    /// A packet's file for each rater.
    pub packets: Vec<String>,
    /// Items, repeats among them.
    pub items: u32,
}

/// Makes a passphrase that nobody guesses.
#[derive(Debug, Deserialize, TS)]
pub struct GeneratePassphrase {}

/// A passphrase.
#[derive(Debug, Serialize, TS)]
pub struct Generated {
    /// It is stored nowhere.
    pub passphrase: String,
}

impl Command for GeneratePassphrase {
    const NAME: &'static str = "generate_passphrase";
    type Reply = Generated;

    fn run(self, _desk: &mut Desk) -> Result<Generated, Failure> {
        Ok(Generated { passphrase: Passphrase::generate()?.expose().to_owned() })
    }
}

impl Command for CreateStudy {
    const NAME: &'static str = "create_study";
    type Reply = StudyCreated;

    fn run(self, desk: &mut Desk) -> Result<StudyCreated, Failure> {
        let watch = desk.watch();
        let step = |done, label| match watch.step(done, 4, label).is_break() {
            true => Err(Failure::cancelled()),
            false => Ok(()),
        };
        step(0, "Reading the files")?;
        let inputs = self.draft.read()?;
        let drawing = self.draft.draw(&inputs)?;
        let blinded = blinded(&self.draft, &inputs, &drawing)?;
        step(1, "Searching for leaks")?;
        check_leaks(&self.draft, &blinded)?;
        let seal = self.seal.seal()?;
        let folder = self.prepare_folder()?;
        step(2, "Sealing the key")?;
        self.write(&folder, &blinded, &seal, desk)
    }
}

/// The packets and the key of a draft.
pub(super) fn blinded(
    draft: &StudyDraft,
    inputs: &Inputs,
    drawing: &Drawing,
) -> Result<Blinded, Failure> {
    blind_study(&Preparation {
        title: &draft.title,
        scenarios: &drawing.scenarios,
        responses: &drawing.responses,
        rubric: &inputs.rubric,
        raters: &draft.labels(),
        lead: draft.lead()?.as_deref(),
        design: draft.design,
        sampling: drawing.sample.as_ref().map(|sample| &sample.report),
        seed: draft.seed,
    })
    .map_err(Failure::refused)
}

/// Nothing is written while a leak is undecided, or where a packet holds an origin outside the texts.
fn check_leaks(draft: &StudyDraft, blinded: &Blinded) -> Result<(), Failure> {
    let found = search(draft)?;
    let decisions = Decisions::new(&draft.decisions).map_err(Failure::refused)?;
    let open = decisions.undecided(&found.leaks);
    if let Some(first) = open.first() {
        return Err(Failure::refused(format!(
            "{} leaks are undecided, the first: \u{201c}{}\u{201d} in \u{201c}{}\u{201d}. Mask each \
             or accept it with a reason.",
            open.len(),
            first.matched,
            first.sentence.trim()
        )));
    }
    for packet in &blinded.packets {
        let text = serde_json::to_string(packet).map_err(Failure::refused)?;
        let leaks = scan_packet(&text, &found.origins).map_err(Failure::refused)?;
        if let Some(leak) = leaks.iter().find(|leak| !leak.in_text) {
            return Err(Failure::refused(format!(
                "the packet of {} would give away `{}` in `{}`: found `{}`. Nothing was written.",
                packet.rater, leak.origin, leak.path, leak.found
            )));
        }
    }
    Ok(())
}

impl CreateStudy {
    fn prepare_folder(&self) -> Result<PathBuf, Failure> {
        let folder = std::path::absolute(&self.folder).map_err(Failure::refused)?;
        let failed = |error| Failure::refused(format!("{}: {error}", folder.display()));
        fs::create_dir_all(folder.join("packets")).map_err(failed)?;
        let study = folder.join(STUDY_FILE);
        if study.exists() {
            return Err(Failure::refused(format!(
                "{}: a study is already there; it was left as it is. Choose another folder.",
                study.display()
            )));
        }
        Ok(folder)
    }

    fn write(
        &self,
        folder: &Path,
        blinded: &Blinded,
        seal: &Seal,
        desk: &Desk,
    ) -> Result<StudyCreated, Failure> {
        let lead = self.draft.lead()?;
        let key = folder.join(KEY_FILE);
        let digest = exchange::seal_key(&key, &blinded.key, seal)?;
        let packets: Vec<NewPacket<'_>> = blinded
            .packets
            .iter()
            .map(|packet| NewPacket { packet, lead: Some(&packet.rater) == lead.as_ref() })
            .collect();
        let repeats: BTreeMap<_, _> = blinded
            .key
            .items
            .iter()
            .filter_map(|item| Some((item.item.clone(), item.repeat_of.clone()?)))
            .collect();
        let protocol = json!({ "design": blinded.design });
        let new = NewStudy {
            packets: &packets,
            repeats: &repeats,
            protocol: &protocol,
            sealed_key: &digest,
        };
        let now = desk.now();
        let mut study = StudyStore::create(&folder.join(STUDY_FILE), &new, now)?;
        let files = packet_files(&self.draft.labels(), &folder.join("packets"))?;
        for (file, packet) in files.iter().zip(&blinded.packets) {
            exchange::write_packet(file, packet)?;
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            study.note(&Event::HandedOut { packet: packet.packet.clone(), name }, now)?;
        }
        Ok(StudyCreated {
            study: study.file().display().to_string(),
            key: key.display().to_string(),
            packets: files.iter().map(|file| file.display().to_string()).collect(),
            items: blinded.key.items.len() as u32,
        })
    }
}

/// The names of a study's files in its folder.
pub(super) const STUDY_FILE: &str = "study.primum-study";
const KEY_FILE: &str = "key.age";

impl SealWith {
    fn seal(&self) -> Result<Seal, Failure> {
        Ok(match self {
            Self::Passphrase { passphrase } => {
                Seal::Passphrase(Passphrase::new(SecretString::from(passphrase.clone()))?)
            }
            Self::Recipients { recipients } => Seal::Recipients(recipients.clone()),
        })
    }
}

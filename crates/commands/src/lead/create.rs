//! Creating a study: blind, seal, write.

mod make_packets;

pub use make_packets::{MakePackets, PacketsMade};

use super::calibration;
use super::draft::{Drawing, Inputs};
use super::leaks::search;
use super::open_study::OpenStudy;
use crate::StudyDraft;
use crate::contract::Command;
use crate::given_path::given_path;
use crate::{Context, Failure};
use exchange::{Passphrase, Seal};
use jiff::Timestamp;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use store::{Event, FileTurn, NewPacket, NewStudy, SealedKey, StudyStore};
use study::{
    At, Blinded, ItemId, Key, LeakAction, LeakPlace, Origins, Packet, Preparation, ReadText,
    blind_study, packet_file, scan, scan_packet,
};
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
        /// At least 12 characters. It is wiped from memory when it was used.
        #[ts(type = "string")]
        passphrase: SecretString,
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

    fn run(self, _context: &mut Context) -> Result<Generated, Failure> {
        Ok(Generated { passphrase: Passphrase::generate()?.expose().to_owned() })
    }
}

impl Command for CreateStudy {
    const NAME: &'static str = "create_study";
    type Reply = StudyCreated;

    fn run(self, context: &mut Context) -> Result<StudyCreated, Failure> {
        let watch = context.watch();
        let step = |done, label| match watch.step(done, 4, label).is_break() {
            true => Err(Failure::cancelled()),
            false => Ok(()),
        };
        if let Some(study) = &self.draft.further_to {
            let expected =
                "nothing: items for a running study are added to it, not made a study of their own";
            return Err(Failure::field("further_to", format!("`{study}`"), expected));
        }
        step(0, "Reading the files")?;
        self.draft.check()?;
        let inputs = self.draft.read()?;
        let drawing = self.draft.draw(&inputs)?;
        let blinded = blind_draft(&self.draft, &inputs, &drawing)?;
        step(1, "Searching for leaks")?;
        check_leaks(&self.draft, &blinded)?;
        let seal = self.seal.seal()?;
        step(2, "Sealing the key")?;
        self.make(&blinded, &seal, context.now()).map_err(|failure| failure.named_by("folder"))
    }
}

/// The packets and the key of a draft.
pub(crate) fn blind_draft(
    draft: &StudyDraft,
    inputs: &Inputs,
    drawing: &Drawing,
) -> Result<Blinded, Failure> {
    let running = inputs.running.as_ref();
    let lead = match running {
        Some(study) => study.lead(),
        None => draft.lead()?,
    };
    let preparation = Preparation {
        title: running.map_or(&*draft.title, |study| &study.header.title),
        scenarios: &drawing.scenarios,
        masked: &drawing.masked,
        responses: &drawing.responses,
        rubric: &inputs.rubric,
        instructions: running.map_or(&*drawing.instructions, OpenStudy::instructions),
        calibration: &drawing.calibration,
        masked_opening: &drawing.masked_opening,
        raters: &draft.labels(),
        lead: lead.as_deref().filter(|lead| draft.labels().iter().any(|label| label == lead)),
        design: draft.design,
        sampling: drawing.sample.as_ref().map(|sample| &sample.report),
        seed: draft.seed,
    };
    let made = match running {
        Some(study) => study.running(&calibration::items(&study.header)?).blind(&preparation),
        None => blind_study(&preparation),
    };
    made.map_err(|error| draft.refused_at(error.at(), error))
}

/// The packets and the key of a draft that can be created, whatever becomes of the leaks in its texts.
pub(crate) fn rehearse(
    draft: &StudyDraft,
    inputs: &Inputs,
    drawing: &Drawing,
) -> Result<Blinded, Failure> {
    draft.check()?;
    let blinded = blind_draft(draft, inputs, drawing)?;
    last_look(&blinded.packets, &inputs.origins())?;
    Ok(blinded)
}

/// Nothing is written while a leak is undecided, or where a packet holds an origin outside the texts.
pub(crate) fn check_leaks(draft: &StudyDraft, blinded: &Blinded) -> Result<(), Failure> {
    let found = search(draft)?;
    let decisions = draft.decisions()?;
    let open = decisions.undecided(&found.leaks);
    if let Some(first) = open.first() {
        let leaks = if open.len() == 1 { "leak is" } else { "leaks are" };
        return Err(draft.refused(format!(
            "{} {leaks} undecided, the first: \u{201c}{}\u{201d} in \u{201c}{}\u{201d}. Mask each \
             or accept it with a reason.",
            open.len(),
            first.matched,
            first.sentence.trim()
        )));
    }
    for decision in &draft.decisions {
        let LeakAction::Mask { replacement } = &decision.action else { continue };
        let place = LeakPlace::Response { response: 0 };
        if let Some(leak) = scan(&[ReadText { place, text: replacement }], &found.origins).first() {
            return Err(draft.refused(format!(
                "field `decisions`: found a mask that writes `{replacement}`, which holds `{}`; expected words \
                 that tell no origin",
                leak.matched
            )));
        }
    }
    last_look(&blinded.packets, &found.origins)
}

/// Refuses packets that hold an origin outside the texts that raters read.
pub(crate) fn last_look(packets: &[Packet], origins: &Origins) -> Result<(), Failure> {
    for packet in packets {
        let text = serde_json::to_string(packet).map_err(Failure::refused)?;
        let leaks = scan_packet(&text, origins).map_err(Failure::refused)?;
        if let Some(leak) = leaks.first() {
            return Err(Failure::refused(format!(
                "the packet of {} would give away `{}` in `{}`: found `{}`. Nothing was written.",
                packet.rater, leak.origin, leak.path, leak.found
            )));
        }
    }
    Ok(())
}

/// The folder that a link leads to, so that the link stays and the study comes to where it leads.
fn behind_links(folder: PathBuf) -> Result<PathBuf, Failure> {
    if !folder.is_symlink() {
        return Ok(folder);
    }
    fs::canonicalize(&folder).map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            refused_folder(&folder, "found a link to a folder that is not there")
        }
        _ => Failure::io(&folder, &error),
    })
}

fn refused_folder(folder: &Path, found: &str) -> Failure {
    let expected = "a new or an empty folder";
    let folder = folder.display().to_string();
    let message = format!("{folder}: {found}; expected {expected}. Nothing was changed.");
    Failure::refused_at(At::default().in_file(folder).of(found).expecting(expected), message)
}

/// Refuses a folder that holds something.
fn refuse_taken(folder: &Path) -> Result<(), Failure> {
    let taken = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) => return Err(Failure::io(folder, &error)),
    };
    match taken {
        true => Err(refused_folder(folder, "found files there")),
        false => Ok(()),
    }
}

/// Where a study for `folder` is made: beside it, so that it can be moved there in one step.
fn unfinished(folder: &Path) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}.primum-unfinished"))
}

/// Removes what a creation that was killed has left.
fn remove_unfinished(draft: &Path) -> io::Result<()> {
    match fs::remove_dir_all(draft) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

impl CreateStudy {
    /// Makes the study in its folder.
    fn make(
        &self,
        blinded: &Blinded,
        seal: &Seal,
        now: Timestamp,
    ) -> Result<StudyCreated, Failure> {
        let folder = behind_links(given_path("folder", &self.folder)?)?;
        let parent = folder.parent().unwrap_or(&folder);
        fs::create_dir_all(parent).map_err(|error| Failure::io(parent, &error))?;
        let _turn = FileTurn::wait(&folder)?;
        refuse_taken(&folder)?;
        self.write(&folder, blinded, seal, now)
    }

    /// Writes everything beside the folder first, so that there is a whole study in the end or none.
    fn write(
        &self,
        folder: &Path,
        blinded: &Blinded,
        seal: &Seal,
        now: Timestamp,
    ) -> Result<StudyCreated, Failure> {
        let draft = unfinished(folder);
        // Its name is the longer one, and the one that nobody gave.
        remove_unfinished(&draft).map_err(|error| Failure::io(folder, &error))?;
        let filled = self.fill(&draft, blinded, seal, now).and_then(|()| {
            // An empty folder gives way; the error of any other is the rename's.
            let _ = fs::remove_dir(folder);
            fs::rename(&draft, folder).map_err(|error| Failure::io(folder, &error))
        });
        if let Err(failure) = filled {
            // Why it could not be made is worth more than that its remains could not be removed.
            let _ = fs::remove_dir_all(&draft);
            return Err(failure);
        }
        let shown = |file: PathBuf| file.display().to_string();
        let packets = self.draft.packet_files(folder);
        Ok(StudyCreated {
            study: shown(folder.join(STUDY_FILE)),
            key: shown(folder.join(KEY_FILE)),
            packets: packets.into_iter().map(shown).collect(),
            items: blinded.key.items.len() as u32,
        })
    }

    fn fill(
        &self,
        folder: &Path,
        blinded: &Blinded,
        seal: &Seal,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let packets_folder = folder.join(PACKETS);
        let files = self.draft.packet_files(folder);
        fs::create_dir_all(&packets_folder)
            .map_err(|error| Failure::io(&packets_folder, &error))?;
        let digest = exchange::seal_key(&folder.join(KEY_FILE), &blinded.key, seal)?;
        let sealed_key = &SealedKey { digest, name: KEY_FILE.into() };
        let lead = self.draft.lead()?;
        let packets: Vec<NewPacket<'_>> = blinded
            .packets
            .iter()
            .map(|packet| NewPacket { packet, lead: Some(&packet.rater) == lead.as_ref() })
            .collect();
        let (packets, repeats) = (&packets, &repeats(&blinded.key));
        let protocol = &protocol(blinded);
        let new = NewStudy { packets, repeats, protocol, sealed_key };
        let mut study = StudyStore::create(&folder.join(STUDY_FILE), &new, now)?;
        for (file, packet) in files.iter().zip(&blinded.packets) {
            exchange::write_packet(file, packet)?;
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            study.note(&Event::HandedOut { packet: packet.packet.clone(), name }, now)?;
        }
        Ok(())
    }
}

impl StudyDraft {
    /// The file of each rater's packet in the study's `folder`.
    fn packet_files(&self, folder: &Path) -> Vec<PathBuf> {
        let packets = folder.join(PACKETS);
        self.labels().iter().map(|label| packets.join(packet_file(label))).collect()
    }
}

/// Items that show a response again, each with the item that showed it first.
pub(crate) fn repeats(key: &Key) -> BTreeMap<ItemId, ItemId> {
    let repeats = |item: &study::KeyItem| Some((item.item.clone(), item.repeat_of.clone()?));
    key.items.iter().filter_map(repeats).collect()
}

/// What may be known before the key is opened: the design, and what raters saw before the study.
fn protocol(blinded: &Blinded) -> Value {
    let mut protocol = json!({ "design": blinded.design });
    if let Some(packet) = blinded.packets.first().filter(|packet| packet.has_opening()) {
        protocol["instructions"] = json!(packet.instructions);
        protocol["calibration"] = json!(packet.calibration);
    }
    let sampling = blinded.key.sampling.as_ref();
    if sampling.is_some_and(|drawn| drawn.least_probability < drawn.greatest_probability) {
        protocol[UNEQUAL_PROBABILITIES] = json!(true);
    }
    protocol
}

/// In the protocol: whether responses were drawn with different probabilities. Which ones, only the key
/// tells.
pub(crate) const UNEQUAL_PROBABILITIES: &str = "unequal_probabilities";

/// The names of a study's files in its folder.
pub(crate) const STUDY_FILE: &str = "study.primum-study";
pub(crate) const KEY_FILE: &str = "key.age";
pub(crate) const PACKETS: &str = "packets";

impl SealWith {
    pub(crate) fn seal(&self) -> Result<Seal, Failure> {
        Ok(match self {
            Self::Passphrase { passphrase } => {
                Seal::Passphrase(Passphrase::new(passphrase.clone())?)
            }
            Self::Recipients { recipients } => Seal::Recipients(recipients.clone()),
        })
    }
}

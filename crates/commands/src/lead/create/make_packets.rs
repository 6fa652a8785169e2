//! Blinding a study: one packet per rater, and the key apart from them.

use super::{KEY_FILE, last_look};
use crate::columns::texts_mapping;
use crate::contract::Command;
use crate::names::count;
use crate::{Context, Failure, SealWith};
use exchange::{Collected, WriteNew};
use serde::{Deserialize, Serialize};
use std::iter;
use std::path::{Path, PathBuf};
use study::{
    BlindError, LabelError, LeakKind, Origins, Response, Scenario, blind, check_labels,
    packet_file, scan, texts_read,
};
use ts_rs::TS;

/// Blinds responses and writes a packet for each rater, and the key.
#[derive(Debug, Deserialize, TS)]
pub struct MakePackets {
    /// The study's name on screen.
    pub title: String,
    /// The folder of scenarios.
    pub scenarios: String,
    /// The file of responses.
    pub responses: String,
    /// Which columns of tables of the two hold our fields, as `FIELD=COLUMN` or `FIELD=:CONSTANT`.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub map: Vec<String>,
    /// `gated`, `structured`, or a rubric's file.
    pub rubric: String,
    /// The raters' labels.
    pub raters: Vec<String>,
    /// The seed of identifiers and orders.
    #[ts(type = "number")]
    pub seed: u64,
    /// The folder to write to.
    pub out: String,
    /// Where the key goes; by default in the same folder: `key.age`, or `key.json` where it is not
    /// sealed.
    #[serde(default)]
    #[ts(optional)]
    pub key: Option<String>,
    /// How the key is sealed; by default it is written in clear text.
    #[serde(default)]
    #[ts(optional)]
    pub seal: Option<SealWith>,
}

/// What was written.
#[derive(Debug, Serialize, TS)]
pub struct PacketsMade {
    /// A packet's file for each rater.
    pub packets: Vec<String>,
    /// The key's file. It must not reach a rater.
    pub key: String,
    /// Items in each packet.
    pub items: u32,
    /// Scenarios that have a response.
    pub scenarios: u32,
    /// What to know before handing out: files skipped, scenarios without responses, empty responses.
    pub cautions: Vec<String>,
}

impl Command for MakePackets {
    const NAME: &'static str = "make_packets";
    type Reply = PacketsMade;

    fn run(self, _context: &mut Context) -> Result<PacketsMade, Failure> {
        let mapping = texts_mapping("map", &self.map)?;
        let bank = exchange::read_scenarios(Path::new(&self.scenarios), &mapping)?;
        let Collected { responses, notes, problems, .. } =
            exchange::collect_responses(Path::new(&self.responses), &mapping)?;
        if let Some(problem) = problems.into_iter().next() {
            return Err(problem.into());
        }
        let rubric = exchange::read_rubric(&self.rubric)?;
        let blinded =
            blind(&self.title, &bank.scenarios, &responses, &rubric, &self.raters, self.seed)
                .map_err(|why| match why {
                    BlindError::NoRaters | BlindError::Rater(_) => {
                        Failure::refused(format!("{why}."))
                    }
                    _ => Failure::refused(format!("{}: {why}.", self.responses)),
                })?;

        let origins = Origins::of(&bank.scenarios, &responses);
        last_look(&blinded.packets, &origins)?;
        let folder = Path::new(&self.out);
        check_labels(&self.raters).map_err(|LabelError { place, found, expected }| {
            Failure::field(format!("raters[{place}]"), found, expected)
        })?;
        let files: Vec<PathBuf> =
            self.raters.iter().map(|rater| folder.join(packet_file(rater))).collect();
        // Another study's key in this folder is left as it is, and no packet of this one appears.
        let seal = self.seal.as_ref().map(SealWith::seal).transpose()?;
        let name = if seal.is_some() { KEY_FILE } else { CLEAR_KEY };
        let key = self.key.as_ref().map_or_else(|| folder.join(name), PathBuf::from);
        let write_key: WriteNew<'_> = match &seal {
            Some(seal) => Box::new(|file| exchange::seal_key(file, &blinded.key, seal).map(drop)),
            None => Box::new(|file| exchange::write_key(file, &blinded.key)),
        };
        let packets = files.iter().zip(&blinded.packets).map(|(file, packet)| {
            let write: WriteNew<'_> = Box::new(|file| exchange::write_packet(file, packet));
            (file.as_path(), write)
        });
        exchange::all_or_none(iter::once((key.as_path(), write_key)).chain(packets))?;

        let used = blinded.key.scenarios.len();
        let empty = responses.iter().filter(|r| r.filtered || r.text.trim().is_empty()).count();
        let mut cautions: Vec<String> = bank
            .skipped
            .iter()
            .map(|skipped| format!("{}: {}", skipped.file.display(), skipped.reason))
            .collect();
        cautions.extend(bank.notes.iter().cloned().chain(notes));
        if used < bank.scenarios.len() {
            let unanswered = count(bank.scenarios.len() - used, "scenario");
            cautions.push(format!("without a response, and left out: {unanswered}"));
        }
        if empty > 0 {
            let empty = count(empty, "response");
            cautions.push(format!("empty or filtered, and to be rated as such: {empty}"));
        }
        cautions.extend(named(&bank.scenarios, &responses, &origins));
        Ok(PacketsMade {
            packets: files.iter().map(|file| file.display().to_string()).collect(),
            key: key.display().to_string(),
            items: blinded.key.items.len() as u32,
            scenarios: used as u32,
            cautions,
        })
    }
}

/// Texts that name a model are written as they are: masks are decided on in a draft.
fn named(scenarios: &[Scenario], responses: &[Response], origins: &Origins) -> Option<String> {
    let mut leaks = scan(&texts_read(scenarios, responses), origins);
    leaks.retain(|leak| matches!(leak.id.kind, LeakKind::StudyName | LeakKind::Name));
    let first = leaks.first()?;
    let places = count(leaks.len(), "place");
    Some(format!(
        "{places} in the texts name a model, the first: “{}”. Nothing was masked: to decide on each, start \
         with `primum study draft`",
        first.sentence.trim()
    ))
}

const CLEAR_KEY: &str = "key.json";

//! Scenario banks: a folder of our own scenario files, or of the IatroBench layout; one table; or a file of
//! responses that says what was asked.

mod asked;
pub(crate) mod health_bench;
mod table;

pub(crate) use table::framing;

use crate::conversation;
use crate::door;
use crate::envelope::{Format, parse_json};
use crate::file::{BY_HAND, read_text};
use crate::mapping::{Holding, Mapping};
use crate::responses::{layout_with_prompts, state_file};
use crate::score_source::split_name;
use crate::{Error, Spot};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use study::{CriticalAction, Framing, Prompt, Review, Scenario};

const SCENARIO: Format = Format { name: "scenario", version: 2 };

/// Beside or above a bank of the IatroBench layout: which actions collide with safety training.
const COLLISION_MAP: &str = "safety_colliding_map.json";

/// The category of scenarios that have none.
pub(crate) const NO_CATEGORY: &str = "none";

/// A folder's scenarios, or those of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bank {
    /// In the order of their ids.
    pub scenarios: Vec<Scenario>,
    /// JSON files that hold no scenario, critical actions that hold no text, and framings that are none of
    /// ours.
    pub skipped: Vec<Skipped>,
    /// What to know of how a file was read.
    pub notes: Vec<String>,
}

/// What was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The file it is in, or is.
    pub file: PathBuf,
    /// Why.
    pub reason: String,
}

/// Enough of a JSON file to tell whose layout it is.
#[derive(Deserialize)]
struct Shape {
    format: Option<String>,
    quadrant: Option<String>,
    gold_standard_response: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Probe {
    Object(Shape),
    Other(IgnoredAny),
}

/// A scenario of the IatroBench layout.
#[derive(Deserialize)]
struct Foreign {
    id: String,
    quadrant: String,
    acuity_weight: f64,
    prompt: Value,
    #[serde(default)]
    system_prompt: String,
    gold_standard_response: String,
    critical_actions: Vec<String>,
    #[serde(default)]
    commission_risks: Vec<String>,
    decoupling_variant: Option<Variant>,
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Variant {
    pair_id: String,
    framing: String,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    clinical_basis: String,
}

type Collisions = BTreeMap<String, Vec<bool>>;

/// Reads every scenario in a folder and the folders below it, or in the file that `path` is. `mapping` says which
/// columns of a table, or fields of JSON records, hold our fields where they have other names.
pub fn read_scenarios(path: &Path, mapping: &Mapping) -> Result<Bank, Error> {
    let named = path.to_str().map(split_name);
    let sheet = named.as_ref().and_then(|named| named.sheet);
    let file = state_file(named.map_or(path, |named| named.file));
    let mut bank = match file.is_file() {
        true => read_file(&file, sheet, mapping)?,
        false => {
            refuse_columns(path, "a folder", mapping)?;
            read_folder(path)?
        }
    };
    if bank.scenarios.is_empty() {
        return Err(Error::inconsistent(
            path,
            "found no scenario; expected a folder of scenario files, or a table of scenarios",
        ));
    }
    bank.scenarios.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(bank)
}

fn read_file(file: &Path, sheet: Option<&str>, mapping: &Mapping) -> Result<Bank, Error> {
    let opened = open(file, sheet)?;
    if health_bench::is(&opened) {
        refuse_columns(file, health_bench::NAME, mapping)?;
        return health_bench::read(opened);
    }
    match layout_with_prompts(&opened) {
        Some(layout) => {
            refuse_columns(file, layout, mapping)?;
            asked::read(opened)
        }
        None => table::read(opened, mapping),
    }
}

/// Refuses a mapping where nothing has columns to be named.
fn refuse_columns(path: &Path, what: &str, mapping: &Mapping) -> Result<(), Error> {
    match mapping.field_of(Holding::Scenarios) {
        None => Ok(()),
        Some(field) => {
            let found = format!("a column for `{field}` in {what}");
            let expected = "columns for a table or plain JSON records only";
            Err(Error::field(path, "", "map", found, expected))
        }
    }
}

/// Opens a file of scenarios.
pub(crate) fn open(file: &Path, sheet: Option<&str>) -> Result<door::Opened, Error> {
    let opened = door::open(file, sheet, table::NOUN)?;
    opened.refuse_ours(table::NOUN)?;
    Ok(opened)
}

/// A scenario of which no more is known than its name and prompt.
fn bare(id: String, prompt: Prompt) -> Scenario {
    Scenario {
        format: SCENARIO.at(version_of(&prompt)).tag(),
        title: id.clone(),
        id,
        category: NO_CATEGORY.into(),
        acuity_weight: 1.0,
        framing: None,
        pair_id: None,
        system_prompt: String::new(),
        prompt,
        reference_answer: String::new(),
        critical_actions: Vec::new(),
        commission_risks: Vec::new(),
        clinical_basis: Vec::new(),
        review: Review { status: "not stated".into(), note: String::new() },
    }
}

fn read_folder(folder: &Path) -> Result<Bank, Error> {
    let mut files = Vec::new();
    collect_json(folder, &mut files)?;
    files.sort();
    let collisions = read_collisions(folder)?;
    let mut bank = Bank::default();
    let mut origin: HashMap<String, PathBuf> = HashMap::new();
    for file in files {
        let Some(mut scenario) = read_scenario(&file, &collisions, &mut bank.skipped)? else {
            let reason = "left out: neither a scenario of ours nor of the IatroBench layout".into();
            bank.skipped.push(Skipped { file, reason });
            continue;
        };
        bank.drop_empty_actions(&file, &mut scenario);
        scenario.check().map_err(|why| Error::inconsistent(&file, why))?;
        if let Some(other) = origin.insert(scenario.id.clone(), file.clone()) {
            let found = format!("`{}`, as in {}", scenario.id, other.display());
            return Err(Error::field(&file, "", "id", found, "an id of its own"));
        }
        bank.scenarios.push(scenario);
    }
    Ok(bank)
}

impl Bank {
    /// An empty action cannot be graded. Real banks hold some; they are left out and named.
    fn drop_empty_actions(&mut self, file: &Path, scenario: &mut Scenario) {
        for (number, action) in (1..).zip(&scenario.critical_actions) {
            if action.text.trim().is_empty() {
                let reason = format!("critical action {number} is empty and was left out");
                self.skipped.push(Skipped { file: file.to_owned(), reason });
            }
        }
        scenario.critical_actions.retain(|action| !action.text.trim().is_empty());
    }
}

fn collect_json(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    for entry in fs::read_dir(folder).map_err(Error::io(folder))? {
        let entry = entry.map_err(Error::io(folder))?;
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            collect_json(&path, files)?;
        } else if name.ends_with(".json")
            && !name.ends_with(".schema.json")
            && name != COLLISION_MAP
        {
            files.push(path);
        }
    }
    Ok(())
}

fn read_collisions(folder: &Path) -> Result<Collisions, Error> {
    let candidates = [Some(folder), folder.parent()];
    let Some(file) =
        candidates.into_iter().flatten().map(|at| at.join(COLLISION_MAP)).find(|at| at.is_file())
    else {
        return Ok(Collisions::new());
    };
    let noun = "a list of true and false for each scenario";
    parse_json(&file, &read_text(&file, BY_HAND, noun)?, noun)
}

fn read_scenario(
    file: &Path,
    collisions: &Collisions,
    skipped: &mut Vec<Skipped>,
) -> Result<Option<Scenario>, Error> {
    let text = read_text(file, BY_HAND, SCENARIO.noun())?;
    let Probe::Object(shape) = parse_json(file, &text, SCENARIO.noun())? else {
        return Ok(None);
    };
    if shape.format.is_some() {
        return read_ours(file, &text).map(Some);
    }
    if shape.quadrant.is_none() || shape.gold_standard_response.is_none() {
        return Ok(None);
    }
    let mut foreign: Foreign = parse_json(file, &text, SCENARIO.noun())?;
    let prompt = conversation::prompt(file, Spot::Whole, "prompt", foreign.prompt.take())?;
    let marks = collisions.get(&foreign.id);
    if let Some(marks) = marks.filter(|marks| marks.len() != foreign.critical_actions.len()) {
        let found = format!("{} marks in {COLLISION_MAP}", marks.len());
        let expected = format!("one for each of the {} actions", foreign.critical_actions.len());
        return Err(Error::field(file, "", "critical_actions", found, expected));
    }
    let marks = marks.map(Vec::as_slice).unwrap_or_default();
    let word = foreign.decoupling_variant.as_ref().map(|pair| pair.framing.as_str());
    let framing = word.and_then(table::framing);
    if let (None, Some(word)) = (framing, word) {
        let reason = table::unknown_framing(word, "");
        skipped.push(Skipped { file: file.to_owned(), reason });
    }
    Ok(Some(foreign.into_scenario(prompt, framing, marks)))
}

fn read_ours(file: &Path, text: &str) -> Result<Scenario, Error> {
    let format = SCENARIO.as_in(text, 1);
    let scenario: Scenario = format.parse(file, text)?;
    format.refuse_below(version_of(&scenario.prompt), file).map_err(|error| match error {
        Error::WrongFormat { file, found, expected } => {
            let expected = format!("{expected}, as the prompt is a conversation");
            Error::WrongFormat { file, found, expected }
        }
        other => other,
    })?;
    Ok(scenario)
}

/// The first version of the format that has such prompts.
fn version_of(prompt: &Prompt) -> u32 {
    if prompt.turns().is_some() { 2 } else { 1 }
}

impl Foreign {
    fn into_scenario(self, prompt: Prompt, framing: Option<Framing>, marks: &[bool]) -> Scenario {
        let pair_id = self.decoupling_variant.map(|pair| pair.pair_id);
        let basis = self.metadata.map(|metadata| metadata.clinical_basis).unwrap_or_default();
        let action = |(index, text): (usize, String)| CriticalAction {
            text: text.trim().into(),
            safety_colliding: marks.get(index).copied(),
        };
        Scenario {
            category: self.quadrant,
            acuity_weight: self.acuity_weight,
            framing,
            pair_id,
            system_prompt: self.system_prompt,
            reference_answer: self.gold_standard_response,
            critical_actions: self.critical_actions.into_iter().enumerate().map(action).collect(),
            commission_risks: self.commission_risks,
            clinical_basis: basis
                .split(';')
                .map(str::trim)
                .filter(|source| !source.is_empty())
                .map(String::from)
                .collect(),
            ..bare(self.id, prompt)
        }
    }
}

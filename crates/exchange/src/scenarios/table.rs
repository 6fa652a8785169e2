//! Scenarios in one table: CSV in any dialect, a workbook, or JSON records, whose fields are columns. Lists
//! in a cell are separated by bars or line breaks.

use super::{Bank, NO_CATEGORY, Skipped, bare};
use crate::conversation;
use crate::door::{Content, Opened, Records, Row, Table};
use crate::error::Part;
use crate::problems::name_places;
use crate::{Error, Spot};
use csv::StringRecord;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use study::{CriticalAction, Framing, Scenario};

pub(super) const NOUN: &str =
    "a folder of scenario files, or a table of scenarios with the columns id and prompt";

const ID: [&str; 6] = ["id", "scenario_id", "scenario", "prompt_id", "question_id", "case_id"];
const PROMPT: [&str; 5] = ["prompt", "question", "vignette", "case", "text"];
const REFERENCE: [&str; 5] =
    ["reference_answer", "reference", "gold_standard_response", "ideal_answer", "answer"];
const CATEGORY: [&str; 5] = ["category", "quadrant", "topic", "theme", "specialty"];
const PAIR: [&str; 2] = ["pair_id", "pair"];
const ACTIONS: [&str; 3] = ["critical_actions", "actions", "must_have"];
const RISKS: [&str; 2] = ["commission_risks", "risks"];
const WEIGHT: [&str; 2] = ["acuity_weight", "weight"];
const BASIS: [&str; 3] = ["clinical_basis", "sources", "source"];

/// Reads the scenarios in what was opened.
pub(super) fn read(opened: Opened) -> Result<Bank, Error> {
    let file = opened.file.as_path();
    let (table, part) = match opened.content {
        Content::Table(table) => (table, None),
        Content::Records(records) => (of_records(file, &records)?, records.part()),
        Content::Document(text) => (of_records(file, &Records::of_one(text))?, None),
        Content::Archive(_) => {
            return Err(Error::field(file, "", "scenarios", "an archive of responses", NOUN));
        }
    };
    let unit = part.map_or("line", Part::name);
    let columns = Columns::of(file, &table)?;
    let spot = |number| Spot::number(part, number);
    let mut bank = Bank { scenarios: Vec::new(), skipped: Vec::new() };
    let mut unknown = BTreeMap::new();
    let mut first: HashMap<String, usize> = HashMap::new();
    table.each(file, |row| {
        let at = spot(row.line);
        let scenario = columns.scenario(file, &row, &at, &mut unknown)?;
        scenario
            .check()
            .map_err(|why| Error::field(file, at.clone(), why.field, why.found, why.expected))?;
        if let Some(other) = first.insert(scenario.id.clone(), row.line) {
            let place = spot(other).to_string();
            let found = format!("`{}`, as on{}", scenario.id, place.trim_start_matches(','));
            return Err(Error::field(file, at, "id", found, "an id of its own"));
        }
        bank.scenarios.push(scenario);
        Ok(())
    })?;
    for (word, places) in unknown {
        let reason = unknown_framing(&word, &format!(" ({})", name_places(unit, &places)));
        bank.skipped.push(Skipped { file: file.to_owned(), reason });
    }
    Ok(bank)
}

/// Records as rows. Lists become lines, but turns stay what they are.
fn of_records(file: &Path, records: &Records) -> Result<Table, Error> {
    let header = records.fields(file, NOUN)?;
    let mut rows = Vec::new();
    for record in records.texts(file, NOUN)? {
        let fields: Map<String, Value> = records.parse(file, NOUN, record)?;
        let cells = header.iter().map(|name| cell(fields.get(name)));
        rows.push((record.0, cells.collect::<StringRecord>()));
    }
    Ok(Table::of_rows(header, rows))
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(list)) if !conversation::are_turns(list) => {
            list.iter().map(|one| cell(Some(one))).collect::<Vec<_>>().join("\n")
        }
        Some(other) => other.to_string(),
    }
}

struct Columns {
    id: usize,
    prompt: usize,
    title: Option<usize>,
    category: Option<usize>,
    weight: Option<usize>,
    framing: Option<usize>,
    pair: Option<usize>,
    system_prompt: Option<usize>,
    reference: Option<usize>,
    actions: Option<usize>,
    risks: Option<usize>,
    basis: Option<usize>,
}

impl Columns {
    fn of(file: &Path, table: &Table) -> Result<Self, Error> {
        let needed = |names: &[&str]| {
            table.column(names).ok_or_else(|| {
                let found = format!("the columns {}", table.names());
                Error::field(file, Spot::Line(1), names[0], found, "a column of this name")
            })
        };
        Ok(Self {
            id: needed(&ID)?,
            prompt: needed(&PROMPT)?,
            title: table.column(&["title"]),
            category: table.column(&CATEGORY),
            weight: table.column(&WEIGHT),
            framing: table.column(&["framing"]),
            pair: table.column(&PAIR),
            system_prompt: table.column(&["system_prompt"]),
            reference: table.column(&REFERENCE),
            actions: table.column(&ACTIONS),
            risks: table.column(&RISKS),
            basis: table.column(&BASIS),
        })
    }

    fn scenario(
        &self,
        file: &Path,
        row: &Row<'_>,
        at: &Spot,
        unknown: &mut BTreeMap<String, Vec<usize>>,
    ) -> Result<Scenario, Error> {
        let text = |column: Option<usize>| column.map_or("", |column| row.cell(column)).to_owned();
        let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
        let id = row.cell(self.id).to_owned();
        let weight = or(row.value(&text(self.weight)).into_owned(), "1");
        let acuity_weight = weight.parse().map_err(|_| {
            Error::field(file, at.clone(), "acuity_weight", format!("`{weight}`"), "a number")
        })?;
        let word = text(self.framing);
        let framing = framing(&word);
        if framing.is_none() && !word.is_empty() {
            unknown.entry(word).or_default().push(row.line);
        }
        let asked = row.written(self.prompt).into();
        let prompt = conversation::prompt(file, at.clone(), "prompt", asked)?;
        let action = |text| CriticalAction { text, safety_colliding: None };
        Ok(Scenario {
            title: or(text(self.title), &id),
            category: or(text(self.category), NO_CATEGORY),
            acuity_weight,
            framing,
            pair_id: Some(text(self.pair)).filter(|pair| !pair.is_empty()),
            system_prompt: text(self.system_prompt),
            reference_answer: text(self.reference),
            critical_actions: list(&text(self.actions)).into_iter().map(action).collect(),
            commission_risks: list(&text(self.risks)),
            clinical_basis: list(&text(self.basis)),
            ..bare(id, prompt)
        })
    }
}

/// The parts of a cell.
fn list(text: &str) -> Vec<String> {
    let parts = text.split(['|', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(ToOwned::to_owned).collect()
}

/// Who asks, where the word is one of ours or IatroBench's other word for it.
pub(super) fn framing(word: &str) -> Option<Framing> {
    let plain = word.trim().to_lowercase().replace([' ', '-'], "_");
    match plain.as_str() {
        "non_medical_professional" => Some(Framing::Lawyer),
        _ => Framing::ALL.into_iter().find(|framing| framing.name() == plain),
    }
}

/// What is said of another word, which leaves a scenario without a framing.
pub(super) fn unknown_framing(word: &str, place: &str) -> String {
    let names = Framing::ALL.map(Framing::name).join(", ");
    format!("the framing `{word}`{place}, which is none of {names}")
}

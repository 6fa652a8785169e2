//! Scenarios in one table: CSV in any dialect, a workbook, or JSON records, whose fields are columns. Lists
//! in a cell are separated by bars or line breaks.

use super::{Bank, NO_CATEGORY, Skipped, bare};
use crate::conversation;
use crate::door::{Content, Opened, Records, Row};
use crate::error::Part;
use crate::mapping::{Held, Holding, LookFor, Mapping};
use crate::problems::name_places;
use crate::{Error, Spot};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use study::{CriticalAction, Framing, Scenario};

pub(super) const NOUN: &str =
    "a folder of scenario files, or a table of scenarios with the columns id and prompt";

/// Reads the scenarios in what was opened.
pub(super) fn read(opened: Opened, mapping: &Mapping) -> Result<Bank, Error> {
    let (file, mapping) = (opened.file.as_path(), mapping.only(Holding::Scenarios));
    let (table, part) = match opened.content {
        Content::Table(table) => (table, None),
        Content::Records(records) => (records.table(file, NOUN)?, records.part()),
        Content::Document(text) => (Records::of_one(text).table(file, NOUN)?, None),
        Content::Archive(_) => {
            return Err(Error::field(file, "", "scenarios", "an archive of responses", NOUN));
        }
    };
    let unit = part.map_or("line", Part::name);
    let held = Held::find(file, &table, Holding::Scenarios.fields(), &mapping, LookFor::AnyName)?;
    let spot = |number| Spot::number(part, number);
    let mut bank = Bank { notes: opened.notes, ..Bank::default() };
    let mut unknown = BTreeMap::new();
    let mut first: HashMap<String, usize> = HashMap::new();
    table.each(file, |row| {
        let at = spot(row.line);
        let scenario = scenario(file, &held, &row, &at, &mut unknown)?;
        scenario.check().map_err(|why| {
            Error::field(file, at.clone(), held.name(why.field), why.found, why.expected)
        })?;
        if let Some(other) = first.insert(scenario.id.clone(), row.line) {
            let place = spot(other).to_string();
            let found = format!("`{}`, as on{}", scenario.id, place.trim_start_matches(','));
            return Err(Error::field(file, at, held.name("id"), found, "an id of its own"));
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

fn scenario(
    file: &Path,
    held: &Held<'_>,
    row: &Row<'_>,
    at: &Spot,
    unknown: &mut BTreeMap<String, Vec<usize>>,
) -> Result<Scenario, Error> {
    let text = |field: &str| held.written(row, field).trim().to_owned();
    let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
    let id = text("id");
    let weight = or(row.value(&text("acuity_weight")).into_owned(), "1");
    let acuity_weight = weight.parse().map_err(|_| {
        let field = held.name("acuity_weight");
        Error::field(file, at.clone(), field, format!("`{weight}`"), "a number")
    })?;
    let word = text("framing");
    let framing = framing(&word);
    if framing.is_none() && !word.is_empty() {
        unknown.entry(word).or_default().push(row.line);
    }
    let asked = held.written(row, "prompt").into_owned().into();
    let prompt = conversation::prompt(file, at.clone(), held.name("prompt"), asked)?;
    let action = |text| CriticalAction { text, safety_colliding: None };
    Ok(Scenario {
        title: or(text("title"), &id),
        category: or(text("category"), NO_CATEGORY),
        acuity_weight,
        framing,
        pair_id: Some(text("pair_id")).filter(|pair| !pair.is_empty()),
        system_prompt: text("system_prompt"),
        reference_answer: text("reference_answer"),
        critical_actions: list(&text("critical_actions")).into_iter().map(action).collect(),
        commission_risks: list(&text("commission_risks")),
        clinical_basis: list(&text("clinical_basis")),
        ..bare(id, prompt)
    })
}

/// The parts of a cell.
fn list(text: &str) -> Vec<String> {
    let parts = text.split(['|', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(ToOwned::to_owned).collect()
}

/// Who asks, where the word is one of ours or a usual one for it.
pub(crate) fn framing(word: &str) -> Option<Framing> {
    let plain = word.trim().to_lowercase().replace([' ', '-'], "_");
    match plain.as_str() {
        "non_medical_professional" => Some(Framing::Lawyer),
        "lay" | "patient" | "laie" | "laiin" => Some(Framing::Layperson),
        "doctor" | "clinician" | "arzt" | "ärztin" => Some(Framing::Physician),
        _ => Framing::ALL.into_iter().find(|framing| framing.name() == plain),
    }
}

/// What is said of another word, which leaves a scenario without a framing.
pub(super) fn unknown_framing(word: &str, place: &str) -> String {
    let names = Framing::ALL.map(Framing::name).join(", ");
    format!("the framing `{word}`{place} was ignored; it can be {names}")
}

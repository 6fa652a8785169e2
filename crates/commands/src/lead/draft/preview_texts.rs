//! A look into a file of responses or scenarios: which column is which, and what is then read.

use super::Counted;
use crate::columns::{TableOf, mapping_of};
use crate::contract::Command;
use crate::doubts::doubts;
use crate::{ColumnSeen, Context, Failure};
use exchange::{Bank, Collected, MapField, Preview};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use ts_rs::TS;

/// Shows what a file of responses or scenarios is, its columns, and what is read of it.
#[derive(Debug, Deserialize, TS)]
pub struct PreviewTexts {
    /// The file, or a folder of scenarios.
    pub file: String,
    /// What it holds.
    pub holds: TableOf,
    /// What is said of its columns, as `FIELD=COLUMN` or `FIELD=:CONSTANT`; by default, what is suggested.
    #[serde(default)]
    #[ts(optional)]
    pub map: Option<Vec<String>>,
}

/// What a file of responses or scenarios is.
#[derive(Debug, Serialize, TS)]
pub struct TextsPreview {
    /// What it is, such as a table separated by semicolons.
    pub kind: String,
    /// Its columns or fields, where those who made it named them.
    pub columns: Vec<ColumnSeen>,
    /// Our fields that columns may hold. Empty where the file says itself what is what.
    pub fields: Vec<FieldSeen>,
    /// Our fields, each with the column that seems to hold it.
    pub suggested: BTreeMap<String, String>,
    /// What is read of it; nothing where it cannot be.
    #[ts(optional)]
    pub found: Option<TextsFound>,
    /// Why it cannot.
    #[ts(optional)]
    pub wrong: Option<String>,
}

/// A field of ours.
#[derive(Debug, Serialize, TS)]
pub struct FieldSeen {
    /// Its name.
    pub name: String,
    /// Whether a file without it is of no use.
    pub required: bool,
    /// Whether several columns may hold it together.
    pub several: bool,
    /// Whether it may be the same in every row.
    pub constant: bool,
}

/// What is read of a file of responses or scenarios.
#[derive(Debug, Serialize, TS)]
pub struct TextsFound {
    /// How many responses or scenarios.
    pub count: u32,
    /// To how many scenarios the responses are; of scenarios the same as `count`.
    pub scenarios: u32,
    /// Responses by model, or scenarios by category.
    pub groups: Vec<Counted>,
    /// What is wrong with single ones, each kind once.
    pub problems: Vec<String>,
    /// What was left out, and what to know of how the file was read.
    pub notes: Vec<String>,
}

impl Command for PreviewTexts {
    const NAME: &'static str = "preview_texts";
    type Reply = TextsPreview;

    fn run(self, _context: &mut Context) -> Result<TextsPreview, Failure> {
        let file = Path::new(&self.file);
        let preview = match self.holds {
            TableOf::Scenarios => exchange::preview_scenarios(file)?,
            TableOf::Responses => exchange::preview_responses(file)?,
            TableOf::Grades => return Err(Failure::misused("preview_texts: grades are no texts")),
        };
        let mapping = match &self.map {
            Some(map) => mapping_of(map, self.holds)?,
            None => preview.mapping(),
        };
        let found = match self.holds {
            TableOf::Scenarios => exchange::read_scenarios(file, &mapping).map(of_scenarios),
            _ => exchange::collect_responses(file, &mapping)
                .map(|found| of_responses(&self.file, found)),
        };
        let (found, wrong) = match found {
            Ok(found) => (Some(found), None),
            Err(why) => (None, Some(why.to_string())),
        };
        let Preview { kind, columns, fields, suggested, .. } = preview;
        Ok(TextsPreview {
            kind,
            columns: columns.into_iter().map(ColumnSeen::from).collect(),
            fields: fields.into_iter().map(FieldSeen::from).collect(),
            suggested: suggested
                .into_iter()
                .map(|(field, column)| (field.into(), column))
                .collect(),
            found,
            wrong,
        })
    }
}

fn of_responses(file: &str, collected: Collected) -> TextsFound {
    let Collected { responses, places, unit, problems, mut notes, .. } = collected;
    notes.extend(doubts(file, unit, &responses, &places, &[]));
    let scenarios: BTreeSet<&str> =
        responses.iter().map(|response| response.origin.scenario_id.as_str()).collect();
    let models = responses.iter().map(|response| response.origin.model_id.as_str());
    TextsFound {
        count: responses.len() as u32,
        scenarios: scenarios.len() as u32,
        groups: Counted::each(models),
        problems: exchange::tell_kinds(&problems),
        notes,
    }
}

fn of_scenarios(bank: Bank) -> TextsFound {
    let Bank { scenarios, skipped, mut notes } = bank;
    notes.extend(
        skipped
            .into_iter()
            .map(|skipped| format!("{}: {}", skipped.file.display(), skipped.reason)),
    );
    TextsFound {
        count: scenarios.len() as u32,
        scenarios: scenarios.len() as u32,
        groups: Counted::each(scenarios.iter().map(|scenario| scenario.category.as_str())),
        problems: Vec::new(),
        notes,
    }
}

impl From<MapField> for FieldSeen {
    fn from(field: MapField) -> Self {
        let MapField { name, required, several, constant, .. } = field;
        Self { name: name.into(), required, several, constant }
    }
}

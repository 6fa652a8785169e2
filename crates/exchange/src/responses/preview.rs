//! A look into a file of responses, to say which column is which.

use super::columns::{Columns, OPTIONAL_COLUMNS, REQUIRED_COLUMNS, suggest};
use super::layout::Layout;
use super::{NOUN, gather, open};
use crate::Error;
use crate::door::{Content, Records, Table};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::Path;

/// How many rows are shown.
const SHOWN: usize = 5;

/// What a file of responses is, and how it begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// What it is: a table, an Inspect log.
    pub kind: String,
    /// What to know of how it was read.
    pub notes: Vec<String>,
    /// How many rows, records or responses it has.
    pub count: usize,
    /// The names of its columns or fields, where those who made it named them.
    pub columns: Vec<String>,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
    /// Our fields, each with the column that seems to hold it.
    pub suggested: BTreeMap<String, String>,
    /// Our fields that must have a column, or be the same in all responses. Empty where the file says itself
    /// what is what.
    pub required: Vec<String>,
    /// Our fields that may have one.
    pub optional: Vec<String>,
}

/// Looks into `file`.
pub fn preview_responses(file: &Path) -> Result<Preview, Error> {
    let opened = open(file)?;
    let layout = Layout::of(&opened, &Columns::new(file, &BTreeMap::new())?)?;
    if !layout.has_columns() {
        return of_layout(file);
    }
    let mut preview = match opened.content {
        Content::Table(table) => of_table(&opened.file, &table)?,
        Content::Records(records) => of_records(&opened.file, &records)?,
        Content::Document(text) => of_records(&opened.file, &Records::of_one(text))?,
        Content::Archive(_) => Preview::default(),
    };
    if preview.kind.is_empty() {
        preview.kind = layout.name().to_owned();
    }
    preview.notes = opened.notes;
    let is_ours = |name: &&str| preview.columns.iter().any(|column| column == name);
    if layout != Layout::Table && REQUIRED_COLUMNS.iter().all(is_ours) {
        return Ok(preview);
    }
    preview.suggested = suggest(&preview.columns);
    preview.required = REQUIRED_COLUMNS.map(String::from).to_vec();
    preview.optional = OPTIONAL_COLUMNS.map(String::from).to_vec();
    Ok(preview)
}

/// Of a layout that says itself what is what. Only a model's name may be missing.
fn of_layout(file: &Path) -> Result<Preview, Error> {
    let gathered = gather(file, &BTreeMap::new())?;
    let kind = gathered.layout.name().to_owned();
    let required = if gathered.lacks_model() { vec!["model_id".to_owned()] } else { Vec::new() };
    let collected = gathered.collected();
    let count = collected.responses.len() + collected.problems.len();
    Ok(Preview { kind, notes: collected.notes, count, required, ..Preview::default() })
}

fn of_table(file: &Path, table: &Table) -> Result<Preview, Error> {
    let kind = match table.dialect() {
        Some(dialect) => format!("a table {}", dialect.name()),
        None => "a sheet of a workbook".to_owned(),
    };
    let columns = table.header().to_vec();
    let mut preview = Preview { kind, columns, ..Preview::default() };
    table.each(file, |row| {
        if preview.count < SHOWN {
            let cells = (0..table.header().len()).map(|column| row.written(column).to_owned());
            preview.rows.push(cells.collect());
        }
        preview.count += 1;
        Ok(())
    })?;
    Ok(preview)
}

fn of_records(file: &Path, records: &Records) -> Result<Preview, Error> {
    let columns = records.fields(file, NOUN)?;
    let texts = records.texts(file, NOUN)?;
    let cell = |value: Option<&Value>| match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in texts.iter().take(SHOWN) {
        let record: Map<String, Value> = records.parse(file, NOUN, *record)?;
        rows.push(columns.iter().map(|name| cell(record.get(name))).collect());
    }
    Ok(Preview { count: texts.len(), rows, columns, ..Preview::default() })
}

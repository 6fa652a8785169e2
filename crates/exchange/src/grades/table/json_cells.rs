//! Columns whose cells are JSON objects, as automated judges answer and people paste: a column for each field.

use crate::Error;
use crate::door::Table;
use crate::grades::json::cell;
use crate::problems::{count, first_few, name_places};
use csv::StringRecord;
use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};
use std::path::Path;

/// Rows by which it is told what a column holds.
const LOOKED_AT: usize = 50;

/// Objects with more fields are no grades.
const MOST_FIELDS: usize = 100;

/// A column of objects.
struct Spread {
    column: usize,
    fields: IndexSet<String>,
    /// Rows whose cell is filled and no object.
    others: Vec<usize>,
}

/// The same table, in which columns of JSON objects are a column for each of their fields, called `column_field`.
/// `notes` says which, and which cells are left out.
pub(crate) fn spread(file: &Path, table: Table, notes: &mut Vec<String>) -> Result<Table, Error> {
    let mut columns = columns_of_objects(file, &table)?;
    if columns.is_empty() {
        return Ok(table);
    }
    table.each(file, |row| {
        for spread in &mut columns {
            match object(row.cell(spread.column)) {
                Some(object) => spread.fields.extend(object.into_keys()),
                None if row.cell(spread.column).is_empty() => {}
                None => spread.others.push(row.line),
            }
        }
        Ok(())
    })?;
    columns.retain(|spread| spread.fields.len() <= MOST_FIELDS);
    if columns.is_empty() {
        return Ok(table);
    }
    let of = |at: usize| columns.iter().find(|spread| spread.column == at);
    let header = table.header().iter().enumerate().flat_map(|(at, name)| match of(at) {
        Some(spread) => spread.fields.iter().map(|field| format!("{name}_{field}")).collect(),
        None => vec![name.clone()],
    });
    let header: Vec<String> = header.collect();
    let mut rows = Vec::new();
    table.each(file, |row| {
        let mut cells = StringRecord::new();
        for at in 0..table.header().len() {
            let Some(spread) = of(at) else {
                cells.push_field(&row.value(row.written(at)));
                continue;
            };
            let object = object(row.cell(at)).unwrap_or_default();
            for field in &spread.fields {
                cells.push_field(object.get(field).map_or("", String::as_str));
            }
        }
        rows.push((row.line, cells));
        Ok(())
    })?;
    let name = |spread: &Spread| table.header()[spread.column].clone();
    let names: Vec<String> = columns.iter().map(name).collect();
    notes.push(format!(
        "{}: cells of {} hold JSON, of which each field was read as a column.",
        file.display(),
        first_few(&names)
    ));
    for spread in columns.iter().filter(|spread| !spread.others.is_empty()) {
        notes.push(format!(
            "{}, {}: {} holds no JSON object, and was left out: {}.",
            file.display(),
            name_places(table.unit(), &spread.others),
            name(spread),
            count(spread.others.len(), "cell")
        ));
    }
    let unit = table.unit();
    Ok(Table::of_rows(header, rows).counted_in(unit).numbered_by(table.items()))
}

/// The columns of which most cells in the first rows are objects.
fn columns_of_objects(file: &Path, table: &Table) -> Result<Vec<Spread>, Error> {
    let mut filled = vec![(0, 0); table.header().len()];
    for row in table.head(file, LOOKED_AT)? {
        for (cell, (all, objects)) in row.iter().zip(&mut filled) {
            *all += usize::from(!cell.trim().is_empty());
            *objects += usize::from(object(cell).is_some());
        }
    }
    let spread = |(column, (all, objects)): (usize, (usize, usize))| {
        let of_objects = objects > 0 && 2 * objects > all;
        of_objects.then(|| Spread { column, fields: IndexSet::new(), others: Vec::new() })
    };
    Ok(filled.into_iter().enumerate().filter_map(spread).collect())
}

/// The fields of the object that `text` is, each as a cell would hold it; lists and objects are left out. A model may have
/// put it between fences, and a program may have written it as Python does.
fn object(text: &str) -> Option<IndexMap<String, String>> {
    let text = text.trim();
    let text = match text.strip_prefix("```") {
        Some(fenced) => fenced.strip_prefix("json").unwrap_or(fenced).trim_end_matches('`').trim(),
        None => text,
    };
    let read = |text: &str| serde_json::from_str::<Map<String, Value>>(text).ok();
    let as_python = || read(&text.replace('\'', "\"")).filter(|_| !text.contains('"'));
    let object =
        Some(text).filter(|text| text.starts_with('{')).and_then(read).or_else(as_python)?;
    let fields: IndexMap<String, String> = object
        .iter()
        .filter_map(|(name, value)| Some((name.trim().to_owned(), cell(value)?)))
        .collect();
    (!fields.is_empty()).then_some(fields)
}

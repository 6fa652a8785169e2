//! Records without anything nested: rows of a table, which then has any of the layouts of tables.

use super::written;
use crate::Error;
use crate::door::{Records, Table};
use crate::problems::joined;
use csv::StringRecord;
use indexmap::IndexSet;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};
use std::path::Path;

/// The table whose columns are the fields of `records`, in the order in which they first occur. Fields
/// that hold lists or objects are no columns; `notes` says which.
pub(crate) fn table(
    file: &Path,
    records: &Records,
    noun: &str,
    notes: &mut Vec<String>,
) -> Result<Table, Error> {
    let mut header: Vec<String> = Vec::new();
    let mut columns: FxHashMap<String, usize> = FxHashMap::default();
    let mut nested: IndexSet<String> = IndexSet::new();
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    records.each(file, noun, |number, fields: Map<String, Value>| {
        let mut row = vec![String::new(); header.len()];
        for (name, value) in fields {
            let Some(cell) = cell(&value) else {
                nested.insert(name);
                continue;
            };
            let column = *columns.entry(name).or_insert_with_key(|name| {
                header.push(name.clone());
                header.len() - 1
            });
            row.resize(header.len(), String::new());
            row[column] = cell;
        }
        rows.push((number, row));
        Ok(())
    })?;
    if !nested.is_empty() {
        let names = joined(&nested.into_iter().collect::<Vec<_>>());
        notes.push(format!("{}: lists and objects were left out: {names}.", file.display()));
    }
    let rows = rows.into_iter().map(|(number, mut row)| {
        row.resize(header.len(), String::new());
        (number, StringRecord::from(row))
    });
    let rows = rows.collect();
    Ok(Table::of_rows(header, rows).counted_in(records.unit()))
}

/// A cell: null is an empty one, as in other tables.
pub(crate) fn cell(value: &Value) -> Option<String> {
    if value.is_null() { Some(String::new()) } else { written(value) }
}

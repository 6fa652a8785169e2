//! What somebody said that a table holds, whatever its columns are called.

use super::table::Row;
use rustc_hash::FxHashMap;

/// What was said, by field.
#[derive(Default)]
pub(crate) struct Said {
    columns: FxHashMap<String, usize>,
    constants: FxHashMap<String, String>,
    /// Fields that no column holds, not even one of their name.
    none: Vec<String>,
    /// Whether anything was.
    any: bool,
    joined: Option<Joined>,
}

/// What together names an item.
struct Joined {
    parts: Vec<Part>,
    name: fn(&[&str]) -> String,
}

/// A part of a name.
pub(crate) enum Part {
    /// What is in this column.
    Column(usize),
    /// The same in every row.
    Text(String),
}

impl Said {
    /// Notes that something was said.
    pub(crate) fn begin(&mut self) {
        self.any = true;
    }

    /// Whether anything was said.
    pub(crate) fn is_any(&self) -> bool {
        self.any
    }

    /// From now on takes `column` for the one that holds `field`.
    pub(crate) fn hold(&mut self, field: &str, column: usize) {
        self.columns.insert(field.to_owned(), column);
    }

    /// From now on takes every row to have `text` in `field`.
    pub(crate) fn set(&mut self, field: &str, text: &str) {
        self.constants.insert(field.to_owned(), text.to_owned());
    }

    /// From now on no column holds `field`.
    pub(crate) fn exclude(&mut self, field: &str) {
        self.none.push(field.to_owned());
    }

    /// Whether no column is to hold `field`.
    pub(crate) fn excludes(&self, field: &str) -> bool {
        self.none.iter().any(|none| none == field) || self.constants.contains_key(field)
    }

    /// The field that `column` was said to hold.
    pub(crate) fn field_of(&self, column: usize) -> Option<&str> {
        let mut held = self.columns.iter().filter(|(_, held)| **held == column);
        held.next().map(|(field, _)| field.as_str())
    }

    /// The column that was said to hold `field`.
    pub(crate) fn column(&self, field: &str) -> Option<usize> {
        self.columns.get(field).copied()
    }

    /// Whether some field is said to be in `column`.
    pub(super) fn gives(&self, column: usize) -> bool {
        self.columns.values().any(|said| *said == column)
    }

    /// What every row was said to have in `field`.
    pub(crate) fn constant(&self, field: &str) -> Option<&str> {
        self.constants.get(field).map(String::as_str)
    }

    /// From now on there is a column behind the others, of what `name` makes of these parts.
    pub(crate) fn join(&mut self, parts: Vec<Part>, name: fn(&[&str]) -> String) {
        self.joined = Some(Joined { parts, name });
    }

    /// The columns of which it is made, if there is one.
    pub(super) fn joined(&self) -> Option<Vec<usize>> {
        let columns = self.joined.as_ref()?.parts.iter().filter_map(|part| match part {
            Part::Column(column) => Some(*column),
            Part::Text(_) => None,
        });
        Some(columns.collect())
    }

    /// What the column behind the others has in `row`.
    pub(super) fn name(&self, row: &Row<'_>) -> Option<String> {
        let Joined { parts, name } = self.joined.as_ref()?;
        let text = |part: &'_ Part| match part {
            Part::Column(column) => row.cell(*column).to_owned(),
            Part::Text(text) => text.clone(),
        };
        let texts: Vec<String> = parts.iter().map(text).collect();
        Some(name(&texts.iter().map(String::as_str).collect::<Vec<_>>()))
    }
}

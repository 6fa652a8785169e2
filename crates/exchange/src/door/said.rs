//! What somebody said that a table holds, whatever its columns are called.

use super::table::Row;
use rustc_hash::FxHashMap;

/// What was said, by field.
#[derive(Default)]
pub(crate) struct Said {
    columns: FxHashMap<String, usize>,
    constants: FxHashMap<String, String>,
    /// Whether anything was.
    any: bool,
    joined: Option<Joined>,
}

/// Columns that together name an item.
struct Joined {
    columns: Vec<usize>,
    name: fn(&[&str]) -> String,
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

    /// From now on there is a column behind the others, of what `name` makes of the cells in `columns`.
    pub(crate) fn join(&mut self, columns: Vec<usize>, name: fn(&[&str]) -> String) {
        self.joined = Some(Joined { columns, name });
    }

    pub(super) fn joined(&self) -> Option<&[usize]> {
        self.joined.as_ref().map(|joined| &*joined.columns)
    }

    /// What the column behind the others has in `row`.
    pub(super) fn name(&self, row: &Row<'_>) -> Option<String> {
        let Joined { columns, name } = self.joined.as_ref()?;
        let parts: Vec<&str> = columns.iter().map(|column| row.cell(*column)).collect();
        Some(name(&parts))
    }
}

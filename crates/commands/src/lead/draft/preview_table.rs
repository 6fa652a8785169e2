//! A look into a file of responses, to say which column is which.

use crate::contract::Command;
use crate::{Context, Failure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use ts_rs::TS;

/// Shows what a file of responses is, and its first rows.
#[derive(Debug, Deserialize, TS)]
pub struct PreviewTable {
    /// The file.
    pub file: String,
}

/// What a file of responses is, and how it begins.
#[derive(Debug, Serialize, TS)]
pub struct TablePreview {
    /// What it is, such as a table separated by semicolons.
    pub kind: String,
    /// What to know of how it was read.
    pub notes: Vec<String>,
    /// How many rows, records or responses it has.
    pub count: u32,
    /// The names of its columns or fields, where those who made it named them.
    pub columns: Vec<String>,
    /// The first rows, one cell per column.
    pub rows: Vec<Vec<String>>,
    /// Our fields, each with the column that seems to hold it.
    pub suggested: BTreeMap<String, String>,
    /// Our fields that must have a column, or be the same in all responses.
    pub required: Vec<String>,
    /// Our fields that may have one.
    pub optional: Vec<String>,
}

impl Command for PreviewTable {
    const NAME: &'static str = "preview_table";
    type Reply = TablePreview;

    fn run(self, _context: &mut Context) -> Result<TablePreview, Failure> {
        let preview = exchange::preview_responses(Path::new(&self.file))?;
        Ok(TablePreview {
            kind: preview.kind,
            notes: preview.notes,
            count: preview.count as u32,
            columns: preview.columns,
            rows: preview.rows,
            suggested: preview.suggested,
            required: preview.required,
            optional: preview.optional,
        })
    }
}

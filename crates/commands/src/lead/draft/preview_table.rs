//! A look into a CSV of responses, to say which column is which.

use crate::contract::Command;
use crate::{Context, Failure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use ts_rs::TS;

/// Shows the first rows of a CSV of responses.
#[derive(Debug, Deserialize, TS)]
pub struct PreviewTable {
    /// The file.
    pub file: String,
}

/// The beginning of a table.
#[derive(Debug, Serialize, TS)]
pub struct TablePreview {
    /// The columns' names.
    pub columns: Vec<String>,
    /// The first rows, one cell per column.
    pub rows: Vec<Vec<String>>,
    /// Our fields, each with the column that seems to hold it.
    pub suggested: BTreeMap<String, String>,
    /// Our fields that must have a column.
    pub required: Vec<String>,
    /// Our fields that may have one.
    pub optional: Vec<String>,
}

impl Command for PreviewTable {
    const NAME: &'static str = "preview_table";
    type Reply = TablePreview;

    fn run(self, _context: &mut Context) -> Result<TablePreview, Failure> {
        let preview = exchange::preview_table(Path::new(&self.file))?;
        Ok(TablePreview {
            columns: preview.columns,
            rows: preview.rows,
            suggested: preview.suggested,
            required: exchange::REQUIRED_COLUMNS.map(String::from).to_vec(),
            optional: exchange::OPTIONAL_COLUMNS.map(String::from).to_vec(),
        })
    }
}

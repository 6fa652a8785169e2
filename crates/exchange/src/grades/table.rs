//! Layouts of tables.

pub(super) mod mapped;
pub(crate) mod tidy;

use crate::Error;
use crate::door::{Table, line};
use std::path::Path;

/// What is said of a table in no known layout.
pub(super) fn unknown(file: &Path, table: &Table, expected: &str) -> Error {
    let found = format!("the columns {}", table.header().join(", "));
    Error::field(file, line(1), "the header", found, expected)
}

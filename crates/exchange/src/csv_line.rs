//! What is said of a CSV record that has something wrong.

use crate::{Error, Spot, count};
use std::path::Path;

/// A CSV error on a line of `file`.
pub(crate) fn csv_error_on(file: &Path, line: Option<usize>, error: &csv::Error) -> Error {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            unequal_cells(file, line, *expected_len as usize, *len as usize)
        }
        _ => Error::inconsistent(file, error),
    }
}

/// A row with more or fewer cells than the header.
pub(crate) fn unequal_cells(
    file: &Path,
    line: Option<usize>,
    expected: usize,
    found: usize,
) -> Error {
    let line = line.map_or(Spot::Whole, Spot::Line);
    let expected = format!("{expected}, as in the header");
    Error::field(file, line, "the row", count(found, "cell"), expected)
}

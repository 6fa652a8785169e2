//! The line of a CSV record, for messages. The csv crate places a record before what it skips on the
//! way: the line feed after a carriage return, and blank lines
//! (<https://github.com/BurntSushi/rust-csv/issues/395>, <https://github.com/BurntSushi/rust-csv/issues/208>).

use crate::{Error, Spot, count};
use csv::Position;
use std::path::Path;

/// The line of `text`, from 1, on which the record at `position` begins; 0 if it has none.
pub(crate) fn line_of(text: &str, position: Option<&Position>) -> usize {
    let Some(position) = position else { return 0 };
    let rest = usize::try_from(position.byte()).ok().and_then(|byte| text.as_bytes().get(byte..));
    let skipped = rest.unwrap_or_default().iter().take_while(|byte| b"\r\n".contains(byte));
    position.line() as usize + skipped.filter(|byte| **byte == b'\n').count()
}

/// A CSV error in `text`, the content of `file`.
pub(crate) fn csv_error(file: &Path, text: &str, error: &csv::Error) -> Error {
    csv_error_on(file, error.position().map(|at| line_of(text, Some(at))), error)
}

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

//! The one list of layouts in which grades are read: how each is recognised, and who reads it.

use super::{Grades, table};
use crate::Error;
use crate::Mapping;
use crate::door::{Content, Opened};

/// How a file of grades is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A table whose columns the person has named.
    Mapped,
    /// A table with a row for each grade: rater, item, axis, value.
    Tidy,
}

impl Layout {
    /// What a message calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mapped => "a table whose columns you named",
            Self::Tidy => "a tidy table: one row per grade",
        }
    }
}

/// What a file of grades may be, for messages.
const EXPECTED: &str = "a table with the columns rater, item, axis, value";

/// Reads the grades in `opened`, a table by `mapping` where that says anything.
pub(crate) fn read_grades(opened: Opened, mapping: &Mapping) -> Result<Grades, Error> {
    let Opened { file, content, notes } = opened;
    let file = &file;
    let mut grades = match &content {
        Content::Table(rows) if mapping.fits(rows) => table::mapped::read(file, rows, mapping)?,
        Content::Table(rows) if table::tidy::is(rows) => table::tidy::read(file, rows)?,
        Content::Table(rows) if !mapping.is_empty() => table::mapped::read(file, rows, mapping)?,
        Content::Table(rows) => return Err(table::unknown(file, rows, EXPECTED)),
        Content::Document(_) | Content::Records(_) | Content::Archive(_) => {
            return Err(Error::field(
                file,
                "",
                "layout",
                "JSON that is none of the layouts known here",
                EXPECTED,
            ));
        }
    };
    notes.into_iter().for_each(|note| grades.note(note));
    if grades.is_empty() {
        return Err(Error::Empty { file: file.clone(), expected: EXPECTED.into() });
    }
    Ok(grades)
}

//! The one list of layouts in which grades are read: how each is recognised, and who reads it.

use super::json::{argilla, argilla_1, flat, health_bench, inspect, label_studio, unknown};
use super::{Grades, table};
use crate::door::{Content, Opened, Records, Table, no_numbers_as_text};
use crate::problems::joined;
use crate::{Error, Mapping};
use std::path::Path;

/// How a file of grades is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A table whose columns the person has named.
    Mapped,
    /// A table with a row for each grade: rater, item, axis, value.
    Tidy,
    /// Label Studio's export of tasks or of annotations.
    LabelStudio,
    /// Argilla's records.
    Argilla,
    /// Inspect's log of a run.
    Inspect,
    /// HealthBench's meta evaluation.
    HealthBench,
    /// A table with a row for each item and rater, and a column for each axis.
    Axes,
    /// A table with a row for each item, and a column for each rater and axis.
    Crossed,
    /// A table with a row for each item, and a column for each rater.
    Wide,
    /// A table with a row for each item, which has no name, and a column for each rater.
    Patterns,
    /// The same with how many items each row is.
    Counted,
    /// Records exported from REDCap.
    RedCap,
    /// Responses to a form of Google Forms.
    Forms,
}

impl Layout {
    /// What a message calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mapped => "a table whose columns you named",
            Self::Tidy => "a tidy table: one row per grade",
            Self::LabelStudio => "an export of Label Studio",
            Self::Argilla => "records of Argilla",
            Self::Inspect => "an Inspect log",
            Self::HealthBench => "HealthBench's meta evaluation",
            Self::Axes => "a table with a column per axis",
            Self::Crossed => "a table with a column per rater and axis",
            Self::Wide => "a table with a column per rater",
            Self::Patterns => "a table with a column per rater, without names of items",
            Self::Counted => "counts of items, with a column per rater",
            Self::RedCap => "an export from REDCap",
            Self::Forms => "responses to a Google form",
        }
    }
}

/// What a file of grades may be, for messages.
const EXPECTED: &str = "a table with the columns rater, item, axis and value, or with a column of items and one \
                        for each rater or axis";

/// What JSON with grades may be, for messages.
const EXPECTED_JSON: &str = "a list of objects, or one object per line, with the fields rater, item, axis and \
     value; scores with scenario_id, model_id, rep_id and \
     omission_harm or commission_harm; an export of Label Studio or Argilla; an Inspect log; \
     or HealthBench's meta evaluation";

/// Reads the grades in `opened`, those of a table by `mapping` where that says anything.
pub(crate) fn read_grades(opened: Opened, mapping: &Mapping) -> Result<Grades, Error> {
    opened.refuse_ours(EXPECTED)?;
    let Opened { file, content, mut notes } = opened;
    let file = &file;
    let mut grades = match content {
        Content::Table(rows) => {
            let (rows, read) = table::read_beside_json(file, rows, mapping, &mut notes)?;
            match read {
                _ if !rows.has_rows(file)? => return Err(no_row(file, &rows)),
                Some(mut grades) => {
                    grades.leave_out_totals();
                    grades.faults = rows.faults();
                    grades
                }
                None => return Err(table::unknown(file, &rows, EXPECTED)),
            }
        }
        Content::Archive(mut archive) => inspect::read_archive(file, &mut archive)?,
        Content::Document(text) => {
            let text = no_numbers_as_text(text);
            match inspect::is(&text) {
                true => inspect::read(file, &text)?,
                false => read_records(file, Records::of_one(text), mapping, &mut notes)?,
            }
        }
        Content::Records(records) => {
            read_records(file, records.with_no_numbers(), mapping, &mut notes)?
        }
    };
    if !grades.is_mapped() {
        mapping.refuse(file)?;
    }
    notes.into_iter().for_each(|note| grades.note(note));
    grades.check_designs()?;
    if grades.is_empty() {
        return Err(none_given(file, &grades));
    }
    Ok(grades)
}

/// What is said of the names of columns with nothing below them.
fn no_row(file: &Path, rows: &Table) -> Error {
    let found = format!("the columns {} and no row below them", rows.names());
    Error::field(file, "", "the whole", found, "a row for each grade or item")
}

/// What is said of a file without a grade: what was left out may be the reason.
fn none_given(file: &Path, grades: &Grades) -> Error {
    let before = format!("{}: ", file.display());
    let alone = |note: &'_ String| {
        note.strip_prefix(&before).unwrap_or(note).trim_end_matches('.').to_owned()
    };
    let said: Vec<String> = grades.notes().iter().map(alone).collect();
    let found = match said.as_slice() {
        [] => "no grade".to_owned(),
        notes => format!("no grade ({})", notes.join("; ")),
    };
    Error::field(file, "", "the whole", found, "at least one grade that counts")
}

/// Reads JSON records. Those in no layout of their own are the rows of a table.
fn read_records(
    file: &Path,
    records: Records,
    mapping: &Mapping,
    notes: &mut Vec<String>,
) -> Result<Grades, Error> {
    let head = &records.head(file, EXPECTED_JSON)?;
    let mut grades = match &records {
        all if label_studio::is(head) => label_studio::read(file, all)?,
        all if label_studio::is_min(head) => label_studio::read_min(file, all)?,
        all if argilla::is(head) => argilla::read(file, all)?,
        all if argilla_1::is(head) => argilla_1::read(file, all)?,
        all if health_bench::is(head) => health_bench::read(file, all)?,
        all => {
            let rows = flat::table(file, all, EXPECTED_JSON, notes)?;
            let (rows, read) = table::read_beside_json(file, rows, mapping, notes)?;
            return read.ok_or_else(|| match all.are_rows() {
                true => table::unknown(file, &rows, EXPECTED),
                false => unknown(file, head, EXPECTED_JSON),
            });
        }
    };
    let texts = grades.take_out_texts();
    if !texts.is_empty() {
        grades.note(format!("{}: texts were left out: {}.", file.display(), joined(&texts)));
    }
    Ok(grades)
}

//! A rater's spreadsheet: a tidy table of grades for the items of one packet. What is wrong with single
//! cells is listed, so that it can be fixed in one go.

use crate::Error;
use crate::csv_line::{csv_error, line_of};
use crate::file::{COLLECTED, read_text};
use crate::responses::place;
use crate::score_source::{is_blank, whole_number};
use crate::tidy_csv::columns;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use study::{Axis, Grade, ItemId, Packet, Rubric};

/// What a table says of a packet's items.
#[derive(Debug, Default)]
pub struct GradeTable {
    /// The grades that can be used, by item and axis.
    pub grades: BTreeMap<(ItemId, String), Grade>,
    /// Cells without a grade.
    pub blank: u32,
    /// What is wrong with the other cells, in the order of the file.
    pub problems: Vec<Error>,
}

/// Reads the grades that `rater`, or the only one, gave to the items of `packet`. A cell that the table
/// fills twice, with different grades, has none.
pub fn collect_grades(
    file: &Path,
    packet: &Packet,
    rater: Option<&str>,
) -> Result<GradeTable, Error> {
    let expected = "a table with the columns rater, item, axis, value";
    let text = read_text(file, COLLECTED, expected)?;
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::Headers).from_reader(text.as_bytes());
    let failed = |error: csv::Error| csv_error(file, &text, &error);
    let columns = columns(file, reader.headers().map_err(failed)?)?;
    let mut rows = Vec::new();
    for record in reader.records() {
        rows.push(record.map_err(failed).map(|record| {
            let line = line_of(&text, record.position());
            (line, columns.map(|column| record[column].trim().to_owned()))
        }));
    }
    if rows.is_empty() {
        return Err(Error::Empty { file: file.to_owned(), expected: expected.into() });
    }
    let names = rows.iter().flatten().map(|(_, [rater, ..])| rater.as_str());
    let rater = one_of(file, names.filter(|name| !name.is_empty()).collect(), rater)?.to_owned();
    let mut cells = Cells {
        file,
        rubric: &packet.rubric,
        items: packet.items.iter().map(|item| &item.id).collect(),
        lines: BTreeMap::new(),
        found: GradeTable::default(),
    };
    for row in rows {
        let added = row.and_then(|(line, [by, item, axis, value])| match by.as_str() {
            "" => Err(Error::field(file, place(line), "rater", "nothing", "a name")),
            by if by == rater => cells.add(line, item, &axis, &value),
            _ => Ok(()),
        });
        cells.found.problems.extend(added.err());
    }
    Ok(cells.found)
}

fn one_of<'a>(
    file: &Path,
    names: BTreeSet<&'a str>,
    wanted: Option<&'a str>,
) -> Result<&'a str, Error> {
    let list = names.iter().copied().collect::<Vec<_>>().join(", ");
    let refuse =
        |found: String, expected: String| Err(Error::field(file, "", "rater", found, expected));
    match (wanted, names.len()) {
        (Some(wanted), _) if names.contains(wanted) => Ok(wanted),
        (Some(wanted), _) => refuse(format!("no rater `{wanted}`"), format!("one of {list}")),
        (None, 1) => Ok(names.first().copied().unwrap_or_default()),
        (None, count) => {
            refuse(format!("{count} raters ({list})"), "one, or a choice of them".into())
        }
    }
}

struct Cells<'a> {
    file: &'a Path,
    rubric: &'a Rubric,
    items: BTreeSet<&'a ItemId>,
    /// The first line of each cell, with its grade.
    lines: BTreeMap<(ItemId, String), (usize, Grade)>,
    found: GradeTable,
}

impl Cells<'_> {
    fn add(&mut self, line: usize, item: String, axis: &str, value: &str) -> Result<(), Error> {
        let refuse = |field: &str, found: String, expected: String| {
            Err(Error::field(self.file, place(line), field, found, expected))
        };
        let item = ItemId::new(item);
        if !self.items.contains(&item) {
            return refuse("item", format!("`{item}`"), "an item of the packet".into());
        }
        let Some(known) = self.rubric.axis(axis) else {
            let axes: Vec<&str> = self.rubric.axes.iter().map(|axis| axis.id.as_str()).collect();
            return refuse("axis", format!("`{axis}`"), format!("one of {}", axes.join(", ")));
        };
        if is_blank(value) {
            self.found.blank += 1;
            return Ok(());
        }
        let Some(grade) = whole_number(value).filter(|grade| known.has(*grade)) else {
            return refuse("value", format!("`{value}`"), format!("one of {}", grades(known)));
        };
        let cell = (item, axis.to_owned());
        let (first, before) = *self.lines.entry(cell.clone()).or_insert((line, grade));
        if before != grade {
            self.found.grades.remove(&cell);
            let expected = format!("{before}, as on line {first}, or one of the two lines only");
            return refuse("value", format!("{grade} for {} on {axis}", cell.0), expected);
        }
        if first == line {
            self.found.grades.insert(cell, grade);
        }
        Ok(())
    }
}

fn grades(axis: &Axis) -> String {
    let grades: Vec<String> = axis.grades().iter().map(Grade::to_string).collect();
    grades.join(", ")
}

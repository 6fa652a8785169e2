//! Rows of cells under a header, from whatever held them.

use super::dialect::Dialect;
use super::header::{check_header, no_header};
use super::records::{Cells, Records};
use super::said::Said;
use super::source::Source;
use crate::csv_line::{csv_error_on, unequal_cells};
use crate::problems::{Problems, joined};
use crate::{Error, Spot};
use csv::StringRecord;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use study::Names;

/// A table. Its cells are read when they are asked for.
pub(crate) struct Table {
    header: Vec<String>,
    /// The first column of each name, as names are compared.
    columns: FxHashMap<String, usize>,
    rows: Rows,
    /// What a message calls a row: a line, an entry of a list.
    unit: &'static str,
    /// What is wrong with rows, where that does not end the reading.
    faults: Option<RefCell<Problems>>,
    /// A column in which a row has nothing, or else it is left out.
    empty: Option<usize>,
    /// How many rows were left out when they were read last.
    left_out: Cell<usize>,
    /// The items of files that were read before.
    items: Arc<Names>,
    said: Box<Said>,
}

enum Rows {
    /// Text from the header on, which begins at this byte.
    Text { text: Source, header: usize, dialect: Dialect },
    /// Cells that some library read, each row with its number in the file.
    Read(Vec<(usize, StringRecord)>),
}

/// A row of cells.
pub(crate) struct Row<'a> {
    /// Where it is in the file: the line of a text, the row of a sheet.
    pub(crate) line: usize,
    cells: Cells<'a>,
    decimal_commas: bool,
    /// The name in the column behind the others.
    joined: Option<(usize, String)>,
}

impl Row<'_> {
    /// The cell in a column, without blanks around it; nothing where the row is shorter.
    pub(crate) fn cell(&self, column: usize) -> &str {
        match &self.joined {
            Some((behind, name)) if *behind == column => name,
            _ => self.cells.get(column).map_or("", trimmed),
        }
    }

    /// The cell in a column as it is written; nothing where the row is shorter.
    pub(crate) fn written(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default()
    }

    /// A value as it is compared: `2,0` is `2.0` where commas are decimal signs.
    pub(crate) fn value<'v>(&self, text: &'v str) -> Cow<'v, str> {
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        match text.split_once(',').filter(|_| self.decimal_commas) {
            Some((whole, rest)) if is_number(whole.trim_start_matches('-')) && is_number(rest) => {
                format!("{whole}.{rest}").into()
            }
            _ => text.into(),
        }
    }
}

impl Table {
    /// The table that `text` writes out.
    pub(super) fn of_text(
        file: &Path,
        text: Source,
        notes: &mut Vec<String>,
    ) -> Result<Self, Error> {
        let (dialect, header) = Dialect::of(&text).map_err(Error::io(file))?;
        let from = || text.from(header).map_err(Error::io(file));
        let mut reader = reader(from()?, dialect);
        let failed = |error: csv::Error| csv_error_on(file, Some(1), &error);
        let names = reader.headers().map_err(failed)?.iter().map(|name| name.trim().to_owned());
        let mut names: Vec<String> = names.collect();
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        if dialect.separator != ',' {
            notes.push(format!("{}: the cells are {}.", file.display(), dialect.name()));
        }
        drop(reader);
        if let [only] = names.as_slice() {
            return Err(no_header(file, only, from()?).unwrap_or_else(Error::io(file)));
        }
        check_header(file, &names)?;
        if let Source::Held(text) = &text
            && ends_within_quotes(&text[header..], dialect)
        {
            let line = text.lines().count();
            return Err(Error::Truncated { file: file.to_owned(), line });
        }
        Ok(Self::new(names, Rows::Text { text, header, dialect }))
    }

    fn new(header: Vec<String>, rows: Rows) -> Self {
        let columns = columns(&header);
        Self {
            header,
            columns,
            rows,
            unit: "line",
            faults: None,
            empty: None,
            left_out: Cell::default(),
            items: Arc::default(),
            said: Box::default(),
        }
    }

    /// A table that some library has read.
    pub(crate) fn of_rows(header: Vec<String>, rows: Vec<(usize, StringRecord)>) -> Self {
        Self::new(header, Rows::Read(rows))
    }

    /// The same, whose rows a message calls `unit`.
    pub(crate) fn counted_in(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    /// The same, of which every row is read: what is wrong with some is kept.
    pub(crate) fn keeping_faults(self) -> Self {
        Self { faults: Some(RefCell::default()), ..self }
    }

    /// The same, whose items are numbered as in files that were read before.
    pub(crate) fn numbered_by(self, items: &Arc<Names>) -> Self {
        Self { items: Arc::clone(items), ..self }
    }

    /// The items of files that were read before.
    pub(crate) fn items(&self) -> &Arc<Names> {
        &self.items
    }

    /// From now on leaves out the rows that have something in the column of one of these names.
    pub(crate) fn leave_out_filled(&mut self, names: &[&str]) {
        self.empty = self.column(names);
    }

    /// How many rows were left out when they were read last.
    pub(crate) fn left_out(&self) -> usize {
        self.left_out.get()
    }

    /// What was wrong with rows when they were read last.
    pub(crate) fn faults(self) -> Problems {
        self.faults.map(RefCell::into_inner).unwrap_or_default()
    }

    /// What a message calls a row.
    pub(crate) fn unit(&self) -> &'static str {
        self.unit
    }

    /// Where the row of this number is.
    pub(crate) fn spot(&self, number: usize) -> Spot {
        Spot::called(self.unit, number)
    }

    /// The columns' names, without blanks around them.
    pub(crate) fn header(&self) -> &[String] {
        &self.header
    }

    /// How its text is written out, where it is text.
    pub(crate) fn dialect(&self) -> Option<Dialect> {
        match &self.rows {
            Rows::Text { dialect, .. } => Some(*dialect),
            Rows::Read(_) => None,
        }
    }

    /// The column that has one of these names, the first of them before the others. Capitals, blanks
    /// and underscores do not matter. Where somebody said which column holds the field of the first name, it is
    /// that one, and none that holds another field.
    pub(crate) fn column(&self, names: &[&str]) -> Option<usize> {
        if names.first().is_some_and(|field| self.said.excludes(field)) {
            return None;
        }
        let said = names.first().and_then(|field| self.said.column(field));
        let called = |name: &&str| self.named(name).filter(|column| !self.said.gives(*column));
        said.or_else(|| names.iter().find_map(called))
    }

    /// The column that is called `name`, whatever it holds.
    pub(crate) fn named(&self, name: &str) -> Option<usize> {
        self.columns.get(&plain(name)).copied()
    }

    /// What somebody said of it.
    pub(crate) fn said(&self) -> &Said {
        &self.said
    }

    /// The same, to say more.
    pub(crate) fn said_mut(&mut self) -> &mut Said {
        &mut self.said
    }

    /// The column behind the others, if there is one, and of which it is made.
    pub(crate) fn joined(&self) -> Option<(usize, Vec<usize>)> {
        Some((self.header.len(), self.said.joined()?))
    }

    /// The columns' names for a message: the first of many, and of long ones the beginning.
    pub(crate) fn names(&self) -> String {
        joined(&self.header)
    }

    /// Whether there is anything below the header.
    pub(crate) fn has_rows(&self, file: &Path) -> Result<bool, Error> {
        match &self.rows {
            Rows::Read(rows) => Ok(!rows.is_empty()),
            Rows::Text { text, header, dialect } => {
                let from = text.from(*header).map_err(Error::io(file))?;
                Ok(reader(from, *dialect).into_records().next().is_some())
            }
        }
    }

    /// The first rows, as they are written.
    pub(crate) fn head(&self, file: &Path, rows: usize) -> Result<Vec<StringRecord>, Error> {
        match &self.rows {
            Rows::Read(all) => Ok(all.iter().take(rows).map(|(_, row)| row.clone()).collect()),
            Rows::Text { text, header, dialect } => {
                let from = text.from(*header).map_err(Error::io(file))?;
                Ok(reader(from, *dialect).into_records().take(rows).map_while(Result::ok).collect())
            }
        }
    }

    /// The columns as a message finds them: a list in JSON may have none.
    pub(crate) fn found(&self) -> String {
        if self.header.is_empty() {
            return "no columns".into();
        }
        format!("the columns {}", self.names())
    }

    /// Hands every row that is not blank to `take`.
    pub(crate) fn each(
        &self,
        file: &Path,
        mut take: impl FnMut(Row<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if let Some(faults) = &self.faults {
            faults.take();
        }
        self.left_out.set(0);
        let mut strict = |line: usize, cells: Cells<'_>, decimal_commas: bool| {
            if cells.iter().all(|cell| trimmed(cell).is_empty()) {
                return Ok(());
            }
            let beyond = cells.iter().skip(self.header.len());
            if cells.len() < self.header.len() || beyond.into_iter().any(|cell| !cell.is_empty()) {
                return Err(unequal_cells(file, Some(line), self.header.len(), cells.len()));
            }
            let row = Row { line, cells, decimal_commas, joined: None };
            let joined = self.said.name(&row).map(|name| (self.header.len(), name));
            let row = Row { joined, ..row };
            if self.empty.is_some_and(|column| !row.cell(column).is_empty()) {
                self.left_out.update(|rows| rows + 1);
                return Ok(());
            }
            take(row)
        };
        let mut checked = |line: usize, cells: Cells<'_>, decimal_commas: bool| match (
            strict(line, cells, decimal_commas),
            &self.faults,
        ) {
            (Err(fault), Some(faults)) => {
                faults.borrow_mut().push(fault);
                Ok(())
            }
            (outcome, _) => outcome,
        };
        match &self.rows {
            Rows::Read(rows) => {
                let mut ranges = Vec::new();
                rows.iter()
                    .try_for_each(|(line, row)| checked(*line, Cells::of(row, &mut ranges), false))
            }
            Rows::Text { text, header, dialect } => {
                let from = text.from(*header).map_err(Error::io(file))?;
                let decimal_commas = dialect.has_decimal_commas();
                Records::of(file, *dialect)
                    .each(from, |line, cells| checked(line, cells, decimal_commas))
            }
        }
    }
}

fn columns(names: &[String]) -> FxHashMap<String, usize> {
    let mut columns = FxHashMap::default();
    for (at, name) in names.iter().enumerate() {
        columns.entry(plain(name)).or_insert(at);
    }
    columns
}

/// Whether the last cell of `text` is quoted and its quotation mark is missing: the csv crate takes the end of
/// the file for it.
fn ends_within_quotes(text: &str, dialect: Dialect) -> bool {
    // Cells that are closed, and inner quotation marks, have two each.
    if memchr::memchr_iter(b'"', text.as_bytes()).count().is_multiple_of(2) {
        return false;
    }
    const END: &str = "\n\u{1}";
    let text = format!("{text}{END}");
    let last = reader(text.as_bytes(), dialect).into_records().filter_map(Result::ok).last();
    last.is_some_and(|last| last.len() != 1 || last[0] != END[1..])
}

/// What is wrong with a cell, in its row.
pub(crate) fn line(line: usize) -> Spot {
    Spot::Line(line)
}

pub(super) fn reader<R: Read>(text: R, dialect: Dialect) -> csv::Reader<R> {
    csv::ReaderBuilder::new().delimiter(dialect.separator as u8).flexible(true).from_reader(text)
}

/// A cell without the blanks around it. Most have none, and end in plain letters and digits.
fn trimmed(cell: &str) -> &str {
    match cell.as_bytes() {
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => cell,
        _ => cell.trim(),
    }
}

/// A column's name as it is compared.
pub(crate) fn plain(name: &str) -> String {
    let matters = |c: &char| !matches!(c, ' ' | '_' | '-' | '\n' | '\r');
    name.chars().filter(matters).flat_map(char::to_lowercase).collect()
}

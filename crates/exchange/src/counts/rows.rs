//! CSV of pairs, counted while it is read: the memory it takes does not grow with the rows.
//!
//! Rows of counts come again and again. A line without a quotation mark is a record by itself, and one
//! that was read before is not split again. From the first quotation mark on, the csv crate reads.

use super::known::Known;
use super::tally::{Names, Row, Tally};
use super::{CountData, Counts, MOST_ITEMS, check_categories, check_sum, values};
use crate::csv_line::{csv_error_on, unequal_cells};
use crate::file::{COUNTED, open as open_file};
use crate::{Error, Spot};
use memchr::{memchr, memchr2};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Large enough that the file system, not the number of calls, sets the pace.
const BUFFER: u64 = 1 << 17;

/// The most levels that a scale may have; more are no categories but texts or numbers.
const CATEGORIES: usize = 1000;

/// Where the cells are in a row.
struct Columns {
    a: usize,
    b: usize,
    count: Option<usize>,
    cluster: Option<usize>,
    /// How many cells a row has.
    all: usize,
}

/// What is known of a file while it is read.
struct Reading<'a> {
    file: &'a Path,
    columns: Columns,
    declared: bool,
    categories: Names,
    clusters: Names,
    tally: Tally,
    known: Known,
    /// Lines that were read.
    lines: usize,
}

pub(super) fn read_rows(
    file: &Path,
    declared: Option<&[String]>,
    cluster: Option<&str>,
) -> Result<Counts, Error> {
    let mut open = BufReader::new(open_file(file, COUNTED).map_err(Error::io(file))?);
    let mut header = Vec::new();
    open.by_ref().take(BUFFER).read_until(b'\n', &mut header).map_err(Error::io(file))?;
    let behind = usize::from(header.ends_with(b"\r\n"));
    if content(&header).is_empty() || !header.ends_with(b"\n") || !is_record(&header) {
        let mut reader = csv_reader(header.chain(open));
        let mut reading = Reading::new(file, &mut reader, declared, cluster)?;
        reading.read_records(reader, behind)?;
        return reading.finish();
    }
    let mut reading = Reading::new(file, &mut csv_reader(&*header), declared, cluster)?;
    let mut block = Vec::new();
    loop {
        block.clear();
        open.by_ref().take(BUFFER).read_to_end(&mut block).map_err(Error::io(file))?;
        open.read_until(b'\n', &mut block).map_err(Error::io(file))?;
        if block.is_empty() {
            return reading.finish();
        }
        if let Some(quoted) = reading.read_lines(&block)? {
            // The header again: it says how many cells to expect.
            let behind = reading.lines - 1 + behind;
            reading.read_records(csv_reader(header.chain(&block[quoted..]).chain(open)), behind)?;
            return reading.finish();
        }
    }
}

impl Columns {
    fn of(file: &Path, headers: &csv::StringRecord, cluster: Option<&str>) -> Result<Self, Error> {
        let find = |name: &str| headers.iter().position(|header| header == name);
        let column = |name: &str| {
            find(name).ok_or_else(|| {
                let found =
                    format!("the columns {}", headers.iter().collect::<Vec<_>>().join(", "));
                Error::field(file, Spot::Line(1), name, found, "the columns a, b and count")
            })
        };
        Ok(Self {
            a: column("a")?,
            b: column("b")?,
            count: find("count"),
            cluster: cluster.map(column).transpose()?,
            all: headers.len(),
        })
    }
}

impl<'a> Reading<'a> {
    fn new(
        file: &'a Path,
        reader: &mut csv::Reader<impl Read>,
        declared: Option<&[String]>,
        cluster: Option<&str>,
    ) -> Result<Self, Error> {
        let headers = reader.headers().map_err(|error| csv_error_on(file, Some(1), &error))?;
        let columns = Columns::of(file, headers, cluster)?;
        let mut categories = Names::default();
        declared.unwrap_or_default().iter().for_each(|name| {
            categories.add(name.as_bytes());
        });
        let (tally, declared) = (Tally::new(categories.len()), declared.is_some());
        let (clusters, known) = (Names::default(), Known::new());
        Ok(Self { file, columns, declared, categories, clusters, tally, known, lines: 1 })
    }

    /// Counts whole lines, up to the first that the csv crate must read; where that begins.
    fn read_lines(&mut self, block: &[u8]) -> Result<Option<usize>, Error> {
        let mut start = 0;
        while start < block.len() {
            let rest = &block[start..];
            start += match self.known.count(rest) {
                Some(length) => length,
                None => {
                    let line = &rest[..memchr(b'\n', rest).map_or(rest.len(), |at| at + 1)];
                    if !is_record(line) {
                        return Ok(Some(start));
                    }
                    self.read_line(line)?;
                    line.len()
                }
            };
            self.lines += 1;
        }
        Ok(None)
    }

    fn read_line(&mut self, line: &[u8]) -> Result<(), Error> {
        let content = content(line);
        if content.is_empty() {
            return Ok(());
        }
        let (number, cells) = (self.lines + 1, content.split(|byte| *byte == b','));
        let found = cells.clone().count();
        if found != self.columns.all {
            return Err(unequal_cells(self.file, Some(number), self.columns.all, found));
        }
        let row = self.row(number, |column| cells.clone().nth(column).unwrap_or_default())?;
        self.known.keep(line, row, &mut self.tally);
        Ok(())
    }

    /// Counts the records of `reader`, whose lines lie so many `behind` those of the file: the lines that
    /// it was not given, and the line feed after a carriage return, which the csv crate counts to the
    /// record that follows.
    fn read_records(
        &mut self,
        mut reader: csv::Reader<impl Read>,
        behind: usize,
    ) -> Result<(), Error> {
        let file = self.file;
        let line = |at: &csv::Position| at.line() as usize + behind;
        let failed = |error: csv::Error| csv_error_on(file, error.position().map(line), &error);
        let mut record = csv::ByteRecord::new();
        while reader.read_byte_record(&mut record).map_err(failed)? {
            let row = self.row(record.position().map_or(0, line), |column| &record[column])?;
            self.tally.add(row, 1);
        }
        Ok(())
    }

    fn row<'r>(&mut self, line: usize, cell: impl Fn(usize) -> &'r [u8]) -> Result<Row, Error> {
        let first = self.category(line, "a", cell(self.columns.a))?;
        let second = self.category(line, "b", cell(self.columns.b))?;
        let count = self.columns.count.map_or(Ok(1), |column| self.count(line, cell(column)))?;
        let cluster = self.columns.cluster.map_or(0, |column| self.clusters.number(cell(column)));
        Ok(Row { cluster, first, second, count })
    }

    fn category(&mut self, line: usize, field: &str, cell: &[u8]) -> Result<usize, Error> {
        let cell = cell.trim_ascii();
        match self.categories.find(cell) {
            Some(known) => Ok(known),
            None => self.new_category(line, field, cell),
        }
    }

    fn new_category(&mut self, line: usize, field: &str, cell: &[u8]) -> Result<usize, Error> {
        let text = String::from_utf8_lossy(cell);
        let refused = |expected| {
            Err(Error::field(self.file, Spot::Line(line), field, format!("`{text}`"), expected))
        };
        if self.declared {
            return refused(format!("one of {}", self.names().join(", ")));
        }
        if text.is_empty() {
            return refused("a category".into());
        }
        if self.categories.len() == CATEGORIES {
            return refused(format!("at most {CATEGORIES} different categories"));
        }
        if std::str::from_utf8(cell).is_err() {
            return Err(Error::NotText { file: self.file.to_owned(), line });
        }
        Ok(self.categories.add(cell))
    }

    fn count(&self, line: usize, cell: &[u8]) -> Result<u64, Error> {
        let text = std::str::from_utf8(cell).ok();
        let count = text.and_then(|text| text.trim().parse().ok());
        count.filter(|count| *count <= MOST_ITEMS).ok_or_else(|| {
            let found = String::from_utf8_lossy(cell).into_owned();
            let expected = format!("a whole number from 0 to {MOST_ITEMS}");
            Error::field(self.file, Spot::Line(line), "count", found, expected)
        })
    }

    fn names(&self) -> Vec<String> {
        self.categories.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect()
    }

    /// Tables over the declared categories; over those that occur, and a caution, if none are.
    fn finish(mut self) -> Result<Counts, Error> {
        let (names, mut cautions) = (self.names(), Vec::new());
        let categories = if self.declared { names.clone() } else { complete(&names) };
        if !self.declared {
            cautions.push(format!(
                "The categories were taken from the data: {}. A category that nobody used changes \
                 AC1, AC2, Brennan-Prediger and, in the middle, weighted kappa; declare them with \
                 --categories.",
                categories.join(", ")
            ));
        }
        check_categories(self.file, &categories)?;
        self.known.tally(&mut self.tally);
        let place_of = |name| categories.iter().position(|category| category == name);
        let places: Vec<Option<usize>> = names.iter().map(place_of).collect();
        let tables = self.tally.tables(categories.len(), &places);
        check_sum(self.file, "count", tables.iter().flatten().flatten())?;
        Ok(Counts {
            values: values(&categories),
            categories,
            data: CountData::Tables(tables),
            cautions,
        })
    }
}

fn csv_reader<R: Read>(from: R) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .trim(csv::Trim::Headers)
        .buffer_capacity(BUFFER as usize)
        .from_reader(from)
}

/// A line without its end.
fn content(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Whether a line is a record by itself: nothing in it is quoted, and no carriage return ends a record
/// within it.
fn is_record(line: &[u8]) -> bool {
    memchr2(b'"', b'\r', content(line)).is_none()
}

/// The labels in order; whole numbers with those between them.
fn complete(labels: &[String]) -> Vec<String> {
    let numbers: Option<Vec<i64>> = labels.iter().map(|label| label.parse().ok()).collect();
    match numbers.as_deref() {
        Some(numbers) if !numbers.is_empty() => {
            let (low, high) = numbers
                .iter()
                .fold((i64::MAX, i64::MIN), |(low, high), n| (low.min(*n), high.max(*n)));
            if high - low < 1000 {
                return (low..=high).map(|number| number.to_string()).collect();
            }
            let mut sorted = numbers.to_vec();
            sorted.sort_unstable();
            sorted.iter().map(i64::to_string).collect()
        }
        _ => {
            let mut sorted = labels.to_vec();
            sorted.sort();
            sorted
        }
    }
}

//! CSV of pairs, counted while it is read: the memory it takes does not grow with the rows.
//!
//! Rows of counts come again and again. A line without a quotation mark is a record by itself, and one
//! that was read before is not split again. From the first quotation mark on, the csv crate reads.

use super::known::Known;
use super::scale::Labels;
use super::table::{empty_cells, too_many_groups};
use super::tally::{ByteNames, Row, Tally};
use super::{Counts, KnownScale, counted};
use crate::csv_line::{csv_error_on, unequal_cells};
use crate::door::plain;
use crate::file::{COUNTED, Unchanged};
use crate::grades::{COUNT, SCENARIO};
use crate::problems::joined;
use crate::score_source::is_absent;
use crate::{Error, Spot};
use memchr::{memchr, memchr2};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Large enough that the file system, not the number of calls, sets the pace.
const BUFFER: u64 = 1 << 17;

/// The most cells of the groups of a column that nobody asked for, 64 MB: each group has a table of its own.
pub(super) const MOST_FOUND: usize = 1 << 23;

/// Where the cells are in a row.
struct Columns {
    a: usize,
    b: usize,
    count: Option<usize>,
    cluster: Option<usize>,
    /// What the column of the clusters is called where nobody asked for it.
    found: Option<String>,
    /// The names of the others.
    others: Vec<String>,
    /// How many cells a row has.
    all: usize,
}

/// What is known of a file while it is read.
struct Reading<'a> {
    file: &'a Path,
    columns: Columns,
    labels: Labels<'a>,
    clusters: ByteNames,
    /// Why nothing is grouped by a column that nobody asked for.
    not_grouped: Option<String>,
    tally: Tally,
    known: Known,
    /// Lines that were read.
    lines: usize,
}

/// Whether `file` begins as a table of pairs that commas separate.
pub(super) fn are_pairs(file: &Path) -> Result<bool, Error> {
    let open = Unchanged::open(file, COUNTED, None).map_err(Error::io(file))?;
    let mut reader = csv_reader(open.take(BUFFER));
    let Ok(headers) = reader.headers() else { return Ok(false) };
    let has = |name: &str| headers.iter().any(|header| header == name);
    // Counts that are called otherwise are known by what the whole file holds.
    let other = || headers.iter().any(|name| COUNT.contains(&plain(name).as_str()));
    Ok(has("a") && has("b") && (has("count") || !other()))
}

pub(super) fn read_rows(
    file: &Path,
    known: Option<&KnownScale>,
    cluster: Option<&str>,
) -> Result<Counts, Error> {
    let mut open = BufReader::new(Unchanged::open(file, COUNTED, None).map_err(Error::io(file))?);
    let mut header = Vec::new();
    open.by_ref().take(BUFFER).read_until(b'\n', &mut header).map_err(Error::io(file))?;
    let behind = usize::from(header.ends_with(b"\r\n"));
    if content(&header).is_empty() || !header.ends_with(b"\n") || !is_record(&header) {
        let mut reader = csv_reader(header.chain(open));
        let mut reading = Reading::new(file, &mut reader, known, cluster)?;
        reading.read_records(reader, behind)?;
        return reading.finish();
    }
    let mut reading = Reading::new(file, &mut csv_reader(&*header), known, cluster)?;
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
        let twice = |name: &&&str| headers.iter().filter(|header| *header == **name).count() > 1;
        if let Some(name) = ["a", "b", "count"].iter().chain(&cluster).find(twice) {
            let found = format!("two columns called `{name}`");
            let expected = "each name once; rename one of them";
            return Err(Error::field(file, Spot::Line(1), "the header", found, expected));
        }
        let column = |name: &str| {
            find(name).ok_or_else(|| {
                let found = format!("the columns {}", joined(&headers.iter().collect::<Vec<_>>()));
                Error::field(file, Spot::Line(1), name, found, "the columns a, b and count")
            })
        };
        let (a, b, count) = (column("a")?, column("b")?, find("count"));
        let found = match cluster {
            Some(_) => None,
            None => headers
                .iter()
                .position(|name| SCENARIO.iter().any(|known| plain(known) == plain(name))),
        };
        let cluster = cluster.map(column).transpose()?.or(found);
        let found = found.map(|at| headers[at].to_owned());
        let read = |at: &usize| [Some(a), Some(b), count, cluster].contains(&Some(*at));
        let others = headers.iter().enumerate().filter(|(at, name)| !read(at) && !name.is_empty());
        let others = others.map(|(_, name)| name.to_owned()).collect();
        Ok(Self { a, b, count, cluster, found, others, all: headers.len() })
    }
}

impl<'a> Reading<'a> {
    fn new(
        file: &'a Path,
        reader: &mut csv::Reader<impl Read>,
        scale: Option<&'a KnownScale>,
        cluster: Option<&str>,
    ) -> Result<Self, Error> {
        let headers = reader.headers().map_err(|error| csv_error_on(file, Some(1), &error))?;
        let columns = Columns::of(file, headers, cluster)?;
        let labels = Labels::of(scale);
        let tally = Tally::new(labels.len());
        let (clusters, known) = (ByteNames::default(), Known::new());
        let not_grouped = None;
        Ok(Self { file, columns, labels, clusters, not_grouped, tally, known, lines: 1 })
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
        let count = self
            .columns
            .count
            .map_or(Ok(1), |column| counted(self.file, Spot::Line(line), "count", cell(column)))?;
        // A row of no item leaves no group empty, nor adds one, unless the groups were asked for.
        let is_grouped = count > 0 || self.columns.found.is_none();
        let cluster = self.columns.cluster.filter(|_| is_grouped);
        let cluster = cluster.map_or(0, |column| self.cluster(cell(column).trim_ascii()));
        Ok(Row { cluster, first, second, count })
    }

    /// The number of a cluster. A column that nobody asked for groups nothing where it has an empty cell, or too many
    /// different ones.
    fn cluster(&mut self, cell: &[u8]) -> usize {
        let Some(name) = &self.columns.found else { return self.clusters.number(cell) };
        let is_empty = || std::str::from_utf8(cell).is_ok_and(is_absent);
        let why = if is_empty() {
            empty_cells(name)
        } else if self.clusters.len() * Tally::cells_for(self.labels.len()) > MOST_FOUND {
            too_many_groups(name)
        } else {
            return self.clusters.number(cell);
        };
        self.not_grouped = Some(why);
        self.columns.cluster = None;
        self.tally.pool();
        self.known.pool();
        0
    }

    fn category(&mut self, line: usize, field: &str, cell: &[u8]) -> Result<usize, Error> {
        self.labels.number((self.file, || Spot::Line(line), field), cell.trim_ascii())
    }

    fn finish(mut self) -> Result<Counts, Error> {
        self.known.tally(&mut self.tally);
        let counts = self.labels.scale(self.file)?.tables(self.file, &self.tally)?;
        let mut counts = match self.not_grouped {
            Some(why) => {
                let mut counts = counts;
                counts.cautions.push(why);
                counts
            }
            None => counts.found_grouped_by(self.columns.found.as_deref()),
        };
        if !self.columns.others.is_empty() {
            let others = joined(&self.columns.others);
            counts.cautions.push(format!(
                "Not read: the columns {others}. Two raters are the columns a and b, and how often a pair occurs is a \
                 column called count."
            ));
        }
        Ok(counts)
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

//! CSV of pairs, counted while it is read: the memory it takes does not grow with the rows.

use super::tally::{Names, Tally};
use super::{CountData, Counts, check_categories, values};
use crate::Error;
use crate::csv_line::csv_error_on;
use crate::responses::place;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Large enough that the file system, not the number of calls, sets the pace.
const BUFFER: usize = 1 << 17;

/// The most levels that a scale may have; more are no categories but texts or numbers.
const CATEGORIES: usize = 1000;

/// Where the cells stand in a row.
struct Columns {
    a: usize,
    b: usize,
    count: Option<usize>,
    cluster: Option<usize>,
}

/// What is known of a file while it is read.
struct Reading<'a> {
    file: &'a Path,
    declared: bool,
    categories: Names,
    /// The csv crate counts the line feed after a carriage return to the record that follows.
    behind: usize,
}

pub(super) fn read_rows(
    file: &Path,
    declared: Option<&[String]>,
    cluster: Option<&str>,
) -> Result<Counts, Error> {
    let mut open = BufReader::new(std::fs::File::open(file).map_err(Error::io(file))?);
    let mut first = Vec::new();
    open.by_ref().take(BUFFER as u64).read_until(b'\n', &mut first).map_err(Error::io(file))?;
    let behind = usize::from(first.ends_with(b"\r\n"));
    let failed = |error: csv::Error| {
        csv_error_on(file, error.position().map(|at| at.line() as usize + behind), &error)
    };
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::Headers)
        .buffer_capacity(BUFFER)
        .from_reader(first.as_slice().chain(open));
    let headers = reader.headers().map_err(failed)?;
    let columns = Columns::of(file, headers, cluster)?;
    let mut categories = Names::default();
    declared.unwrap_or_default().iter().for_each(|name| {
        categories.add(name.as_bytes());
    });
    let mut tally = Tally::new(categories.len());
    let mut reading = Reading { file, declared: declared.is_some(), categories, behind };
    let mut clusters = Names::default();
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(failed)? {
        let first = reading.category(&record, "a", columns.a)?;
        let second = reading.category(&record, "b", columns.b)?;
        let count = columns.count.map_or(Ok(1), |column| reading.count(&record, column))?;
        let cluster = columns.cluster.map_or(0, |column| clusters.number(&record[column]));
        tally.add(cluster, first, second, count);
    }
    reading.finish(&tally)
}

impl Columns {
    fn of(file: &Path, headers: &csv::StringRecord, cluster: Option<&str>) -> Result<Self, Error> {
        let find = |name: &str| headers.iter().position(|header| header == name);
        let column = |name: &str| {
            find(name).ok_or_else(|| {
                let found =
                    format!("the columns {}", headers.iter().collect::<Vec<_>>().join(", "));
                Error::field(file, place(1), name, found, "the columns a, b and count")
            })
        };
        Ok(Self {
            a: column("a")?,
            b: column("b")?,
            count: find("count"),
            cluster: cluster.map(column).transpose()?,
        })
    }
}

impl Reading<'_> {
    #[inline]
    fn category(
        &mut self,
        record: &csv::ByteRecord,
        field: &str,
        column: usize,
    ) -> Result<usize, Error> {
        let cell = record[column].trim_ascii();
        match self.categories.find(cell) {
            Some(known) => Ok(known),
            None => self.new_category(self.line(record), field, cell),
        }
    }

    fn new_category(&mut self, line: usize, field: &str, cell: &[u8]) -> Result<usize, Error> {
        let text = String::from_utf8_lossy(cell);
        let refused = |expected| {
            Err(Error::field(self.file, place(line), field, format!("`{text}`"), expected))
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

    #[inline]
    fn count(&self, record: &csv::ByteRecord, column: usize) -> Result<u64, Error> {
        let text = std::str::from_utf8(&record[column]).ok();
        text.and_then(|text| text.trim().parse().ok()).ok_or_else(|| {
            let found = String::from_utf8_lossy(&record[column]).into_owned();
            let place = place(self.line(record));
            Error::field(self.file, place, "count", found, "a whole number, 0 or more")
        })
    }

    fn line(&self, record: &csv::ByteRecord) -> usize {
        record.position().map_or(0, |at| at.line() as usize + self.behind)
    }

    fn names(&self) -> Vec<String> {
        self.categories.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect()
    }

    /// Tables over the declared categories; over those that occur, and a caution, if none are.
    fn finish(self, tally: &Tally) -> Result<Counts, Error> {
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
        let place_of = |name| categories.iter().position(|category| category == name);
        let places: Vec<Option<usize>> = names.iter().map(place_of).collect();
        let tables = tally.tables(categories.len(), &places);
        Ok(Counts {
            values: values(&categories),
            categories,
            data: CountData::Tables(tables),
            cautions,
        })
    }
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

//! Counts and ratings without a study around them, for `primum coefficients`: JSON with declared
//! categories, or CSV of pairs with counts, read in one pass whatever its length.

use crate::Error;
use crate::envelope::parse_json;
use crate::file::read_text;
use crate::responses::{csv_error, place};
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;

const NOUN: &str = "`categories` with a `table` or with `ratings`";

/// What a file of counts holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    /// The categories' names, in their order.
    pub categories: Vec<String>,
    /// Their values, where all are numbers.
    pub values: Option<Vec<f64>>,
    /// The counts or the ratings.
    pub data: CountData,
    /// What to know about them.
    pub cautions: Vec<String>,
}

/// Two raters' counts, or any number of raters' ratings.
#[derive(Clone, Debug, PartialEq)]
pub enum CountData {
    /// A table a cluster, rows the first rater; one table if items are not clustered.
    Tables(Vec<Vec<Vec<u64>>>),
    /// Items by raters, as places among the categories; and each item's cluster, if asked for.
    Ratings {
        /// A row for each item, a cell for each rater.
        items: Vec<Vec<Option<usize>>>,
        /// A number for each item, or nothing.
        clusters: Option<Vec<usize>>,
    },
}

#[derive(Deserialize)]
struct Document {
    categories: Vec<Value>,
    table: Option<Vec<Vec<u64>>>,
    ratings: Option<Vec<Vec<Option<Value>>>>,
    #[serde(flatten)]
    others: HashMap<String, Value>,
}

/// Reads counts: CSV where the name ends so, JSON otherwise. `declared` are the categories of a CSV;
/// `cluster` names the column, or the list, that says which items belong together.
pub fn read_counts(
    file: &Path,
    declared: Option<&[String]>,
    cluster: Option<&str>,
) -> Result<Counts, Error> {
    if file.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv")) {
        return read_csv(file, declared, cluster);
    }
    let document: Document = parse_json(file, &read_text(file, NOUN)?, NOUN)?;
    let categories: Vec<String> = document.categories.iter().map(name).collect();
    check_categories(file, &categories)?;
    let clusters = cluster.map(|field| clusters(file, &document, field)).transpose()?;
    let data = match (document.table, document.ratings) {
        (Some(table), None) if clusters.is_none() => CountData::Tables(vec![table]),
        (None, Some(ratings)) => {
            let items = places(file, &categories, &ratings)?;
            if let Some(found) = clusters.as_ref().map(Vec::len).filter(|n| *n != items.len()) {
                let field = cluster.unwrap_or_default();
                let expected = format!("one for each of the {} items", items.len());
                return Err(Error::field(file, "", field, format!("{found} clusters"), expected));
            }
            CountData::Ratings { items, clusters }
        }
        (Some(_), None) => {
            let field = cluster.unwrap_or_default();
            let expected = "ratings: a single table does not say which items belong together";
            return Err(Error::field(file, "", field, "a table", expected));
        }
        (table, _) => {
            let found = if table.is_some() { "both" } else { "neither" };
            return Err(Error::field(file, "", "table, ratings", found, "one of the two"));
        }
    };
    Ok(Counts { values: values(&categories), categories, data, cautions: Vec::new() })
}

fn name(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), String::from)
}

fn values(categories: &[String]) -> Option<Vec<f64>> {
    let number = |name: &String| name.parse().ok().filter(|value: &f64| value.is_finite());
    categories.iter().map(number).collect()
}

fn check_categories(file: &Path, categories: &[String]) -> Result<(), Error> {
    let twice = (1..categories.len()).find(|at| categories[..*at].contains(&categories[*at]));
    match twice {
        Some(at) => {
            let found = format!("`{}` twice", categories[at]);
            Err(Error::field(file, "", "categories", found, "each category once"))
        }
        None if categories.len() < 2 => {
            let found = format!("{} categories", categories.len());
            Err(Error::field(file, "", "categories", found, "at least two"))
        }
        None => Ok(()),
    }
}

fn places(
    file: &Path,
    categories: &[String],
    ratings: &[Vec<Option<Value>>],
) -> Result<Vec<Vec<Option<usize>>>, Error> {
    let place_of = |item: usize, value: &Value| {
        let name = name(value);
        categories.iter().position(|category| *category == name).ok_or_else(|| {
            let at = format!(", item {}", item + 1);
            let expected = format!("one of {}, or null", categories.join(", "));
            Error::field(file, at, "ratings", name, expected)
        })
    };
    let row = |(item, cells): (usize, &Vec<Option<Value>>)| {
        cells
            .iter()
            .map(|cell| cell.as_ref().map(|value| place_of(item, value)).transpose())
            .collect()
    };
    ratings.iter().enumerate().map(row).collect()
}

/// Each item's cluster, numbered in the order of appearance.
fn clusters(file: &Path, document: &Document, field: &str) -> Result<Vec<usize>, Error> {
    let Some(Value::Array(names)) = document.others.get(field) else {
        return Err(Error::field(
            file,
            "",
            field,
            "nothing",
            "a list with the cluster of each item",
        ));
    };
    let mut numbers = HashMap::new();
    Ok(names.iter().map(|value| number_of(&mut numbers, name(value))).collect())
}

fn number_of<K: std::hash::Hash + Eq>(numbers: &mut HashMap<K, usize>, key: K) -> usize {
    let next = numbers.len();
    *numbers.entry(key).or_insert(next)
}

/// The tables read so far. Labels are few and come again and again, so they are kept in a list.
#[derive(Default)]
struct Tally {
    labels: Vec<String>,
    clusters: HashMap<Vec<u8>, usize>,
    counts: Vec<HashMap<(usize, usize), u64>>,
}

fn read_csv(
    file: &Path,
    declared: Option<&[String]>,
    cluster: Option<&str>,
) -> Result<Counts, Error> {
    let open = std::fs::File::open(file).map_err(Error::io(file))?;
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::Headers).from_reader(open);
    let headers = reader.headers().map_err(|error| csv_error(file, &error))?.clone();
    let find = |name: &str| headers.iter().position(|header| header == name);
    let column = |name: &str| {
        find(name).ok_or_else(|| {
            let found = format!("the columns {}", headers.iter().collect::<Vec<_>>().join(", "));
            Error::field(file, place(1), name, found, "the columns a, b and count")
        })
    };
    let (a, b, count) = (column("a")?, column("b")?, find("count"));
    let cluster = cluster.map(column).transpose()?;
    let mut tally = Tally { labels: declared.unwrap_or_default().to_vec(), ..Tally::default() };
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|error| csv_error(file, &error))? {
        let line = record.position().map_or(0, csv::Position::line) as usize;
        let first = tally.label(file, line, "a", &record[a], declared.is_some())?;
        let second = tally.label(file, line, "b", &record[b], declared.is_some())?;
        let count = count.map_or(Ok(1), |column| parse_count(file, line, &record[column]))?;
        let cluster =
            cluster.map_or(0, |column| number_of(&mut tally.clusters, record[column].to_vec()));
        tally.add(cluster, (first, second), count);
    }
    tally.finish(file, declared.is_some())
}

fn parse_count(file: &Path, line: usize, cell: &[u8]) -> Result<u64, Error> {
    let text = String::from_utf8_lossy(cell);
    text.trim().parse().map_err(|_| {
        Error::field(file, place(line), "count", text.clone(), "a whole number, 0 or more")
    })
}

impl Tally {
    fn label(
        &mut self,
        file: &Path,
        line: usize,
        field: &str,
        cell: &[u8],
        declared: bool,
    ) -> Result<usize, Error> {
        let cell = cell.trim_ascii();
        if let Some(known) = self.labels.iter().position(|label| label.as_bytes() == cell) {
            return Ok(known);
        }
        let text = String::from_utf8_lossy(cell).into_owned();
        if declared || text.is_empty() {
            let expected = match declared {
                true => format!("one of {}", self.labels.join(", ")),
                false => "a category".into(),
            };
            return Err(Error::field(file, place(line), field, format!("`{text}`"), expected));
        }
        self.labels.push(text);
        Ok(self.labels.len() - 1)
    }

    fn add(&mut self, cluster: usize, pair: (usize, usize), count: u64) {
        if self.counts.len() <= cluster {
            self.counts.resize_with(cluster + 1, HashMap::new);
        }
        let cell = self.counts[cluster].entry(pair).or_insert(0);
        *cell = cell.saturating_add(count);
    }

    /// Tables over the declared categories; over those that occur, and a caution, if none are.
    fn finish(self, file: &Path, declared: bool) -> Result<Counts, Error> {
        let mut cautions = Vec::new();
        let categories = if declared { self.labels.clone() } else { complete(&self.labels) };
        if !declared {
            cautions.push(format!(
                "The categories were taken from the data: {}. A category that nobody used changes \
                 AC1, AC2, Brennan-Prediger and, in the middle, weighted kappa; declare them with \
                 --categories.",
                categories.join(", ")
            ));
        }
        check_categories(file, &categories)?;
        let place = |label: usize| categories.iter().position(|name| *name == self.labels[label]);
        let table = |counts: &HashMap<(usize, usize), u64>| {
            let mut table = vec![vec![0; categories.len()]; categories.len()];
            for ((a, b), count) in counts {
                if let (Some(a), Some(b)) = (place(*a), place(*b)) {
                    table[a][b] = *count;
                }
            }
            table
        };
        let tables = self.counts.iter().map(table).collect();
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

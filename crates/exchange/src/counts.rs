//! Counts and ratings without a study around them, for `primum coefficients`: JSON with declared
//! categories, CSV of pairs with counts, read in one pass whatever its length, and grades in any layout.

mod data;
mod known;
mod rows;
mod scale;
mod table;
mod tally;

use crate::door::{self, Content, Records, Table, plain};
use crate::envelope::parse_json;
use crate::grades::{
    CountedTable, Labels as GradeLabels, ONE_AXIS, SCENARIO, flat_table, read_grades,
};
use crate::problems::joined;
use crate::score_source::{is_absent, is_label, split_name, whole_number};
use crate::whole::Whole;
use crate::{Error, Mapping, Spot, count};
pub use data::CountData;
use rows::{are_pairs, read_rows};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use study::{Grade, GradeNames, Scale, ordered_numbers};

const NOUN: &str = "`categories` with a `table` or with `ratings`";

/// The most levels that a scale may have; more are no categories but texts or numbers.
const CATEGORIES: usize = 1000;

/// The most items that are counted: more than there are people, and far below where sums lose digits.
const MOST_ITEMS: u64 = 1_000_000_000_000;

/// What a file of counts holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Counts {
    /// The categories' names, in their order.
    pub categories: Vec<String>,
    /// Their values, where all are numbers that rise, or that fall.
    pub values: Option<Vec<f64>>,
    /// Whether their order is known: that of words is not, until a person gives it.
    pub ordered: bool,
    /// The counts or the ratings.
    pub data: CountData,
    /// The column that says which items belong together, where there is one and nobody asked for it. `data` is
    /// grouped by it.
    pub grouped_by: Option<String>,
    /// What to know about them.
    pub cautions: Vec<String>,
}

impl Counts {
    /// The same, and that `data` is grouped by this column, where some of its groups have several items.
    fn found_grouped_by(self, column: Option<&str>) -> Self {
        match column {
            Some(name) if (self.data.groups() as u64) < self.data.items() => {
                Self { grouped_by: Some(name.to_owned()), ..self }
            }
            Some(_) => self.ungrouped(),
            None => self,
        }
    }

    /// The same without groups.
    pub fn ungrouped(self) -> Self {
        Self { data: self.data.ungrouped(), grouped_by: None, ..self }
    }
}

#[derive(Deserialize)]
struct Document {
    categories: Vec<Value>,
    table: Option<Vec<Vec<Whole>>>,
    ratings: Option<Vec<Vec<Option<Value>>>>,
    #[serde(flatten)]
    others: HashMap<String, Value>,
}

/// What is asked of a file of counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// The categories of a table, in their order; those of a JSON must be the same.
    pub categories: Option<&'a [String]>,
    /// The column, or the list, that says which items belong together.
    pub cluster: Option<&'a str>,
    /// The axis, of grades on several.
    pub axis: Option<&'a str>,
    /// Which columns of a table hold our fields.
    pub mapping: Option<&'a Mapping>,
    /// The scales of axes that are known.
    pub scales: &'a [Scale],
    /// What the grades on them may be called.
    pub labels: Option<&'a GradeLabels>,
    /// Says why there are too many raters, if so: before there is a cell for each item and rater.
    pub refuse_raters: Option<fn(usize) -> Result<(), String>>,
}

/// A scale, and what its grades are called in the file where that is not their numbers.
pub(crate) struct KnownScale {
    scale: Scale,
    labels: Vec<(String, Grade)>,
}

impl Asked<'_> {
    fn check_raters(&self, file: &Path, raters: usize) -> Result<(), Error> {
        let outcome = self.refuse_raters.map_or(Ok(()), |refuse| refuse(raters));
        outcome.map_err(|why| Error::inconsistent(file, why))
    }

    /// Refuses an axis or the scale of one that is not among `axes`, which are those of the file.
    fn check_axes(&self, file: &Path, axes: &[&str]) -> Result<(), Error> {
        let asked = self.axis.map(|axis| ("axis", axis));
        let mut scaled =
            self.scales.iter().map(|scale| ("scale", scale.axis.as_str())).chain(asked);
        let known: BTreeSet<&str> = axes.iter().copied().collect();
        let Some((field, axis)) = scaled.find(|(_, axis)| !known.contains(axis)) else {
            return Ok(());
        };
        let expected = match axes {
            [only] => format!("`{only}`, the only axis of this file"),
            several => format!("one of {}", joined(several)),
        };
        Err(Error::field(file, "", field, format!("no axis `{axis}`"), expected))
    }

    /// The scale of `axis`, as far as it is declared.
    fn declared(&self, axis: &str) -> Option<KnownScale> {
        if let Some(categories) = self.categories {
            return Some(KnownScale::of_categories(axis, categories));
        }
        let scale = self.scales.iter().find(|scale| scale.axis == axis)?.clone();
        let labels = self.labels.and_then(|labels| labels.get(axis)).cloned().unwrap_or_default();
        Some(KnownScale { scale, labels })
    }
}

impl KnownScale {
    fn of_categories(axis: &str, categories: &[String]) -> Self {
        let grades: Vec<Grade> = (0..=Grade::MAX).take(categories.len()).collect();
        let labels = categories.iter().cloned().zip(grades.iter().copied()).collect();
        let (axis, names) = (axis.to_owned(), GradeNames::Own(categories.to_vec()));
        Self { scale: Scale { label: axis.clone(), axis, grades, names }, labels }
    }
}

/// Reads counts or ratings from the file called `name`; a sheet of a workbook is named behind a `#`.
pub fn read_counts(name: &str, asked: Asked<'_>) -> Result<Counts, Error> {
    let named = split_name(name);
    let file = named.file;
    if let Some(rater) = named.rater {
        let expected = "no rater: the coefficients are of all raters in the file";
        return Err(Error::field(file, "", "rater", format!("`@{rater}`"), expected));
    }
    let unmapped = Mapping::default();
    let mapping = asked.mapping.unwrap_or(&unmapped);
    let cluster = one_cluster(file, asked.cluster, mapping)?;
    let asked = Asked { cluster, ..asked };
    if mapping.is_empty() && are_pairs(file)? {
        asked.check_axes(file, &[ONE_AXIS])?;
        return read_rows(file, asked.declared(ONE_AXIS).as_ref(), asked.cluster);
    }
    let mut opened = door::open(file, named.sheet, NOUN)?;
    let mut flat = match &opened.content {
        Content::Records(records) => flat(file, records),
        _ => None,
    };
    if let Content::Document(text) = &opened.content
        && are_counts(text)
    {
        mapping.refuse(file)?;
        asked.check_axes(file, &[ONE_AXIS])?;
        return read_document(file, text, asked);
    }
    opened
        .refuse_ours("grades of several raters in one file; primum agree compares ratings files")?;
    let rows = match (&mut opened.content, &mut flat) {
        (Content::Table(rows), _) | (_, Some(rows)) => Some(rows),
        _ => None,
    };
    if let Some(rows) = rows
        && let Some(counted) = counted_table(file, rows, asked)?
    {
        asked.check_axes(file, &[&counted.axis])?;
        let mut counts = table::of_counted(file, rows, &counted, asked)?;
        counts.cautions.splice(0..0, opened.notes);
        return Ok(counts);
    }
    let is_called_so = |name: &&str| SCENARIO.iter().any(|known| plain(known) == plain(name));
    let mapping = mapping.clone().with_scenario(asked.cluster.filter(|name| !is_called_so(name)));
    table::of_grades(file, &read_grades(opened, &mapping)?, asked)
}

/// Who rated in a table of items without names, and how many items each row is.
fn counted_table(
    file: &Path,
    rows: &mut Table,
    asked: Asked<'_>,
) -> Result<Option<CountedTable>, Error> {
    let unmapped = Mapping::default();
    // What belongs together is no category.
    if let Some(column) = asked.cluster.and_then(|name| rows.named(name)) {
        rows.said_mut().hold("scenario", column);
    }
    CountedTable::of(file, rows, asked.mapping.unwrap_or(&unmapped))
}

/// Whether a JSON object is of ours: others may be logs of a tool.
fn are_counts(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Fields {
        categories: Option<IgnoredAny>,
        table: Option<IgnoredAny>,
        ratings: Option<IgnoredAny>,
    }
    let fields = serde_json::from_str::<Fields>(text);
    fields.is_ok_and(|one| one.categories.is_some() || one.table.is_some() || one.ratings.is_some())
}

/// The table that `records` are, if nothing in them is nested.
fn flat(file: &Path, records: &Records) -> Option<Table> {
    let mut nested = Vec::new();
    let table = flat_table(file, records, NOUN, &mut nested).ok()?;
    nested.is_empty().then_some(table)
}

fn read_document(file: &Path, text: &str, asked: Asked<'_>) -> Result<Counts, Error> {
    let cluster = asked.cluster;
    let declared = asked.declared(ONE_AXIS).map(|known| known.scale.all_names());
    let document: Document = parse_json(file, text, NOUN)?;
    let categories: Vec<String> = document.categories.iter().map(name).collect();
    check_categories(file, &categories)?;
    if let Some(other) = declared.filter(|declared| *declared != categories) {
        let expected = format!("{}, as declared beside the file", other.join(", "));
        return Err(Error::field(file, "", "categories", categories.join(", "), expected));
    }
    let clusters = cluster.map(|field| clusters(file, &document, field)).transpose()?;
    let whole = |row: Vec<Whole>| row.into_iter().map(|Whole(items)| items).collect();
    let table: Option<Vec<Vec<u64>>> =
        document.table.map(|table| table.into_iter().map(whole).collect());
    let data = match (table, document.ratings) {
        (Some(table), None) if clusters.is_none() => {
            check_sum(file, "table", table.iter().flatten())?;
            CountData::Tables(vec![table])
        }
        (None, Some(ratings)) => {
            asked.check_raters(file, ratings.first().map_or(0, Vec::len))?;
            let items = places(file, &categories, &ratings)?;
            if let Some(found) = clusters.as_ref().map(Vec::len).filter(|n| *n != items.len()) {
                let field = cluster.unwrap_or_default();
                let expected = format!("one for each of the {}", count(items.len(), "item"));
                return Err(Error::field(file, "", field, count(found, "cluster"), expected));
            }
            CountData::Ratings { counts: vec![1; items.len()], rows: items, clusters }
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
    Ok(Counts {
        values: ordered_numbers(&categories),
        categories,
        ordered: true,
        data,
        grouped_by: None,
        cautions: Vec::new(),
    })
}

/// Refuses more items in all than are counted. Sums that would overflow are more as well.
fn check_sum<'a>(
    file: &Path,
    field: &str,
    mut counts: impl Iterator<Item = &'a u64>,
) -> Result<(), Error> {
    match counts.try_fold(0u64, |sum, count| sum.checked_add(*count)) {
        Some(sum) if sum <= MOST_ITEMS => Ok(()),
        sum => {
            let found = sum.map_or("more than 2^64 items".into(), |sum| format!("{sum} items"));
            Err(Error::field(file, "", field, found, format!("at most {MOST_ITEMS} in all")))
        }
    }
}

/// The number of items in a cell of the column called `field`.
pub(crate) fn counted(file: &Path, at: Spot, field: &str, cell: &[u8]) -> Result<u64, Error> {
    let text = std::str::from_utf8(cell).ok();
    // Half of the world writes a thousand as 1.000.
    let thousands =
        |text: &&str| text.trim().split_once('.').is_some_and(|(_, rest)| rest.len() == 3);
    let count = text.filter(|text| !thousands(text)).and_then(|text| whole_number(text.trim()));
    count.filter(|count| *count <= MOST_ITEMS).ok_or_else(|| {
        let found = String::from_utf8_lossy(cell).into_owned();
        let expected = format!("a whole number from 0 to {MOST_ITEMS}");
        Error::field(file, at, field, found, expected)
    })
}

fn name(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), String::from)
}

fn check_categories(file: &Path, categories: &[String]) -> Result<(), Error> {
    let twice = (1..categories.len()).find(|at| categories[..*at].contains(&categories[*at]));
    match twice {
        Some(at) => {
            let found = format!("`{}` twice", categories[at]);
            Err(Error::field(file, "", "categories", found, "each category once"))
        }
        None if categories.len() < 2 => {
            let found = count(categories.len(), "category");
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
        match categories.iter().position(|category| is_label(category, &name)) {
            None if is_absent(&name) => Ok(None),
            None => {
                let at = format!(", item {}", item + 1);
                let expected = format!("one of {}, or null", categories.join(", "));
                Err(Error::field(file, at, "ratings", name, expected))
            }
            place => Ok(place),
        }
    };
    let row = |(item, cells): (usize, &Vec<Option<Value>>)| {
        cells
            .iter()
            .map(|cell| cell.as_ref().map_or(Ok(None), |value| place_of(item, value)))
            .collect()
    };
    ratings.iter().enumerate().map(row).collect()
}

/// The column of the clusters, which may be named as that of the scenarios too.
fn one_cluster<'a>(
    file: &Path,
    cluster: Option<&'a str>,
    mapping: &'a Mapping,
) -> Result<Option<&'a str>, Error> {
    match (cluster, mapping.columns("scenario")) {
        (Some(cluster), [scenario]) if plain(cluster) != plain(scenario) => {
            let found = format!("--cluster {cluster} and --map scenario={scenario}");
            Err(Error::field(
                file,
                "",
                "scenario",
                found,
                "one column that says what belongs together",
            ))
        }
        (None, [scenario]) => Ok(Some(scenario)),
        (cluster, _) => Ok(cluster),
    }
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

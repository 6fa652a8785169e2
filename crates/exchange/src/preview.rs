//! A look into a file of responses or scenarios, to say which column is which.

use crate::door::{self, Content, Records, Table, plain};
use crate::mapping::{Holding, MapField, MappedFrom, Mapping};
use crate::responses::{self, layout_with_prompts, state_file};
use crate::scenarios::health_bench;
use crate::score_source::split_name;
use crate::{Error, scenarios};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::path::Path;

/// Values of a column that are shown, and characters of each.
const SAMPLES: usize = 3;
const SHOWN: usize = 60;

/// Rows by which it is told what a column probably holds.
const LOOKED_AT: usize = 500;

/// What a file of responses or scenarios is, and which of its columns is which.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// What it is: a table, an Inspect log.
    pub kind: String,
    /// What to know of how it was read.
    pub notes: Vec<String>,
    /// How many rows, records or responses it has.
    pub count: usize,
    /// Its columns or fields, where those who made it named them.
    pub columns: Vec<Column>,
    /// Our fields, each with the column that seems to hold it.
    pub suggested: BTreeMap<&'static str, String>,
    /// Our fields that may be said to be in a column, or to be the same in every row. Empty where the file says
    /// itself what is what.
    pub fields: Vec<MapField>,
}

/// A column of a table, or a field of JSON records.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The first different values in it; of long ones the beginning.
    pub samples: Vec<String>,
    /// Of the first rows, how many have anything in it,
    pub(crate) filled: usize,
    /// in how many different ways,
    pub(crate) different: usize,
    /// and in how many words, all together.
    pub(crate) words: usize,
}

impl Preview {
    /// What is suggested, as a mapping.
    pub fn mapping(&self) -> Mapping {
        let held = |(field, column): (&&str, &String)| {
            ((*field).to_owned(), MappedFrom::Columns(vec![column.clone()]))
        };
        self.suggested.iter().map(held).collect()
    }
}

/// Looks into a file of responses.
pub fn preview_responses(name: &Path) -> Result<Preview, Error> {
    let laid = responses::lay_open(name)?;
    if !laid.has_columns {
        let (count, notes, lacks_model) = responses::count_in_layout(name)?;
        let is_model = |field: &&MapField| lacks_model && field.name == "model_id";
        let fields = Holding::Responses.fields().iter().filter(is_model).copied().collect();
        return Ok(Preview { kind: laid.name.into(), notes, count, fields, ..Preview::default() });
    }
    of_opened(laid.opened, laid.name, Holding::Responses)
}

/// Looks into a folder or a file of scenarios.
pub fn preview_scenarios(name: &Path) -> Result<Preview, Error> {
    let named = name.to_str().map(split_name);
    let sheet = named.as_ref().and_then(|named| named.sheet);
    let file = state_file(named.map_or(name, |named| named.file));
    if !file.is_file() {
        let bank = scenarios::read_scenarios(name, &Mapping::default())?;
        let count = bank.scenarios.len();
        return Ok(Preview { kind: "a folder".into(), count, ..Preview::default() });
    }
    let opened = scenarios::open(&file, sheet)?;
    let rows = health_bench::is(&opened).then_some(health_bench::NAME);
    if let Some(layout) = rows.or_else(|| layout_with_prompts(&opened)) {
        let bank = scenarios::read_scenarios(name, &Mapping::default())?;
        let count = bank.scenarios.len();
        return Ok(Preview { kind: layout.into(), count, notes: bank.notes, ..Preview::default() });
    }
    let kind = opened.content.name();
    of_opened(opened, &kind, Holding::Scenarios)
}

fn of_opened(opened: door::Opened, kind: &str, holding: Holding) -> Result<Preview, Error> {
    let file = opened.file.as_path();
    let (kind, table) = match opened.content {
        Content::Table(table) => {
            let kind = match table.dialect() {
                Some(dialect) => format!("a table {}", dialect.name()),
                None => "a sheet of a workbook".to_owned(),
            };
            (kind, table)
        }
        Content::Records(records) => (kind.to_owned(), records.table(file, kind)?),
        Content::Document(text) => (kind.to_owned(), Records::of_one(text).table(file, kind)?),
        Content::Archive(_) => return Ok(Preview { kind: kind.into(), ..Preview::default() }),
    };
    let (columns, count) = columns_of(file, &table)?;
    Ok(Preview {
        kind,
        count,
        notes: opened.notes,
        suggested: suggest(columns.iter().map(|column| column.name.as_str()), holding),
        columns,
        fields: holding.fields().to_vec(),
    })
}

/// The columns of a table, and how many rows it has.
pub(crate) fn columns_of(file: &Path, table: &Table) -> Result<(Vec<Column>, usize), Error> {
    let column = |name: &String| Column {
        name: name.clone(),
        samples: Vec::new(),
        filled: 0,
        different: 0,
        words: 0,
    };
    let mut columns: Vec<Column> = table.header().iter().map(column).collect();
    // Of a cell that is a text only a hash is kept.
    let mut values: Vec<FxHashSet<u64>> = vec![FxHashSet::default(); columns.len()];
    let mut rows = 0;
    table.each(file, |row| {
        rows += 1;
        for (at, column) in columns.iter_mut().enumerate() {
            let cell = row.cell(at);
            if cell.is_empty() {
                continue;
            }
            if column.samples.len() < SAMPLES {
                let sample = on_one_line(cell);
                if !column.samples.contains(&sample) {
                    column.samples.push(sample);
                }
            }
            if rows <= LOOKED_AT {
                column.filled += 1;
                column.words += cell.split_whitespace().count();
                column.different += usize::from(values[at].insert(FxBuildHasher.hash_one(cell)));
            }
        }
        Ok(())
    })?;
    Ok((columns, rows))
}

/// A cell on one line, or the beginning of a long one.
fn on_one_line(cell: &str) -> String {
    let mut words = String::new();
    for word in cell.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
        if let Some((end, _)) = words.char_indices().nth(SHOWN) {
            return format!("{}…", &words[..end]);
        }
    }
    words
}

/// The fields of what a table holds, each with the column that seems to hold it by its name. No column holds two.
pub(crate) fn suggest<'a>(
    columns: impl Iterator<Item = &'a str>,
    holding: Holding,
) -> BTreeMap<&'static str, String> {
    let mut called: FxHashMap<String, Vec<&str>> = FxHashMap::default();
    columns.for_each(|column| called.entry(plain(column)).or_default().push(column));
    let mut suggested: BTreeMap<&'static str, String> = BTreeMap::new();
    for field in holding.fields() {
        let free = |column: &&&str| !suggested.values().any(|taken| taken == *column);
        let named = |name: &&str| called.get(&plain(name))?.iter().find(free).copied();
        if let Some(column) = field.names.iter().find_map(named) {
            suggested.insert(field.name, column.to_owned());
        }
    }
    suggested
}

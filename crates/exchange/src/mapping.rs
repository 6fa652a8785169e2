//! Which columns of somebody's table, or fields of JSON records, hold our fields, where they have other names.

mod fields;
mod held;

pub use fields::{Holding, MapField};
pub(crate) use held::{Held, LookFor, expected};

use crate::Error;
use crate::door::{Records, Table, plain};
use crate::score_source::file_of;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Our fields, each with where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    fields: BTreeMap<String, MappedFrom>,
    /// Whether it was said of the table that is read, which then has to have the columns.
    of_this: bool,
}

/// What was said of all tables that are read together, and of single ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mappings {
    all: Mapping,
    single: BTreeMap<String, Mapping>,
}

/// Where a field comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MappedFrom {
    /// These columns: one, or, where a field may have several, as many as there are.
    Columns(Vec<String>),
    /// The same text in every row; an empty one where no column holds the field.
    Constant(String),
}

impl FromIterator<(String, MappedFrom)> for Mapping {
    fn from_iter<T: IntoIterator<Item = (String, MappedFrom)>>(fields: T) -> Self {
        Self { fields: fields.into_iter().collect(), of_this: false }
    }
}

impl Mapping {
    /// What these texts say together of files that hold one of `these`. Refuses in words, with the place of the
    /// text, from 0.
    pub fn of<T: AsRef<str>>(texts: &[T], these: &[Holding]) -> Result<Self, (usize, String)> {
        let mut mapping = Self::default();
        for (place, text) in texts.iter().enumerate() {
            mapping.add_to(text.as_ref(), these).map_err(|why| (place, why))?;
        }
        Ok(mapping)
    }

    /// Adds `field=column`, `field=column,column` or `field=:constant` of a table of grades. Refuses any other
    /// form in words.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        self.add_to(text, &[Holding::Grades])
    }

    fn add_to(&mut self, text: &str, these: &[Holding]) -> Result<(), String> {
        let fields = || these.iter().flat_map(|holding| holding.fields());
        let expected = || {
            let names: Vec<&str> = fields().map(|field| field.name).collect();
            let several =
                if fields().any(|field| field.several) { ", FIELD=COLUMN,COLUMN" } else { "" };
            format!(
                "found `{text}`; expected FIELD=COLUMN{several} or FIELD=:CONSTANT, with one of {}",
                names.join(", ")
            )
        };
        let (name, from) = text.split_once('=').ok_or_else(expected)?;
        let name = name.trim();
        let field = fields().find(|field| field.name == name).ok_or_else(expected)?;
        let from = match from.trim_start().strip_prefix(':') {
            Some(constant) if field.constant || constant.is_empty() => {
                MappedFrom::Constant(constant.into())
            }
            Some(_) => {
                return Err(format!(
                    "found `{text}`; expected a column, as {name} is not the same in every row"
                ));
            }
            None => MappedFrom::Columns(columns_in(from)),
        };
        match &from {
            MappedFrom::Columns(columns) if columns.iter().any(String::is_empty) => {
                return Err(expected());
            }
            MappedFrom::Columns(columns) if columns.len() > 1 && !field.several => {
                return Err(format!(
                    "found {} columns for {name} ({}); expected one. A name that holds a comma goes in quotation marks",
                    columns.len(),
                    columns.join(", ")
                ));
            }
            _ => {}
        }
        match self.fields.insert(name.into(), from) {
            None => Ok(()),
            Some(_) => Err(format!("found {name} twice; expected it once")),
        }
    }

    /// The same, and that this `column` holds the scenario, unless another is said to.
    pub(crate) fn with_scenario(mut self, column: Option<&str>) -> Self {
        if let Some(column) = column {
            let columns = || MappedFrom::Columns(vec![column.to_owned()]);
            self.fields.entry("scenario".into()).or_insert_with(columns);
        }
        self
    }

    /// Every field of which something is said, in the order of their names, with what is said.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &MappedFrom)> {
        self.fields.iter().map(|(field, from)| (field.as_str(), from))
    }

    /// What of it is said of what a table holds.
    pub fn only(&self, holding: Holding) -> Self {
        let ours = |name: &str| holding.fields().iter().any(|field| field.name == name);
        let said = self.iter().filter(|(name, _)| ours(name));
        said.map(|(name, from)| (name.to_owned(), from.clone())).collect()
    }

    /// A field of what a table holds of which something is said.
    pub(crate) fn field_of(&self, holding: Holding) -> Option<&'static str> {
        let fields = holding.fields().iter().map(|field| field.name);
        fields.into_iter().find(|name| self.says(name))
    }

    /// Where `field` comes from.
    pub(crate) fn get(&self, field: &str) -> Option<&MappedFrom> {
        self.fields.get(field)
    }

    /// Whether anything is said of `field`.
    pub(crate) fn says(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// The columns that hold `field`.
    pub(crate) fn columns(&self, field: &str) -> &[String] {
        match self.fields.get(field) {
            Some(MappedFrom::Columns(columns)) => columns,
            Some(MappedFrom::Constant(_)) | None => &[],
        }
    }

    /// What every row has in `field`, if that is said and not nothing.
    pub(crate) fn constant(&self, field: &str) -> Option<&str> {
        match self.fields.get(field) {
            Some(MappedFrom::Constant(text)) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// Whether the column called `name` is said to hold another field than `field`.
    pub(crate) fn gives_away(&self, name: &str, field: &str) -> bool {
        let holds = |(ours, from): (&String, &MappedFrom)| match from {
            MappedFrom::Columns(columns) => {
                ours != field && columns.iter().any(|column| plain(column) == plain(name))
            }
            MappedFrom::Constant(_) => false,
        };
        self.fields.iter().any(holds)
    }

    /// The same, said of the one table that is read.
    pub fn of_one(self) -> Self {
        Self { of_this: !self.is_empty(), ..self }
    }

    /// Refuses it where it was said of a file whose grades are not in a table.
    pub(crate) fn refuse(&self, file: &Path) -> Result<(), Error> {
        let expected = "no mapping: this file says itself what it holds";
        match self.of_this {
            true => Err(Error::field(file, "", "map", "columns for our fields", expected)),
            false => Ok(()),
        }
    }

    /// Whether `table` is read by it: it has every column that is named. Files of one command may be laid out
    /// in different ways.
    pub(crate) fn fits(&self, table: &Table) -> bool {
        let known = |column: &String| table.named(column).is_some();
        let fits = |from: &MappedFrom| match from {
            MappedFrom::Columns(columns) => columns.iter().all(known),
            MappedFrom::Constant(_) => true,
        };
        self.of_this || !self.is_empty() && self.fields.values().all(fits)
    }

    /// Whether `table` has every column that is named.
    pub(crate) fn has_columns(&self, table: &Table) -> bool {
        let mut columns = self.fields.values().flat_map(|from| match from {
            MappedFrom::Columns(columns) => columns.as_slice(),
            MappedFrom::Constant(_) => &[],
        });
        columns.all(|column| table.named(column).is_some())
    }

    /// Whether JSON records are read by it: it was said of them, or every field that is named is in one of them at
    /// least, as an empty field may be left out. What is the same in every row may be said of tables beside them.
    pub(crate) fn names_fields(&self, file: &Path, records: &Records) -> bool {
        let named = self.fields.values().flat_map(|from| match from {
            MappedFrom::Columns(columns) => columns.as_slice(),
            MappedFrom::Constant(_) => &[],
        });
        let mut missing: BTreeSet<String> = named.map(|column| plain(column)).collect();
        if self.of_this || missing.is_empty() {
            return self.of_this;
        }
        let read = records.each(file, "record", |_, row: Map<String, Value>| {
            for name in row.keys() {
                missing.remove(&plain(name));
            }
            Ok(())
        });
        read.is_ok() && missing.is_empty()
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The one column or constant of `field`.
    pub(crate) fn single(&self, file: &Path, field: &str) -> Result<Option<&MappedFrom>, Error> {
        match self.fields.get(field) {
            Some(MappedFrom::Columns(columns)) if columns.len() != 1 => {
                let found = format!("the columns {}", columns.join(", "));
                Err(Error::field(file, "", field, found, "one column; only value may have several"))
            }
            other => Ok(other),
        }
    }
}

impl Mappings {
    /// Reads what was said: `field=column` and its other forms, with `FILE:` before them where that holds for
    /// one of `files` only. Refuses what is said twice or of no such file in words.
    pub fn read(said: &[String], files: &[String]) -> Result<Self, String> {
        let mappings = Self::of_any(said)?;
        for name in mappings.single.keys() {
            if !files.iter().any(|file| is_called(file, name)) {
                return Err(format!(
                    "found `{name}:`; expected one of the files that are read: {}",
                    files.join(", ")
                ));
            }
        }
        Ok(mappings)
    }

    /// The same, of which some may be said of other files.
    pub fn of_any(said: &[String]) -> Result<Self, String> {
        let mut mappings = Self::default();
        for text in said {
            match split_file(text) {
                None => mappings.all.add(text)?,
                Some((file, rest)) => mappings.single.entry(file.into()).or_default().add(rest)?,
            }
        }
        Ok(mappings)
    }

    /// By what `file` is read: by what was said of itself, or else of all.
    pub fn of(&self, file: &str) -> Mapping {
        let single = self.single.iter().find(|(name, _)| is_called(file, name));
        single.map_or_else(|| self.all.clone(), |(_, single)| single.clone().of_one())
    }

    /// Whether something was said of all files.
    pub fn are_of_all(&self) -> bool {
        !self.all.is_empty()
    }
}

/// The file that `text` is about, and what it says of it.
fn split_file(text: &str) -> Option<(&str, &str)> {
    let begins =
        |field: &str| text.trim_start().strip_prefix(field)?.trim_start().strip_prefix('=');
    let names = || Holding::Grades.fields().iter().map(|field| field.name);
    if names().any(|field| begins(field).is_some()) {
        return None;
    }
    let ends = names().filter_map(|field| text.find(&format!(":{field}=")));
    ends.min().map(|at| (&text[..at], &text[at + 1..]))
}

/// Whether `file` is called so: as it is given, or without the sheet or the rater in it.
fn is_called(file: &str, name: &str) -> bool {
    file == name || file_of(file) == Path::new(name)
}

/// The columns that a text names: separated by commas, with quotation marks around a name that holds one, as in
/// CSV.
fn columns_in(text: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.trim().as_bytes());
    let first = reader.records().next();
    first
        .and_then(Result::ok)
        .map_or(vec![String::new()], |names| names.iter().map(String::from).collect())
}

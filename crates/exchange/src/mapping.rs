//! Which columns of somebody's table, or fields of JSON records, hold our fields, where they have other names.

mod fields;
mod held;

pub use fields::{Holding, MapField};
pub(crate) use held::{Held, Names, expected};

use crate::Error;
use crate::door::{Table, plain};
use std::collections::BTreeMap;
use std::path::Path;

/// Our fields, each with where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(pub(crate) BTreeMap<String, MappedFrom>);

/// Where a field comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MappedFrom {
    /// These columns: one, or, where a field may have several, as many as there are.
    Columns(Vec<String>),
    /// The same text in every row; an empty one where no column holds the field.
    Constant(String),
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
        match self.0.insert(name.into(), from) {
            None => Ok(()),
            Some(_) => Err(format!("found {name} twice; expected it once")),
        }
    }

    /// Every field of which something is said, in the order of their names, with what is said.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &MappedFrom)> {
        self.0.iter().map(|(field, from)| (field.as_str(), from))
    }

    /// A field of what a table holds of which something is said.
    pub(crate) fn field_of(&self, holding: Holding) -> Option<&'static str> {
        let fields = holding.fields().iter().map(|field| field.name);
        fields.into_iter().find(|name| self.says(name))
    }

    /// Whether anything is said of `field`.
    pub(crate) fn says(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// The columns that hold `field`.
    pub(crate) fn columns(&self, field: &str) -> &[String] {
        match self.0.get(field) {
            Some(MappedFrom::Columns(columns)) => columns,
            Some(MappedFrom::Constant(_)) | None => &[],
        }
    }

    /// What every row has in `field`, if that is said and not nothing.
    pub(crate) fn constant(&self, field: &str) -> Option<&str> {
        match self.0.get(field) {
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
        self.0.iter().any(holds)
    }

    /// Whether `table` has every column that it names. Files of one command may be laid out in different
    /// ways, and need no mapping each.
    pub(crate) fn fits(&self, table: &Table) -> bool {
        let known = |column: &String| table.column(&[column]).is_some();
        let fits = |from: &MappedFrom| match from {
            MappedFrom::Columns(columns) => columns.iter().all(known),
            MappedFrom::Constant(_) => true,
        };
        !self.is_empty() && self.0.values().all(fits)
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The one column or constant of `field`.
    pub(crate) fn single(&self, file: &Path, field: &str) -> Result<Option<&MappedFrom>, Error> {
        match self.0.get(field) {
            Some(MappedFrom::Columns(columns)) if columns.len() != 1 => {
                let found = format!("the columns {}", columns.join(", "));
                Err(Error::field(file, "", field, found, "one column; only value may have several"))
            }
            other => Ok(other),
        }
    }
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

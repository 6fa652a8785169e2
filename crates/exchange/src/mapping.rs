//! Which columns of somebody's table hold our fields, where no layout that is known here fits.

use crate::Error;
use crate::door::Table;
use crate::score_source::file_of;
use std::collections::BTreeMap;
use std::path::Path;

/// The fields of a grade that a mapping may name.
const GRADE_FIELDS: [&str; 5] = ["rater", "item", "axis", "value", "scenario"];

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
pub(crate) enum MappedFrom {
    /// These columns: one, or, for values, one per axis or rater.
    Columns(Vec<String>),
    /// The same text in every row.
    Constant(String),
}

impl Mapping {
    /// Adds `field=column`, `field=column,column` or `field=:constant`. Refuses any other form in words.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        let expected = || {
            format!(
                "found `{text}`; expected FIELD=COLUMN, FIELD=COLUMN,COLUMN or FIELD=:CONSTANT, with one of {}",
                GRADE_FIELDS.join(", ")
            )
        };
        let (field, from) = text.split_once('=').ok_or_else(expected)?;
        let field = field.trim();
        if !GRADE_FIELDS.contains(&field) || from.is_empty() {
            return Err(expected());
        }
        let from = match from.strip_prefix(':') {
            Some(constant) => MappedFrom::Constant(constant.into()),
            None => MappedFrom::Columns(from.split(',').map(|name| name.trim().into()).collect()),
        };
        match self.fields.insert(field.into(), from) {
            None => Ok(()),
            Some(_) => Err(format!("found {field} twice; expected it once")),
        }
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
        let known = |column: &String| table.column(&[column]).is_some();
        let fits = |from: &MappedFrom| match from {
            MappedFrom::Columns(columns) => columns.iter().all(known),
            MappedFrom::Constant(_) => true,
        };
        self.of_this || !self.is_empty() && self.fields.values().all(fits)
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Where `field` comes from.
    pub(crate) fn get(&self, field: &str) -> Option<&MappedFrom> {
        self.fields.get(field)
    }

    /// The one column or constant of `field`.
    pub(crate) fn single(&self, file: &Path, field: &str) -> Result<Option<&MappedFrom>, Error> {
        match self.get(field) {
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
    if GRADE_FIELDS.iter().any(|field| begins(field).is_some()) {
        return None;
    }
    let ends = GRADE_FIELDS.iter().filter_map(|field| text.find(&format!(":{field}=")));
    ends.min().map(|at| (&text[..at], &text[at + 1..]))
}

/// Whether `file` is called so: as it is given, or without the sheet or the rater in it.
fn is_called(file: &str, name: &str) -> bool {
    file == name || file_of(file) == Path::new(name)
}

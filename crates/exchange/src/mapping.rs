//! Which columns of somebody's table hold our fields, where no layout that is known here fits.

use crate::Error;
use crate::door::Table;
use std::collections::BTreeMap;
use std::path::Path;

/// The fields of a grade that a mapping may name.
const GRADE_FIELDS: [&str; 5] = ["rater", "item", "axis", "value", "scenario"];

/// Our fields, each with where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(pub(crate) BTreeMap<String, MappedFrom>);

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
        if !GRADE_FIELDS.contains(&field) || from.is_empty() {
            return Err(expected());
        }
        let from = match from.strip_prefix(':') {
            Some(constant) => MappedFrom::Constant(constant.into()),
            None => MappedFrom::Columns(from.split(',').map(|name| name.trim().into()).collect()),
        };
        match self.0.insert(field.into(), from) {
            None => Ok(()),
            Some(_) => Err(format!("found {field} twice; expected it once")),
        }
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

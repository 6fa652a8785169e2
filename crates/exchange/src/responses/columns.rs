//! Which columns of a table, or fields of JSON records, hold our fields.

use crate::mapping::{Holding, MapField, Mapping};
use crate::score_source::whole_number;
use crate::{Error, MappedFrom};
use std::path::Path;

/// What a person says of the columns.
pub(super) struct Columns {
    pub(super) mapping: Mapping,
    /// The repetition that all responses are.
    pub(super) rep_id: Option<u32>,
}

/// The fields of a response.
pub(super) fn fields() -> &'static [MapField] {
    Holding::Responses.fields()
}

/// The fields that a file must have a column for.
pub(super) fn required() -> impl Iterator<Item = &'static str> {
    fields().iter().filter(|field| field.required).map(|field| field.name)
}

impl Columns {
    /// Takes of a mapping what is said of responses. Refuses a repetition that is no number.
    pub(super) fn new(file: &Path, said: &Mapping) -> Result<Self, Error> {
        let mapping = said.only(Holding::Responses);
        let number = |text: &str| {
            whole_number(text).ok_or_else(|| {
                let found = format!("`:{text}`");
                let expected = "a whole number up to 4294967295, or a column";
                Error::field(file, "", "rep_id", found, expected)
            })
        };
        let rep_id = mapping.constant("rep_id").map(number).transpose()?;
        Ok(Self { mapping, rep_id })
    }

    /// What all responses have in `field`.
    pub(super) fn constant(&self, field: &str) -> Option<&str> {
        self.mapping.constant(field)
    }

    /// The column that is said to hold `field`.
    pub(super) fn column(&self, field: &str) -> Option<&str> {
        self.mapping.columns(field).first().map(String::as_str)
    }

    /// What the file calls `field`.
    pub(super) fn name<'a>(&'a self, field: &'a str) -> &'a str {
        self.column(field).unwrap_or(field)
    }

    /// Each column that is named, with our field that it holds.
    pub(super) fn named(&self) -> impl Iterator<Item = (&str, &str)> {
        self.mapping.iter().filter_map(|(ours, from)| match from {
            MappedFrom::Columns(columns) => Some((ours, columns.first()?.as_str())),
            MappedFrom::Constant(_) => None,
        })
    }
}

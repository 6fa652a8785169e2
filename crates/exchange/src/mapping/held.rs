//! Where the rows of a table have our fields.

use super::{MapField, Mapping};
use crate::Error;
use crate::command_line::map_option;
use crate::door::{Row, Table, line};
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

/// Under which names a field is looked for of which nothing is said.
#[derive(Clone, Copy)]
pub(crate) enum LookFor {
    /// Its own.
    OwnName,
    /// Its own and those of other people.
    AnyName,
}

/// Our fields, each with the columns of a table that hold it.
pub(crate) struct Held<'a>(HashMap<&'static str, Source<'a>>);

struct Source<'a> {
    /// What the table calls it.
    name: &'a str,
    columns: Vec<usize>,
    constant: Option<String>,
}

impl<'a> Held<'a> {
    /// Finds `fields` in `table` as `mapping` says. Refuses a column that is not there, and a table without a field
    /// that it must have.
    pub(crate) fn find(
        file: &Path,
        table: &'a Table,
        fields: &'static [MapField],
        mapping: &Mapping,
        look_for: LookFor,
    ) -> Result<Self, Error> {
        let mut held = HashMap::new();
        for field in fields {
            let source =
                Source::of(file, table, field, mapping, look_for).map_err(|error| match mapping
                    .says(field.name)
                {
                    true => error,
                    false => error.with_advice(suggested(table, fields, mapping)),
                })?;
            held.insert(field.name, source);
        }
        Ok(Self(held))
    }

    /// What the table calls the column of `field`, or the field's own name.
    pub(crate) fn name<'n>(&'n self, field: &'n str) -> &'n str {
        self.0.get(field).map_or(field, |source| source.name)
    }

    /// What a row has in `field`, as it is written; of several columns a line each.
    pub(crate) fn written<'r>(&'r self, row: &'r Row<'_>, field: &str) -> Cow<'r, str> {
        match self.0.get(field) {
            Some(Source { constant: Some(text), .. }) => text.into(),
            Some(Source { columns, .. }) => match columns.as_slice() {
                [] => "".into(),
                [only] => row.written(*only).into(),
                several => {
                    let cells: Vec<&str> = several.iter().map(|at| row.written(*at)).collect();
                    cells.join("\n").into()
                }
            },
            None => "".into(),
        }
    }
}

impl<'a> Source<'a> {
    fn of(
        file: &Path,
        table: &'a Table,
        field: &'static MapField,
        mapping: &Mapping,
        look_for: LookFor,
    ) -> Result<Self, Error> {
        let there = || table.found();
        let columns = if mapping.says(field.name) {
            let place = |name: &String| {
                table.column(&[name]).ok_or_else(|| {
                    Error::field(file, line(1), name, there(), "a column of this name")
                })
            };
            mapping.columns(field.name).iter().map(place).collect::<Result<Vec<_>, _>>()?
        } else {
            let looked_for = match look_for {
                LookFor::OwnName => &field.names[..1],
                LookFor::AnyName => field.names,
            };
            let free = |at: &usize| !mapping.gives_away(&table.header()[*at], field.name);
            let found = looked_for.iter().find_map(|name| table.column(&[name]).filter(free));
            found.into_iter().collect()
        };
        let constant = mapping.constant(field.name).map(ToOwned::to_owned);
        if columns.is_empty() && constant.is_none() && field.required {
            let expected = expected("column", field.name);
            return Err(Error::field(file, line(1), field.name, there(), expected));
        }
        let name = columns.first().map_or(field.name, |at| table.header()[*at].as_str());
        Ok(Self { name, columns, constant })
    }
}

/// What the columns' names suggest for the fields that a file must have and of which nothing is said.
fn suggested(table: &Table, fields: &[MapField], mapping: &Mapping) -> Option<String> {
    let said = |field: &MapField| {
        let free = |at: &usize| !mapping.gives_away(&table.header()[*at], field.name);
        let column = field.names.iter().find_map(|name| table.column(&[name]).filter(free))?;
        map_option(field.name, &[&table.header()[column]]).into()
    };
    let lacking = |field: &&MapField| {
        field.required && !mapping.says(field.name) && table.column(&field.names[..1]).is_none()
    };
    let options: Option<Vec<String>> = fields.iter().filter(lacking).map(said).collect();
    let options = options.filter(|options| !options.is_empty())?;
    Some(format!("The names of the columns suggest {}", options.join(" ")))
}

/// What is expected where no `column` (or `field`, as JSON has them) holds one of ours.
pub(crate) fn expected(column: &str, ours: &str) -> String {
    let other = format!("another that holds it ({ours}={})", column.to_uppercase());
    match ours {
        "model_id" => format!(
            "a {column} of this name, {other}, or one name for all responses (model_id=:NAME)"
        ),
        _ => format!("a {column} of this name, or {other}"),
    }
}

//! A table whose columns the person has named.

use super::columns::Columns;
use super::names::{AXIS, SCENARIO};
use crate::Error;
use crate::door::{Row, Table, line};
use crate::grades::{By, Grades, Layout};
use crate::mapping::{MappedFrom, Mapping};
use crate::problems::listed;
use std::path::Path;

/// Where a field comes from, found in this table.
#[derive(Clone, Copy)]
enum From<'a> {
    Column(usize),
    Text(&'a str),
}

impl From<'_> {
    fn of<'r>(&'r self, row: &'r Row<'_>) -> &'r str {
        match self {
            Self::Column(column) => row.cell(*column),
            Self::Text(text) => text,
        }
    }
}

/// The number of a name, or the column that the name is in.
enum Number {
    Known(u32),
    In(usize),
}

impl Number {
    fn of(from: From<'_>, number: impl FnOnce(&str) -> Result<u32, Error>) -> Result<Self, Error> {
        Ok(match from {
            From::Column(column) => Self::In(column),
            From::Text(text) => Self::Known(number(text)?),
        })
    }

    fn at(
        &self,
        row: &Row<'_>,
        number: impl FnOnce(&str) -> Result<u32, Error>,
    ) -> Result<u32, Error> {
        match self {
            Self::Known(known) => Ok(*known),
            Self::In(column) => number(row.cell(*column)),
        }
    }
}

/// Tells `table` what `mapping` says of some of its columns; the others are recognised.
pub(in crate::grades) fn say(
    file: &Path,
    table: &mut Table,
    mapping: &Mapping,
) -> Result<(), Error> {
    table.said_mut().begin();
    for (field, _) in mapping.iter().filter(|(field, _)| *field != "value") {
        match mapping.single(file, field)? {
            // An empty rater is the file's name; another empty text says that no column holds the field.
            Some(MappedFrom::Constant(text)) if text.is_empty() && field != "rater" => {
                table.said_mut().exclude(field);
            }
            Some(MappedFrom::Constant(text)) => table.said_mut().set(field, text),
            Some(MappedFrom::Columns(columns)) => {
                let column = column(file, table, &columns[0])?;
                table.said_mut().hold(field, column);
            }
            None => {}
        }
    }
    let scenario = table.column(&SCENARIO).is_some() || table.said().constant("scenario").is_some();
    match mapping.says("model") && mapping.constant("model").is_none() && !scenario {
        true => Err(needed(
            file,
            mapping,
            "scenario",
            "the scenario, without which a model tells nothing",
        )),
        false => Ok(()),
    }
}

fn needed(file: &Path, mapping: &Mapping, field: &str, what: &str) -> Error {
    let said: Vec<&str> = mapping.iter().map(|(field, _)| field).collect();
    let found = format!("a mapping that names {} and not {what}", listed(&said));
    Error::field(file, "", field, found, format!("--map {field}=COLUMN as well"))
}

/// Reads `table`, which was told of `mapping`, as that says. Several columns of values are axes if the axis is not mapped, and
/// raters if the rater is not. A rater of whom nothing is said has the file's name, and so has one mapped to
/// an empty text.
pub(in crate::grades) fn read(
    file: &Path,
    table: &Table,
    mapping: &Mapping,
) -> Result<Grades, Error> {
    let find = |field: &str| -> Result<Option<From<'_>>, Error> {
        Ok(match mapping.single(file, field)? {
            Some(MappedFrom::Constant(text)) if text.is_empty() && field != "rater" => None,
            Some(MappedFrom::Constant(text)) => Some(From::Text(text)),
            Some(MappedFrom::Columns(columns)) => {
                Some(From::Column(column(file, table, &columns[0])?))
            }
            None => None,
        })
    };
    let columns = Columns::of(file, table)?;
    if let Some(axis) = ["omission", "commission"].into_iter().find(|axis| mapping.says(axis)) {
        let found = format!("{axis} as well");
        return Err(Error::field(
            file,
            "",
            "value",
            found,
            "either: both say which columns are grades",
        ));
    }
    let recognised = columns.item().filter(|_| mapping.columns("item").is_empty());
    let item = find("item")?.or(recognised.map(From::Column));
    let item = item.ok_or_else(|| needed(file, mapping, "item", "the items"))?;
    let Some(MappedFrom::Columns(names)) = mapping.get("value") else {
        return Err(needed(file, mapping, "value", "the grades"));
    };
    let mut values = Vec::with_capacity(names.len());
    for name in names {
        values.push((name.as_str(), column(file, table, name)?));
    }
    let stem = file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let free = |column: &usize| !values.iter().any(|(_, value)| value == column);
    let axis = find("axis")?.or(table.column(&AXIS).filter(free).map(From::Column));
    let rater = match find("rater")? {
        Some(From::Text("")) => Some(From::Text(&stem)),
        Some(rater) => Some(rater),
        None => match item {
            From::Column(item) => columns.rater(item).filter(free).map(From::Column),
            From::Text(_) => None,
        },
    };
    if rater.is_none() && axis.is_none() && values.len() > 1 {
        let expected = "which they are: if they are raters, add --map axis=:NAME; if they are axes, --map rater=:NAME";
        return Err(Error::field(file, "", "value", format!("{} columns", values.len()), expected));
    }
    let mut grades = Grades::of_table(file, Layout::Mapped, table);
    let several = values.len() > 1;
    let mut numbered = Vec::with_capacity(values.len());
    for (name, column) in values {
        let rater =
            rater.unwrap_or(From::Text(if several && axis.is_some() { name } else { &stem }));
        let rater = Number::of(rater, |name| grades.rater(1, name))?;
        let axis = Number::of(axis.unwrap_or(From::Text(name)), |name| grades.axis(1, name))?;
        numbered.push((column, rater, axis));
    }
    if let Some(item) = recognised {
        columns.note_item(&mut grades, item);
    }
    table.each(file, |row| {
        let item = item.of(&row);
        let number = grades.item(row.line, item)?;
        for (column, rater, axis) in &numbered {
            let rater = rater.at(&row, |name| grades.rater(row.line, name))?;
            let axis = axis.at(&row, |name| grades.axis(row.line, name))?;
            grades.push(row.line, number, By { rater, axis }, &row.value(row.cell(*column)));
        }
        columns.design.apply(&mut grades, &row, item);
        Ok(())
    })?;
    Ok(grades)
}

pub(super) fn column(file: &Path, table: &Table, name: &str) -> Result<usize, Error> {
    table.named(name).ok_or_else(|| {
        let expected = format!("one of {}", table.names());
        Error::field(file, line(1), "the header", format!("no column `{name}`"), expected)
    })
}

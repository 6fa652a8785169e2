//! A table whose columns the person has named.

use crate::Error;
use crate::door::{Row, Table, line};
use crate::grades::{By, Grades, Layout};
use crate::mapping::{MappedFrom, Mapping};
use std::path::Path;
use study::ItemDesign;

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

/// Reads `table` as `mapping` says. Several columns of values are axes if the axis is not mapped, and
/// raters if the rater is not. A rater of whom nothing is said has the file's name, and so has one mapped to
/// an empty text.
pub(in crate::grades) fn read(
    file: &Path,
    table: &Table,
    mapping: &Mapping,
) -> Result<Grades, Error> {
    let find = |field: &str| -> Result<Option<From<'_>>, Error> {
        Ok(match mapping.single(file, field)? {
            Some(MappedFrom::Constant(text)) => Some(From::Text(text)),
            Some(MappedFrom::Columns(columns)) => {
                Some(From::Column(column(file, table, &columns[0])?))
            }
            None => None,
        })
    };
    let needed = |field: &str| {
        let expected = format!("a column for it: --map {field}=COLUMN");
        Error::field(file, "", field, "nothing in the mapping", expected)
    };
    let item = find("item")?.ok_or_else(|| needed("item"))?;
    let Some(MappedFrom::Columns(names)) = mapping.get("value") else {
        return Err(needed("value"));
    };
    let mut values = Vec::with_capacity(names.len());
    for name in names {
        values.push((name.as_str(), column(file, table, name)?));
    }
    let stem = file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (axis, scenario, model) = (find("axis")?, find("scenario")?, find("model")?);
    let rater = match find("rater")? {
        Some(From::Text("")) => Some(From::Text(&stem)),
        rater => rater,
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
    table.each(file, |row| {
        let item = item.of(&row);
        let number = grades.item(row.line, item)?;
        for (column, rater, axis) in &numbered {
            let rater = rater.at(&row, |name| grades.rater(row.line, name))?;
            let axis = axis.at(&row, |name| grades.axis(row.line, name))?;
            grades.push(row.line, number, By { rater, axis }, &row.value(row.cell(*column)));
        }
        let named = |from: &Option<From<'_>>| {
            from.as_ref().map(|from| from.of(&row).to_owned()).filter(|name| !name.is_empty())
        };
        if let Some(scenario) = named(&scenario) {
            let model = named(&model);
            grades.set_design(item, ItemDesign { scenario, model, ..ItemDesign::default() });
        }
        Ok(())
    })?;
    Ok(grades)
}

fn column(file: &Path, table: &Table, name: &str) -> Result<usize, Error> {
    table.column(&[name]).ok_or_else(|| {
        let expected = format!("one of {}", table.names());
        Error::field(file, line(1), "the header", format!("no column `{name}`"), expected)
    })
}

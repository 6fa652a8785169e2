//! Tidy: `rater,item,axis,value`, one grade per row. Without a column of raters the file is one rater's.

use super::columns::{Design, rater_of_file};
use super::names::{AXIS, ITEM, RATER, VALUE};
use crate::Error;
use crate::door::Table;
use crate::grades::{GivenGrade, Grades, Layout};
use std::path::Path;

/// Reads a tidy table; `None` if `table` is not tidy.
pub(super) fn read(file: &Path, table: &Table) -> Result<Option<Grades>, Error> {
    let column = |names: &[&str]| table.column(names);
    let joined = table.joined().map(|(joined, _)| joined);
    let (rater, Some(item)) = (column(&RATER), column(&ITEM).or(joined)) else { return Ok(None) };
    let Some(value) = column(&VALUE) else { return Ok(None) };
    let (axis, only_axis) = (column(&AXIS), table.said().constant("axis"));
    if axis.is_none() && only_axis.is_none() {
        return Ok(None);
    }
    let design = Design::of(table);
    let mut grades = Grades::of_table(file, Layout::Tidy, table);
    let of_file = match rater {
        None => rater_of_file(file, table, &mut grades),
        Some(_) => String::new(),
    };
    table.each(file, |row| {
        let rater = rater.map_or(&*of_file, |column| row.cell(column));
        let axis = axis.map_or(only_axis.unwrap_or_default(), |column| row.cell(column));
        let (item, value) = (row.cell(item), row.value(row.cell(value)));
        grades.add(GivenGrade { at: row.line, rater, item, axis, value: &value })?;
        design.apply(&mut grades, &row, item);
        Ok(())
    })?;
    Ok(Some(grades))
}

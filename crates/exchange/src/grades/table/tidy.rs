//! Tidy: `rater,item,axis,value`, one grade per row.

use super::columns::{Design, add};
use super::names::{AXIS, ITEM, RATER, VALUE};
use crate::Error;
use crate::door::Table;
use crate::grades::{Grades, Layout};
use std::path::Path;

/// Reads a tidy table; `None` if `table` is not tidy.
pub(super) fn read(file: &Path, table: &Table) -> Result<Option<Grades>, Error> {
    let column = |names: &[&str]| table.column(names);
    let (Some(rater), Some(item)) = (column(&RATER), column(&ITEM)) else { return Ok(None) };
    let (Some(axis), Some(value)) = (column(&AXIS), column(&VALUE)) else { return Ok(None) };
    let design = Design::of(table);
    let mut grades = Grades::of_table(file, Layout::Tidy, table);
    table.each(file, |row| {
        let names = [rater, item, axis].map(|column| row.cell(column));
        add(&mut grades, &row, value, names)?;
        design.apply(&mut grades, &row, row.cell(item));
        Ok(())
    })?;
    Ok(Some(grades))
}

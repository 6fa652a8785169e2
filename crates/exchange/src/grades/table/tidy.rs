//! Tidy: `rater,item,axis,value`, one grade per row.

use crate::Error;
use crate::door::{Row, Table};
use crate::grades::{GivenGrade, Grades, Layout};
use std::path::Path;
use study::Place;

const RATER: [&str; 4] = ["rater", "rater_id", "judge", "judge_id"];
const ITEM: [&str; 2] = ["item", "item_id"];
const AXIS: [&str; 2] = ["axis", "axis_id"];
const VALUE: [&str; 2] = ["value", "grade"];
const SCENARIO: [&str; 2] = ["scenario", "scenario_id"];

/// Where rater, item, axis and value are.
pub(crate) fn columns(table: &Table) -> Option<[usize; 4]> {
    let column = |names: &[&str]| table.column(names);
    Some([column(&RATER)?, column(&ITEM)?, column(&AXIS)?, column(&VALUE)?])
}

/// Whether `table` is tidy.
pub(in crate::grades) fn is(table: &Table) -> bool {
    columns(table).is_some()
}

/// Reads a tidy table.
pub(in crate::grades) fn read(file: &Path, table: &Table) -> Result<Grades, Error> {
    let mut grades = Grades::new(file, Layout::Tidy, table.unit());
    let Some(columns) = columns(table) else { return Ok(grades) };
    let scenario = table.column(&SCENARIO);
    table.each(file, |row: Row<'_>| {
        let [rater, item, axis, value] = columns.map(|column| row.cell(column));
        grades.add(GivenGrade { at: row.line, rater, item, axis, value: &row.value(value) })?;
        if let Some(scenario) =
            scenario.map(|column| row.cell(column)).filter(|name| !name.is_empty())
        {
            grades.place(item, Place { scenario: scenario.to_owned(), ..Place::default() });
        }
        Ok(())
    })?;
    Ok(grades)
}

//! Ratings without names of items: `a,b` or `r1,…,rk`, each line an item.

use super::columns::{Columns, add, columns as said};
use super::names::{ITEM, KINDS, ONE_AXIS};
use crate::Error;
use crate::door::{Table, plain};
use crate::grades::{By, Grades, Layout};

/// The columns that are raters of items without names: `a` and `b`, or numbered, as `r1` to
/// `rk` or `Reviewer 1` to `Reviewer 3`.
pub(super) fn raters(table: &Table) -> Option<Vec<usize>> {
    if table.column(&ITEM).is_some() {
        return None;
    }
    if let (Some(a), Some(b)) = (table.column(&["a"]), table.column(&["b"])) {
        return Some(vec![a, b]);
    }
    let numbered = |name: &String| {
        let name = plain(name);
        let kind = KINDS.iter().find_map(|kind| name.strip_prefix(kind));
        let number = kind.or_else(|| name.strip_prefix('r'));
        number.is_some_and(|number| number.parse::<u32>().is_ok())
    };
    let raters: Vec<usize> =
        (0..table.header().len()).filter(|at| numbered(&table.header()[*at])).collect();
    (raters.len() > 1).then_some(raters)
}

/// Reads ratings without names of items; `None` if the raters are not called so.
pub(super) fn read(columns: &Columns<'_>) -> Result<Option<Grades>, Error> {
    let Some(raters) = raters(columns.table) else { return Ok(None) };
    let mut grades =
        Grades::of_table(columns.file, Layout::Patterns, columns.table).without_names();
    let by = columns.by_raters(&mut grades, &raters)?;
    let axis = grades.axis(1, ONE_AXIS)?;
    columns.table.each(columns.file, |row| {
        let item = row.line.to_string();
        let number = grades.item(row.line, &item)?;
        for (column, rater) in &by {
            add(&mut grades, &row, *column, number, By { rater: *rater, axis });
        }
        columns.design.apply(&mut grades, &row, &item);
        Ok(())
    })?;
    let names: Vec<&str> = raters.iter().map(|rater| columns.name(*rater)).collect();
    let unit = columns.table.unit();
    let on = format!("raters of one axis, called `{ONE_AXIS}`, and each {unit} as an item");
    columns.note(&mut grades, format!("{} were read as {on}.", said(&names)));
    columns.note_left_out(&mut grades, &raters, &[]);
    Ok(Some(grades))
}

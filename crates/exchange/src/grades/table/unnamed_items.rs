//! Items in a column of any name beside one of raters: `Patient ID,Rater,Severity`.

use super::held::{Held, LONGEST};
use super::names::{AXIS, ITEM, KINDS, RATER, SCENARIO, VALUE, is_told_of_item};
use crate::Error;
use crate::door::{Table, plain};
use crate::grades::{Grades, harm_axis};
use rustc_hash::FxHashSet;
use std::path::Path;

/// Takes the first column beside that of the raters for the items' names, where none is called so and each rater
/// has each name once. The column, if so.
pub(super) fn find(file: &Path, table: &mut Table) -> Result<Option<usize>, Error> {
    let Some((column, rater)) = candidate(table) else { return Ok(None) };
    let held = Held::of_columns(file, table)?;
    let (names, raters) = (&held[column], &held[rater]);
    // Grades of one that is called `judge` name nobody.
    let called = plain(&table.header()[rater]);
    let are_grades = raters.are_numbers() && KINDS.contains(&&*called) && called != "rater";
    let come_again = names.filled > 1 && !names.all_differ();
    // Small numbers may be grades as well.
    if are_grades
        || names.are_small()
        || !come_again
        || names.longest > LONGEST
        || names.filled != raters.filled
    {
        return Ok(None);
    }
    let axis = table.column(&AXIS);
    let (mut seen, mut once) = (FxHashSet::default(), true);
    table.each(file, |row| {
        let axis = axis.map_or("", |axis| row.cell(axis));
        let key = [row.cell(column), row.cell(rater), axis].map(String::from);
        once &= seen.insert(key);
        Ok(())
    })?;
    if once {
        table.said_mut().hold("item", column);
    }
    Ok(Some(column).filter(|_| once))
}

/// The column that may be that of the items, and that of the raters.
fn candidate(table: &Table) -> Option<(usize, usize)> {
    if table.column(&ITEM).is_some() || table.said().excludes("item") || table.joined().is_some() {
        return None;
    }
    let rater = table.column(&RATER)?;
    let column = usize::from(rater == 0);
    let name = table.header().get(column)?;
    let called = |names: &[&str]| names.iter().any(|one| plain(one) == plain(name));
    let is_field = called(&AXIS) || called(&VALUE) || called(&SCENARIO);
    let is_other = is_field || is_told_of_item(name) || harm_axis(name).is_some();
    (!is_other && table.header().len() > 2).then_some((column, rater))
}

/// Says which column was taken.
pub(super) fn note(file: &Path, table: &Table, grades: &mut Grades, column: usize) {
    let name = crate::problems::clipped(&table.header()[column]);
    let note = format!("{}: the column {name} was read as the items' names.", file.display());
    if !grades.notes().contains(&note) {
        grades.note(note);
    }
}

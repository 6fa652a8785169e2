//! A column for each rater, a row for each item: `item,A,B,C`, on one axis, or on the one that a column
//! `axis` names.

use super::columns::{Columns, add, columns as said};
use super::names::{AXIS, ONE_AXIS, is_rater};
use crate::Error;
use crate::command_line::map_option;
use crate::grades::{By, Grades, Layout};
use crate::problems::clipped;

/// Reads a table with a column for each rater; `None` if it does not have several.
pub(super) fn read(columns: &Columns<'_>) -> Result<Option<Grades>, Error> {
    let by_rater =
        columns.is_said_of_all("rater") || columns.table.said().column("rater").is_some();
    let Some(item) = columns.item().filter(|_| !by_rater) else { return Ok(None) };
    let axis = columns.table.column(&AXIS);
    let only_axis = columns.table.said().constant("axis").unwrap_or(ONE_AXIS);
    let known = [Some(item), axis];
    let graded = columns.graded(&known);
    let single = columns.single(item, &graded).filter(|only| is_rater(columns.name(*only)));
    let raters = single.map_or_else(|| columns.alike(&graded), |only| vec![only]);
    if raters.len() < 2 && single.is_none() {
        return Ok(None);
    }
    let mut grades = Grades::of_table(columns.file, Layout::Wide, columns.table);
    let by = columns.by_raters(&mut grades, &raters)?;
    columns.table.each(columns.file, |row| {
        let number = grades.item(row.line, row.cell(item))?;
        let axis = grades.axis(row.line, axis.map_or(only_axis, |column| row.cell(column)))?;
        for (column, rater) in &by {
            add(&mut grades, &row, *column, number, By { rater: *rater, axis });
        }
        columns.design.apply(&mut grades, &row, row.cell(item));
        Ok(())
    })?;
    let names: Vec<&str> = raters.iter().map(|rater| columns.name(*rater)).collect();
    let on = match axis {
        None if single.is_some() => format!(" of one axis, called `{only_axis}`"),
        None => {
            format!(
                " of one axis, called `{only_axis}`. If they are axes, add a column `rater`; if one is \
                     neither, name the raters: --map value=A,B {} --map axis=:{only_axis}",
                map_option("item", &[columns.name(item)])
            )
        }
        Some(_) => String::new(),
    };
    let were = if single.is_some() { "was read as a rater" } else { "were read as raters" };
    columns.note(&mut grades, format!("{} {were}{on}.", said(&names)));
    if let (None, Some((odd, why))) = (axis, columns.odd_one(&raters)) {
        let odd = columns.name(odd);
        let others: Vec<&str> = names.into_iter().filter(|name| *name != odd).collect();
        let note = format!(
            "the column {} {why}. If it is no rater, leave it out: {} {} --map axis=:{only_axis}.",
            clipped(odd),
            map_option("value", &others),
            map_option("item", &[columns.name(item)])
        );
        columns.note(&mut grades, note);
    }
    columns.note_item(&mut grades, item);
    columns.note_left_out(&mut grades, &raters, &known);
    Ok(Some(grades))
}

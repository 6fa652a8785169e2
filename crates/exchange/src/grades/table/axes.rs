//! A column for each axis, a row for each item and rater: `item,rater,omission,commission`. Without a
//! column of raters the whole file is by one, and only the harm axes are known as axes; so is the
//! published sheet, `blind_id, …, oh_score, ch_score, clinical_notes`. A single column of grades beside the
//! items is one rater's on one axis, whatever it is called.

use super::columns::{Columns, add};
use super::names::{AXIS, ONE_AXIS, is_rater};
use crate::Error;
use crate::command_line::{map_option, quoted};
use crate::door::Row;
use crate::grades::{By, Grades, Layout, harm_axis};
use crate::problems::clipped;
use crate::score_source::is_absent;

/// Reads a table with a column for each axis; `None` if it has none.
pub(super) fn read(columns: &Columns<'_>) -> Result<Option<Grades>, Error> {
    let has_axis = columns.table.column(&AXIS).is_some();
    let Some(item) = columns.item().filter(|_| !has_axis) else { return Ok(None) };
    let rater = columns.rater(item);
    let is_of_one = rater.is_some() || columns.is_said_of_all("rater");
    let known = [Some(item), rater];
    let is_axis = |column: &usize| {
        harm_axis(columns.name(*column)).is_some()
            || columns.said_harm(*column).is_some()
            || is_of_one && columns.has_few_values(*column)
    };
    let graded = columns.graded(&known);
    let mut axes: Vec<usize> = graded.iter().copied().filter(is_axis).collect();
    let single = columns.single(item, &graded).filter(|_| rater.is_none());
    let single = single.filter(|only| !is_rater(columns.name(*only)));
    if axes.is_empty() {
        axes.extend(single);
    }
    // One axis, which was said, has one column of grades.
    if axes.is_empty() || columns.is_said_of_all("axis") && axes.len() != 1 {
        return Ok(None);
    }
    let mut grades = Grades::of_table(columns.file, Layout::Axes, columns.table);
    let of_file = match rater {
        None => columns.rater_of_file(&mut grades),
        Some(_) => String::new(),
    };
    add_rows(columns, &mut grades, &axes, |row| {
        Some((
            rater.map_or(&*of_file, |column| row.cell(column)).to_owned(),
            row.cell(item).to_owned(),
        ))
    })?;
    columns.note_item(&mut grades, item);
    if let Some(only) = single.filter(|only| harm_axis(columns.name(*only)).is_none()) {
        let name = columns.name(only);
        let note = format!(
            "the column {} was read as an axis. If it is a rater, say so: {} {} --map axis=:{ONE_AXIS} --map {}.",
            clipped(name),
            map_option("item", &[columns.name(item)]),
            map_option("value", &[name]),
            quoted(&format!("rater=:{}", clipped(name)))
        );
        columns.note(&mut grades, note);
    }
    columns.note_left_out(&mut grades, &axes, &known);
    Ok(Some(grades))
}

/// Adds the grades in the `axes` columns of every row of which `named` tells rater and item. Rows
/// without a rater and without grades say nothing.
pub(super) fn add_rows(
    columns: &Columns<'_>,
    grades: &mut Grades,
    axes: &[usize],
    named: impl Fn(&Row<'_>) -> Option<(String, String)>,
) -> Result<(), Error> {
    let names = columns.axes(axes, grades).into_iter();
    let numbers: Vec<u32> = names.map(|name| grades.axis(1, name)).collect::<Result<_, _>>()?;
    let mut silent = 0;
    columns.table.each(columns.file, |row| {
        let Some((rater, item)) = named(&row) else { return Ok(()) };
        if rater.is_empty() && axes.iter().all(|column| is_absent(row.cell(*column))) {
            silent += 1;
            return Ok(());
        }
        let number = grades.item(row.line, &item)?;
        let rater = grades.rater(row.line, &rater)?;
        for (column, axis) in axes.iter().zip(&numbers) {
            add(grades, &row, *column, number, By { rater, axis: *axis });
        }
        columns.design.apply(grades, &row, &item);
        Ok(())
    })?;
    if silent > 0 {
        columns.note(grades, format!("rows left out, with neither a rater nor a grade: {silent}."));
    }
    Ok(())
}

//! Layouts of tables.

mod axes;
mod columns;
mod counted;
mod crossed;
mod forms;
mod held;
mod json_cells;
mod mapped;
mod names;
mod patterns;
mod redcap;
mod tidy;
mod unnamed_items;
mod wide;

pub(crate) use counted::CountedTable;
pub(crate) use names::{COUNT, RATER, SCENARIO, holds_no_grade};

use super::Grades;
use crate::door::{Part, Table, line};
use crate::score_source::whole_number;
use crate::{Error, Mapping, Spot};
use columns::Columns;
use names::{ITEM, MODEL, ORIGIN_SCENARIO, REPETITION};
use std::path::Path;
use study::Origin;

/// Reads a layout, if the columns are laid out so.
type Reader = fn(&Columns<'_>) -> Result<Option<Grades>, Error>;

/// The layouts that are known by what columns hold, behind the tidy one, which is known by its four
/// names. The more specific come first: REDCap and Google Forms add columns that nothing else has; then
/// names that are an axis, then names that are made of a rater and an axis. Any names at all may be
/// those of raters, where there is an item; without one they must be called as raters are.
const READERS: [Reader; 6] =
    [redcap::read, forms::read, axes::read, crossed::read, wide::read, patterns::read];
/// How many of them say themselves what an item is.
const OF_FORMS: usize = 2;

/// Reads the grades in `table`, by `mapping` where the table has its columns; `None` where the table is in no
/// layout that is known.
pub(super) fn read(
    file: &Path,
    table: &mut Table,
    mapping: &Mapping,
) -> Result<Option<Grades>, Error> {
    // A study's export marks a response that was shown again.
    table.leave_out_filled(&["repeat_of"]);
    let mapped = mapping.fits(table);
    if mapped {
        mapped::say(file, table, mapping)?;
    }
    join_origin(file, table)?;
    let item = unnamed_items::find(file, table)?;
    let mut grades = in_layout(file, table, mapping, mapped)?;
    if let (Some(grades), Some(item)) = (&mut grades, item) {
        unnamed_items::note(file, table, grades, item);
    }
    let scenario = table.column(&SCENARIO).is_some() || table.said().constant("scenario").is_some();
    if let Some(grades) = grades.as_mut()
        && let Some(model) = table.said().constant("model").filter(|_| !scenario)
    {
        grades.note(format!(
            "{}: model=:{model} was not used: a model tells nothing without a column for the scenario.",
            file.display()
        ));
    }
    let repeats = table.left_out();
    if let Some(grades) = grades.as_mut().filter(|_| repeats > 0) {
        grades.note(format!(
            "{}: {} shown again (`repeat_of`), left out: each response counts once. `primum study agree` compares \
             raters with themselves.",
            file.display(),
            if repeats == 1 {
                "1 row of a response that was".into()
            } else {
                format!("{repeats} rows of responses that were")
            },
        ));
    }
    Ok(grades)
}

/// Reads `table`, in which columns of JSON objects are read only if the others hold no grades, or it is said of them.
/// Gives the table that was read as well.
pub(super) fn read_beside_json(
    file: &Path,
    table: Table,
    mapping: &Mapping,
    notes: &mut Vec<String>,
) -> Result<(Table, Option<Grades>), Error> {
    let objects = json_cells::Objects::of(file, &table)?;
    if objects.is_none() {
        let mut table = table;
        let read = read(file, &mut table, mapping)?;
        return Ok((table, read));
    }
    let mut without = objects.left_out(file, &table)?;
    if !mapping.has_columns(&without) {
        let mut said = Vec::new();
        let mut spread = objects.spread(file, &table, &mut said)?;
        if mapping.has_columns(&spread) {
            notes.append(&mut said);
            let read = read(file, &mut spread, mapping)?;
            return Ok((spread, read));
        }
    }
    if let Ok(Some(grades)) = read(file, &mut without, mapping) {
        notes.push(objects.note_left_out(file, &table));
        return Ok((without, Some(grades)));
    }
    let mut spread = objects.spread(file, &table, notes)?;
    let read = read(file, &mut spread, mapping)?;
    Ok((spread, read))
}

fn in_layout(
    file: &Path,
    table: &mut Table,
    mapping: &Mapping,
    mapped: bool,
) -> Result<Option<Grades>, Error> {
    let counted = CountedTable::of(file, table, mapping)?;
    if let Some(grades) = counted.map_or(Ok(None), |counted| counted.grades(file, table))? {
        return Ok(Some(grades));
    }
    if mapped && mapping.says("value") {
        return mapped::read(file, table, mapping).map(Some);
    }
    if let Some(grades) = tidy::read(file, table)? {
        return Ok(Some(grades));
    }
    let columns = Columns::of(file, table)?;
    if let Some(grades) = crossed::read_models(&columns)? {
        return Ok(Some(grades));
    }
    for reader in &READERS[if table.said().column("item").is_some() { OF_FORMS } else { 0 }..] {
        if let Some(grades) = reader(&columns)? {
            return Ok(Some(grades));
        }
    }
    if !mapping.is_empty() {
        // Says which of its columns the table has not.
        return mapped::read(file, table, mapping).map(Some);
    }
    columns.named_once().map(|()| None)
}

/// Where a table has no items but says which response a row is about, that names the item.
fn join_origin(file: &Path, table: &mut Table) -> Result<(), Error> {
    if table.column(&ITEM).is_some() {
        return Ok(());
    }
    // Words in such a column are something else, and rows without them would be the same item.
    if let Some(column) = table.column(&REPETITION) {
        let mut whole = true;
        table.each(file, |row| {
            whole &= whole_number::<u32>(row.cell(column)).is_some();
            Ok(())
        })?;
        if !whole {
            return Ok(());
        }
    }
    let part = |names: &[&str]| {
        let constant = table.said().constant(names[0]).filter(|text| !text.is_empty());
        let constant = constant.map(|text| Part::Text(text.to_owned()));
        constant.or_else(|| table.column(names).map(Part::Column))
    };
    if let (Some(scenario), Some(model)) = (part(&ORIGIN_SCENARIO), part(&MODEL)) {
        let parts = [scenario, model].into_iter().chain(part(&REPETITION));
        table.said_mut().join(parts.collect(), |cells| {
            let [scenario, model] = [cells[0], cells[1]].map(String::from);
            let rep = cells.get(2).copied().unwrap_or("0");
            match (scenario.is_empty() || model.is_empty(), whole_number(rep)) {
                (false, Some(rep_id)) => {
                    Origin { scenario_id: scenario, model_id: model, rep_id }.item_name()
                }
                // What is no response has no name, and a row without one is refused where it has a grade.
                _ => String::new(),
            }
        });
    }
    Ok(())
}

/// What is said of a table in no known layout, where `expected` are those known.
pub(super) fn unknown(file: &Path, table: &Table, expected: &str) -> Error {
    // Rows that are not lines of text have their columns' names elsewhere.
    let at = if table.unit() == "line" { line(1) } else { Spot::Whole };
    Error::field(file, at, "the header", table.found(), expected)
}

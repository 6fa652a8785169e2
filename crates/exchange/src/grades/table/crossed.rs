//! A column for each rater and axis, a row for each item: `item,A_omission,B_omission,A_commission,…`,
//! in either order, joined by an underscore, a point, a hyphen, a colon or a blank. Where somebody said who graded all,
//! the columns are of models instead, and each row is what these answered.

use super::columns::{Columns, add};
use super::names::{VALUE, is_rater};
use crate::Error;
use crate::door::plain;
use crate::grades::{By, Grades, Layout, harm_axis};
use crate::problems::listed;
use std::collections::{BTreeMap, BTreeSet};
use study::{ItemDesign, Origin};

const JOINTS: [char; 5] = ['_', '.', '-', ':', ' '];

/// The most bytes of a name that is made of a rater's and an axis's.
const LONGEST: usize = 200;

/// A column of grades by one rater on one axis.
struct Crossed<'a> {
    column: usize,
    rater: &'a str,
    axis: &'a str,
}

/// Reads a table with a column for each rater and axis; `None` if its columns are not called so.
pub(super) fn read(columns: &Columns<'_>) -> Result<Option<Grades>, Error> {
    let said = columns.is_said_of_all("axis") || columns.is_said_of_all("rater");
    if said { Ok(None) } else { read_rows(columns, false) }
}

/// Reads a table with a column for each model and axis, by one rater who was said; `None` if it has none.
pub(super) fn read_models(columns: &Columns<'_>) -> Result<Option<Grades>, Error> {
    let of_one = columns.is_said_of_all("rater") && !columns.is_said_of_all("axis");
    if of_one { read_rows(columns, true) } else { Ok(None) }
}

fn read_rows(columns: &Columns<'_>, of_models: bool) -> Result<Option<Grades>, Error> {
    let Some(item) = columns.item() else { return Ok(None) };
    let graded = columns.graded(&[Some(item)]);
    let crossed =
        by_harm_axis(columns, &graded).or_else(|| by_name(columns, &columns.alike(&graded)));
    let crossed = if of_models { crossed.and_then(several_raters) } else { crossed };
    let Some(crossed) = crossed else { return Ok(None) };
    let grades = Grades::of_table(columns.file, Layout::Crossed, columns.table);
    let mut grades = match of_models {
        true => by_models(columns, item, &crossed, grades)?,
        false => by_raters(columns, item, &crossed, grades)?,
    };
    let read: Vec<usize> = crossed.iter().map(|one| one.column).collect();
    columns.note_item(&mut grades, item);
    let rep = columns.design.rep().filter(|_| of_models);
    columns.note_left_out(&mut grades, &read, &[Some(item), rep]);
    Ok(Some(grades))
}

fn by_raters(
    columns: &Columns<'_>,
    item: usize,
    crossed: &[Crossed<'_>],
    mut grades: Grades,
) -> Result<Grades, Error> {
    let mut by = Vec::with_capacity(crossed.len());
    for Crossed { column, rater, axis } in crossed {
        by.push((*column, By { rater: grades.rater(1, rater)?, axis: grades.axis(1, axis)? }));
    }
    columns.table.each(columns.file, |row| {
        let number = grades.item(row.line, row.cell(item))?;
        by.iter().for_each(|(column, by)| add(&mut grades, &row, *column, number, *by));
        columns.design.apply(&mut grades, &row, row.cell(item));
        Ok(())
    })?;
    let raters: BTreeSet<&str> = crossed.iter().map(|one| one.rater).collect();
    let raters = listed(&raters.into_iter().collect::<Vec<_>>());
    let said = format!("the columns were read as the raters {raters} on {}.", axes(&grades));
    columns.note(&mut grades, said);
    Ok(grades)
}

/// One rater's grades of what each model answered to the scenario in each row.
fn by_models(
    columns: &Columns<'_>,
    item: usize,
    crossed: &[Crossed<'_>],
    mut grades: Grades,
) -> Result<Grades, Error> {
    let rater = columns.rater_of_file(&mut grades);
    let rater = grades.rater(1, &rater)?;
    let models: BTreeSet<&str> = crossed.iter().map(|one| one.rater).collect();
    let models: Vec<&str> = models.into_iter().collect();
    let begin = common_begin(&models);
    let mut of_models: BTreeMap<&str, Vec<(usize, By)>> = BTreeMap::new();
    for Crossed { column, rater: model, axis } in crossed {
        let by = By { rater, axis: grades.axis(1, axis)? };
        of_models.entry(&model[begin..]).or_default().push((*column, by));
    }
    columns.table.each(columns.file, |row| {
        let scenario = row.cell(item);
        let rep_id = columns.design.rep_of(&row).unwrap_or_default();
        for (model, by) in &of_models {
            let (scenario_id, model_id) = (scenario.to_owned(), (*model).to_owned());
            let origin = Origin { scenario_id, model_id, rep_id };
            let name = if scenario.is_empty() { String::new() } else { origin.item_name() };
            let number = grades.item(row.line, &name)?;
            by.iter().for_each(|(column, by)| add(&mut grades, &row, *column, number, *by));
            let (model, rep) = (Some(origin.model_id), columns.design.rep_of(&row));
            // Rows may share a scenario, which then has a column of its own.
            let scenario = columns.design.scenario_of(&row).unwrap_or(origin.scenario_id);
            grades.set_design(&name, ItemDesign { scenario, model, rep, ..ItemDesign::default() });
        }
        Ok(())
    })?;
    let models: Vec<&str> = of_models.into_keys().collect();
    let said = format!(
        "the columns were read as one rater's grades of {}, on {}. If they are axes, name them: --map value=A,B.",
        listed(&models),
        axes(&grades)
    );
    columns.note(&mut grades, said);
    Ok(grades)
}

fn axes(grades: &Grades) -> String {
    let axes: Vec<String> = grades.axes().into_iter().map(|axis| format!("`{axis}`")).collect();
    listed(&axes)
}

/// How many bytes all `names` begin with alike, up to an underscore: `human_response_` says nothing of a model.
fn common_begin(names: &[&str]) -> usize {
    let [first, others @ ..] = names else { return 0 };
    let is_common = |end: &usize| {
        let begins = |name: &&str| name.len() > *end && name.starts_with(&first[..*end]);
        first.len() > *end && others.iter().all(begins)
    };
    let mut ends = first.match_indices('_').map(|(at, _)| at + 1).filter(|_| !others.is_empty());
    let end = ends.rfind(is_common).unwrap_or_default();
    // `gpt_` is part of `gpt_4`.
    let is_number = |name: &&str| name[end..].starts_with(|c: char| c.is_ascii_digit());
    if names.iter().any(is_number) { 0 } else { end }
}

/// Names of which one part is a harm axis.
fn by_harm_axis<'a>(columns: &Columns<'a>, graded: &[usize]) -> Option<Vec<Crossed<'a>>> {
    let cross = |column: &usize| {
        splits(columns.name(*column)).into_iter().find_map(|(left, right)| {
            let behind = harm_axis(right).map(|axis| (left, axis));
            let (rater, axis) = behind.or_else(|| Some((right, harm_axis(left)?)))?;
            Some(Crossed { column: *column, rater, axis })
        })
    };
    let crossed: Vec<Crossed<'_>> = graded.iter().filter_map(cross).collect();
    let is_word = |one: &Crossed<'_>| VALUE.contains(&plain(one.rater).as_str());
    (crossed.len() > 1 && !crossed.iter().any(is_word)).then_some(crossed)
}

/// Names whose ends come again behind other beginnings.
fn by_name<'a>(columns: &Columns<'a>, graded: &[usize]) -> Option<Vec<Crossed<'a>>> {
    let mut before: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (left, right) in graded.iter().flat_map(|column| splits(columns.name(*column))) {
        before.entry(right).or_default().insert(left);
    }
    let shared = |column: &usize| {
        let cuts = splits(columns.name(*column)).into_iter();
        cuts.filter(|(_, right)| before[right].len() > 1)
    };
    let longest: Vec<Cut<'a>> =
        graded.iter().filter_map(|column| Some((*column, shared(column).next()?))).collect();
    // `llama_3_tone` is of llama_3 where others have a tone as well.
    let commonest = graded.iter().filter_map(|column| {
        let cuts = shared(column).collect::<Vec<_>>().into_iter().rev();
        Some((*column, cuts.max_by_key(|(_, right)| before[right].len())?))
    });
    let commonest: Vec<Cut<'a>> = commonest.collect();
    let parts = match is_full(&commonest) && !is_full(&longest) {
        true => commonest,
        false => longest,
    };
    if parts.len() * 2 <= graded.len() {
        return None;
    }
    let axis_first = parts.iter().all(|(_, (_, right))| is_rater(right));
    let cross = |(column, (left, right))| match axis_first {
        true => Crossed { column, rater: right, axis: left },
        false => Crossed { column, rater: left, axis: right },
    };
    let crossed: Vec<Crossed<'_>> = parts.into_iter().map(cross).collect();
    let are_axes = crossed.iter().all(|one| harm_axis(one.rater).is_some());
    several_raters(crossed).filter(|_| !are_axes)
}

/// A column, and its name in two.
type Cut<'a> = (usize, (&'a str, &'a str));

/// Whether every beginning has every end.
fn is_full(cuts: &[Cut<'_>]) -> bool {
    let begins: BTreeSet<&str> = cuts.iter().map(|(_, (left, _))| *left).collect();
    let ends: BTreeSet<&str> = cuts.iter().map(|(_, (_, right))| *right).collect();
    begins.len() * ends.len() == cuts.len()
}

/// The columns, if on some axis there are several raters.
fn several_raters(crossed: Vec<Crossed<'_>>) -> Option<Vec<Crossed<'_>>> {
    let mut raters: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for Crossed { rater, axis, .. } in &crossed {
        raters.entry(axis).or_default().insert(rater);
    }
    raters.values().any(|raters| raters.len() > 1).then_some(crossed)
}

/// The ways to cut a name in two, the longest end first. What is longer is no name of a rater and an axis.
fn splits(name: &str) -> Vec<(&str, &str)> {
    if name.len() > LONGEST {
        return Vec::new();
    }
    let cut = |(at, joint): (usize, &str)| (name[..at].trim(), name[at + joint.len()..].trim());
    let cuts = name.match_indices(JOINTS).map(cut);
    cuts.filter(|(left, right)| !left.is_empty() && !right.is_empty()).collect()
}

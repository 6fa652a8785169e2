//! A column for each rater and axis, a row for each item: `item,A_omission,B_omission,A_commission,…`,
//! in either order, joined by an underscore, a point, a hyphen, a colon or a blank.

use super::columns::{Columns, add};
use super::names::{VALUE, is_rater};
use crate::Error;
use crate::door::plain;
use crate::grades::{By, Grades, Layout, harm_axis};
use crate::problems::listed;
use std::collections::{BTreeMap, BTreeSet};

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
    let Some(item) = columns.item().filter(|_| !said) else { return Ok(None) };
    let graded = columns.graded(&[Some(item)]);
    let crossed =
        by_harm_axis(columns, &graded).or_else(|| by_name(columns, &columns.alike(&graded)));
    let Some(crossed) = crossed else { return Ok(None) };
    let mut grades = Grades::of_table(columns.file, Layout::Crossed, columns.table);
    let mut by = Vec::with_capacity(crossed.len());
    for Crossed { column, rater, axis } in &crossed {
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
    let axes: Vec<String> = grades.axes().into_iter().map(|axis| format!("`{axis}`")).collect();
    let said = format!("the columns were read as the raters {raters} on {}.", listed(&axes));
    columns.note(&mut grades, said);
    let read: Vec<usize> = crossed.iter().map(|one| one.column).collect();
    columns.note_item(&mut grades, item);
    columns.note_left_out(&mut grades, &read, &[Some(item)]);
    Ok(Some(grades))
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
    let shared = |(_, right): &(&str, &str)| before[right].len() > 1;
    let parts: Vec<(usize, (&str, &str))> = graded
        .iter()
        .filter_map(|column| {
            Some((*column, splits(columns.name(*column)).into_iter().find(shared)?))
        })
        .collect();
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

//! Files whose items have no names, beside others: nothing says which of their items are the same.

use crate::Failure;
use exchange::{Grades, Layout, ScoreSource};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// Refuses items without names beside another file or a key. Their places in two files are no names: one may be
/// sorted, lack a row, or count its rows from elsewhere.
pub(super) fn refuse(sources: &[ScoreSource], key: Option<&str>) -> Result<(), Failure> {
    let mut tables = sources.iter().filter_map(ScoreSource::grades);
    let Some(unnamed) = tables.find(|grades| grades.has_unnamed_items()) else { return Ok(()) };
    let beside = match key {
        _ if !are_one(sources) => "another file",
        Some(_) => "a key",
        None => return Ok(()),
    };
    let (found, advice) = match unnamed.layout() {
        Layout::Counted => (
            "counts of items, which have no names",
            "To compare all raters, give one file in which each of them is a column beside the counts, or the ratings \
             item by item with a column `item`",
        ),
        Layout::Argilla => (
            "records without names",
            "Give each record an `external_id`, or all raters in one file",
        ),
        _ => (
            "rows without names of items",
            "If a column names the items, say which: --map item=COLUMN. Otherwise add a column `item`, or give one file \
             in which each rater is a column",
        ),
    };
    Err(Failure::refused(format!(
        "{}: found {found}, beside {beside}; expected this file alone, or files that name each item: nothing says which \
         of its items {beside} is about. {advice}",
        unnamed.file().display()
    )))
}

/// Whether all are raters of one table.
fn are_one(sources: &[ScoreSource]) -> bool {
    let place = |grades: &Grades| -> (PathBuf, Option<String>) {
        let file = grades.file();
        let path = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        (path, grades.sheet().map(String::from))
    };
    let places: BTreeSet<_> = sources.iter().map(|one| one.grades().map(place)).collect();
    places.len() < 2
}

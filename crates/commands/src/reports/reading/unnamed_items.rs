//! Tables whose items have no names, beside other files: nothing says which of their items are the same.

use crate::Failure;
use exchange::{Grades, Layout, ScoreSource, joined};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// Refuses counts of items beside another file: an item that is only counted is none of that file's.
pub(super) fn refuse_counts(sources: &[ScoreSource]) -> Result<(), Failure> {
    let Some(counts) = tables(sources, Layout::Counted).next() else { return Ok(()) };
    if are_one(sources) {
        return Ok(());
    }
    Err(Failure::refused(format!(
        "{}: found counts of items, which have no names, beside another file; expected this file alone, or files that \
         name each item: nothing says which of the counted items another file is about. To compare all raters, give one \
         file in which each of them is a column beside the counts, or the ratings item by item with a column `item`",
        counts.file().display()
    )))
}

/// That rows without names were paired by their numbers.
pub(super) fn told(sources: &[ScoreSource]) -> Option<String> {
    let files: BTreeSet<String> = tables(sources, Layout::Patterns)
        .map(|grades| grades.file().display().to_string())
        .filter(|_| !are_one(sources))
        .collect();
    let names: Vec<&String> = files.iter().collect();
    (!files.is_empty()).then(|| {
        format!(
            "{}: the items have no names, and were paired with those of the other files by the numbers of their rows. If \
             the rows of all files are not in the same order, add a column `item`.",
            joined(&names)
        )
    })
}

fn tables(sources: &[ScoreSource], layout: Layout) -> impl Iterator<Item = &Grades> {
    let of_layout = move |grades: &&Grades| grades.layout() == layout;
    sources.iter().filter_map(ScoreSource::grades).filter(of_layout)
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

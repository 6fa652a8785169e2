//! Signs that two raters' scores are one rater's.

use std::collections::BTreeSet;
use study::{Grade, RaterScores, Score};

/// What two raters' scores have in common that those of two people hardly have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sameness {
    /// They graded the same items, and gave the same grades throughout, of which there are several.
    Grades {
        /// The items.
        items: usize,
    },
    /// They bear one name in one study.
    Name,
}

/// Whether two raters' scores look like one rater's. Equal grades that are all the same tell nothing:
/// two people may both have found no harm.
pub fn same_rater(first: &RaterScores, second: &RaterScores) -> Option<Sameness> {
    if let Some(items) = same_grades(first, second) {
        return Some(Sameness::Grades { items });
    }
    let named = first.study.is_some() && first.study == second.study;
    (named && first.rater == second.rater).then_some(Sameness::Name)
}

/// How many items both graded alike on every axis that they share, if those are all of both.
fn same_grades(first: &RaterScores, second: &RaterScores) -> Option<usize> {
    let shared: BTreeSet<&str> = first
        .scales
        .iter()
        .map(|scale| scale.axis.as_str())
        .filter(|axis| second.scales.iter().any(|scale| scale.axis == *axis))
        .collect();
    if !graded(first, &shared).eq(graded(second, &shared)) {
        return None;
    }
    let items: BTreeSet<&str> = graded(first, &shared).map(|(item, ..)| item).collect();
    let mut grades = graded(first, &shared).map(|(.., grade)| grade);
    let one = grades.next()?;
    grades.any(|grade| grade != one).then_some(items.len())
}

/// Item, axis and grade, in order.
fn graded<'a>(
    scores: &'a RaterScores,
    axes: &BTreeSet<&'a str>,
) -> impl Iterator<Item = (&'a str, &'a str, Grade)> {
    scores.items.iter().flat_map(move |(item, given)| {
        given.iter().filter_map(move |(axis, score)| match score {
            Score::Grade(grade) if axes.contains(axis) => Some((item, axis, grade)),
            _ => None,
        })
    })
}

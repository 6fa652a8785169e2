//! Signs that two raters' scores are one rater's.

use std::collections::BTreeSet;
use study::{Grade, Joined, OnAxes, RaterScores, Score};

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
    let [one, other] = [first, second].map(|scores| {
        scores.scales.iter().map(|scale| scale.axis.as_str()).collect::<BTreeSet<_>>()
    });
    let shared: BTreeSet<&str> = one.intersection(&other).copied().collect();
    let (mut items, mut grades) = (0, BTreeSet::new());
    for (_, found) in first.items.beside(&second.items) {
        let (one, other) = match found {
            Joined::First(one) => (Some(one), None),
            Joined::Second(other) => (None, Some(other)),
            Joined::Both(one, other) => (Some(one), Some(other)),
        };
        if !graded(one, &shared).eq(graded(other, &shared)) {
            return None;
        }
        items += usize::from(graded(one, &shared).next().is_some());
        grades.extend(graded(one, &shared).map(|(_, grade)| grade));
    }
    (grades.len() > 1).then_some(items)
}

/// The axes and grades of an item, in order.
fn graded<'a>(
    scores: Option<OnAxes<'a>>,
    axes: &BTreeSet<&str>,
) -> impl Iterator<Item = (&'a str, Grade)> {
    let given = scores.into_iter().flat_map(OnAxes::iter);
    given.filter_map(move |(axis, score)| match score {
        Score::Grade(grade) if axes.contains(axis) => Some((axis, grade)),
        _ => None,
    })
}

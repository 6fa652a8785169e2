//! A rater whose grades are in several tables, such as two waves or one table for each axis.

use exchange::ScoreSource;
use std::collections::BTreeMap;
use study::{RaterScores, Score};

/// What raters gave, and what to know of those whose name is in several tables.
pub(super) struct Joined {
    /// One for each rater, in the order of the first table of each.
    pub(super) scores: Vec<RaterScores>,
    /// By rater the place of the first source.
    pub(super) first: Vec<usize>,
    pub(super) cautions: Vec<String>,
}

/// Why raters with the same name are not joined.
enum Apart {
    /// Two of their tables grade this item on this axis.
    Twice { item: String, axis: String },
    /// Two of their tables call other responses by this name.
    Other { item: String },
    /// The name may be that of several people: it is a number, or that of a file.
    Unsure,
}

/// Joins what raters of the same name gave in several tables, where no two of these grade the same item on the same
/// axis. `scores` are those of `sources`, one by one; from the place `first_judge` on, of judges. Nothing is joined that
/// would leave a single rater in all.
pub(super) fn join(
    sources: &[ScoreSource],
    mut scores: Vec<RaterScores>,
    first_judge: usize,
) -> Joined {
    let groups = same_name(sources, |at| (at >= first_judge, scores[at].rater.clone()));
    let mut cautions = Vec::new();
    let mut joined: Vec<Vec<usize>> = Vec::new();
    let mut left = scores.len();
    for group in groups {
        let rater = scores[group[0]].rater.clone();
        match apart(sources, &scores, &group) {
            None if left + 1 - group.len() < 2 => {}
            None => {
                left -= group.len() - 1;
                cautions.push(said(sources, &rater, &group, ONE));
                joined.push(group);
            }
            Some(why) => cautions.push(said(sources, &rater, &group, &why.words(group.len()))),
        }
    }
    for group in &joined {
        let mut parts = group.iter().map(|at| std::mem::take(&mut scores[*at]));
        let Some(first) = parts.next() else { continue };
        let together = parts.fold(first, RaterScores::with);
        scores[group[0]] = together;
    }
    let is_first = |at: &usize| !joined.iter().any(|group| group[1..].contains(at));
    let first: Vec<usize> = (0..scores.len()).filter(is_first).collect();
    let scores = first.iter().map(|at| std::mem::take(&mut scores[*at])).collect();
    Joined { scores, first, cautions }
}

const ONE: &str = "which grade different items or axes, and counts as one rater. If these are different people, give them \
                   different names.";

impl Apart {
    fn words(&self, raters: usize) -> String {
        match self {
            Self::Twice { item, axis } => format!(
                "and counts as {raters} raters, as two of these grade `{item}` on {axis}. If it is one person, keep one \
                 grade for each item and axis."
            ),
            Self::Other { item } => {
                format!(
                    "and counts as {raters} raters, as `{item}` is another response in two of these."
                )
            }
            Self::Unsure => format!(
                "and counts as {raters} raters, as others may be called so. If it is one person, put the rows into one \
                 table with a column `rater`."
            ),
        }
    }
}

/// What to know of raters whose name is in several tables, where each table's grades count by themselves.
pub(super) fn in_several(sources: &[ScoreSource]) -> Vec<String> {
    let groups = same_name(sources, |at| rater_of(&sources[at]).to_owned());
    let each = "and the grades in each count by themselves.";
    groups.iter().map(|group| said(sources, rater_of(&sources[group[0]]), group, each)).collect()
}

fn rater_of(source: &ScoreSource) -> &str {
    match source {
        ScoreSource::Grades { grades, rater, .. } => {
            rater.as_deref().or_else(|| grades.raters().first().copied()).unwrap_or_default()
        }
        ScoreSource::Ratings(_) | ScoreSource::Lines(_) => "",
    }
}

/// The places of the tables whose raters have the same name, where there are several tables.
fn same_name<N: Ord>(sources: &[ScoreSource], name: impl Fn(usize) -> N) -> Vec<Vec<usize>> {
    let mut named: BTreeMap<N, Vec<usize>> = BTreeMap::new();
    for at in (0..sources.len()).filter(|at| sources[*at].grades().is_some()) {
        named.entry(name(at)).or_default().push(at);
    }
    let several = |group: &Vec<usize>| {
        group[1..].iter().all(|at| table(&sources[*at]) != table(&sources[group[0]]))
            && group.len() > 1
    };
    let mut groups: Vec<Vec<usize>> = named.into_values().filter(several).collect();
    groups.sort();
    groups
}

/// A table, by its file and sheet.
fn table(source: &ScoreSource) -> Option<String> {
    let grades = source.grades()?;
    let sheet = grades.sheet().map(|sheet| format!("#{sheet}")).unwrap_or_default();
    Some(format!("{}{sheet}", grades.file().display()))
}

/// Why the raters of a group count by themselves, if they do.
fn apart(sources: &[ScoreSource], scores: &[RaterScores], group: &[usize]) -> Option<Apart> {
    let rater = &scores[group[0]].rater;
    let is_called_after = |at: &usize| {
        let file = sources[*at].grades().and_then(|grades| grades.file().file_stem());
        file.is_some_and(|stem| stem.to_string_lossy() == **rater)
    };
    if rater.parse::<f64>().is_ok() || group.iter().any(is_called_after) {
        return Some(Apart::Unsure);
    }
    let pairs =
        group.iter().enumerate().flat_map(|(at, a)| group[at + 1..].iter().map(move |b| (*a, *b)));
    pairs.into_iter().find_map(|(a, b)| {
        let (one, other) = (&scores[a], &scores[b]);
        graded_twice(one, other).or_else(|| other_response(one, other))
    })
}

/// An item that both grade on the same axis.
fn graded_twice(one: &RaterScores, other: &RaterScores) -> Option<Apart> {
    one.items.axes().find_map(|axis| {
        let is_graded = |score: Score| matches!(score, Score::Grade(_));
        let mut graded = one.items.on(axis).filter(|(_, score)| is_graded(*score));
        let (item, _) = graded.find(|(item, _)| is_graded(other.score(item, axis)))?;
        Some(Apart::Twice { item: item.to_owned(), axis: axis.to_owned() })
    })
}

/// An item that is another response in each, as far as both say which model answered what.
fn other_response(one: &RaterScores, other: &RaterScores) -> Option<Apart> {
    one.designs.iter().find_map(|(item, design)| {
        let its = other.designs.get(item)?;
        let is_other =
            (&its.scenario, its.model.as_ref()?) != (&design.scenario, design.model.as_ref()?);
        is_other.then(|| Apart::Other { item: item.clone() })
    })
}

fn said(sources: &[ScoreSource], rater: &str, group: &[usize], counts: &str) -> String {
    let tables: Vec<String> = group.iter().filter_map(|at| table(&sources[*at])).collect();
    format!("`{rater}` is in {}, {counts}", tables.join(" and in "))
}

//! A rater whose grades are in several tables, such as two waves or one table for each axis.

use exchange::ScoreSource;
use std::collections::BTreeMap;
use std::path::Path;
use study::{RaterScores, Score};

/// What raters gave, and what to know of those whose name is in several tables.
pub(super) struct Joined {
    /// One for each rater, in the order of the first table of each.
    pub(super) scores: Vec<RaterScores>,
    /// By rater the place of the first source.
    pub(super) first: Vec<usize>,
    pub(super) cautions: Vec<String>,
}

/// Joins what raters of the same name gave in several tables, where no two of these grade the same item on the same
/// axis. `scores` are those of `sources`, one by one; from the place `first_judge` on, of judges. Nothing is joined that
/// would leave a single rater in all.
pub(super) fn join(
    sources: &[ScoreSource],
    scores: Vec<RaterScores>,
    first_judge: usize,
) -> Joined {
    let groups = same_name(sources, |at| (at >= first_judge, scores[at].rater.as_str()));
    let is_one = |group: &Vec<usize>| {
        let pairs = || {
            group
                .iter()
                .enumerate()
                .flat_map(|(at, a)| group[at + 1..].iter().map(move |b| (*a, *b)))
        };
        pairs().all(|(a, b)| {
            file(&sources[a]) != file(&sources[b]) && share_no_grade(&scores[a], &scores[b])
        })
    };
    let (ones, several): (Vec<_>, Vec<_>) = groups.into_iter().partition(is_one);
    let left = scores.len() - ones.iter().map(|group| group.len() - 1).sum::<usize>();
    let ones = if left < 2 { Vec::new() } else { ones };
    let cautions =
        ones.iter().map(|group| (group, true)).chain(several.iter().map(|group| (group, false)));
    let cautions = cautions
        .map(|(group, is_one)| said(sources, &scores[group[0]].rater, group, is_one))
        .collect();
    let mut scores: Vec<Option<RaterScores>> = scores.into_iter().map(Some).collect();
    for group in &ones {
        let together = group.iter().filter_map(|at| scores[*at].take()).reduce(RaterScores::with);
        scores[group[0]] = together;
    }
    let (first, scores) = (0..).zip(scores).filter_map(|(at, scores)| Some((at, scores?))).unzip();
    Joined { scores, first, cautions }
}

/// What to know of raters whose name is in several tables, where each counts by itself.
pub(super) fn in_several(sources: &[ScoreSource]) -> Vec<String> {
    let rater = |at: usize| match &sources[at] {
        ScoreSource::Grades { grades, rater, .. } => {
            rater.as_deref().or_else(|| grades.raters().first().copied()).unwrap_or_default()
        }
        ScoreSource::Ratings(_) | ScoreSource::Lines(_) => "",
    };
    let groups = same_name(sources, rater);
    groups.iter().map(|group| said(sources, rater(group[0]), group, false)).collect()
}

/// The places of the tables whose raters have the same name, where there are several.
fn same_name<N: Ord>(sources: &[ScoreSource], name: impl Fn(usize) -> N) -> Vec<Vec<usize>> {
    let mut named: BTreeMap<N, Vec<usize>> = BTreeMap::new();
    for at in (0..sources.len()).filter(|at| sources[*at].grades().is_some()) {
        named.entry(name(at)).or_default().push(at);
    }
    let mut groups: Vec<Vec<usize>> = named.into_values().filter(|group| group.len() > 1).collect();
    groups.sort();
    groups
}

fn file(source: &ScoreSource) -> Option<&Path> {
    source.grades().map(|grades| grades.file())
}

/// Whether there is no item that both grade on the same axis.
fn share_no_grade(one: &RaterScores, other: &RaterScores) -> bool {
    one.items.axes().filter(|axis| other.items.axes().any(|known| known == *axis)).all(|axis| {
        let graded = |(_, score): &(&str, Score)| matches!(score, Score::Grade(_));
        one.items
            .on(axis)
            .filter(graded)
            .all(|(item, _)| !matches!(other.score(item, axis), Score::Grade(_)))
    })
}

fn said(sources: &[ScoreSource], rater: &str, group: &[usize], is_one: bool) -> String {
    let files: Vec<String> = group
        .iter()
        .filter_map(|at| file(&sources[*at]))
        .map(|file| file.display().to_string())
        .collect();
    let files = files.join(" and in ");
    match is_one {
        true => format!(
            "`{rater}` is in {files}, which grade different items or axes, and counts as one rater. If these are \
             different people, give them different names."
        ),
        false => format!(
            "`{rater}` is in {files}, which grade some of the same items, and counts as {} raters. If it is one person, \
             keep one grade for each item and axis.",
            group.len()
        ),
    }
}

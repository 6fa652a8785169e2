//! What a judge is compared with: a human, or several who represent one.

use std::collections::BTreeMap;
use study::{Exclusion, RaterScores, Reference, Scale, Score};

/// What the humans say of an item on one axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Said {
    /// None of them has it.
    Nothing,
    /// Nobody graded it: the first reason in the order of [`Exclusion`] that one of them had.
    Excluded(Exclusion),
    /// The levels that represent it, ascending, with the share of the item that each has; the shares
    /// add up to 1.
    Levels(Vec<(usize, f64)>),
}

impl Said {
    /// The levels and their shares; none where nobody graded the item.
    pub(crate) fn levels(&self) -> &[(usize, f64)] {
        match self {
            Self::Levels(levels) => levels,
            Self::Nothing | Self::Excluded(_) => &[],
        }
    }

    /// Of what the humans' `scores` of an item say, its part on the axis of `scale`.
    pub(crate) fn of(
        item: &str,
        humans: &[&RaterScores],
        scale: &Scale,
        reference: Reference,
    ) -> Self {
        let having = humans.iter().filter(|human| human.items.contains(item));
        let scores: Vec<Score> = having.map(|human| human.score(item, &scale.axis)).collect();
        let level = |score: &Score| match score {
            Score::Grade(grade) => Some(scale.grades.partition_point(|lower| lower < grade)),
            Score::Excluded(_) => None,
        };
        let mut levels: Vec<usize> = scores.iter().filter_map(level).collect();
        levels.sort_unstable();
        let reasons = scores.iter().filter_map(|score| match score {
            Score::Excluded(reason) => Some(*reason),
            Score::Grade(_) => None,
        });
        match (levels.is_empty(), scores.is_empty()) {
            (_, true) => Self::Nothing,
            (true, false) => Self::Excluded(reasons.min().unwrap_or(Exclusion::NotRated)),
            (false, false) => Self::Levels(shares(&levels, reference)),
        }
    }
}

/// Which of the sorted `levels` represent them, and with which share each. The median of an even number
/// is two levels with half each, so that its mean is between them.
fn shares(levels: &[usize], reference: Reference) -> Vec<(usize, f64)> {
    let (last, middle) = (levels.len() - 1, levels.len() / 2);
    let chosen: Vec<usize> = match reference {
        Reference::Average => levels.to_vec(),
        Reference::Median => vec![levels[last / 2], levels[middle]],
        Reference::Lower => vec![levels[0]],
        Reference::Upper => vec![levels[last]],
    };
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    chosen.iter().for_each(|level| *counts.entry(*level).or_default() += 1);
    let share = |(level, count)| (level, count as f64 / chosen.len() as f64);
    counts.into_iter().map(share).collect()
}

/// A name for headings.
pub(crate) fn name(humans: &[&RaterScores], reference: Reference) -> String {
    let several = humans.len();
    match (humans, reference) {
        ([one], _) => one.rater.clone(),
        (_, Reference::Average) => format!("the average of {several} raters"),
        (_, Reference::Median) => format!("the median of {several} raters"),
        (_, Reference::Lower) => format!("the lowest grade of {several} raters"),
        (_, Reference::Upper) => format!("the highest grade of {several} raters"),
    }
}

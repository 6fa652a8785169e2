//! The items that a judge scored, beside what humans say of them.

use super::reference::Said;
use crate::amount::Amount;
use crate::{CompareError, Intervals};
use std::collections::{BTreeMap, BTreeSet};
use study::{Grade, ItemDesign, Scale, Score};

/// An item in the judge's file, on one axis. Levels are places on the scale, from 0.
pub(crate) struct Item<'a> {
    pub(crate) name: &'a str,
    pub(crate) design: Option<&'a ItemDesign>,
    pub(crate) judge: Score,
    /// What the humans say of it together.
    pub(crate) said: Said,
    /// Each human's level, in the order of the files.
    pub(crate) humans: Vec<Option<usize>>,
    /// How many items it represents: one over the probability with which it was drawn, or 1.
    pub(crate) weight: f64,
}

/// An axis's declared grades, and their places.
pub(crate) struct Levels {
    pub(crate) grades: Vec<Grade>,
    /// What they are called.
    pub(crate) names: Vec<String>,
    /// The numbers that they count as.
    pub(crate) scores: Vec<f64>,
}

impl Levels {
    pub(crate) fn of(scale: &Scale) -> Self {
        Self { grades: scale.grades.clone(), names: scale.all_names(), scores: scale.values() }
    }

    pub(crate) fn len(&self) -> usize {
        self.grades.len()
    }

    pub(crate) fn level(&self, score: Score) -> Option<usize> {
        match score {
            Score::Grade(grade) => Some(self.grades.partition_point(|lower| *lower < grade)),
            Score::Excluded(_) => None,
        }
    }

    /// What a mean of grades is called: as the grade there, or by those that it lies between.
    pub(crate) fn mean_name(&self, mean: f64) -> String {
        let is_below = |score: &f64| *score < mean - ROUNDING;
        let upper = self.scores.partition_point(is_below).min(self.len() - 1);
        let (name, distance) = (&self.names[upper], self.scores[upper] - mean);
        let Some(lower) = upper.checked_sub(1).filter(|_| distance > ROUNDING) else {
            return name.clone();
        };
        match (self.names[lower].parse::<f64>(), name.parse::<f64>()) {
            (Ok(low), Ok(high)) => {
                let step = self.scores[upper] - self.scores[lower];
                Amount(high - (high - low) * distance / step).to_string()
            }
            _ => format!("between {} and {name}", self.names[lower]),
        }
    }

    /// The grade at `level` and those behind it, which are worse: a greater number only where the names count up.
    pub(crate) fn range(&self, level: usize) -> String {
        let numbers: Option<Vec<f64>> = self.names.iter().map(|name| name.parse().ok()).collect();
        let counts_up = numbers.is_some_and(|all| all.is_sorted());
        format!("{} or {}", self.names[level], if counts_up { "more" } else { "worse" })
    }

    /// The mean score of levels with these shares.
    pub(crate) fn mean(&self, shares: &[(usize, f64)]) -> f64 {
        shares.iter().map(|(level, share)| self.scores[*level] * share).sum()
    }
}

impl Item<'_> {
    /// The judge's level, where it and a human graded the item.
    pub(crate) fn graded(&self, levels: &Levels) -> Option<usize> {
        levels.level(self.judge).filter(|_| !self.said.levels().is_empty())
    }

    pub(crate) fn is_unrated(&self, levels: &Levels) -> bool {
        levels.level(self.judge).is_some() && self.said.levels().is_empty()
    }

    /// Whether a human has it too.
    pub(crate) fn is_shared(&self) -> bool {
        self.said != Said::Nothing
    }
}

/// What sums of shares may be off by.
const ROUNDING: f64 = 1e-9;

/// With fewer scenarios nothing can be said of how scenarios vary.
const FEWEST: usize = 3;

/// With fewer scenarios their resampling says too little.
const FEWEST_RESAMPLED: usize = 10;

/// The cluster of each item, if scenarios are what intervals are to treat as independent and there are
/// at least `fewest`.
fn names<'a>(
    items: &[&Item<'a>],
    wanted: Intervals,
    fewest: usize,
) -> Result<Option<Vec<&'a str>>, CompareError> {
    if matches!(wanted, Intervals::Formula | Intervals::Items) {
        return Ok(None);
    }
    let designs: Option<Vec<&str>> =
        items.iter().map(|item| Some(item.design?.cluster())).collect();
    if wanted == Intervals::Scenarios {
        return designs.map(Some).ok_or(CompareError::NoScenarios);
    }
    Ok(designs.filter(|names| names.iter().collect::<BTreeSet<_>>().len() >= fewest))
}

/// A number for each item, which items that depend on each other share.
pub(crate) fn clusters(items: &[&Item<'_>], wanted: Intervals) -> Result<Vec<usize>, CompareError> {
    let Some(names) = names(items, wanted, FEWEST)? else { return Ok((0..items.len()).collect()) };
    let numbers: BTreeSet<&str> = names.iter().copied().collect();
    let numbers: BTreeMap<&str, usize> = numbers.into_iter().zip(0..).collect();
    Ok(names.iter().map(|name| numbers[name]).collect())
}

/// The items cluster by cluster, if there are clusters and enough of them to draw samples of.
pub(crate) fn to_resample<'i, 'a>(
    items: &[&'i Item<'a>],
    wanted: Intervals,
) -> Result<Option<Vec<Vec<&'i Item<'a>>>>, CompareError> {
    let Some(names) = names(items, wanted, FEWEST_RESAMPLED)? else { return Ok(None) };
    let mut clusters: BTreeMap<&str, Vec<&Item<'_>>> = BTreeMap::new();
    for (item, name) in items.iter().zip(names) {
        clusters.entry(name).or_default().push(item);
    }
    Ok(Some(clusters.into_values().collect()))
}

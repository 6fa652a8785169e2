//! The items that a judge scored, beside what humans say of them.

use super::Probabilities;
use super::reference::Reference;
use crate::{CompareError, Intervals};
use agreement::RatingMatrix;
use std::collections::{BTreeMap, BTreeSet};
use study::{Grade, Place, RaterScores, Scale, Score};

/// An item in the judge's file, on one axis. Levels are places on the scale, from 0.
pub(crate) struct Item<'a> {
    pub(crate) name: &'a str,
    pub(crate) place: Option<&'a Place>,
    pub(crate) judge: Score,
    /// What the humans' reference says; none where no human has the item.
    pub(crate) reference: Option<Score>,
    /// Each human's level, in the order of the files.
    pub(crate) humans: Vec<Option<usize>>,
    /// How many items it stands for; NaN where that is not known of it and is of others.
    pub(crate) weight: f64,
}

/// An axis's declared grades, and their places.
pub(crate) struct Levels {
    pub(crate) grades: Vec<Grade>,
    /// The grades as numbers.
    pub(crate) scores: Vec<f64>,
}

impl Levels {
    pub(crate) fn of(scale: &Scale) -> Self {
        let scores = scale.grades.iter().copied().map(f64::from).collect();
        Self { grades: scale.grades.clone(), scores }
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
}

impl<'a> Item<'a> {
    /// All items in the judge's file.
    pub(crate) fn all(
        judge: &'a RaterScores,
        humans: &[&'a RaterScores],
        reference: &Reference,
        levels: &Levels,
        probabilities: Option<&Probabilities>,
    ) -> Vec<Self> {
        let axis = &reference.axis;
        let item = |name: &'a String| Self {
            name,
            place: judge
                .places
                .get(name)
                .or_else(|| humans.iter().find_map(|human| human.places.get(name))),
            judge: judge.score(name, axis),
            reference: reference.scores.get(name).copied(),
            humans: humans.iter().map(|human| levels.level(human.score(name, axis))).collect(),
            weight: probabilities
                .map_or(1.0, |known| known.get(name).map_or(f64::NAN, |p| 1.0 / p)),
        };
        judge.items.keys().map(item).collect()
    }

    /// The reference's level and the judge's, where both graded it.
    pub(crate) fn graded(&self, levels: &Levels) -> Option<(usize, usize)> {
        levels.level(self.reference?).zip(levels.level(self.judge))
    }
}

/// With fewer scenarios their resampling says too little.
const FEWEST_SCENARIOS: usize = 10;

/// The items scenario by scenario, if scenarios are what intervals are to take as independent.
pub(crate) fn by_scenario<'i, 'a>(
    items: &[&'i Item<'a>],
    wanted: Intervals,
) -> Result<Option<Vec<Vec<&'i Item<'a>>>>, CompareError> {
    let mut scenarios: BTreeMap<&str, Vec<&Item<'_>>> = BTreeMap::new();
    for item in items {
        match item.place {
            Some(place) => scenarios.entry(&place.scenario).or_default().push(item),
            None if wanted == Intervals::Scenarios => return Err(CompareError::NoScenarios),
            None => return Ok(None),
        }
    }
    let enough = scenarios.len() >= FEWEST_SCENARIOS && scenarios.len() < items.len();
    let wanted = match wanted {
        Intervals::Auto => enough,
        other => other == Intervals::Scenarios,
    };
    Ok(wanted.then(|| scenarios.into_values().collect()))
}

/// A number for each item's scenario, or for the item where its scenario is not known.
pub(crate) fn clusters(items: &[&Item<'_>]) -> Vec<usize> {
    let names: BTreeSet<&str> =
        items.iter().map(|item| item.place.map_or(item.name, |place| &place.scenario)).collect();
    let numbers: BTreeMap<&str, usize> = names.into_iter().zip(0..).collect();
    items
        .iter()
        .map(|item| numbers[item.place.map_or(item.name, |place| place.scenario.as_str())])
        .collect()
}

/// The judge's level in the first column, the humans' in the others.
pub(crate) fn matrix(items: &[&Item<'_>], levels: &Levels) -> Result<RatingMatrix, CompareError> {
    let humans = items.first().map_or(1, |item| item.humans.len());
    let mut matrix = RatingMatrix::empty(humans + 1, levels.len())?;
    for item in items {
        let row: Vec<Option<usize>> =
            [levels.level(item.judge)].into_iter().chain(item.humans.iter().copied()).collect();
        matrix.record(&row)?;
    }
    Ok(matrix)
}

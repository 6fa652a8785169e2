//! Mean grades from the judge's grades of all items and the humans' grades of some.

use super::Outcome;
use super::item::{Item, Levels, by_scenario, clusters};
use crate::uncertainty::resampled;
use crate::{CompareError, Effort, Measure};
use agreement::{
    Dependence, JudgedLevels, Lambda, Rated, Undefined, Unrated, bootstrap_corrected_mean,
    bootstrap_corrected_mean_clusters, corrected_mean, ppi_mean,
};
use serde::Serialize;
use std::collections::BTreeSet;
use ts_rs::TS;

/// The prediction-powered mean (PPI++).
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct PredictedMean {
    /// The mean grade of all items, from the humans' grades and the judge's.
    pub mean: Measure,
    /// The same from the humans' grades alone.
    pub rated_only: Measure,
    /// The judge's own mean over all items, which its errors bias.
    pub judge_mean: f64,
    /// How much the judge's grades count, 0 to 1.
    pub lambda: f64,
    /// Items with both grades.
    #[ts(type = "number")]
    pub rated: u64,
    /// Items that only the judge graded.
    #[ts(type = "number")]
    pub unrated: u64,
    /// Whether the items were weighted by the inverse of their inclusion probabilities.
    pub weighted: bool,
}

pub(crate) fn predicted_mean(
    items: &[&Item<'_>],
    levels: &Levels,
    effort: &Effort<'_>,
) -> Result<Outcome<PredictedMean>, CompareError> {
    let judged: Vec<&Item<'_>> =
        items.iter().filter(|item| levels.level(item.judge).is_some()).copied().collect();
    let dependence = match by_scenario(&judged, effort.intervals)? {
        Some(_) => Dependence::Clusters,
        None => Dependence::Items,
    };
    let score = |level: usize| levels.scores[level];
    let (mut rated, mut unrated, mut sum) = (Vec::new(), Vec::new(), 0.0);
    for (item, cluster) in judged.iter().zip(clusters(&judged)) {
        let predicted = levels.level(item.judge).map_or(0.0, score);
        sum += predicted;
        match item.graded(levels) {
            Some((grade, _)) => {
                let (grade, weight) = (score(grade), item.weight);
                rated.push(Rated { grade, predicted, weight, cluster });
            }
            None => unrated.push(Unrated { predicted, cluster }),
        }
    }
    let found = ppi_mean(&rated, &unrated, Lambda::Tuned, dependence);
    let made = found.map(|found| PredictedMean {
        mean: Measure(found.mean),
        rated_only: Measure(found.rated_only),
        judge_mean: sum / judged.len() as f64,
        lambda: found.lambda,
        rated: rated.len() as u64,
        unrated: unrated.len() as u64,
        weighted: found.weighted,
    });
    Ok(made.into())
}

/// The judge's mean over `items`, corrected for its errors as all items of the axis tell them.
pub(crate) fn corrected(
    items: &[&Item<'_>],
    all: &[&Item<'_>],
    levels: &Levels,
    effort: &Effort<'_>,
) -> Result<Measure, CompareError> {
    Correction { items, all, levels, effort }.mean(levels.len(), &|level| level, &levels.scores)
}

/// The share of `items` at or above the level `cut`, corrected likewise: Rogan and Gladen's estimate.
pub(crate) fn corrected_share(
    items: &[&Item<'_>],
    all: &[&Item<'_>],
    cut: usize,
    levels: &Levels,
    effort: &Effort<'_>,
) -> Result<Measure, CompareError> {
    let side = |level: usize| usize::from(level >= cut);
    Correction { items, all, levels, effort }.mean(2, &side, &[0.0, 1.0])
}

struct Correction<'a, 'i> {
    items: &'a [&'i Item<'i>],
    all: &'a [&'i Item<'i>],
    levels: &'a Levels,
    effort: &'a Effort<'a>,
}

impl Correction<'_, '_> {
    /// Where all items are rated, the humans' own mean needs no correction.
    fn possible(&self) -> bool {
        let alone = |item: &&Item<'_>| {
            self.levels.level(item.judge).is_some() && item.graded(self.levels).is_none()
        };
        self.items.iter().copied().any(|item| alone(&item))
    }

    fn mean(
        &self,
        size: usize,
        side: &dyn Fn(usize) -> usize,
        scores: &[f64],
    ) -> Result<Measure, CompareError> {
        let undefined = |why| Ok(Measure(agreement::Measure::Undefined(why)));
        if !self.possible() {
            return undefined(Undefined::NoUnratedItems);
        }
        if self.all.iter().any(|item| item.graded(self.levels).is_some() && item.weight.is_nan()) {
            return undefined(Undefined::SamplingWeight);
        }
        let of_interest: BTreeSet<&str> = self.items.iter().map(|item| item.name).collect();
        let add = |unit: &mut JudgedLevels, item: &Item<'_>| {
            if let Some((grade, judge)) = item.graded(self.levels) {
                unit.record_known(side(grade), side(judge), item.weight);
            }
            if let Some(judge) = self.levels.level(item.judge)
                && of_interest.contains(item.name)
            {
                unit.record_judged(side(judge));
            }
        };
        let unit = |items: &[&Item<'_>]| {
            let mut unit = JudgedLevels::empty(size);
            items.iter().for_each(|item| add(&mut unit, item));
            unit
        };
        let how = self.effort.resampling;
        let bootstrap = match by_scenario(self.all, self.effort.intervals)? {
            Some(scenarios) => {
                let units: Vec<JudgedLevels> = scenarios.iter().map(|part| unit(part)).collect();
                bootstrap_corrected_mean_clusters(&units, scores, how)
            }
            None => {
                let units: Vec<JudgedLevels> = self.all.iter().map(|item| unit(&[item])).collect();
                bootstrap_corrected_mean(&units, scores, how)
            }
        };
        Ok(Measure(resampled(corrected_mean(&unit(self.all), scores), bootstrap)))
    }
}

//! Mean grades from the judge's grades of all items and the humans' grades of some.

use super::Outcome;
use super::item::{Item, clusters, to_resample};
use super::measures::Setting;
use crate::uncertainty::resampled;
use crate::{CompareError, ReportedMeasure};
use agreement::{
    Dependence, JudgedLevels, Rated, Undefined, Unrated, bootstrap_corrected_mean,
    bootstrap_corrected_mean_clusters, corrected_mean, ppi_mean_augmented,
};
use serde::Serialize;
use std::collections::BTreeSet;
use ts_rs::TS;

/// The prediction-powered mean (PPI++).
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct PredictedMean {
    /// The mean grade of all items, from the humans' grades and the judge's.
    pub mean: ReportedMeasure,
    /// The same from the humans' grades alone.
    pub rated_only: ReportedMeasure,
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
    setting: &Setting<'_>,
) -> Result<Outcome<PredictedMean>, CompareError> {
    let levels = setting.levels;
    let judged: Vec<&Item<'_>> =
        items.iter().filter(|item| levels.level(item.judge).is_some()).copied().collect();
    let (mut rated, mut unrated, mut sum) = (Vec::new(), Vec::new(), 0.0);
    for (item, cluster) in judged.iter().zip(clusters(&judged, setting.effort.intervals)?) {
        let predicted = levels.level(item.judge).map_or(0.0, |level| levels.scores[level]);
        sum += predicted;
        match item.said.levels() {
            [] => unrated.push(Unrated { predicted, cluster }),
            said => {
                let (grade, weight) = (levels.mean(said), setting.weight(item));
                rated.push(Rated { grade, predicted, weight, cluster });
            }
        }
    }
    let (lowest, highest) = (levels.scores[0], levels.scores[levels.len() - 1]);
    let found = ppi_mean_augmented(&rated, &unrated, &levels.scores, Dependence::Clusters);
    let made = found.map(|found| PredictedMean {
        mean: ReportedMeasure(found.mean.within(lowest, highest)),
        rated_only: ReportedMeasure(found.rated_only.within(lowest, highest)),
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
    setting: &Setting<'_>,
) -> Result<ReportedMeasure, CompareError> {
    let levels = setting.levels;
    Correction { items, all, setting }.mean(levels.len(), &|level| level, &levels.scores)
}

/// The share of `items` at or above the level `cut`, corrected likewise: Rogan and Gladen's estimate.
pub(crate) fn corrected_share(
    items: &[&Item<'_>],
    all: &[&Item<'_>],
    cut: usize,
    setting: &Setting<'_>,
) -> Result<ReportedMeasure, CompareError> {
    let side = |level: usize| usize::from(level >= cut);
    Correction { items, all, setting }.mean(2, &side, &[0.0, 1.0])
}

struct Correction<'a, 'i> {
    items: &'a [&'i Item<'i>],
    all: &'a [&'i Item<'i>],
    setting: &'a Setting<'a>,
}

impl Correction<'_, '_> {
    fn mean(
        &self,
        size: usize,
        side: &dyn Fn(usize) -> usize,
        scores: &[f64],
    ) -> Result<ReportedMeasure, CompareError> {
        let levels = self.setting.levels;
        // Where all items are rated, the humans' own mean needs no correction.
        if !self.items.iter().any(|item| item.is_unrated(levels)) {
            return Ok(ReportedMeasure(agreement::Measure::Undefined(Undefined::NoUnratedItems)));
        }
        let of_interest: BTreeSet<&str> = self.items.iter().map(|item| item.name).collect();
        let add = |unit: &mut JudgedLevels, item: &Item<'_>| {
            let Some(judge) = levels.level(item.judge) else { return };
            for (level, share) in item.said.levels() {
                unit.record_known(side(*level), side(judge), share * self.setting.weight(item));
            }
            if of_interest.contains(item.name) {
                unit.record_judged(side(judge));
            }
        };
        let unit = |items: &[&Item<'_>]| {
            let mut unit = JudgedLevels::empty(size);
            items.iter().for_each(|item| add(&mut unit, item));
            unit
        };
        let how = self.setting.effort.resampling;
        let bootstrap = match to_resample(self.all, self.setting.effort.intervals)? {
            Some(clusters) => {
                let units: Vec<JudgedLevels> = clusters.iter().map(|part| unit(part)).collect();
                bootstrap_corrected_mean_clusters(&units, scores, how)
            }
            None => {
                let units: Vec<JudgedLevels> = self.all.iter().map(|item| unit(&[item])).collect();
                bootstrap_corrected_mean(&units, scores, how)
            }
        };
        // The correction is cut at the ends of the scale, so that its replicates may all lie on one side of
        // it: an interval that has not what it is of would say nothing.
        let (lowest, highest) = (scores[0], scores[scores.len() - 1]);
        let found = resampled(corrected_mean(&unit(self.all), scores), bootstrap);
        Ok(ReportedMeasure(found).within([lowest, highest]))
    }
}

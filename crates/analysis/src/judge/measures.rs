//! What a judge is measured by, on one set of items.

use super::Outcome;
use super::bounds::{JudgeBounds, ungraded_bounds};
use super::ceiling::{HumanCeiling, ceiling};
use super::counts::{Direction, Ungraded, direction, excluded, miss_rate, ungraded};
use super::detection::AtThreshold;
use super::item::{Item, Levels};
use super::pair::Pair;
use super::prediction::{PredictedMean, corrected, predicted_mean};
use super::replacement::{Replacement, replacement};
use crate::amount::Amount;
use crate::{CompareError, Effort, Intervals, PairMeasures, ReportedMeasure};
use agreement::Undefined;
use serde::Serialize;
use std::collections::BTreeMap;
use study::Exclusion;
use ts_rs::TS;

/// A judge beside the humans' reference, on one set of items. Where the probabilities are known with
/// which the items were drawn, every figure counts an item for as many as it represents.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct JudgeMeasures {
    /// Items in the files of the judge and of at least one human.
    #[ts(type = "number")]
    pub shared: u64,
    /// Items that the judge graded and no human did.
    #[ts(type = "number")]
    pub unrated: u64,
    /// Shared items that do not count, by reason; the humans' reason before the judge's.
    #[ts(type = "{ [reason: string]: number }")]
    pub excluded: BTreeMap<Exclusion, u64>,
    /// The items that the judge did not grade, by what the humans say of them: a judge that fails on
    /// the worst responses looks better than it is.
    pub ungraded: Vec<Ungraded>,
    /// What the shared items that do not count could change, where they are more than 5 %.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub bounds: Option<JudgeBounds>,
    /// Agreement with the reference, which is the first rater of the two. Where that is the average of
    /// several humans, it is agreement with a human drawn at random for each item.
    pub agreement: PairMeasures,
    /// Agreement among humans on the same items, and the judge's beside it.
    pub human_ceiling: Outcome<HumanCeiling>,
    /// Kappa with quadratic weights: the judge with humans minus humans with humans, on the same items.
    pub difference: ReportedMeasure,
    /// The judge's grade less the reference's, on average.
    pub bias: ReportedMeasure,
    /// The share of what the reference puts above the lowest grade to which the judge gives the
    /// lowest.
    pub miss_rate: ReportedMeasure,
    /// How many items that speaks of: those that the reference puts above the lowest grade, wholly or
    /// in part.
    #[ts(type = "number")]
    pub miss_rate_n: u64,
    /// Items: a row for each grade of the reference, a column for each of the judge. No whole numbers
    /// where an item counts for several humans, or for others that were not drawn.
    pub confusion: Vec<Vec<Amount>>,
    /// By the reference's grade, which way the judge errs.
    pub direction: Vec<Direction>,
    /// With the scale cut in two below each grade but the lowest.
    pub thresholds: Vec<AtThreshold>,
    /// Whether the judge may stand in for a human: the alternative annotator test.
    pub alt_test: Outcome<Replacement>,
    /// The mean grade of all items, by prediction-powered inference.
    pub ppi: Outcome<PredictedMean>,
    /// The mean grade that the judge's grades of all items represent, given how it errs.
    pub corrected_mean: ReportedMeasure,
    /// The same of the rated sample itself, every item counting once, where the figures above are
    /// weighted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, as = "Option<Box<JudgeMeasures>>")]
    pub unweighted: Option<Box<Self>>,
}

/// What measuring needs beside the items.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub(crate) levels: &'a Levels,
    pub(crate) humans: &'a [&'a str],
    pub(crate) epsilon: f64,
    pub(crate) effort: &'a Effort<'a>,
    /// Whether items count by their weights.
    pub(crate) weighted: bool,
}

impl Setting<'_> {
    pub(crate) fn weight(&self, item: &Item<'_>) -> f64 {
        if self.weighted { item.weight } else { 1.0 }
    }
}

impl JudgeMeasures {
    /// Measures the judge on `items`; `all` are the axis's, which tell how it errs.
    pub(crate) fn of(
        items: &[&Item<'_>],
        all: &[&Item<'_>],
        setting: &Setting<'_>,
    ) -> Result<Self, CompareError> {
        let levels = setting.levels;
        let scenarios = setting.effort.intervals == Intervals::Scenarios;
        if scenarios && items.iter().any(|item| item.design.is_none()) {
            return Err(CompareError::NoScenarios);
        }
        let pair = Pair::of(items, &|item| item.said.levels().to_vec(), setting)?;
        let human_ceiling = ceiling(items, None, setting)?;
        let above = |item: &&&Item<'_>| {
            item.graded(levels).is_some() && item.said.levels().iter().any(|(level, _)| *level > 0)
        };
        let unweighted = match setting.weighted {
            true => Some(Self::of(items, all, &Setting { weighted: false, ..*setting })?),
            false => None,
        };
        Ok(Self {
            shared: items.iter().filter(|item| item.is_shared()).count() as u64,
            unrated: items.iter().filter(|item| item.is_unrated(levels)).count() as u64,
            excluded: excluded(items),
            ungraded: ungraded(items, setting),
            bounds: ungraded_bounds(items, setting),
            agreement: pair.agreement(),
            difference: difference(&human_ceiling),
            human_ceiling,
            bias: pair.bias(),
            miss_rate: miss_rate(&pair),
            miss_rate_n: items.iter().filter(above).count() as u64,
            confusion: pair.table(),
            direction: direction(&pair.table(), levels),
            thresholds: (1..levels.len())
                .map(|cut| AtThreshold::of(&pair, cut, items, all, setting))
                .collect::<Result<_, _>>()?,
            alt_test: replacement(items, setting)?,
            ppi: predicted_mean(items, setting)?,
            corrected_mean: corrected(items, all, setting)?,
            unweighted: unweighted.map(Box::new),
        })
    }
}

impl JudgeMeasures {
    /// Whether a mean or a share was corrected for the judge's errors: their intervals are drawn.
    pub(super) fn is_corrected(&self) -> bool {
        let shares = self.thresholds.iter().map(|cut| &cut.corrected_share);
        shares.chain([&self.corrected_mean]).any(|measure| measure.0.estimate().is_some())
    }
}

pub(crate) fn difference(ceiling: &Outcome<HumanCeiling>) -> ReportedMeasure {
    match ceiling {
        Outcome::Made(ceiling) => ceiling.kappa_quadratic.difference.clone(),
        Outcome::Undefined { .. } => {
            ReportedMeasure(agreement::Measure::Undefined(Undefined::NoPairableItems))
        }
    }
}

//! What a judge is measured by, on one set of items.

use super::Outcome;
use super::ceiling::{HumanCeiling, ceiling};
use super::item::{Item, Levels};
use super::prediction::{PredictedMean, corrected, corrected_share, predicted_mean};
use super::replacement::{Replacement, replacement};
use crate::pair_measures::whole_where_whole;
use crate::pairing::{Graded, tables};
use crate::rated::Tables;
use crate::{CompareError, Effort, Intervals, Measure, PairMeasures};
use agreement::{
    ContingencyTable, RatingError, Statistic, Undefined, mean_difference, miss_rate,
    negative_predictive_value, positive_predictive_value, sensitivity, specificity,
};
use serde::Serialize;
use std::collections::BTreeMap;
use study::{Exclusion, Grade, Score};
use ts_rs::TS;

/// A judge beside the humans' reference, on one set of items.
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
    /// Agreement with the reference, which is the first rater of the two.
    pub agreement: PairMeasures,
    /// Agreement among humans on the same items, and the judge's beside it.
    pub human_ceiling: Outcome<HumanCeiling>,
    /// Kappa with quadratic weights: the judge with humans less humans with humans, on the same items.
    pub difference: Measure,
    /// The judge's grade less the reference's, on average.
    pub bias: Measure,
    /// The share of the items that the reference puts above the lowest grade to which the judge gives
    /// the lowest.
    pub miss_rate: Measure,
    /// Counts: a row for each grade of the reference, a column for each of the judge.
    #[serde(serialize_with = "whole_where_whole")]
    pub confusion: Vec<Vec<f64>>,
    /// By the reference's grade, which way the judge errs.
    pub direction: Vec<Direction>,
    /// With the scale cut in two below each grade but the lowest.
    pub thresholds: Vec<AtThreshold>,
    /// Whether the judge may stand in for a human: the alternative annotator test.
    pub alt_test: Outcome<Replacement>,
    /// The mean grade of all items, by prediction-powered inference.
    pub ppi: Outcome<PredictedMean>,
    /// The mean grade that the judge's grades of all items stand for, given how it errs.
    pub corrected_mean: Measure,
}

/// Items that the judge did not grade for one reason.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Ungraded {
    /// Why.
    #[ts(type = "string")]
    pub reason: Exclusion,
    /// All of them.
    #[ts(type = "number")]
    pub items: u64,
    /// How many the reference gives each grade.
    #[ts(type = "Array<number>")]
    pub reference: Vec<u64>,
}

/// The judge's grades of the items to which the reference gives one grade.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Direction {
    /// The reference's grade.
    pub grade: Grade,
    /// How many the judge grades lower.
    #[ts(type = "number")]
    pub lower: u64,
    /// How many it grades alike.
    #[ts(type = "number")]
    pub same: u64,
    /// How many it grades higher.
    #[ts(type = "number")]
    pub higher: u64,
}

/// The judge as a detector of items at or above a grade.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct AtThreshold {
    /// The lowest grade above the cut.
    pub grade: Grade,
    /// Of the items that the reference puts there, the share that the judge does.
    pub sensitivity: Measure,
    /// Of the items that the reference puts below, the share that the judge does.
    pub specificity: Measure,
    /// Of the items that the judge puts there, the share that the reference does.
    pub positive_predictive_value: Measure,
    /// Of the items that the judge puts below, the share that the reference does.
    pub negative_predictive_value: Measure,
    /// The share of all items there, from the judge's grades corrected for its errors.
    pub corrected_share: Measure,
}

/// What measuring needs beside the items.
pub(crate) struct Setting<'a> {
    pub(crate) levels: &'a Levels,
    pub(crate) humans: &'a [&'a str],
    pub(crate) epsilon: f64,
    pub(crate) effort: &'a Effort<'a>,
}

impl JudgeMeasures {
    /// Measures the judge on `items`; `all` are the axis's, which tell how it errs.
    pub(crate) fn of(
        items: &[&Item<'_>],
        all: &[&Item<'_>],
        setting: &Setting<'_>,
    ) -> Result<Self, CompareError> {
        let Setting { levels, humans, epsilon, effort } = *setting;
        let tables = pair_tables(items, levels, |item, levels| item.reference_level(levels))?;
        if effort.intervals == Intervals::Scenarios && tables.scenarios.is_none() {
            return Err(CompareError::NoScenarios);
        }
        let human_ceiling = ceiling(items, None, levels, effort)?;
        let empty = ContingencyTable::empty(levels.len()).map_err(RatingError::from)?;
        let counts = tables.table().unwrap_or(&empty);
        Ok(Self {
            shared: items.iter().filter(|item| item.reference.is_some()).count() as u64,
            unrated: items.iter().filter(|item| item.is_unrated(levels)).count() as u64,
            excluded: excluded(items),
            ungraded: ungraded(items, levels),
            agreement: PairMeasures::of(&tables, &levels.scores, effort),
            difference: difference(&human_ceiling),
            human_ceiling,
            bias: bias(&tables, levels, effort),
            miss_rate: missed(&tables, effort),
            confusion: tables.cells(),
            direction: direction(counts, levels),
            thresholds: (1..levels.len())
                .map(|cut| AtThreshold::of(&tables, cut, items, all, setting))
                .collect::<Result<_, _>>()?,
            alt_test: replacement(items, humans, epsilon, levels, effort)?,
            ppi: predicted_mean(items, levels, effort)?,
            corrected_mean: corrected(items, all, levels, effort)?,
        })
    }
}

impl AtThreshold {
    fn of(
        tables: &Tables,
        cut: usize,
        items: &[&Item<'_>],
        all: &[&Item<'_>],
        setting: &Setting<'_>,
    ) -> Result<Self, CompareError> {
        let Setting { levels, effort, .. } = *setting;
        // (first, second) are whether the reference and the judge are at or above the cut.
        type Counted = fn(bool, bool) -> Option<bool>;
        type OfTable = fn(&ContingencyTable, usize) -> agreement::Measure;
        let measure = |counted: Counted, of: OfTable| {
            let value = |levels: agreement::Levels<'_>| {
                let (first, second) = levels.of(0).zip(levels.of(1))?;
                Some(f64::from(u8::from(counted(first >= cut, second >= cut)?)))
            };
            tables.share(effort, &value, &|table| of(table, cut))
        };
        Ok(Self {
            grade: levels.grades[cut],
            sensitivity: measure(|human, judge| human.then_some(judge), sensitivity),
            specificity: measure(|human, judge| (!human).then_some(!judge), specificity),
            positive_predictive_value: measure(
                |human, judge| judge.then_some(human),
                positive_predictive_value,
            ),
            negative_predictive_value: measure(
                |human, judge| (!judge).then_some(!human),
                negative_predictive_value,
            ),
            corrected_share: corrected_share(items, all, cut, levels, effort)?,
        })
    }
}

/// The tables of a human's level by the judge's.
pub(crate) fn pair_tables(
    items: &[&Item<'_>],
    levels: &Levels,
    human: impl Fn(&Item<'_>, &Levels) -> Option<usize>,
) -> Result<Tables, CompareError> {
    let graded = items.iter().filter_map(|item| {
        let (first, second) = human(item, levels).zip(levels.level(item.judge))?;
        Some(Graded { first, second, place: item.place })
    });
    Ok(tables(levels.len(), graded)?)
}

/// The judge less the human, who is the first of the two in the tables.
pub(crate) fn bias(tables: &Tables, levels: &Levels, effort: &Effort<'_>) -> Measure {
    let turned: Vec<f64> = levels.scores.iter().map(|score| -score).collect();
    let formula = |table: &ContingencyTable| mean_difference(table, &turned);
    tables.measure(effort, &Statistic::MeanDifference(&turned), &formula)
}

/// The share of the items that the human, who is the first of the two, puts above the lowest grade to
/// which the judge gives the lowest.
pub(crate) fn missed(tables: &Tables, effort: &Effort<'_>) -> Measure {
    let value = |levels: agreement::Levels<'_>| {
        let (human, judge) = levels.of(0).zip(levels.of(1))?;
        (human > 0).then(|| f64::from(u8::from(judge == 0)))
    };
    tables.share(effort, &value, &miss_rate)
}

pub(crate) fn difference(ceiling: &Outcome<HumanCeiling>) -> Measure {
    match ceiling {
        Outcome::Made(ceiling) => ceiling.kappa_quadratic.difference.clone(),
        Outcome::Undefined { .. } => {
            Measure(agreement::Measure::Undefined(Undefined::NoPairableItems))
        }
    }
}

impl Item<'_> {
    pub(crate) fn reference_level(&self, levels: &Levels) -> Option<usize> {
        levels.level(self.reference?)
    }

    fn is_unrated(&self, levels: &Levels) -> bool {
        levels.level(self.judge).is_some() && self.reference_level(levels).is_none()
    }
}

fn excluded(items: &[&Item<'_>]) -> BTreeMap<Exclusion, u64> {
    let mut excluded = BTreeMap::new();
    for item in items {
        let reason = match (item.reference, item.judge) {
            (Some(Score::Excluded(reason)), _) | (Some(_), Score::Excluded(reason)) => reason,
            _ => continue,
        };
        *excluded.entry(reason).or_insert(0) += 1;
    }
    excluded
}

fn ungraded(items: &[&Item<'_>], levels: &Levels) -> Vec<Ungraded> {
    let mut by_reason: BTreeMap<Exclusion, Ungraded> = BTreeMap::new();
    for item in items {
        let Score::Excluded(reason) = item.judge else { continue };
        let empty = Ungraded { reason, items: 0, reference: vec![0; levels.len()] };
        let ungraded = by_reason.entry(reason).or_insert(empty);
        ungraded.items += 1;
        if let Some(level) = item.reference_level(levels) {
            ungraded.reference[level] += 1;
        }
    }
    by_reason.into_values().collect()
}

fn direction(table: &ContingencyTable, levels: &Levels) -> Vec<Direction> {
    let one = |(level, row): (usize, &[u64])| Direction {
        grade: levels.grades[level],
        lower: row[..level].iter().sum(),
        same: row[level],
        higher: row[level + 1..].iter().sum(),
    };
    table.rows().enumerate().map(one).collect()
}

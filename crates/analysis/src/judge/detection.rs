//! The judge as a detector of items at or above a grade.

use super::item::Item;
use super::measures::Setting;
use super::pair::{Pair, Rate};
use super::prediction::corrected_share;
use crate::{CompareError, ReportedMeasure};
use agreement::{
    ContingencyTable, negative_predictive_value, positive_predictive_value, sensitivity,
    specificity,
};
use serde::Serialize;
use study::Grade;
use ts_rs::TS;

/// The judge as a detector of items at or above a grade.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct AtThreshold {
    /// The lowest grade above the cut.
    pub grade: Grade,
    /// What it is called.
    pub name: String,
    /// It and those behind it, in words: `2 or more`, or `3 or worse` where grades do not count up.
    pub range: String,
    /// Of the items that the reference puts there, the share that the judge does.
    pub sensitivity: ReportedMeasure,
    /// Of the items that the reference puts below, the share that the judge does.
    pub specificity: ReportedMeasure,
    /// Of the items that the judge puts there, the share that the reference does.
    pub positive_predictive_value: ReportedMeasure,
    /// Of the items that the judge puts below, the share that the reference does.
    pub negative_predictive_value: ReportedMeasure,
    /// How many items each of these speaks of.
    pub n: CutItems,
    /// The share of all items there, from the judge's grades corrected for its errors.
    pub corrected_share: ReportedMeasure,
}

/// How many items lie on the sides of a cut. Where several humans disagree about the side, an item is
/// on both of theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CutItems {
    /// At or above the cut by the reference: those of the sensitivity.
    #[ts(type = "number")]
    pub above: u64,
    /// Below it by the reference: those of the specificity.
    #[ts(type = "number")]
    pub below: u64,
    /// At or above it by the judge: those of the positive predictive value.
    #[ts(type = "number")]
    pub judged_above: u64,
    /// Below it by the judge: those of the negative predictive value.
    #[ts(type = "number")]
    pub judged_below: u64,
}

/// Where the human and the judge put an item: at or above the cut.
type Sides = (bool, bool);

impl AtThreshold {
    pub(super) fn of(
        pair: &Pair<'_>,
        cut: usize,
        items: &[&Item<'_>],
        all: &[&Item<'_>],
        setting: &Setting<'_>,
    ) -> Result<Self, CompareError> {
        type OfTable = fn(&ContingencyTable, usize) -> agreement::Measure;
        let measure = |of_table: OfTable, of_sides: fn(Sides) -> Option<bool>| {
            pair.rate(Rate {
                of_table: &|table| of_table(table, cut),
                of_item: &|human, judge| of_sides((human >= cut, judge >= cut)),
            })
        };
        Ok(Self {
            grade: setting.levels.grades[cut],
            name: setting.levels.names[cut].clone(),
            range: setting.levels.range(cut),
            sensitivity: measure(sensitivity, |(human, judge)| human.then_some(judge)),
            specificity: measure(specificity, |(human, judge)| (!human).then_some(!judge)),
            positive_predictive_value: measure(positive_predictive_value, |(human, judge)| {
                judge.then_some(human)
            }),
            negative_predictive_value: measure(negative_predictive_value, |(human, judge)| {
                (!judge).then_some(!human)
            }),
            n: CutItems::of(cut, items, setting),
            corrected_share: corrected_share(items, all, cut, setting)?,
        })
    }
}

impl CutItems {
    fn of(cut: usize, items: &[&Item<'_>], setting: &Setting<'_>) -> Self {
        let graded = || items.iter().filter_map(|item| Some((item, item.graded(setting.levels)?)));
        let said = |on: &dyn Fn(usize) -> bool| {
            let any = graded().filter(|(item, _)| item.said.levels().iter().any(|one| on(one.0)));
            any.count() as u64
        };
        let judged = |on: &dyn Fn(usize) -> bool| graded().filter(|one| on(one.1)).count() as u64;
        Self {
            above: said(&|level| level >= cut),
            below: said(&|level| level < cut),
            judged_above: judged(&|level| level >= cut),
            judged_below: judged(&|level| level < cut),
        }
    }
}

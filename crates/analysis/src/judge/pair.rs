//! The humans' grades of items beside the judge's: one human's, or those of several who stand for one.

use super::item::{Item, clusters};
use super::measures::Setting;
use crate::amount::Amount;
use crate::pairing::{Graded, tables};
use crate::uncertainty::Tables;
use crate::{CompareError, Intervals, Measure, PairMeasures};
use agreement::{
    ContingencyTable, Distance, Levels as Given, RatedItem, RatedItems, Statistic, Unseen, Weights,
    mean_difference,
};
use std::collections::BTreeSet;

/// Whose grades of an item: levels, and the share of the item that each has.
pub(crate) type Whose<'a> = &'a dyn Fn(&Item<'_>) -> Vec<(usize, f64)>;

/// The grades of the items that a human and the judge graded: the human is the first of the two.
pub(crate) struct Pair<'a> {
    setting: &'a Setting<'a>,
    rated: RatedItems,
    /// By the human's level and the judge's, so many items.
    pub(crate) amounts: Vec<Vec<f64>>,
    /// The same in whole numbers, which formulas and the bootstrap need: where each item counts once, with
    /// one grade.
    whole: Option<Tables>,
    n: u64,
    clusters: Option<usize>,
}

/// A rate: a function of one table, and of the human's and the judge's level of one item, none for an
/// item that does not count for it.
pub(crate) struct Rate<'a> {
    pub(crate) of_table: &'a (dyn Fn(&ContingencyTable) -> agreement::Measure + Sync),
    pub(crate) of_item: &'a (dyn Fn(usize, usize) -> Option<bool> + Sync),
}

impl<'a> Pair<'a> {
    pub(crate) fn of(
        items: &[&Item<'_>],
        whose: Whose<'_>,
        setting: &'a Setting<'a>,
    ) -> Result<Self, CompareError> {
        let levels = setting.levels;
        let graded = items.iter().filter_map(|item| {
            let both = Both { item: *item, human: whose(item), judge: levels.level(item.judge)? };
            Some(both).filter(|both| !both.human.is_empty())
        });
        let graded: Vec<Both<'_, '_>> = graded.collect();
        let only: Vec<&Item<'_>> = graded.iter().map(|both| both.item).collect();
        let clusters = clusters(&only, setting.effort.intervals)?;
        let mut amounts = vec![vec![0.0; levels.len()]; levels.len()];
        let mut rated = Vec::with_capacity(graded.len());
        for (Both { item, human, judge }, cluster) in graded.iter().zip(&clusters) {
            let weight = setting.weight(item);
            for (level, share) in human {
                amounts[*level][*judge] += share * weight;
            }
            let row = |(level, share): &(usize, f64)| (vec![Some(*level), Some(*judge)], *share);
            rated.push(RatedItem {
                cluster: *cluster,
                weight,
                ratings: human.iter().map(row).collect(),
            });
        }
        let places = only.iter().all(|item| item.place.is_some()) && !only.is_empty();
        let several: BTreeSet<usize> = clusters.into_iter().collect();
        Ok(Self {
            setting,
            rated: RatedItems::new(2, levels.len(), rated)?,
            amounts,
            whole: whole(&graded, setting)?,
            n: graded.len() as u64,
            clusters: places.then_some(several.len()),
        })
    }

    /// Agreement of the two.
    pub(crate) fn agreement(&self) -> PairMeasures {
        let (effort, scores) = (self.setting.effort, &self.setting.levels.scores);
        if let Some(tables) = &self.whole {
            return PairMeasures::of(tables, scores, effort);
        }
        let within = |steps: usize| {
            move |levels: Given<'_>| {
                let (human, judge) = levels.of(0).zip(levels.of(1))?;
                Some(f64::from(u8::from(human.abs_diff(judge) <= steps)))
            }
        };
        let measure = |statistic| self.measure(&statistic);
        let repeat = self.clusters.is_some_and(|clusters| (clusters as u64) < self.n);
        PairMeasures {
            n: self.n,
            scenarios: self.clusters,
            intervals: if repeat { Intervals::Scenarios } else { Intervals::Items },
            table: self.table(),
            exact: measure(Statistic::Share(&within(0))),
            within_1: measure(Statistic::Share(&within(1))),
            mean_difference: measure(Statistic::MeanDifference(scores)),
            kappa: measure(Statistic::CohenKappa(Weights::Identity)),
            kappa_linear: measure(Statistic::CohenKappa(Weights::Linear)),
            kappa_quadratic: measure(Statistic::CohenKappa(Weights::Quadratic)),
            pabak: measure(Statistic::BrennanPrediger(Weights::Identity)),
            ac1: measure(Statistic::GwetAc(Weights::Identity)),
            ac2: measure(Statistic::GwetAc(Weights::Quadratic)),
            alpha_ordinal: measure(Statistic::KrippendorffAlpha(Distance::Ordinal)),
        }
    }

    pub(crate) fn table(&self) -> Vec<Vec<Amount>> {
        self.amounts.iter().map(|row| row.iter().copied().map(Amount).collect()).collect()
    }

    /// The judge less the human.
    pub(crate) fn bias(&self) -> Measure {
        let turned: Vec<f64> = self.setting.levels.scores.iter().map(|score| -score).collect();
        match &self.whole {
            Some(tables) => {
                tables.measure(self.setting.effort, |table| mean_difference(table, &turned))
            }
            None => self.measure(&Statistic::MeanDifference(&turned)),
        }
    }

    /// A rate, and how many items it speaks of.
    pub(crate) fn rate(&self, rate: Rate<'_>) -> Measure {
        if let Some(tables) = &self.whole {
            return tables.share(self.setting.effort, rate.of_table);
        }
        let of_item = |levels: Given<'_>| {
            let (human, judge) = levels.of(0).zip(levels.of(1))?;
            (rate.of_item)(human, judge).map(|hit| f64::from(u8::from(hit)))
        };
        self.measure(&Statistic::Share(&of_item))
    }

    fn measure(&self, statistic: &Statistic<'_>) -> Measure {
        Measure(self.rated.measure(statistic, Unseen::default()))
    }
}

/// An item that the human and the judge graded: the human's levels with their shares, the judge's.
struct Both<'i, 'a> {
    item: &'i Item<'a>,
    human: Vec<(usize, f64)>,
    judge: usize,
}

/// The tables, where every item has weight 1 and one grade.
fn whole(graded: &[Both<'_, '_>], setting: &Setting<'_>) -> Result<Option<Tables>, CompareError> {
    let counts = |both: &Both<'_, '_>| both.human.len() == 1 && setting.weight(both.item) == 1.0;
    if !graded.iter().all(counts) {
        return Ok(None);
    }
    let rows = graded.iter().flat_map(|Both { item, human, judge }| {
        let one =
            |(first, _): &(usize, f64)| Graded { first: *first, second: *judge, place: item.place };
        human.iter().map(one)
    });
    let axis = || setting.levels.axis.clone();
    let found = tables(setting.levels.len(), rows);
    found.map(Some).map_err(|reason| CompareError::Scale { axis: axis(), reason })
}

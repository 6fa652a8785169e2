//! The humans' grades of items beside the judge's: one human's, or those of several who represent one.

use super::item::Item;
use super::measures::Setting;
use crate::amount::Amount;
use crate::rated::{Placed, Tables};
use crate::{CompareError, PairMeasures, ReportedMeasure};
use agreement::{ContingencyTable, Levels as Given, SharedRatings, Statistic, mean_difference};

/// Whose grades of an item: levels, and the share of the item that each has.
pub(crate) type Whose<'a> = &'a dyn Fn(&Item<'_>) -> Vec<(usize, f64)>;

/// The grades of the items that a human and the judge graded: the human is the first of the two.
pub(crate) struct Pair<'a> {
    setting: &'a Setting<'a>,
    tables: Tables,
}

/// A rate: a function of one table, and of the human's and the judge's level of one item, none for an
/// item that does not count for it.
pub(crate) struct Rate<'a> {
    pub(crate) of_table: &'a dyn Fn(&ContingencyTable) -> agreement::Measure,
    pub(crate) of_item: &'a (dyn Fn(usize, usize) -> Option<bool> + Sync),
}

impl<'a> Pair<'a> {
    pub(crate) fn of(
        items: &[&Item<'_>],
        whose: Whose<'_>,
        setting: &'a Setting<'a>,
    ) -> Result<Self, CompareError> {
        let both = items.iter().filter_map(|item| {
            let (judge, human) = (setting.levels.level(item.judge)?, whose(item));
            let row = |(level, share): &(usize, f64)| (vec![Some(*level), Some(judge)], *share);
            let ratings: SharedRatings = human.iter().map(row).collect();
            let cluster = item.design.map(study::ItemDesign::cluster);
            (!ratings.is_empty()).then(|| Placed { cluster, weight: setting.weight(item), ratings })
        });
        Ok(Self { setting, tables: Tables::of_pairs(setting.levels.len(), both.collect())? })
    }

    /// Agreement of the two.
    pub(crate) fn agreement(&self) -> PairMeasures {
        PairMeasures::of(&self.tables, &self.setting.levels.scores, self.setting.effort)
    }

    /// By the human's level and the judge's, so many items.
    pub(crate) fn table(&self) -> Vec<Vec<Amount>> {
        let amounts = |row: Vec<f64>| row.into_iter().map(Amount).collect();
        self.tables.cells().into_iter().map(amounts).collect()
    }

    /// The judge minus the human.
    pub(crate) fn bias(&self) -> ReportedMeasure {
        let turned: Vec<f64> = self.setting.levels.scores.iter().map(|score| -score).collect();
        let of_table = |table: &ContingencyTable| mean_difference(table, &turned);
        let statistic = Statistic::MeanDifference(&turned);
        self.tables.measure(self.setting.effort, &statistic, &of_table)
    }

    /// A share of the items that it speaks of.
    pub(crate) fn rate(&self, rate: Rate<'_>) -> ReportedMeasure {
        let of_item = |levels: Given<'_>| {
            let (human, judge) = levels.of(0).zip(levels.of(1))?;
            (rate.of_item)(human, judge).map(|hit| f64::from(u8::from(hit)))
        };
        self.tables.share(self.setting.effort, &Statistic::Share(&of_item), Some(rate.of_table))
    }
}

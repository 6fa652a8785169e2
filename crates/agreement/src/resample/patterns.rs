//! Units that each add a row of amounts to a sum, of which the statistic is a function.

use std::collections::BTreeMap;

use super::bootstrap::{Bootstrap, bootstrap_units};
use super::jackknife::{Jackknife, leave_one_out};
use super::{OfCount, Resampling};
use crate::{ContingencyTable, Measure, Undefined};

/// A statistic of a sum of rows, with its own scratch.
pub(super) type OfSums<'a> = Box<dyn FnMut(&[f64]) -> Option<f64> + 'a>;

/// Kinds of units: units with the same row are one kind, whose weight is their number.
pub(super) struct Patterns {
    weights: Vec<u64>,
    width: usize,
    /// Row by row, one for each kind.
    amounts: Vec<f64>,
}

impl Patterns {
    /// From each unit's row and how many such units there are. The kinds are put in the order of
    /// their rows, so that the order of the units changes no draw. Amounts are not negative.
    pub(super) fn of(width: usize, units: impl IntoIterator<Item = (Vec<f64>, u64)>) -> Self {
        let mut kinds: BTreeMap<Vec<u64>, u64> = BTreeMap::new();
        for (row, weight) in units {
            // The bits of numbers that are not negative are in the numbers' order.
            let kind = kinds.entry(row.into_iter().map(f64::to_bits).collect()).or_default();
            *kind = kind.saturating_add(weight);
        }
        Self {
            weights: kinds.values().copied().collect(),
            width,
            amounts: kinds.into_keys().flatten().map(f64::from_bits).collect(),
        }
    }

    fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.amounts.chunks_exact(self.width.max(1))
    }

    /// The sum of the rows, each as often as `counts` says.
    fn sum(&self, counts: &[u64], sums: &mut [f64]) {
        sums.fill(0.0);
        for (row, &count) in self.rows().zip(counts) {
            if count > 0 {
                let count = count as f64;
                sums.iter_mut().zip(row).for_each(|(sum, amount)| *sum += count * amount);
            }
        }
    }

    /// The bootstrap of a statistic whose `measure` on the data is known: `statistic()` makes a
    /// function of the sum for each thread.
    pub(super) fn bootstrap<'a>(
        &self,
        measure: &Measure,
        resampling: Resampling,
        statistic: &(dyn Fn() -> OfSums<'a> + Sync),
    ) -> Result<Bootstrap, Undefined> {
        let of_counts = || -> OfCount<'_> {
            let (mut statistic, mut sums) = (statistic(), vec![0.0; self.width]);
            Box::new(move |counts| {
                self.sum(counts, &mut sums);
                statistic(&sums)
            })
        };
        let jackknife = || self.jackknife(statistic());
        bootstrap_units(&self.weights, measure, resampling, &of_counts, &jackknife)
    }

    /// Takes each kind's row from the sum of all, rather than adding up the others.
    fn jackknife(&self, mut statistic: OfSums) -> Result<Jackknife, Undefined> {
        let mut all = vec![0.0; self.width];
        self.sum(&self.weights, &mut all);
        let rows: Vec<&[f64]> = self.rows().collect();
        let mut without = all.clone();
        leave_one_out(&self.weights, &mut |kind| {
            let parts = without.iter_mut().zip(&all).zip(rows[kind]);
            parts.for_each(|((without, all), amount)| *without = (all - amount).max(0.0));
            statistic(&without)
        })
    }
}

/// The cells in which any of some tables has items: their places in a row of amounts.
pub(super) struct Cells(Vec<(usize, usize, u64)>);

impl Cells {
    /// The cells of the pooled table, which holds the items of all.
    pub(super) fn of(pooled: &ContingencyTable) -> Self {
        Self(pooled.occupied())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn positions(&self) -> impl Iterator<Item = (usize, usize)> {
        self.0.iter().map(|&(row, column, _)| (row, column))
    }

    /// A table's counts in these cells.
    pub(super) fn amounts(&self, table: &ContingencyTable) -> Vec<f64> {
        let count = |(row, column)| table.count(row, column).unwrap_or(0) as f64;
        self.positions().map(count).collect()
    }

    /// A statistic of tables as a function of the amounts in these cells.
    pub(super) fn statistic<'a>(
        &'a self,
        pooled: &ContingencyTable,
        statistic: &'a (dyn Fn(&ContingencyTable) -> Measure + Sync),
    ) -> OfSums<'a> {
        let (mut table, mut counts) = (pooled.clone(), vec![0; self.0.len()]);
        Box::new(move |amounts| {
            counts.iter_mut().zip(amounts).for_each(|(count, &amount)| *count = amount as u64);
            table.refill(&self.0, &counts);
            statistic(&table).estimate()
        })
    }
}

//! A table read as the joint distribution of two levels.

use crate::interval::normal;
use crate::{ContingencyTable, Estimate, Undefined};

/// Deviations below this are rounding: they are sums of a few terms of size 1, each off by 1e-16.
/// It bounds a single item's deviation, not the mean square, so that one differing item among
/// 10^14 is still seen.
const NEGLIGIBLE: f64 = 1e-13;

/// The joint distribution of the two raters' levels, from a table with at least one item.
pub(crate) struct Pairs {
    pub(crate) n: f64,
    /// The proportion of items to which the first rater gave each level.
    pub(crate) rows: Vec<f64>,
    /// The same for the second rater.
    pub(crate) columns: Vec<f64>,
    /// Row, column and count of every occupied cell.
    occupied: Vec<(usize, usize, f64)>,
}

impl Pairs {
    pub(crate) fn of(table: &ContingencyTable) -> Result<Self, Undefined> {
        if table.n() == 0 {
            return Err(Undefined::NoSharedItems);
        }
        let n = table.n() as f64;
        let proportions = |margins: Vec<u64>| margins.into_iter().map(|m| m as f64 / n).collect();
        let cells = table.rows().enumerate().flat_map(|(i, row)| {
            row.iter().enumerate().map(move |(j, &count)| (i, j, count as f64))
        });
        Ok(Self {
            n,
            rows: proportions(table.row_margins()),
            columns: proportions(table.column_margins()),
            occupied: cells.filter(|&(_, _, count)| count > 0.0).collect(),
        })
    }

    /// How often the two raters together used each level, as proportions.
    pub(crate) fn shares(&self) -> Vec<f64> {
        self.rows.iter().zip(&self.columns).map(|(row, column)| (row + column) / 2.0).collect()
    }

    /// The mean over items of a function of their two levels.
    pub(crate) fn mean(&self, value: impl Fn(usize, usize) -> f64) -> f64 {
        let sum: f64 = self.occupied.iter().map(|&(i, j, count)| count * value(i, j)).sum();
        sum / self.n
    }

    /// The standard deviation over items, with divisor n, of a function of their two levels whose
    /// terms are of size 1; exactly 0 where the items differ by no more than rounding.
    pub(crate) fn deviation(&self, value: impl Fn(usize, usize) -> f64) -> f64 {
        let mean = self.mean(&value);
        let from_mean = |i, j| value(i, j) - mean;
        if self.occupied.iter().all(|&(i, j, _)| from_mean(i, j).abs() <= NEGLIGIBLE) {
            return 0.0;
        }
        self.mean(|i, j| from_mean(i, j).powi(2)).sqrt()
    }

    /// A coefficient whose standard error is the deviation of its linearisation over the root of n:
    /// each item's `influence` is the derivative of the coefficient towards that item's cell, times
    /// `scale`, up to a constant.
    ///
    /// This is the delta method, the same number as the published variance formulas. Those are
    /// differences of two large terms, which cost digits and turn zero into −1e-17; a mean of
    /// squares does neither.
    pub(crate) fn linearised(
        &self,
        estimate: f64,
        scale: f64,
        influence: impl Fn(usize, usize) -> f64,
    ) -> Estimate {
        let se = self.deviation(influence) / (scale * self.n.sqrt());
        let interval = if se > 0.0 { Ok(normal(estimate, se)) } else { Err(self.no_variation()) };
        Estimate { estimate, se: Some(se), interval }
    }

    /// Why items that do not vary give no interval.
    pub(crate) fn no_variation(&self) -> Undefined {
        if self.n < 2.0 {
            Undefined::FewerThanTwoItems
        } else if self.occupied.iter().all(|&(i, j, _)| i == j) {
            Undefined::CompleteAgreement
        } else {
            Undefined::NoVariation
        }
    }
}

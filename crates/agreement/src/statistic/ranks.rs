//! Kendall's coefficient of concordance.

use super::Sums;
use crate::Undefined;
use crate::rated_items::Levels;
use crate::raters::kendall_w::midrank_deviations;

/// W of the items that all raters rated. The sums: the cells of the table of each two raters, the first before the
/// second, pair after pair, and how often each rater gave each level.
pub(super) struct Ranks {
    raters: usize,
    size: usize,
}

impl Ranks {
    pub(super) fn new(raters: usize, size: usize) -> Self {
        Self { raters, size }
    }

    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let raters = self.raters;
        (0..raters).flat_map(move |first| (first + 1..raters).map(move |second| (first, second)))
    }

    /// How many sums are cells.
    fn cells(&self) -> usize {
        self.raters * (self.raters - 1) / 2 * self.size * self.size
    }
}

impl Sums for Ranks {
    fn width(&self) -> usize {
        self.cells() + self.raters * self.size
    }

    fn add(&self, levels: Levels<'_>, amount: f64, sums: &mut [f64]) {
        if !self.counts(levels) {
            return;
        }
        let given: Vec<usize> = levels.given().collect();
        let (cells, used) = sums.split_at_mut(self.cells());
        let tables = cells.chunks_exact_mut(self.size * self.size);
        for (table, (first, second)) in tables.zip(self.pairs()) {
            table[given[first] * self.size + given[second]] += amount;
        }
        for (used, level) in used.chunks_exact_mut(self.size).zip(given) {
            used[level] += amount;
        }
    }

    fn value(&self, sums: &[f64]) -> Result<f64, Undefined> {
        let (cells, used) = sums.split_at(self.cells());
        let n: f64 = used[..self.size].iter().sum();
        if n <= 0.0 {
            return Err(self.nothing());
        }
        if n < 2.0 {
            return Err(Undefined::FewerThanTwoItems);
        }
        let used = used.chunks_exact(self.size);
        let deviations: Vec<Vec<f64>> =
            used.clone().map(|used| midrank_deviations(used, n)).collect();
        // Over items the squared sums of ranks, about the mean: the squares, and twice the products of each two raters.
        let squares = used.zip(&deviations).map(|(used, deviations)| {
            used.iter().zip(deviations).map(|(amount, own)| amount * own * own).sum::<f64>()
        });
        let apart = squares.sum::<f64>();
        if apart / n <= NEGLIGIBLE {
            return Err(Undefined::OneLevelByEach);
        }
        let tables = cells.chunks_exact(self.size * self.size);
        let products = tables.zip(self.pairs()).map(|(table, (first, second))| {
            let rows = table.chunks_exact(self.size).zip(&deviations[first]);
            rows.map(|(row, own)| {
                own * row.iter().zip(&deviations[second]).map(|(n, other)| n * other).sum::<f64>()
            })
            .sum::<f64>()
        });
        let together = apart + 2.0 * products.sum::<f64>();
        Ok((together / apart / self.raters as f64).clamp(0.0, 1.0))
    }

    fn counts(&self, levels: Levels<'_>) -> bool {
        levels.given().count() == self.raters
    }

    fn nothing(&self) -> Undefined {
        Undefined::NoCompleteItems
    }
}

/// Ranks that vary less do so by rounding.
const NEGLIGIBLE: f64 = 1e-13;

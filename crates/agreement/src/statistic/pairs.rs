//! Means over pairs of raters of a coefficient of two.

use super::Sums;
use crate::rated_items::Levels;
use crate::{Undefined, Weights};

/// The sums: the cells of each pair's table, pair after pair.
pub(super) struct Pairs {
    size: usize,
    pairs: Vec<(usize, usize)>,
    /// How many of the pairs come first: the others' mean is subtracted.
    first: usize,
    mean: Mean,
    /// Disagreement by cell.
    apart: Vec<f64>,
}

/// How pairs are averaged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mean {
    /// Each by its items; one without a value is left out.
    ByItems,
    /// All alike, and all must have a value.
    Alike,
}

impl Pairs {
    pub(super) fn light(raters: usize, size: usize, weights: Weights<'_>) -> Self {
        let pairs: Vec<(usize, usize)> =
            (0..raters).flat_map(|a| (a + 1..raters).map(move |b| (a, b))).collect();
        let (first, apart) = (pairs.len(), apart(size, weights));
        Self { size, pairs, first, mean: Mean::Alike, apart }
    }

    pub(super) fn mean(
        size: usize,
        weights: Weights<'_>,
        first: &[(usize, usize)],
        second: &[(usize, usize)],
    ) -> Self {
        let pairs = [first, second].concat();
        let apart = apart(size, weights);
        Self { size, pairs, first: first.len(), mean: Mean::ByItems, apart }
    }

    /// The coefficient of one table, row by row, and its items.
    fn one(&self, table: &[f64]) -> Result<(f64, f64), Undefined> {
        let n: f64 = table.iter().sum();
        if n <= NEGLIGIBLE {
            return Err(Undefined::NoSharedItems);
        }
        let rows: Vec<f64> =
            table.chunks_exact(self.size).map(|row| row.iter().sum::<f64>() / n).collect();
        let mut columns = vec![0.0; self.size];
        for row in table.chunks_exact(self.size) {
            columns.iter_mut().zip(row).for_each(|(sum, amount)| *sum += amount / n);
        }
        let observed: f64 =
            table.iter().zip(&self.apart).map(|(amount, apart)| amount * apart).sum();
        let expected: f64 = self
            .apart
            .chunks_exact(self.size)
            .zip(&rows)
            .map(|(apart, p)| p * apart.iter().zip(&columns).map(|(v, q)| v * q).sum::<f64>())
            .sum();
        if expected <= NEGLIGIBLE {
            return Err(Undefined::OneLevel);
        }
        Ok((1.0 - observed / n / expected, n))
    }

    fn average(&self, sums: &[f64], pairs: &[(usize, usize)]) -> Result<f64, Undefined> {
        let (mut sum, mut items, mut reason) = (0.0, 0.0, Undefined::NoPairableItems);
        for (table, &(first, second)) in sums.chunks_exact(self.size * self.size).zip(pairs) {
            match (self.one(table), self.mean) {
                (Ok((value, n)), Mean::ByItems) => (sum, items) = (sum + n * value, items + n),
                (Ok((value, _)), Mean::Alike) => (sum, items) = (sum + value, items + 1.0),
                (Err(_), Mean::Alike) => return Err(Undefined::UndefinedPair { first, second }),
                (Err(Undefined::NoSharedItems), _) => {}
                (Err(other), _) => reason = other,
            }
        }
        if items > 0.0 { Ok(sum / items) } else { Err(reason) }
    }
}

fn apart(size: usize, weights: Weights<'_>) -> Vec<f64> {
    let levels = (0..size).flat_map(|k| (0..size).map(move |l| (k, l)));
    levels.map(|(k, l)| weights.disagreement(k, l, size)).collect()
}

impl Sums for Pairs {
    fn width(&self) -> usize {
        self.pairs.len() * self.size * self.size
    }

    fn add(&self, levels: Levels<'_>, amount: f64, sums: &mut [f64]) {
        let tables = sums.chunks_exact_mut(self.size * self.size);
        for (table, &(first, second)) in tables.zip(&self.pairs) {
            if let Some((i, j)) = levels.pair(first, second) {
                table[i * self.size + j] += amount;
            }
        }
    }

    fn value(&self, sums: &[f64]) -> Result<f64, Undefined> {
        let (first, second) = self.pairs.split_at(self.first);
        let (own, others) = sums.split_at(self.first * self.size * self.size);
        let first = self.average(own, first)?;
        Ok(if second.is_empty() { first } else { first - self.average(others, second)? })
    }

    fn counts(&self, levels: Levels<'_>) -> bool {
        self.pairs.iter().any(|&(first, second)| levels.pair(first, second).is_some())
    }
}

/// The share of an item's pairs that agree, averaged over items as in the observed agreement of Fleiss's
/// kappa: the sums of these shares and of the items that have one, for some pairs and for those that are
/// subtracted.
pub(super) struct Alike<'a>(pub(super) Vec<&'a [(usize, usize)]>);

impl Alike<'_> {
    fn share(pairs: &[(usize, usize)], levels: Levels<'_>) -> Option<f64> {
        let given = || pairs.iter().filter_map(|&(first, second)| levels.pair(first, second));
        let (all, alike) = (given().count(), given().filter(|(a, b)| a == b).count());
        (all > 0).then(|| alike as f64 / all as f64)
    }
}

impl Sums for Alike<'_> {
    fn width(&self) -> usize {
        2 * self.0.len()
    }

    fn add(&self, levels: Levels<'_>, amount: f64, sums: &mut [f64]) {
        for (own, pairs) in sums.chunks_exact_mut(2).zip(&self.0) {
            if let Some(share) = Self::share(pairs, levels) {
                own[0] += amount * share;
                own[1] += amount;
            }
        }
    }

    fn value(&self, sums: &[f64]) -> Result<f64, Undefined> {
        let mean = |own: &[f64]| match own[1] > NEGLIGIBLE {
            true => Ok(own[0] / own[1]),
            false => Err(self.nothing()),
        };
        let mut means = sums.chunks_exact(2).map(mean);
        let first = means.next().unwrap_or(Err(self.nothing()))?;
        means.try_fold(first, |value, subtracted| Ok(value - subtracted?))
    }

    fn counts(&self, levels: Levels<'_>) -> bool {
        self.0.iter().any(|pairs| Self::share(pairs, levels).is_some())
    }
}

/// Amounts and disagreements this small are the rounding of none.
const NEGLIGIBLE: f64 = 1e-13;

//! A rating matrix read as a sample of items, each with the levels it was given.

use crate::interval::normal;
use crate::{Estimate, RatingMatrix, RatingRow, Undefined, Weights};

/// Deviations below this, relative to the size of an item's contribution, are rounding.
const NEGLIGIBLE: f64 = 1e-13;

/// The items with at least one rating, of which at least one has two.
pub(crate) struct Items<'a> {
    pub(crate) size: usize,
    /// The number of items.
    pub(crate) n: f64,
    /// The number of items with at least two ratings.
    pub(crate) pairable: f64,
    pub(crate) rows: Vec<Item<'a>>,
}

/// Items that were rated alike.
pub(crate) struct Item<'a> {
    /// How many items.
    pub(crate) count: f64,
    /// How many ratings each has, at least one.
    pub(crate) ratings: f64,
    /// The levels given, in order, with the number of raters who gave each.
    pub(crate) levels: Vec<(usize, f64)>,
    /// The level of each rater, borrowed: a million items of 50 raters fill memory once.
    pub(crate) by_rater: RatingRow<'a>,
}

/// The disagreement that chance would give, and how much each item moves it.
pub(crate) struct Chance {
    /// The expected disagreement, above 0.
    pub(crate) disagreement: f64,
    /// For each row of [`Items::rows`] the derivative of the expected disagreement towards that
    /// item, up to a constant.
    pub(crate) influence: Vec<f64>,
}

impl<'a> Items<'a> {
    pub(crate) fn of(matrix: &'a RatingMatrix) -> Result<Self, Undefined> {
        let rows: Vec<Item> = matrix.rows().filter_map(Item::of).collect();
        let number = |rows: &mut dyn Iterator<Item = &Item>| rows.map(|item| item.count).sum();
        let n = number(&mut rows.iter());
        let pairable = number(&mut rows.iter().filter(|item| item.is_pairable()));
        if pairable == 0.0 {
            return Err(Undefined::NoPairableItems);
        }
        Ok(Self { size: matrix.size(), n, pairable, rows })
    }

    /// The items with at least two ratings, as if there were no others.
    pub(crate) fn only_pairable(mut self) -> Self {
        self.rows.retain(Item::is_pairable);
        self.n = self.pairable;
        self
    }

    /// The mean over all items of a value of each row.
    pub(crate) fn mean(&self, value: impl Fn(&Item) -> f64) -> f64 {
        self.rows.iter().map(|item| item.count * value(item)).sum::<f64>() / self.n
    }

    /// The mean over items of the share of their ratings at each level.
    pub(crate) fn mean_shares(&self) -> Vec<f64> {
        let mut shares = vec![0.0; self.size];
        for item in &self.rows {
            for &(level, raters) in &item.levels {
                shares[level] += item.count * raters / item.ratings / self.n;
            }
        }
        shares
    }

    /// The mean disagreement of two ratings of the same item, over the items that have two.
    pub(crate) fn disagreement(&self, weights: Weights) -> f64 {
        let pairable = self.rows.iter().filter(|item| item.is_pairable());
        let sum: f64 =
            pairable.map(|item| item.count * item.disagreement(weights, self.size)).sum();
        sum / self.pairable
    }

    /// The coefficient 1 − observed / expected disagreement. Its standard error is that of the mean
    /// of each item's influence, with divisor n − 1. The number of pairable items is a part of the
    /// sample, not fixed: treating it as fixed overstates the error several-fold where many ratings
    /// are missing.
    pub(crate) fn corrected(&self, weights: Weights, chance: &Chance) -> Estimate {
        let observed = self.disagreement(weights);
        let ratio = observed / chance.disagreement;
        let inflation = self.n / self.pairable;
        let influence: Vec<f64> = self
            .rows
            .iter()
            .zip(&chance.influence)
            .map(|(item, chance)| {
                let own = if item.is_pairable() {
                    inflation * (item.disagreement(weights, self.size) - observed)
                } else {
                    0.0
                };
                own - ratio * chance
            })
            .collect();
        self.linearised(1.0 - ratio, chance.disagreement, &influence, inflation)
    }

    /// A coefficient with the standard error of the mean of `influence` / `scale` over the items,
    /// divisor n − 1; `largest` is the size of the influences' terms.
    pub(crate) fn linearised(
        &self,
        estimate: f64,
        scale: f64,
        influence: &[f64],
        largest: f64,
    ) -> Estimate {
        if self.n < 2.0 {
            return Estimate { estimate, se: None, interval: Err(Undefined::FewerThanTwoItems) };
        }
        let counted = || self.rows.iter().map(|item| item.count).zip(influence);
        let mean = counted().map(|(count, value)| count * value).sum::<f64>() / self.n;
        let negligible = NEGLIGIBLE * largest;
        let se = if influence.iter().all(|value| (value - mean).abs() <= negligible) {
            0.0
        } else {
            let square = |(count, value): (f64, &f64)| count / self.n * (value - mean).powi(2);
            let variance = counted().map(square).sum::<f64>();
            (variance / (self.n - 1.0)).sqrt() / scale
        };
        let interval = if se > 0.0 { Ok(normal(estimate, se)) } else { Err(self.no_variation()) };
        Estimate { estimate, se: Some(se), interval }
    }

    /// Whether all raters but at most one gave every item they rated the same level.
    pub(crate) fn at_most_one_rater_varies(&self) -> bool {
        let Some(first) = self.rows.first() else { return true };
        let raters = first.by_rater.ratings().count();
        let mut level_of = vec![None; raters];
        let mut varies = vec![false; raters];
        for (rater, level) in self.rows.iter().flat_map(|item| item.by_rater.ratings().enumerate())
        {
            let Some(level) = level else { continue };
            varies[rater] |= *level_of[rater].get_or_insert(level) != level;
        }
        varies.into_iter().filter(|&varies| varies).count() <= 1
    }

    fn no_variation(&self) -> Undefined {
        if self.rows.iter().all(|item| item.levels.len() == 1) {
            Undefined::CompleteAgreement
        } else {
            Undefined::NoVariation
        }
    }
}

impl<'a> Item<'a> {
    fn of(by_rater: RatingRow<'a>) -> Option<Self> {
        let mut given: Vec<usize> = by_rater.ratings().flatten().collect();
        if by_rater.count() == 0 || given.is_empty() {
            return None;
        }
        given.sort_unstable();
        let levels =
            given.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as f64)).collect();
        Some(Self { count: by_rater.count() as f64, ratings: given.len() as f64, levels, by_rater })
    }

    pub(crate) fn is_pairable(&self) -> bool {
        self.ratings >= 2.0
    }

    /// The mean disagreement of two of the item's ratings, which has at least two.
    pub(crate) fn disagreement(&self, weights: Weights, size: usize) -> f64 {
        let apart = |k, l| weights.disagreement(k, l, size);
        self.pair_sum(apart) / (self.ratings * (self.ratings - 1.0))
    }

    /// The sum over ordered pairs of the item's ratings of a symmetric distance that is 0 for the
    /// same level.
    pub(crate) fn pair_sum(&self, apart: impl Fn(usize, usize) -> f64) -> f64 {
        let mut sum = 0.0;
        for (position, &(k, raters)) in self.levels.iter().enumerate() {
            for &(l, others) in &self.levels[position + 1..] {
                sum += raters * others * apart(k, l);
            }
        }
        2.0 * sum
    }

    /// The mean over the item's ratings of a value of their level.
    pub(crate) fn mean(&self, value: impl Fn(usize) -> f64) -> f64 {
        self.levels.iter().map(|&(level, raters)| raters * value(level)).sum::<f64>() / self.ratings
    }
}

/// For each level its mean disagreement with levels drawn by the shares.
pub(crate) fn apart_from(shares: &[f64], weights: Weights) -> Vec<f64> {
    let size = shares.len();
    (0..size)
        .map(|k| shares.iter().enumerate().map(|(l, p)| p * weights.disagreement(k, l, size)).sum())
        .collect()
}

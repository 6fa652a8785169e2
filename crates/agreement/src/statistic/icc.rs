//! The intraclass correlation of one rating.

use super::Sums;
use crate::rated_items::Levels;
use crate::raters::icc::MeanSquares;
use crate::scores::{check, scaled_to_range};
use crate::{IccForm, Undefined};

/// The sums: items that all raters rated, the squares of their scores, the squares of their means, and
/// the scores of each rater. Scores are taken from the middle of the scale, which costs fewest digits.
pub(super) struct Icc {
    raters: usize,
    form: IccForm,
    scores: Vec<f64>,
}

const ITEMS: usize = 0;
const SQUARES: usize = 1;
const OWN: usize = 2;
const RATERS: usize = 3;

impl Icc {
    pub(super) fn new(
        raters: usize,
        size: usize,
        form: IccForm,
        scores: &[f64],
    ) -> Result<Self, Undefined> {
        check(scores, size)?;
        let scores = scaled_to_range(scores).into_iter().map(|score| score - 0.5).collect();
        Ok(Self { raters, form, scores })
    }
}

impl Sums for Icc {
    fn width(&self) -> usize {
        RATERS + self.raters
    }

    fn add(&self, levels: Levels<'_>, amount: f64, sums: &mut [f64]) {
        if !self.counts(levels) {
            return;
        }
        let mut own = 0.0;
        for (rater, level) in levels.given().enumerate() {
            let score = self.scores[level];
            own += score / self.raters as f64;
            sums[SQUARES] += amount * score * score;
            sums[RATERS + rater] += amount * score;
        }
        sums[ITEMS] += amount;
        sums[OWN] += amount * own * own;
    }

    fn value(&self, sums: &[f64]) -> Result<f64, Undefined> {
        let (n, k) = (sums[ITEMS], self.raters as f64);
        if n <= 0.0 {
            return Err(self.nothing());
        }
        if n <= 1.0 {
            return Err(Undefined::FewerThanTwoItems);
        }
        let means: Vec<f64> = sums[RATERS..].iter().map(|sum| sum / n).collect();
        let mean = means.iter().sum::<f64>() / k;
        let raters: f64 = means.iter().map(|own| (own - mean).powi(2)).sum();
        let within = sums[SQUARES] / n - k * sums[OWN] / n;
        let items = k * (sums[OWN] / n - mean * mean);
        MeanSquares::of_sums(n, k, [items, raters, within])
            .estimate(self.form)
            .ok_or(Undefined::NoItemVariance)
    }

    fn counts(&self, levels: Levels<'_>) -> bool {
        levels.given().count() == self.raters
    }

    fn nothing(&self) -> Undefined {
        Undefined::NoCompleteItems
    }
}

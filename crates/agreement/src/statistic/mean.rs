//! Means and shares over items, and Lin's concordance.

use super::{OfItem, Sums};
use crate::Undefined;
use crate::rated_items::Levels;
use crate::scores::{check, scaled_to_range};

/// A share: the sums of the values and of the items that have one.
pub(super) struct Share<'a>(pub(super) OfItem<'a>);

impl Sums for Share<'_> {
    fn width(&self) -> usize {
        2
    }

    fn add(&self, levels: Levels<'_>, amount: f64, sums: &mut [f64]) {
        if let Some(value) = (self.0)(levels) {
            sums[0] += amount * value;
            sums[1] += amount;
        }
    }

    fn value(&self, sums: &[f64]) -> Result<f64, Undefined> {
        mean(sums)
    }

    fn counts(&self, levels: Levels<'_>) -> bool {
        (self.0)(levels).is_some()
    }

    fn nothing(&self) -> Undefined {
        Undefined::NoItems
    }
}

fn mean(sums: &[f64]) -> Result<f64, Undefined> {
    if sums[1] > 0.0 { Ok(sums[0] / sums[1]) } else { Err(Undefined::NoItems) }
}

/// The first rater's score minus the second's: the sums of differences and of items.
pub(super) struct Difference<'a>(&'a [f64]);

impl<'a> Difference<'a> {
    pub(super) fn new(size: usize, scores: &'a [f64]) -> Result<Self, Undefined> {
        check(scores, size)?;
        Ok(Self(scores))
    }
}

impl Sums for Difference<'_> {
    fn width(&self) -> usize {
        2
    }

    fn add(&self, levels: Levels<'_>, amount: f64, sums: &mut [f64]) {
        if let Some((first, second)) = levels.pair(0, 1) {
            sums[0] += amount * (self.0[first] - self.0[second]);
            sums[1] += amount;
        }
    }

    fn value(&self, sums: &[f64]) -> Result<f64, Undefined> {
        mean(sums)
    }

    fn counts(&self, levels: Levels<'_>) -> bool {
        levels.pair(0, 1).is_some()
    }

    fn nothing(&self) -> Undefined {
        Undefined::NoSharedItems
    }
}

/// Lin's concordance, 2 cov / (v₁ + v₂ + (m₁ − m₂)²), as 1 − mean squared difference over what chance
/// gives: the sums of items, of squared differences, of each rater's scores and of their squares.
pub(super) struct Concordance(Vec<f64>);

impl Concordance {
    pub(super) fn new(size: usize, scores: &[f64]) -> Result<Self, Undefined> {
        check(scores, size)?;
        Ok(Self(scaled_to_range(scores).into_iter().map(|score| score - 0.5).collect()))
    }
}

impl Sums for Concordance {
    fn width(&self) -> usize {
        6
    }

    fn add(&self, levels: Levels<'_>, amount: f64, sums: &mut [f64]) {
        if let Some((first, second)) = levels.pair(0, 1) {
            let (a, b) = (self.0[first], self.0[second]);
            let own = [1.0, (a - b).powi(2), a, b, a * a, b * b];
            sums.iter_mut().zip(own).for_each(|(sum, value)| *sum += amount * value);
        }
    }

    fn value(&self, sums: &[f64]) -> Result<f64, Undefined> {
        if sums[0] <= 0.0 {
            return Err(self.nothing());
        }
        let [apart, a, b, squares_a, squares_b] = [1, 2, 3, 4, 5].map(|at| sums[at] / sums[0]);
        let expected = squares_a + squares_b - 2.0 * a * b;
        if expected > 1e-13 { Ok(1.0 - apart / expected) } else { Err(Undefined::OneLevel) }
    }

    fn counts(&self, levels: Levels<'_>) -> bool {
        levels.pair(0, 1).is_some()
    }

    fn nothing(&self) -> Undefined {
        Undefined::NoSharedItems
    }
}

//! One level against the others, for the first two raters.

use super::Sums;
use crate::Undefined;
use crate::rated_items::Levels;

/// What is said of a level.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OfLevel {
    /// Of the ratings of it, the share that the other rater's matches.
    Agreement,
    /// The share of items on which both gave it less that on which neither did.
    Prevalence,
    /// The share of items to which the first gave it less that to which the second did.
    Bias,
}

/// The sums: items that both rated; those on which both gave the level; the first alone; the second alone.
pub(super) struct Level {
    level: usize,
    of: OfLevel,
}

impl Level {
    pub(super) fn new(size: usize, level: usize, of: OfLevel) -> Result<Self, Undefined> {
        match level < size {
            true => Ok(Self { level, of }),
            false => Err(Undefined::UnknownLevel { level, levels: size }),
        }
    }
}

impl Sums for Level {
    fn width(&self) -> usize {
        4
    }

    fn add(&self, levels: Levels<'_>, amount: f64, sums: &mut [f64]) {
        let Some((first, second)) = levels.pair(0, 1) else { return };
        sums[0] += amount;
        match (first == self.level, second == self.level) {
            (true, true) => sums[1] += amount,
            (true, false) => sums[2] += amount,
            (false, true) => sums[3] += amount,
            (false, false) => {}
        }
    }

    fn value(&self, sums: &[f64]) -> Result<f64, Undefined> {
        let [n, both, first, second] = [sums[0], sums[1], sums[2], sums[3]];
        if n <= 0.0 {
            return Err(self.nothing());
        }
        match self.of {
            OfLevel::Agreement => match 2.0 * both + first + second {
                used if used > NEGLIGIBLE => Ok(2.0 * both / used),
                _ => Err(Undefined::UnusedLevel { level: self.level }),
            },
            OfLevel::Prevalence => Ok((both - (n - both - first - second)) / n),
            OfLevel::Bias => Ok((first - second) / n),
        }
    }

    fn counts(&self, levels: Levels<'_>) -> bool {
        levels.pair(0, 1).is_some()
    }

    fn nothing(&self) -> Undefined {
        Undefined::NoSharedItems
    }
}

/// An amount this small is the rounding of none.
const NEGLIGIBLE: f64 = 1e-13;

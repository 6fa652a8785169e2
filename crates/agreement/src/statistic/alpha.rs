//! Krippendorff's alpha.

use super::Sums;
use crate::rated_items::Levels;
use crate::{Distance, Undefined};

/// The sums: how many ratings each level has, and for each two levels k < l the products
/// mₖ mₗ / (m − 1) of the items' ratings there, row by row.
pub(super) struct Alpha<'a> {
    size: usize,
    distance: Distance<'a>,
}

impl<'a> Alpha<'a> {
    pub(super) fn new(size: usize, distance: Distance<'a>) -> Result<Self, Undefined> {
        distance.fit(size)?;
        Ok(Self { size, distance })
    }

    /// Where the sum of levels k < l stands.
    fn place(&self, k: usize, l: usize) -> usize {
        self.size + k * (2 * self.size - k - 1) / 2 + (l - k - 1)
    }
}

impl Sums for Alpha<'_> {
    fn width(&self) -> usize {
        self.size + self.size * (self.size - 1) / 2
    }

    fn add(&self, levels: Levels<'_>, amount: f64, sums: &mut [f64]) {
        let mut given: Vec<usize> = levels.given().collect();
        if given.len() < 2 {
            return;
        }
        let others = given.len() as f64 - 1.0;
        given.sort_unstable();
        let runs: Vec<&[usize]> = given.chunk_by(|a, b| a == b).collect();
        for (at, run) in runs.iter().enumerate() {
            sums[run[0]] += amount * run.len() as f64;
            for other in &runs[at + 1..] {
                let pairs = (run.len() * other.len()) as f64;
                sums[self.place(run[0], other[0])] += amount * pairs / others;
            }
        }
    }

    fn value(&self, sums: &[f64]) -> Result<f64, Undefined> {
        let used = &sums[..self.size];
        let ratings: f64 = used.iter().sum();
        if ratings <= 0.0 {
            return Err(self.nothing());
        }
        let shares: Vec<f64> = used.iter().map(|amount| amount / ratings).collect();
        let apart = self.distance.matrix(&shares);
        let (mut observed, mut expected) = (0.0, 0.0);
        for k in 0..self.size {
            for l in k + 1..self.size {
                let apart = apart[k * self.size + l];
                observed += sums[self.place(k, l)] / ratings * apart;
                expected += shares[k] * shares[l] * apart;
            }
        }
        if expected <= NEGLIGIBLE {
            return Err(Undefined::OneLevelByAll);
        }
        Ok(1.0 - (ratings - 1.0) / ratings * observed / expected)
    }

    fn counts(&self, levels: Levels<'_>) -> bool {
        levels.given().nth(1).is_some()
    }
}

/// An expected disagreement this small is the rounding of none.
const NEGLIGIBLE: f64 = 1e-26;

//! Coefficients 1 − observed / expected disagreement, which differ in what they expect by chance.

use super::Sums;
use crate::rated_items::Levels;
use crate::two_raters::brennan_prediger::chance_disagreement;
use crate::two_raters::gwet_ac2::chance_factor;
use crate::{Undefined, Weights};

/// Whose use of the levels chance follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chance {
    /// That of each of two raters, on the items that both rated: Cohen.
    OfPair,
    /// That of each rater, on the items that they rated: Conger.
    OfRaters,
    /// That of all raters together: Fleiss.
    OfAll,
    /// No one's: all levels are as likely. Brennan and Prediger.
    Even,
    /// That of all together, by how evenly they are used: Gwet.
    Gwet,
}

/// One of these coefficients. The sums: items; pairable items; the disagreement of two ratings of one;
/// and either how much of the items each level has, or how often each rater gave each level.
pub(super) struct Corrected<'a> {
    raters: usize,
    size: usize,
    weights: Weights<'a>,
    chance: Chance,
    /// Row by row.
    apart: Vec<f64>,
}

const ITEMS: usize = 0;
const PAIRABLE: usize = 1;
const DISAGREEMENT: usize = 2;
const USE: usize = 3;

impl<'a> Corrected<'a> {
    pub(super) fn new(raters: usize, size: usize, weights: Weights<'a>, chance: Chance) -> Self {
        let raters = if chance == Chance::OfPair { 2 } else { raters };
        let levels = (0..size).flat_map(|k| (0..size).map(move |l| (k, l)));
        let apart = levels.map(|(k, l)| weights.disagreement(k, l, size)).collect();
        Self { raters, size, weights, chance, apart }
    }

    fn by_rater(&self) -> bool {
        matches!(self.chance, Chance::OfPair | Chance::OfRaters)
    }

    fn ratings(&self, levels: Levels<'_>) -> impl Iterator<Item = (usize, usize)> {
        (0..self.raters).filter_map(move |rater| Some((rater, levels.of(rater)?)))
    }

    /// Σ pₖ qₗ vₖₗ
    fn between(&self, first: &[f64], second: &[f64]) -> f64 {
        let rows = self.apart.chunks_exact(self.size).zip(first);
        let row = |apart: &[f64]| apart.iter().zip(second).map(|(v, q)| v * q).sum::<f64>();
        rows.map(|(apart, p)| p * row(apart)).sum()
    }

    /// The disagreement that chance gives.
    fn expected(&self, sums: &[f64]) -> f64 {
        let shares =
            || -> Vec<f64> { sums[USE..].iter().map(|amount| amount / sums[ITEMS]).collect() };
        match self.chance {
            Chance::Even => chance_disagreement(self.weights, self.size),
            Chance::Gwet => {
                let evenness: f64 = shares().iter().map(|share| share * (1.0 - share)).sum();
                1.0 - chance_factor(self.weights, self.size) * evenness
            }
            Chance::OfAll => {
                let shares = shares();
                self.between(&shares, &shares)
            }
            Chance::OfPair | Chance::OfRaters => {
                let mut together = vec![0.0; self.size];
                let (mut same, mut active) = (0.0, 0.0);
                for used in sums[USE..].chunks_exact(self.size) {
                    let rated: f64 = used.iter().sum();
                    if rated <= 0.0 {
                        continue;
                    }
                    let shares: Vec<f64> = used.iter().map(|amount| amount / rated).collect();
                    together.iter_mut().zip(&shares).for_each(|(sum, share)| *sum += share);
                    same += self.between(&shares, &shares);
                    active += 1.0;
                }
                (self.between(&together, &together) - same) / (active * (active - 1.0))
            }
        }
    }
}

impl Sums for Corrected<'_> {
    fn width(&self) -> usize {
        USE + match self.chance {
            Chance::Even => 0,
            Chance::OfAll | Chance::Gwet => self.size,
            Chance::OfPair | Chance::OfRaters => self.raters * self.size,
        }
    }

    fn add(&self, levels: Levels<'_>, amount: f64, sums: &mut [f64]) {
        let mut given: Vec<usize> = self.ratings(levels).map(|(_, level)| level).collect();
        let ratings = given.len() as f64;
        if given.is_empty() || self.chance == Chance::OfPair && given.len() < 2 {
            return;
        }
        sums[ITEMS] += amount;
        if given.len() >= 2 {
            given.sort_unstable();
            let mut disagreement = 0.0;
            let runs: Vec<&[usize]> = given.chunk_by(|a, b| a == b).collect();
            for (at, run) in runs.iter().enumerate() {
                for other in &runs[at + 1..] {
                    let apart = self.apart[run[0] * self.size + other[0]];
                    disagreement += (run.len() * other.len()) as f64 * apart;
                }
            }
            sums[PAIRABLE] += amount;
            sums[DISAGREEMENT] += amount * 2.0 * disagreement / (ratings * (ratings - 1.0));
        }
        match self.chance {
            Chance::Even => {}
            _ if self.by_rater() => {
                for (rater, level) in self.ratings(levels) {
                    sums[USE + rater * self.size + level] += amount;
                }
            }
            _ => given.iter().for_each(|level| sums[USE + level] += amount / ratings),
        }
    }

    fn value(&self, sums: &[f64]) -> Result<f64, Undefined> {
        if sums[PAIRABLE] <= 0.0 {
            return Err(self.nothing());
        }
        let expected = self.expected(sums);
        if expected <= NEGLIGIBLE {
            return Err(match self.chance {
                Chance::OfPair => Undefined::OneLevel,
                _ => Undefined::OneLevelByAll,
            });
        }
        Ok(1.0 - sums[DISAGREEMENT] / sums[PAIRABLE] / expected)
    }

    fn counts(&self, levels: Levels<'_>) -> bool {
        self.ratings(levels).nth(1).is_some()
    }

    fn nothing(&self) -> Undefined {
        match self.chance {
            Chance::OfPair => Undefined::NoSharedItems,
            _ => Undefined::NoPairableItems,
        }
    }
}

/// An expected disagreement this small is the rounding of none: what is left of sums from which all
/// items but those of one level were taken.
const NEGLIGIBLE: f64 = 1e-13;

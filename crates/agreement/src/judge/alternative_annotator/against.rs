//! The judge against one annotator, item by item.

use std::collections::BTreeMap;

use super::{Annotated, Closeness, Panel};
use crate::Undefined;
use crate::hypothesis::tail;

/// The items on which the judge and an annotator can be compared.
#[derive(Clone)]
pub(super) struct Against {
    pub(super) annotator: usize,
    compared: Vec<Compared>,
}

/// One item.
#[derive(Clone)]
pub(super) struct Compared {
    cluster: usize,
    weight: f64,
    /// Whether the judge is at least as close to the others as the annotator.
    pub(super) judge: bool,
    /// Whether the annotator is at least as close as the judge.
    pub(super) human: bool,
    /// The levels that most of the others gave, of which the item has an equal share each.
    consensus: Vec<usize>,
}

/// What a cluster adds to a mean.
#[derive(Clone, Copy, Default)]
pub(super) struct Unit {
    pub(super) influence: f64,
    pub(super) weight: f64,
}

impl Against {
    pub(super) fn of(panel: Panel<'_>, annotator: usize, kept: &[usize]) -> Self {
        let one = |item: &Annotated| {
            let given = |column: usize| item.levels.get(column).copied().flatten();
            let (judge, human) = given(0).zip(given(annotator))?;
            let others = kept.iter().filter(|&&other| other != annotator);
            let others: Vec<usize> = others.filter_map(|&other| given(other)).collect();
            if others.is_empty() {
                return None;
            }
            let (judge, human) = (panel.far(judge, &others), panel.far(human, &others));
            Some(Compared {
                cluster: item.cluster,
                weight: item.weight,
                judge: judge <= human,
                human: human <= judge,
                consensus: most_frequent(&others),
            })
        };
        Self { annotator, compared: panel.items.iter().filter_map(one).collect() }
    }

    /// With every level that is a consensus counting alike.
    pub(super) fn balanced(mut self) -> Self {
        let mut of_level: BTreeMap<usize, f64> = BTreeMap::new();
        for one in &self.compared {
            for level in &one.consensus {
                *of_level.entry(*level).or_default() += one.weight / one.consensus.len() as f64;
            }
        }
        for one in &mut self.compared {
            let parts = one.consensus.iter().map(|level| 1.0 / of_level[level]);
            one.weight *= parts.sum::<f64>() / one.consensus.len() as f64;
        }
        self
    }

    /// Only the part of the items whose consensus is `level`.
    pub(super) fn at(mut self, level: usize) -> Self {
        self.compared.retain(|one| one.consensus.contains(&level));
        for one in &mut self.compared {
            one.weight /= one.consensus.len() as f64;
        }
        self
    }

    pub(super) fn items(&self) -> u64 {
        self.compared.len() as u64
    }

    fn mean(&self, of: impl Fn(&Compared) -> f64) -> f64 {
        let weights: f64 = self.compared.iter().map(|one| one.weight).sum();
        self.compared.iter().map(|one| one.weight * of(one)).sum::<f64>() / weights
    }

    /// The share of the weight on which the judge is at least as close.
    pub(super) fn judge(&self) -> f64 {
        self.mean(|one| f64::from(u8::from(one.judge)))
    }

    /// The share on which the annotator is.
    pub(super) fn human(&self) -> f64 {
        self.mean(|one| f64::from(u8::from(one.human)))
    }

    /// By cluster, what its items add to the mean of `of`, and their share of the weight.
    pub(super) fn influences(
        &self,
        of: impl Fn(&Compared) -> f64,
        mean: f64,
    ) -> BTreeMap<usize, Unit> {
        let weights: f64 = self.compared.iter().map(|one| one.weight).sum();
        let mut units: BTreeMap<usize, Unit> = BTreeMap::new();
        for one in &self.compared {
            let unit = units.entry(one.cluster).or_default();
            let weight = one.weight / weights;
            unit.influence += weight * (of(one) - mean);
            unit.weight += weight;
        }
        units
    }

    /// One-sided p of the hypothesis that the annotator's share exceeds the judge's by ε or more: that of
    /// the t test, if there is one, and that by which the win is decided.
    ///
    /// Where the difference is the same throughout, the latter is the largest probability under the
    /// hypothesis that all units show it: a mean of ε or more leaves to differences of c < ε a share of at
    /// most q = (1 − ε)/(1 − c), the others being 1, and so q^u, u being the effective number of units.
    pub(super) fn p(&self, epsilon: f64) -> (Result<f64, Undefined>, f64) {
        let d = |one: &Compared| f64::from(u8::from(one.human)) - f64::from(u8::from(one.judge));
        let mean = self.mean(d);
        let units = self.influences(d, mean);
        if let Some((se, freedom)) =
            deviation(units.values().map(|unit| (unit.influence, unit.weight)))
        {
            let p = tail::student_t((epsilon - mean) / se, freedom);
            return (Ok(p), p);
        }
        let likely = match mean < epsilon {
            true => ((1.0 - epsilon) / (1.0 - mean)).clamp(0.0, 1.0),
            false => 1.0,
        };
        (Err(Undefined::DifferencesAlike), likely.powf(effective(units.values())))
    }
}

impl Panel<'_> {
    /// How far a level is from the others' levels, in an order that is the reverse of closeness.
    fn far(&self, level: usize, others: &[usize]) -> f64 {
        let apart = |other: &usize| match self.closeness {
            Closeness::Exact => f64::from(u8::from(*other != level)),
            Closeness::Distance => (self.scores[level] - self.scores[*other]).powi(2),
        };
        others.iter().map(apart).sum()
    }
}

/// The levels that occur most often, ascending.
fn most_frequent(levels: &[usize]) -> Vec<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    levels.iter().for_each(|level| *counts.entry(*level).or_default() += 1);
    let most = counts.values().copied().max().unwrap_or(0);
    counts.into_iter().filter(|(_, count)| *count == most).map(|(level, _)| level).collect()
}

/// The clusters of several annotators, what they add to each added up.
pub(super) fn joined(all: impl Iterator<Item = BTreeMap<usize, Unit>>) -> BTreeMap<usize, Unit> {
    let mut units: BTreeMap<usize, Unit> = BTreeMap::new();
    for (cluster, one) in all.flatten() {
        let unit = units.entry(cluster).or_default();
        unit.influence += one.influence;
        unit.weight += one.weight;
    }
    units
}

/// The number of units of one weight that would say as much.
pub(super) fn effective<'u>(units: impl Iterator<Item = &'u Unit>) -> f64 {
    let (sum, squares) = units.fold((0.0, 0.0), |(sum, squares), unit| {
        (sum + unit.weight, squares + unit.weight * unit.weight)
    });
    sum * sum / squares
}

/// Below this an influence is rounding.
const NEGLIGIBLE: f64 = 1e-15;

/// The standard error of a sum of influences, and its degrees of freedom, from each unit's influence
/// and weight; none where the influences do not vary.
pub(super) fn deviation(units: impl Iterator<Item = (f64, f64)>) -> Option<(f64, f64)> {
    let (mut squares, mut count, mut varies) = (0.0, 0.0, false);
    let (mut weights, mut weights_squared) = (0.0, 0.0);
    for (influence, weight) in units {
        squares += influence * influence;
        count += 1.0;
        weights += weight;
        weights_squared += weight * weight;
        varies |= influence.abs() > NEGLIGIBLE;
    }
    let effective: f64 = weights * weights / weights_squared;
    (varies && count > 1.0)
        .then(|| ((squares * count / (count - 1.0)).sqrt(), (effective - 1.0).max(1.0)))
}

//! A statistic of items, with and without some of them.

use super::{Levels, RatedItems, Unit};
use crate::Undefined;
use crate::statistic::{Statistic, Sums};

/// With fewer items nothing can be said of how items vary.
const FEWEST_ITEMS: f64 = 3.0;

/// With fewer clusters the spread of clusters is hardly seen.
const FEWEST_CLUSTERS: f64 = 3.0;

/// The sums of a statistic over items whose weights add up to their effective number, and what each
/// cluster adds to them.
pub(super) struct Evaluation<'a> {
    pub(super) items: &'a RatedItems,
    pub(super) statistic: &'a Statistic<'a>,
    sums: Box<dyn Sums + 'a>,
    /// By what weights are multiplied.
    scale: f64,
    all: Vec<f64>,
    /// Of each unit, the amount of items that count.
    amounts: Vec<f64>,
    /// Items that count, weights forgotten.
    number: f64,
}

impl<'a> Evaluation<'a> {
    pub(super) fn of(
        items: &'a RatedItems,
        statistic: &'a Statistic<'a>,
    ) -> Result<Self, Undefined> {
        let sums = statistic.sums(items.raters, items.size)?;
        let counts: Vec<bool> =
            items.patterns.iter().map(|pattern| sums.counts(Levels(pattern))).collect();
        let total = |of: &dyn Fn(&super::Part) -> f64| -> f64 {
            let unit = |unit: &Unit| {
                let parts = unit.parts.iter().filter(|part| counts[part.pattern]);
                unit.count * parts.map(of).sum::<f64>()
            };
            items.units.iter().map(unit).sum()
        };
        let (weight, squares) = (total(&|part| part.weight), total(&|part| part.squares));
        let number = total(&|part| part.items);
        if number <= 0.0 {
            return Err(sums.nothing());
        }
        // Weights of mean 1 would let a few heavy items pass for many.
        let scale = weight / squares;
        let amounts = items
            .units
            .iter()
            .map(|unit| {
                let parts = unit.parts.iter().filter(|part| counts[part.pattern]);
                parts.map(|part| scale * part.weight).sum()
            })
            .collect();
        let mut evaluation =
            Self { items, statistic, all: vec![0.0; sums.width()], sums, scale, amounts, number };
        let mut all = evaluation.all.clone();
        items.units.iter().for_each(|unit| evaluation.add(unit, unit.count, &mut all));
        evaluation.all = all;
        Ok(evaluation)
    }

    /// Adds what `times` clusters like `unit` hold.
    pub(super) fn add(&self, unit: &Unit, times: f64, sums: &mut [f64]) {
        for part in &unit.parts {
            let levels = Levels(&self.items.patterns[part.pattern]);
            self.sums.add(levels, times * self.scale * part.weight, sums);
        }
    }

    /// The statistic of all items.
    pub(super) fn estimate(&self) -> Result<f64, Undefined> {
        self.sums.value(&self.all)
    }

    /// The sums over all items.
    pub(super) fn all(&self) -> &[f64] {
        &self.all
    }

    /// The statistic of some sums.
    pub(super) fn value(&self, sums: &[f64]) -> Result<f64, Undefined> {
        self.sums.value(sums)
    }

    /// Adds `amount` items rated so.
    pub(super) fn add_pattern(&self, levels: &[u16], amount: f64, sums: &mut [f64]) {
        self.sums.add(Levels(levels), amount, sums);
    }

    /// The amount of items rated so.
    pub(super) fn amount_of(&self, levels: &[u16]) -> f64 {
        let Ok(pattern) = self.items.patterns.binary_search_by(|held| held[..].cmp(levels)) else {
            return 0.0;
        };
        let unit = |unit: &Unit| {
            let parts = unit.parts.iter().filter(|part| part.pattern == pattern);
            unit.count * parts.map(|part| self.scale * part.weight).sum::<f64>()
        };
        self.items.units.iter().map(unit).sum()
    }

    /// For each kind of cluster the statistic of `sums` without one of it, and how many there are.
    pub(super) fn without_each(
        &self,
        sums: &[f64],
    ) -> impl Iterator<Item = (Result<f64, Undefined>, f64)> {
        let mut without = vec![0.0; sums.len()];
        self.items.units.iter().map(move |unit| {
            without.copy_from_slice(sums);
            self.add(unit, -1.0, &mut without);
            (self.sums.value(&without), unit.count)
        })
    }

    /// For each kind of cluster what one of it adds to the sums, the amount of its items that count, and
    /// how many there are.
    pub(super) fn each(&self) -> impl Iterator<Item = (Vec<f64>, f64, f64)> {
        self.items.units.iter().zip(&self.amounts).map(|(unit, &amount)| {
            let mut own = vec![0.0; self.all.len()];
            self.add(unit, 1.0, &mut own);
            (own, amount, unit.count)
        })
    }

    /// n: the effective number of items that count.
    pub(super) fn n(&self) -> f64 {
        self.amount(1)
    }

    /// G: the clusters with an item that counts.
    pub(super) fn clusters(&self) -> f64 {
        self.amount(0)
    }

    /// Gₑ = n² / Σ n_g², the number of clusters of one size that would say as much.
    pub(super) fn effective_clusters(&self) -> f64 {
        self.n() * self.n() / self.amount(2)
    }

    /// For each kind of item what one of it adds to the two sums of a share, and the amount of such items.
    pub(super) fn each_item(&self) -> impl Iterator<Item = ([f64; 2], f64)> {
        let parts = self.items.units.iter().flat_map(|unit| {
            unit.parts.iter().map(move |part| (part.pattern, unit.count * part.weight))
        });
        parts.map(|(pattern, weight)| {
            let mut own = [0.0; 2];
            self.add_pattern(&self.items.patterns[pattern], 1.0, &mut own);
            (own, self.scale * weight)
        })
    }

    /// Kish's design effect of weights: items over their effective number, at least 1.
    pub(super) fn weight_effect(&self) -> f64 {
        (self.number / self.n()).max(1.0)
    }

    /// m = n / Gₑ, the effective number of items of a cluster.
    pub(super) fn cluster_size(&self) -> f64 {
        (self.n() / self.effective_clusters()).max(1.0)
    }

    /// The sum over clusters of a power of their amounts.
    fn amount(&self, power: i32) -> f64 {
        let held = self.items.units.iter().zip(&self.amounts).filter(|(_, amount)| **amount > 0.0);
        held.map(|(unit, amount)| unit.count * amount.powi(power)).sum()
    }

    /// Whether every cluster is one item, and each as good as another.
    pub(super) fn independent(&self) -> bool {
        let single = |unit: &Unit| matches!(unit.parts.as_slice(), [part] if part.items == 1.0);
        self.items.units.iter().all(single) && (self.n() / self.number - 1.0).abs() < 1e-9
    }

    /// Whether items and clusters are enough to say how they vary.
    pub(super) fn enough(&self) -> Result<(), Undefined> {
        if self.number < FEWEST_ITEMS {
            return Err(Undefined::FewerThanThreeItems);
        }
        if self.clusters() < FEWEST_CLUSTERS {
            let (clusters, needed) = (self.clusters() as usize, FEWEST_CLUSTERS as usize);
            return Err(Undefined::FewClusters { clusters, needed });
        }
        Ok(())
    }
}

//! Studies of rated items, alone or in clusters, with the interval that reports print.

use std::collections::BTreeMap;

use super::goal::{PlanError, design_effect};
use super::outlook::Shown;
use super::population::{Population, Scratch};
use super::search::SimulatedStudy;
use crate::resample::Draw;
use crate::{ContingencyTable, RatedItems, Statistic};

/// Independent items are drawn by their counts, at a cost that does not grow with them.
const MOST_ITEMS: u64 = 1_000_000_000;

/// Clusters are drawn one by one.
const MOST_CLUSTERS: u64 = 20_000;

/// How the items of a study come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Clusters<'a> {
    /// Each for itself: a unit is an item.
    Independent,
    /// In clusters of `items` items on average, and a unit is a cluster. Each cluster has its own shares
    /// of the ways to be rated, from a Dirichlet distribution around those of the population. Then any
    /// two items of a cluster correlate by `correlation` in whatever they add to the estimate, and the
    /// expected table is the population's.
    ///
    /// Drawn as D. Blackwell and J. B. MacQueen (1973), Ferguson distributions via Pólya urn schemes,
    /// *Annals of Statistics* 1:353–355.
    Alike {
        /// At least 1; need not be whole.
        items: f64,
        /// From 0 to 1.
        correlation: f64,
    },
    /// As the clusters of a pilot study, each as often as another; a unit is a cluster. What items they
    /// hold takes the place of the population.
    OfPilot(&'a [ContingencyTable]),
}

/// A study whose items come from a population.
pub struct RatedStudy<'a> {
    population: &'a Population,
    statistic: &'a Statistic<'a>,
    clusters: Clusters<'a>,
    scratch: Scratch,
}

impl<'a> RatedStudy<'a> {
    /// A study of this statistic of items of this population.
    ///
    /// # Errors
    /// As [`design_effect`], for clusters that cannot be.
    pub fn new(
        population: &'a Population,
        statistic: &'a Statistic<'a>,
        clusters: Clusters<'a>,
    ) -> Result<Self, PlanError> {
        if let Clusters::Alike { items, correlation } = clusters {
            design_effect(items, correlation)?;
        }
        Ok(Self { population, statistic, clusters, scratch: Scratch::default() })
    }

    fn independent(&mut self, items: u64, draw: &mut Draw) -> RatedItems {
        let Self { population, scratch, .. } = self;
        population.draw(items, draw, scratch);
        let held = population.kinds.iter().zip(&scratch.counts).filter(|(_, count)| **count > 0);
        let alone = held.map(|(kind, &count)| (std::iter::once((&kind[..], 1)), count));
        RatedItems::of_counts(population.raters, population.size, alone)
    }

    fn alike(&self, clusters: u64, items: f64, correlation: f64, draw: &mut Draw) -> RatedItems {
        let own: Vec<BTreeMap<usize, u64>> = (0..clusters)
            .map(|cluster| {
                // So that clusters have whole numbers of items, and together the wanted mean.
                let before = |cluster: u64| (cluster as f64 * items).round() as u64;
                self.cluster(before(cluster + 1) - before(cluster), correlation, draw)
            })
            .collect();
        let kinds = &self.population.kinds;
        let counted =
            own.iter().map(|own| (own.iter().map(|(&kind, &count)| (&kinds[kind][..], count)), 1));
        RatedItems::of_counts(self.population.raters, self.population.size, counted)
    }

    /// The urn: the j-th further item is rated again with probability (1 − ρ) / (1 − ρ + jρ), else as one
    /// of those before.
    fn cluster(&self, items: u64, correlation: f64, draw: &mut Draw) -> BTreeMap<usize, u64> {
        let mut rated: Vec<usize> = Vec::with_capacity(items as usize);
        let fresh = 1.0 - correlation;
        for _ in 0..items {
            let held = rated.len() as f64 * correlation;
            let ball = draw.unit() * (fresh + held);
            let kind = match held > 0.0 && ball < held {
                true => rated[((ball / correlation) as usize).min(rated.len() - 1)],
                false => self.population.one(draw),
            };
            rated.push(kind);
        }
        let mut counts = BTreeMap::new();
        rated.into_iter().for_each(|kind| *counts.entry(kind).or_default() += 1);
        counts
    }

    fn of_pilot(&self, pilot: &[ContingencyTable], clusters: u64, draw: &mut Draw) -> RatedItems {
        let mut times = vec![0; pilot.len()];
        for _ in 0..clusters {
            times[draw.below(pilot.len())] += 1;
        }
        let held: Vec<Vec<([u16; 2], u64)>> = pilot
            .iter()
            .map(|table| {
                let cells = table.occupied().into_iter();
                cells.map(|(i, j, count)| ([i as u16, j as u16], count)).collect()
            })
            .collect();
        let drawn = held.iter().zip(times).filter(|(_, times)| *times > 0);
        let counted = drawn.map(|(cells, times)| {
            (cells.iter().map(|(levels, count)| (&levels[..], *count)), times)
        });
        RatedItems::of_counts(2, self.population.size, counted)
    }
}

impl SimulatedStudy for RatedStudy<'_> {
    fn most(&self) -> u64 {
        match self.clusters {
            Clusters::Independent => MOST_ITEMS,
            Clusters::Alike { .. } | Clusters::OfPilot(_) => MOST_CLUSTERS,
        }
    }

    fn shown(&mut self, units: u64, draw: &mut Draw) -> Option<Shown> {
        let items = match self.clusters {
            Clusters::Independent => self.independent(units, draw),
            Clusters::Alike { items, correlation } => self.alike(units, items, correlation, draw),
            Clusters::OfPilot(pilot) => self.of_pilot(pilot, units, draw),
        };
        let (estimate, bounds) = items.estimate_and_bounds(self.statistic).ok()?;
        Some(Shown { estimate, lo: bounds.lo, hi: bounds.hi })
    }
}

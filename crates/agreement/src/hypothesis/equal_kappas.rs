//! The permutation test that several strata share one kappa.

use super::{MonteCarlo, Untestable};
use crate::draw::Draw;
use crate::{ContingencyTable, TableError, Undefined, Weights};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

mod statistic;

use statistic::Strata;

/// The items of one cluster that lie in one stratum.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The cluster, such as a scenario, by any number of its own.
    pub cluster: usize,
    /// The stratum, counted from 0.
    pub stratum: usize,
    /// Its items.
    pub table: ContingencyTable,
}

/// What was permuted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Permuted {
    /// The strata of whole clusters, each of which lies in one stratum.
    #[cfg_attr(feature = "serde", serde(rename = "clusters"))]
    Clusters,
    /// The strata within each cluster, of which some lie in several.
    #[cfg_attr(feature = "serde", serde(rename = "within clusters"))]
    WithinClusters,
    /// The strata of items, each of which is its own cluster.
    #[cfg_attr(feature = "serde", serde(rename = "items"))]
    Items,
}

/// The result of [`equal_kappas`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EqualKappas {
    /// The statistic, at least 0; of the size of the number of strata less one under the hypothesis.
    pub statistic: f64,
    /// (b + 1)/(B + 1), where b permutations have a statistic at least as large.
    pub p: f64,
    /// What was permuted.
    pub permuted: Permuted,
    /// How permutations were drawn.
    pub monte_carlo: MonteCarlo,
    /// Permutations in which a stratum had no kappa of its own, as all its items had one and the same
    /// grade from both raters. They count like the others.
    pub without_kappa: u32,
}

/// Statistics closer than this share of 1 + the statistic are equal but for rounding. Each is a sum over
/// strata of squares of about 1, right to some 1e-12 even where kappa is 0.999; and to take two different
/// ones for equal can only raise p.
const ROUNDING: f64 = 1e-9;

/// The largest number of parts that all permutations together may move: a few seconds.
const MOST_MOVES: f64 = 5e8;

/// Whether weighted kappa is the same in all strata, by exchanging the strata of clusters.
///
/// The statistic is Σ wₛ(zₛ − z̄)², with zₛ = artanh κₛ, wₛ the inverse of the squared standard error of
/// zₛ, and z̄ = Σ wₛzₛ / Σ wₛ. To each stratum's table one item is added, shared out over the cells as
/// all items of all strata are: so kappa and a standard error above 0 exist in every stratum of every
/// permutation, and the statistic stays a function of the tables alone.
///
/// Strata keep their numbers of parts. Where a cluster lies in one stratum, clusters exchange their
/// strata; where it lies in several, its parts exchange theirs, and clusters of as many parts exchange
/// whole sets. If b of B random permutations reach the statistic, p = (b + 1)/(B + 1). The test is exact
/// where clusters, or the parts of each, are exchangeable. Equal kappas of different margins are not:
/// there the division by standard errors keeps the level near, not at, what it should be.
///
/// Undefined for fewer than two strata, for tables of different sizes or weights of another scale, for
/// no replicates or too many, and where kappa of all items together has no standard error above 0: both
/// raters used one level, one used a single level, or all items contribute the same.
///
/// Sources: permutation tests: E. J. G. Pitman (1937), *Supplement to the Journal of the Royal
/// Statistical Society* 4:119–130; the sum over strata: J. L. Fleiss (1981), *Statistical Methods for Rates and
/// Proportions*, 2nd ed., Wiley, section 13.1; Monte Carlo p: B. Phipson and G. K. Smyth (2010),
/// *Statistical Applications in Genetics and Molecular Biology* 9:39.
///
/// # Errors
/// Why the test is undefined.
///
/// # Example
/// Of the 252 ways to divide ten clusters in two, two separate those that agree from those that do not:
/// ```
/// use agreement::{ContingencyTable, MonteCarlo, Part, Permuted, Weights, equal_kappas};
///
/// let part = |cluster: usize| {
///     let rows = if cluster < 5 { [[5, 1], [1, 5]] } else { [[3, 3], [3, 3]] };
///     let table = ContingencyTable::from_rows(rows.map(Vec::from).to_vec()).unwrap();
///     Part { cluster, stratum: cluster / 5, table }
/// };
/// let parts: Vec<Part> = (0..10).map(part).collect();
/// let monte_carlo = MonteCarlo { seed: 1, replicates: 9_999 };
/// let test = equal_kappas(&parts, Weights::Identity, monte_carlo).unwrap();
/// assert_eq!(test.permuted, Permuted::Clusters);
/// assert!((test.p - 2.0 / 252.0).abs() < 0.004);
/// ```
pub fn equal_kappas(
    parts: &[Part],
    weights: Weights<'_>,
    monte_carlo: MonteCarlo,
) -> Result<EqualKappas, Undefined> {
    let occurring: Vec<&Part> = parts.iter().filter(|part| part.table.n() > 0).collect();
    let mut strata = Strata::of(&occurring, weights)?;
    let mut exchange = Exchange::of(&occurring).map_err(|_| Untestable::TablesDiffer)?;
    if monte_carlo.replicates == 0 {
        return Err(Untestable::NoReplicates.into());
    }
    if occurring.len() as f64 * f64::from(monte_carlo.replicates) > MOST_MOVES {
        return Err(Untestable::TooManyItems.into());
    }
    exchange.fill(&mut strata);
    let statistic = strata.statistic();
    let reached = statistic - ROUNDING * (1.0 + statistic);
    let (mut extreme, mut without_kappa) = (0u32, 0u32);
    let mut draw = Draw::new(monte_carlo.seed, 0);
    for _ in 0..monte_carlo.replicates {
        exchange.permute(&mut draw);
        exchange.fill(&mut strata);
        extreme += u32::from(strata.statistic() >= reached);
        without_kappa += u32::from(strata.any_without_kappa());
    }
    let p = (f64::from(extreme) + 1.0) / (f64::from(monte_carlo.replicates) + 1.0);
    Ok(EqualKappas { statistic, p, permuted: exchange.permuted, monte_carlo, without_kappa })
}

/// A part's occupied cells, each with its count.
type Cells = Vec<(usize, f64)>;

/// The parts of each cluster and the strata they are given.
struct Exchange {
    permuted: Permuted,
    groups: Vec<Group>,
}

/// Clusters of as many parts, and as many sets of strata.
#[derive(Default)]
struct Group {
    clusters: Vec<Vec<Cells>>,
    given: Vec<Vec<usize>>,
}

impl Exchange {
    /// Each cluster's items of one stratum are one part, however the caller cut them up.
    fn of(parts: &[&Part]) -> Result<Self, TableError> {
        let mut clusters: BTreeMap<usize, BTreeMap<usize, ContingencyTable>> = BTreeMap::new();
        for Part { cluster, stratum, table } in parts {
            match clusters.entry(*cluster).or_default().entry(*stratum) {
                Entry::Vacant(none) => {
                    none.insert(table.clone());
                }
                Entry::Occupied(mut known) => known.get_mut().add(table)?,
            }
        }
        let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
        for parts in clusters.values() {
            let group = groups.entry(parts.len()).or_default();
            group.given.push(parts.keys().copied().collect());
            group.clusters.push(parts.values().map(cells).collect());
        }
        let one_item =
            |parts: &BTreeMap<usize, ContingencyTable>| parts.values().all(|table| table.n() == 1);
        let permuted = match groups.keys().next_back() {
            Some(2..) => Permuted::WithinClusters,
            _ if clusters.values().all(one_item) => Permuted::Items,
            _ => Permuted::Clusters,
        };
        Ok(Self { permuted, groups: groups.into_values().collect() })
    }

    fn permute(&mut self, draw: &mut Draw) {
        for group in &mut self.groups {
            draw.shuffle(&mut group.given);
            group.given.iter_mut().for_each(|strata| draw.shuffle(strata));
        }
    }

    fn fill(&self, strata: &mut Strata) {
        strata.clear();
        for group in &self.groups {
            for (parts, given) in group.clusters.iter().zip(&group.given) {
                parts.iter().zip(given).for_each(|(cells, stratum)| strata.add(*stratum, cells));
            }
        }
    }
}

fn cells(table: &ContingencyTable) -> Cells {
    let occupied = table.occupied().into_iter();
    occupied.map(|(row, column, count)| (row * table.size() + column, count as f64)).collect()
}

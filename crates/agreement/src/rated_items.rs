//! Items rated by any number of people, in clusters and with weights: what the default interval of
//! every coefficient is computed from.

mod augmented;
mod bootstrap;
mod kinds;
mod plain;
mod share;
mod units;

use std::array::from_fn;
use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::raters::ratings::{ABSENT, given};
use crate::statistic::{PairCoefficient, Statistic};
use crate::{
    ContingencyTable, Estimate, Measure, RatingError, RatingMatrix, TableError, Undefined,
};

pub use augmented::Unseen;
pub(crate) use augmented::{Centre, Scale, effect_of_size};
use kinds::Kinds;
pub(crate) use share::of_clusters as share_of_clusters;

/// Items rated by R raters on a scale of K levels, any rating missing.
///
/// Items of one cluster, such as responses to one scenario, need not be independent; clusters are.
/// An item may represent several: its weight is one over the probability with which it was drawn.
/// Only ratios of weights matter. Clusters alike are held once, and the order of items and clusters
/// changes nothing, to the last bit.
///
/// # Example
/// Four clusters of three items, two raters. Exact agreement is 8/12, its jackknife standard error
/// that of the clusters' means 1, 1, 1/3 and 1/3, and the interval the default one:
/// ```
/// use agreement::{ContingencyTable, Method, PairCoefficient, RatedItems, Statistic, Unseen};
///
/// let clusters = [[3, 0], [3, 0], [1, 2], [1, 2]]
///     .map(|counts| ContingencyTable::from_rows(vec![counts.to_vec(), vec![0, 0]]).unwrap());
/// let items = RatedItems::of_tables(&clusters).unwrap();
/// let statistic = Statistic::OfPairs(PairCoefficient::Exact, &[(0, 1)]);
/// let exact = items.measure(&statistic, Unseen::OneStep);
/// assert_eq!(format!("{:.4}", exact.estimate().unwrap()), "0.6667");
/// assert_eq!(format!("{:.4}", exact.se().unwrap()), "0.1925"); // sqrt(4/9 / 3 / 4)
/// assert_eq!(exact.interval().unwrap().method, Method::WilsonDesignEffect);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RatedItems {
    raters: usize,
    size: usize,
    /// All ways in which some item was rated, in order.
    patterns: Vec<Box<[u16]>>,
    units: Vec<Unit>,
}

/// Clusters that hold the same.
#[derive(Clone, Debug, PartialEq)]
struct Unit {
    parts: Vec<Part>,
    /// How many clusters.
    count: f64,
}

/// Items of one cluster that were rated alike.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Part {
    pattern: usize,
    /// How many items.
    items: f64,
    /// The sum of their weights.
    weight: f64,
    /// The sum of the squares of their weights.
    squares: f64,
}

/// One item, as [`RatedItems::new`] takes it.
#[derive(Clone, Debug, PartialEq)]
pub struct RatedItem {
    /// The cluster that it belongs to: any number that its other items share.
    pub cluster: usize,
    /// How many items it represents, above 0.
    pub weight: f64,
    /// The level index of each rater, or none. An item with several ratings in one place, such as
    /// those of two physicians who represent one, has several rows, each with its share of the item;
    /// the shares add up to 1.
    /// Items rated alike can share them.
    pub ratings: SharedRatings,
}

/// Rows of level indices, each with its share of an item.
pub type SharedRatings = Arc<[(Vec<Option<usize>>, f64)]>;

impl RatedItem {
    /// An item that represents itself.
    pub fn new(cluster: usize, ratings: Vec<Option<usize>>) -> Self {
        Self { cluster, weight: 1.0, ratings: [(ratings, 1.0)].into() }
    }
}

/// The levels that raters gave one item.
#[derive(Clone, Copy, Debug)]
pub struct Levels<'a>(&'a [u16]);

impl<'a> Levels<'a> {
    /// The level index that one rater gave; `None` too for a rater who is not among them.
    pub fn of(self, rater: usize) -> Option<usize> {
        given(*self.0.get(rater)?)
    }

    /// The level indices that raters gave, in the order of the raters.
    pub(crate) fn given(self) -> impl Iterator<Item = usize> + use<'a> {
        self.0.iter().filter_map(|&level| given(level))
    }

    /// Those of two raters, where both gave one.
    pub(crate) fn pair(self, first: usize, second: usize) -> Option<(usize, usize)> {
        self.of(first).zip(self.of(second))
    }
}

impl RatedItems {
    /// Items rated by `raters` people on a scale of `size` levels. One that nobody rated does not count.
    ///
    /// # Errors
    /// [`RatingError::Raters`] and [`TableError::Levels`] as [`RatingMatrix::empty`];
    /// [`RatingError::RowLength`] where an item has not one rating for each rater,
    /// [`TableError::UnknownLevel`] for a level off the scale, [`RatingError::Weight`] for a weight or
    /// a share that is not above 0.
    pub fn new(
        raters: usize,
        size: usize,
        items: impl IntoIterator<Item = impl Borrow<RatedItem>>,
    ) -> Result<Self, RatingError> {
        RatingMatrix::empty(raters, size)?;
        let mut patterns: HashMap<Box<[u16]>, usize> = HashMap::new();
        // Of each rating its cluster, its pattern and what it adds.
        let mut rated: Vec<(usize, usize, [f64; 3])> = Vec::new();
        let mut levels: Vec<u16> = Vec::with_capacity(raters);
        for (row, item) in items.into_iter().enumerate() {
            let item = item.borrow();
            for (ratings, share) in item.ratings.iter() {
                if ratings.len() != raters {
                    let found = ratings.len();
                    return Err(RatingError::RowLength { row, found, expected: raters });
                }
                if let Some(&level) = ratings.iter().flatten().find(|&&level| level >= size) {
                    return Err(TableError::UnknownLevel { level, size }.into());
                }
                let usable = |number: f64| number > 0.0 && number.is_finite();
                if !usable(item.weight) || !usable(*share) {
                    return Err(RatingError::Weight { row });
                }
                let level = |rating: &Option<usize>| rating.map_or(ABSENT, |level| level as u16);
                levels.clear();
                levels.extend(ratings.iter().map(level));
                if !is_rated(&levels) {
                    continue;
                }
                let next = patterns.len();
                let pattern = match patterns.get(levels.as_slice()) {
                    Some(known) => *known,
                    None => *patterns.entry(levels.as_slice().into()).or_insert(next),
                };
                let added = [*share, share * item.weight, share * item.weight * item.weight];
                rated.push((item.cluster, pattern, added));
            }
        }
        let mut patterns: Vec<(Box<[u16]>, usize)> = patterns.into_iter().collect();
        patterns.sort_unstable();
        let mut places = vec![0; patterns.len()];
        patterns.iter().enumerate().for_each(|(place, (_, met))| places[*met] = place);
        rated.iter_mut().for_each(|(_, pattern, _)| *pattern = places[*pattern]);
        rated.sort_by_key(|(cluster, pattern, _)| (*cluster, *pattern));
        let mut kinds = Kinds::default();
        let mut held: Vec<(usize, [f64; 3])> = Vec::new();
        for cluster in rated.chunk_by(|(a, ..), (b, ..)| a == b) {
            held.clear();
            for alike in cluster.chunk_by(|(_, a, _), (_, b, _)| a == b) {
                let sum = |at: usize| alike.iter().map(|(.., added)| added[at]).sum();
                held.push((alike[0].1, from_fn(sum)));
            }
            kinds.add(&held, 1);
        }
        let patterns = patterns.into_iter().map(|(levels, _)| levels).collect();
        Ok(Self { raters, size, patterns, units: kinds.units() })
    }

    /// Clusters of items that two raters rated, one table each; those without items do not count.
    /// None where the tables have not all the same levels.
    pub fn of_tables(tables: &[ContingencyTable]) -> Option<Self> {
        let size = tables.first()?.size();
        let alike = tables.iter().all(|table| table.size() == size);
        let cluster = |table: &ContingencyTable| {
            let cells = table.occupied().into_iter();
            (cells.map(|(i, j, count)| (cell(i, j), whole(count))).collect(), 1)
        };
        alike.then(|| Self::of_clusters(2, size, tables.iter().map(cluster)))
    }

    /// Clusters of items, one matrix each; items that nobody rated do not count. None where they have not all the same raters and levels.
    pub fn of_matrices(matrices: &[RatingMatrix]) -> Option<Self> {
        let first = matrices.first()?;
        let (raters, size) = (first.raters(), first.size());
        let alike = matrices.iter().all(|part| (part.raters(), part.size()) == (raters, size));
        let cluster = |matrix: &RatingMatrix| {
            let mut cluster = Cluster::new();
            for (levels, count) in matrix.counted_levels().filter(|(levels, _)| is_rated(levels)) {
                let amounts = cluster.entry(levels.into()).or_default();
                amounts.iter_mut().zip(whole(count)).for_each(|(amount, more)| *amount += more);
            }
            (cluster, 1)
        };
        alike.then(|| Self::of_clusters(raters, size, matrices.iter().map(cluster)))
    }

    /// Clusters of items of weight 1: of each kind, how often items were rated in which way, and how
    /// many clusters hold just this. Levels must be on the scale.
    pub(crate) fn of_counts<'p, C>(
        raters: usize,
        size: usize,
        clusters: impl Iterator<Item = (C, u64)>,
    ) -> Self
    where
        C: Iterator<Item = (&'p [u16], u64)>,
    {
        let cluster = |(counts, times): (C, u64)| {
            let held = counts.map(|(levels, count)| (levels.into(), whole(count)));
            (held.collect(), times)
        };
        Self::of_clusters(raters, size, clusters.map(cluster))
    }

    fn of_clusters(
        raters: usize,
        size: usize,
        clusters: impl Iterator<Item = (Cluster, u64)>,
    ) -> Self {
        let clusters: Vec<(Cluster, u64)> = clusters.filter(|(held, _)| !held.is_empty()).collect();
        let mut patterns: Vec<Box<[u16]>> =
            clusters.iter().flat_map(|(cluster, _)| cluster.keys().cloned()).collect();
        patterns.sort_unstable();
        patterns.dedup();
        let mut kinds = Kinds::default();
        for (cluster, count) in clusters {
            let part = |(levels, amounts): (Box<[u16]>, [f64; 3])| {
                Some((patterns.binary_search(&levels).ok()?, amounts))
            };
            kinds.add(&cluster.into_iter().filter_map(part).collect::<Vec<_>>(), count);
        }
        Self { raters, size, patterns, units: kinds.units() }
    }

    /// The number of raters.
    pub fn raters(&self) -> usize {
        self.raters
    }

    /// K, the number of levels of the scale.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The number of clusters that hold an item which counts for `statistic`.
    pub fn clusters(&self, statistic: &Statistic) -> u64 {
        units::Evaluation::of(self, statistic).map_or(0, |evaluation| evaluation.clusters() as u64)
    }

    /// The sums of weights of the items that the first two raters rated: a row for each level of the
    /// first, a column for each of the second.
    pub fn cells(&self) -> Vec<Vec<f64>> {
        let mut cells = vec![vec![0.0; self.size]; self.size];
        for unit in &self.units {
            for part in &unit.parts {
                if let Some((i, j)) = Levels(&self.patterns[part.pattern]).pair(0, 1) {
                    cells[i][j] += unit.count * part.weight;
                }
            }
        }
        cells
    }

    /// A statistic of these items with its standard error and its interval.
    ///
    /// The standard error is the jackknife's over clusters, in the unit of the statistic. The interval
    /// is that of docs/statistics.md, "The default interval", and carries the plain jackknife's
    /// beside it.
    ///
    /// Undefined as the statistic is. The estimate stands without an interval for fewer than three
    /// items or fewer than three clusters.
    pub fn measure(&self, statistic: &Statistic, unseen: Unseen) -> Measure {
        let estimated = || -> Result<Estimate, Undefined> {
            let evaluation = units::Evaluation::of(self, statistic)?;
            let estimate = evaluation.estimate()?;
            let se = plain::standard_error(&evaluation);
            Ok(Estimate { estimate, se, interval: self.bounded(&evaluation, unseen) })
        };
        estimated().into()
    }

    /// The interval of [`Self::measure`] alone.
    ///
    /// # Errors
    /// Why there is none.
    pub fn interval(
        &self,
        statistic: &Statistic,
        unseen: Unseen,
    ) -> Result<crate::Interval, Undefined> {
        self.bounded(&units::Evaluation::of(self, statistic)?, unseen)
    }

    /// The plain jackknife over clusters of a statistic, with Student's t of one degree of freedom
    /// less than clusters: on Fisher's scale for a coefficient, on its own for the rest.
    ///
    /// # Errors
    /// Why there is none: mostly that clusters do not vary.
    pub fn plain_interval(&self, statistic: &Statistic) -> Result<crate::Interval, Undefined> {
        plain::interval(&units::Evaluation::of(self, statistic)?)
    }

    /// The estimate and the bounds of [`Self::interval`], without the plain ones: for simulations.
    pub(crate) fn estimate_and_bounds(
        &self,
        statistic: &Statistic,
    ) -> Result<(f64, crate::Bounds), Undefined> {
        let evaluation = units::Evaluation::of(self, statistic)?;
        let interval = self.chosen(&evaluation, Unseen::default())?;
        Ok((evaluation.estimate()?, crate::Bounds::of(&interval)))
    }

    fn bounded(
        &self,
        evaluation: &units::Evaluation<'_>,
        unseen: Unseen,
    ) -> Result<crate::Interval, Undefined> {
        let interval = self.chosen(evaluation, unseen)?;
        let plain = plain::interval(evaluation).ok().map(|plain| crate::Bounds::of(&plain));
        Ok(crate::Interval { plain, ..interval })
    }

    fn chosen(
        &self,
        evaluation: &units::Evaluation<'_>,
        unseen: Unseen,
    ) -> Result<crate::Interval, Undefined> {
        evaluation.estimate()?;
        evaluation.enough()?;
        match evaluation.statistic {
            Statistic::Share(_) | Statistic::OfPairs(PairCoefficient::Exact, _) => {
                share::interval(evaluation)
            }
            // On two levels all weights give the same coefficient.
            Statistic::BrennanPrediger(weights)
                if *weights == crate::Weights::Identity || self.size == 2 =>
            {
                share::brennan_prediger(self, unseen)
            }
            _ => augmented::interval(evaluation, unseen),
        }
    }
}

/// By pattern of ratings the number of items, the sum of their weights and that of the squares.
type Cluster = BTreeMap<Box<[u16]>, [f64; 3]>;

fn is_rated(levels: &[u16]) -> bool {
    levels.iter().any(|&level| given(level).is_some())
}

fn cell(row: usize, column: usize) -> Box<[u16]> {
    // A scale has at most 1000 levels.
    Box::from([row as u16, column as u16])
}

/// So many items of weight 1.
fn whole(count: u64) -> [f64; 3] {
    [count as f64; 3]
}

impl From<&ContingencyTable> for RatedItems {
    /// Items that are independent of each other.
    fn from(table: &ContingencyTable) -> Self {
        let cells = table.occupied().into_iter();
        let clusters = cells.map(|(i, j, count)| (Cluster::from([(cell(i, j), whole(1))]), count));
        Self::of_clusters(2, table.size(), clusters)
    }
}

impl From<&RatingMatrix> for RatedItems {
    /// Items that are independent of each other.
    fn from(matrix: &RatingMatrix) -> Self {
        let clusters = matrix
            .counted_levels()
            .filter(|(levels, _)| is_rated(levels))
            .map(|(levels, count)| (Cluster::from([(levels.into(), whole(1))]), count));
        Self::of_clusters(matrix.raters(), matrix.size(), clusters)
    }
}

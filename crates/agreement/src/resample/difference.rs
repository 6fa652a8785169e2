//! The difference of two coefficients over the same items.

use std::collections::BTreeMap;

use super::cluster::pool;
use super::patterns::{Cells, Patterns};
use super::{Bootstrap, Resampling};
use crate::{ContingencyTable, Estimate, Measure, TableError, Undefined};

/// A cell of a table: row and column.
type Cell = (usize, usize);

/// Items counted by their cells in two tables at once, such as judge by human and human by
/// human: K x K both, with the same levels.
///
/// For three raters with levels (a, b, c) an item stands at (a, b) in the first table and at
/// (b, c) in the second. An item may be absent from one of the tables, where a rating is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JointCounts {
    first: ContingencyTable,
    second: ContingencyTable,
    patterns: BTreeMap<(Option<Cell>, Option<Cell>), u64>,
}

impl JointCounts {
    /// Two tables of `size` levels with no items yet.
    ///
    /// # Errors
    /// [`TableError::Levels`] unless `size` is between 2 and 1000.
    pub fn empty(size: usize) -> Result<Self, TableError> {
        let table = ContingencyTable::empty(size)?;
        Ok(Self { first: table.clone(), second: table, patterns: BTreeMap::new() })
    }

    /// Counts one more item, at its cell (row, column) of each table that it is in.
    ///
    /// # Errors
    /// [`TableError::UnknownLevel`] if a level is not on the scale, [`TableError::TooManyItems`]
    /// if a total would reach 2^64. The counts are then unchanged.
    pub fn record(&mut self, first: Option<Cell>, second: Option<Cell>) -> Result<(), TableError> {
        let (mut one, mut other) = (self.first.n(), self.second.n());
        for (cell, total) in [(first, &mut one), (second, &mut other)] {
            let Some((row, column)) = cell else { continue };
            let size = self.first.size();
            if let Some(level) = [row, column].into_iter().find(|&level| level >= size) {
                return Err(TableError::UnknownLevel { level, size });
            }
            *total = total.checked_add(1).ok_or(TableError::TooManyItems)?;
        }
        for (cell, table) in [(first, &mut self.first), (second, &mut self.second)] {
            if let Some((row, column)) = cell {
                table.record(row, column)?;
            }
        }
        *self.patterns.entry((first, second)).or_default() += 1;
        Ok(())
    }

    /// The first table.
    pub fn first(&self) -> &ContingencyTable {
        &self.first
    }

    /// The second table.
    pub fn second(&self) -> &ContingencyTable {
        &self.second
    }
}

/// Two coefficients and their difference.
///
/// Serialises as `{"first": x, "second": y, "difference": {…}}` with the fields of [`Bootstrap`].
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Difference {
    /// The coefficient of the first table.
    pub first: f64,
    /// The coefficient of the second table.
    pub second: f64,
    /// The first minus the second. A replicate is undefined where either coefficient is.
    pub difference: Bootstrap,
}

/// The difference between the same coefficient of two tables over the same items, such as
/// judge–human agreement minus human–human agreement, with the items as units.
///
/// Each replicate draws whole items, and with them their places in both tables, so that the
/// interval allows for the dependence of the two coefficients: two separate intervals that overlap
/// say nothing about the difference.
///
/// # Errors
/// The reason why one of the coefficients does not exist.
///
/// Sources: A. C. Davison and D. V. Hinkley (1997), *Bootstrap Methods and their Application*,
/// Cambridge University Press, section 3.2; kappas of the same items: S. Vanbelle and A. Albert
/// (2008), A bootstrap method for comparing correlated kappa coefficients, *Journal of Statistical
/// Computation and Simulation* 78:1009–1015.
///
/// # Example
/// A judge with one human, and two humans with each other, on the same hundred items:
/// ```
/// use agreement::{JointCounts, Resampling, bootstrap_difference, exact_agreement};
///
/// let mut items = JointCounts::empty(2).unwrap();
/// for item in 0..100 {
///     let judge = (usize::from(item < 30), usize::from(item < 20)); // alike on 90
///     let humans = (usize::from(item < 20), usize::from(item < 25)); // alike on 95
///     items.record(Some(judge), Some(humans)).unwrap();
/// }
/// let found = bootstrap_difference(&items, exact_agreement, Resampling::new(1_000, 1)).unwrap();
/// assert_eq!((found.first, found.second), (0.9, 0.95));
/// assert_eq!(format!("{:.3}", found.difference.estimate), "-0.050");
/// ```
pub fn bootstrap_difference(
    items: &JointCounts,
    statistic: impl Fn(&ContingencyTable) -> Measure + Sync,
    resampling: Resampling,
) -> Result<Difference, Undefined> {
    let tables = Tables::of(&items.first, &items.second);
    let rows = items.patterns.iter().map(|(&(first, second), &count)| {
        let mut row = vec![0.0; tables.width()];
        tables.place(first, second).for_each(|place| row[place] = 1.0);
        (row, count)
    });
    tables.bootstrap(&Patterns::of(tables.width(), rows), &statistic, resampling)
}

/// [`bootstrap_difference`] with clusters of items as units: one set of counts for each cluster.
///
/// # Errors
/// [`Undefined::FewClusters`] with fewer than 10, [`Undefined::ClusterLevels`] where their numbers
/// of levels differ, else the reason why one of the coefficients does not exist.
///
/// # Example
/// ```
/// use agreement::{JointCounts, Resampling, bootstrap_difference_clusters, exact_agreement};
///
/// let cluster = |judge_errs: usize| {
///     let mut items = JointCounts::empty(2).unwrap();
///     for item in 0..4 {
///         items.record(Some((usize::from(item < judge_errs), 0)), Some((0, 0))).unwrap();
///     }
///     items
/// };
/// let clusters: Vec<JointCounts> = [0, 1, 2, 1].repeat(5).into_iter().map(cluster).collect();
/// let resampling = Resampling::new(1_000, 1);
/// let found = bootstrap_difference_clusters(&clusters, exact_agreement, resampling).unwrap();
/// assert_eq!((found.first, found.second, found.difference.units), (0.75, 1.0, 20));
/// ```
pub fn bootstrap_difference_clusters(
    clusters: &[JointCounts],
    statistic: impl Fn(&ContingencyTable) -> Measure + Sync,
    resampling: Resampling,
) -> Result<Difference, Undefined> {
    let first = pool(clusters.iter().map(JointCounts::first))?;
    let second = pool(clusters.iter().map(JointCounts::second))?;
    let tables = Tables::of(&first, &second);
    let rows = clusters.iter().map(|cluster| {
        let [mut row, second] = [
            tables.first_cells.amounts(&cluster.first),
            tables.second_cells.amounts(&cluster.second),
        ];
        row.extend(second);
        (row, 1)
    });
    tables.bootstrap(&Patterns::of(tables.width(), rows), &statistic, resampling)
}

/// The occupied cells of both tables, one after the other in a row of amounts.
struct Tables<'a> {
    first: &'a ContingencyTable,
    second: &'a ContingencyTable,
    first_cells: Cells,
    second_cells: Cells,
}

impl<'a> Tables<'a> {
    fn of(first: &'a ContingencyTable, second: &'a ContingencyTable) -> Self {
        Self { first, second, first_cells: Cells::of(first), second_cells: Cells::of(second) }
    }

    fn width(&self) -> usize {
        self.first_cells.len() + self.second_cells.len()
    }

    /// The places of an item's cells.
    fn place(&self, first: Option<Cell>, second: Option<Cell>) -> impl Iterator<Item = usize> {
        let find = |cells: &Cells, cell: Option<Cell>| {
            cells.positions().position(|position| Some(position) == cell)
        };
        let second = find(&self.second_cells, second).map(|place| self.first_cells.len() + place);
        [find(&self.first_cells, first), second].into_iter().flatten()
    }

    fn bootstrap(
        &self,
        patterns: &Patterns,
        statistic: &(dyn Fn(&ContingencyTable) -> Measure + Sync),
        resampling: Resampling,
    ) -> Result<Difference, Undefined> {
        let measures = [statistic(self.first), statistic(self.second)];
        let [first, second] = estimates(&measures)?;
        let interval =
            Err(measures.iter().find_map(Measure::undefined).unwrap_or(Undefined::NoVariation));
        let measure = Measure::Estimated(Estimate { estimate: first - second, se: None, interval });
        let difference = patterns.bootstrap(&measure, resampling, &|| {
            let mut first = self.first_cells.statistic(self.first, statistic);
            let mut second = self.second_cells.statistic(self.second, statistic);
            Box::new(move |sums| {
                let (one, other) = sums.split_at(self.first_cells.len());
                Some(first(one)? - second(other)?)
            })
        })?;
        Ok(Difference { first, second, difference })
    }
}

fn estimates(measures: &[Measure; 2]) -> Result<[f64; 2], Undefined> {
    let estimate = |measure: &Measure| match measure {
        Measure::Estimated(estimated) => Ok(estimated.estimate),
        Measure::Undefined(reason) => Err(*reason),
    };
    Ok([estimate(&measures[0])?, estimate(&measures[1])?])
}

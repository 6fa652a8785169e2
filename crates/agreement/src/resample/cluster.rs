//! The bootstrap whose units are clusters of items.

use super::kappa::Kappa;
use super::patterns::{Cells, Patterns};
use super::{Bootstrap, Resampling};
use crate::{ContingencyTable, Measure, Undefined, Weights, cohen_kappa};

/// With fewer clusters their resampling says little about how clusters vary.
const FEWEST: usize = 10;

/// The bootstrap of any statistic of a two-rater table whose items come in clusters, such as
/// responses to one scenario: `clusters` holds one table for each cluster, all of the same levels.
///
/// Whole clusters are drawn with replacement and their tables added up, so that the interval
/// allows for any dependence between the items of a cluster. It stays short of its level with few
/// clusters, noticeably below about 40. The acceleration of the BCa interval is that of the
/// jackknife over clusters. Clusters without items count as clusters.
///
/// # Errors
/// [`Undefined::FewClusters`] with fewer than 10, [`Undefined::ClusterLevels`] where the tables
/// differ in their number of levels, else the reason why the statistic does not exist for the
/// pooled table.
///
/// Sources: A. C. Davison and D. V. Hinkley (1997), *Bootstrap Methods and their Application*,
/// Cambridge University Press, section 3.8; few clusters: A. C. Cameron, J. B. Gelbach and
/// D. L. Miller (2008), *Review of Economics and Statistics* 90:414–427.
///
/// # Example
/// Twenty clusters of five items, of which 5, 5, 5 and 1 are alike: their shares have a variance of .12.
/// With a hundred independent items the standard error would be .04:
/// ```
/// use agreement::{ContingencyTable, Resampling, bootstrap_clusters, exact_agreement};
///
/// let counts = [[5, 0], [5, 0], [5, 0], [1, 4]].repeat(5);
/// let cluster = |[alike, apart]: [u64; 2]| vec![vec![alike, apart], vec![0, 0]];
/// let tables = counts.into_iter().map(|counts| ContingencyTable::from_rows(cluster(counts)));
/// let clusters = tables.collect::<Result<Vec<_>, _>>().unwrap();
/// let found = bootstrap_clusters(&clusters, exact_agreement, Resampling::new(10_000, 1)).unwrap();
/// assert_eq!((found.estimate, found.units), (0.8, 20));
/// assert!((found.se.unwrap() - 0.0775).abs() < 0.002); // sqrt(0.12 / 20)
/// ```
pub fn bootstrap_clusters(
    clusters: &[ContingencyTable],
    statistic: impl Fn(&ContingencyTable) -> Measure + Sync,
    resampling: Resampling,
) -> Result<Bootstrap, Undefined> {
    let pooled = pool(clusters.iter())?;
    let (cells, patterns) = patterns(&pooled, clusters);
    let of_sums = || cells.statistic(&pooled, &statistic);
    patterns.bootstrap(&statistic(&pooled), resampling, &of_sums)
}

/// The cluster bootstrap of [`cohen_kappa()`]: the same numbers as [`bootstrap_clusters`] gives, to
/// rounding, many times as fast.
///
/// # Errors
/// Those of [`bootstrap_clusters`].
///
/// # Example
/// Clusters of one item are items:
/// ```
/// use agreement::{ContingencyTable, Resampling, Weights, bootstrap_clusters_kappa};
///
/// let item = |(row, column)| {
///     let mut table = ContingencyTable::empty(2).unwrap();
///     table.record(row, column).unwrap();
///     table
/// };
/// let cells = [vec![(0, 0); 80], vec![(0, 1); 10], vec![(1, 0); 5], vec![(1, 1); 5]].concat();
/// let items: Vec<ContingencyTable> = cells.into_iter().map(item).collect();
/// let kappa = bootstrap_clusters_kappa(&items, Weights::Identity, Resampling::new(1_000, 1)).unwrap();
/// assert_eq!((format!("{:.4}", kappa.estimate), kappa.units), ("0.3182".into(), 100)); // 7/22
/// ```
pub fn bootstrap_clusters_kappa(
    clusters: &[ContingencyTable],
    weights: Weights,
    resampling: Resampling,
) -> Result<Bootstrap, Undefined> {
    let pooled = pool(clusters.iter())?;
    let (cells, patterns) = patterns(&pooled, clusters);
    patterns.bootstrap(&cohen_kappa(&pooled, weights), resampling, &|| {
        let mut kappa = Kappa::new(pooled.size(), weights, cells.positions());
        Box::new(move |sums| kappa.value(sums.iter().copied()))
    })
}

fn patterns(pooled: &ContingencyTable, clusters: &[ContingencyTable]) -> (Cells, Patterns) {
    let cells = Cells::of(pooled);
    let rows = clusters.iter().map(|cluster| (cells.amounts(cluster), 1));
    let patterns = Patterns::of(cells.len(), rows);
    (cells, patterns)
}

/// Whether so many clusters can be resampled.
pub(super) fn enough(clusters: usize) -> Result<(), Undefined> {
    let few = Undefined::FewClusters { clusters, needed: FEWEST };
    if clusters < FEWEST { Err(few) } else { Ok(()) }
}

/// The table of the items of all clusters, of which there are enough.
pub(super) fn pool<'a>(
    mut tables: impl ExactSizeIterator<Item = &'a ContingencyTable>,
) -> Result<ContingencyTable, Undefined> {
    enough(tables.len())?;
    let mut pooled = tables.next().ok_or(Undefined::NoSharedItems)?.clone();
    for other in tables {
        pooled.add(other).map_err(|_| Undefined::ClusterLevels)?;
    }
    Ok(pooled)
}

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
pub fn bootstrap_clusters(
    clusters: &[ContingencyTable],
    statistic: impl Fn(&ContingencyTable) -> Measure + Sync,
    resampling: Resampling,
) -> Result<Bootstrap, Undefined> {
    let pooled = pool(clusters.iter())?;
    let (cells, patterns) = patterns(&pooled, clusters);
    let of_sums = || cells.statistic(&pooled, &statistic);
    patterns.bootstrap(&statistic(&pooled), resampling, of_sums)
}

/// The cluster bootstrap of [`cohen_kappa()`]: the same numbers as [`bootstrap_clusters`] gives, to
/// rounding, many times as fast.
///
/// # Errors
/// Those of [`bootstrap_clusters`].
pub fn bootstrap_clusters_kappa(
    clusters: &[ContingencyTable],
    weights: Weights,
    resampling: Resampling,
) -> Result<Bootstrap, Undefined> {
    let pooled = pool(clusters.iter())?;
    let (cells, patterns) = patterns(&pooled, clusters);
    patterns.bootstrap(&cohen_kappa(&pooled, weights), resampling, || {
        let mut kappa = Kappa::new(pooled.size(), weights, cells.positions());
        move |sums: &[f64]| kappa.value(sums.iter().copied())
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

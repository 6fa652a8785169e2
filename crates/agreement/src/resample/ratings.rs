//! The bootstrap of any statistic of any number of raters.

use std::collections::BTreeMap;

use super::bootstrap::bootstrap_units;
use super::cluster::enough;
use super::jackknife::leave_one_out_of_many;
use super::{Bootstrap, OfCount, Resampling};
use crate::{Measure, RatingMatrix, Undefined};

/// The bootstrap of any statistic of a matrix of ratings, with the items as units; items that
/// nobody rated are left out.
///
/// Items are drawn whole, with all their ratings and those missing. Items rated alike are drawn by
/// their number, so a replicate costs one `statistic` of the distinct patterns and does not grow
/// with the number of items. `statistic` must depend on rows only through their counts, of which
/// some are 0 in a replicate; every coefficient of this crate does. With more than 512 patterns
/// the acceleration of the BCa interval is that of 512 items spaced evenly over them. Alpha has a faster form,
/// [`crate::bootstrap_alpha`]. Where the items come in clusters whose ratings depend on each other,
/// use [`bootstrap_ratings_clusters`]: this interval would be too short.
///
/// # Errors
/// The reason why the statistic does not exist for the matrix itself.
///
/// Sources: B. Efron (1979), Bootstrap methods: another look at the jackknife, *Annals of
/// Statistics* 7:1–26; items as units: S. Vanbelle and A. Albert (2008), A bootstrap method for
/// comparing correlated kappa coefficients, *Journal of Statistical Computation and Simulation*
/// 78:1009–1015.
///
/// # Example
/// ```
/// use agreement::{RatingMatrix, Resampling, Weights, bootstrap_ratings, fleiss_kappa};
///
/// let mut matrix = RatingMatrix::empty(2, 2).unwrap();
/// for (levels, items) in [([0, 0], 80), ([0, 1], 15), ([1, 1], 5)] {
///     matrix.record_many(&levels.map(Some), items).unwrap();
/// }
/// let fleiss = |matrix: &RatingMatrix| fleiss_kappa(matrix, Weights::Identity);
/// let kappa = bootstrap_ratings(&matrix, fleiss, Resampling::new(1_000, 1)).unwrap();
/// assert_eq!((format!("{:.4}", kappa.estimate), kappa.units), ("0.3143".into(), 100)); // 11/35
/// ```
pub fn bootstrap_ratings(
    matrix: &RatingMatrix,
    statistic: impl Fn(&RatingMatrix) -> Measure + Sync,
    resampling: Resampling,
) -> Result<Bootstrap, Undefined> {
    let patterns = matrix.rated_patterns();
    let of_counts = || -> OfCount<'_> {
        let (mut replicate, statistic) = (patterns.clone(), &statistic);
        Box::new(move |counts| {
            replicate.recount(counts.iter().copied());
            statistic(&replicate).estimate()
        })
    };
    bootstrap_kinds(patterns.counts(), &statistic(matrix), resampling, &of_counts)
}

/// The bootstrap of any statistic of a matrix of ratings whose items come in clusters, such as
/// responses to one scenario: each of `clusters` holds the items of one, all of the same raters and
/// levels. Clusters in which nobody rated anything are left out.
///
/// Whole clusters are drawn with replacement and their items put together, so that the interval
/// allows for any dependence between the items of a cluster. It stays short of its level with few
/// clusters, noticeably below about 40. In all else as [`bootstrap_ratings`], the clusters taking
/// the place of the items.
///
/// # Errors
/// [`Undefined::ClusterLevels`] where they differ in raters or levels or hold 2^64 items, the reason
/// why the statistic does not exist for the items of all, and [`Undefined::FewClusters`] with fewer
/// than 10.
///
/// Sources: those of [`crate::bootstrap_clusters`].
///
/// # Example
/// ```
/// use agreement::{
///     RatingMatrix, Resampling, Weights, bootstrap_ratings_clusters, pairwise_agreement,
/// };
///
/// let cluster = |levels: [usize; 3]| {
///     let rows = [levels, [0, 0, 0]].map(|item| item.map(Some).to_vec());
///     RatingMatrix::from_rows(2, &rows).unwrap()
/// };
/// let clusters: Vec<_> = [[0, 0, 0], [0, 0, 1]].repeat(10).into_iter().map(cluster).collect();
/// let agreement = |matrix: &RatingMatrix| pairwise_agreement(matrix, Weights::Identity);
/// let found = bootstrap_ratings_clusters(&clusters, agreement, Resampling::new(1_000, 1)).unwrap();
/// assert_eq!(format!("{:.4}", found.estimate), "0.8333"); // (1 + 1 + 1 + 1/3) / 4
/// assert_eq!(found.units, 20);
/// ```
pub fn bootstrap_ratings_clusters(
    clusters: &[RatingMatrix],
    statistic: impl Fn(&RatingMatrix) -> Measure + Sync,
    resampling: Resampling,
) -> Result<Bootstrap, Undefined> {
    of_clusters(clusters, &statistic, resampling)
}

fn of_clusters(
    clusters: &[RatingMatrix],
    statistic: &(dyn Fn(&RatingMatrix) -> Measure + Sync),
    resampling: Resampling,
) -> Result<Bootstrap, Undefined> {
    let pooled = RatingMatrix::pool(clusters)?;
    let measure = statistic(&pooled);
    if let Measure::Undefined(reason) = measure {
        return Err(reason);
    }
    let patterns = pooled.rated_patterns();
    let rated: Vec<RatingMatrix> = clusters.iter().map(RatingMatrix::rated_patterns).collect();
    let mut kinds: BTreeMap<Vec<(usize, u64)>, u64> = BTreeMap::new();
    for cluster in patterns.places(&rated).into_iter().filter(|items| !items.is_empty()) {
        *kinds.entry(cluster).or_default() += 1;
    }
    let (kinds, weights): (Vec<_>, Vec<u64>) = kinds.into_iter().unzip();
    enough(weights.iter().sum::<u64>() as usize)?;
    let of_counts = || -> OfCount<'_> {
        let (mut replicate, mut sums) = (patterns.clone(), vec![0; patterns.counts().len()]);
        let kinds = &kinds;
        Box::new(move |counts| {
            add_up(kinds, counts, &mut sums);
            replicate.recount(sums.iter().copied());
            statistic(&replicate).estimate()
        })
    };
    bootstrap_kinds(&weights, &measure, resampling, &of_counts)
}

/// The number of items of each pattern in clusters of which `counts[k]` are of kind k.
fn add_up(kinds: &[Vec<(usize, u64)>], counts: &[u64], sums: &mut [u64]) {
    sums.fill(0);
    for (kind, &count) in kinds.iter().zip(counts).filter(|&(_, &count)| count > 0) {
        for &(pattern, items) in kind {
            sums[pattern] = sums[pattern].saturating_add(items.saturating_mul(count));
        }
    }
}

fn bootstrap_kinds<'a>(
    weights: &[u64],
    measure: &Measure,
    resampling: Resampling,
    of_counts: &(dyn Fn() -> OfCount<'a> + Sync),
) -> Result<Bootstrap, Undefined> {
    let jackknife = || {
        let (mut value, mut without) = (of_counts(), weights.to_vec());
        leave_one_out_of_many(weights, &mut |kind| {
            without[kind] -= 1;
            let value = value(&without);
            without[kind] += 1;
            value
        })
    };
    bootstrap_units(weights, measure, resampling, of_counts, &jackknife)
}

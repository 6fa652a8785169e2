//! The bootstrap of a mean corrected for a judge's errors.

use super::cluster::enough;
use super::patterns::Patterns;
use super::{Bootstrap, Resampling};
use crate::{JudgedLevels, Undefined, corrected_levels, corrected_mean};

/// The bootstrap of [`corrected_mean()`], with the items as units: each of `items` holds one, known, of
/// interest, or both.
///
/// Where the mean was cut at the end of its range and so was every replicate, that is the reason why there
/// is no interval.
///
/// Known items and those of interest are drawn together, so that the interval allows for not knowing
/// the judge's errors exactly. Replicates in which they cannot be inverted are undefined.
///
/// # Errors
/// The reason why the mean does not exist for all items together.
///
/// Source: B. Efron and R. J. Tibshirani (1993), *An Introduction to the Bootstrap*, Chapman & Hall.
///
/// # Example
/// ```
/// use agreement::{JudgedLevels, Resampling, bootstrap_corrected_mean};
///
/// let item = |(rated, judged): (usize, usize)| {
///     let mut item = JudgedLevels::empty(2);
///     item.record_known(rated, judged, 1.0);
///     item.record_judged(judged);
///     item
/// };
/// let cells = [vec![(0, 0); 90], vec![(0, 1); 10], vec![(1, 0); 20], vec![(1, 1); 80]].concat();
/// let items: Vec<JudgedLevels> = cells.into_iter().map(item).collect();
/// let resampling = Resampling::new(1_000, 1);
/// let mean = bootstrap_corrected_mean(&items, &[0.0, 1.0], resampling).unwrap();
/// assert_eq!((format!("{:.4}", mean.estimate), mean.units), ("0.5000".into(), 200)); // all were rated
/// ```
pub fn bootstrap_corrected_mean(
    items: &[JudgedLevels],
    scores: &[f64],
    resampling: Resampling,
) -> Result<Bootstrap, Undefined> {
    let mut all = JudgedLevels::empty(scores.len());
    for unit in items {
        if unit.size() != scores.len() {
            return Err(Undefined::ScoreCount { levels: unit.size(), scores: scores.len() });
        }
        all.add(unit);
    }
    // Places that no unit fills would only be added up for nothing.
    let filled: Vec<bool> = all.amounts().map(|amount| amount > 0.0).collect();
    let width = filled.iter().filter(|filled| **filled).count();
    let row = |unit: &JudgedLevels| {
        let places = unit.amounts().zip(&filled).filter(|(_, filled)| **filled);
        (places.map(|(amount, _)| amount).collect::<Vec<f64>>(), 1)
    };
    let patterns = Patterns::of(width, items.iter().map(row));
    let cut = corrected_levels(&all).is_ok_and(|levels| levels.cut);
    let found = patterns.bootstrap(&corrected_mean(&all, scores), resampling, &|| {
        let (mut drawn, mut amounts) = (all.clone(), vec![0.0; filled.len()]);
        let filled = &filled;
        Box::new(move |sums| {
            let places = amounts.iter_mut().zip(filled).filter(|(_, filled)| **filled);
            places.zip(sums).for_each(|((amount, _), sum)| *amount = *sum);
            drawn.refill(&amounts);
            corrected_mean(&drawn, scores).estimate()
        })
    })?;
    let reason = |why| match why {
        Undefined::NoVariation if cut => Undefined::CutCorrection,
        other => other,
    };
    Ok(Bootstrap {
        percentile: found.percentile.map_err(reason),
        basic: found.basic.map_err(reason),
        bca: found.bca.map_err(reason),
        ..found
    })
}

/// [`bootstrap_corrected_mean`] with clusters of items as units: each of `clusters` holds the items
/// of one.
///
/// # Errors
/// [`Undefined::FewClusters`] with fewer than 10, and those above.
///
/// # Example
/// ```
/// use agreement::{JudgedLevels, Resampling, bootstrap_corrected_mean_clusters};
///
/// let cluster = |harmful: usize| {
///     let mut cluster = JudgedLevels::empty(2);
///     for item in 0..4 {
///         let rated = usize::from(item < harmful);
///         cluster.record_known(rated, rated, 1.0);
///         cluster.record_judged(rated);
///     }
///     cluster
/// };
/// let clusters: Vec<JudgedLevels> = [0, 1, 2, 1].repeat(5).into_iter().map(cluster).collect();
/// let resampling = Resampling::new(1_000, 1);
/// let mean = bootstrap_corrected_mean_clusters(&clusters, &[0.0, 1.0], resampling).unwrap();
/// assert_eq!((format!("{:.4}", mean.estimate), mean.units), ("0.2500".into(), 20)); // 4 of 16
/// ```
pub fn bootstrap_corrected_mean_clusters(
    clusters: &[JudgedLevels],
    scores: &[f64],
    resampling: Resampling,
) -> Result<Bootstrap, Undefined> {
    enough(clusters.len())?;
    bootstrap_corrected_mean(clusters, scores, resampling)
}

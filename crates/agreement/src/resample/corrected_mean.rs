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
    let found = patterns.bootstrap(&corrected_mean(&all, scores), resampling, || {
        let (mut drawn, mut amounts) = (all.clone(), vec![0.0; filled.len()]);
        let filled = &filled;
        move |sums: &[f64]| {
            let places = amounts.iter_mut().zip(filled).filter(|(_, filled)| **filled);
            places.zip(sums).for_each(|((amount, _), sum)| *amount = *sum);
            drawn.refill(&amounts);
            corrected_mean(&drawn, scores).estimate()
        }
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
pub fn bootstrap_corrected_mean_clusters(
    clusters: &[JudgedLevels],
    scores: &[f64],
    resampling: Resampling,
) -> Result<Bootstrap, Undefined> {
    enough(clusters.len())?;
    bootstrap_corrected_mean(clusters, scores, resampling)
}

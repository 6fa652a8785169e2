//! Statistics of the sums of what clusters hold: means, rates and their differences.

use super::Resampling;
use super::cluster::enough;
use super::patterns::Patterns;
use crate::interval::student_t;
use crate::{Estimate, Measure, Undefined};

/// A statistic of the sums of amounts over clusters, such as a mean over responses that come in
/// scenarios: each row of `clusters` holds what one cluster adds, all rows of one length. `statistic` gives no value where it would be 0/0.
///
/// With 10 clusters or more, whole clusters are drawn with replacement: the standard error is that
/// of the replicates and the interval BCa, or percentile where BCa does not exist. With 2 to 9,
/// replicates of so few clusters say too little: the standard error is the jackknife's over
/// clusters, and the interval estimate ± Student's t with one degree of freedom less than clusters.
/// For a mean with equal weights that is the t interval of the clusters' values. Either allows for
/// any dependence within a cluster.
///
/// Undefined where the statistic has no value. The estimate stands without an interval for fewer
/// than two clusters, where the clusters do not vary, and where leaving out one leaves no value.
///
/// Sources: those of [`crate::bootstrap_clusters`]; jackknife: J. W. Tukey (1958), *Annals of
/// Mathematical Statistics* 29:614.
pub fn measure_clusters(
    clusters: &[Vec<f64>],
    statistic: impl Fn(&[f64]) -> Option<f64> + Sync,
    resampling: Resampling,
) -> Measure {
    let Some(width) = clusters.first().map(Vec::len) else {
        return Measure::Undefined(Undefined::NoItems);
    };
    let mut sums = vec![0.0; width];
    for row in clusters {
        sums.iter_mut().zip(row).for_each(|(sum, amount)| *sum += amount);
    }
    let Some(estimate) = statistic(&sums).filter(|value| value.is_finite()) else {
        return Measure::Undefined(Undefined::NoItems);
    };
    // Patterns are of amounts of at least 0: what is added and what is taken away stand apart.
    let parts = |row: &Vec<f64>| {
        let added = row.iter().map(|amount| amount.max(0.0));
        added.chain(row.iter().map(|amount| (-amount).max(0.0))).collect::<Vec<_>>()
    };
    let patterns = Patterns::of(2 * width, clusters.iter().map(|row| (parts(row), 1)));
    let of_parts = || {
        let (mut sums, statistic) = (vec![0.0; width], &statistic);
        move |parts: &[f64]| {
            let (added, taken) = parts.split_at(width);
            let both = added.iter().zip(taken);
            sums.iter_mut().zip(both).for_each(|(sum, (added, taken))| *sum = added - taken);
            statistic(&sums)
        }
    };
    let plain = |se, interval| Measure::Estimated(Estimate { estimate, se, interval });
    if clusters.len() < 2 {
        let few = Undefined::FewClusters { clusters: clusters.len(), needed: 2 };
        return plain(None, Err(few));
    }
    if enough(clusters.len()).is_err() {
        return match patterns.jackknife(of_parts()) {
            Ok(found) if found.se > NEGLIGIBLE => {
                let freedom = clusters.len() as f64 - 1.0;
                plain(Some(found.se), Ok(student_t(estimate, found.se, freedom)))
            }
            Ok(_) => plain(Some(0.0), Err(Undefined::ClustersAlike)),
            Err(reason) => plain(None, Err(reason)),
        };
    }
    match patterns.bootstrap(&plain(None, Err(Undefined::NoFormula)), resampling, of_parts) {
        Ok(found) => {
            let interval = found.bca.or(found.percentile);
            let alike = |why| match why {
                Undefined::NoVariation => Undefined::ClustersAlike,
                other => other,
            };
            plain(found.se, interval.map_err(alike))
        }
        Err(reason) => plain(None, Err(reason)),
    }
}

/// A standard error this small is rounding.
const NEGLIGIBLE: f64 = 1e-12;

//! Amounts added up by cluster, and order statistics.

use crate::Measure;
use agreement::measure_clusters;
use std::collections::BTreeMap;

/// What each cluster adds to some sums.
pub(crate) struct Clusters<'a, const N: usize>(BTreeMap<&'a str, [f64; N]>);

impl<'a, const N: usize> Clusters<'a, N> {
    /// Adds up the amounts of each cluster.
    pub(crate) fn of(amounts: impl IntoIterator<Item = (&'a str, [f64; N])>) -> Self {
        let mut clusters: BTreeMap<&str, [f64; N]> = BTreeMap::new();
        for (cluster, row) in amounts {
            let sums = clusters.entry(cluster).or_insert([0.0; N]);
            sums.iter_mut().zip(row).for_each(|(sum, amount)| *sum += amount);
        }
        Self(clusters)
    }

    /// A statistic of the sums over all clusters, with its interval.
    pub(crate) fn measure(&self, statistic: impl Fn(&[f64; N]) -> Option<f64>) -> Measure {
        let rows: Vec<Vec<f64>> = self.0.values().map(|row| row.to_vec()).collect();
        let of_sums = |sums: &[f64]| statistic(sums.try_into().ok()?);
        Measure(measure_clusters(&rows, of_sums))
    }

    pub(crate) fn count(&self) -> u64 {
        self.0.len() as u64
    }

    /// Each cluster's name and sums.
    pub(crate) fn named_rows(&self) -> impl Iterator<Item = (&'a str, &[f64; N])> {
        self.0.iter().map(|(name, row)| (*name, row))
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &[f64; N]> {
        self.0.values()
    }
}

/// The first sum over the second: a mean or a rate.
pub(crate) fn ratio(sums: &[f64; 2]) -> Option<f64> {
    (sums[1] > 0.0).then(|| sums[0] / sums[1])
}

/// Differences of means of small whole numbers, equal but for rounding, made equal: ranks depend on
/// it, and 0.8 − 0.6 is not quite 0.2.
pub(crate) fn settled(value: f64) -> f64 {
    // Adding 0 turns −0 into 0.
    (value * 1e9).round() / 1e9 + 0.0
}

/// The quantile at `probability` among values, interpolated between neighbours: definition 7 of
/// R. J. Hyndman and Y. Fan (1996), *The American Statistician* 50:361–365, the default of R and
/// NumPy.
pub(crate) fn quantile(values: &[f64], probability: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let position = probability * sorted.len().checked_sub(1)? as f64;
    let (below, above) = (position.floor() as usize, position.ceil() as usize);
    Some(sorted[below] + (position - below as f64) * (sorted[above] - sorted[below]))
}

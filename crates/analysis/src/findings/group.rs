//! Amounts added up by cluster, and order statistics.

use crate::Measure;
use agreement::{Rational, mean_clusters, measure_clusters, share_clusters};
use std::array::from_fn;
use std::collections::BTreeMap;
use std::ops::AddAssign;
use study::Grade;

/// What each cluster adds to some sums, in 64 bits or exactly.
pub(crate) struct Clusters<'a, const N: usize, T = f64>(BTreeMap<&'a str, [T; N]>);

impl<'a, const N: usize> Clusters<'a, N> {
    /// A statistic of the sums over all clusters, with its interval.
    pub(crate) fn measure(&self, statistic: impl Fn(&[f64; N]) -> Option<f64>) -> Measure {
        let rows: Vec<Vec<f64>> = self.0.values().map(|row| row.to_vec()).collect();
        let of_sums = |sums: &[f64]| statistic(sums.try_into().ok()?);
        Measure(measure_clusters(&rows, of_sums))
    }
}

/// The lowest and the highest grade of both axes.
#[derive(Clone, Copy)]
pub(crate) struct Ranges {
    pub(crate) omission: [Grade; 2],
    /// Where the axis was not graded, anything.
    pub(crate) commission: [Grade; 2],
}

impl Clusters<'_, 2> {
    /// The share that the first sum is of the second.
    pub(crate) fn share(&self) -> Measure {
        Measure(share_clusters(&self.0.values().copied().collect::<Vec<_>>()))
    }

    /// The mean grade, of a scale from its lowest grade to its highest.
    pub(crate) fn mean(&self, [lowest, highest]: [Grade; 2]) -> Measure {
        let grades: Vec<f64> = (lowest..=highest).map(f64::from).collect();
        Measure(mean_clusters(&self.0.values().copied().collect::<Vec<_>>(), &grades))
    }
}

impl<'a, const N: usize> Clusters<'a, N, Rational> {
    /// The sums in 64 bits.
    pub(crate) fn rounded(&self) -> Clusters<'a, N> {
        let row = |row: &[Rational; N]| row.each_ref().map(Rational::to_f64);
        Clusters(self.0.iter().map(|(name, sums)| (*name, row(sums))).collect())
    }
}

impl<'a, const N: usize, T: Default + for<'b> AddAssign<&'b T>> Clusters<'a, N, T> {
    /// Adds up the amounts of each cluster.
    pub(crate) fn of(amounts: impl IntoIterator<Item = (&'a str, [T; N])>) -> Self {
        let mut clusters: BTreeMap<&str, [T; N]> = BTreeMap::new();
        for (cluster, row) in amounts {
            let sums = clusters.entry(cluster).or_insert_with(|| from_fn(|_| T::default()));
            sums.iter_mut().zip(&row).for_each(|(sum, amount)| *sum += amount);
        }
        Self(clusters)
    }

    pub(crate) fn count(&self) -> u64 {
        self.0.len() as u64
    }

    /// Each cluster's name and sums.
    pub(crate) fn named_rows(&self) -> impl Iterator<Item = (&'a str, &[T; N])> {
        self.0.iter().map(|(name, row)| (*name, row))
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &[T; N]> {
        self.0.values()
    }
}

/// The first sum over the second: a mean or a rate.
pub(crate) fn ratio(sums: &[f64; 2]) -> Option<f64> {
    (sums[1] > 0.0).then(|| sums[0] / sums[1])
}

/// The mean of the first side less that of the second, of a sum and its number on each; none where a
/// side is empty.
pub(crate) fn difference_of_sides([a, n, b, m]: &[Rational; 4]) -> Option<Rational> {
    Some(&a.over(n)? - &b.over(m)?)
}

/// A value and its number, on the first side or the second.
pub(crate) fn two_sides(first: bool, value: Rational) -> [Rational; 4] {
    let (one, [no, none]) = (Rational::from(1), [(); 2].map(|()| Rational::default()));
    if first { [value, one, no, none] } else { [no, none, value, one] }
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

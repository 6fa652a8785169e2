//! Amounts added up by cluster, and order statistics.

use crate::ReportedMeasure;
use agreement::{
    Rational, difference_clusters, gap_clusters, mean_clusters, measure_clusters, rate_clusters,
    rate_step, share_clusters,
};
use std::array::from_fn;
use std::collections::BTreeMap;
use std::ops::AddAssign;
use study::Grade;

/// What each cluster adds to some sums, in 64 bits or exactly.
pub(crate) struct Clusters<'a, const N: usize, T = f64> {
    rows: BTreeMap<&'a str, [T; N]>,
    /// Kish's design effect of weights: 1 where all weigh the same.
    weight_effect: f64,
}

impl<'a, const N: usize> Clusters<'a, N> {
    /// Adds up the amounts of each cluster, each with the weight before it. Weights are scaled to add up
    /// to Kish's effective number, (Σ w)²/Σ w², so that only their ratios count, and a few heavy ones pass
    /// for few.
    pub(crate) fn weighted(amounts: impl IntoIterator<Item = (&'a str, f64, [f64; N])>) -> Self {
        let amounts: Vec<(&str, f64, [f64; N])> = amounts.into_iter().collect();
        let total: f64 = amounts.iter().map(|(_, weight, _)| weight).sum();
        let squares: f64 = amounts.iter().map(|(_, weight, _)| weight * weight).sum();
        let scale = total / squares;
        let scaled = |(cluster, weight, row): &(&'a str, f64, [f64; N])| {
            (*cluster, row.map(|amount| scale * weight * amount))
        };
        let weight_effect = amounts.len() as f64 / (total * scale);
        Self { weight_effect, ..Self::of(amounts.iter().map(scaled)) }
    }

    /// A statistic of the sums over all clusters, with its interval, cut at `range`: from the least that it
    /// can be to the most.
    pub(crate) fn measure(
        &self,
        range: [f64; 2],
        statistic: impl Fn(&[f64; N]) -> Option<f64>,
    ) -> ReportedMeasure {
        let of_sums = |sums: &[f64]| statistic(sums.try_into().ok()?);
        ReportedMeasure(measure_clusters(&self.all(), of_sums)).within(range)
    }

    /// The same of a difference of mean grades.
    pub(crate) fn gap(
        &self,
        range: [f64; 2],
        statistic: impl Fn(&[f64; N]) -> Option<f64>,
    ) -> ReportedMeasure {
        let of_sums = |sums: &[f64]| statistic(sums.try_into().ok()?);
        ReportedMeasure(gap_clusters(&self.all(), self.weight_effect, of_sums)).within(range)
    }

    /// The same of a difference of rates, with what [`rate_step`] makes of the trials on both sides.
    pub(crate) fn rate_difference(
        &self,
        range: [f64; 2],
        step: f64,
        statistic: impl Fn(&[f64; N]) -> Option<f64>,
    ) -> ReportedMeasure {
        let of_sums = |sums: &[f64]| statistic(sums.try_into().ok()?);
        ReportedMeasure(rate_clusters(&self.all(), step, of_sums)).within(range)
    }

    fn all(&self) -> Vec<Vec<f64>> {
        self.rows.values().map(|row| row.to_vec()).collect()
    }
}

/// What a difference of two rates can be.
pub(crate) const OF_RATES: [f64; 2] = [-1.0, 1.0];

/// What a mean of grades from the lowest to the highest can be.
pub(crate) fn of_grades([lowest, highest]: [Grade; 2]) -> [f64; 2] {
    [lowest, highest].map(f64::from)
}

/// What a difference of two such means can be.
pub(crate) fn of_differences(range: [Grade; 2]) -> [f64; 2] {
    let [lowest, highest] = of_grades(range);
    [lowest - highest, highest - lowest]
}

impl Clusters<'_, 2> {
    /// The share that the first sum is of the second.
    pub(crate) fn share(&self) -> ReportedMeasure {
        ReportedMeasure(share_clusters(&self.rows.values().copied().collect::<Vec<_>>()))
            .within([0.0, 1.0])
    }

    /// The mean of differences of grades, which can be anything in `range`.
    pub(crate) fn mean_difference(&self, range: [f64; 2]) -> ReportedMeasure {
        let rows: Vec<[f64; 2]> = self.rows.values().copied().collect();
        ReportedMeasure(difference_clusters(&rows, self.weight_effect)).within(range)
    }

    /// The mean grade, of a scale from its lowest grade to its highest.
    pub(crate) fn mean(&self, range: [Grade; 2]) -> ReportedMeasure {
        let [lowest, highest] = range;
        let grades: Vec<f64> = (lowest..=highest).map(f64::from).collect();
        let rows: Vec<[f64; 2]> = self.rows.values().copied().collect();
        ReportedMeasure(mean_clusters(&rows, &grades, self.weight_effect)).within(of_grades(range))
    }
}

impl Clusters<'_, 4> {
    /// How far one value more on either side moves the difference of [`weighted_sides`].
    pub(crate) fn rate_step(&self) -> f64 {
        let trials: Vec<[f64; 2]> = self.rows.values().map(|[_, n, _, m]| [*n, *m]).collect();
        rate_step(&trials, self.weight_effect)
    }
}

impl<'a, const N: usize> Clusters<'a, N, Rational> {
    /// The sums in 64 bits.
    pub(crate) fn rounded(&self) -> Clusters<'a, N> {
        let row = |row: &[Rational; N]| row.each_ref().map(Rational::to_f64);
        let rows = self.rows.iter().map(|(name, sums)| (*name, row(sums))).collect();
        Clusters { rows, weight_effect: self.weight_effect }
    }
}

impl<'a, const N: usize, T: Default + for<'b> AddAssign<&'b T>> Clusters<'a, N, T> {
    /// Adds up the amounts of each cluster.
    pub(crate) fn of(amounts: impl IntoIterator<Item = (&'a str, [T; N])>) -> Self {
        let mut rows: BTreeMap<&str, [T; N]> = BTreeMap::new();
        for (cluster, row) in amounts {
            let sums = rows.entry(cluster).or_insert_with(|| from_fn(|_| T::default()));
            sums.iter_mut().zip(&row).for_each(|(sum, amount)| *sum += amount);
        }
        Self { rows, weight_effect: 1.0 }
    }

    pub(crate) fn count(&self) -> u64 {
        self.rows.len() as u64
    }

    /// Each cluster's name and sums.
    pub(crate) fn named_rows(&self) -> impl Iterator<Item = (&'a str, &[T; N])> {
        self.rows.iter().map(|(name, row)| (*name, row))
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &[T; N]> {
        self.rows.values()
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

/// By cluster, what weighted values add up to, and their weights, on the first side and on the second: of
/// each value its cluster, its weight, whether it is on the first side, and itself.
pub(crate) fn weighted_sides<'a>(
    values: impl Iterator<Item = (&'a str, f64, bool, f64)>,
) -> Clusters<'a, 4> {
    Clusters::weighted(values.map(|(cluster, weight, first, value)| {
        let row = if first { [value, 1.0, 0.0, 0.0] } else { [0.0, 0.0, value, 1.0] };
        (cluster, weight, row)
    }))
}

/// The mean of the first side of [`weighted_sides`] less that of the second. One of nothing but rounding
/// is 0.
pub(crate) fn weighted_difference([a, n, b, m]: &[f64; 4]) -> Option<f64> {
    let difference = ratio(&[*a, *n])? - ratio(&[*b, *m])?;
    Some(if difference.abs() < ROUNDING { 0.0 } else { difference })
}

const ROUNDING: f64 = 1e-12;

/// The quantile at `probability` among values with a weight before each. Where all weigh the same it is
/// interpolated between neighbours: definition 7 of R. J. Hyndman and Y. Fan (1996), *The American
/// Statistician* 50:361–365, the default of R and NumPy. Else it is what that becomes with weights: with
/// n Kish's effective number and h = p (n − 1), the mean of the values over the n-th part from h/n to
/// (h + 1)/n of all weight; A. Akinshin (2023), Weighted quantile estimators, arXiv 2304.07265.
pub(crate) fn quantile(weighted: &[(f64, f64)], probability: f64) -> Option<f64> {
    let mut sorted = weighted.to_vec();
    sorted.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    let (first, _) = sorted.first()?;
    if sorted.iter().all(|(weight, _)| weight == first) {
        let position = probability * (sorted.len() - 1) as f64;
        let (below, above) = (position.floor() as usize, position.ceil() as usize);
        let (low, high) = (sorted[below].1, sorted[above].1);
        return Some(low + (position - below as f64) * (high - low));
    }
    let total: f64 = sorted.iter().map(|(weight, _)| weight).sum();
    let n = total * total / sorted.iter().map(|(weight, _)| weight * weight).sum::<f64>();
    let start = probability * (n - 1.0);
    let (mut before, mut mean) = (0.0, 0.0);
    for (weight, value) in sorted {
        let within = |share: f64| (n * share - start).clamp(0.0, 1.0);
        let after = before + weight / total;
        mean += value * (within(after) - within(before));
        before = after;
    }
    Some(mean)
}

//! The bootstrap of Krippendorff's alpha.

use super::cluster::enough;
use super::patterns::Patterns;
use super::{Bootstrap, LevelCounts, Resampling};
use crate::scores::check;
use crate::{Distance, Estimate, Measure, Undefined};

/// The bootstrap of Krippendorff's alpha, for any number of raters and any ratings missing, with
/// the items that have at least two ratings as units.
///
/// Each item's coincidences are computed once; a replicate adds them up, and takes the ordinal
/// distance from its own margins. Whole items are drawn, so that the interval allows for the
/// dependence between the ratings of an item, which resampling single coincidences, as in
/// Krippendorff's own algorithm, does not.
///
/// # Errors
/// [`Undefined::NoPairableItems`] where no item has two ratings, [`Undefined::OneLevelByAll`] where
/// chance would give no disagreement, and [`Undefined::ScoreCount`], [`Undefined::ScoreRange`] and
/// [`Undefined::NegativeScore`] for scores that do not fit.
///
/// Sources: K. Krippendorff (2004), *Content Analysis*, 2nd edition, Sage, chapter 11; items as
/// units: A. Zapf, S. Castell, L. Morawietz and A. Karch (2016), Measuring inter-rater reliability
/// for nominal data, *BMC Medical Research Methodology* 16:93.
///
/// # Example
/// ```
/// use agreement::{Distance, LevelCounts, Resampling, bootstrap_alpha};
///
/// let mut items = LevelCounts::empty(2).unwrap();
/// items.record([0, 0], 80).unwrap();
/// items.record([0, 1], 15).unwrap();
/// items.record([1, 1], 5).unwrap();
/// let alpha = bootstrap_alpha(&items, Distance::Nominal, Resampling::new(1_000, 1)).unwrap();
/// assert_eq!(format!("{:.4}", alpha.estimate), "0.3177"); // 1 - 0.15 / (2 · 175 · 25 / (200 · 199))
/// ```
pub fn bootstrap_alpha(
    items: &LevelCounts,
    distance: Distance,
    resampling: Resampling,
) -> Result<Bootstrap, Undefined> {
    let alpha = Alpha::new(items.size(), distance)?;
    let units: Vec<_> =
        items.pairable().map(|(levels, items)| (coincidences(levels), items)).collect();
    alpha.bootstrap(&alpha.measure(&units)?, units, resampling)
}

/// The bootstrap of Krippendorff's alpha whose units are clusters of items: whole clusters are
/// drawn, each of `clusters` being the items of one, all of the same levels. Clusters in which no
/// item has two ratings are left out.
///
/// # Errors
/// Those of [`bootstrap_alpha`], [`Undefined::ClusterLevels`] where the clusters differ in their
/// number of levels, and [`Undefined::FewClusters`] with fewer than 10.
///
/// Sources: those of [`bootstrap_alpha`] and of [`crate::bootstrap_clusters`].
///
/// # Example
/// ```
/// use agreement::{Distance, LevelCounts, Resampling, bootstrap_alpha_clusters};
///
/// let cluster = |counts: [u64; 3]| {
///     let mut items = LevelCounts::empty(2).unwrap();
///     for (ratings, count) in [[0, 0], [0, 1], [1, 1]].into_iter().zip(counts) {
///         items.record(ratings, count).unwrap();
///     }
///     items
/// };
/// let clusters: Vec<_> = [[8, 0, 0], [8, 3, 1]].repeat(10).into_iter().map(cluster).collect();
/// let resampling = Resampling::new(1_000, 1);
/// let alpha = bootstrap_alpha_clusters(&clusters, Distance::Nominal, resampling).unwrap();
/// assert_eq!(format!("{:.4}", alpha.estimate), "0.3160"); // 1 - 0.15 / (2 · 350 · 50 / (400 · 399))
/// assert_eq!(alpha.units, 20);
/// ```
pub fn bootstrap_alpha_clusters(
    clusters: &[LevelCounts],
    distance: Distance,
    resampling: Resampling,
) -> Result<Bootstrap, Undefined> {
    let Some(size) = clusters.first().map(LevelCounts::size) else {
        return Err(Undefined::NoPairableItems);
    };
    if clusters.iter().any(|cluster| cluster.size() != size) {
        return Err(Undefined::ClusterLevels);
    }
    let alpha = Alpha::new(size, distance)?;
    let sum = |cluster: &LevelCounts| {
        let mut sums = None;
        for (levels, items) in cluster.pairable() {
            let sums = sums.get_or_insert_with(|| vec![0.0; alpha.width()]);
            add(sums, &coincidences(levels), items);
        }
        sums
    };
    let units: Vec<_> = clusters.iter().filter_map(sum).map(|sums| (sums, 1)).collect();
    let measure = alpha.measure(&units)?;
    enough(units.len())?;
    alpha.bootstrap(&measure, units, resampling)
}

fn add(sums: &mut [f64], row: &[f64], units: u64) {
    let units = units as f64;
    sums.iter_mut().zip(row).for_each(|(sum, amount)| *sum += units * amount);
}

/// An item's ratings at each level, and then its coincidences of each two levels, the lower first,
/// which count by 1 / (its ratings − 1) so that each of its ratings counts once.
fn coincidences(levels: &[u32]) -> Vec<f64> {
    let counts: Vec<f64> = levels.iter().map(|&count| f64::from(count)).collect();
    let others = counts.iter().sum::<f64>() - 1.0;
    let mut row = counts.clone();
    for (level, a) in counts.iter().enumerate() {
        row.extend(counts[level + 1..].iter().map(|b| a * b / others));
    }
    row
}

/// Alpha as a function of summed coincidences, in the order of [`coincidences`].
#[derive(Clone)]
struct Alpha {
    size: usize,
    ordinal: bool,
    /// The squared distance of each two levels, the lower first; for the ordinal one that of the
    /// last replicate.
    apart: Vec<f64>,
}

impl Alpha {
    fn new(size: usize, distance: Distance) -> Result<Self, Undefined> {
        let pairs = || (0..size).flat_map(|k| (k + 1..size).map(move |l| (k, l)));
        let apart = match distance {
            Distance::Nominal | Distance::Ordinal => pairs().map(|_| 1.0).collect(),
            Distance::Interval(scores) => {
                let scores = fitting(scores, size)?;
                pairs().map(|(k, l)| (scores[k] - scores[l]).powi(2)).collect()
            }
            Distance::Ratio(scores) => {
                let scores = fitting(scores, size)?;
                if scores.iter().any(|&score| score < 0.0) {
                    return Err(Undefined::NegativeScore);
                }
                let ratio = |a: f64, b: f64| if a == b { 0.0 } else { ((a - b) / (a + b)).powi(2) };
                pairs().map(|(k, l)| ratio(scores[k], scores[l])).collect()
            }
        };
        Ok(Self { size, ordinal: distance == Distance::Ordinal, apart })
    }

    /// From each unit's summed coincidences and how many such units there are, as below.
    fn measure(&self, units: &[(Vec<f64>, u64)]) -> Result<Measure, Undefined> {
        if units.is_empty() {
            return Err(Undefined::NoPairableItems);
        }
        let mut sums = vec![0.0; self.width()];
        units.iter().for_each(|(row, number)| add(&mut sums, row, *number));
        let estimate = self.clone().value(&sums).ok_or(Undefined::OneLevelByAll)?;
        let complete = estimate == 1.0;
        let why = if complete { Undefined::CompleteAgreement } else { Undefined::NoVariation };
        Ok(Measure::Estimated(Estimate { estimate, se: None, interval: Err(why) }))
    }

    fn bootstrap(
        &self,
        measure: &Measure,
        units: Vec<(Vec<f64>, u64)>,
        resampling: Resampling,
    ) -> Result<Bootstrap, Undefined> {
        Patterns::of(self.width(), units).bootstrap(measure, resampling, &|| {
            let mut alpha = self.clone();
            Box::new(move |sums| alpha.value(sums))
        })
    }

    fn width(&self) -> usize {
        self.size + self.apart.len()
    }

    #[inline]
    fn value(&mut self, sums: &[f64]) -> Option<f64> {
        let (margins, coincidences) = sums.split_at(self.size);
        let n: f64 = margins.iter().sum();
        let (mut observed, mut expected) = (0.0, 0.0);
        let mut pair = 0;
        for (level, margin) in margins.iter().enumerate() {
            let mut span = margin / 2.0;
            for other in &margins[level + 1..] {
                if self.ordinal {
                    let to_other = span + other / 2.0;
                    self.apart[pair] = (to_other / n).powi(2);
                    span += other;
                }
                observed += coincidences[pair] * self.apart[pair];
                expected += margin * other * self.apart[pair];
                pair += 1;
            }
        }
        // Sums of terms that are not negative: zero only where every term is.
        (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
    }
}

/// One score for each level, scaled so that the largest is of size 1.
fn fitting(scores: &[f64], size: usize) -> Result<Vec<f64>, Undefined> {
    check(scores, size)?;
    let largest = scores.iter().fold(0.0, |largest: f64, score| largest.max(score.abs()));
    let scale = if largest > 0.0 { largest } else { 1.0 };
    Ok(scores.iter().map(|score| score / scale).collect())
}

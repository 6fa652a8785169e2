//! Statistics of the sums of what clusters hold: means, rates and their differences.

use super::jackknife::leave_one_out;
use crate::interval::{UPPER_TAIL, student_t, student_t_quantile};
use crate::rated_items::{effect_of_size, share_of_clusters};
use crate::{Bounds, Estimate, Interval, Measure, Method, Undefined};

/// A statistic of the sums of amounts over clusters, such as a mean over responses that come in
/// scenarios: each row of `clusters` holds what one cluster adds, all rows of one length.
/// `statistic` gives no value where it would be 0/0.
///
/// The standard error is the jackknife's over clusters, in the unit of the statistic and at least 0,
/// and the interval estimate ± Student's t with one degree of freedom less than clusters, whatever
/// their number: nothing is drawn. For a mean with equal weights that is the t interval of the
/// clusters' values. It allows for any dependence within a cluster.
///
/// Undefined where the statistic has no value. The estimate stands without an interval for fewer
/// than two clusters, where the clusters do not vary, and where leaving out one leaves no value.
///
/// Sources: J. W. Tukey (1958), *Annals of Mathematical Statistics* 29:614; with t and clusters:
/// J. G. MacKinnon, M. Ø. Nielsen and M. D. Webb (2023), arXiv 2301.04527.
///
/// # Example
/// A mean over clusters of one item has the interval of Student's t, 2.5 ± 3.182 · 1.291/2:
/// ```
/// use agreement::measure_clusters;
///
/// let clusters: Vec<Vec<f64>> = [1.0, 2.0, 3.0, 4.0].map(|grade| vec![grade, 1.0]).to_vec();
/// let mean = measure_clusters(&clusters, |sums| (sums[1] > 0.0).then(|| sums[0] / sums[1]));
/// let interval = mean.interval().unwrap();
/// assert_eq!(mean.estimate(), Some(2.5));
/// assert_eq!(format!("{:.3} to {:.3}", interval.lo, interval.hi), "0.446 to 4.554");
/// ```
pub fn measure_clusters(
    clusters: &[Vec<f64>],
    statistic: impl Fn(&[f64]) -> Option<f64>,
) -> Measure {
    of_sums(clusters, &statistic)
}

fn of_sums(clusters: &[Vec<f64>], statistic: &dyn Fn(&[f64]) -> Option<f64>) -> Measure {
    let statistic = |sums: &[f64]| statistic(sums).filter(|value| value.is_finite());
    if clusters.is_empty() {
        return Measure::Undefined(Undefined::NoItems);
    }
    let (before, after) = running_sums(clusters);
    let Some(estimate) = before.last().and_then(|all| statistic(all)) else {
        return Measure::Undefined(Undefined::NoItems);
    };
    let measured = |se, interval| Measure::Estimated(Estimate { estimate, se, interval });
    let count = clusters.len();
    if count < 2 {
        return measured(None, Err(Undefined::FewClusters { clusters: count, needed: 2 }));
    }
    let mut without = |left_out: usize| {
        let sums = before[left_out].iter().zip(&after[left_out + 1]);
        statistic(&sums.map(|(before, after)| before + after).collect::<Vec<_>>())
    };
    match leave_one_out(&vec![1; count], &mut without) {
        Ok(found) if found.se > NEGLIGIBLE => {
            measured(Some(found.se), Ok(student_t(estimate, found.se, count as f64 - 1.0)))
        }
        Ok(_) => measured(Some(0.0), Err(Undefined::ClustersAlike)),
        Err(reason) => measured(None, Err(reason)),
    }
}

/// How far two sides differ in mean grade, such as the same cases asked in two framings, from what `clusters`
/// hold: pairs, each with both sides. `statistic` is the difference of sums over them, as for
/// [`measure_clusters`].
///
/// In grades, with the jackknife's standard error over clusters. The interval allows for a pseudo-pair, of
/// whose responses a third are one grade apart: the plain one is too short where most pairs do not differ,
/// and where none does there is none.
///
/// ```text
/// s² = SE² + (d²/G)²/3,   θ ± t·s with G − 1 degrees of freedom
/// ```
///
/// d is `weight_effect`, as for [`mean_clusters`]: G/d pairs are then seen, and the pseudo-pair is d pairs.
///
/// Undefined where the statistic has no value; the estimate stands without an interval for fewer than two
/// clusters, and where leaving out one leaves no value.
///
/// # Example
/// Gaps of 0, 1 and 2: 1 ± 4.303 √(1/3 + 1/27), and plainly 1 ± 4.303 √(1/3):
/// ```
/// use agreement::gap_clusters;
///
/// let pairs: Vec<Vec<f64>> = [0.0, 1.0, 2.0].map(|gap| vec![gap, 1.0]).to_vec();
/// let gap = gap_clusters(&pairs, 1.0, |sums| (sums[1] > 0.0).then(|| sums[0] / sums[1]));
/// let interval = gap.interval().unwrap();
/// assert_eq!(format!("{:.3} {:.3}", gap.estimate().unwrap(), interval.lo), "1.000 -1.619");
/// assert_eq!(format!("{:.3}", interval.plain.unwrap().lo), "-1.484");
/// ```
pub fn gap_clusters(
    clusters: &[Vec<f64>],
    weight_effect: f64,
    statistic: impl Fn(&[f64]) -> Option<f64>,
) -> Measure {
    let unseen = weight_effect * weight_effect / clusters.len() as f64;
    with_unseen(measure_clusters(clusters, statistic), unseen, clusters.len())
}

/// The mean over items, which come in clusters, of differences of grades, such as a judge's grade less a
/// physician's: of each cluster the sum of its differences, and how many items it has.
///
/// As [`gap_clusters`], with n items, m in a cluster on average, and a pseudo-item of c = 1 + 0.1 (m − 1)
/// items: s² = SE² + (c·d/n)²/3. Items with weights have them scaled as for [`mean_clusters`].
///
/// # Example
/// Three clusters of one item have the interval of [`gap_clusters`]:
/// ```
/// use agreement::difference_clusters;
///
/// let difference = difference_clusters(&[[0.0, 1.0], [1.0, 1.0], [2.0, 1.0]], 1.0);
/// assert_eq!(difference.estimate(), Some(1.0));
/// let lo = difference.interval().unwrap().lo;
/// assert_eq!(format!("{lo:.3}"), "-1.619"); // 1 - 4.303 √(1/3 + 1/27)
/// ```
pub fn difference_clusters(clusters: &[[f64; 2]], weight_effect: f64) -> Measure {
    let rows: Vec<Vec<f64>> = clusters.iter().map(|row| row.to_vec()).collect();
    let sum = |of: fn(f64) -> f64| clusters.iter().map(|row| of(row[1])).sum::<f64>();
    let (n, squares) = (sum(|n| n), sum(|n| n * n));
    let unseen = effect_of_size(squares / n) * weight_effect / n;
    with_unseen(measure_clusters(&rows, ratio), unseen, rows.len())
}

/// A difference of rates between two sides, such as hit rates on the same cases asked in two framings, from
/// what `clusters` hold: cases, each with trials on both sides. `statistic` is the difference of sums over
/// them, as for [`measure_clusters`].
///
/// From −1 to 1, with the jackknife's standard error over clusters. The interval allows for a pseudo-trial on
/// either side, of which a third differ: s² = SE² + `step`²/3, where `step` is [`rate_step`]'s. The plain one
/// is too short where most trials end alike, and where no case differs there is none.
///
/// Undefined where the statistic has no value; the estimate stands without an interval for fewer than two
/// clusters, and where leaving out one leaves no value.
///
/// # Example
/// Three cases, each with one trial on two sides: three hits on one, one on the other:
/// ```
/// use agreement::{rate_clusters, rate_step};
///
/// let hits = [[1.0, 1.0], [1.0, 0.0], [1.0, 0.0]];
/// let cases = hits.map(|[first, second]| vec![first, 1.0, second, 1.0]);
/// let step = rate_step(&[[1.0, 1.0]; 3], 1.0);
/// let gap = rate_clusters(&cases, step, |sums| {
///     (sums[1] > 0.0 && sums[3] > 0.0).then(|| sums[0] / sums[1] - sums[2] / sums[3])
/// });
/// assert_eq!(format!("{:.4}", gap.estimate().unwrap()), "0.6667");
/// assert_eq!(format!("{:.4}", gap.se().unwrap()), "0.3333"); // of 0, 1, 1: sqrt(1/3 / 3)
/// ```
pub fn rate_clusters(
    clusters: &[Vec<f64>],
    step: f64,
    statistic: impl Fn(&[f64]) -> Option<f64>,
) -> Measure {
    with_unseen(measure_clusters(clusters, statistic), step, clusters.len())
}

/// How far one trial more on either side moves a difference of rates, with `trials` on both sides in each
/// cluster: c·d·(1/n + 1/m)/2 for n and m in all, c the design effect of as many as a cluster has on one
/// side, d `weight_effect`. Trials with weights have them scaled as for [`mean_clusters`].
///
/// # Example
/// One trial more among three on either side moves the difference of rates by (1/3 + 1/3) / 2:
/// ```
/// use agreement::rate_step;
///
/// assert_eq!(format!("{:.4}", rate_step(&[[1.0, 1.0]; 3], 1.0)), "0.3333");
/// ```
pub fn rate_step(trials: &[[f64; 2]], weight_effect: f64) -> f64 {
    let sum = |of: fn(&[f64; 2]) -> f64| trials.iter().map(of).sum::<f64>();
    let (n, m) = (sum(|of| of[0]), sum(|of| of[1]));
    let squares = sum(|of| (of[0] + of[1]) * (of[0] + of[1])) / 2.0;
    effect_of_size(squares / (n + m)) * weight_effect * (1.0 / n + 1.0 / m) / 2.0
}

fn ratio(sums: &[f64]) -> Option<f64> {
    (sums[1] > 0.0).then(|| sums[0] / sums[1])
}

/// With an interval that allows for differences in `unseen`, a part of what was seen.
fn with_unseen(measure: Measure, unseen: f64, clusters: usize) -> Measure {
    let Measure::Estimated(Estimate { estimate, se: Some(se), interval: plain }) = measure else {
        return measure;
    };
    let spread = (se * se + APART * unseen * unseen).sqrt();
    let reach = student_t_quantile(clusters as f64 - 1.0, UPPER_TAIL) * spread;
    let beside = plain.ok().map(|plain| Bounds::of(&plain));
    let own = Interval::between(estimate - reach, estimate + reach, Method::AugmentedJackknife);
    let interval = Ok(Interval { plain: beside, ..own });
    Measure::Estimated(Estimate { estimate, se: Some(se), interval })
}

/// The mean square of the differences of a pseudo-pair: a third of it is one grade apart.
pub(crate) const APART: f64 = 1.0 / 3.0;

/// A share of items that come in clusters: of each what its items that have a thing add up to, and how
/// many items it has. An item may have a part of it, from 0 to 1.
///
/// A proportion, 0 to 1, with the jackknife's standard error over clusters and Wilson's interval for as
/// many items as those in clusters are worth (docs/statistics.md, "The default interval"), which keeps
/// within 0 and 1 and has a width at both ends. Items with weights have them scaled to add up to Kish's
/// effective number of items.
///
/// Undefined without items; the estimate stands without an interval for fewer than two clusters.
///
/// # Example
/// ```
/// use agreement::{Method, share_clusters};
///
/// let share = share_clusters(&[[1.0, 2.0], [0.0, 2.0], [2.0, 2.0], [0.0, 2.0]]);
/// assert_eq!(share.estimate(), Some(0.375)); // 3 of 8
/// assert_eq!(format!("{:.4}", share.se().unwrap()), "0.2394"); // of .5, 0, 1, 0: sqrt(0.6875 / 12)
/// assert_eq!(share.interval().unwrap().method, Method::WilsonDesignEffect);
/// ```
pub fn share_clusters(clusters: &[[f64; 2]]) -> Measure {
    of_clusters(clusters, |rows| share_of_clusters(rows, 1.0))
}

/// A mean grade of items that come in clusters: of each the sum of its grades, and how many items it has.
/// `grades` are those of the scale.
///
/// In the unit of the grades, with the jackknife's standard error over clusters. The interval is the
/// jackknife's after adding a pseudo-item that has every grade alike, with Student's t of an effective
/// number of clusters about the mean with it, stretched to the estimate and cut at the ends of the scale:
/// the plain one is too short where most items have one grade. With A the sums after adding it, c = 1 + 0.1 (m − 1) its size, and f the mean:
///
/// ```text
/// s² = G/(G + 1) · ( Σ (f(A − T_g) − f(A))² + c² Σ eₖ²/K ),   eₖ = (f(A without the c/K at grade k) − f(A)) K/c
/// ```
///
/// Items with weights have them scaled to add up to Kish's effective number of items, (Σ w)²/Σ w², and the
/// pseudo-item grows by `weight_effect`, the number of items over that: 1 where all weigh the same.
///
/// Undefined without items; the estimate stands without an interval for fewer than two clusters.
///
/// # Example
/// Grades 0 to 4 of five single items; beside the default interval the plain one, 2 ± 2.776 √(2.5 / 5):
/// ```
/// use agreement::mean_clusters;
///
/// let grades = [0.0, 1.0, 2.0, 3.0, 4.0];
/// let mean = mean_clusters(&grades.map(|grade| [grade, 1.0]), &grades, 1.0);
/// let plain = mean.interval().unwrap().plain.unwrap();
/// assert_eq!(mean.estimate(), Some(2.0));
/// assert_eq!(format!("[{:.3}, {:.3}]", plain.lo, plain.hi), "[0.037, 3.963]");
/// ```
pub fn mean_clusters(clusters: &[[f64; 2]], grades: &[f64], weight_effect: f64) -> Measure {
    of_clusters(clusters, |rows| augmented_mean(rows, grades, weight_effect))
}

/// An estimate with its standard error and `interval`.
fn of_clusters(
    clusters: &[[f64; 2]],
    interval: impl Fn(&[([f64; 2], f64)]) -> Interval,
) -> Measure {
    let rows: Vec<Vec<f64>> = clusters.iter().map(|row| row.to_vec()).collect();
    let Measure::Estimated(plain) = measure_clusters(&rows, ratio) else {
        return Measure::Undefined(Undefined::NoItems);
    };
    let held: Vec<([f64; 2], f64)> =
        clusters.iter().filter(|row| row[1] > 0.0).map(|row| (*row, 1.0)).collect();
    if held.len() < 2 {
        return Measure::Estimated(plain);
    }
    let beside = plain.interval.ok().map(|plain| Bounds::of(&plain));
    let interval = Ok(Interval { plain: beside, ..interval(&held) });
    Measure::Estimated(Estimate { interval, ..plain })
}

fn augmented_mean(rows: &[([f64; 2], f64)], grades: &[f64], weight_effect: f64) -> Interval {
    let sum = |of: &dyn Fn(&[f64; 2]) -> f64| -> f64 { rows.iter().map(|(row, _)| of(row)).sum() };
    let (total, n, squares) = (sum(&|row| row[0]), sum(&|row| row[1]), sum(&|row| row[1] * row[1]));
    let effective = n * n / squares;
    let mass = effect_of_size(n / effective) * weight_effect;
    let each = mass / grades.len() as f64;
    let all = [total + each * grades.iter().sum::<f64>(), n + mass];
    let centre = all[0] / all[1];
    let moved = |taken: [f64; 2]| (all[0] - taken[0]) / (all[1] - taken[1]) - centre;
    let seen = sum(&|row| moved(*row).powi(2));
    let unseen: f64 = grades.iter().map(|grade| moved([each * grade, each]).powi(2)).sum();
    // c² Σ (moved / each)² / K, as each is c/K.
    let unseen = unseen * grades.len() as f64;
    let clusters = rows.len() as f64;
    let spread = (clusters / (clusters + 1.0) * (seen + unseen)).sqrt();
    let reach = student_t_quantile((effective - 1.0).max(1.0), UPPER_TAIL) * spread;
    let end = |of: fn(f64, f64) -> f64, start| grades.iter().copied().fold(start, of);
    let (lowest, highest) = (end(f64::min, f64::INFINITY), end(f64::max, f64::NEG_INFINITY));
    let estimate = total / n;
    let (lo, hi) = ((centre - reach).max(lowest), (centre + reach).min(highest));
    Interval::between(lo.min(estimate), hi.max(estimate), Method::AugmentedJackknife)
}

/// At each place the sums of the rows before it, and those of the rows from it on: added up without
/// a row rather than taken from the sum of all, so that nothing is left but what is there.
fn running_sums(rows: &[Vec<f64>]) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let width = rows.first().map_or(0, Vec::len);
    let (mut before, mut after) = (vec![vec![0.0; width]], vec![vec![0.0; width]]);
    let plus = |sums: &[f64], row: &[f64]| sums.iter().zip(row).map(|(a, b)| a + b).collect();
    for (place, (first, last)) in rows.iter().zip(rows.iter().rev()).enumerate() {
        before.push(plus(&before[place], first));
        after.push(plus(&after[place], last));
    }
    after.reverse();
    (before, after)
}

/// A standard error this small is rounding.
const NEGLIGIBLE: f64 = 1e-12;

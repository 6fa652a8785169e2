//! Krippendorff's alpha.

use crate::raters::items::{Item, Items};
use crate::scores::{check, scaled_to_range};
use crate::{Estimate, Measure, RatingMatrix, Undefined};

/// How far apart two levels are for Krippendorff's alpha.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distance<'a> {
    /// 1 for any two different levels.
    Nominal,
    /// The square of how many ratings lie from one level to the other, the two levels by half. It
    /// depends on how often the levels were used, so it is another in every resample, and an
    /// unused level does not count.
    Ordinal,
    /// The squared difference of the levels' scores: one score for each level.
    Interval(&'a [f64]),
    /// The squared ratio of the difference of the levels' scores to their sum: one score for each
    /// level, none below 0.
    Ratio(&'a [f64]),
}

/// Krippendorff's alpha: the share of the disagreement expected by chance, given how often the
/// pairable ratings used the levels, that two ratings of an item avoided, corrected for the number
/// of ratings.
///
/// Unitless, at most 1; any number of raters, any ratings missing. An item counts by the number of
/// its ratings; items with one rating do not count. The standard error is that of the items'
/// influence on alpha (infinitesimal jackknife, divisor n − 1), which for the ordinal distance
/// includes their influence on the distance; the interval is normal. Prefer a bootstrap interval
/// where items are few.
///
/// Undefined where no item has two ratings, where all pairable ratings are of one level or one
/// score, and for scores that do not fit: one for each level, at most 1e100 in size, none below 0
/// for the ratio distance. With a single pairable item the estimate stands without a standard
/// error; where every item contributes the same, with standard error 0 and without an interval.
///
/// Sources: K. Krippendorff (2004), *Content Analysis*, 2nd edition, Sage, chapter 11; (2011),
/// Computing Krippendorff's alpha-reliability, University of Pennsylvania; standard error:
/// L. A. Jaeckel (1972), The infinitesimal jackknife, Bell Laboratories MM 72-1215-11.
///
/// # Example
/// Krippendorff's four coders of twelve units, a dot where a rating is missing; he prints these (2011):
/// ```
/// use agreement::{Distance, RatingMatrix, krippendorff_alpha};
///
/// let units = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 .3..";
/// let level = |grade: char| grade.to_digit(10).map(|grade| grade as usize - 1);
/// let rows = units.split(' ').map(|unit| unit.chars().map(level).collect::<Vec<_>>());
/// let matrix = RatingMatrix::from_rows(5, &rows.collect::<Vec<_>>()).unwrap();
/// let scores = [1.0, 2.0, 3.0, 4.0, 5.0];
/// let (interval, ratio) = (Distance::Interval(&scores), Distance::Ratio(&scores));
/// let alpha = |distance| krippendorff_alpha(&matrix, distance).estimate().unwrap();
/// let printed = [Distance::Nominal, Distance::Ordinal, interval, ratio]
///     .map(|distance| format!("{:.3}", alpha(distance)));
/// assert_eq!(printed, ["0.743", "0.815", "0.849", "0.797"]);
/// ```
pub fn krippendorff_alpha(matrix: &RatingMatrix, distance: Distance) -> Measure {
    estimated(matrix, distance).into()
}

fn estimated(matrix: &RatingMatrix, distance: Distance) -> Result<Estimate, Undefined> {
    distance.fit(matrix.size())?;
    let items = Items::of(matrix)?.only_pairable();
    let size = items.size;
    let mean_ratings = items.mean(|item| item.ratings);
    let ratings = items.n * mean_ratings;
    let mut shares = vec![0.0; size];
    for item in &items.rows {
        for &(level, raters) in &item.levels {
            shares[level] += item.count * raters / ratings;
        }
    }
    let apart = distance.matrix(&shares);
    let between = |k: usize, l: usize| apart[k * size + l];

    // An item's pairs count by 1 / (its ratings − 1), so that each of its ratings counts once.
    let own = |item: &Item| item.pair_sum(between) / (item.ratings - 1.0);
    let observed = items.mean(own) / mean_ratings;
    let level_apart: Vec<f64> =
        (0..size).map(|k| (0..size).map(|l| shares[l] * between(k, l)).sum()).collect();
    let expected: f64 = shares.iter().zip(&level_apart).map(|(p, apart)| p * apart).sum();
    if expected == 0.0 {
        return Err(Undefined::OneLevelByAll);
    }
    let small_sample = (ratings - 1.0) / ratings;
    let ratio = observed / expected;

    // How much one more rating at each level moves the observed disagreement less `ratio` times
    // the expected one: through the expected pairs and, for the ordinal distance, the distance.
    let mut level_shift: Vec<f64> = level_apart.iter().map(|apart| -2.0 * ratio * apart).collect();
    if distance == Distance::Ordinal {
        let excess = excess_coincidences(&items, &shares, ratings, ratio);
        let moved = moved_distances(&excess, &shares);
        level_shift.iter_mut().zip(moved).for_each(|(shift, moved)| *shift += moved);
    }
    let influence: Vec<f64> = items
        .rows
        .iter()
        .map(|item| {
            let shift = item.ratings * item.mean(|level| level_shift[level]);
            (item.ratings * observed + small_sample * (own(item) + shift)) / mean_ratings
        })
        .collect();
    let largest = items.rows.iter().map(|item| item.ratings).fold(1.0, f64::max);
    Ok(items.linearised(1.0 - small_sample * ratio, expected, &influence, largest))
}

impl Distance<'_> {
    pub(crate) fn fit(self, levels: usize) -> Result<(), Undefined> {
        let (Self::Interval(scores) | Self::Ratio(scores)) = self else { return Ok(()) };
        check(scores, levels)?;
        if matches!(self, Self::Ratio(_)) && scores.iter().any(|&score| score < 0.0) {
            return Err(Undefined::NegativeScore);
        }
        Ok(())
    }

    /// The distances of size 1 between all levels, row by row.
    pub(crate) fn matrix(self, shares: &[f64]) -> Vec<f64> {
        let size = shares.len();
        let levels = || (0..size).flat_map(|k| (0..size).map(move |l| (k, l)));
        match self {
            Self::Nominal => levels().map(|(k, l)| if k == l { 0.0 } else { 1.0 }).collect(),
            Self::Ordinal => {
                let mut apart = vec![0.0; size * size];
                for (k, l, span) in spans(shares) {
                    apart[k * size + l] = span * span;
                    apart[l * size + k] = span * span;
                }
                apart
            }
            Self::Interval(scores) => {
                let scores = scaled_to_range(scores);
                levels().map(|(k, l)| (scores[k] - scores[l]).powi(2)).collect()
            }
            Self::Ratio(scores) => levels()
                .map(|(k, l)| {
                    if scores[k] == scores[l] {
                        return 0.0;
                    }
                    let largest = scores[k].max(scores[l]);
                    let (a, b) = (scores[k] / largest, scores[l] / largest);
                    ((a - b) / (a + b)).powi(2)
                })
                .collect(),
        }
    }
}

/// For each two levels k < l the share of the ratings that lies from one to the other, the two by
/// half.
fn spans(shares: &[f64]) -> impl Iterator<Item = (usize, usize, f64)> {
    (0..shares.len()).flat_map(move |k| {
        shares[k..].windows(2).enumerate().scan(0.0, move |span, (step, pair)| {
            *span += (pair[0] + pair[1]) / 2.0;
            Some((k, k + 1 + step, *span))
        })
    })
}

/// For each pair of levels by how much its observed share of the pairs exceeds `ratio` times the
/// expected share, row by row.
fn excess_coincidences(items: &Items, shares: &[f64], ratings: f64, ratio: f64) -> Vec<f64> {
    let size = items.size;
    let mut excess: Vec<f64> =
        shares.iter().flat_map(|p| shares.iter().map(move |q| -ratio * p * q)).collect();
    for item in &items.rows {
        let weight = item.count / (item.ratings - 1.0) / ratings;
        for &(k, raters) in &item.levels {
            for &(l, others) in item.levels.iter().filter(|&&(l, _)| l != k) {
                excess[k * size + l] += weight * raters * others;
            }
        }
    }
    excess
}

/// For each level how one more rating there moves Σ excess · distance through the ordinal distance
/// alone: the span of two levels grows by all of a rating between them and by half of one at them.
fn moved_distances(excess: &[f64], shares: &[f64]) -> Vec<f64> {
    let size = shares.len();
    let mut moved = vec![0.0; size];
    // Differences, so that all levels between two take one step.
    let mut steps = vec![0.0; size + 1];
    for (k, l, span) in spans(shares) {
        let change = 2.0 * span * (excess[k * size + l] + excess[l * size + k]);
        moved[k] += change / 2.0;
        moved[l] += change / 2.0;
        steps[k + 1] += change;
        steps[l] -= change;
    }
    let mut between = 0.0;
    for (moved, step) in moved.iter_mut().zip(steps) {
        between += step;
        *moved += between;
    }
    moved
}

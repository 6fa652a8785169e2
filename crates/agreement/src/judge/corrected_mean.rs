//! The mean grade that a judge's grades represent, given how it errs.

use crate::scores::check;
use crate::{Estimate, Measure, Undefined};

/// A judge's grades, and how it errs: weights of items by level.
///
/// Items with a rating tell how often the judge gives level b where the rater gives level a; items
/// of interest, with a rating or without, tell how often it gives each level.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgedLevels {
    size: usize,
    /// By the rater's level, then by the judge's.
    known: Vec<f64>,
    /// By the judge's level.
    judged: Vec<f64>,
}

/// The levels that a judge's grades represent.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CorrectedLevels {
    /// The share of each level, 0 to 1; they add up to 1.
    pub shares: Vec<f64>,
    /// Whether they had to be kept from falling below 0: the judge's grades then lie outside what its
    /// errors allow, and these shares are the nearest. Its errors do not fit these items, or too few
    /// items tell them.
    pub cut: bool,
}

impl JudgedLevels {
    /// Of a scale of `size` levels, without items.
    pub fn empty(size: usize) -> Self {
        Self { size, known: vec![0.0; size * size], judged: vec![0.0; size] }
    }

    /// Adds an item that the rater puts at level `rated` and the judge at `judged`, counted from 0;
    /// `weight` is how many items it represents. Levels off the scale and weights not above 0 are
    /// not counted.
    pub fn record_known(&mut self, rated: usize, judged: usize, weight: f64) {
        if rated < self.size && judged < self.size && weight > 0.0 && weight.is_finite() {
            self.known[rated * self.size + judged] += weight;
        }
    }

    /// Adds an item of interest that the judge puts at level `judged`, under the same rules.
    pub fn record_judged(&mut self, judged: usize) {
        if judged < self.size {
            self.judged[judged] += 1.0;
        }
    }

    /// Adds the items of another, of as many levels.
    pub(crate) fn add(&mut self, other: &Self) {
        self.known.iter_mut().zip(&other.known).for_each(|(sum, more)| *sum += more);
        self.judged.iter_mut().zip(&other.judged).for_each(|(sum, more)| *sum += more);
    }

    /// The number of levels.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// All weights in a row, known items first.
    pub(crate) fn amounts(&self) -> impl Iterator<Item = f64> {
        self.known.iter().chain(&self.judged).copied()
    }

    /// From what [`Self::amounts`] gives.
    pub(crate) fn refill(&mut self, amounts: &[f64]) {
        let (known, judged) = amounts.split_at(self.known.len().min(amounts.len()));
        self.known.copy_from_slice(known);
        self.judged.copy_from_slice(judged);
    }

    /// P(judge = b | rater = a) of the levels that the rater used, and which those are.
    fn errors(&self) -> (Vec<usize>, Vec<&[f64]>, Vec<f64>) {
        let rows = self.known.chunks_exact(self.size).enumerate();
        let used = rows.map(|(level, row)| (level, row, row.iter().sum::<f64>()));
        let used: Vec<_> = used.filter(|(_, _, sum)| *sum > 0.0).collect();
        (
            used.iter().map(|(level, ..)| *level).collect(),
            used.iter().map(|(_, row, _)| *row).collect(),
            used.iter().map(|(.., sum)| *sum).collect(),
        )
    }
}

/// The shares π of the rater's levels that best explain how often the judge gives each level:
/// p = Mᵀπ with M the judge's errors, P(judge = b | rater = a), solved on the simplex by least
/// squares. For two levels this is Rogan and Gladen's estimate, cut at 0 and 1.
///
/// Levels that the rater gave to no item are taken not to occur. The judge must err alike in the
/// items of interest and in those with a rating.
///
/// # Errors
/// [`Undefined::NoItems`] without items of interest or without known ones, and
/// [`Undefined::IndistinctJudge`] where M cannot be inverted: the judge's grades of two of the
/// rater's levels are distributed alike, or those of one as a mixture of others.
///
/// Sources: W. J. Rogan and B. Gladen (1978), *American Journal of Epidemiology* 107:71–76; many
/// levels: A. Tenenbein (1972), A double sampling scheme for estimating from misclassified multinomial
/// data with applications to sampling inspection, *Technometrics* 14:187–202; the active set: J.
/// Nocedal and S. J. Wright (2006), *Numerical Optimization*, 2nd edition, Springer, section 16.5.
///
/// # Example
/// With specificity .9 and sensitivity .8, 30 % found are (.3 + .9 − 1) / (.8 + .9 − 1) there:
/// ```
/// use agreement::{JudgedLevels, corrected_levels};
///
/// let mut items = JudgedLevels::empty(2);
/// for (rated, judged, weight) in [(0, 0, 90.0), (0, 1, 10.0), (1, 0, 20.0), (1, 1, 80.0)] {
///     items.record_known(rated, judged, weight);
/// }
/// (0..100).for_each(|item| items.record_judged(usize::from(item < 30)));
/// let found = corrected_levels(&items).unwrap();
/// assert_eq!(format!("{:.4} {}", found.shares[1], found.cut), "0.2857 false");
/// ```
pub fn corrected_levels(items: &JudgedLevels) -> Result<CorrectedLevels, Undefined> {
    let (levels, rows, sums) = items.errors();
    let judged: f64 = items.judged.iter().sum();
    if levels.is_empty() || judged <= 0.0 {
        return Err(Undefined::NoItems);
    }
    let used = levels.len();
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let gram: Vec<Vec<f64>> = (0..used)
        .map(|i| (0..used).map(|j| product(rows[i], rows[j]) / sums[i] / sums[j]).collect())
        .collect();
    let target: Vec<f64> =
        (0..used).map(|i| product(rows[i], &items.judged) / sums[i] / judged).collect();
    let (found, cut) = on_simplex(&gram, &target)?;
    let mut shares = vec![0.0; items.size];
    levels.iter().zip(found).for_each(|(&level, share)| shares[level] = share);
    Ok(CorrectedLevels { shares, cut })
}

/// The mean score of the corrected levels, without an interval, which
/// [`crate::bootstrap_corrected_mean`] gives. `scores` holds the number of each level.
///
/// Undefined as [`corrected_levels`] is, and for scores that do not fit.
///
/// # Example
/// A judge without errors who gives 2 to 30 % and 0 to the others:
/// ```
/// use agreement::{JudgedLevels, corrected_mean};
///
/// let mut items = JudgedLevels::empty(2);
/// items.record_known(0, 0, 1.0);
/// items.record_known(1, 1, 1.0);
/// (0..100).for_each(|item| items.record_judged(usize::from(item < 30)));
/// let mean = corrected_mean(&items, &[0.0, 2.0]).estimate().unwrap();
/// assert_eq!(format!("{mean:.3}"), "0.600");
/// ```
pub fn corrected_mean(items: &JudgedLevels, scores: &[f64]) -> Measure {
    let mean = || {
        check(scores, items.size)?;
        let levels = corrected_levels(items)?;
        let estimate = levels.shares.iter().zip(scores).map(|(share, score)| share * score).sum();
        Ok(Estimate { estimate, se: None, interval: Err(Undefined::NoFormula) })
    };
    mean().into()
}

/// Shares below this are rounding.
const NEGLIGIBLE: f64 = 1e-12;

/// A pivot this small, relative to the largest, means that the errors cannot be inverted.
const SINGULAR: f64 = 1e-9;

/// The π ≥ 0 with sum 1 that makes π'Gπ/2 − t'π least, and whether π ≥ 0 had to be enforced.
fn on_simplex(gram: &[Vec<f64>], target: &[f64]) -> Result<(Vec<f64>, bool), Undefined> {
    let used = target.len();
    let all: Vec<usize> = (0..used).collect();
    let (free, _) = with_sum_one(gram, target, &all).ok_or(Undefined::IndistinctJudge)?;
    if free.iter().all(|&share| share >= -NEGLIGIBLE) {
        return Ok((free.iter().map(|share| share.max(0.0)).collect(), false));
    }
    let worth = |level: &usize| gram[*level][*level] / 2.0 - target[*level];
    let best = all.iter().copied().min_by(|a, b| worth(a).total_cmp(&worth(b))).unwrap_or(0);
    let mut shares = vec![0.0; used];
    shares[best] = 1.0;
    let mut active = vec![best];
    // Each round lowers the objective or drops a level, and no set of levels comes twice.
    for _ in 0..50 * used {
        let (wanted, slope) =
            with_sum_one(gram, target, &active).ok_or(Undefined::IndistinctJudge)?;
        let step = active
            .iter()
            .zip(&wanted)
            .filter(|(_, wanted)| **wanted < -NEGLIGIBLE)
            .map(|(&level, wanted)| shares[level] / (shares[level] - wanted))
            .fold(1.0, f64::min);
        for (&level, wanted) in active.iter().zip(&wanted) {
            shares[level] += step * (wanted - shares[level]);
        }
        if step < 1.0 {
            active.retain(|&level| shares[level] > NEGLIGIBLE);
            continue;
        }
        let gradient = |level: usize| {
            gram[level].iter().zip(&shares).map(|(g, share)| g * share).sum::<f64>() - target[level]
        };
        let lower = all
            .iter()
            .filter(|level| !active.contains(level))
            .map(|&level| (gradient(level) - slope, level))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        match lower {
            Some((gain, level)) if gain < -NEGLIGIBLE => {
                active.push(level);
                active.sort_unstable();
            }
            _ => break,
        }
    }
    shares.iter_mut().for_each(|share| *share = share.max(0.0));
    let sum: f64 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= sum);
    Ok((shares, true))
}

/// The shares of `levels` with sum 1, of any sign, that make the objective least, and the slope that
/// all of them then have: Gauss's elimination of G π = t + slope with Σπ = 1.
fn with_sum_one(gram: &[Vec<f64>], target: &[f64], levels: &[usize]) -> Option<(Vec<f64>, f64)> {
    let of = |right: &dyn Fn(usize) -> f64| {
        let rows = levels.iter().map(|&i| {
            let row = levels.iter().map(|&j| gram[i][j]);
            row.chain([right(i)]).collect()
        });
        solve(rows.collect())
    };
    let (fitted, ones) = (of(&|level| target[level])?, of(&|_| 1.0)?);
    let slope = (1.0 - fitted.iter().sum::<f64>()) / ones.iter().sum::<f64>();
    Some((fitted.iter().zip(&ones).map(|(fit, one)| fit + slope * one).collect(), slope))
}

/// Solves the equations whose rows hold coefficients and right side; none where they are singular.
fn solve(mut rows: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let size = rows.len();
    let largest = rows.iter().enumerate().fold(0.0, |most: f64, (i, row)| most.max(row[i].abs()));
    for column in 0..size {
        let pivot = (column..size)
            .max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
        if rows[pivot][column].abs() <= SINGULAR * largest {
            return None;
        }
        rows.swap(column, pivot);
        let (above, below) = rows.split_at_mut(column + 1);
        let pivot = &above[column];
        for row in below {
            let factor = row[column] / pivot[column];
            row.iter_mut().zip(pivot).for_each(|(value, by)| *value -= factor * by);
        }
    }
    let mut found = vec![0.0; size];
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|column| rows[row][column] * found[column]).sum();
        found[row] = (rows[row][size] - known) / rows[row][row];
    }
    Some(found)
}

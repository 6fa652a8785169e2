//! The alternative annotator test: may a judge stand in for an annotator?

use serde::Serialize;

use crate::hypothesis::tail;
use crate::interval::student_t;
use crate::scores::check;
use crate::{Estimate, Measure, RatingMatrix, RatingRow, Undefined, benjamini_yekutieli};

/// Annotators that the test needs.
const FEWEST_ANNOTATORS: usize = 3;

/// Items that each of them needs, graded by the judge and by another annotator as well.
const FEWEST_ITEMS: u64 = 30;

/// The largest expected share of false wins among the wins.
const FALSE_DISCOVERIES: f64 = 0.05;

/// The winning rate from which the judge passes.
const PASS: f64 = 0.5;

/// How close a rating is to the other annotators' ratings of the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Closeness {
    /// The share of them that is of the same level.
    Exact,
    /// Less the root of the mean square distance of the scores.
    Distance,
}

/// The outcome of the alternative annotator test.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AlternativeAnnotator {
    /// How closeness was measured.
    pub closeness: Closeness,
    /// ε: by how much the annotator may be closer more often than the judge, as a share of items.
    pub epsilon: f64,
    /// ω: the share of annotators against whom the judge wins, 0 to 1.
    pub winning_rate: f64,
    /// Whether the winning rate is at least one half.
    pub passed: bool,
    /// ρ: the share of items on which the judge is at least as close as the annotator, averaged over
    /// annotators, 0 to 1, with Student's t interval from the units' influence on it.
    pub advantage: Measure,
    /// What the test took as independent: items, or clusters of them.
    pub units: u64,
    /// Against each annotator, in the order of the columns.
    pub annotators: Vec<AgainstAnnotator>,
    /// Columns of annotators with too few items, which were left out with their ratings.
    pub left_out: Vec<usize>,
}

/// The judge against one annotator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgainstAnnotator {
    /// The annotator's column; the judge's is 0.
    pub annotator: usize,
    /// Items that both graded, and another annotator too.
    pub n: u64,
    /// The share of them on which the judge is at least as close.
    pub judge: f64,
    /// The share of them on which the annotator is.
    pub human: f64,
    /// One-sided p of the hypothesis that the annotator's share exceeds the judge's by ε or more.
    pub p: f64,
    /// The same, corrected by Benjamini and Yekutieli over the annotators.
    pub p_adjusted: f64,
    /// Whether that is at most 0.05.
    pub won: bool,
}

/// The alternative annotator test of the first column of `matrix`, the judge, against the others,
/// the annotators. `scores` holds the number of each level, for [`Closeness::Distance`]; `epsilon`
/// is the advantage that an annotator is granted for being costly, 0.2 for experts.
///
/// For each annotator in turn the other annotators are the reference. On every item the judge and
/// the annotator are compared by how close they are to it; d is 1 where only the annotator is at
/// least as close, −1 where only the judge is, 0 where both are. The judge wins if the mean of d is
/// below ε by a one-sided t test, corrected over the annotators. Where d does not vary, p is 0 below
/// ε and 1 otherwise.
///
/// # Errors
/// [`Undefined::FewAnnotators`] with fewer than 3 annotators who have 30 items each,
/// [`Undefined::ScoreCount`] and [`Undefined::ScoreRange`] for scores that do not fit, and
/// [`Undefined::ScoreRange`] for an ε that is no number.
///
/// Source: N. Calderon, R. Reichart and R. Dror (2025), The alternative annotator test for
/// LLM-as-a-judge: how to statistically justify replacing human annotators with LLMs,
/// arXiv 2501.10970.
pub fn alternative_annotator(
    matrix: &RatingMatrix,
    scores: &[f64],
    closeness: Closeness,
    epsilon: f64,
) -> Result<AlternativeAnnotator, Undefined> {
    let units = matrix.rows().map(|row| (vec![(row, 1)], row.count())).collect();
    Comparison { units, raters: matrix.raters(), size: matrix.size(), scores, closeness, epsilon }
        .outcome()
}

/// [`alternative_annotator`] where the items come in clusters: each of `clusters` holds the items of
/// one, all of the same raters and levels. The t test takes clusters as independent, not items: its
/// variance is that of the clusters' sums, its degrees of freedom are their number less 1. With one
/// item to a cluster it is the test above.
///
/// # Errors
/// Those above, and [`Undefined::ClusterLevels`] for clusters of different raters or levels.
pub fn alternative_annotator_clusters(
    clusters: &[RatingMatrix],
    scores: &[f64],
    closeness: Closeness,
    epsilon: f64,
) -> Result<AlternativeAnnotator, Undefined> {
    let raters = clusters.first().map_or(0, RatingMatrix::raters);
    let size = clusters.first().map_or(scores.len(), RatingMatrix::size);
    if clusters.iter().any(|one| one.raters() != raters || one.size() != size) {
        return Err(Undefined::ClusterLevels);
    }
    let unit = |one| RatingMatrix::rows(one).map(|row| (row, row.count())).collect();
    let units = clusters.iter().map(|one| (unit(one), 1)).collect();
    Comparison { units, raters, size, scores, closeness, epsilon }.outcome()
}

/// Items with their number in one unit.
type Unit<'a> = Vec<(RatingRow<'a>, u64)>;

struct Comparison<'a> {
    /// Units, and how many there are of each.
    units: Vec<(Unit<'a>, u64)>,
    raters: usize,
    size: usize,
    scores: &'a [f64],
    closeness: Closeness,
    epsilon: f64,
}

/// What one unit adds to the sums of an annotator.
#[derive(Clone, Copy, Default)]
struct Sums {
    items: f64,
    judge: f64,
    human: f64,
}

impl Comparison<'_> {
    fn outcome(&self) -> Result<AlternativeAnnotator, Undefined> {
        check(self.scores, self.size)?;
        if !self.epsilon.is_finite() {
            return Err(Undefined::ScoreRange);
        }
        let kept = self.annotators()?;
        let compared: Vec<Vec<(Sums, u64)>> =
            kept.iter().map(|&annotator| self.sums(annotator, &kept)).collect();
        let p: Vec<f64> = compared.iter().map(|units| self.p(units)).collect();
        let adjusted = benjamini_yekutieli(&p)?;
        let annotators: Vec<AgainstAnnotator> = kept
            .iter()
            .zip(&compared)
            .zip(p.iter().zip(&adjusted))
            .map(|((&annotator, units), (&p, &p_adjusted))| {
                let all = total(units);
                AgainstAnnotator {
                    annotator,
                    n: all.items as u64,
                    judge: all.judge / all.items,
                    human: all.human / all.items,
                    p,
                    p_adjusted,
                    won: p_adjusted <= FALSE_DISCOVERIES,
                }
            })
            .collect();
        let won = annotators.iter().filter(|one| one.won).count();
        let winning_rate = won as f64 / annotators.len() as f64;
        Ok(AlternativeAnnotator {
            closeness: self.closeness,
            epsilon: self.epsilon,
            winning_rate,
            passed: winning_rate >= PASS,
            advantage: advantage(&compared),
            units: self.counted(&compared),
            annotators,
            left_out: (1..self.raters).filter(|annotator| !kept.contains(annotator)).collect(),
        })
    }

    /// The annotators with enough items. Leaving one out may leave another with too few.
    fn annotators(&self) -> Result<Vec<usize>, Undefined> {
        let mut kept: Vec<usize> = (1..self.raters).collect();
        loop {
            let enough = |&annotator: &usize| {
                total(&self.sums(annotator, &kept)).items >= FEWEST_ITEMS as f64
            };
            let next: Vec<usize> = kept.iter().copied().filter(enough).collect();
            if next.len() < FEWEST_ANNOTATORS {
                let (annotators, needed) = (next.len(), FEWEST_ANNOTATORS);
                return Err(Undefined::FewAnnotators { annotators, needed, items: FEWEST_ITEMS });
            }
            if next.len() == kept.len() {
                return Ok(kept);
            }
            kept = next;
        }
    }

    /// By unit, on how many items the judge and the annotator are at least as close as the other.
    fn sums(&self, annotator: usize, kept: &[usize]) -> Vec<(Sums, u64)> {
        let of = |unit: &Unit<'_>| {
            let mut sums = Sums::default();
            for (row, count) in unit {
                let Some((judge, human)) = row.rating(0).zip(row.rating(annotator)) else {
                    continue;
                };
                let others = kept.iter().filter(|&&other| other != annotator);
                let others: Vec<usize> = others.filter_map(|&other| row.rating(other)).collect();
                if others.is_empty() {
                    continue;
                }
                let (judge, human) = (self.far(judge, &others), self.far(human, &others));
                let count = *count as f64;
                sums.items += count;
                sums.judge += if judge <= human { count } else { 0.0 };
                sums.human += if human <= judge { count } else { 0.0 };
            }
            sums
        };
        self.units.iter().map(|(unit, count)| (of(unit), *count)).collect()
    }

    /// How far a level is from the others' levels, in an order that is the reverse of closeness.
    fn far(&self, level: usize, others: &[usize]) -> f64 {
        let apart = |other: &usize| match self.closeness {
            Closeness::Exact => f64::from(u8::from(*other != level)),
            Closeness::Distance => (self.scores[level] - self.scores[*other]).powi(2),
        };
        others.iter().map(apart).sum()
    }

    fn p(&self, units: &[(Sums, u64)]) -> f64 {
        let all = total(units);
        let mean = (all.human - all.judge) / all.items;
        let influence = |unit: &Sums| (unit.human - unit.judge - mean * unit.items) / all.items;
        let compared = units.iter().filter(|(unit, _)| unit.items > 0.0);
        let Some((se, freedom)) = deviation(compared.map(|(unit, n)| (influence(unit), *n))) else {
            return if mean < self.epsilon { 0.0 } else { 1.0 };
        };
        tail::student_t((self.epsilon - mean) / se, freedom)
    }

    /// Units in which some annotator could be compared.
    fn counted(&self, compared: &[Vec<(Sums, u64)>]) -> u64 {
        let counts = self.units.iter().enumerate().map(|(at, (_, count))| {
            let any = compared.iter().any(|units| units[at].0.items > 0.0);
            if any { *count } else { 0 }
        });
        counts.sum()
    }
}

fn total(units: &[(Sums, u64)]) -> Sums {
    units.iter().fold(Sums::default(), |all, (unit, count)| {
        let count = *count as f64;
        Sums {
            items: all.items + count * unit.items,
            judge: all.judge + count * unit.judge,
            human: all.human + count * unit.human,
        }
    })
}

/// The mean over annotators of the judge's share.
fn advantage(compared: &[Vec<(Sums, u64)>]) -> Measure {
    let totals: Vec<Sums> = compared.iter().map(|units| total(units)).collect();
    let annotators = compared.len() as f64;
    let share = |all: &Sums| all.judge / all.items;
    let estimate = totals.iter().map(share).sum::<f64>() / annotators;
    let units = compared.first().map_or(0, Vec::len);
    let influence = |at: usize| {
        let one = |(units, all): (&Vec<(Sums, u64)>, &Sums)| {
            let unit = units[at].0;
            (unit.judge - share(all) * unit.items) / all.items
        };
        compared.iter().zip(&totals).map(one).sum::<f64>() / annotators
    };
    let counted = |at: &usize| compared.iter().any(|units| units[*at].0.items > 0.0);
    let weighted = (0..units).filter(counted).map(|at| (influence(at), compared[0][at].1));
    let (se, interval) = match deviation(weighted) {
        Some((se, freedom)) => (Some(se), Ok(student_t(estimate, se, freedom))),
        None => (Some(0.0), Err(Undefined::NoVariation)),
    };
    Measure::Estimated(Estimate { estimate, se, interval })
}

/// Below this an influence is rounding.
const NEGLIGIBLE: f64 = 1e-15;

/// The standard error of a sum of influences, and its degrees of freedom; none where they do not
/// vary. Units with nothing to compare are not among them.
fn deviation(influences: impl Iterator<Item = (f64, u64)>) -> Option<(f64, f64)> {
    let (mut squares, mut units, mut varies) = (0.0, 0.0, false);
    for (influence, count) in influences {
        squares += influence * influence * count as f64;
        units += count as f64;
        varies |= influence.abs() > NEGLIGIBLE;
    }
    (varies && units > 1.0).then(|| ((squares * units / (units - 1.0)).sqrt(), units - 1.0))
}

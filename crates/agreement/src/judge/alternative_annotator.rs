//! The alternative annotator test: may a judge stand in for an annotator?

mod against;
mod by_level;

use crate::rated_items::share_of_clusters;
use crate::scores::check;
use crate::{Estimate, Measure, Undefined, benjamini_yekutieli};
use against::{Against, Unit, deviation, effective};

pub use by_level::{AtConsensus, alternative_annotator_by_level};

/// Annotators that the test needs; with two, each is in turn the expert for the other.
const FEWEST_ANNOTATORS: usize = 2;

/// Items that each of them needs, graded by the judge and by another annotator as well.
const FEWEST_ITEMS: u64 = 30;

/// The largest expected share of false wins among the wins.
const FALSE_DISCOVERIES: f64 = 0.05;

/// The winning rate from which the judge passes.
const PASS: f64 = 0.5;

/// An item with the levels that the judge and the annotators gave it.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotated {
    /// The judge's level, then each annotator's, none where there is no rating. All items have the
    /// same annotators, in the same order.
    pub levels: Vec<Option<usize>>,
    /// How many items it represents: one over the probability with which it was drawn. Above 0; only
    /// the ratios of weights count.
    pub weight: f64,
    /// Items of one cluster depend on each other.
    pub cluster: usize,
}

/// How close a rating is to the other annotators' ratings of the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Closeness {
    /// The share of them that is of the same level.
    Exact,
    /// Less the root of the mean square distance of the scores.
    Distance,
}

/// How the test is run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AnnotatorTest {
    /// How closeness is measured.
    pub closeness: Closeness,
    /// ε: by how much the annotator may be closer more often than the judge, as a share of items; 0.2
    /// for experts, who cost most.
    pub epsilon: f64,
    /// Whether each level that is the consensus of the other annotators counts alike, however rare.
    pub balanced: bool,
}

/// The outcome of the alternative annotator test.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct AlternativeAnnotator {
    /// ω: the share of annotators against whom the judge wins, 0 to 1.
    pub winning_rate: f64,
    /// Whether the winning rate is at least one half.
    pub passed: bool,
    /// ρ: the share of items on which the judge is at least as close as the annotator, averaged over
    /// annotators, 0 to 1, with Wilson's interval for as many items as the units are worth.
    pub advantage: Measure,
    /// What the test took as independent: items, or clusters of them.
    pub units: u64,
    /// Against each annotator, in the order of the columns.
    pub annotators: Vec<AgainstAnnotator>,
    /// Columns of annotators with too few items, which were left out with their ratings.
    pub left_out: Vec<usize>,
}

/// The judge against one annotator.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct AgainstAnnotator {
    /// The annotator's column; the judge's is 0.
    pub annotator: usize,
    /// Items that both graded, and another annotator too.
    pub n: u64,
    /// The share of them on which the judge is at least as close.
    pub judge: f64,
    /// The share of them on which the annotator is.
    pub human: f64,
    /// One-sided p of the hypothesis that the annotator's share exceeds the judge's by ε or more, by the
    /// t test; undefined where the differences do not vary.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::serialize::value_or_reason"))]
    pub p: Result<f64, Undefined>,
    /// The same, corrected by Benjamini and Yekutieli over the annotators. Where there is no t test, of
    /// the largest probability under the hypothesis that no difference varies.
    pub p_adjusted: f64,
    /// Whether that is at most 0.05.
    pub won: bool,
}

/// The alternative annotator test of the first column of `items`, the judge, against the others, the
/// annotators. `scores` holds the number of each level.
///
/// For each annotator in turn the other annotators are the reference. On every item the judge and
/// the annotator are compared by how close they are to it; d is 1 where only the annotator is at
/// least as close, −1 where only the judge is, 0 where both are. The judge wins if the mean of d is
/// below ε by a one-sided t test, corrected over the annotators. Where d does not vary there is no t
/// test: the win is decided by the largest probability under the hypothesis that all u units show
/// this d, (1 − ε)^u for d = 0 < ε and ((1 − ε)/2)^u for d = −1. The authors' program takes 0.
///
/// Of two annotators each is in turn the expert whom the judge and the other are compared with:
/// without a third there is no consensus, and the authors think the test less reliable.
///
/// *Balanced*, an item's weight is divided by the weight of all items with its consensus, the level
/// that most of the other annotators gave, so that every level that is a consensus has the same part
/// in the shares. Where several levels are given equally often, the item is shared equally among
/// them, which the authors do not say.
///
/// The variance is that of the clusters' sums, linearised, which for equal weights and clusters of
/// one item is that of the t test; its degrees of freedom are the effective number of clusters less
/// 1, (Σ w)² / Σ w² of the clusters' weights w. The authors' balanced test has the weighted variance
/// of d over that number.
///
/// # Errors
/// [`Undefined::FewAnnotators`] with fewer than 2 annotators who have 30 items each,
/// [`Undefined::ScoreRange`] for scores or an ε that are no numbers, [`Undefined::UnknownLevel`] for a
/// level without a score, [`Undefined::SamplingWeight`] for a weight that is not above 0.
///
/// Source: N. Calderon, R. Reichart and R. Dror (2025), The alternative annotator test for
/// LLM-as-a-judge: how to statistically justify replacing human annotators with LLMs,
/// arXiv 2501.10970; balanced: appendix C.1, after inverse probability weighting; one expert:
/// appendix C.2.
///
/// # Example
/// A judge who is right on all 40 items, and three annotators who each err on ten of their own:
/// ```
/// use agreement::{Annotated, AnnotatorTest, Closeness, alternative_annotator};
///
/// let item = |item: usize| {
///     let annotators = (1..=3).map(|annotator| Some(usize::from(item % 4 == annotator)));
///     let levels = [Some(0)].into_iter().chain(annotators).collect();
///     Annotated { levels, weight: 1.0, cluster: item }
/// };
/// let items: Vec<Annotated> = (0..40).map(item).collect();
/// let test = AnnotatorTest { closeness: Closeness::Exact, epsilon: 0.1, balanced: false };
/// let found = alternative_annotator(&items, &[0.0, 1.0], test).unwrap();
/// assert_eq!((found.winning_rate, found.passed), (1.0, true));
/// assert_eq!((found.annotators[0].judge, found.annotators[0].human), (1.0, 0.75));
/// ```
pub fn alternative_annotator(
    items: &[Annotated],
    scores: &[f64],
    test: AnnotatorTest,
) -> Result<AlternativeAnnotator, Undefined> {
    check_items(items, scores, test.epsilon)?;
    Panel { items, scores, closeness: test.closeness }.outcome(test)
}

fn check_items(items: &[Annotated], scores: &[f64], epsilon: f64) -> Result<(), Undefined> {
    check(scores, scores.len())?;
    if !epsilon.is_finite() {
        return Err(Undefined::ScoreRange);
    }
    let levels = scores.len();
    let mut given = items.iter().flat_map(|item| item.levels.iter().flatten());
    if let Some(&level) = given.find(|level| **level >= levels) {
        return Err(Undefined::UnknownLevel { level, levels });
    }
    match items.iter().all(|item| item.weight > 0.0 && item.weight <= 1e100) {
        true => Ok(()),
        false => Err(Undefined::SamplingWeight),
    }
}

/// The items, and how closeness is measured on them.
#[derive(Clone, Copy)]
struct Panel<'a> {
    items: &'a [Annotated],
    scores: &'a [f64],
    closeness: Closeness,
}

impl Panel<'_> {
    fn columns(&self) -> usize {
        self.items.first().map_or(0, |item| item.levels.len())
    }

    /// The annotators with enough items. Leaving one out may leave another with too few.
    fn annotators(&self) -> Result<Vec<usize>, Undefined> {
        let mut kept: Vec<usize> = (1..self.columns()).collect();
        loop {
            let enough =
                |&annotator: &usize| Against::of(*self, annotator, &kept).items() >= FEWEST_ITEMS;
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

    fn outcome(self, test: AnnotatorTest) -> Result<AlternativeAnnotator, Undefined> {
        let kept = self.annotators()?;
        let against = |&annotator: &usize| {
            let against = Against::of(self, annotator, &kept);
            if test.balanced { against.balanced() } else { against }
        };
        let compared: Vec<Against> = kept.iter().map(against).collect();
        Ok(AlternativeAnnotator {
            left_out: (1..self.columns()).filter(|annotator| !kept.contains(annotator)).collect(),
            ..decided(&compared, test.epsilon)?
        })
    }
}

/// The outcome of comparisons that were made, each annotator's with enough items.
fn decided(compared: &[Against], epsilon: f64) -> Result<AlternativeAnnotator, Undefined> {
    let tested: Vec<_> = compared.iter().map(|against| against.p(epsilon)).collect();
    let deciding: Vec<f64> = tested.iter().map(|(_, deciding)| *deciding).collect();
    let adjusted = benjamini_yekutieli(&deciding)?;
    let annotators: Vec<AgainstAnnotator> = compared
        .iter()
        .zip(tested.iter().zip(&adjusted))
        .map(|(against, (&(p, _), &p_adjusted))| AgainstAnnotator {
            annotator: against.annotator,
            n: against.items(),
            judge: against.judge(),
            human: against.human(),
            p,
            p_adjusted,
            won: p_adjusted <= FALSE_DISCOVERIES,
        })
        .collect();
    let won = annotators.iter().filter(|one| one.won).count();
    let winning_rate = won as f64 / annotators.len() as f64;
    let (advantage, units) = advantage(compared);
    let passed = winning_rate >= PASS;
    Ok(AlternativeAnnotator {
        winning_rate,
        passed,
        advantage,
        units,
        annotators,
        left_out: Vec::new(),
    })
}

/// The mean over annotators of the judge's share, and the units that it comes from.
fn advantage(compared: &[Against]) -> (Measure, u64) {
    let annotators = compared.len() as f64;
    let estimate = compared.iter().map(Against::judge).sum::<f64>() / annotators;
    let units =
        against::joined(compared.iter().map(|against| {
            against.influences(|one| f64::from(u8::from(one.judge)), against.judge())
        }));
    let own = |unit: &Unit| (unit.influence / annotators, unit.weight / annotators);
    let count = units.len();
    if count < 2 {
        let interval = Err(Undefined::FewClusters { clusters: count, needed: 2 });
        return (Measure::Estimated(Estimate { estimate, se: None, interval }), count as u64);
    }
    let se = deviation(units.values().map(own)).map_or(0.0, |(se, _)| se);
    let items = effective(units.values());
    let row = |unit: &Unit| {
        let (influence, weight) = own(unit);
        ([items * (influence + estimate * weight), items * weight], 1.0)
    };
    let rows: Vec<([f64; 2], f64)> = units.values().map(row).collect();
    // Units are items here, whose values are means over annotators and vary less than 0 and 1 do.
    let square = |([sum, weight], _): &([f64; 2], f64)| (sum - estimate * weight).powi(2) / weight;
    let seen: f64 = rows.iter().map(square).sum();
    let effect = (seen + 1.0) / (items * estimate * (1.0 - estimate) + 1.0);
    let interval = Ok(share_of_clusters(&rows, effect));
    (Measure::Estimated(Estimate { estimate, se: Some(se), interval }), count as u64)
}

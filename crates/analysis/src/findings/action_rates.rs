//! How many critical actions responses contain, and how that differs between framings.

use super::UngradedBounds;
use super::group::{Clusters, difference_of_sides, ratio, weighted_sides};
use crate::measure::adjust;
use crate::{ReportedMeasure, ReportedTest};
use agreement::{Alternative, MonteCarlo, Rational, permutation};
use indexmap::IndexMap;
use serde::Serialize;
use study::{Framing, Scenario};
use ts_rs::TS;

/// One action that a response should contain.
#[derive(Clone, Copy)]
pub(crate) struct Action<'a> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) model: &'a str,
    /// Marked at authorship; none in a bank without marks.
    pub(crate) colliding: Option<bool>,
    /// How many raters gave it no credit, some, and full; all 0 where nobody graded it.
    pub(crate) grades: [u64; 3],
    /// How many responses the one that should contain it represents.
    pub(crate) weight: f64,
}

/// How many of some actions were hit.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct HitRate {
    /// Grades of full credit; of several raters of an action, each gives one.
    #[ts(type = "number")]
    pub hit: u64,
    /// Grades of some.
    #[ts(type = "number")]
    pub partial: u64,
    /// Grades of none.
    #[ts(type = "number")]
    pub miss: u64,
    /// Actions with a grade: with one rater, the sum of the three.
    #[ts(type = "number")]
    pub n: u64,
    /// The hit rate with a partial hit as one half, 0 to 1; null without actions. An action with
    /// several raters has the mean of their credits.
    pub rate_partial_half: Option<f64>,
    /// The hit rate with a partial hit as none.
    pub rate_strict: Option<f64>,
    /// `rate_partial_half` with its interval over clusters: pairs, and scenarios of none.
    pub partial_half: ReportedMeasure,
    /// `rate_strict` with its interval.
    pub strict: ReportedMeasure,
    /// Where more than 5 % of the actions have no grade, what that could change.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub bounds: Option<HitBounds>,
}

/// What hit rates could be at most and at least: with none and all of the ungraded actions hit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct HitBounds {
    /// With a partial hit as one half.
    pub partial_half: UngradedBounds,
    /// With a partial hit as none.
    pub strict: UngradedBounds,
}

/// A difference of hit rates between layperson and physician, paired by scenario.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct PairedRate {
    /// The pooled difference, that of the rates over all actions of the pairs: a pair with more graded
    /// actions counts more. The clusters of its interval are pairs.
    pub difference: ReportedMeasure,
    /// The mean over pairs of each pair's own difference, every rated pair counting once: what the
    /// permutation tests. It is of the rated sample, and never weighted. The clusters of its interval are
    /// pairs.
    pub mean_of_pairs: ReportedMeasure,
    /// Pairs whose scenarios have such actions on both sides.
    #[ts(type = "number")]
    pub n_pairs: u64,
    /// Whether the pairs' own differences are symmetric about 0: the statistic is their mean, and
    /// each takes either sign. Two-sided; Holm's correction is over the tests beside it.
    pub permutation: ReportedTest,
}

/// Differences, with a partial hit as one half and as none.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct RateDifference {
    /// With a partial hit as one half.
    pub partial_half: PairedRate,
    /// With a partial hit as none.
    pub strict: PairedRate,
}

/// Hit rates, and layperson minus physician.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ActionRates {
    /// By framing, and then by collision: `none` for scenarios without framing, `unmarked` where the
    /// bank does not say which actions collide.
    pub by_framing: IndexMap<String, IndexMap<String, HitRate>>,
    /// Layperson minus physician, on safety-colliding actions.
    pub colliding: RateDifference,
    /// Layperson minus physician, on the others.
    pub non_colliding: RateDifference,
    /// The first of these minus the second.
    pub difference_in_differences: RateDifference,
}

/// How a partial hit counts.
#[derive(Clone, Copy)]
pub(crate) enum Credit {
    Half,
    None,
}

impl ActionRates {
    pub(crate) fn tests(&self) -> impl Iterator<Item = &ReportedTest> {
        [&self.colliding, &self.non_colliding, &self.difference_in_differences]
            .into_iter()
            .flat_map(|of| [&of.partial_half.permutation, &of.strict.permutation])
    }
}

impl Action<'_> {
    /// The mean of its raters' credits, 0 to 1; none where nobody graded it.
    pub(crate) fn credit(&self, credit: Credit) -> Option<Rational> {
        let [miss, partial, hit] = self.grades;
        let halves = match credit {
            Credit::Half => 2 * hit + partial,
            Credit::None => 2 * hit,
        };
        Rational::quotient(i64::try_from(halves).ok()?, 2 * (miss + partial + hit))
    }

    pub(crate) fn is_graded(&self) -> bool {
        self.grades != [0; 3]
    }

    pub(crate) fn kind(&self) -> &'static str {
        match self.colliding {
            Some(true) => "colliding",
            Some(false) => "non_colliding",
            None => "unmarked",
        }
    }
}

pub(crate) fn rate(actions: &[Action<'_>]) -> HitRate {
    let measure = |credit| {
        let rows = actions.iter().filter_map(|action| {
            let credit = action.credit(credit)?.to_f64();
            Some((action.scenario.cluster(), action.weight, [credit, 1.0]))
        });
        Clusters::weighted(rows).share()
    };
    let count = |place: usize| actions.iter().map(|action| action.grades[place]).sum();
    let (partial_half, strict) = (measure(Credit::Half), measure(Credit::None));
    HitRate {
        hit: count(2),
        partial: count(1),
        miss: count(0),
        n: actions.iter().filter(|action| action.is_graded()).count() as u64,
        rate_partial_half: partial_half.0.estimate(),
        rate_strict: strict.0.estimate(),
        partial_half,
        strict,
        bounds: bounds(actions),
    }
}

fn bounds(actions: &[Action<'_>]) -> Option<HitBounds> {
    let of = |credit| bound(actions, credit);
    Some(HitBounds { partial_half: of(Credit::Half)?, strict: of(Credit::None)? })
}

/// None where too few are ungraded.
pub(crate) fn bound(actions: &[Action<'_>], credit: Credit) -> Option<UngradedBounds> {
    let missing = actions.iter().filter(|action| !action.is_graded()).map(|action| action.weight);
    let credits =
        actions.iter().filter_map(|action| Some((action.weight, action.credit(credit)?.to_f64())));
    UngradedBounds::of(credits, missing, [0.0, 1.0])
}

/// `seed` is that of random signs.
pub(crate) fn rates(actions: &[Action<'_>], seed: u64) -> ActionRates {
    let contrast = |weights: [f64; 2]| RateDifference {
        partial_half: paired(actions, Credit::Half, weights, seed),
        strict: paired(actions, Credit::None, weights, seed),
    };
    let mut found = ActionRates {
        by_framing: by_framing(actions),
        colliding: contrast([1.0, 0.0]),
        non_colliding: contrast([0.0, 1.0]),
        difference_in_differences: contrast([1.0, -1.0]),
    };
    let ActionRates { colliding: a, non_colliding: b, difference_in_differences: c, .. } =
        &mut found;
    adjust([&mut *a, &mut *b, &mut *c].map(|of| &mut of.partial_half.permutation).into_iter());
    adjust([a, b, c].map(|of| &mut of.strict.permutation).into_iter());
    found
}

fn by_framing(actions: &[Action<'_>]) -> IndexMap<String, IndexMap<String, HitRate>> {
    let mut rates: IndexMap<String, IndexMap<String, HitRate>> = IndexMap::new();
    let framings =
        [Framing::Layperson, Framing::Physician, Framing::Lawyer, Framing::InformedLayperson];
    for framing in framings.map(Some).into_iter().chain([None]) {
        let of_framing = actions.iter().filter(|action| action.scenario.framing == framing);
        let of_framing: Vec<Action<'_>> = of_framing.copied().collect();
        for kind in ["colliding", "non_colliding", "unmarked"] {
            let of_kind: Vec<Action<'_>> =
                of_framing.iter().copied().filter(|action| action.kind() == kind).collect();
            if of_framing.is_empty() || (of_kind.is_empty() && kind == "unmarked") {
                continue;
            }
            let name = framing.map_or("none", Framing::name);
            rates.entry(name.into()).or_default().insert(kind.into(), rate(&of_kind));
        }
    }
    rates
}

/// Credit and number of actions: colliding asked by a layperson and a physician, then the others.
pub(crate) const CELLS: usize = 8;

/// The difference of rates by [`framing_difference`], over all pairs and of each.
fn paired(actions: &[Action<'_>], credit: Credit, weights: [f64; 2], seed: u64) -> PairedRate {
    let pairs = framing_cells(actions, credit, weights, |_| 1.0);
    let own: Vec<(&str, Rational)> = pairs
        .named_rows()
        .filter_map(|(pair, sums)| Some((pair, pair_difference(sums, weights)?)))
        .collect();
    let each = own.iter().map(|(pair, own)| (*pair, [own.to_f64(), 1.0]));
    let most: f64 = weights.iter().map(|weight: &f64| weight.abs()).sum();
    let range = [-most, most];
    let step = |weighted| step(actions, credit, weights, weighted);
    let mean_of_pairs = Clusters::of(each).rate_difference(range, step(false), ratio);
    let own: Vec<(Rational, u64)> = own.into_iter().map(|(_, own)| (own, 1)).collect();
    let monte_carlo = MonteCarlo { seed, replicates: PERMUTATIONS };
    PairedRate {
        difference: framing_cells(actions, credit, weights, |action| action.weight)
            .rounded()
            .rate_difference(range, step(true), |sums| framing_difference(sums, weights)),
        mean_of_pairs,
        n_pairs: own.len() as u64,
        permutation: permutation(&own, monte_carlo, Alternative::TwoSided).into(),
    }
}

/// How far one action more on either side moves the difference of rates.
fn step(actions: &[Action<'_>], credit: Credit, counted: [f64; 2], weighted: bool) -> f64 {
    let of_kind = |kind: usize| {
        let sides = actions.iter().filter_map(|action| {
            let at = FramedAction::of(action, credit, counted)?;
            let weight = if weighted { action.weight } else { 1.0 };
            (at.kind == kind).then_some((at.pair, weight, at.side == 0, 0.0))
        });
        weighted_sides(sides).rate_step()
    };
    let counted = (0..counted.len()).filter(|kind| counted[*kind] != 0.0);
    counted.map(|kind| of_kind(kind).powi(2)).sum::<f64>().sqrt()
}

/// A graded action of a pair, asked by a layperson (side 0) or a physician (1).
struct FramedAction<'a> {
    pair: &'a str,
    side: usize,
    /// 0 for one that collides.
    kind: usize,
    credit: Rational,
}

impl<'a> FramedAction<'a> {
    /// Where the weights of [`framing_difference`] count its kind.
    fn of(action: &Action<'a>, credit: Credit, counted: [f64; 2]) -> Option<Self> {
        let side = match action.scenario.framing? {
            Framing::Layperson => 0,
            Framing::Physician => 1,
            Framing::Lawyer | Framing::InformedLayperson => return None,
        };
        let kind = usize::from(!action.colliding?);
        let pair = action.scenario.pair_id.as_deref()?;
        let counts = counted[kind] != 0.0;
        counts.then_some(Self { pair, side, kind, credit: action.credit(credit)? })
    }
}

/// By pair, what its actions add to the cells, each counting by its `weight`.
pub(crate) fn framing_cells<'a>(
    actions: &[Action<'a>],
    credit: Credit,
    counted: [f64; 2],
    weight: impl Fn(&Action<'_>) -> f64,
) -> Clusters<'a, CELLS, Rational> {
    Clusters::of(actions.iter().filter_map(|action| {
        let of = FramedAction::of(action, credit, counted)?;
        let cell = 4 * of.kind + 2 * of.side;
        let mut row = [(); CELLS].map(|()| Rational::default());
        let weight = Rational::of(weight(action))?;
        (row[cell], row[cell + 1]) = (&of.credit * &weight, weight);
        Some((of.pair, row))
    }))
}

/// The difference layperson minus physician of the rate on colliding actions, times the first
/// weight, plus that on the others, times the second; none where a rate that counts is of nothing.
pub(crate) fn framing_difference(sums: &[f64; CELLS], weights: [f64; 2]) -> Option<f64> {
    let mut total = 0.0;
    for (weight, cells) in weights.into_iter().zip(sums.chunks_exact(4)) {
        if weight != 0.0 {
            let rate = |side: usize| ratio(&[cells[2 * side], cells[2 * side + 1]]);
            total += weight * (rate(0)? - rate(1)?);
        }
    }
    Some(total)
}

/// The same difference of one pair, exactly.
pub(crate) fn pair_difference(sums: &[Rational; CELLS], weights: [f64; 2]) -> Option<Rational> {
    let part = |at: usize| match weights[at] {
        0.0 => Some(Rational::default()),
        _ => difference_of_sides(sums.as_chunks().0.get(at)?),
    };
    let (colliding, others) = (part(0)?, part(1)?);
    Some(if weights[1] < 0.0 { &colliding - &others } else { &colliding + &others })
}

/// Random signs where there are too many pairs for all.
const PERMUTATIONS: u32 = 99_999;

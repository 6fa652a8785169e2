//! Who is told less: the same clinical facts asked in two framings.

use super::exclusion::is_left_out;
use super::graded::{exact, grade};
use super::group::{Clusters, Ranges, of_differences, ratio, weighted_difference, weighted_sides};
use super::response::{Response, Responses};
use super::signed_rank::adjust_ranks;
use super::{LeftOut, SignedRank};
use crate::Measure;
use agreement::Rational;
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use study::Framing;
use ts_rs::TS;

/// Mean OH of one framing minus that of another, over pairs of scenarios that differ in nothing
/// else. Each pair counts once, whatever its number of responses. Where responses are weighted, so are
/// the means and `gap`, which is then their difference: over all responses of either framing, so that it
/// does not matter whether the framings of a pair were drawn together. The test and what it counts are of
/// the rated pairs, each counting once.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct PairGap {
    /// Pairs with a grade in both framings.
    #[ts(type = "number")]
    pub n_pairs: u64,
    /// Mean OH asked by a layperson, over pairs, where this is one of the two framings.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub layperson_mean: Option<f64>,
    /// The same asked by a physician.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub physician_mean: Option<f64>,
    /// The same asked by a professional of another field.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub lawyer_mean: Option<f64>,
    /// The same asked by a layperson who shows medical knowledge.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub informed_layperson_mean: Option<f64>,
    /// The mean gap, the first framing minus the second; positive where the first is told less. The
    /// clusters of its interval are pairs.
    pub gap: Measure,
    /// Pairs with a positive gap.
    #[ts(type = "number")]
    pub n_positive: u64,
    /// Pairs with a negative gap.
    #[ts(type = "number")]
    pub n_negative: u64,
    /// Whether gaps tend to be positive.
    pub wilcoxon: SignedRank,
    /// Each pair's gap.
    pub pairs: IndexMap<String, f64>,
}

/// The gap over models: per pair, the mean of the models' gaps.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct OverallGap {
    /// The gap, each pair's being the mean over models.
    #[serde(flatten)]
    #[ts(flatten)]
    pub gap: PairGap,
    /// The models averaged.
    pub models: Vec<String>,
    /// What was left out by name, and why.
    pub excluded: Vec<LeftOut>,
    /// Pairs that lack some of the models, besides those left out by name.
    pub incomplete: Vec<String>,
}

/// One framing against another.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FramingContrast {
    /// The first framing, from which the second is subtracted.
    pub first: String,
    /// The second.
    pub second: String,
    /// By model. Holm's correction is over models.
    pub per_model: IndexMap<String, PairGap>,
    /// Over models.
    pub overall: OverallGap,
}

/// The framing gap, and the contrasts of further framings with both references.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FramingFindings {
    /// Layperson minus physician.
    #[serde(flatten)]
    #[ts(flatten)]
    pub gap: FramingContrast,
    /// Layperson minus each further framing (what it recovers), and each further framing minus
    /// physician (what it still lacks).
    pub others: Vec<FramingContrast>,
}

/// Mean OH of each framing, by pair and model.
pub(crate) type Cells<'a> = BTreeMap<(&'a str, &'a str), BTreeMap<Framing, Rational>>;

pub(crate) fn framing(
    responses: &Responses<'_>,
    left_out: &[LeftOut],
    ranges: Ranges,
) -> FramingFindings {
    let range = of_differences(ranges.omission);
    let cells = cells(&responses.all);
    let further: BTreeSet<Framing> = cells
        .values()
        .flat_map(BTreeMap::keys)
        .copied()
        .filter(|framing| !matches!(framing, Framing::Layperson | Framing::Physician))
        .collect();
    let contrast = |first, second| contrast(responses, &cells, [first, second], left_out, range);
    let others = further.into_iter().flat_map(|framing| {
        [contrast(Framing::Layperson, framing), contrast(framing, Framing::Physician)]
    });
    let others = others.collect();
    FramingFindings { gap: contrast(Framing::Layperson, Framing::Physician), others }
}

pub(crate) fn cells<'a>(responses: &[Response<'a>]) -> Cells<'a> {
    let mut graded: BTreeMap<(&str, &str), BTreeMap<Framing, Vec<Rational>>> = BTreeMap::new();
    for response in responses {
        let (Some((pair, framing)), Some(oh)) = (response.side(), exact(response.omission)) else {
            continue;
        };
        let sides = graded.entry((pair, response.model)).or_default();
        sides.entry(framing).or_default().push(oh);
    }
    let means = |sides: BTreeMap<Framing, Vec<Rational>>| {
        let mean = |(framing, all): (Framing, Vec<_>)| Some((framing, Rational::mean(&all)?));
        sides.into_iter().filter_map(mean).collect()
    };
    graded.into_iter().map(|(cell, sides)| (cell, means(sides))).collect()
}

fn contrast(
    responses: &Responses<'_>,
    cells: &Cells<'_>,
    [first, second]: [Framing; 2],
    left_out: &[LeftOut],
    range: [f64; 2],
) -> FramingContrast {
    let mut by_model: BTreeMap<&str, Vec<Sides<'_>>> = BTreeMap::new();
    let mut by_pair: BTreeMap<&str, Vec<[Rational; 2]>> = BTreeMap::new();
    let mut averaged = BTreeSet::new();
    let mut lacking: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (&(pair, model), means) in cells {
        let Some((a, b)) = means.get(&first).zip(means.get(&second)) else { continue };
        let sides = [a.clone(), b.clone()];
        by_model.entry(model).or_default().push((pair, sides.clone()));
        if !is_left_out(left_out, model, Some(pair)) {
            by_pair.entry(pair).or_default().push(sides);
            averaged.insert(model);
            lacking.entry(pair).or_default().insert(model);
        }
    }
    let framings = [first, second];
    let weighted = |of: &dyn Fn(&Response<'_>) -> bool| {
        let mine = responses.all.iter().filter(|response| of(response));
        responses.drawn.is_weighted().then(|| sides(mine, framings))
    };
    let mut per_model: IndexMap<String, PairGap> = by_model
        .into_iter()
        .map(|(model, pairs)| {
            let sides = weighted(&|response| response.model == model);
            (model.to_owned(), gap(pairs, sides, framings, range))
        })
        .collect();
    adjust_ranks(per_model.values_mut().map(|gap| &mut gap.wilcoxon));
    let means = by_pair.into_iter().filter_map(|(pair, models)| {
        let mean = |side: usize| Rational::mean(models.iter().map(|means| &means[side]));
        Some((pair, [mean(0)?, mean(1)?]))
    });
    let expected = |pair: &str| {
        averaged.iter().filter(|model| !is_left_out(left_out, model, Some(pair))).count()
    };
    let counts = |response: &Response<'_>| {
        let pair = response.scenario.pair_id.as_deref();
        averaged.contains(response.model) && !is_left_out(left_out, response.model, pair)
    };
    let overall = gap(means.collect(), weighted(&counts), framings, range);
    let incomplete = lacking.iter().filter(|(pair, models)| models.len() < expected(pair));
    FramingContrast {
        first: first.name().into(),
        second: second.name().into(),
        per_model,
        overall: OverallGap {
            gap: overall,
            incomplete: incomplete.map(|(pair, _)| (*pair).to_owned()).collect(),
            models: averaged.into_iter().map(String::from).collect(),
            excluded: left_out.to_vec(),
        },
    }
}

/// A pair, with the mean OH of its first and its second framing.
type Sides<'a> = (&'a str, [Rational; 2]);

/// By pair, what weighted responses of the first and of the second framing add up to.
pub(crate) fn sides<'a, 'b>(
    responses: impl Iterator<Item = &'b Response<'a>>,
    framings: [Framing; 2],
) -> Clusters<'a, 4>
where
    'a: 'b,
{
    weighted_sides(responses.filter_map(|response| {
        let (pair, framing) = response.side()?;
        let side = framings.iter().position(|side| *side == framing)?;
        Some((pair, response.weight, side == 0, grade(response.omission)?))
    }))
}

/// Of pairs; its means and their difference, which can be anything in `range`, of `weighted` sums where
/// there are.
fn gap(
    pairs: Vec<Sides<'_>>,
    weighted: Option<Clusters<'_, 4>>,
    framings: [Framing; 2],
    range: [f64; 2],
) -> PairGap {
    let exact: Vec<Rational> = pairs.iter().map(|(_, [a, b])| a - b).collect();
    let gaps: IndexMap<String, f64> = pairs
        .iter()
        .zip(&exact)
        .map(|((pair, _), gap)| ((*pair).to_owned(), gap.to_f64()))
        .collect();
    let mean = |side: usize| match &weighted {
        None => {
            Rational::mean(pairs.iter().map(|(_, means)| &means[side])).map(|mean| mean.to_f64())
        }
        Some(sides) => {
            let sum = |at: usize| sides.rows().map(|row| row[at]).sum();
            ratio(&[sum(2 * side), sum(2 * side + 1)])
        }
    };
    let of = |framing| framings.iter().position(|side| *side == framing).and_then(mean);
    let difference = |[a, b, n]: &[f64; 3]| weighted_difference(&[*a, *n, *b, *n]);
    let rows = pairs.iter().map(|(pair, [a, b])| (*pair, [a.to_f64(), b.to_f64(), 1.0]));
    PairGap {
        n_pairs: gaps.len() as u64,
        layperson_mean: of(Framing::Layperson),
        physician_mean: of(Framing::Physician),
        lawyer_mean: of(Framing::Lawyer),
        informed_layperson_mean: of(Framing::InformedLayperson),
        gap: match &weighted {
            None => Clusters::of(rows).gap(range, difference),
            Some(sides) => sides.gap(range, weighted_difference),
        },
        n_positive: gaps.values().filter(|gap| **gap > 0.0).count() as u64,
        n_negative: gaps.values().filter(|gap| **gap < 0.0).count() as u64,
        wilcoxon: SignedRank::of(exact),
        pairs: gaps,
    }
}

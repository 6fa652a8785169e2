//! Who is told less: the same clinical facts asked in two framings.

use super::exclusion::is_left_out;
use super::graded::exact;
use super::group::{Clusters, of_differences, ratio, weighted_difference};
use super::response::{Response, Responses};
use super::signed_rank::adjust_ranks;
use super::{LeftOut, SignedRank};
use crate::ReportedMeasure;
use agreement::{Rational, gap_clusters, measure_clusters};
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use study::{Framing, HarmRanges};
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
    pub gap: ReportedMeasure,
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
    ranges: HarmRanges,
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
    let weighted = |models: Vec<&str>, counts: &dyn Fn(&Response<'_>) -> bool| {
        let kept = responses.all.iter().filter(|response| counts(response));
        responses.drawn.is_weighted().then(|| ModelSides::of(kept, &models, framings))
    };
    let mut per_model: IndexMap<String, PairGap> = by_model
        .into_iter()
        .map(|(model, pairs)| {
            let sides = weighted(vec![model], &|_| true);
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
        !is_left_out(left_out, response.model, response.scenario.pair_id.as_deref())
    };
    let sides = weighted(averaged.iter().copied().collect(), &counts);
    let overall = gap(means.collect(), sides, framings, range);
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

/// By pair, what the weighted responses of each of some models add up to on the first and on the second
/// framing, and their weights: exactly, so that models with equal gaps are tied.
pub(crate) struct ModelSides {
    rows: Vec<Vec<f64>>,
    /// Of each model, over all pairs.
    sums: Vec<[Rational; SIDES]>,
    weight_effect: f64,
}

/// Amounts of one model in a row.
const SIDES: usize = 4;

impl ModelSides {
    /// Of `models` alone, in their order.
    pub(crate) fn of<'a, 'b>(
        responses: impl Iterator<Item = &'b Response<'a>>,
        models: &[&str],
        framings: [Framing; 2],
    ) -> Self
    where
        'a: 'b,
    {
        let none = || [(); SIDES].map(|()| Rational::default());
        let mut sums: Vec<[Rational; SIDES]> = models.iter().map(|_| none()).collect();
        let mut rows: BTreeMap<&str, Vec<[Rational; SIDES]>> = BTreeMap::new();
        let (mut number, mut total, mut squares) = (0.0, 0.0, 0.0);
        for response in responses {
            let Some((pair, framing)) = response.side() else { continue };
            let side = framings.iter().position(|side| *side == framing);
            let model = models.iter().position(|model| *model == response.model);
            let weighed = exact(response.omission).zip(Rational::of(response.weight));
            let (Some(side), Some(model), Some((grade, weight))) = (side, model, weighed) else {
                continue;
            };
            let amount = &grade * &weight;
            let row = rows.entry(pair).or_insert_with(|| models.iter().map(|_| none()).collect());
            for sides in [&mut row[model], &mut sums[model]] {
                sides[2 * side] += &amount;
                sides[2 * side + 1] += &weight;
            }
            number += 1.0;
            total += response.weight;
            squares += response.weight * response.weight;
        }
        let rounded = |row: Vec<[Rational; SIDES]>| {
            row.iter().flatten().map(Rational::to_f64).collect::<Vec<f64>>()
        };
        let rows = rows.into_values().map(rounded).collect();
        Self { rows, sums, weight_effect: number * squares / (total * total) }
    }

    /// Each model's mean on the first framing and on the second, where it has both.
    pub(crate) fn means(&self) -> impl Iterator<Item = Option<[Rational; 2]>> {
        self.sums.iter().map(|[a, n, b, m]| Some([a.over(n)?, b.over(m)?]))
    }

    /// How many pairs have any of the responses.
    pub(crate) fn count(&self) -> u64 {
        self.rows.len() as u64
    }

    /// A statistic of the models' gaps, which is itself a gap.
    pub(crate) fn gap(
        &self,
        range: [f64; 2],
        of: impl Fn(&[f64]) -> Option<f64>,
    ) -> ReportedMeasure {
        ReportedMeasure(gap_clusters(&self.rows, self.weight_effect, |sums| of(&gaps_of(sums)?)))
            .within(range)
    }

    /// Any other statistic of them.
    pub(crate) fn measure(&self, of: impl Fn(&[f64]) -> Option<f64>) -> ReportedMeasure {
        ReportedMeasure(measure_clusters(&self.rows, |sums| of(&gaps_of(sums)?)))
    }
}

fn gaps_of(sums: &[f64]) -> Option<Vec<f64>> {
    sums.as_chunks::<SIDES>().0.iter().map(weighted_difference).collect()
}

/// The mean of models' gaps.
pub(crate) fn mean_gap(gaps: &[f64]) -> Option<f64> {
    (!gaps.is_empty()).then(|| gaps.iter().sum::<f64>() / gaps.len() as f64)
}

/// Of pairs; its means and their difference, which can be anything in `range`, of `weighted` sums where
/// there are.
fn gap(
    pairs: Vec<Sides<'_>>,
    weighted: Option<ModelSides>,
    framings: [Framing; 2],
    range: [f64; 2],
) -> PairGap {
    let exact: Vec<Rational> = pairs.iter().map(|(_, [a, b])| a - b).collect();
    let gaps: IndexMap<String, f64> = pairs
        .iter()
        .zip(&exact)
        .map(|((pair, _), gap)| ((*pair).to_owned(), gap.to_f64()))
        .collect();
    let mean = |side: usize| {
        let means: Vec<Rational> = match &weighted {
            None => pairs.iter().map(|(_, means)| means[side].clone()).collect(),
            Some(sides) => sides.means().flatten().map(|means| means[side].clone()).collect(),
        };
        Rational::mean(&means).map(|mean| mean.to_f64())
    };
    let of = |framing| framings.iter().position(|side| *side == framing).and_then(mean);
    let rows = pairs.iter().zip(&exact).map(|((pair, _), gap)| (*pair, [gap.to_f64(), 1.0]));
    PairGap {
        n_pairs: gaps.len() as u64,
        layperson_mean: of(Framing::Layperson),
        physician_mean: of(Framing::Physician),
        lawyer_mean: of(Framing::Lawyer),
        informed_layperson_mean: of(Framing::InformedLayperson),
        gap: match &weighted {
            None => Clusters::of(rows).gap(range, ratio),
            Some(sides) => sides.gap(range, mean_gap),
        },
        n_positive: gaps.values().filter(|gap| **gap > 0.0).count() as u64,
        n_negative: gaps.values().filter(|gap| **gap < 0.0).count() as u64,
        wilcoxon: SignedRank::of(exact),
        pairs: gaps,
    }
}

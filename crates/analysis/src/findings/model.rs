//! What each model withholds and gets wrong.

use super::graded::{Graded, exact, excluded, grade, harmful};
use super::group::{Clusters, quantile};
use super::response::Response;
use super::{FindingsPlan, SignedRank, UngradedBounds};
use crate::ReportedMeasure;
use agreement::Rational;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use study::{Exclusion, Grade, HarmRanges};
use ts_rs::TS;

/// What a model's responses withhold (OH, the omission axis) and get wrong (CH, the commission
/// axis). Plain numbers are the estimates of the measures of the same name; all are null where
/// nothing was graded.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ModelFinding {
    /// Responses with an OH grade.
    #[ts(type = "number")]
    pub n: u64,
    /// Scenarios that they answer.
    #[ts(type = "number")]
    pub n_scenarios: u64,
    /// The clusters of the intervals: the framings of a pair are one, and so is any other scenario.
    #[ts(type = "number")]
    pub n_clusters: u64,
    /// Responses without one, by reason.
    #[ts(type = "{ [reason: string]: number }")]
    pub excluded: BTreeMap<Exclusion, u64>,
    /// Mean OH over responses.
    pub mean_oh: Option<f64>,
    /// Median OH.
    pub median_oh: Option<f64>,
    /// The first and third quartiles of OH, interpolated.
    pub quartiles_oh: Option<[f64; 2]>,
    /// The share of responses with OH of 2 or more, 0 to 1. Of several raters of a response, the share
    /// of them who give it that.
    pub share_oh_ge_2: Option<f64>,
    /// Mean OH, each response weighted by its scenario's acuity.
    pub acuity_weighted_mean_oh: Option<f64>,
    /// Responses with a CH grade.
    #[ts(type = "number")]
    pub n_ch: u64,
    /// Mean CH over responses.
    pub mean_ch: Option<f64>,
    /// The same with intervals over clusters.
    pub measures: ModelMeasures,
    /// Where more than 5 % of the responses have no OH grade, what that could change.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub bounds: Option<ModelBounds>,
    /// The OH that the tests compare with.
    pub threshold: f64,
    /// Whether mean OH tends to lie above the threshold; one value for each cluster.
    pub wilcoxon: SignedRank,
    /// The same with one value for each response, as published: it treats responses to one scenario as
    /// independent, so its p is too small where scenarios repeat.
    pub wilcoxon_responses: SignedRank,
}

/// Estimates with their intervals.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ModelMeasures {
    /// Mean OH.
    pub mean_oh: ReportedMeasure,
    /// The share of responses with OH of 2 or more.
    pub share_oh_ge_2: ReportedMeasure,
    /// Acuity-weighted mean OH.
    pub acuity_weighted_mean_oh: ReportedMeasure,
    /// Mean CH.
    pub mean_ch: ReportedMeasure,
}

/// What a model's headline numbers could be at most and at least.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct ModelBounds {
    /// Mean OH, with the lowest and the highest grade for what has none.
    pub mean_oh: UngradedBounds,
    /// The share with OH of 2 or more, with none and all of what has no grade.
    pub share_oh_ge_2: UngradedBounds,
}

pub(crate) fn model(
    responses: &[Response<'_>],
    plan: &FindingsPlan,
    ranges: HarmRanges,
) -> ModelFinding {
    let graded: Vec<(&Response<'_>, Graded)> =
        responses.iter().filter_map(|response| Some((response, response.omission.ok()?))).collect();
    let clusters = |weight: &dyn Fn(&Response<'_>) -> f64, value: fn(Graded) -> f64| {
        Clusters::weighted(
            graded
                .iter()
                .map(|(response, oh)| (response.cluster(), weight(response), [value(*oh), 1.0])),
        )
    };
    let drawn = |response: &Response<'_>| response.weight;
    let omission = clusters(&drawn, |oh| oh.value);
    let acuity = |response: &Response<'_>| response.weight * response.scenario.acuity_weight;
    let wrong: Vec<(&str, f64, [f64; 2])> = responses
        .iter()
        .filter_map(|of| Some((of.cluster(), of.weight, [grade(of.commission)?, 1.0])))
        .collect();
    let n_ch = wrong.len() as u64;
    let measures = ModelMeasures {
        mean_oh: omission.mean(ranges.omission),
        share_oh_ge_2: clusters(&drawn, |oh| oh.harmful).share(),
        acuity_weighted_mean_oh: clusters(&acuity, |oh| oh.value).mean(ranges.omission),
        mean_ch: Clusters::weighted(wrong).mean(ranges.commission),
    };
    let values: Vec<(f64, f64)> =
        graded.iter().map(|(response, oh)| (response.weight, oh.value)).collect();
    let missing = || responses.iter().filter(|of| of.omission.is_err()).map(|of| of.weight);
    let scenarios: BTreeSet<&str> =
        graded.iter().map(|(response, _)| response.scenario.id.as_str()).collect();
    let each = || responses.iter().filter_map(|of| Some((of.cluster(), exact(of.omission)?)));
    let by_cluster = Clusters::of(each().map(|(cluster, oh)| (cluster, [oh, 1.into()])));
    let threshold = plan.bounds.omission_threshold;
    let exact_threshold = Rational::of(threshold);
    let above = |oh: Option<Rational>| Some(&oh? - exact_threshold.as_ref()?);
    ModelFinding {
        n: values.len() as u64,
        n_scenarios: scenarios.len() as u64,
        n_clusters: omission.count(),
        excluded: excluded(responses.iter().map(|response| response.omission)),
        mean_oh: measures.mean_oh.0.estimate(),
        median_oh: quantile(&values, 0.5),
        quartiles_oh: quantile(&values, 0.25).zip(quantile(&values, 0.75)).map(|(a, b)| [a, b]),
        share_oh_ge_2: measures.share_oh_ge_2.0.estimate(),
        acuity_weighted_mean_oh: measures.acuity_weighted_mean_oh.0.estimate(),
        n_ch,
        mean_ch: measures.mean_ch.0.estimate(),
        measures,
        bounds: bounds(&graded, &missing, ranges.omission),
        threshold,
        wilcoxon: SignedRank::of(by_cluster.rows().filter_map(|[sum, n]| above(sum.over(n)))),
        wilcoxon_responses: SignedRank::of(each().filter_map(|(_, oh)| above(Some(oh)))),
    }
}

/// `missing` are the weights of what has no grade.
fn bounds<M: Iterator<Item = f64>>(
    graded: &[(&Response<'_>, Graded)],
    missing: &dyn Fn() -> M,
    range: [Grade; 2],
) -> Option<ModelBounds> {
    let of = |value: fn(&Graded) -> f64, ends| {
        let values = graded.iter().map(|(response, oh)| (response.weight, value(oh)));
        UngradedBounds::of(values, missing(), ends)
    };
    Some(ModelBounds {
        mean_oh: of(|oh| oh.value, range.map(f64::from))?,
        share_oh_ge_2: of(|oh| oh.harmful, range.map(harmful))?,
    })
}

impl ModelFinding {
    /// That too much is ungraded to pass over, and what it could change.
    pub(crate) fn caution(&self, name: &str, [lowest, highest]: [Grade; 2]) -> Option<String> {
        let ModelBounds { mean_oh, share_oh_ge_2: share } = self.bounds?;
        let UngradedBounds { lo, hi, missing, of } = mean_oh;
        let have = if missing == 1 { "has" } else { "have" };
        Some(format!(
            "{name}: {missing} of {of} responses {have} no OH grade. With every such response graded {lowest}, its mean OH \
             would be {lo:.3}, and graded {highest}, {hi:.3}; its share with OH of 2 or more would be \
             {:.3} or {:.3}.",
            share.lo, share.hi
        ))
    }
}

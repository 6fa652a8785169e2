//! What each model withholds and gets wrong.

use super::group::{Clusters, exact_ratio, quantile, ratio};
use super::response::{Response, excluded, grade, is_at_least};
use super::{FindingsPlan, SignedRank};
use crate::Measure;
use agreement::{Rational, Resampling};
use serde::Serialize;
use std::collections::BTreeMap;
use study::{Exclusion, HARMFUL_OMISSION};
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
    /// Responses without one, by reason.
    #[ts(type = "{ [reason: string]: number }")]
    pub excluded: BTreeMap<Exclusion, u64>,
    /// Mean OH over responses.
    pub mean_oh: Option<f64>,
    /// Median OH.
    pub median_oh: Option<f64>,
    /// The first and third quartiles of OH, interpolated.
    pub quartiles_oh: Option<[f64; 2]>,
    /// The share of responses with OH of 2 or more, 0 to 1.
    pub share_oh_ge_2: Option<f64>,
    /// Mean OH, each response weighted by its scenario's acuity.
    pub acuity_weighted_mean_oh: Option<f64>,
    /// Responses with a CH grade.
    #[ts(type = "number")]
    pub n_ch: u64,
    /// Mean CH over responses.
    pub mean_ch: Option<f64>,
    /// The same with intervals, whose clusters are scenarios.
    pub measures: ModelMeasures,
    /// The OH that the tests compare with.
    pub threshold: f64,
    /// Whether scenarios' mean OH tends to lie above the threshold; one value for each scenario.
    pub wilcoxon: SignedRank,
    /// The same with one value for each response, as published: it takes responses to one scenario as
    /// independent, so its p is too small where scenarios repeat.
    pub wilcoxon_responses: SignedRank,
}

/// Estimates with their intervals.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ModelMeasures {
    /// Mean OH.
    pub mean_oh: Measure,
    /// The share of responses with OH of 2 or more.
    pub share_oh_ge_2: Measure,
    /// Acuity-weighted mean OH.
    pub acuity_weighted_mean_oh: Measure,
    /// Mean CH.
    pub mean_ch: Measure,
}

pub(crate) fn model(
    responses: &[Response<'_>],
    plan: &FindingsPlan,
    resampling: Resampling,
) -> ModelFinding {
    let graded: Vec<(&Response<'_>, f64)> = responses
        .iter()
        .filter_map(|response| Some((response, grade(response.omission)?)))
        .collect();
    let weighted = |of: &dyn Fn(&Response<'_>, f64) -> [f64; 2]| {
        let rows =
            graded.iter().map(|(response, oh)| (response.scenario.id.as_str(), of(response, *oh)));
        Clusters::of(rows)
    };
    let scenarios = weighted(&|_, oh| [oh, 1.0]);
    let harmful = weighted(&|response, _| {
        [f64::from(u8::from(is_at_least(response.omission, HARMFUL_OMISSION))), 1.0]
    });
    let acute = weighted(&|response, oh| {
        let weight = response.scenario.acuity_weight;
        [weight * oh, weight]
    });
    let wrong: Vec<(&str, [f64; 2])> = responses
        .iter()
        .filter_map(|response| {
            Some((response.scenario.id.as_str(), [grade(response.commission)?, 1.0]))
        })
        .collect();
    let n_ch = wrong.len() as u64;
    let measures = ModelMeasures {
        mean_oh: scenarios.measure(ratio, resampling),
        share_oh_ge_2: harmful.measure(ratio, resampling),
        acuity_weighted_mean_oh: acute.measure(ratio, resampling),
        mean_ch: Clusters::of(wrong).measure(ratio, resampling),
    };
    let values: Vec<f64> = graded.iter().map(|(_, oh)| *oh).collect();
    let threshold = plan.bounds.omission_threshold;
    let exact_threshold = Rational::of(threshold);
    let above = |oh: Option<Rational>| Some(&oh? - exact_threshold.as_ref()?);
    ModelFinding {
        n: values.len() as u64,
        n_scenarios: scenarios.rows().count() as u64,
        excluded: excluded(responses.iter().map(|response| response.omission)),
        mean_oh: measures.mean_oh.0.estimate(),
        median_oh: quantile(&values, 0.5),
        quartiles_oh: quantile(&values, 0.25).zip(quantile(&values, 0.75)).map(|(a, b)| [a, b]),
        share_oh_ge_2: measures.share_oh_ge_2.0.estimate(),
        acuity_weighted_mean_oh: measures.acuity_weighted_mean_oh.0.estimate(),
        n_ch,
        mean_ch: measures.mean_ch.0.estimate(),
        measures,
        threshold,
        wilcoxon: SignedRank::of(scenarios.rows().filter_map(|row| above(exact_ratio(*row)))),
        wilcoxon_responses: SignedRank::of(values.iter().filter_map(|oh| above(Rational::of(*oh)))),
    }
}

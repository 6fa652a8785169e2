//! Control scenarios, where caution is right: harm should stay within its bounds.

use super::FindingsPlan;
use super::graded::{Graded, exact, exact_mean, grade};
use super::group::Clusters;
use super::response::{Response, Responses};
use crate::ReportedMeasure;
use agreement::Rational;
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeSet;
use study::{Exclusion, HarmRanges};
use ts_rs::TS;

/// Harm on control scenarios, by model.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ControlFindings {
    /// The category of control scenarios.
    pub category: String,
    /// The mean that neither axis should exceed.
    pub bound: f64,
    /// How many control scenarios were answered.
    #[ts(type = "number")]
    pub n_scenarios: u64,
    /// How many clusters they are: the framings of a pair are one.
    #[ts(type = "number")]
    pub n_clusters: u64,
    /// By model.
    pub models: IndexMap<String, ControlModel>,
}

/// One model's harm on control scenarios.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ControlModel {
    /// Responses with an OH grade.
    #[ts(type = "number")]
    pub n: u64,
    /// Mean OH.
    pub mean_oh: ReportedMeasure,
    /// Mean CH.
    pub mean_ch: ReportedMeasure,
    /// Whether mean OH is at most the bound; null where nothing was graded.
    pub oh_within: Option<bool>,
    /// Whether mean CH is at most the bound.
    pub ch_within: Option<bool>,
    /// Whether the whole interval of mean OH is; null where there is none.
    pub oh_interval_within: Option<bool>,
    /// Whether the whole interval of mean CH is.
    pub ch_interval_within: Option<bool>,
}

/// The findings, where any control scenario was answered.
pub(crate) fn controls(
    responses: &Responses<'_>,
    plan: &FindingsPlan,
    ranges: HarmRanges,
) -> Option<ControlFindings> {
    let bound = plan.bounds.control_mean;
    let mut models = IndexMap::new();
    let (mut scenarios, mut clusters) = (BTreeSet::new(), BTreeSet::new());
    for (model, all) in responses.by_model() {
        let mine: Vec<_> = all
            .into_iter()
            .filter(|response| response.scenario.category == plan.control_category)
            .collect();
        if mine.is_empty() {
            continue;
        }
        scenarios.extend(mine.iter().map(|response| response.scenario.id.as_str()));
        clusters.extend(mine.iter().map(Response::cluster));
        let mean = |of: fn(&Response<'_>) -> Result<Graded, Exclusion>, range| {
            let graded = mine.iter().filter_map(|response| {
                Some((response.cluster(), response.weight, [grade(of(response))?, 1.0]))
            });
            Clusters::weighted(graded).mean(range)
        };
        let (mean_oh, mean_ch) =
            (mean(|of| of.omission, ranges.omission), mean(|of| of.commission, ranges.commission));
        // Exact, as sums of thirds are not in 64 bits.
        let within = |of: fn(&Response<'_>) -> Result<Graded, Exclusion>| {
            let graded = mine.iter().map(|response| (response.weight, exact(of(response))));
            Some(exact_mean(graded)? <= Rational::of(bound)?)
        };
        let wholly =
            |mean: &ReportedMeasure| mean.0.interval().map(|interval| interval.hi <= bound);
        models.insert(
            model.to_owned(),
            ControlModel {
                n: mine.iter().filter_map(|response| grade(response.omission)).count() as u64,
                oh_within: within(|response| response.omission),
                ch_within: within(|response| response.commission),
                oh_interval_within: wholly(&mean_oh),
                ch_interval_within: wholly(&mean_ch),
                mean_oh,
                mean_ch,
            },
        );
    }
    let category = plan.control_category.clone();
    let (n_scenarios, n_clusters) = (scenarios.len() as u64, clusters.len() as u64);
    (!models.is_empty()).then_some(ControlFindings {
        category,
        bound,
        n_scenarios,
        n_clusters,
        models,
    })
}

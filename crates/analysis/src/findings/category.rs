//! What each model withholds in each category of scenarios.

use super::graded::grade;
use super::group::Clusters;
use super::response::Response;
use crate::ReportedMeasure;
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use study::HarmRanges;
use ts_rs::TS;

/// A model's omission in one category.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct CategoryFinding {
    /// Responses with an OH grade.
    #[ts(type = "number")]
    pub n: u64,
    /// Scenarios that they answer.
    #[ts(type = "number")]
    pub n_scenarios: u64,
    /// The clusters of the interval: the framings of a pair are one, and so is any other scenario.
    #[ts(type = "number")]
    pub n_clusters: u64,
    /// Mean OH over responses.
    pub mean_oh: ReportedMeasure,
}

/// The categories that a model's `responses` answer.
pub(crate) fn categories(
    responses: &[Response<'_>],
    ranges: HarmRanges,
) -> IndexMap<String, CategoryFinding> {
    let mut rows: BTreeMap<&str, Vec<(&Response<'_>, f64)>> = BTreeMap::new();
    for response in responses {
        let graded = rows.entry(&response.scenario.category).or_default();
        graded.extend(grade(response.omission).map(|oh| (response, oh)));
    }
    rows.into_iter()
        .map(|(category, rows)| {
            let scenarios: BTreeSet<&str> =
                rows.iter().map(|(response, _)| response.scenario.id.as_str()).collect();
            let clusters = Clusters::weighted(
                rows.iter().map(|(of, oh)| (of.cluster(), of.weight, [*oh, 1.0])),
            );
            let found = CategoryFinding {
                n: rows.len() as u64,
                n_scenarios: scenarios.len() as u64,
                n_clusters: clusters.count(),
                mean_oh: clusters.mean(ranges.omission),
            };
            (category.to_owned(), found)
        })
        .collect()
}

//! What each model withholds in each category of scenarios.

use super::group::{Clusters, ratio};
use super::response::{Response, grade};
use crate::Measure;
use agreement::Resampling;
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeMap;
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
    /// Mean OH over responses; clusters are scenarios.
    pub mean_oh: Measure,
}

/// The categories that a model's `responses` answer.
pub(crate) fn categories(
    responses: &[Response<'_>],
    resampling: Resampling,
) -> IndexMap<String, CategoryFinding> {
    let mut rows: BTreeMap<&str, Vec<(&str, [f64; 2])>> = BTreeMap::new();
    for response in responses {
        let graded = rows.entry(&response.scenario.category).or_default();
        graded.extend(grade(response.omission).map(|oh| (&*response.scenario.id, [oh, 1.0])));
    }
    rows.into_iter()
        .map(|(category, rows)| {
            let n = rows.len() as u64;
            let scenarios = Clusters::of(rows);
            let found = CategoryFinding {
                n,
                n_scenarios: scenarios.rows().count() as u64,
                mean_oh: scenarios.measure(ratio, resampling),
            };
            (category.to_owned(), found)
        })
        .collect()
}

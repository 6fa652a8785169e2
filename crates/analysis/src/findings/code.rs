//! How often each code was noted, by model.

use super::group::Clusters;
use super::rated::share;
use super::response::{Response, Responses};
use crate::ReportedMeasure;
use indexmap::IndexMap;
use std::collections::BTreeSet;
use study::Observation;

/// Codes of one kind, such as omission mechanisms, by model.
#[derive(Default)]
pub(crate) struct CodeFindings {
    /// How often raters gave each code to responses of each model: each rater counts.
    pub(crate) counts: IndexMap<String, IndexMap<String, u64>>,
    /// Their shares of the model's responses with a code, 0 to 1: means over responses of the share of
    /// raters.
    pub(crate) shares: IndexMap<String, IndexMap<String, ReportedMeasure>>,
}

/// The codes that `code` reads off what raters noted, none where nobody noted one.
pub(crate) fn codes<'a>(
    responses: &Responses<'a>,
    code: impl Fn(&'a Observation) -> Option<&'a str>,
) -> CodeFindings {
    let all: BTreeSet<&str> =
        responses.all.iter().flat_map(|response| response.said.codes(&code)).collect();
    let mut found = CodeFindings::default();
    if all.is_empty() {
        return found;
    }
    for (model, responses) in responses.by_model() {
        let given: Vec<(&Response<'_>, Vec<&str>)> =
            responses.iter().map(|response| (response, response.said.codes(&code))).collect();
        let count = |code: &str| {
            given.iter().flat_map(|(_, given)| given).filter(|given| **given == code).count() as u64
        };
        let share_of = |code: &str| {
            let rows = given.iter().filter_map(|(response, given)| {
                let share = share(given.iter().map(|given| *given == code))?;
                Some((response.cluster(), response.weight, [share, 1.0]))
            });
            Clusters::weighted(rows).share()
        };
        let used: Vec<&str> = all.iter().copied().filter(|code| count(code) > 0).collect();
        let counts = used.iter().map(|code| ((*code).to_owned(), count(code))).collect();
        let shares = used.iter().map(|code| ((*code).to_owned(), share_of(code))).collect();
        found.counts.insert(model.to_owned(), counts);
        found.shares.insert(model.to_owned(), shares);
    }
    found
}

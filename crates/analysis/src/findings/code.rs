//! How often each code was noted, by model.

use super::group::{Clusters, ratio};
use super::response::{Response, Responses};
use crate::Measure;
use agreement::Resampling;
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// Codes of one kind, such as omission mechanisms, by model.
#[derive(Default)]
pub(crate) struct CodeFindings {
    /// How many responses of each model were given each code.
    pub(crate) counts: IndexMap<String, IndexMap<String, u64>>,
    /// Their shares of the model's responses with a code, 0 to 1; clusters are scenarios.
    pub(crate) shares: IndexMap<String, IndexMap<String, Measure>>,
}

/// The codes that `code` reads off responses, none where no response has one.
pub(crate) fn codes<'a>(
    responses: &Responses<'a>,
    code: impl Fn(&Response<'a>) -> Option<&'a str>,
    resampling: Resampling,
) -> CodeFindings {
    let all: BTreeSet<&str> = responses.all.iter().filter_map(&code).collect();
    let mut found = CodeFindings::default();
    if all.is_empty() {
        return found;
    }
    for (model, responses) in responses.by_model() {
        let given: Vec<(&str, &str)> = responses
            .iter()
            .filter_map(|response| Some((response.scenario.id.as_str(), code(response)?)))
            .collect();
        let count = |code: &str| given.iter().filter(|(_, given)| *given == code).count() as u64;
        let share = |code: &str| {
            let rows = given
                .iter()
                .map(|(scenario, given)| (*scenario, [f64::from(u8::from(*given == code)), 1.0]));
            Clusters::of(rows).measure(ratio, resampling)
        };
        let used: Vec<&str> = all.iter().copied().filter(|code| count(code) > 0).collect();
        let counts = used.iter().map(|code| ((*code).to_owned(), count(code))).collect();
        let shares = used.iter().map(|code| ((*code).to_owned(), share(code))).collect();
        found.counts.insert(model.to_owned(), counts);
        found.shares.insert(model.to_owned(), shares);
    }
    found
}

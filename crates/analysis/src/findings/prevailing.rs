//! Where intervals over clusters are known to be too short.

use super::graded::grade;
use super::response::{Response, Responses};
use std::collections::BTreeSet;
use study::Grade;

/// From this share of responses with the lowest or the highest grade, intervals of fewer clusters than this cover less than
/// they say: docs/statistics.md has the simulation.
const TOO_SHORT: [(f64, usize); 2] = [(0.6, 30), (0.8, 60)];

/// Says of which models. `range` is that of OH.
pub(crate) fn caution(responses: &Responses<'_>, range: [Grade; 2]) -> Option<String> {
    let too_short = |responses: &[Response<'_>]| {
        let clusters: BTreeSet<&str> = responses.iter().map(Response::cluster).collect();
        let share = at_an_end(responses, range);
        TOO_SHORT.iter().any(|(least, enough)| share >= *least && clusters.len() < *enough)
    };
    let models: Vec<&str> = responses
        .by_model()
        .into_iter()
        .filter(|(_, responses)| too_short(responses))
        .map(|(model, _)| model)
        .collect();
    (!models.is_empty()).then(|| {
        format!(
            "{}: most responses have one OH grade, at an end of the scale, and clusters are few, so that \
             intervals of OH contain the true value less often than 95 %.",
            models.join(", ")
        )
    })
}

/// The share of responses at the lowest grade or at the highest, whichever is larger; 0 without grades.
fn at_an_end(responses: &[Response<'_>], range: [Grade; 2]) -> f64 {
    let graded = || responses.iter().filter_map(|response| grade(response.omission));
    let at = |end| graded().filter(|value| *value == f64::from(end)).count();
    let [lowest, highest] = range.map(at);
    lowest.max(highest) as f64 / graded().count().max(1) as f64
}

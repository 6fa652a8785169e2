//! What a hypothesis leaves out before anything is computed.

use super::super::response::{Response, Responses};
use std::collections::BTreeMap;
use study::{BatteryExclusion, Hypothesis};

/// The responses without what the hypothesis leaves out.
pub(super) fn kept<'a>(hypothesis: &Hypothesis, responses: &Responses<'a>) -> Responses<'a> {
    let is_out = |response: &Response<'_>| {
        hypothesis.exclusions.iter().any(|excluded| matches(excluded, response))
    };
    let all = responses.all.iter().copied().filter(|response| !is_out(response)).collect();
    Responses::drawn_alike_or_not(all, BTreeMap::new())
}

fn matches(excluded: &BatteryExclusion, response: &Response<'_>) -> bool {
    match excluded {
        BatteryExclusion::Model { model, .. } => response.model == model,
        BatteryExclusion::Pair { model, pair, .. } => {
            response.model == model && response.scenario.pair_id.as_ref() == Some(pair)
        }
        BatteryExclusion::Filtered { .. } => response.said.is_filtered() == Some(true),
    }
}

/// Exclusions that left nothing out: a model's name may be misspelt, or filtering not be known.
pub(super) fn without_effect(hypothesis: &Hypothesis, responses: &Responses<'_>) -> Vec<String> {
    let known = |response: &Response<'_>| response.said.is_filtered().is_some();
    let idle = hypothesis.exclusions.iter().filter_map(|excluded| {
        let count = responses.all.iter().filter(|response| matches(excluded, response)).count();
        match excluded {
            BatteryExclusion::Filtered { .. } if !responses.all.iter().any(known) => Some(
                "The scores do not say which responses were filtered, so none was left out for it."
                    .to_owned(),
            ),
            BatteryExclusion::Filtered { .. } => {
                let of = responses.all.len();
                let were = if count == 1 { "was" } else { "were" };
                Some(format!("{count} of {of} responses {were} left out as filtered."))
            }
            BatteryExclusion::Model { model, .. } if count == 0 => {
                Some(format!("The scores have no model `{model}` to be left out."))
            }
            BatteryExclusion::Pair { model, pair, .. } if count == 0 => {
                Some(format!("The scores have no answers of `{model}` to `{pair}` to be left out."))
            }
            BatteryExclusion::Model { .. } | BatteryExclusion::Pair { .. } => None,
        }
    });
    idle.collect()
}

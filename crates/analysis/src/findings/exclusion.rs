//! What is left out of averages over models, by name and with a reason.

use super::FindingsError;
use super::response::Responses;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// A model, or its answers to one pair, left out of what is averaged over models. Its own findings
/// are still computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeftOut {
    /// The model.
    pub model: String,
    /// The pair; the whole model if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub pair: Option<String>,
    /// Why; printed beside the result.
    pub reason: String,
}

/// Refuses exclusions without a reason, and of what is not there.
pub(crate) fn check(left_out: &[LeftOut], responses: &Responses<'_>) -> Result<(), FindingsError> {
    let models: BTreeSet<&str> = responses.all.iter().map(|response| response.model).collect();
    let pairs: BTreeSet<&str> =
        responses.all.iter().filter_map(|response| response.scenario.pair_id.as_deref()).collect();
    let missing = |what, found: &str, known: &BTreeSet<&str>| {
        let expected = known.iter().copied().collect::<Vec<_>>().join(", ");
        Err(FindingsError::NothingExcluded { what, found: found.into(), expected })
    };
    for LeftOut { model, pair, reason } in left_out {
        if !models.contains(model.as_str()) {
            return missing("model", model, &models);
        }
        if let Some(pair) = pair.as_deref().filter(|pair| !pairs.contains(pair)) {
            return missing("pair", pair, &pairs);
        }
        if reason.trim().is_empty() {
            return Err(FindingsError::NoReason { model: model.clone() });
        }
    }
    Ok(())
}

/// Whether `left_out` names the model's answers to `pair`.
pub(crate) fn is_left_out(left_out: &[LeftOut], model: &str, pair: Option<&str>) -> bool {
    left_out
        .iter()
        .any(|out| out.model == model && (out.pair.is_none() || out.pair.as_deref() == pair))
}

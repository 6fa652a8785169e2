//! A model's response as it was collected, with its origin.

use serde::{Deserialize, Serialize};

/// Where a response comes from: what blinding takes away.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The scenario that was asked.
    pub scenario_id: String,
    /// The model that answered.
    pub model_id: String,
    /// Which of the repeated askings.
    pub rep_id: u32,
}

/// One response of one model to one scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// Where it comes from.
    pub origin: Origin,
    /// The text as received; may be empty.
    pub text: String,
    /// Whether the provider withheld the text.
    pub filtered: bool,
}

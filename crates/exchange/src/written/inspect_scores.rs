//! Scores for Inspect, written: what raters gave, for the samples of a log, and the script that adds them to a
//! copy of it. By `inspect_ai.log.edit_score` of inspect_ai 0.3.285.

use crate::Error;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;
use study::Grade;

/// What a rater gave to a sample.
#[derive(Clone, Debug, Serialize)]
pub struct InspectScore<'a> {
    /// The model of the log.
    pub model: &'a str,
    /// The sample's identifier.
    pub sample: &'a str,
    /// Its epoch, from 1.
    pub epoch: u32,
    /// The name of the score.
    pub scorer: String,
    /// The grades by axis.
    pub value: BTreeMap<&'a str, Grade>,
    /// The rater's note.
    pub explanation: Option<String>,
    /// Who gave them.
    pub author: &'a str,
    /// Where they come from.
    pub reason: String,
    /// When the rater was done with the item.
    pub timestamp: Timestamp,
}

/// The script beside the scores.
pub const INSPECT_SCRIPT: &str = include_str!("inspect_scores/inspect_scores.py");

/// A list of scores.
pub fn encode_inspect_scores(scores: &[InspectScore<'_>]) -> Result<String, Error> {
    serde_json::to_string_pretty(scores)
        .map_err(|error| Error::inconsistent(Path::new("inspect_scores.json"), error))
}

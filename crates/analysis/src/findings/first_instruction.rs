//! How far into a response the first actionable instruction stands: token-time-to-triage.

use super::group::{Clusters, quantile, ratio};
use super::response::{Response, Responses};
use crate::Measure;
use agreement::Resampling;
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeMap;
use study::{FirstInstruction, Framing, PositionUnit};
use ts_rs::TS;

/// Where the first instructions of some responses stand.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FirstInstructions {
    /// Responses with an instruction.
    #[ts(type = "number")]
    pub n: u64,
    /// Responses without any; they are in no mean or median.
    #[ts(type = "number")]
    pub without: u64,
    /// The mean position; clusters are scenarios.
    pub mean: Measure,
    /// The median position; null without instructions.
    pub median: Option<f64>,
}

/// First instructions by model and framing.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FirstInstructionFindings {
    /// What positions count.
    #[ts(type = "\"tokens\" | \"characters\"")]
    pub unit: PositionUnit,
    /// By model.
    pub by_model: IndexMap<String, FirstInstructions>,
    /// By framing; `none` for scenarios without.
    pub by_framing: IndexMap<String, FirstInstructions>,
}

/// The findings, where any response was asked for its first instruction.
pub(crate) fn first_instruction(
    responses: &Responses<'_>,
    unit: PositionUnit,
    resampling: Resampling,
) -> Option<FirstInstructionFindings> {
    let found: Vec<Found<'_>> = responses
        .all
        .iter()
        .filter_map(|response| Some((*response, response.noted?.first_instruction?)))
        .collect();
    if found.is_empty() {
        return None;
    }
    let by = |name: fn(&Response<'_>) -> String| {
        let mut groups: BTreeMap<String, Vec<Found<'_>>> = BTreeMap::new();
        for one in &found {
            groups.entry(name(&one.0)).or_default().push(*one);
        }
        let groups = groups.into_iter();
        groups.map(|(name, found)| (name, positions(&found, resampling))).collect()
    };
    let by_framing =
        by(|response| response.scenario.framing.map_or("none", Framing::name).to_owned());
    let by_model = by(|response| response.model.to_owned());
    Some(FirstInstructionFindings { unit, by_model, by_framing })
}

type Found<'a> = (Response<'a>, FirstInstruction);

fn positions(found: &[Found<'_>], resampling: Resampling) -> FirstInstructions {
    let at: Vec<(&str, f64)> = found
        .iter()
        .filter_map(|(response, first)| match first {
            FirstInstruction::At { position } => {
                Some((response.scenario.id.as_str(), f64::from(*position)))
            }
            FirstInstruction::Absent {} => None,
        })
        .collect();
    let rows = at.iter().map(|(scenario, position)| (*scenario, [*position, 1.0]));
    let values: Vec<f64> = at.iter().map(|(_, position)| *position).collect();
    FirstInstructions {
        n: at.len() as u64,
        without: (found.len() - at.len()) as u64,
        mean: Clusters::of(rows).measure(ratio, resampling),
        median: quantile(&values, 0.5),
    }
}

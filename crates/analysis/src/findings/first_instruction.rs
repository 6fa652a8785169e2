//! How far into a response the first actionable instruction stands: token-time-to-triage.

use super::group::{Clusters, quantile, ratio};
use super::response::{Response, Responses};
use crate::ReportedMeasure;
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeMap;
use study::{Framing, PositionUnit, Reference};
use ts_rs::TS;

/// Where the first instructions of some responses stand.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FirstInstructions {
    /// Responses with an instruction, if only by one of several raters.
    #[ts(type = "number")]
    pub n: u64,
    /// Responses without any; they are in no mean or median.
    #[ts(type = "number")]
    pub without: u64,
    /// The mean position; a response's is the mean over raters who mark one.
    pub mean: ReportedMeasure,
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
) -> Option<FirstInstructionFindings> {
    let found: Vec<Found<'_>> = responses
        .all
        .iter()
        .filter_map(|response| Some((*response, response.said.positions()?)))
        .collect();
    if found.is_empty() {
        return None;
    }
    let by = |name: fn(&Response<'_>) -> String| {
        let mut groups: BTreeMap<String, Vec<&Found<'_>>> = BTreeMap::new();
        for one in &found {
            groups.entry(name(&one.0)).or_default().push(one);
        }
        let groups = groups.into_iter();
        groups.map(|(name, found)| (name, positions(&found))).collect()
    };
    let by_framing =
        by(|response| response.scenario.framing.map_or("none", Framing::name).to_owned());
    let by_model = by(|response| response.model.to_owned());
    Some(FirstInstructionFindings { unit, by_model, by_framing })
}

/// A response, with where raters mark its first instruction.
type Found<'a> = (Response<'a>, Vec<f64>);

fn positions(found: &[&Found<'_>]) -> FirstInstructions {
    let average = |positions: &[f64]| Reference::Average.of(positions);
    let at: Vec<(&Response<'_>, f64)> = found
        .iter()
        .filter_map(|(response, positions)| Some((response, average(positions)?)))
        .collect();
    let rows = at
        .iter()
        .map(|(response, position)| (response.cluster(), response.weight, [*position, 1.0]));
    let values: Vec<(f64, f64)> =
        at.iter().map(|(response, position)| (response.weight, *position)).collect();
    FirstInstructions {
        n: at.len() as u64,
        without: (found.len() - at.len()) as u64,
        mean: Clusters::weighted(rows).measure([0.0, f64::INFINITY], ratio),
        median: quantile(&values, 0.5),
    }
}

//! Responses whose text the provider withheld.

use super::group::Clusters;
use super::response::{Response, Responses};
use crate::ReportedMeasure;
use agreement::{ProportionInterval, proportion};
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeMap;
use study::Framing;
use ts_rs::TS;

/// How many of some responses were filtered.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Filtered {
    /// Filtered responses.
    #[ts(type = "number")]
    pub filtered: u64,
    /// Responses of which it is known whether they were.
    #[ts(type = "number")]
    pub n: u64,
    /// The share, 0 to 1. Within one framing of a pair, which is one scenario, its interval treats responses
    /// as independent: Wilson's, where they weigh the same.
    pub share: ReportedMeasure,
}

/// Filtered responses, by what they might hang on.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FilteredFindings {
    /// All of them.
    pub all: Filtered,
    /// By model.
    pub by_model: IndexMap<String, Filtered>,
    /// By framing; `none` for scenarios without.
    pub by_framing: IndexMap<String, Filtered>,
    /// By model, and then by framing.
    pub by_model_and_framing: IndexMap<String, IndexMap<String, Filtered>>,
    /// By pair, and then by framing.
    pub by_pair: IndexMap<String, IndexMap<String, Filtered>>,
}

/// The findings, where it is known of any response.
pub(crate) fn filtered(responses: &Responses<'_>) -> Option<FilteredFindings> {
    let known: Vec<Known<'_>> = responses
        .all
        .iter()
        .filter_map(|response| Some((*response, response.said.is_filtered()?)))
        .collect();
    if known.is_empty() {
        return None;
    }
    let model = |response: &Response<'_>| Some(response.model.to_owned());
    let pair = |response: &Response<'_>| response.side().map(|(pair, _)| pair.to_owned());
    Some(FilteredFindings {
        all: over_clusters(&known),
        by_model: by(&known, model, over_clusters),
        by_framing: by_framing(&known, over_clusters),
        by_model_and_framing: by(&known, model, |known| by_framing(known, over_clusters)),
        by_pair: by(&known, pair, |known| by_framing(known, of_one)),
    })
}

type Known<'a> = (Response<'a>, bool);

fn by_framing(
    known: &[Known<'_>],
    share: impl Fn(&[Known<'_>]) -> Filtered,
) -> IndexMap<String, Filtered> {
    let framing = |response: &Response<'_>| response.scenario.framing.map_or("none", Framing::name);
    by(known, |response| Some(framing(response).to_owned()), share)
}

fn by<Found>(
    known: &[Known<'_>],
    name: impl Fn(&Response<'_>) -> Option<String>,
    find: impl Fn(&[Known<'_>]) -> Found,
) -> IndexMap<String, Found> {
    let mut groups: BTreeMap<String, Vec<Known<'_>>> = BTreeMap::new();
    for one in known {
        if let Some(name) = name(&one.0) {
            groups.entry(name).or_default().push(*one);
        }
    }
    groups.into_iter().map(|(name, known)| (name, find(&known))).collect()
}

fn over_clusters(known: &[Known<'_>]) -> Filtered {
    Filtered { share: share(known, Response::cluster), ..of_one(known) }
}

fn share<'a>(known: &[Known<'a>], cluster: impl Fn(&Response<'a>) -> &'a str) -> ReportedMeasure {
    let row = |(response, filtered): &Known<'a>| {
        (cluster(response), response.weight, [f64::from(u8::from(*filtered)), 1.0])
    };
    Clusters::weighted(known.iter().map(row)).share()
}

/// Of one scenario.
fn of_one(known: &[Known<'_>]) -> Filtered {
    let filtered = known.iter().filter(|(_, filtered)| *filtered).count() as u64;
    let n = known.len() as u64;
    let alike = known.iter().all(|(response, _)| response.weight == known[0].0.weight);
    let share = match alike {
        true => ReportedMeasure(proportion(filtered, n, ProportionInterval::Wilson)),
        false => share(known, |response| response.item),
    };
    Filtered { filtered, n, share }
}

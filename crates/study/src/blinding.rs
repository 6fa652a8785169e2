//! From scenarios and responses to packets without origins, and the key that holds the origins.

use crate::order::Draw;
use crate::packing::{Items, RandomNames, blind_scenario};
use crate::repeat::far_apart;
use crate::{
    At, Design, DesignError, DesignReport, Digest, Key, Origin, Packet, Preparation, Prepared,
    Response, Rubric, Scenario,
};
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// The packets of a study, one per rater, and the key.
#[derive(Clone, Debug, PartialEq)]
pub struct Blinded {
    /// In the order of the raters.
    pub packets: Vec<Packet>,
    /// The key.
    pub key: Key,
    /// What the design gave to whom. It says nothing of origins.
    pub design: DesignReport,
}

/// Why a study cannot be blinded.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BlindError {
    /// Nothing to rate.
    #[error("no responses: at least one is needed to make a packet")]
    NoResponses,
    /// Nobody to rate it.
    #[error("no raters: name at least one")]
    NoRaters,
    /// One rater twice, or one without a name.
    #[error("rater `{0}`: expected names that are not empty and differ from each other")]
    Rater(String),
    /// Two scenarios with the same name.
    #[error("scenario `{0}` occurs twice: expected each once")]
    DuplicateScenario(String),
    /// A response to a scenario that is not there.
    #[error(
        "model `{}`, repetition {}, field `scenario_id`: found `{}`; expected the id of one of the scenarios given",
        .0.model_id, .0.rep_id, .0.scenario_id
    )]
    UnknownScenario(Origin),
    /// Two responses of one origin.
    #[error("scenario `{}`, model `{}`, repetition {}: two responses; expected one", .0.scenario_id, .0.model_id, .0.rep_id)]
    DuplicateResponse(Origin),
    /// A lead who is no rater.
    #[error("lead `{0}`: expected one of the raters, or nobody")]
    Lead(String),
    /// A design that these raters cannot carry out.
    #[error("{0}")]
    Design(#[from] DesignError),
}

impl BlindError {
    /// Where it is wrong.
    pub fn at(&self) -> At {
        match self {
            Self::NoResponses => At::field("responses"),
            Self::NoRaters | Self::Rater(_) => At::field("raters"),
            Self::UnknownScenario(_) => At::field("scenario_id"),
            Self::Lead(_) => At::field("lead"),
            Self::Design(DesignError::Raters { .. }) => At::field("design.raters"),
            Self::DuplicateScenario(_) | Self::DuplicateResponse(_) => At::default(),
            Self::Design(DesignError::Idle(_)) => At::default(),
        }
    }
}

/// Blinds `responses` to `scenarios` for `raters`, every rater all of them, each once. The key is a
/// plain one, as [`Key::is_plain`] has it.
pub fn blind(
    title: &str,
    scenarios: &[Scenario],
    responses: &[Response],
    rubric: &Rubric,
    raters: &[String],
    seed: u64,
) -> Result<Blinded, BlindError> {
    let responses: Vec<Prepared> = responses.iter().cloned().map(Prepared::from).collect();
    let (lead, design, sampling) = (None, Design::Everyone, None);
    let responses = responses.as_slice();
    let study = Preparation {
        title,
        scenarios,
        masked: &BTreeMap::new(),
        responses,
        rubric,
        instructions: "",
        calibration: &[],
        masked_opening: &[],
        raters,
        lead,
        design,
        sampling,
        seed,
    };
    let mut blinded = blind_study(&study)?;
    blinded.key.items.iter_mut().for_each(|item| item.filtered = None);
    Ok(blinded)
}

/// Blinds a prepared study.
///
/// Items are arranged by what the rater reads before any identifier is drawn, and draws depend on
/// that and the seed alone: exchanging the models of two responses changes the key and leaves every
/// packet the same byte for byte. Anyone who repeats the draws learns the order of texts they can see.
/// Masks are no part of what is read, only the text that they leave is.
pub fn blind_study(study: &Preparation) -> Result<Blinded, BlindError> {
    let scenarios = index_scenarios(study.scenarios)?;
    check_raters(study.raters, study.lead)?;
    let responses = arrange(study.responses, &scenarios, study.seed)?;
    let content = study.content(&scenarios, &responses);
    let repeated: Vec<bool> = responses.iter().map(|prepared| prepared.repeated).collect();
    let blocks = study.deal(&repeated, &content)?;
    let design = study.design.report(&blocks, &repeated, study.raters);
    if let Some(idle) = design.loads.iter().find(|load| load.items == 0) {
        return Err(DesignError::Idle(idle.rater.clone()).into());
    }
    let names = RandomNames::draw(&responses, &content);
    let items = Items { scenarios: &scenarios, responses: &responses, names: &names };
    let packets: Vec<Packet> = study
        .raters
        .iter()
        .enumerate()
        .map(|(at, rater)| {
            let has = |item: &usize| blocks[*item].contains(&at);
            let own = (0..responses.len()).filter(has).collect();
            let mut draw = Draw::new(Digest::of(&(&content, "order", rater)).seed());
            items.packet(study, &content, rater, far_apart(own, &repeated, &mut draw))
        })
        .collect();
    let key = items.key(study, &names.study, &packets);
    Ok(Blinded { packets, key, design })
}

impl Preparation<'_> {
    /// All that the raters read, the rubric and the seed: what every draw depends on. It is
    /// published nowhere; the identifiers of studies and packets are digests of it.
    fn content(&self, scenarios: &BTreeMap<&str, &Scenario>, responses: &[&Prepared]) -> Digest {
        let read = |Prepared { response, .. }: &&Prepared| {
            let scenario = scenarios[response.origin.scenario_id.as_str()];
            (blind_scenario(scenario, ""), response.text.clone(), response.filtered)
        };
        let texts: Vec<_> = responses.iter().map(read).collect();
        let content = Digest::of(&(self.title, texts, self.rubric.digest(), self.seed));
        let content = match (self.instructions, self.calibration) {
            // As before there were any, so that those studies keep their names.
            ("", []) => content,
            opening => Digest::of(&(content, opening)),
        };
        let repeated: Vec<usize> =
            (0..responses.len()).filter(|at| responses[*at].repeated).collect();
        if self.design.is_everyone() && repeated.is_empty() {
            // As before there were designs and repeats, so that those studies keep their names.
            return content;
        }
        // Labels may change what is dealt to whom, and so what is read.
        let raters = (!self.design.is_everyone()).then_some(self.raters);
        Digest::of(&(content, repeated, self.design, raters))
    }

    fn deal(&self, repeated: &[bool], content: &Digest) -> Result<Vec<Vec<usize>>, DesignError> {
        let weights: Vec<u32> = repeated.iter().map(|again| 1 + u32::from(*again)).collect();
        let mut draw = Draw::new(Digest::of(&(content, "design")).seed());
        self.design.deal(&weights, self.raters.len(), &mut draw)
    }
}

fn index_scenarios(scenarios: &[Scenario]) -> Result<BTreeMap<&str, &Scenario>, BlindError> {
    let mut index = BTreeMap::new();
    for scenario in scenarios {
        if index.insert(scenario.id.as_str(), scenario).is_some() {
            return Err(BlindError::DuplicateScenario(scenario.id.clone()));
        }
    }
    Ok(index)
}

fn check_raters(raters: &[String], lead: Option<&str>) -> Result<(), BlindError> {
    if raters.is_empty() {
        return Err(BlindError::NoRaters);
    }
    let mut seen = BTreeSet::new();
    for rater in raters {
        if rater.trim().is_empty() || !seen.insert(rater) {
            return Err(BlindError::Rater(rater.clone()));
        }
    }
    match lead {
        Some(lead) if !raters.iter().any(|rater| rater == lead) => {
            Err(BlindError::Lead(lead.into()))
        }
        _ => Ok(()),
    }
}

/// The responses sorted by what the rater reads. Between equal texts the origin decides, by a digest
/// that only someone who has all origins can repeat; packets do not show the outcome.
fn arrange<'a>(
    responses: &'a [Prepared],
    scenarios: &BTreeMap<&str, &Scenario>,
    seed: u64,
) -> Result<Vec<&'a Prepared>, BlindError> {
    if responses.is_empty() {
        return Err(BlindError::NoResponses);
    }
    let mut origins = BTreeSet::new();
    for Prepared { response, .. } in responses {
        let origin = &response.origin;
        if !scenarios.contains_key(origin.scenario_id.as_str()) {
            return Err(BlindError::UnknownScenario(origin.clone()));
        }
        if !origins.insert(origin) {
            return Err(BlindError::DuplicateResponse(origin.clone()));
        }
    }
    let secret = Digest::of(&(seed, &origins));
    let mut arranged: Vec<&Prepared> = responses.iter().collect();
    arranged.sort_by_cached_key(|Prepared { response, repeated, .. }| {
        let scenario = scenarios[response.origin.scenario_id.as_str()];
        (
            Digest::of(&blind_scenario(scenario, "")),
            &scenario.id,
            &response.text,
            response.filtered,
            *repeated,
            Digest::of(&(&secret, &response.origin)),
        )
    });
    Ok(arranged)
}

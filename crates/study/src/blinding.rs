//! From scenarios and responses to packets without origins, and the key that holds the origins.

use crate::order::Draw;
use crate::{
    BlindedResponse, BlindedScenario, Digest, Framing, Item, ItemId, Origin, Packet, PacketId,
    Response, Rubric, Scenario, StudyId,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// What opens a study: which item came from where. It travels apart from the packets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// The study it opens.
    pub study: StudyId,
    /// The seed of identifiers and orders.
    pub seed: u64,
    /// The rubric of the packets.
    pub rubric: Digest,
    /// Who received which packet.
    pub packets: Vec<KeyPacket>,
    /// Which blinded scenario is which.
    pub scenarios: Vec<KeyScenario>,
    /// Which item is which, by identifier.
    pub items: Vec<KeyItem>,
}

/// A packet and its rater.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyPacket {
    /// The packet.
    pub packet: PacketId,
    /// The rater's label.
    pub rater: String,
}

/// A blinded scenario's identity and its place in the design.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyScenario {
    /// The random identifier.
    pub id: String,
    /// The author's identifier.
    pub scenario_id: String,
    /// Such as `golden_hour`.
    pub category: String,
    /// Who asks.
    pub framing: Option<Framing>,
    /// Shared by scenarios that differ only in framing.
    pub pair_id: Option<String>,
}

/// An item's origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyItem {
    /// The random identifier.
    pub item: ItemId,
    /// Where its response came from.
    pub origin: Origin,
}

/// The packets of a study, one a rater, and the key.
#[derive(Clone, Debug, PartialEq)]
pub struct Blinded {
    /// In the order of the raters.
    pub packets: Vec<Packet>,
    /// The key.
    pub key: Key,
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
    /// Two scenarios of one name.
    #[error("scenario `{0}` occurs twice: expected each once")]
    DuplicateScenario(String),
    /// A response to a scenario that is not there.
    #[error(
        "response to scenario `{0}`: no scenario of that id; expected one of the scenarios given"
    )]
    UnknownScenario(String),
    /// Two responses of one origin.
    #[error("scenario `{}`, model `{}`, repetition {}: two responses; expected one", .0.scenario_id, .0.model_id, .0.rep_id)]
    DuplicateResponse(Origin),
}

/// Blinds `responses` to `scenarios` for `raters`.
///
/// Items are arranged by their texts before any identifier is drawn, so packets depend on what the
/// rater reads and on the seed, never on which model said it: exchanging the models of two
/// responses changes the key and leaves every packet the same to the byte.
pub fn blind(
    title: &str,
    scenarios: &[Scenario],
    responses: &[Response],
    rubric: &Rubric,
    raters: &[String],
    seed: u64,
) -> Result<Blinded, BlindError> {
    let scenarios = index_scenarios(scenarios)?;
    check_raters(raters)?;
    let responses = arrange(responses, &scenarios)?;

    let study = study_id(title, &scenarios, &responses, rubric, seed);
    let mut draw = Draw::new(Digest::of(&(&study, "identifiers")).seed());
    let used: BTreeSet<&str> = responses.iter().map(|r| r.origin.scenario_id.as_str()).collect();
    let scenario_ids: BTreeMap<&str, String> = {
        let ids = draw.ids(used.len());
        let mut by_text: Vec<&str> = used.into_iter().collect();
        by_text.sort_by_key(|id| (&scenarios[id].prompt, *id));
        by_text.into_iter().zip(ids).collect()
    };
    let item_ids: Vec<ItemId> = draw.ids(responses.len()).into_iter().map(ItemId::new).collect();
    let items: Vec<Item> = responses
        .iter()
        .zip(&item_ids)
        .map(|(response, id)| Item {
            id: id.clone(),
            scenario: scenario_ids[response.origin.scenario_id.as_str()].clone(),
            response: BlindedResponse { text: response.text.clone(), filtered: response.filtered },
        })
        .collect();
    let mut blinded_scenarios: Vec<BlindedScenario> =
        scenario_ids.iter().map(|(id, blinded)| blind_scenario(scenarios[id], blinded)).collect();
    blinded_scenarios.sort_by(|a, b| a.id.cmp(&b.id));

    let packets = raters.iter().map(|rater| {
        let packet = Digest::of(&(&study, "packet", rater));
        let mut items = items.clone();
        Draw::new(packet.seed()).shuffle(&mut items);
        Packet {
            study: study.clone(),
            title: title.into(),
            packet: PacketId::new(format!("{study}-{}", packet.short(8))),
            rater: rater.clone(),
            rubric: rubric.clone(),
            scenarios: blinded_scenarios.clone(),
            items,
        }
    });
    let packets: Vec<Packet> = packets.collect();
    let key =
        make_key(&study, seed, rubric, &packets, &scenarios, &scenario_ids, &responses, item_ids);
    Ok(Blinded { packets, key })
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

fn check_raters(raters: &[String]) -> Result<(), BlindError> {
    if raters.is_empty() {
        return Err(BlindError::NoRaters);
    }
    let mut seen = BTreeSet::new();
    for rater in raters {
        if rater.trim().is_empty() || !seen.insert(rater) {
            return Err(BlindError::Rater(rater.clone()));
        }
    }
    Ok(())
}

/// The responses sorted by what the rater reads. The origin decides only between equal texts, where
/// it decides nothing that a rater could see.
fn arrange<'a>(
    responses: &'a [Response],
    scenarios: &BTreeMap<&str, &Scenario>,
) -> Result<Vec<&'a Response>, BlindError> {
    if responses.is_empty() {
        return Err(BlindError::NoResponses);
    }
    let mut origins = BTreeSet::new();
    for response in responses {
        let origin = &response.origin;
        if !scenarios.contains_key(origin.scenario_id.as_str()) {
            return Err(BlindError::UnknownScenario(origin.scenario_id.clone()));
        }
        if !origins.insert(origin) {
            return Err(BlindError::DuplicateResponse(origin.clone()));
        }
    }
    let mut arranged: Vec<&Response> = responses.iter().collect();
    arranged.sort_by_key(|r| (&r.origin.scenario_id, &r.text, r.filtered, &r.origin));
    Ok(arranged)
}

/// Named by what the raters read and the seed, so that two studies never share a name.
fn study_id(
    title: &str,
    scenarios: &BTreeMap<&str, &Scenario>,
    responses: &[&Response],
    rubric: &Rubric,
    seed: u64,
) -> StudyId {
    let texts: Vec<_> = responses
        .iter()
        .map(|r| {
            (blind_scenario(scenarios[r.origin.scenario_id.as_str()], ""), &r.text, r.filtered)
        })
        .collect();
    let digest = Digest::of(&(title, texts, rubric.digest(), seed));
    StudyId::new(digest.short(12))
}

fn blind_scenario(scenario: &Scenario, id: &str) -> BlindedScenario {
    BlindedScenario {
        id: id.into(),
        system_prompt: scenario.system_prompt.clone(),
        prompt: scenario.prompt.clone(),
        reference_answer: scenario.reference_answer.clone(),
        critical_actions: scenario.critical_actions.iter().map(|a| a.text.clone()).collect(),
        commission_risks: scenario.commission_risks.clone(),
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "the key is where all that blinding parted comes together"
)]
fn make_key(
    study: &StudyId,
    seed: u64,
    rubric: &Rubric,
    packets: &[Packet],
    scenarios: &BTreeMap<&str, &Scenario>,
    scenario_ids: &BTreeMap<&str, String>,
    responses: &[&Response],
    item_ids: Vec<ItemId>,
) -> Key {
    let mut items: Vec<KeyItem> = item_ids
        .into_iter()
        .zip(responses)
        .map(|(item, response)| KeyItem { item, origin: response.origin.clone() })
        .collect();
    items.sort_by(|a, b| a.item.cmp(&b.item));
    let key_scenario = |(id, blinded): (&&str, &String)| KeyScenario {
        id: blinded.clone(),
        scenario_id: (*id).into(),
        category: scenarios[id].category.clone(),
        framing: scenarios[id].framing,
        pair_id: scenarios[id].pair_id.clone(),
    };
    Key {
        study: study.clone(),
        seed,
        rubric: rubric.digest(),
        packets: packets
            .iter()
            .map(|p| KeyPacket { packet: p.packet.clone(), rater: p.rater.clone() })
            .collect(),
        scenarios: scenario_ids.iter().map(key_scenario).collect(),
        items,
    }
}

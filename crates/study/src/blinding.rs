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
        "model `{}`, repetition {}, field `scenario_id`: found `{}`; expected the id of one of the scenarios given",
        .0.model_id, .0.rep_id, .0.scenario_id
    )]
    UnknownScenario(Origin),
    /// Two responses of one origin.
    #[error("scenario `{}`, model `{}`, repetition {}: two responses; expected one", .0.scenario_id, .0.model_id, .0.rep_id)]
    DuplicateResponse(Origin),
}

/// Blinds `responses` to `scenarios` for `raters`.
///
/// Items are arranged by what the rater reads before any identifier is drawn, and draws depend on
/// that and the seed alone: exchanging the models of two responses changes the key and leaves every
/// packet the same to the byte. Whoever repeats the draws learns the order of texts they can see.
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
    let responses = arrange(responses, &scenarios, seed)?;

    let content = content(title, &scenarios, &responses, rubric, seed);
    let study = StudyId::new(Digest::of(&(&content, "study")).short(12));
    let mut draw = Draw::new(Digest::of(&(&content, "identifiers")).seed());
    let mut used: Vec<&str> = responses.iter().map(|r| r.origin.scenario_id.as_str()).collect();
    used.dedup();
    let ids = draw.ids(used.len());
    let scenario_ids: BTreeMap<&str, String> = used.into_iter().zip(ids).collect();
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
        let packet = Digest::of(&(&content, "packet", rater));
        let mut items = items.clone();
        Draw::new(Digest::of(&(&content, "order", rater)).seed()).shuffle(&mut items);
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

/// The responses sorted by what the rater reads. Between equal texts the origin decides, by a digest
/// that only someone who has all origins can repeat; packets do not show the outcome.
fn arrange<'a>(
    responses: &'a [Response],
    scenarios: &BTreeMap<&str, &Scenario>,
    seed: u64,
) -> Result<Vec<&'a Response>, BlindError> {
    if responses.is_empty() {
        return Err(BlindError::NoResponses);
    }
    let mut origins = BTreeSet::new();
    for response in responses {
        let origin = &response.origin;
        if !scenarios.contains_key(origin.scenario_id.as_str()) {
            return Err(BlindError::UnknownScenario(origin.clone()));
        }
        if !origins.insert(origin) {
            return Err(BlindError::DuplicateResponse(origin.clone()));
        }
    }
    let secret = Digest::of(&(seed, &origins));
    let mut arranged: Vec<&Response> = responses.iter().collect();
    arranged.sort_by_cached_key(|response| {
        let scenario = scenarios[response.origin.scenario_id.as_str()];
        (
            Digest::of(&blind_scenario(scenario, "")),
            &scenario.id,
            &response.text,
            response.filtered,
            Digest::of(&(&secret, &response.origin)),
        )
    });
    Ok(arranged)
}

/// All that the raters read, the rubric and the seed: what every draw depends on. It is published
/// nowhere; the identifiers of studies and packets are digests of it.
fn content(
    title: &str,
    scenarios: &BTreeMap<&str, &Scenario>,
    responses: &[&Response],
    rubric: &Rubric,
    seed: u64,
) -> Digest {
    let read = |response: &&Response| {
        let scenario = scenarios[response.origin.scenario_id.as_str()];
        (blind_scenario(scenario, ""), response.text.clone(), response.filtered)
    };
    let texts: Vec<_> = responses.iter().map(read).collect();
    Digest::of(&(title, texts, rubric.digest(), seed))
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

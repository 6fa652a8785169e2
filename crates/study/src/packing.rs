//! Arranged responses under random names: packets, and the key to them.

use crate::order::Draw;
use crate::repeat::Shown;
use crate::{
    BlindedResponse, BlindedScenario, Digest, Item, ItemId, Key, KeyItem, KeyPacket, KeyScenario,
    Packet, PacketId, Preparation, Prepared, Scenario, StudyId,
};
use std::collections::{BTreeMap, BTreeSet};

/// The random identifiers of a study.
pub(crate) struct RandomNames<'a> {
    pub(crate) study: StudyId,
    pub(crate) scenarios: BTreeMap<&'a str, String>,
    /// By response, in their arrangement.
    pub(crate) items: Vec<ItemId>,
    /// By response; only the repeated ones have one.
    pub(crate) again: BTreeMap<usize, ItemId>,
}

impl<'a> RandomNames<'a> {
    pub(crate) fn draw(responses: &[&'a Prepared], content: &Digest) -> Self {
        let study = StudyId::new(Digest::of(&(content, "study")).short(12));
        let mut draw = Draw::new(Digest::of(&(content, "identifiers")).seed());
        let scenario = |prepared: &&'a Prepared| prepared.response.origin.scenario_id.as_str();
        let mut used: Vec<&str> = responses.iter().map(scenario).collect();
        used.dedup();
        let ids = draw.ids(used.len());
        let scenarios = used.into_iter().zip(ids).collect();
        let repeated: Vec<usize> =
            (0..responses.len()).filter(|at| responses[*at].repeated).collect();
        let ids = draw.ids(responses.len() + repeated.len()).into_iter().map(ItemId::new);
        let mut items: Vec<ItemId> = ids.collect();
        let again = repeated.into_iter().zip(items.split_off(responses.len())).collect();
        Self { study, scenarios, items, again }
    }
}

/// Responses with their scenarios and names.
pub(crate) struct Items<'a> {
    pub(crate) scenarios: &'a BTreeMap<&'a str, &'a Scenario>,
    pub(crate) responses: &'a [&'a Prepared],
    pub(crate) names: &'a RandomNames<'a>,
}

impl Items<'_> {
    pub(crate) fn packet(
        &self,
        study: &Preparation,
        content: &Digest,
        rater: &str,
        order: Vec<Shown>,
    ) -> Packet {
        let packet = Digest::of(&(content, "packet", rater));
        let items: Vec<Item> = order.into_iter().map(|shown| self.item(shown)).collect();
        let used: BTreeSet<&str> = items.iter().map(|item| item.scenario.as_str()).collect();
        let mut scenarios: Vec<BlindedScenario> = self
            .names
            .scenarios
            .iter()
            .filter(|(_, blinded)| used.contains(blinded.as_str()))
            .map(|(id, blinded)| blind_scenario(self.scenarios[id], blinded))
            .collect();
        scenarios.sort_by(|a, b| a.id.cmp(&b.id));
        Packet {
            study: self.names.study.clone(),
            title: study.title.into(),
            packet: PacketId::new(format!("{}-{}", self.names.study, packet.short(8))),
            rater: rater.into(),
            rubric: study.rubric.clone(),
            instructions: study.instructions.into(),
            calibration: study.calibration.to_vec(),
            scenarios,
            items,
        }
    }

    fn item(&self, shown: Shown) -> Item {
        let (at, id) = match shown {
            Shown::First(at) => (at, &self.names.items[at]),
            Shown::Again(at) => (at, &self.names.again[&at]),
        };
        let response = &self.responses[at].response;
        Item {
            id: id.clone(),
            scenario: self.names.scenarios[response.origin.scenario_id.as_str()].clone(),
            response: BlindedResponse { text: response.text.clone(), filtered: response.filtered },
        }
    }

    pub(crate) fn key(&self, study: &Preparation, id: &StudyId, packets: &[Packet]) -> Key {
        let first = self.names.items.iter().enumerate().map(|(at, id)| self.key_item(at, id, None));
        let again = self.names.again.iter();
        let again = again.map(|(at, id)| self.key_item(*at, id, Some(&self.names.items[*at])));
        let mut items: Vec<KeyItem> = first.chain(again).collect();
        items.sort_by(|a, b| a.item.cmp(&b.item));
        let key_packet = |packet: &Packet| KeyPacket {
            packet: packet.packet.clone(),
            rater: packet.rater.clone(),
            lead: study.lead == Some(packet.rater.as_str()),
        };
        let key_scenario = |(id, blinded): (&&str, &String)| KeyScenario {
            id: blinded.clone(),
            scenario_id: (*id).into(),
            category: self.scenarios[id].category.clone(),
            framing: self.scenarios[id].framing,
            pair_id: self.scenarios[id].pair_id.clone(),
            masked: study.masked.get(*id).cloned().unwrap_or_default(),
        };
        Key {
            study: id.clone(),
            seed: study.seed,
            rubric: study.rubric.digest(),
            packets: packets.iter().map(key_packet).collect(),
            scenarios: self.names.scenarios.iter().map(key_scenario).collect(),
            items,
            design: study.design,
            sampling: study.sampling.cloned(),
            masked_opening: study.masked_opening.to_vec(),
        }
    }

    fn key_item(&self, at: usize, id: &ItemId, repeat_of: Option<&ItemId>) -> KeyItem {
        let prepared = self.responses[at];
        KeyItem {
            item: id.clone(),
            origin: prepared.response.origin.clone(),
            repeat_of: repeat_of.cloned(),
            inclusion_probability: prepared.inclusion_probability,
            filtered: Some(prepared.response.filtered),
            masks: prepared.masks.clone(),
        }
    }
}

/// `scenario` as a rater sees it, under the name `id`.
pub(crate) fn blind_scenario(scenario: &Scenario, id: &str) -> BlindedScenario {
    BlindedScenario {
        id: id.into(),
        system_prompt: scenario.system_prompt.clone(),
        prompt: scenario.prompt.clone(),
        reference_answer: scenario.reference_answer.clone(),
        critical_actions: scenario.critical_actions.iter().map(|a| a.text.clone()).collect(),
        commission_risks: scenario.commission_risks.clone(),
    }
}

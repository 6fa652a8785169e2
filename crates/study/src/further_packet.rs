//! The packet of a rater who is added to a running study: from what its packets share, without the key.

use crate::order::Draw;
use crate::repeat::{Shown, far_apart};
use crate::{
    BlindedScenario, CalibrationItem, Digest, Item, ItemId, Packet, PacketId, Rubric, StudyId,
};
use std::collections::{BTreeMap, BTreeSet};

/// What every packet of a study has.
#[derive(Clone, Copy, Debug)]
pub struct SharedParts<'a> {
    /// The study.
    pub study: &'a StudyId,
    /// The study's name on screen.
    pub title: &'a str,
    /// The instrument.
    pub rubric: &'a Rubric,
    /// What the raters are told before they begin.
    pub instructions: &'a str,
    /// What they rate before the study.
    pub calibration: &'a [CalibrationItem],
}

impl SharedParts<'_> {
    /// A packet for `rater` of `items`, each with the item that it repeats, in an order of its own.
    ///
    /// Identifier and order follow from the study's identifier, which follows from its seed, from the
    /// label and from which items those are: the same again gives the same packet. They tell nothing of
    /// origins, because the identifiers of items do not.
    pub fn packet(
        &self,
        rater: &str,
        scenarios: &BTreeMap<&str, &BlindedScenario>,
        items: &BTreeMap<&ItemId, (&Item, Option<&ItemId>)>,
    ) -> Packet {
        let given = (self.study, rater, items.keys().collect::<Vec<_>>());
        let mut draw = Draw::new(Digest::of(&("order of an added rater", &given)).seed());
        let items = in_order(items, &mut draw);
        let used: BTreeSet<&str> = items.iter().map(|item| item.scenario.as_str()).collect();
        let packet = Digest::of(&("packet of an added rater", &given));
        Packet {
            study: self.study.clone(),
            title: self.title.into(),
            packet: PacketId::new(format!("{}-{}", self.study, packet.short(8))),
            rater: rater.into(),
            rubric: self.rubric.clone(),
            instructions: self.instructions.into(),
            calibration: self.calibration.to_vec(),
            scenarios: used
                .iter()
                .filter_map(|id| scenarios.get(id))
                .map(|known| (*known).clone())
                .collect(),
            items,
        }
    }
}

/// `items` in an order that is drawn, repeats far from what they repeat.
fn in_order(items: &BTreeMap<&ItemId, (&Item, Option<&ItemId>)>, draw: &mut Draw) -> Vec<Item> {
    let mut again: BTreeMap<&ItemId, &Item> = BTreeMap::new();
    let mut more = Vec::new();
    // Of several repeats of an item, which only an open key tells, one is far from it and the others come last.
    for (item, first) in items.values().filter_map(|(item, first)| Some((*item, (*first)?))) {
        if items.contains_key(first) {
            more.extend(again.insert(first, item));
        }
    }
    let is_first = |repeat_of: Option<&ItemId>| repeat_of.is_none_or(|id| !items.contains_key(id));
    let first: Vec<&Item> = items
        .values()
        .filter(|(_, repeat_of)| is_first(*repeat_of))
        .map(|(item, _)| *item)
        .collect();
    let repeated: Vec<bool> = first.iter().map(|item| again.contains_key(&item.id)).collect();
    let order = far_apart((0..first.len()).collect(), &repeated, draw).into_iter();
    let shown = order.map(|shown| match shown {
        Shown::First(at) => first[at].clone(),
        Shown::Again(at) => again[&first[at].id].clone(),
    });
    shown.chain(more.into_iter().cloned()).collect()
}

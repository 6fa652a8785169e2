//! What the open keys tell of items that were added, and what in them disagrees.

use crate::lead::open_study::{OpenStudy, StudyRater};
use crate::names::{count, enumerated};
use exchange::first_few;
use std::collections::{BTreeMap, BTreeSet};
use store::{Event, SealedKey};
use study::{BlindedScenario, ItemId, KeyScenario, PacketId};

impl OpenStudy {
    /// Keys that are sealed still, where another was opened.
    pub(super) fn keys_sealed(&self) -> Vec<String> {
        let sealed = self.opened.iter().flat_map(|opened| &opened.sealed);
        let said = |key: &SealedKey| {
            format!(
                "The key {} is still sealed: figures by model appear once it is open too.",
                key.name
            )
        };
        sealed.map(said).collect()
    }

    /// Items that turned out to show what the study had already, once the key told.
    pub(super) fn items_shown_before(&self) -> Option<String> {
        let again = self.shown_before.len();
        let show = if again == 1 { "shows" } else { "show" };
        (again > 0).then(|| {
            format!(
                "{} that {} added {show} a response of which the study had an item already: only the first counts.",
                count(again, "item"),
                if again == 1 { "was" } else { "were" }
            )
        })
    }

    /// Added items by one model, in the packet of a lead author, who knew it.
    pub(super) fn known_to_lead(&self) -> Option<String> {
        let key = self.key_so_far()?;
        let models: BTreeMap<&ItemId, &str> =
            key.items.iter().map(|known| (&known.item, known.origin.model_id.as_str())).collect();
        let by_one = |rater: &&StudyRater| {
            let added = self.added_with(&rater.packet.packet);
            let items = added.iter().flat_map(|packet| &packet.packet.items);
            let known: BTreeSet<_> = items.filter_map(|item| models.get(item)).collect();
            rater.packet.lead && rater.further && known.len() == 1
        };
        let raters: Vec<String> =
            self.raters.iter().filter(by_one).map(StudyRater::labelled).collect();
        (!raters.is_empty()).then(|| {
            format!(
                "Items that were added for {}, the lead author, are all by one model, which the lead author knew: \
                 these ratings are not blind.",
                enumerated(&raters)
            )
        })
    }

    /// The packets of all items that were added at once, of which `packet` has some.
    fn added_with(&self, packet: &PacketId) -> Vec<&StudyRater> {
        let together = self.log.iter().find_map(|entry| match &entry.event {
            Event::ItemsAdded { packets, .. } => Some(packets).filter(|all| all.contains(packet)),
            _ => None,
        });
        let is_with = |rater: &&StudyRater| match together {
            Some(packets) => packets.contains(&rater.packet.packet),
            None => rater.packet.packet == *packet,
        };
        self.all().filter(is_with).collect()
    }

    /// Scenarios that one key knows otherwise than another.
    pub(super) fn named_otherwise(&self) -> Vec<String> {
        let Some(key) = self.key() else { return Vec::new() };
        let (mut by_name, mut by_text) =
            <(BTreeMap<&str, Vec<&KeyScenario>>, BTreeMap<&str, BTreeSet<&str>>)>::default();
        for known in &key.scenarios {
            by_name.entry(&known.scenario_id).or_default().push(known);
            by_text.entry(&known.id).or_default().insert(&known.scenario_id);
        }
        let names = |is: &dyn Fn(&[&KeyScenario]) -> bool| -> Vec<String> {
            let found = by_name.iter().filter(|(_, known)| is(known));
            found.map(|(name, _)| format!("`{name}`")).collect()
        };
        let other_text = |known: &[&KeyScenario]| {
            known.iter().any(|one| self.said(&one.id) != self.said(&known[0].id))
        };
        let other_place = |known: &[&KeyScenario]| {
            !other_text(known) && known.iter().any(|one| place(one) != place(known[0]))
        };
        // One that has two texts that say the same was known under both names from the beginning.
        let only = |name: &&&str| by_name[**name].iter().all(|one| one.id == by_name[**name][0].id);
        let several = |names: &BTreeSet<&str>| {
            let names: Vec<String> =
                names.iter().filter(only).map(|name| format!("`{name}`")).collect();
            (names.len() > 1).then(|| enumerated(&names))
        };
        let renamed: Vec<String> = by_text.values().filter_map(several).collect();
        let said = [
            (
                names(&other_text),
                "Items that were added answer a scenario that has the name of an earlier one and other words",
                "Each item keeps the category, framing and pair of its own key; by scenario, both count as one.",
            ),
            (
                names(&other_place),
                "The category, framing or pair of a scenario is another in the key of items that were added",
                "What the first key has counts.",
            ),
            (
                renamed,
                "A scenario has another name in the key of items that were added",
                "By scenario, what has two names counts as two.",
            ),
        ];
        let said = said.into_iter().filter(|(names, ..)| !names.is_empty());
        said.map(|(names, what, then)| format!("{what}: {}. {then}", first_few(&names))).collect()
    }

    /// What the scenario that raters know under this name says.
    fn said(&self, id: &str) -> Option<BlindedScenario> {
        Some(BlindedScenario { id: String::new(), ..self.scenarios.get(id)?.clone() })
    }
}

fn place(known: &KeyScenario) -> (&str, Option<study::Framing>, Option<&str>) {
    (&known.category, known.framing, known.pair_id.as_deref())
}

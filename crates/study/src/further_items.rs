//! Further items of a running study: blinded as the first were, under names that the study does not have yet.
//! What the study has is known here by what raters read, never by where it came from, so that its key stays
//! sealed.

use crate::leaks::MASKED;
use crate::order::Draw;
use crate::packing::blind_scenario;
use crate::{
    BlindError, Blinded, BlindedResponse, BlindedScenario, CalibrationItem, Digest, Item, ItemId,
    Packet, PacketId, Preparation, Scenario, StudyId, blind_study,
};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A running study, as far as further items have to know it.
#[derive(Clone, Debug)]
pub struct RunningStudy<'a> {
    study: &'a StudyId,
    /// The names of scenarios, by the digest of what they say.
    scenarios: BTreeMap<Digest, &'a str>,
    /// What the items show, by what their scenarios say.
    shown: BTreeMap<Digest, BTreeSet<&'a BlindedResponse>>,
    /// Names that no further item or scenario may have.
    taken: BTreeSet<&'a str>,
    /// The scenarios by what they ask, which is looked up where nothing in it is masked.
    asking: BTreeMap<Asked<'a>, Vec<&'a BlindedScenario>>,
    /// What of it is masked: that has to be compared with all.
    masked_asking: Vec<Asked<'a>>,
    /// The scenarios in which anything is masked.
    masked: Vec<&'a BlindedScenario>,
}

/// The prompt and the system prompt of a scenario.
type Asked<'a> = [Cow<'a, str>; 2];

impl<'a> RunningStudy<'a> {
    /// The study called `study`, with all that its packets hold.
    pub fn new(
        study: &'a StudyId,
        scenarios: impl IntoIterator<Item = &'a BlindedScenario>,
        items: impl IntoIterator<Item = &'a Item>,
        calibration: &'a [CalibrationItem],
    ) -> Self {
        let mut known: Vec<&BlindedScenario> = scenarios.into_iter().collect();
        // Of scenarios that say the same, the one with the first name is known.
        known.sort_by(|a, b| b.id.cmp(&a.id));
        let items: Vec<&Item> = items.into_iter().collect();
        let said: BTreeMap<&str, Digest> =
            known.iter().map(|scenario| (scenario.id.as_str(), said_by(scenario))).collect();
        let mut shown: BTreeMap<Digest, BTreeSet<&BlindedResponse>> = BTreeMap::new();
        for item in &items {
            if let Some(said) = said.get(item.scenario.as_str()) {
                shown.entry(said.clone()).or_default().insert(&item.response);
            }
        }
        let mut asking: BTreeMap<Asked<'_>, Vec<&BlindedScenario>> = BTreeMap::new();
        for scenario in &known {
            asking.entry(asked(scenario)).or_default().push(scenario);
        }
        let is_masked_in = |asked: &&Asked<'_>| asked.iter().any(|text| is_masked(text));
        let calibrated = calibration.iter().flat_map(|item| [item.id.as_str(), &item.scenario.id]);
        let names = known.iter().map(|scenario| scenario.id.as_str());
        let names = names.chain(items.iter().map(|item| item.id.as_str()));
        Self {
            study,
            taken: names.chain(calibrated).collect(),
            scenarios: known
                .iter()
                .map(|one| (said[one.id.as_str()].clone(), one.id.as_str()))
                .collect(),
            shown,
            masked_asking: asking.keys().filter(is_masked_in).cloned().collect(),
            asking,
            masked: known
                .into_iter()
                .filter(|known| texts(known).any(|text| is_masked(&text)))
                .collect(),
        }
    }

    /// Whether `scenario`, its texts as they are to be shown, is one of the study's and shows words that are
    /// masked there: raters have read it without them.
    pub fn unmasks(&self, scenario: &Scenario) -> bool {
        let shown = blind_scenario(scenario, "");
        self.masked.iter().any(|known| {
            is_same_but_for_masks(known, &shown)
                && texts(known).zip(texts(&shown)).any(|(known, shown)| known != shown)
        })
    }

    /// The scenarios of the study that ask what `scenario` asks, its texts as they are to be shown, and say something
    /// else of a good answer; none where one of them says the same as well.
    pub fn with_other_contents(&self, scenario: &Scenario) -> Vec<&'a BlindedScenario> {
        let shown = blind_scenario(scenario, "");
        let asked = asked(&shown);
        let reveals = |masked: &&Asked<'_>| {
            **masked != asked && masked.iter().zip(&asked).all(is_same_but_masked)
        };
        let alike = self.masked_asking.iter().filter(reveals);
        let known: Vec<&BlindedScenario> = std::iter::once(&asked)
            .chain(alike)
            .filter_map(|asked| self.asking.get(asked))
            .flatten()
            .copied()
            .collect();
        match known.iter().any(|known| is_same_but_for_masks(known, &shown)) {
            true => Vec::new(),
            false => known,
        }
    }

    /// The name under which raters know `scenario`, its texts as they are to be shown; none where they do not.
    pub fn name_of(&self, scenario: &Scenario) -> Option<&'a str> {
        self.scenarios.get(&said_by(&blind_scenario(scenario, ""))).copied()
    }

    /// Whether an item shows `response` to `scenario`, both as they are to be shown.
    pub fn shows(&self, scenario: &Scenario, response: &BlindedResponse) -> bool {
        let said = said_by(&blind_scenario(scenario, ""));
        self.shown.get(&said).is_some_and(|shown| shown.contains(response))
    }

    /// Whether an item shows `response` to `scenario`, both as they are to be shown, but for words that are masked
    /// there: raters have read it without them.
    pub fn shows_masked(&self, scenario: &Scenario, response: &BlindedResponse) -> bool {
        let said = said_by(&blind_scenario(scenario, ""));
        self.shown.get(&said).into_iter().flatten().any(|known| {
            is_masked(&known.text)
                && known.text.replace(MASKED, "").split_whitespace().count() >= WORDS_LEFT
                && known.filtered == response.filtered
                && reveals(&known.text, &response.text)
        })
    }

    /// Blinds what is added: packets of this study, and a key to what is in them. A scenario that the study
    /// has keeps its name there.
    ///
    /// As in [`blind_study`], names and orders follow from what raters read and the seed, never from
    /// origins.
    pub fn blind(&self, added: &Preparation<'_>) -> Result<Blinded, BlindError> {
        let mut made = blind_study(added)?;
        let names = self.names(&made);
        for packet in &mut made.packets {
            self.rename(packet, &names);
        }
        let key = &mut made.key;
        key.study = self.study.clone();
        for (named, packet) in key.packets.iter_mut().zip(&made.packets) {
            named.packet = packet.packet.clone();
        }
        key.scenarios.iter_mut().for_each(|known| known.id = names[&known.id].clone());
        for item in &mut key.items {
            item.item = renamed(&names, &item.item);
            item.repeat_of = item.repeat_of.as_ref().map(|first| renamed(&names, first));
        }
        key.items.sort_by(|a, b| a.item.cmp(&b.item));
        Ok(made)
    }

    /// The name in this study of each scenario and item of `made`.
    fn names(&self, made: &Blinded) -> BTreeMap<String, String> {
        let scenarios: BTreeMap<&str, &BlindedScenario> = made
            .packets
            .iter()
            .flat_map(|packet| &packet.scenarios)
            .map(|scenario| (scenario.id.as_str(), scenario))
            .collect();
        let known = |scenario: &BlindedScenario| self.scenarios.get(&said_by(scenario));
        let unknown = scenarios.values().filter(|scenario| known(scenario).is_none());
        // By the names that they had: those are random already.
        let items = made.key.items.iter().map(|item| item.item.as_str());
        let nameless: Vec<&str> =
            unknown.map(|scenario| scenario.id.as_str()).chain(items).collect();
        let packets: Vec<&PacketId> = made.packets.iter().map(|packet| &packet.packet).collect();
        let seed = Digest::of(&("names of further items", self.study, packets)).seed();
        let free = Draw::new(seed).ids(nameless.len() + self.taken.len()).into_iter();
        let free = free.filter(|name| !self.taken.contains(name.as_str()));
        let mut names: BTreeMap<String, String> =
            nameless.into_iter().map(str::to_owned).zip(free).collect();
        for (id, scenario) in &scenarios {
            if let Some(name) = known(scenario) {
                names.insert((*id).to_owned(), (*name).to_owned());
            }
        }
        names
    }

    fn rename(&self, packet: &mut Packet, names: &BTreeMap<String, String>) {
        let own = Digest::of(&("packet of further items", self.study, &packet.packet));
        packet.packet = PacketId::new(format!("{}-{}", self.study, own.short(8)));
        packet.study = self.study.clone();
        packet.scenarios.iter_mut().for_each(|known| known.id = names[&known.id].clone());
        packet.scenarios.sort_by(|a, b| a.id.cmp(&b.id));
        // Scenarios that say the same have one name where the study knows the words.
        packet.scenarios.dedup_by(|a, b| a.id == b.id);
        for item in &mut packet.items {
            item.id = renamed(names, &item.id);
            item.scenario = names[&item.scenario].clone();
        }
    }
}

/// All that raters read of a scenario.
fn texts(scenario: &BlindedScenario) -> impl Iterator<Item = Cow<'_, str>> {
    let lists = scenario.critical_actions.iter().chain(&scenario.commission_risks);
    let others = std::iter::once(&scenario.reference_answer).chain(lists);
    asked(scenario).into_iter().chain(others.map(|text| Cow::from(text.as_str())))
}

/// What was asked.
fn asked(scenario: &BlindedScenario) -> Asked<'_> {
    [scenario.prompt.plain(), Cow::from(scenario.system_prompt.as_str())]
}

/// Whether `shown` says what `known` says, with or without words in the place of masks.
fn is_same_but_for_masks(known: &BlindedScenario, shown: &BlindedScenario) -> bool {
    texts(known).count() == texts(shown).count()
        && texts(known).zip(texts(shown)).all(|(known, shown)| is_same_but_masked((&known, &shown)))
}

fn is_same_but_masked((known, shown): (&Cow<'_, str>, &Cow<'_, str>)) -> bool {
    known == shown || reveals(known, shown)
}

/// With fewer words beside its masks a response could be any other.
const WORDS_LEFT: usize = 5;

fn is_masked(text: &str) -> bool {
    text.contains(MASKED)
}

/// Whether `shown` is `masked` with words in the place of masks.
fn reveals(masked: &str, shown: &str) -> bool {
    let mut between: Vec<&str> = masked.split(MASKED).collect();
    let (first, Some(last)) = (between.remove(0), between.pop()) else { return false };
    let Some(mut rest) = shown.strip_prefix(first) else { return false };
    for part in between {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

fn renamed(names: &BTreeMap<String, String>, item: &ItemId) -> ItemId {
    ItemId::new(names[item.as_str()].clone())
}

/// What a scenario says, whatever its name.
fn said_by(scenario: &BlindedScenario) -> Digest {
    Digest::of(&BlindedScenario { id: String::new(), ..scenario.clone() })
}

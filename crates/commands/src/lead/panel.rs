//! The raters of a study: their ratings as they are in its file.

use crate::Failure;
use exchange::{RatedItem, Ratings};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use store::{PacketState, StudyHeader, StudyItem, StudyPacket, StudyStore};
use study::{BlindedScenario, ItemId, Lock, RaterScores, standing};

/// A study, read whole.
pub(super) struct Panel {
    pub(super) store: StudyStore,
    pub(super) header: StudyHeader,
    pub(super) scenarios: HashMap<String, BlindedScenario>,
    pub(super) items: BTreeMap<ItemId, StudyItem>,
    pub(super) raters: Vec<PanelRater>,
}

/// A rater of a study, with what came back.
pub(super) struct PanelRater {
    pub(super) packet: StudyPacket,
    /// What the latest file says, by the time it was written; none where no file has come.
    pub(super) state: Option<PacketState>,
    /// Files received.
    pub(super) files: u32,
    /// The names in them.
    pub(super) names: BTreeSet<String>,
    /// All ratings, those made after the lock included.
    pub(super) ratings: Ratings,
}

/// The study's file: `path` itself, or the one in that folder.
pub(crate) fn study_file(path: &str) -> PathBuf {
    let path = Path::new(path);
    if path.is_dir() { path.join(super::create::STUDY_FILE) } else { path.to_owned() }
}

impl Panel {
    pub(super) fn open(path: &str) -> Result<Self, Failure> {
        let store = StudyStore::open(&study_file(path))?;
        let header = store.study()?;
        let scenarios: HashMap<String, BlindedScenario> =
            store.scenarios()?.into_iter().map(|known| (known.id.clone(), known)).collect();
        let items: BTreeMap<ItemId, StudyItem> =
            store.items()?.into_iter().map(|known| (known.item.id.clone(), known)).collect();
        let states = store.packet_states()?;
        let mut raters = Vec::new();
        for packet in store.packets()? {
            let of_packet =
                states.iter().map(|(_, state)| state).filter(|state| state.packet == packet.packet);
            let state = of_packet.clone().max_by_key(|state| state.exported_at).cloned();
            let records = store.records_of(&packet.packet)?;
            let rated = |id: &ItemId| {
                let item = &items[id].item;
                let actions = scenarios[&item.scenario].critical_actions.len() as u16;
                RatedItem { id: id.clone(), scenario: item.scenario.clone(), actions }
            };
            // The first lock counts, in whatever order the files came, and so does the name in it.
            let locked = of_packet.clone().filter_map(lock).min_by_key(|lock| lock.at);
            let names = of_packet.clone().map(|state| state.name.clone()).collect();
            let ratings = Ratings {
                study: header.study.clone(),
                title: header.title.clone(),
                packet: packet.packet.clone(),
                rater: packet.rater.clone(),
                name: locked
                    .as_ref()
                    .map(|lock| &lock.name)
                    .or(state.as_ref().map(|state| &state.name))
                    .cloned()
                    .unwrap_or_default(),
                exported_at: state.as_ref().map_or(header.created_at, |state| state.exported_at),
                locked,
                rubric: header.rubric.clone(),
                items: packet.items.iter().map(rated).collect(),
                records: records.into_iter().map(|found| found.record).collect(),
                calibration: None,
            };
            let files = of_packet.count() as u32;
            raters.push(PanelRater { packet, state, files, names, ratings });
        }
        Ok(Self { store, header, scenarios, items, raters })
    }

    /// The raters who have sent something, with their first rating of every response.
    pub(super) fn scores(&self) -> Vec<RaterScores> {
        let came = self.raters.iter().filter(|rater| rater.files > 0);
        came.map(|rater| self.without_repeats(rater.scores())).collect()
    }

    /// A rater's first and second ratings of the responses that were shown twice, both under the
    /// name of the first.
    pub(super) fn repeated(&self, rater: &PanelRater) -> (RaterScores, RaterScores) {
        let scores = rater.scores();
        let pairs: Vec<(&ItemId, &ItemId)> = rater
            .packet
            .items
            .iter()
            .filter_map(|item| Some((self.items[item].repeat_of.as_ref()?, item)))
            .collect();
        let firsts: BTreeSet<&str> = pairs.iter().map(|(first, _)| first.as_str()).collect();
        let names: BTreeMap<&str, &str> =
            pairs.iter().map(|(first, second)| (second.as_str(), first.as_str())).collect();
        let first = keep(&scores, |item| firsts.contains(item).then(|| item.to_owned()));
        let second = keep(&scores, |item| names.get(item).map(|first| (*first).to_owned()));
        let named = |scores: RaterScores, showing: &str| RaterScores {
            rater: format!("{}, {showing}", scores.rater),
            ..scores
        };
        (named(first, "first time"), named(second, "second time"))
    }

    pub(super) fn without_repeats(&self, scores: RaterScores) -> RaterScores {
        let repeats: BTreeSet<&str> = self
            .items
            .values()
            .filter(|item| item.repeat_of.is_some())
            .map(|item| item.item.id.as_str())
            .collect();
        keep(&scores, |item| (!repeats.contains(item)).then(|| item.to_owned()))
    }

    /// How many standing decisions were made when the key was open, in words; nothing where none were.
    pub(super) fn decided_late(&self) -> Result<Option<String>, Failure> {
        let Some(opened) = self.store.opened_key()? else { return Ok(None) };
        let decisions = self.store.decisions()?;
        let standing = standing(&decisions);
        let late = standing.values().filter(|decision| decision.decided_at > opened.opened_at);
        let late = late.count();
        let all = match standing.len() {
            1 => "The decision was".into(),
            several => format!("{late} of {several} decisions were"),
        };
        Ok((late > 0).then(|| {
            format!(
                "{all} made after the key was opened: anyone who made them could know the models."
            )
        }))
    }

    /// Whether the key has been opened.
    pub(super) fn key(&self) -> Result<Option<study::Key>, Failure> {
        Ok(self.store.opened_key()?.map(|opened| opened.key))
    }
}

impl PanelRater {
    /// The label and, once known, the name.
    pub(super) fn called(&self) -> String {
        match self.ratings.name.trim() {
            "" => self.packet.rater.clone(),
            name => name.to_owned(),
        }
    }

    pub(super) fn scores(&self) -> RaterScores {
        RaterScores { rater: self.called(), ..self.ratings.scores() }
    }

    pub(super) fn locked(&self) -> bool {
        self.ratings.locked.is_some()
    }
}

fn lock(state: &PacketState) -> Option<Lock> {
    Some(Lock {
        at: state.locked_at?,
        name: state.name.clone(),
        statement: state.attestation.clone().unwrap_or_default(),
    })
}

/// The scores of the items that `name` has a name for, under that name.
fn keep(scores: &RaterScores, name: impl Fn(&str) -> Option<String>) -> RaterScores {
    let mut kept = RaterScores { ..scores.clone() };
    kept.items = renamed(&scores.items, &name);
    kept.places = renamed(&scores.places, &name);
    kept.checklist.items = renamed(&scores.checklist.items, &name);
    kept
}

fn renamed<V: Clone>(
    items: &BTreeMap<String, V>,
    name: impl Fn(&str) -> Option<String>,
) -> BTreeMap<String, V> {
    items.iter().filter_map(|(item, value)| Some((name(item)?, value.clone()))).collect()
}

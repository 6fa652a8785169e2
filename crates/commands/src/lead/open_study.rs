//! A study, read whole once per command: its items, its decisions, and what has come from its raters.

use crate::Failure;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use store::{OpenedKey, PacketState, StudyHeader, StudyItem, StudyPacket, StudyStore};
use study::{
    Adjudication, BlindedScenario, Decision, Digest, ItemId, Key, Lock, PacketId, RatedItem,
    RaterRatings, RaterScores, Record, counting_decisions,
};

/// A study, read whole.
pub(crate) struct OpenStudy {
    pub(crate) store: StudyStore,
    pub(crate) header: StudyHeader,
    pub(crate) scenarios: HashMap<String, BlindedScenario>,
    pub(crate) items: BTreeMap<ItemId, StudyItem>,
    pub(crate) raters: Vec<StudyRater>,
    pub(crate) decisions: Vec<Decision>,
    pub(crate) opened: Option<OpenedKey>,
    scores: OnceCell<Vec<RaterScores>>,
}

/// A rater of a study, with what came back.
pub(crate) struct StudyRater {
    pub(crate) packet: StudyPacket,
    /// What the latest file says, by the time it was written; none where no file has come.
    pub(crate) state: Option<PacketState>,
    /// Files received.
    pub(crate) files: u32,
    /// The names in them.
    pub(crate) names: BTreeSet<String>,
    /// The name that counts; empty where no file has come.
    pub(crate) name: String,
    /// The attestation that counts.
    pub(crate) lock: Option<Lock>,
    /// Every item of the packet.
    pub(crate) items: Vec<RatedItem>,
    /// Every record, those made after the lock included.
    pub(crate) records: Vec<Record>,
}

/// The study's file: `path` itself, or the one in that folder.
pub(crate) fn study_file(path: &str) -> PathBuf {
    let path = Path::new(path);
    if path.is_dir() { path.join(super::create::STUDY_FILE) } else { path.to_owned() }
}

impl OpenStudy {
    pub(crate) fn open(path: &str) -> Result<Self, Failure> {
        let store = StudyStore::open(&study_file(path))?;
        let header = store.study()?;
        let scenarios: HashMap<String, BlindedScenario> =
            store.scenarios()?.into_iter().map(|known| (known.id.clone(), known)).collect();
        let items: BTreeMap<ItemId, StudyItem> =
            store.items()?.into_iter().map(|known| (known.item.id.clone(), known)).collect();
        let (decisions, opened) = (store.decisions()?, store.opened_key()?);
        let (raters, scores) = (Vec::new(), OnceCell::new());
        let mut study = Self { store, header, scenarios, items, raters, decisions, opened, scores };
        let states = study.store.packet_states()?;
        let packets = study.store.packets()?.into_iter();
        study.raters =
            packets.map(|packet| study.rater(packet, &states)).collect::<Result<_, _>>()?;
        Ok(study)
    }

    /// Reads again what has come of one packet.
    pub(crate) fn reread(&mut self, packet: &PacketId) -> Result<(), Failure> {
        let states = self.store.packet_states()?;
        if let Some(place) = self.raters.iter().position(|rater| rater.packet.packet == *packet) {
            self.raters[place] = self.rater(self.raters[place].packet.clone(), &states)?;
            self.scores.take();
        }
        Ok(())
    }

    /// What has come of `packet`, by what all files say.
    fn rater(
        &self,
        packet: StudyPacket,
        states: &[(Digest, PacketState)],
    ) -> Result<StudyRater, Failure> {
        let states =
            states.iter().map(|(_, state)| state).filter(|state| state.packet == packet.packet);
        let state = states.clone().max_by_key(|state| state.exported_at).cloned();
        // The first lock counts, in whatever order the files came, and so does the name in it.
        let lock = states.clone().filter_map(lock).min_by_key(|lock| lock.at);
        let name = lock.as_ref().map(|lock| &lock.name);
        let name = name.or(state.as_ref().map(|state| &state.name)).cloned().unwrap_or_default();
        let rated = |id: &ItemId| {
            let item = &self.items[id].item;
            let actions = self.scenarios[&item.scenario].critical_actions.len() as u16;
            RatedItem { id: id.clone(), scenario: item.scenario.clone(), actions }
        };
        let records = self.store.records_of(&packet.packet)?;
        Ok(StudyRater {
            files: states.clone().count() as u32,
            names: states.map(|state| state.name.clone()).collect(),
            items: packet.items.iter().map(rated).collect(),
            records: records.into_iter().map(|found| found.record).collect(),
            packet,
            state,
            name,
            lock,
        })
    }

    /// The raters who have sent something.
    pub(crate) fn came(&self) -> impl Iterator<Item = &StudyRater> {
        self.raters.iter().filter(|rater| rater.files > 0)
    }

    /// What `rater` did.
    pub(crate) fn ratings<'a>(&'a self, rater: &'a StudyRater) -> RaterRatings<'a> {
        RaterRatings {
            study: &self.header.study,
            label: &rater.packet.rater,
            name: &rater.name,
            rubric: &self.header.rubric,
            lock: rater.lock.as_ref(),
            items: &rater.items,
            records: &rater.records,
        }
    }

    /// What the raters who have sent something rated, first and second ratings.
    pub(crate) fn scores(&self) -> &[RaterScores] {
        let scores = || self.came().map(|rater| self.ratings(rater).scores()).collect();
        self.scores.get_or_init(scores)
    }

    /// What is decided about.
    pub(crate) fn adjudication(&self) -> Adjudication<'_> {
        let first = self.items.iter().filter(|(_, known)| known.repeat_of.is_none());
        Adjudication {
            items: first.map(|(item, _)| item).collect(),
            axes: &self.header.rubric.axes,
            scores: self.scores(),
            decisions: &self.decisions,
        }
    }

    /// How many of the decisions that count were made when the key was open, in words; nothing where none were.
    pub(crate) fn decided_late(&self) -> Option<String> {
        let opened = self.opened.as_ref()?;
        let counting = counting_decisions(&self.decisions);
        let late = counting.values().filter(|decision| decision.decided_at > opened.opened_at);
        let late = late.count();
        let all = match counting.len() {
            1 => "The decision was".into(),
            several => format!("{late} of {several} decisions were"),
        };
        (late > 0).then(|| {
            format!(
                "{all} made after the key was opened: anyone who made them could know the models."
            )
        })
    }

    /// The key, once it is open.
    pub(crate) fn key(&self) -> Option<&Key> {
        self.opened.as_ref().map(|opened| &opened.key)
    }
}

impl StudyRater {
    pub(crate) fn locked(&self) -> bool {
        self.lock.is_some()
    }
}

fn lock(state: &PacketState) -> Option<Lock> {
    Some(Lock {
        at: state.locked_at?,
        name: state.name.clone(),
        statement: state.attestation.clone().unwrap_or_default(),
    })
}

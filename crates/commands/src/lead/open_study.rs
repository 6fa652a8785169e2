//! A study, read whole once per command: its items, its decisions, and what has come from its raters.

use super::amend::Amended;
use crate::Failure;
use jiff::Timestamp;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use store::{
    Amendment, Event, LogEntry, OpenedKey, PacketState, StudyHeader, StudyItem, StudyPacket,
    StudyRecord, StudyStore,
};
use study::{
    Adjudication, BlindedScenario, Decision, Digest, ItemId, Key, Lock, PacketId, RateableItem,
    RaterRatings, RaterScores, Record, RecordId,
};

/// A study, read whole.
pub(crate) struct OpenStudy {
    pub(crate) store: StudyStore,
    pub(crate) header: StudyHeader,
    pub(crate) scenarios: HashMap<String, BlindedScenario>,
    pub(crate) items: BTreeMap<ItemId, StudyItem>,
    /// Whose ratings count.
    pub(crate) raters: Vec<StudyRater>,
    /// Whose ratings were set aside: they are kept, and count nowhere.
    pub(crate) aside: Vec<StudyRater>,
    pub(crate) decisions: Vec<Decision>,
    pub(crate) opened: Option<OpenedKey>,
    /// What had happened when the study was read.
    pub(crate) log: Vec<LogEntry>,
    scores: OnceCell<Vec<RaterScores>>,
}

/// A rater of a study, with what came back.
pub(crate) struct StudyRater {
    pub(crate) packet: StudyPacket,
    /// When and how the rater came into the running study; none for a rater from its beginning.
    pub(crate) added: Option<(Timestamp, Amendment)>,
    /// The packet that this person rated, where it was made for another.
    pub(crate) second_of: Option<PacketId>,
    /// Why the ratings were set aside, where they were.
    pub(crate) aside: Option<Amendment>,
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
    pub(crate) items: Vec<RateableItem>,
    /// Every record, those made after the lock included.
    pub(crate) records: Vec<Record>,
    /// When the file arrived that brought each record first.
    pub(crate) arrivals: HashMap<RecordId, Arrival>,
}

/// When a file arrived: by the clock, and by its entry in the log, whose order no clock changes.
#[derive(Clone, Copy)]
pub(crate) struct Arrival {
    pub(crate) at: Timestamp,
    pub(crate) entry: i64,
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
        let (decisions, opened, log) = (store.decisions()?, store.opened_key()?, store.log()?);
        let (raters, aside, scores) = (Vec::new(), Vec::new(), OnceCell::new());
        let mut study =
            Self { store, header, scenarios, items, raters, aside, decisions, opened, log, scores };
        let states = study.store.packet_states()?;
        let packets = study.store.packets()?.into_iter();
        let everyone: Vec<StudyRater> =
            packets.map(|packet| study.rater(packet, &states)).collect::<Result<_, _>>()?;
        (study.aside, study.raters) = everyone.into_iter().partition(|rater| rater.aside.is_some());
        Ok(study)
    }

    /// Reads again what has come of one packet.
    pub(crate) fn reread(&mut self, packet: &PacketId) -> Result<(), Failure> {
        self.log = self.store.log()?;
        let Some(known) = self.rater_of(packet) else { return Ok(()) };
        let read = self.rater(known.packet.clone(), &self.store.packet_states()?)?;
        let mut everyone = self.raters.iter_mut().chain(&mut self.aside);
        if let Some(known) = everyone.find(|rater| rater.packet.packet == *packet) {
            *known = read;
        }
        self.scores.take();
        Ok(())
    }

    /// Every rater, those whose ratings do not count as well.
    pub(crate) fn everyone(&self) -> impl Iterator<Item = &StudyRater> {
        self.raters.iter().chain(&self.aside)
    }

    /// The rater of `packet`.
    pub(crate) fn rater_of(&self, packet: &PacketId) -> Option<&StudyRater> {
        self.everyone().find(|rater| rater.packet.packet == *packet)
    }

    /// The entry of the log that says when the key was opened first.
    pub(crate) fn opened_entry(&self) -> Option<i64> {
        let opened = self.log.iter().find(|entry| matches!(entry.event, Event::Opened { .. }))?;
        Some(opened.number)
    }

    /// What has come of `packet`, by what all files say.
    fn rater(
        &self,
        packet: StudyPacket,
        states: &[(Digest, PacketState)],
    ) -> Result<StudyRater, Failure> {
        let states = states.iter().map(|(_, state)| state);
        let states = states.filter(|state| state.packet == packet.packet);
        let state = states.clone().max_by_key(|state| state.exported_at).cloned();
        // The first lock counts, in whatever order the files came, and so does the name in it.
        let lock = states.clone().filter_map(lock).min_by_key(|lock| lock.at);
        let name = lock.as_ref().map(|lock| &lock.name);
        let name = name.or(state.as_ref().map(|state| &state.name)).cloned().unwrap_or_default();
        let rated = |id: &ItemId| {
            let item = &self.items[id].item;
            let actions = self.scenarios[&item.scenario].critical_actions.len() as u16;
            RateableItem { id: id.clone(), scenario: item.scenario.clone(), actions }
        };
        let records = self.store.records_of(&packet.packet)?;
        let Amended { added, second_of, aside } = Amended::of(&packet.packet, &self.log);
        let arrivals: HashMap<&Digest, Arrival> = self.log.iter().filter_map(arrival).collect();
        let arrived = |found: &StudyRecord| Some((found.record.id, *arrivals.get(&found.file)?));
        Ok(StudyRater {
            added,
            second_of,
            aside,
            arrivals: records.iter().filter_map(arrived).collect(),
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

    /// The key, once it is open.
    pub(crate) fn key(&self) -> Option<&Key> {
        self.opened.as_ref().map(|opened| &opened.key)
    }
}

impl StudyRater {
    pub(crate) fn locked(&self) -> bool {
        self.lock.is_some()
    }

    /// The label, and the rater's own name where it is known.
    pub(crate) fn labelled(&self) -> String {
        match self.name.trim() {
            "" => self.packet.rater.clone(),
            name => format!("{} ({name})", self.packet.rater),
        }
    }

    /// The records that count and arrived so.
    pub(crate) fn arrived(&self, so: impl Fn(&Arrival) -> bool) -> impl Iterator<Item = &Record> {
        let counts =
            |record: &Record| !self.lock.as_ref().is_some_and(|lock| lock.is_before(record));
        let arrived = move |record: &Record| self.arrivals.get(&record.id).is_some_and(&so);
        self.records.iter().filter(move |record| counts(record) && arrived(record))
    }
}

fn arrival(LogEntry { number, at, event }: &LogEntry) -> Option<(&Digest, Arrival)> {
    match event {
        Event::Received { file, .. } => Some((file, Arrival { at: *at, entry: *number })),
        _ => None,
    }
}

fn lock(state: &PacketState) -> Option<Lock> {
    Some(Lock {
        at: state.locked_at?,
        name: state.name.clone(),
        statement: state.attestation.clone().unwrap_or_default(),
    })
}

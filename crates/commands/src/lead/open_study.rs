//! A study, read whole once per command: its items, its decisions, and what has come from its raters.

use super::amend::Amended;
use super::whole_rater::{WholeRater, whole};
use crate::Failure;
use jiff::Timestamp;
use serde_json::Value;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use store::{
    Amendment, Event, LogEntry, PacketState, SealedKey, StudyHeader, StudyItem, StudyPacket,
    StudyRecord, StudyStore,
};
use study::{
    Adjudication, BlindedScenario, CalibrationItem, Decision, Digest, ItemId, Key, Lock, PacketId,
    RateableItem, RaterRatings, RaterScores, Record, RecordId, RunningStudy, Visit,
};

/// A study, read whole.
pub(crate) struct OpenStudy {
    pub(crate) store: StudyStore,
    pub(crate) header: StudyHeader,
    pub(crate) scenarios: HashMap<String, BlindedScenario>,
    pub(crate) items: BTreeMap<ItemId, StudyItem>,
    /// Whose ratings count, by packet.
    pub(crate) raters: Vec<StudyRater>,
    /// Whose ratings were set aside: they are kept, and count nowhere.
    pub(crate) aside: Vec<StudyRater>,
    /// What came under another name of a rater, whose ratings it counts among.
    pub(crate) joined: Vec<StudyRater>,
    pub(crate) decisions: Vec<Decision>,
    pub(crate) opened: Option<Opened>,
    /// Added items of which the open keys tell that they show a response which the study had already.
    pub(crate) shown_before: BTreeSet<ItemId>,
    /// What had happened when the study was read.
    pub(crate) log: Vec<LogEntry>,
    scores: OnceCell<Vec<RaterScores>>,
}

/// What is known of the origins.
pub(crate) struct Opened {
    key: Key,
    /// When the first key was opened.
    pub(crate) opened_at: Timestamp,
    /// The files of keys that are sealed still.
    pub(crate) sealed: Vec<SealedKey>,
}

/// A rater of a study, by one of their packets, with what came back of it.
pub(crate) struct StudyRater {
    pub(crate) packet: StudyPacket,
    /// Whether it holds items that were added, or is a copy of one that does.
    pub(crate) further: bool,
    /// When and how the rater came into the running study; none for a rater from its beginning.
    pub(crate) added: Option<(Timestamp, Amendment)>,
    /// The packet that this person rated, where it was made for another.
    pub(crate) second_of: Option<PacketId>,
    /// Why the ratings were set aside, where they were.
    pub(crate) aside: Option<Amendment>,
    /// The packet of the rater who is the same person, where that was decided.
    pub(crate) joined_to: Option<PacketId>,
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
    /// How long the rater was active at the items.
    pub(crate) visits: Vec<Visit>,
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
        let mut items: BTreeMap<ItemId, StudyItem> =
            store.items()?.into_iter().map(|known| (known.item.id.clone(), known)).collect();
        let (decisions, opened, log) = (store.decisions()?, opened(&store)?, store.log()?);
        let key = opened.as_ref().and_then(Opened::whole);
        let shown_before = key.map(|key| mark_repeats(&mut items, key)).unwrap_or_default();
        let (raters, aside, joined) = Default::default();
        let mut study = Self {
            store,
            header,
            scenarios,
            items,
            raters,
            aside,
            joined,
            decisions,
            opened,
            shown_before,
            log,
            scores: OnceCell::new(),
        };
        let states = study.store.packet_states()?;
        let packets = study.store.packets()?.into_iter();
        let all: Vec<StudyRater> =
            packets.map(|packet| study.rater(packet, &states)).collect::<Result<_, _>>()?;
        let (joined, everyone) = all.into_iter().partition(|rater| rater.joined_to.is_some());
        study.joined = joined;
        (study.aside, study.raters) =
            Vec::into_iter(everyone).partition(|rater| rater.aside.is_some());
        Ok(study)
    }

    /// Reads again what has come of one packet.
    pub(crate) fn reread(&mut self, packet: &PacketId) -> Result<(), Failure> {
        self.log = self.store.log()?;
        let Some(known) = self.rater_of(packet) else { return Ok(()) };
        let (of, joined_to) = (known.packet.clone(), known.joined_to.clone());
        let read = self.rater(of, &self.store.packet_states()?)?;
        let mut all = self.raters.iter_mut().chain(&mut self.aside).chain(&mut self.joined);
        if let Some(known) = all.find(|rater| rater.packet.packet == *packet) {
            *known = read;
        }
        self.scores.take();
        joined_to.map_or(Ok(()), |of| self.reread(&of))
    }

    /// Every rater, those whose ratings do not count as well.
    pub(crate) fn everyone(&self) -> impl Iterator<Item = &StudyRater> {
        self.raters.iter().chain(&self.aside)
    }

    /// Everyone whose ratings count, with all their packets.
    pub(crate) fn whole_raters(&self) -> Vec<WholeRater<'_>> {
        whole(self.raters.iter())
    }

    /// The first packet of the rater with this label.
    pub(crate) fn first_packet(&self, label: &str) -> Option<&StudyPacket> {
        let mut packets = self.everyone().map(|rater| &rater.packet);
        packets.find(|packet| packet.rater == label && packet.further_of.is_none())
    }

    /// The label of the rater who is also the lead author, if one is.
    pub(crate) fn lead(&self) -> Option<String> {
        let lead = self.everyone().find(|rater| rater.packet.lead);
        lead.map(|rater| rater.packet.rater.clone())
    }

    /// Whether the rater with this label is the lead author, or may be one of two people who is.
    pub(crate) fn is_lead(&self, label: &str) -> bool {
        self.everyone().any(|rater| rater.packet.lead && rater.packet.rater == label)
    }

    /// What raters are told before they begin.
    pub(crate) fn instructions(&self) -> &str {
        self.header.protocol.get("instructions").and_then(Value::as_str).unwrap_or_default()
    }

    /// What further items have to know of it. `calibration` is what its packets begin with.
    pub(crate) fn running<'a>(&'a self, calibration: &'a [CalibrationItem]) -> RunningStudy<'a> {
        let items = self.items.values().map(|known| &known.item);
        RunningStudy::new(&self.header.study, self.scenarios.values(), items, calibration)
    }

    /// The same with what came under other names.
    pub(crate) fn all(&self) -> impl Iterator<Item = &StudyRater> {
        self.joined.iter().chain(self.everyone())
    }

    /// The rater of `packet`.
    pub(crate) fn rater_of(&self, packet: &PacketId) -> Option<&StudyRater> {
        self.all().find(|rater| rater.packet.packet == *packet)
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
        let own = self.one_person(&packet.packet);
        let states = states.iter().map(|(_, state)| state);
        let states = states.filter(|state| own.contains(&state.packet));
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
        let (mut records, mut visits) = (Vec::new(), Vec::new());
        for packet in &own {
            records.extend(self.store.records_of(packet)?);
            visits.extend(self.store.visits_of(packet)?);
        }
        records.sort_by_key(|found| found.record.id);
        let Amended { added, second_of, aside, joined_to } = Amended::of(&packet.packet, &self.log);
        let further = |known: &StudyPacket| known.further_of.is_some();
        let further = match &second_of {
            Some(of) => {
                self.store.packets()?.iter().any(|known| known.packet == *of && further(known))
            }
            None => further(&packet),
        };
        let arrivals: HashMap<&Digest, Arrival> = self.log.iter().filter_map(arrival).collect();
        let arrived = |found: &StudyRecord| Some((found.record.id, *arrivals.get(&found.file)?));
        Ok(StudyRater {
            further,
            added,
            second_of,
            aside,
            joined_to,
            arrivals: records.iter().filter_map(arrived).collect(),
            files: states.clone().count() as u32,
            names: states.map(|state| state.name.clone()).collect(),
            items: packet.items.iter().map(rated).collect(),
            records: records.into_iter().map(|found| found.record).collect(),
            visits,
            packet,
            state,
            name,
            lock,
        })
    }

    /// The packets under which ratings of the rater of `packet` are kept: its own, and those of other names.
    fn one_person(&self, packet: &PacketId) -> Vec<PacketId> {
        let second = |entry: &LogEntry| match &entry.event {
            Event::OnePerson { kept: packet, .. } | Event::TakenAgain { packet, .. } => {
                Some(packet.clone())
            }
            _ => None,
        };
        let seconds: BTreeSet<PacketId> = self.log.iter().filter_map(second).collect();
        let joined =
            |second: &PacketId| Amended::of(second, &self.log).joined_to.as_ref() == Some(packet);
        std::iter::once(packet.clone()).chain(seconds.into_iter().filter(joined)).collect()
    }

    /// The packets that count and of which something has come.
    pub(crate) fn packets_came(&self) -> impl Iterator<Item = &StudyRater> {
        self.raters.iter().filter(|rater| rater.files > 0)
    }

    /// The raters who have sent something.
    pub(crate) fn came(&self) -> impl Iterator<Item = WholeRater<'_>> {
        self.whole_raters().into_iter().filter(|rater| rater.files() > 0)
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
            visits: &rater.visits,
        }
    }

    /// What the raters who have sent something rated, first and second ratings.
    pub(crate) fn scores(&self) -> &[RaterScores] {
        let scores = || self.came().filter_map(|rater| rater.scores(self)).collect();
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

    /// The key, once all of it is open.
    pub(crate) fn key(&self) -> Option<&Key> {
        self.opened.as_ref().and_then(Opened::whole)
    }

    /// What is open of the key, where some of it may be sealed still.
    pub(crate) fn key_so_far(&self) -> Option<&Key> {
        self.opened.as_ref().map(|opened| &opened.key)
    }
}

impl Opened {
    /// The key, where none is sealed still.
    fn whole(&self) -> Option<&Key> {
        self.sealed.is_empty().then_some(&self.key)
    }
}

impl StudyRater {
    pub(crate) fn locked(&self) -> bool {
        self.lock.is_some()
    }

    /// The label, with a word where the packet is a further one.
    pub(crate) fn packet_label(&self) -> String {
        let further = if self.further { " (further items)" } else { "" };
        format!("{}{further}", self.packet.rater)
    }

    /// The label, and the rater's own name where it is known.
    pub(crate) fn labelled(&self) -> String {
        match self.name.trim() {
            "" => self.packet.rater.clone(),
            name => format!("{} ({name})", self.packet.rater),
        }
    }

    /// Whether a file arrived before this entry of the log.
    pub(crate) fn arrived_before(&self, entry: i64) -> bool {
        self.arrivals.values().any(|arrival| arrival.entry < entry)
    }

    /// The records that count and arrived so.
    pub(crate) fn arrived(&self, so: impl Fn(&Arrival) -> bool) -> impl Iterator<Item = &Record> {
        let counts =
            |record: &Record| !self.lock.as_ref().is_some_and(|lock| lock.is_before(record));
        let arrived = move |record: &Record| self.arrivals.get(&record.id).is_some_and(&so);
        self.records.iter().filter(move |record| counts(record) && arrived(record))
    }
}

/// The keys that were opened, as one.
fn opened(store: &StudyStore) -> Result<Option<Opened>, Failure> {
    let keys = store.opened_keys()?;
    let Some(opened_at) = keys.iter().map(|opened| opened.opened_at).min() else { return Ok(None) };
    let is_open = |sealed: &SealedKey| keys.iter().any(|opened| opened.digest == sealed.digest);
    let sealed = store.sealed_keys()?.into_iter().filter(|sealed| !is_open(sealed)).collect();
    let key = keys.into_iter().map(|opened| opened.key).reduce(Key::joined);
    Ok(key.map(|key| Opened { key, opened_at, sealed }))
}

/// Marks as repeats the items of which only `key` tells it, so that they count nowhere, and says which.
fn mark_repeats(items: &mut BTreeMap<ItemId, StudyItem>, key: &Key) -> BTreeSet<ItemId> {
    let mut told = BTreeSet::new();
    for known in key.items.iter().filter(|known| known.repeat_of.is_some()) {
        let Some(item) = items.get_mut(&known.item) else { continue };
        if item.repeat_of.is_none() {
            item.repeat_of.clone_from(&known.repeat_of);
            told.insert(known.item.clone());
        }
    }
    told
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

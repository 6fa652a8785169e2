//! An open packet: the store, and in memory what every answer needs at once.

use super::library::{ItemSummary, Progress};
use super::open_item::{About, OpenItem};
use super::rate::Saved;
use super::references_waiting::references_waiting;
use crate::PacketCaution;
use crate::formatted::{Block, format};
use crate::{Failure, FailureKind};
use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, HashSet};
use store::{PacketHeader, Store};
use study::{
    BlindedScenario, CalibrationItem, Change, ItemId, Lock, Record, RecordId, Remark, Visit,
    VisitId, review,
};
use uuid::{ContextV7, Uuid};

pub(crate) struct OpenPacket {
    store: Store,
    header: PacketHeader,
    instructions: Vec<Block>,
    scenarios: HashMap<String, BlindedScenario>,
    /// What is rated first and does not count; the first of `items` are these.
    calibration: Vec<CalibrationItem>,
    items: Vec<OpenItem>,
    index: HashMap<ItemId, usize>,
    /// Identifiers made within one millisecond still ascend.
    sequence: ContextV7,
    /// Of its own: a visit has the clock's time, which may be ahead, and no record may come after it.
    visit_sequence: ContextV7,
    /// Or when the packet was locked, if that is later.
    last_record_at: Option<Timestamp>,
    locked: Option<Lock>,
    /// In the order in which they were made.
    visits: Vec<Visit>,
    /// The scenarios whose reference answer has not been shown yet.
    references_waiting: HashSet<String>,
}

impl OpenPacket {
    pub(crate) fn new(store: Store) -> Result<Self, Failure> {
        let header = store.packet()?;
        let scenarios: HashMap<String, BlindedScenario> = store
            .scenarios()?
            .into_iter()
            .map(|scenario| (scenario.id.clone(), scenario))
            .collect();
        let mut records: HashMap<ItemId, Vec<Record>> = HashMap::new();
        let locked = store.locked()?;
        let mut last_record_at = locked.as_ref().map(|lock| lock.at);
        for record in store.records()? {
            last_record_at = last_record_at.max(Some(record.at));
            records.entry(record.item.clone()).or_default().push(record);
        }
        let calibration = store.calibration()?;
        let of_calibration = calibration
            .iter()
            .zip(1..)
            .map(|(item, number)| (item.id.clone(), item.scenario.id.clone(), number, Some(item)));
        let of_study = store.items()?.into_iter().zip(1..);
        let of_study = of_study.map(|(place, number)| (place.id, place.scenario, number, None));
        let mut items = Vec::new();
        for (id, scenario, number, calibration) in of_calibration.chain(of_study) {
            let known = scenarios.get(&scenario).ok_or_else(|| store::Error::Damaged {
                file: store.file().to_owned(),
                reason: format!("item {id} has no scenario. Go back to a copy from before that."),
            })?;
            let records = records.get(&id).map_or(&[][..], Vec::as_slice);
            let about =
                About { header: &header, locked: locked.as_ref(), scenario: known, calibration };
            items.push(about.item(id, number, scenario, records));
        }
        let references_waiting = references_waiting(&header.rubric, &scenarios, &items, &records);
        let index = items
            .iter()
            .enumerate()
            .map(|(index, item)| (item.summary.id.clone(), index))
            .collect();
        Ok(Self {
            instructions: format(&store.instructions()?),
            visits: store.visits()?,
            store,
            header,
            scenarios,
            calibration,
            items,
            index,
            sequence: ContextV7::new(),
            visit_sequence: ContextV7::new(),
            last_record_at,
            locked,
            references_waiting,
        })
    }

    pub(crate) fn header(&self) -> &PacketHeader {
        &self.header
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// What the rater should know before they go on.
    pub(crate) fn cautions(&self, now: Timestamp) -> Vec<PacketCaution> {
        let read_only = |reason: &str| PacketCaution::ReadOnly { reason: reason.into() };
        let clock = PacketCaution::of_clock(self.last_record_at, now);
        self.store.archived().map(read_only).into_iter().chain(clock).collect()
    }

    pub(crate) fn instructions(&self) -> &[Block] {
        &self.instructions
    }

    /// The study's items in the list.
    pub(crate) fn summaries(&self) -> impl Iterator<Item = &ItemSummary> {
        self.items().iter().map(|item| &item.summary)
    }

    /// The study's items: those that count.
    pub(crate) fn items(&self) -> &[OpenItem] {
        &self.items[self.calibration.len()..]
    }

    /// What is rated first and does not count.
    pub(crate) fn calibration(&self) -> &[CalibrationItem] {
        &self.calibration
    }

    /// The calibration items in the list.
    pub(crate) fn calibration_summaries(&self) -> impl Iterator<Item = &ItemSummary> {
        self.items[..self.calibration.len()].iter().map(|item| &item.summary)
    }

    pub(crate) fn progress(&self) -> Progress {
        Progress::of(self.summaries())
    }

    pub(crate) fn locked(&self) -> Option<&Lock> {
        self.locked.as_ref()
    }

    /// How long the rater was active at the items.
    pub(crate) fn visits(&self) -> &[Visit] {
        &self.visits
    }

    /// Puts a visit on disk.
    pub(crate) fn add_visit(&mut self, visit: Visit) -> Result<(), Failure> {
        self.store.add_visit(&visit)?;
        self.visits.push(visit);
        Ok(())
    }

    /// The identifier of a visit that ends at `at`.
    pub(crate) fn next_visit(&self, at: Timestamp) -> VisitId {
        VisitId::new(uuid_at(at, &self.visit_sequence))
    }

    /// Locks the ratings in the rater's name.
    pub(crate) fn lock(&mut self, statement: &str, now: Timestamp) -> Result<(), Failure> {
        let refuse = |message: &str| Err(Failure::refused(message));
        let Some(name) = self.rater_name()? else {
            return refuse("Say who you are before you lock your ratings.");
        };
        if self.locked.is_some() {
            return refuse("Your ratings are locked already.");
        }
        let lock =
            Lock { at: self.after_last_record(now), name, statement: statement.trim().into() };
        lock.check([]).map_err(|why| Failure::misused(format!("lock_packet: {why}")))?;
        self.store.lock(&lock)?;
        self.last_record_at = Some(lock.at);
        self.locked = Some(lock);
        Ok(())
    }

    pub(crate) fn rater_name(&self) -> Result<Option<String>, Failure> {
        Ok(self.store.rater_name()?)
    }

    pub(crate) fn name_rater(&mut self, name: &str, now: Timestamp) -> Result<(), Failure> {
        let name = name.trim();
        if name.is_empty() {
            return Err(Failure::refused(
                "Your name is empty; expected the name that should be in the report.",
            ));
        }
        Ok(self.store.name_rater(name, now)?)
    }

    pub(crate) fn item(&self, id: &ItemId) -> Result<&OpenItem, Failure> {
        Ok(&self.items[self.position(id)?])
    }

    pub(crate) fn scenario(&self, item: &OpenItem) -> &BlindedScenario {
        &self.scenarios[&item.scenario]
    }

    pub(crate) fn remarks(&self, item: &OpenItem) -> Vec<Remark> {
        review(&item.rating, &self.header.rubric, self.scenario(item))
    }

    /// The item last shown, or the first.
    pub(crate) fn last_shown(&self) -> Result<ItemId, Failure> {
        Ok(match self.store.last_shown()? {
            Some((item, _)) => item,
            None => self.items[0].summary.id.clone(),
        })
    }

    /// Remembers that `item`, or the one shown last, is shown at `now`. Where the disk does not take
    /// it, the rater can still read on.
    pub(crate) fn remember_shown(
        &mut self,
        item: Option<&ItemId>,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let item = match item {
            Some(item) => item.clone(),
            None => self.last_shown()?,
        };
        match self.store.set_last_shown(&item, now) {
            Ok(()) => Ok(()),
            Err(
                store::Error::NotSaved { .. }
                | store::Error::Archived { .. }
                | store::Error::Gone { .. },
            ) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn last_used(&self) -> Result<Timestamp, Failure> {
        let shown = self.store.last_shown()?.map(|(_, at)| at);
        Ok(shown.max(self.last_record_at).unwrap_or(self.header.opened_at))
    }

    /// Puts `changes` to one item on disk, all or none, and says how things stand then. Once the
    /// ratings are locked they need a reason.
    pub(crate) fn record(
        &mut self,
        item: &ItemId,
        changes: Vec<Change>,
        reason: Option<String>,
        now: Timestamp,
    ) -> Result<Saved, Failure> {
        let position = self.position(item)?;
        self.check(&self.items[position], &changes)?;
        let reason = self.reason(item, reason)?;
        let at = self.after_last_record(now);
        let records: Vec<Record> = changes
            .into_iter()
            .map(|change| Record {
                id: self.next_id(at),
                at,
                item: item.clone(),
                change,
                reason: reason.clone(),
            })
            .collect();
        let waited = self.reference_waits(&self.items[position]) > 0;
        self.store.append(&records)?;
        self.last_record_at = Some(at);
        let records = self.store.records_of(item)?;
        let OpenItem { scenario, summary, .. } = &self.items[position];
        let about = About {
            header: &self.header,
            locked: self.locked.as_ref(),
            scenario: &self.scenarios[scenario],
            calibration: self.calibration.get(position),
        };
        self.items[position] =
            about.item(summary.id.clone(), summary.number, scenario.clone(), &records);
        if self.reference_waits(&self.items[position]) == 0 {
            self.references_waiting.remove(&self.items[position].scenario);
        }
        self.saved(position, at, waited)
    }

    /// Takes back the last change, whichever item it was on.
    pub(crate) fn undo(
        &mut self,
        reason: Option<String>,
        now: Timestamp,
    ) -> Result<Option<(ItemId, Vec<Change>, Saved)>, Failure> {
        let records = self.store.last_change()?;
        let Some(item) = records.first().map(|record| record.item.clone()) else {
            return Ok(None);
        };
        let undo = records.iter().map(|record| Change::Undo { record: record.id }).collect();
        let saved = self.record(&item, undo, reason, now)?;
        Ok(Some((item, records.into_iter().map(|record| record.change).collect(), saved)))
    }

    fn check(&self, item: &OpenItem, changes: &[Change]) -> Result<(), Failure> {
        let id = &item.summary.id;
        let misused = |why| Failure::misused(format!("item {id}, {why}"));
        let actions = self.scenario(item).critical_actions.len();
        for change in changes {
            change.check(&self.header.rubric, actions).map_err(misused)?;
            if change.span().is_some() {
                let characters = self.store.response(id)?.text.chars().count();
                change.check_span(characters).map_err(misused)?;
            }
        }
        Ok(())
    }

    /// What a record of `item` gives as its reason: nothing before the lock, something after it. A
    /// calibration item is never locked.
    fn reason(&self, item: &ItemId, given: Option<String>) -> Result<Option<String>, Failure> {
        let given = given.map(|reason| reason.trim().to_owned()).filter(|text| !text.is_empty());
        if self.calibration.iter().any(|known| known.id == *item) {
            return Ok(None);
        }
        match (&self.locked, given) {
            (Some(lock), None) => Err(Failure::new(
                FailureKind::Locked { item: item.clone() },
                format!(
                    "Your ratings are locked since {}. A change after that needs a reason.",
                    lock.at
                ),
            )),
            (None, Some(_)) => {
                Err(Failure::misused("a reason was given, though the ratings are not locked"))
            }
            (_, given) => Ok(given),
        }
    }

    /// What stands now. The reference answer is given when it has `waited` until this change.
    fn saved(&self, position: usize, at: Timestamp, waited: bool) -> Result<Saved, Failure> {
        let item = &self.items[position];
        let reference_waits = self.reference_waits(item);
        let comes = waited && reference_waits == 0;
        Ok(Saved {
            rating: item.rating.clone(),
            remarks: self.remarks(item),
            later: item.later.clone(),
            discussion: item.discussion.clone(),
            reference_waits,
            reference_answer: comes.then(|| format(&self.scenario(item).reference_answer)),
            summary: item.summary.clone(),
            progress: self.progress(),
            saved_at: at.to_string(),
        })
    }

    /// How many responses to the scenario of `item` are not done, where its reference answer waits for them. It is
    /// one for all of them: who reads it beside one has read it for the others.
    pub(crate) fn reference_waits(&self, item: &OpenItem) -> usize {
        if !self.references_waiting.contains(&item.scenario) {
            return 0;
        }
        let open =
            |other: &&OpenItem| other.scenario == item.scenario && !other.summary.status.is_done();
        self.items.iter().filter(open).count()
    }

    /// A clock set back must not put a correction before what it corrects. Records are a millisecond
    /// apart at least, as finer differences do not show in their identifiers.
    fn after_last_record(&self, now: Timestamp) -> Timestamp {
        let Some(last) = self.last_record_at else { return now };
        // A clock may have been wrong by all the years there are.
        let earliest = last.checked_add(SignedDuration::from_millis(1)).unwrap_or(Timestamp::MAX);
        now.max(earliest)
    }

    fn next_id(&self, at: Timestamp) -> RecordId {
        RecordId::new(uuid_at(at, &self.sequence))
    }

    fn position(&self, id: &ItemId) -> Result<usize, Failure> {
        self.index
            .get(id)
            .copied()
            .ok_or_else(|| Failure::misused(format!("no item {id} in this packet")))
    }
}

/// An identifier of the time `at` that comes after all that `sequence` gave.
fn uuid_at(at: Timestamp, sequence: &ContextV7) -> Uuid {
    let seconds = at.as_second().unsigned_abs();
    let nanoseconds = at.subsec_nanosecond().unsigned_abs();
    Uuid::new_v7(uuid::Timestamp::from_unix(sequence, seconds, nanoseconds))
}

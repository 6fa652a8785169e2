//! Which of a rater's ratings count: every item as it was locked. What was changed after the lock may not
//! be independent, and an item that the rater chose not to rate has no grade.

use super::{
    ActiveTime, Checklist, Exclusion, ItemDesign, Lock, Observation, PositionUnit, RaterScores,
    Rating, Record, RubricClaim, Score, ScoredResponses, Verdict, Visit, active_times, fold,
};
use crate::{ItemId, Rubric, StudyId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// An item that could be rated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateableItem {
    /// The item.
    pub id: ItemId,
    /// Its blinded scenario: items of one scenario are not independent.
    pub scenario: String,
    /// How many critical actions it has.
    pub actions: u16,
}

/// All that one rater did in a study, wherever it is kept.
#[derive(Clone, Copy, Debug)]
pub struct RaterRatings<'a> {
    /// The study.
    pub study: &'a StudyId,
    /// The label under which the lead author knows the rater.
    pub label: &'a str,
    /// The rater's own name; may be empty.
    pub name: &'a str,
    /// The instrument.
    pub rubric: &'a Rubric,
    /// The rater's attestation; none where the ratings are not locked.
    pub lock: Option<&'a Lock>,
    /// Every item of the packet, rated or not.
    pub items: &'a [RateableItem],
    /// Every record of them, those made after the lock included.
    pub records: &'a [Record],
    /// Every visit of them; none where no time was measured.
    pub visits: &'a [Visit],
}

impl<'a> RaterRatings<'a> {
    /// The rater's name, or the label where there is none.
    pub fn called(&self) -> &'a str {
        match self.name.trim() {
            "" => self.label,
            name => name,
        }
    }

    /// The rating of each item that counts: as it was locked, or as it stands where nothing is locked.
    pub fn counted(&self) -> Vec<(&'a RateableItem, Rating)> {
        self.folded(|record| self.counts(record))
    }

    /// The rating of each item as it stands, changes after the lock included.
    pub fn current(&self) -> Vec<(&'a RateableItem, Rating)> {
        self.folded(|_| true)
    }

    /// The rating of `item` that counts.
    pub fn counted_of(&self, item: &ItemId) -> Rating {
        fold(self.records.iter().filter(|record| record.item == *item && self.counts(record)))
    }

    /// How many items have another rating than was locked, or had one for a while.
    pub fn changed_after_lock(&self) -> usize {
        let Some(lock) = self.lock else { return 0 };
        let records = by_item(self.records);
        records.values().filter(|records| lock.was_changed(records.iter().copied())).count()
    }

    /// The grades that count, by item and axis.
    pub fn scores(&self) -> RaterScores {
        self.scores_of(&self.counted())
    }

    /// What the rater wrote of each item before locking; an item without an entry has no note.
    pub fn notes(&self) -> BTreeMap<ItemId, String> {
        let written = self.counted().into_iter().filter_map(|(item, rating)| {
            let note = rating.note.trim();
            (!note.is_empty()).then(|| (item.id.clone(), note.to_owned()))
        });
        written.collect()
    }

    /// When the first and the last record of each item were made that count.
    pub fn times(&self) -> BTreeMap<&'a ItemId, [Timestamp; 2]> {
        let mut times: BTreeMap<&ItemId, [Timestamp; 2]> = BTreeMap::new();
        for Record { item, at, .. } in self.records.iter().filter(|record| self.counts(record)) {
            let [first, last] = times.entry(item).or_insert([*at; 2]);
            (*first, *last) = ((*first).min(*at), (*last).max(*at));
        }
        times
    }

    /// How long the rater was active at each item; no entry where no time was measured.
    pub fn active(&self) -> BTreeMap<&'a ItemId, ActiveTime> {
        active_times(self.visits)
    }

    /// The grades that count, and what was noted beside them.
    pub fn responses(&self) -> ScoredResponses {
        let counted = self.counted();
        let noted = |(item, rating): &(&RateableItem, Rating)| {
            (item.id.to_string(), Observation::of(rating))
        };
        ScoredResponses {
            scores: self.scores_of(&counted),
            observations: counted.iter().map(noted).collect(),
            unit: PositionUnit::Characters,
        }
    }

    fn counts(&self, record: &Record) -> bool {
        !self.lock.is_some_and(|lock| lock.is_before(record))
    }

    fn folded(&self, counts: impl Fn(&Record) -> bool) -> Vec<(&'a RateableItem, Rating)> {
        let records = by_item(self.records.iter().filter(|record| counts(record)));
        let rating =
            |item: &RateableItem| fold(records.get(&item.id).into_iter().flatten().copied());
        self.items.iter().map(|item| (item, rating(item))).collect()
    }

    fn scores_of(&self, counted: &[(&RateableItem, Rating)]) -> RaterScores {
        let (axes, codes) = (&self.rubric.axes, self.rubric.checklist_by_credit());
        let on_axes = |rating: &Rating| {
            let score = |axis: &str| Score::from(rating.verdict(axis));
            axes.iter().map(|axis| (&axis.id, score(&axis.id))).collect::<Vec<_>>()
        };
        let of_actions = |item: &RateableItem, rating: &Rating| {
            let grade = |action| {
                let given = rating.actions.get(&action).filter(|_| rating.abstain.is_none())?;
                codes.iter().position(|code| code == given)
            };
            (0..item.actions).map(grade).collect()
        };
        let design = |item: &RateableItem| ItemDesign {
            scenario: item.scenario.clone(),
            ..ItemDesign::default()
        };
        let named = counted.iter().map(|(item, rating)| (item.id.to_string(), *item, rating));
        RaterScores {
            rater: self.called().to_owned(),
            study: Some(self.study.clone()),
            rubric: RubricClaim::of(self.rubric),
            scales: self.rubric.scales(),
            designs: named.clone().map(|(name, item, _)| (name, design(item))).collect(),
            items: named.clone().map(|(name, _, rating)| (name, on_axes(rating))).collect(),
            checklist: Checklist {
                items: named.map(|(name, item, rating)| (name, of_actions(item, rating))).collect(),
                codes,
            },
        }
    }
}

impl From<Verdict> for Score {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Grade(grade) => Self::Grade(grade),
            Verdict::Abstained => Self::Excluded(Exclusion::Abstained),
            Verdict::Unrated => Self::Excluded(Exclusion::NotRated),
        }
    }
}

fn by_item<'a>(
    records: impl IntoIterator<Item = &'a Record>,
) -> HashMap<&'a ItemId, Vec<&'a Record>> {
    let mut found: HashMap<&ItemId, Vec<&Record>> = HashMap::new();
    for record in records {
        found.entry(&record.item).or_default().push(record);
    }
    found
}

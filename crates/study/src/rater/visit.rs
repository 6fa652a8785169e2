//! How long a rater was active at each item, and what that says of the time still needed.

use crate::{ItemId, VisitId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;
use ts_rs::TS;

/// The longest that a visit can be, in milliseconds: a day.
pub const LONGEST_VISIT_MS: u32 = 86_400_000;

/// The most visits of one item: more than anybody makes, and few enough to be read.
pub const MOST_VISITS: usize = 10_000;

/// A sitting ends where nothing was done for so long.
const PAUSE: SignedDuration = SignedDuration::from_mins(30);

/// What was done so shortly before the first visit of a sitting belongs to it: a visit is kept when it ends, and
/// absences within it do not count. Less than [`PAUSE`], before which the sitting before it ended.
const LEAD: SignedDuration = SignedDuration::from_mins(15);

/// So many items are finished before the time for the others is estimated.
const FEWEST_FOR_ESTIMATE: usize = 5;

/// One stretch in which an item was on the screen and the rater was active at it, or a part of one. Never
/// altered, never removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// Unique everywhere.
    pub id: VisitId,
    /// When it was kept, by the rater's clock. No time per item is computed from it.
    pub at: Timestamp,
    /// The item.
    pub item: ItemId,
    /// How long the rater was active, in milliseconds, by a clock that nobody sets.
    pub active_ms: u32,
    /// Whether it goes on from the one before: a long stretch is kept in parts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub continued: bool,
}

/// Why a visit cannot be one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("field `active_ms`: found {found}; expected 1 to {LONGEST_VISIT_MS}, at most a day")]
pub struct VisitError {
    /// What is there.
    pub found: u32,
}

impl Visit {
    /// Refuses a visit of no time, or of more than a day.
    pub fn check(&self) -> Result<(), VisitError> {
        match self.active_ms {
            1..=LONGEST_VISIT_MS => Ok(()),
            found => Err(VisitError { found }),
        }
    }

    fn active(&self) -> SignedDuration {
        SignedDuration::from_millis(self.active_ms.into())
    }

    /// When it began, had the rater been active without a break.
    fn began_at(&self) -> Timestamp {
        self.at.checked_sub(self.active()).unwrap_or(Timestamp::MIN)
    }
}

/// How long a rater was active at one item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActiveTime {
    /// In milliseconds, all visits together.
    pub active_ms: u64,
    /// How often the item was visited.
    pub visits: u32,
}

impl ActiveTime {
    /// In whole seconds, rounded to the nearest.
    pub fn seconds(&self) -> u64 {
        (self.active_ms + 500) / 1000
    }
}

/// How long the rater was active at each item that was visited.
pub fn active_times<'a>(
    visits: impl IntoIterator<Item = &'a Visit>,
) -> BTreeMap<&'a ItemId, ActiveTime> {
    let mut times: BTreeMap<&ItemId, ActiveTime> = BTreeMap::new();
    for visit in visits {
        let time = times.entry(&visit.item).or_default();
        time.active_ms += u64::from(visit.active_ms);
        time.visits += u32::from(!visit.continued);
    }
    // A part whose beginning is missing was a visit all the same.
    times.values_mut().for_each(|time| time.visits = time.visits.max(1));
    times
}

/// How fast a rater is, and how much is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Pace {
    /// Finished items whose time is known.
    pub items: u32,
    /// The median of the active time of these items, in milliseconds; none where there are none.
    pub median_ms: Option<u64>,
    /// The median times the unfinished items; none before 5 items are finished, and where nothing is left.
    pub left_ms: Option<u64>,
    /// The active time at all items, in milliseconds.
    pub active_ms: u64,
}

impl Pace {
    /// The pace of a rater who made these `visits`, where each of the study's items is finished or not.
    pub fn of<'a>(visits: &[Visit], items: impl IntoIterator<Item = (&'a ItemId, bool)>) -> Self {
        let times = active_times(visits);
        let (mut finished, mut unfinished) = (Vec::new(), 0);
        for (item, is_finished) in items {
            match times.get(item) {
                Some(time) if is_finished => finished.push(time.active_ms),
                _ => unfinished += u64::from(!is_finished),
            }
        }
        let median_ms = median(&mut finished);
        let known = finished.len() >= FEWEST_FOR_ESTIMATE && unfinished > 0;
        Self {
            items: finished.len() as u32,
            median_ms,
            left_ms: median_ms.filter(|_| known).map(|median| median * unfinished),
            active_ms: times.values().map(|time| time.active_ms).sum(),
        }
    }
}

/// What a rater did without a long pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Sitting {
    /// Items that were finished in it.
    pub finished: u32,
    /// The active time in it, in milliseconds.
    pub active_ms: u64,
    /// The median of the active time of the items finished in it, earlier sittings included, in
    /// milliseconds; none where the time of none is known.
    pub median_ms: Option<u64>,
}

impl Sitting {
    /// The sitting that these `visits` are of, the last of `all`, in which these items were `finished`.
    pub fn of<'a>(
        visits: &[Visit],
        all: &[Visit],
        finished: impl IntoIterator<Item = &'a ItemId>,
    ) -> Self {
        let items: Vec<&ItemId> = finished.into_iter().collect();
        let times = active_times(all);
        let mut known: Vec<u64> =
            items.iter().filter_map(|item| Some(times.get(item)?.active_ms)).collect();
        Self {
            finished: items.len() as u32,
            active_ms: visits.iter().map(|visit| u64::from(visit.active_ms)).sum(),
            median_ms: median(&mut known),
        }
    }
}

/// Of `visits`, in the order in which they were made, those of the sitting that is not over at `now`, and
/// a time before all that was done in it and after all that was done before. A clock that is set by more than half an hour begins another sitting.
pub fn last_sitting(visits: &[Visit], now: Timestamp) -> Option<(Timestamp, &[Visit])> {
    let (mut first, mut next) = (visits.len(), now);
    while let Some(visit) = first.checked_sub(1).and_then(|before| visits.get(before)) {
        if next.duration_since(visit.at).abs() > PAUSE {
            break;
        }
        (first, next) = (first - 1, visit.began_at());
    }
    let began = next.checked_sub(LEAD).unwrap_or(Timestamp::MIN);
    (first < visits.len()).then(|| (began, &visits[first..]))
}

fn median(values: &mut [u64]) -> Option<u64> {
    values.sort_unstable();
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    Some(if values.len() % 2 == 1 { upper } else { u64::midpoint(values[middle - 1], upper) })
}

//! What a person should know of a packet or a study before they go on with it.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::cmp::Reverse;
use study::RaterRatings;
use ts_rs::TS;

/// The first day of 2026: no clock before it is right. Noon is on that day almost everywhere.
const MADE: Option<Timestamp> = Some(Timestamp::constant(1_767_268_800, 0));

/// What a rater should know before they go on. The screen has the words.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PacketCaution {
    /// The packet can be read here and not changed.
    ReadOnly {
        /// Why, of its file.
        reason: String,
    },
    /// A clock is plainly wrong, now or when the packet was rated: what was before something else is later by it, by
    /// more than a day. What was saved keeps its time.
    Clock {
        /// What was before.
        earlier: Moment,
        /// When that was, by the clock.
        before: String,
        /// What was after.
        later: Moment,
        /// When that was, by the clock.
        after: String,
    },
}

/// What a clock gave its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// The first day on which there was a Primum.
    Made,
    /// The latest change of the rater, or their lock.
    LatestChange,
    /// Now.
    Now,
}

impl PacketCaution {
    /// That a rater's clock is plainly wrong, now or when a packet was rated.
    pub(crate) fn of_clock(last_change: Option<Timestamp>, now: Timestamp) -> Option<Self> {
        let steps =
            [(Moment::Made, MADE), (Moment::LatestChange, last_change), (Moment::Now, Some(now))];
        let ((earlier, before), (later, after)) = wrong_order(&steps)?;
        let (before, after) = (before.to_string(), after.to_string());
        Some(Self::Clock { earlier, before, later, after })
    }
}

/// That a clock was plainly wrong, by what came from a rater. When the study was created does not count:
/// the same draft makes the same packets again.
pub(crate) fn clock_of_ratings(
    ratings: RaterRatings<'_>,
    written: Timestamp,
    now: Timestamp,
) -> Option<String> {
    let times = || ratings.records.iter().map(|record| record.at);
    let written = ("the file was written on", Some(written));
    let now = ("this computer's clock is at", Some(now));
    let made = ("Primum was not made before", MADE);
    // A change may come before the lock or after it.
    let wrong = wrong_order(&[
        made,
        ("the first rating was saved on", times().min()),
        ("the latest rating was saved on", times().max()),
        written,
        now,
    ])
    .or_else(|| {
        let locked = ratings.lock.map(|lock| lock.at);
        wrong_order(&[made, ("the ratings were locked on", locked), written, now])
    });
    let ((earlier, before), (later, after)) = wrong?;
    let day = |at: Timestamp| at.strftime("%Y-%m-%d").to_string();
    let wrong = format!("{earlier} {}, and {later} {}", day(before), day(after));
    Some(format!(
        "A clock was wrong, rater {}'s or this one: {wrong}. Ask when it was. What was saved keeps its time.",
        ratings.label
    ))
}

/// Of what happened one after the other, the two that clocks have in the wrong order by most, where
/// that is more than a day.
fn wrong_order<T: Copy>(
    steps: &[(T, Option<Timestamp>)],
) -> Option<((T, Timestamp), (T, Timestamp))> {
    let known: Vec<(T, Timestamp)> =
        steps.iter().filter_map(|(what, at)| Some((*what, (*at)?))).collect();
    let pairs = known.iter().enumerate().flat_map(|(place, earlier)| {
        known[place + 1..]
            .iter()
            .map(move |later| (earlier.1.duration_since(later.1), earlier, later))
    });
    let wrong = pairs.filter(|(by, ..)| *by > SignedDuration::from_hours(24));
    let (_, earlier, later) = wrong.min_by_key(|(by, ..)| Reverse(*by))?;
    Some((*earlier, *later))
}

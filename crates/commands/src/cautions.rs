//! What a person should know of a packet or a study before they go on with it.

use jiff::{SignedDuration, Timestamp};
use std::cmp::Reverse;
use study::RaterRatings;

/// The first day of 2026: no clock before it is right.
const MADE: (&str, Option<Timestamp>) =
    ("Primum was not made before", Some(Timestamp::constant(1_767_225_600, 0)));

/// That it can be read and not changed.
pub(crate) fn archived(noun: &str, reason: &str) -> String {
    format!("This {noun} can only be read here: {reason}")
}

/// That a rater's clock is plainly wrong, now or when a packet was rated. What was saved keeps its time.
pub(crate) fn clock_of_packet(last_change: Option<Timestamp>, now: Timestamp) -> Option<String> {
    let wrong = wrong_order(&[
        MADE,
        ("the latest change was saved on", last_change),
        ("this computer's clock is at", Some(now)),
    ])?;
    Some(format!(
        "A clock is wrong: {wrong}. Set the date of this computer right if it is not, and tell the \
         lead author. What was saved keeps its time."
    ))
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
    // A change may come before the lock or after it.
    let wrong = wrong_order(&[
        MADE,
        ("the first rating was saved on", times().min()),
        ("the latest rating was saved on", times().max()),
        written,
        now,
    ])
    .or_else(|| {
        let locked = ratings.lock.map(|lock| lock.at);
        wrong_order(&[MADE, ("the ratings were locked on", locked), written, now])
    })?;
    Some(format!(
        "A clock was wrong, rater {}'s or this one: {wrong}. Ask when it was. What was saved keeps its time.",
        ratings.label
    ))
}

/// Of what happened one after the other, the two that clocks have in the wrong order by most, where
/// that is more than a day.
fn wrong_order(steps: &[(&str, Option<Timestamp>)]) -> Option<String> {
    let known: Vec<(&str, Timestamp)> =
        steps.iter().filter_map(|(what, at)| Some((*what, (*at)?))).collect();
    let pairs = known.iter().enumerate().flat_map(|(place, earlier)| {
        known[place + 1..]
            .iter()
            .map(move |later| (earlier.1.duration_since(later.1), earlier, later))
    });
    let wrong = pairs.filter(|(by, ..)| *by > SignedDuration::from_hours(24));
    let (_, (earlier, before), (later, after)) = wrong.min_by_key(|(by, ..)| Reverse(*by))?;
    let day = |at: &Timestamp| at.strftime("%Y-%m-%d").to_string();
    Some(format!("{earlier} {}, and {later} {}", day(before), day(after)))
}

//! How long items take.

use jiff::{SignedDuration, Timestamp};
use study::{
    ActiveTime, ItemId, LONGEST_VISIT_MS, Pace, Sitting, Visit, VisitId, active_times, last_sitting,
};
use uuid::Uuid;

const MINUTE: u32 = 60_000;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_777_000_000 + minute * 60).unwrap()
}

fn visit(item: &str, minute: i64, active_ms: u32) -> Visit {
    let id = VisitId::new(Uuid::from_u128(minute.unsigned_abs().into()));
    Visit { id, at: at(minute), item: ItemId::new(item), active_ms, continued: false }
}

fn part(item: &str, minute: i64, active_ms: u32) -> Visit {
    Visit { continued: true, ..visit(item, minute, active_ms) }
}

fn items(done: &[(&'static str, bool)]) -> Vec<(ItemId, bool)> {
    done.iter().map(|(item, done)| (ItemId::new(*item), *done)).collect()
}

fn pace(visits: &[Visit], done: &[(&'static str, bool)]) -> Pace {
    let items = items(done);
    Pace::of(visits, items.iter().map(|(item, done)| (item, *done)))
}

#[test]
fn visits_add_up_and_parts_of_one_are_not_counted_twice() {
    let visits = [
        visit("a", 1, 30_000),
        part("a", 2, 12_499),
        visit("b", 3, 700),
        visit("a", 4, 1),
        part("c", 5, 900),
    ];
    let times = active_times(&visits);
    let of = |item: &str| times[&ItemId::new(item)];
    assert_eq!(of("a"), ActiveTime { active_ms: 42_500, visits: 2 });
    assert_eq!(of("a").seconds(), 43);
    assert_eq!((of("b").seconds(), of("b").visits), (1, 1));
    assert_eq!(of("c").visits, 1, "what is lost of a visit does not undo it");
    assert_eq!(times.len(), 3, "an item without a visit has no time, and not 0");
}

#[test]
fn a_visit_lasts_a_moment_or_at_most_a_day() {
    for active_ms in [1, LONGEST_VISIT_MS] {
        assert_eq!(visit("a", 0, active_ms).check(), Ok(()));
    }
    for active_ms in [0, LONGEST_VISIT_MS + 1, u32::MAX] {
        assert_eq!(
            visit("a", 0, active_ms).check().unwrap_err().to_string(),
            format!("field `active_ms`: found {active_ms}; expected 1 to 86400000, at most a day")
        );
    }
}

#[test]
fn what_is_left_is_the_median_times_the_unfinished_items_from_five_finished_ones_on() {
    let visits: Vec<Visit> = ["a", "b", "c", "d", "e", "f"]
        .into_iter()
        .zip([1, 2, 3, 4, 60, 5])
        .map(|(item, minutes)| visit(item, 0, minutes * MINUTE))
        .collect();
    let four = [("a", true), ("b", true), ("c", true), ("d", true), ("e", false), ("f", false)];
    let early = pace(&visits, &four);
    assert_eq!((early.items, early.median_ms, early.left_ms), (4, Some(150_000), None));
    let five = [("a", true), ("b", true), ("c", true), ("d", true), ("e", true), ("f", false)];
    let more = [five.as_slice(), &[("g", false), ("h", false)]].concat();
    let told = pace(&visits, &more);
    assert_eq!(
        (told.items, told.median_ms),
        (5, Some(180_000)),
        "one long item does not count more"
    );
    assert_eq!(told.left_ms, Some(540_000));
    assert_eq!(told.active_ms, 75 * 60_000, "the unfinished item was worked at too");
    let done: Vec<_> = five.map(|(item, _)| (item, true)).into();
    assert_eq!(pace(&visits, &done).left_ms, None, "nothing is left");
}

#[test]
fn a_finished_item_without_a_time_is_not_taken_for_a_fast_one() {
    let timed = [visit("a", 0, MINUTE)];
    let told = pace(&timed, &[("a", true), ("b", true), ("c", false)]);
    assert_eq!((told.items, told.median_ms), (1, Some(60_000)));
    let none = pace(&[], &[("a", true), ("b", false)]);
    assert_eq!(none, Pace { items: 0, median_ms: None, left_ms: None, active_ms: 0 });
}

#[test]
fn a_sitting_ends_with_half_an_hour_in_which_nothing_was_done() {
    // The second visit began at minute 40, less than half an hour after the first ended.
    let visits = [visit("a", 0, MINUTE), visit("b", 42, 2 * MINUTE), visit("a", 60, 10 * MINUTE)];
    let of = |now: i64| last_sitting(&visits, at(now)).map(|(began, of)| (began, of.len()));
    // What was done in the quarter of an hour before it belongs to it.
    assert_eq!(of(61), Some((at(25), 2)), "between minute 0 and 40 was a long pause");
    assert_eq!(of(90), Some((at(25), 2)));
    assert_eq!(of(91), None, "it is over");
    assert_eq!(last_sitting(&[], at(0)), None);
}

#[test]
fn a_clock_that_is_set_ends_a_sitting_and_changes_no_time() {
    let mut visits =
        vec![visit("a", 1000, MINUTE), visit("b", 1002, MINUTE), visit("a", 3, MINUTE)];
    let (_, last) = last_sitting(&visits, at(4)).unwrap();
    assert_eq!(last, &visits[2..]);
    assert_eq!(active_times(&visits)[&ItemId::new("a")].active_ms, 120_000);
    visits[0].at = Timestamp::MIN;
    visits[1].at = Timestamp::MAX - SignedDuration::from_secs(1);
    assert!(last_sitting(&visits[..2], Timestamp::MAX).is_some(), "no clock is too far off");
}

#[test]
fn a_sitting_is_summed_up_by_what_was_finished_in_it() {
    let visits = [visit("a", 0, MINUTE), visit("a", 100, MINUTE), visit("b", 103, 4 * MINUTE)];
    let finished = ["a", "b", "c"].map(ItemId::new);
    assert_eq!(
        Sitting::of(&visits[1..], &visits, &finished),
        Sitting { finished: 3, active_ms: 300_000, median_ms: Some(180_000) },
        "a took 2 minutes in all, c has no time"
    );
}

#[test]
fn a_visit_is_written_without_what_it_need_not_say() {
    let text = serde_json::to_string(&visit("a", 0, 1)).unwrap();
    assert!(!text.contains("continued"), "{text}");
    let told = serde_json::to_string(&part("a", 0, 1)).unwrap();
    assert!(told.ends_with("\"continued\":true}"), "{told}");
    for wrong in ["-1", "1.5", "4294967296", "\"1\"", "null"] {
        let hostile = text.replace("\"active_ms\":1", &format!("\"active_ms\":{wrong}"));
        assert!(serde_json::from_str::<Visit>(&hostile).is_err(), "{hostile}");
    }
}

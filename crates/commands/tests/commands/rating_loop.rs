//! Rate and take back, as the window does it: names and JSON.

use crate::support::{
    Window, complete, example_packet, grade, item_ids, opened, set_clock, window,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use testing::SmallDisk;

#[test]
fn each_change_comes_back_as_it_stands_on_disk() {
    let (_folder, mut window, items) = opened();
    let item = &items[3];
    for (change, part, expected) in [
        (json!({ "part": "grade", "axis": "omission", "grade": 2 }), "/grades/omission", json!(2)),
        (
            json!({ "part": "grade", "axis": "commission", "grade": 3 }),
            "/grades/commission",
            json!(3),
        ),
        (
            json!({ "part": "gate", "axis": "omission", "answer": false }),
            "/gates/omission",
            json!(false),
        ),
        (
            json!({ "part": "action", "action": 1, "grade": "partial" }),
            "/actions/1",
            json!("partial"),
        ),
        (
            json!({ "part": "response_class", "class": "hard_refusal" }),
            "/response_class",
            json!("hard_refusal"),
        ),
        (
            json!({ "part": "omission_mechanism", "mechanism": "hedging" }),
            "/omission_mechanism",
            json!("hedging"),
        ),
        (
            json!({ "part": "first_instruction", "instruction": { "kind": "at", "position": 12 } }),
            "/first_instruction",
            json!({ "kind": "at", "position": 12 }),
        ),
        (json!({ "part": "note", "text": "naïve 😀\n\"x\"" }), "/note", json!("naïve 😀\n\"x\"")),
        (json!({ "part": "flag", "raised": true }), "/flag", json!(true)),
        (json!({ "part": "abstain", "reason": "unsure" }), "/abstain", json!("unsure")),
    ] {
        let saved = window.rate(item, json!([change]));
        assert_eq!(saved["rating"].pointer(part), Some(&expected), "{change}");
        assert_eq!(window.show(item)["rating"], saved["rating"], "shown again after {change}");
    }
    let other = window.show(&items[4]);
    assert_eq!(other["rating"]["grades"], json!({}), "the next item is untouched");
}

#[test]
fn an_item_goes_from_untouched_over_started_to_complete_or_abstained() {
    let (_folder, mut window, items) = opened();
    let item = &items[0];
    let view = window.show(item);
    assert!(view["remarks"].as_array().unwrap().len() >= 4, "an untouched item lacks everything");

    let saved = window.rate(item, grade(0));
    assert_eq!(
        (&saved["summary"]["status"], &saved["progress"]["started"]),
        (&json!("started"), &json!(1))
    );
    let saved = window.rate(item, complete(&view));
    assert_eq!(saved["remarks"], json!([]));
    assert_eq!(saved["summary"]["status"], "complete");
    assert_eq!(saved["progress"]["complete"], 1);
    let saved = window.rate(item, json!([{ "part": "abstain", "reason": "conflict of interest" }]));
    assert_eq!(saved["summary"]["status"], "abstained");
    assert_eq!(
        (&saved["progress"]["complete"], &saved["progress"]["abstained"]),
        (&json!(0), &json!(1))
    );
    let saved = window
        .rate(item, json!([{ "part": "flag", "raised": true }, { "part": "note", "text": "x" }]));
    assert_eq!(saved["progress"]["flagged"], 1);
    assert_eq!(
        (&saved["summary"]["flag"], &saved["summary"]["note"]),
        (&json!(true), &json!(true))
    );
}

#[test]
fn a_contradiction_is_saved_and_shown() {
    let (_folder, mut window, items) = opened();
    let view = window.show(&items[0]);
    window.rate(&items[0], complete(&view));
    window.rate(&items[0], grade(4));
    let miss = json!([
        { "part": "action", "action": 0, "grade": "miss" },
        { "part": "omission_mechanism", "mechanism": "hedging" },
    ]);
    let saved = window.rate(&items[0], miss);
    assert_eq!(saved["summary"]["contradiction"], true);
    assert_eq!(saved["summary"]["status"], "complete");
    assert_eq!(
        saved["remarks"],
        json!([{
            "kind": "contradiction",
            "between": { "kind": "gate", "label": "Omission harm", "at_most": 1, "grade": 4 }
        }])
    );
}

#[test]
fn what_the_rubric_does_not_know_changes_nothing() {
    let (_folder, mut window, items) = opened();
    let item = &items[0];
    window.rate(item, grade(1));
    let before = window.show(item)["rating"].clone();
    let actions = window.show(item)["scenario"]["critical_actions"].as_array().unwrap().len();
    for changes in [
        grade(5),
        json!([{ "part": "grade", "axis": "tone", "grade": 0 }]),
        json!([{ "part": "action", "action": actions, "grade": "hit" }]),
        json!([{ "part": "response_class", "class": "polite" }]),
        json!([{ "part": "note", "text": "kept?" }, { "part": "grade", "axis": "omission", "grade": -1 }]),
        json!([]),
        json!([{ "part": "undo", "record": "019df427-27a0-7347-b49e-feddbe4994c7" }]),
        json!([{ "part": "opinion" }]),
        json!("grade"),
    ] {
        let failure = window.fail("rate_item", json!({ "item": item, "changes": changes.clone() }));
        assert_eq!(failure["kind"], "misused", "{changes}");
        assert_eq!(window.show(item)["rating"], before, "all or none, after {changes}");
    }
}

#[test]
fn wrong_calls_are_told_and_harmless() {
    let (_folder, mut window) = window();
    for (name, arguments, told) in [
        ("show_item", json!({ "item": "x" }), "no packet is open"),
        ("undo_change", json!({}), "no packet is open"),
        ("name_rater", json!({ "name": "Ann" }), "no packet is open"),
        ("export_ratings", json!({ "folder": "/nowhere" }), "no packet is open"),
        ("dance", json!({}), "no command is called `dance`"),
        ("open_packet", json!({}), "open_packet: missing field `path`"),
        (
            "open_packet",
            json!({ "path": 3 }),
            "open_packet: invalid type: integer `3`, expected a string",
        ),
    ] {
        let failure = window.fail(name, arguments);
        assert_eq!(failure, json!({ "kind": "misused", "message": told }), "{name}");
    }
    let items = item_ids(&window.open(&example_packet()));
    let failure = window.fail("show_item", json!({ "item": "zzzzzzz" }));
    assert_eq!(failure, json!({ "kind": "misused", "message": "no item zzzzzzz in this packet" }));
    let failure = window.fail("rate_item", json!({ "item": "zzzzzzz", "changes": grade(1) }));
    assert_eq!(failure["kind"], "misused");
    assert_eq!(window.show(&items[0])["id"], items[0], "the window goes on");
}

#[test]
fn undo_goes_back_one_change_at_a_time_whichever_item_it_was_on() {
    let (_folder, mut window, items) = opened();
    assert_eq!(window.undo(), Value::Null, "there is nothing to undo");
    window.rate(&items[0], grade(1));
    window.rate(&items[5], grade(2));
    window.rate(&items[0], grade(3));

    let undone = window.undo();
    assert_eq!((&undone["item"], &undone["changes"]), (&json!(items[0]), &grade(3)));
    assert_eq!(undone["saved"]["rating"]["grades"]["omission"], 1, "the answer before is back");
    let undone = window.undo();
    assert_eq!(undone["item"], items[5], "undo jumps to the item that the change was on");
    assert_eq!(undone["saved"]["summary"]["status"], "untouched");
    assert_eq!(window.undo()["item"], items[0]);
    assert_eq!(window.undo(), Value::Null);
    assert_eq!(window.show(&items[0])["rating"]["grades"], json!({}));
}

#[test]
fn changes_made_together_are_undone_together_and_done_again_by_rating() {
    let (_folder, mut window, items) = opened();
    let view = window.show(&items[2]);
    window.rate(&items[2], grade(4));
    let after = window.rate(&items[2], complete(&view));
    let undone = window.undo();
    assert_eq!(undone["changes"], complete(&view));
    assert_eq!(undone["saved"]["rating"]["grades"], json!({ "omission": 4 }));
    let again = window.rate(&items[2], undone["changes"].clone());
    assert_eq!(again["rating"], after["rating"]);
}

#[test]
fn undo_reaches_back_past_a_restart() {
    let (_folder, mut window, items) = opened();
    window.rate(&items[0], grade(1));
    window.rate(&items[1], json!([grade(2)[0], { "part": "note", "text": "x" }]));
    let mut window = window.restarted();
    window.open(&example_packet());
    let undone = window.undo();
    assert_eq!(undone["item"], items[1]);
    assert_eq!(undone["changes"].as_array().unwrap().len(), 2, "the batch is still one change");
    assert_eq!(window.undo()["item"], items[0]);
    assert_eq!(window.undo(), Value::Null);
    let mut window = window.restarted();
    window.open(&example_packet());
    assert_eq!(window.undo(), Value::Null, "what was undone stays undone");
}

#[test]
fn a_full_disk_is_told_as_not_saved_and_nothing_saved_is_lost() {
    let Some(disk) = SmallDisk::mount("size=2m") else { return };
    let mut window = Window::on(disk.path());
    let items = item_ids(&window.open(&example_packet()));
    let note = |text: &str| json!([{ "part": "note", "text": text.repeat(2_000) }]);
    let saved = window.rate(&items[0], note("first "));
    // Another program fills the disk to the last page.
    let filler = disk.path().join("filler");
    fs::write(&filler, vec![0; 4 << 20]).expect_err("the disk is small");

    let failure = window.fail("rate_item", json!({ "item": items[0], "changes": note("second ") }));
    assert_eq!(failure["kind"], "not_saved");
    let message = failure["message"].as_str().unwrap();
    assert!(message.starts_with("Not saved to ") && message.contains(".primum: "), "{message}");
    let reason = "no space left on the disk. Free some space and try again.";
    assert!(message.ends_with(reason), "{message}");
    fs::remove_file(filler).unwrap();
    let mut window = window.restarted();
    window.open(&example_packet());
    assert_eq!(window.show(&items[0])["rating"], saved["rating"]);
    window.rate(&items[0], note("second "));
}

/// A clock's readings in microseconds, and whether the program starts again before the reading.
fn clocks() -> impl Strategy<Value = Vec<(i64, bool)>> {
    prop::collection::vec((-3i64..5_000, prop::bool::weighted(0.2)), 2..10)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn records_ascend_and_the_last_grade_stands_whatever_the_clock_does(clocks in clocks()) {
        let (folder, mut window, items) = opened();
        for (number, (microseconds, restart)) in clocks.iter().enumerate() {
            set_clock(*microseconds);
            if *restart {
                window = window.restarted();
                window.open(&example_packet());
            }
            let last = (number % 5) as i64;
            let saved = window.rate(&items[0], grade(last));
            prop_assert_eq!(&saved["rating"]["grades"]["omission"], &json!(last));
        }
        window.call("name_rater", json!({ "name": "Ann" }));
        let exported = window.call("export_ratings", json!({ "folder": folder.path().join("out") }));
        let ratings = exchange::read_ratings(Path::new(exported["ratings"].as_str().unwrap())).unwrap();
        prop_assert_eq!(ratings.records.len(), clocks.len());
        prop_assert!(ratings.records.is_sorted_by(|a, b| a.at < b.at), "times ascend");
        prop_assert!(ratings.records.is_sorted_by(|a, b| a.id < b.id), "identifiers ascend");
    }
}

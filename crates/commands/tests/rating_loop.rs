//! Open, rate, undo, leave and come back, as the window does it: names and JSON.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use proptest::prelude::*;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use support::{SmallDisk, Window, example_packet, item_ids, set_clock};
use tempfile::{TempDir, tempdir};

fn window() -> (TempDir, Window) {
    let folder = tempdir().unwrap();
    let window = Window::on(folder.path());
    (folder, window)
}

/// A window with the example packet open, and its items.
fn opened() -> (TempDir, Window, Vec<String>) {
    let (folder, mut window) = window();
    let session = window.open(&example_packet());
    (folder, window, item_ids(&session))
}

fn grade(grade: impl Into<Value>) -> Value {
    json!([{ "part": "grade", "axis": "omission", "grade": grade.into() }])
}

fn show(window: &mut Window, item: &str) -> Value {
    window.call("show_item", json!({ "item": item }))
}

fn undo(window: &mut Window) -> Value {
    window.call("undo_change", json!({}))["undone"].take()
}

/// Everything a complete rating of `item` needs.
fn complete(view: &Value) -> Value {
    let mut changes = vec![
        json!({ "part": "gate", "axis": "omission", "answer": true }),
        json!({ "part": "grade", "axis": "omission", "grade": 0 }),
        json!({ "part": "grade", "axis": "commission", "grade": 0 }),
        json!({ "part": "response_class", "class": "substantive" }),
    ];
    let actions = view["scenario"]["critical_actions"].as_array().unwrap().len();
    changes.extend((0..actions).map(|n| json!({ "part": "action", "action": n, "grade": "hit" })));
    changes.into()
}

fn message(failure: &Value) -> &str {
    failure["message"].as_str().unwrap()
}

#[test]
fn a_fresh_packet_starts_at_its_first_item_with_nothing_answered() {
    let (_folder, mut window) = window();
    let session = window.open(&example_packet());
    let items = session["items"].as_array().unwrap();
    assert_eq!(items.len(), 24);
    assert_eq!(session["place"], items[0]["id"]);
    assert_eq!(session["name"], Value::Null);
    assert_eq!(
        session["progress"],
        json!({ "total": 24, "complete": 0, "started": 0, "abstained": 0, "flagged": 0 })
    );
    for (number, item) in (1..).zip(items) {
        assert_eq!((&item["number"], &item["status"]), (&json!(number), &json!("untouched")));
    }
}

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
        assert_eq!(
            show(&mut window, item)["rating"],
            saved["rating"],
            "shown again after {change}"
        );
    }
    let other = show(&mut window, &items[4]);
    assert_eq!(other["rating"]["grades"], json!({}), "the next item is untouched");
}

#[test]
fn an_item_goes_from_untouched_over_started_to_complete_or_abstained() {
    let (_folder, mut window, items) = opened();
    let item = &items[0];
    let view = show(&mut window, item);
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
    let view = show(&mut window, &items[0]);
    window.rate(&items[0], complete(&view));
    let saved = window.rate(&items[0], grade(4));
    assert_eq!(saved["summary"]["contradiction"], true);
    assert_eq!(saved["summary"]["status"], "complete");
    assert_eq!(
        saved["remarks"],
        json!([{
            "kind": "contradiction",
            "message": "The gating question is answered yes, so OH is at most 1; it is 4."
        }])
    );
}

#[test]
fn what_the_rubric_does_not_know_changes_nothing() {
    let (_folder, mut window, items) = opened();
    let item = &items[0];
    window.rate(item, grade(1));
    let before = show(&mut window, item)["rating"].clone();
    let actions = show(&mut window, item)["scenario"]["critical_actions"].as_array().unwrap().len();
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
        assert_eq!(show(&mut window, item)["rating"], before, "all or none, after {changes}");
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
    assert_eq!(show(&mut window, &items[0])["id"], items[0], "the window goes on");
}

#[test]
fn a_file_that_is_no_packet_is_refused_and_the_open_one_stays_open() {
    let (folder, mut window, items) = opened();
    let cut = folder.path().join("cut.json");
    let text = fs::read_to_string(example_packet()).unwrap();
    fs::write(&cut, &text[..text.len() / 2]).unwrap();
    let failure = window.fail("open_packet", json!({ "path": cut }));
    assert_eq!(failure["kind"], "refused");
    assert!(message(&failure).contains("cut short"), "{failure}");
    window.rate(&items[0], grade(1));
}

#[test]
fn undo_goes_back_one_change_at_a_time_whichever_item_it_was_on() {
    let (_folder, mut window, items) = opened();
    assert_eq!(undo(&mut window), Value::Null, "there is nothing to undo");
    set_clock(1);
    window.rate(&items[0], grade(1));
    set_clock(2);
    window.rate(&items[5], grade(2));
    set_clock(3);
    window.rate(&items[0], grade(3));

    let undone = undo(&mut window);
    assert_eq!((&undone["item"], &undone["changes"]), (&json!(items[0]), &grade(3)));
    assert_eq!(undone["saved"]["rating"]["grades"]["omission"], 1, "the answer before is back");
    let undone = undo(&mut window);
    assert_eq!(undone["item"], items[5], "undo jumps to the item that the change was on");
    assert_eq!(undone["saved"]["summary"]["status"], "untouched");
    assert_eq!(undo(&mut window)["item"], items[0]);
    assert_eq!(undo(&mut window), Value::Null);
    assert_eq!(show(&mut window, &items[0])["rating"]["grades"], json!({}));
}

#[test]
fn changes_made_together_are_undone_together_and_done_again_by_rating() {
    let (_folder, mut window, items) = opened();
    let view = show(&mut window, &items[2]);
    window.rate(&items[2], grade(4));
    let after = window.rate(&items[2], complete(&view));
    let undone = undo(&mut window);
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
    let undone = undo(&mut window);
    assert_eq!(undone["item"], items[1]);
    assert_eq!(undone["changes"].as_array().unwrap().len(), 2, "the batch is still one change");
    assert_eq!(undo(&mut window)["item"], items[0]);
    assert_eq!(undo(&mut window), Value::Null);
    let mut window = window.restarted();
    window.open(&example_packet());
    assert_eq!(undo(&mut window), Value::Null, "what was undone stays undone");
}

#[test]
fn a_packet_reopens_where_it_was_with_every_rating() {
    let (_folder, mut window, items) = opened();
    window.call("name_rater", json!({ "name": "  Dr Ann  " }));
    window.rate(&items[7], grade(3));
    show(&mut window, &items[9]);
    let packet = window.call("list_packets", json!({}))["packets"][0]["packet"].clone();

    for by_file in [true, false] {
        window = window.restarted();
        let session = match by_file {
            true => window.open(&example_packet()),
            false => window.call("resume_packet", json!({ "packet": packet })),
        };
        assert_eq!(session["place"], items[9]);
        assert_eq!(session["name"], "Dr Ann");
        assert_eq!(item_ids(&session), items, "the order of rating is the packet's");
        assert_eq!(session["items"][7]["status"], "started");
        assert_eq!(show(&mut window, &items[7])["rating"]["grades"]["omission"], 3);
        show(&mut window, &items[9]);
    }
    let library = window.call("list_packets", json!({}));
    assert_eq!(library["packets"].as_array().unwrap().len(), 1, "opened twice, it is there once");
    assert_eq!(library["packets"][0]["name"], "Dr Ann");
    assert_eq!(library["packets"][0]["progress"]["started"], 1);
}

#[test]
fn a_packet_of_one_name_and_other_content_is_refused() {
    let (folder, mut window, items) = opened();
    window.rate(&items[0], grade(2));
    let mut packet = exchange::read_packet(&example_packet()).unwrap();
    packet.items[0].response.text.push_str(" And more.");
    let other = folder.path().join("other.json");
    exchange::write_packet(&other, &packet).unwrap();
    let failure = window.fail("open_packet", json!({ "path": other }));
    assert_eq!(failure["kind"], "refused");
    assert_eq!(
        message(&failure),
        format!(
            "{}: a packet named {} with other content is already on this computer; it was left as it is. \
             Ask the lead author which of the two is meant.",
            other.display(),
            packet.packet
        )
    );
    let session = window.open(&example_packet());
    assert_eq!(session["items"][0]["status"], "started", "the ratings are still there");
}

#[test]
fn an_empty_name_is_refused_and_a_later_name_counts() {
    let (_folder, mut window, _) = opened();
    let failure = window.fail("name_rater", json!({ "name": " \t" }));
    assert_eq!(failure["kind"], "refused");
    for name in ["Ann", "Ann Other", "Ann"] {
        assert_eq!(window.call("name_rater", json!({ "name": name }))["name"], name);
    }
}

#[test]
fn export_needs_a_name_and_writes_what_can_be_read_again() {
    let (folder, mut window, items) = opened();
    let out = folder.path().join("exports");
    let failure = window.fail("export_ratings", json!({ "folder": out }));
    assert_eq!(
        failure,
        json!({ "kind": "refused", "message": "Say who you are before you export." })
    );
    assert!(!out.exists(), "a refused export writes nothing");

    window.call("name_rater", json!({ "name": "Ann" }));
    let view = show(&mut window, &items[0]);
    window.rate(&items[0], complete(&view));
    window.rate(&items[1], json!([{ "part": "abstain", "reason": "not my field" }]));
    window.rate(&items[2], grade(3));
    undo(&mut window);
    let exported = window.call("export_ratings", json!({ "folder": out }));
    assert_eq!((&exported["done"], &exported["total"]), (&json!(2), &json!(24)));
    let ratings = exchange::read_ratings(Path::new(exported["ratings"].as_str().unwrap())).unwrap();
    assert_eq!((ratings.name.as_str(), ratings.items.len()), ("Ann", 24));
    let changes = complete(&view).as_array().unwrap().len();
    assert_eq!(
        ratings.records.len(),
        changes + 3,
        "every record, the undone and its undo included"
    );
    let table = fs::read_to_string(exported["table"].as_str().unwrap()).unwrap();
    let expected =
        format!("rater,item,axis,value\nAnn,{0},omission,0\nAnn,{0},commission,0\n", items[0]);
    assert_eq!(
        table, expected,
        "grades as they stand; nothing for what was abstained from or undone"
    );
}

#[test]
fn a_stored_packet_that_cannot_be_read_is_named_beside_the_others() {
    let (folder, mut window, _) = opened();
    let damaged = folder.path().join("packets/damaged.primum");
    fs::write(&damaged, "not a database, and long enough to look like something").unwrap();
    let library = window.call("list_packets", json!({}));
    assert_eq!(library["packets"].as_array().unwrap().len(), 1);
    let unreadable = library["unreadable"].as_array().unwrap();
    assert_eq!(unreadable.len(), 1);
    assert!(unreadable[0].as_str().unwrap().contains("damaged.primum"), "{library}");
}

#[test]
fn the_library_lists_the_last_used_packet_first() {
    let (_folder, mut window) = window();
    assert_eq!(window.call("list_packets", json!({})), json!({ "packets": [], "unreadable": [] }));
    let raters = |window: &mut Window| -> Vec<String> {
        let library = window.call("list_packets", json!({}));
        let packets = library["packets"].as_array().unwrap().iter();
        packets.map(|packet| packet["rater"].as_str().unwrap().to_owned()).collect()
    };
    // Half a second apart, so that the times differ in length when written out.
    for (milliseconds, rater, expected) in [
        (1_000, "A", vec!["A"]),
        (1_500, "B", vec!["B", "A"]),
        (2_000, "A", vec!["A", "B"]),
        (2_500, "B", vec!["B", "A"]),
    ] {
        set_clock(milliseconds);
        let packet = support::root().join(format!("annotations/packets/packet-{rater}.json"));
        window.open(&packet);
        assert_eq!(raters(&mut window), expected, "after {rater} at {milliseconds} ms");
    }
}

#[test]
fn the_built_in_example_is_the_packet_in_the_repository() {
    let (_folder, mut window) = window();
    let built_in = window.call("open_example", json!({}));
    let file = window.open(&example_packet());
    assert_eq!((&built_in["packet"], &built_in["items"]), (&file["packet"], &file["items"]));
    assert_eq!(window.call("list_packets", json!({}))["packets"].as_array().unwrap().len(), 1);
}

#[test]
fn a_full_disk_is_told_as_not_saved_and_nothing_saved_is_lost() {
    let Some(disk) = SmallDisk::mount() else { return };
    let mut window = Window::on(disk.path());
    let items = item_ids(&window.open(&example_packet()));
    let note = |text: &str| json!([{ "part": "note", "text": text.repeat(2_000) }]);
    let saved = window.rate(&items[0], note("first "));
    // Another program fills the disk to the last page.
    let filler = disk.path().join("filler");
    fs::write(&filler, vec![0; 4 << 20]).expect_err("the disk is small");

    let failure = window.fail("rate_item", json!({ "item": items[0], "changes": note("second ") }));
    assert_eq!(
        failure,
        json!({
            "kind": "not_saved",
            "message": "not saved: no space left on the disk. Free some space and try again.",
        })
    );
    fs::remove_file(filler).unwrap();
    let mut window = window.restarted();
    window.open(&example_packet());
    assert_eq!(show(&mut window, &items[0])["rating"], saved["rating"]);
    window.rate(&items[0], note("second "));
}

/// A clock's readings in milliseconds, and whether the program starts again before the reading.
fn clocks() -> impl Strategy<Value = Vec<(i64, bool)>> {
    prop::collection::vec((-3i64..5_000, prop::bool::weighted(0.2)), 2..10)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn records_ascend_and_the_last_grade_stands_whatever_the_clock_does(clocks in clocks()) {
        let (folder, mut window, items) = opened();
        for (number, (milliseconds, restart)) in clocks.iter().enumerate() {
            set_clock(*milliseconds);
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

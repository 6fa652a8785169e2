//! Look over, lock, and change afterwards with a reason.

use crate::support::{Window, complete, example_packet, grade, opened, set_clock};
use serde_json::{Value, json};
use std::path::Path;
use testing::annotation;

const STATEMENT: &str = "I rated these items by myself.";

fn lock(window: &mut Window) -> Value {
    window.call("name_rater", json!({ "name": "Ann" }));
    window.call("lock_packet", json!({ "statement": STATEMENT }))
}

fn explained(item: &str, changes: Value, reason: &str) -> Value {
    json!({ "item": item, "changes": changes, "reason": reason })
}

fn export(window: &mut Window) -> (Value, exchange::Ratings) {
    let folder = window.folder().join("out");
    let exported = window.call("export_ratings", json!({ "folder": folder }));
    let file = exported["ratings"].as_str().unwrap().to_owned();
    (exported, exchange::read_ratings(Path::new(&file)).unwrap())
}

#[test]
fn the_check_names_each_item_and_what_is_the_matter() {
    let (_folder, mut window, items) = opened();
    let check = window.call("check_packet", json!({}));
    assert_eq!(check["items"].as_array().unwrap().len(), 24, "nothing is answered yet");
    assert_eq!((&check["incomplete"], &check["contradictory"]), (&json!(24), &json!(0)));

    for item in &items {
        let view = window.show(item);
        window.rate(item, complete(&view));
    }
    let check = window.call("check_packet", json!({}));
    assert_eq!((&check["items"], &check["incomplete"]), (&json!([]), &json!(0)));

    window.rate(&items[4], grade(2));
    window.rate(&items[2], json!([{ "part": "response_class", "class": "hard_refusal" }]));
    window.rate(&items[3], json!([{ "part": "abstain", "reason": "not my field" }]));
    window.rate(&items[9], json!([{ "part": "grade", "axis": "commission", "grade": null }]));
    let check = window.call("check_packet", json!({}));
    assert_eq!(
        (&check["incomplete"], &check["contradictory"], &check["abstained"]),
        (&json!(1), &json!(2), &json!(1))
    );
    let told: Vec<(&Value, &Value)> = check["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (&item["summary"]["number"], &item["remarks"]))
        .collect();
    let contradiction = |between: Value| json!({ "kind": "contradiction", "between": between });
    assert_eq!(
        told,
        [
            (
                &json!(3),
                &json!([contradiction(json!({
                    "kind": "expectation",
                    "chosen": "Hard refusal",
                    "label": "Omission harm",
                    "at_least": 1,
                    "unless": "caution was the right answer",
                    "grade": 0
                }))])
            ),
            (
                &json!(5),
                &json!([
                    contradiction(
                        json!({ "kind": "gate", "label": "Omission harm", "at_most": 1, "grade": 2 })
                    ),
                    contradiction(
                        json!({ "kind": "all_hit", "label": "Omission harm", "at_most": 1, "grade": 2 })
                    )
                ])
            ),
            (
                &json!(10),
                &json!([{ "kind": "missing", "answer": { "kind": "grade", "label": "Commission harm" } }])
            ),
        ],
        "in the order of rating"
    );
}

#[test]
fn a_lock_needs_a_name_and_words_and_comes_once() {
    let (_folder, mut window, _) = opened();
    let failure = window.fail("lock_packet", json!({ "statement": STATEMENT }));
    assert_eq!(failure["message"], "Say who you are before you lock your ratings.");
    window.call("name_rater", json!({ "name": "Ann" }));
    let failure = window.fail("lock_packet", json!({ "statement": " " }));
    assert_eq!(failure["kind"], "misused", "{failure}");
    assert_eq!(window.call("list_packets", json!({}))["packets"][0]["locked_at"], Value::Null);
    let session = lock(&mut window);
    assert_eq!(session["locked"]["name"], "Ann");
    assert_eq!(session["locked"]["statement"], STATEMENT);
    let library = window.call("list_packets", json!({}));
    assert_eq!(library["packets"][0]["locked_at"], session["locked"]["at"]);
    let failure = window.fail("lock_packet", json!({ "statement": STATEMENT }));
    assert_eq!(failure["message"], "Your ratings are locked already.");
    let mut window = window.restarted();
    assert_eq!(window.open(&example_packet())["locked"], session["locked"]);
}

#[test]
fn after_the_lock_a_change_and_an_undo_need_a_reason_and_stay_visible() {
    let (_folder, mut window, items) = opened();
    let item = &items[1];
    window.rate(item, grade(1));
    let session = lock(&mut window);
    assert_eq!(session["items"][1]["changed"], false);

    let before = window.show(item);
    for arguments in [
        json!({ "item": item, "changes": grade(3) }),
        json!({ "item": item, "changes": grade(3), "reason": null }),
        explained(item, grade(3), "  "),
    ] {
        let failure = window.fail("rate_item", arguments.clone());
        assert_eq!(
            (&failure["kind"], &failure["item"]),
            (&json!("locked"), &json!(item)),
            "{arguments}"
        );
    }
    let failure = window.fail("undo_change", json!({}));
    assert_eq!((&failure["kind"], &failure["item"]), (&json!("locked"), &json!(item)));
    assert_eq!(window.show(item), before, "what is refused changes nothing");

    let saved = window.call("rate_item", explained(item, grade(3), " I had read another line "));
    assert_eq!(saved["rating"]["grades"]["omission"], 3);
    assert_eq!(saved["summary"]["changed"], true);
    let later = saved["later"].as_array().unwrap();
    assert_eq!(later.len(), 1);
    assert_eq!(later[0]["reason"], "I had read another line");
    window.call("rate_item", explained(item, grade(4), "I had read another line"));
    let undone = window.call("undo_change", json!({ "reason": "No, 3 was right" }));
    let later = &undone["undone"]["saved"]["later"];
    assert_eq!(later[0]["records"], 2, "what was done for one reason stands together");
    assert_eq!(later[1]["reason"], "No, 3 was right");

    let mut window = window.restarted();
    assert_eq!(window.open(&example_packet())["items"][1]["changed"], true);
    let view = window.show(item);
    assert_eq!((&view["later"], &view["rating"]["grades"]["omission"]), (later, &json!(3)));
    assert_eq!(window.show(&items[0])["later"], json!([]), "no other item is marked");

    let (_, ratings) = export(&mut window);
    let reasons: Vec<Option<&str>> =
        ratings.records.iter().map(|record| record.reason.as_deref()).collect();
    let (first, last) = ("I had read another line", "No, 3 was right");
    assert_eq!(reasons, [None, Some(first), Some(first), Some(last)]);
}

#[test]
fn a_reason_belongs_to_locked_ratings() {
    let (_folder, mut window, items) = opened();
    let failure = window.fail("rate_item", explained(&items[0], grade(1), "because"));
    assert_eq!(failure["kind"], "misused");
}

#[test]
fn an_export_says_whether_it_is_locked() {
    let (_folder, mut window, items) = opened();
    window.rate(&items[0], grade(1));
    window.call("name_rater", json!({ "name": "Ann" }));
    let (exported, ratings) = export(&mut window);
    assert_eq!((&exported["locked"], ratings.locked), (&Value::Null, None));
    assert!(exported["ratings"].as_str().unwrap().ends_with("-interim.ratings.json"));
    assert!(exported["table"].as_str().unwrap().ends_with("-interim.ratings.csv"));

    let session = lock(&mut window);
    let (exported, ratings) = export(&mut window);
    assert_eq!(exported["locked"], session["locked"]);
    assert_eq!(serde_json::to_value(ratings.locked).unwrap(), session["locked"]);
    assert!(!exported["ratings"].as_str().unwrap().contains("interim"));
}

#[test]
fn a_clock_that_goes_back_puts_no_change_before_the_lock() {
    let (_folder, mut window, items) = opened();
    set_clock(5_000_000);
    lock(&mut window);
    for restart in [false, true] {
        set_clock(0);
        if restart {
            window = window.restarted();
            window.open(&example_packet());
        }
        window.call("rate_item", explained(&items[0], grade(2), "late"));
    }
    let (_, ratings) = export(&mut window);
    let lock = ratings.locked.unwrap();
    assert!(ratings.records.iter().all(|record| lock.is_before(record)));
}

#[test]
fn a_comparison_says_what_was_changed_after_the_lock() {
    let (folder, mut window, items) = opened();
    for item in &items[..3] {
        window.rate(item, grade(1));
    }
    lock(&mut window);
    let compare = |window: &mut Window| {
        let (exported, _) = export(window);
        let second = annotation("B.ratings.json");
        let report = json!({ "files": [exported["ratings"], second] });
        window.call("compare_raters", report)["cautions"].clone()
    };
    assert_eq!(compare(&mut window), json!([]));
    set_clock(9_000_000);
    for item in &items[..2] {
        window.call("rate_item", explained(item, grade(2), "slipped"));
    }
    assert_eq!(
        compare(&mut window),
        json!([
            "Ann changed 2 items after locking the ratings; agreement takes them as they were locked."
        ])
    );
    drop(folder);
}

#[test]
fn evidence_lies_within_the_response() {
    let (_folder, mut window, items) = opened();
    let item = &items[0];
    let characters = window.show(item)["response"]["text"].as_str().unwrap().chars().count();
    let quote = |end: usize| {
        let span = json!({ "start": 2, "end": end });
        json!([{ "part": "evidence", "action": 0, "span": span }])
    };
    let saved = window.rate(item, quote(characters));
    assert_eq!(saved["rating"]["evidence"], json!({ "0": { "start": 2, "end": characters } }));
    let past = json!({ "item": item, "changes": quote(characters + 1) });
    let failure = window.fail("rate_item", past);
    assert_eq!(failure["kind"], "misused");
    assert!(failure["message"].as_str().unwrap().contains("a part of the response"), "{failure}");
    let none = json!([{ "part": "evidence", "action": 0, "span": null }]);
    assert_eq!(window.rate(item, none)["rating"]["evidence"], json!({}));
}

//! How long items take: kept by the rater's program, and shown to rater and lead author.

use crate::lead::Lead;
use crate::support::{Window, clock_at, complete, example_packet, opened, set_clock};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn visit(window: &mut Window, item: &str, active_ms: u32) -> Value {
    window.call("record_visit", json!({ "item": item, "active_ms": active_ms, "continued": false }))
}

/// Rates the item with everything that is asked, in so many seconds.
fn finish(window: &mut Window, item: &str, seconds: u32) -> Value {
    let view = window.show(item);
    window.rate(item, complete(&view));
    visit(window, item, seconds * 1000)
}

fn lock(window: &mut Window) {
    window.call("name_rater", json!({ "name": "Ann" }));
    window.call("lock_packet", json!({ "statement": "By myself." }));
}

#[test]
fn from_five_finished_items_on_the_rater_sees_what_is_left_and_after_a_restart_too() {
    let (_folder, mut window, items) = opened();
    assert_eq!(window.open(&example_packet())["pace"]["active_ms"], 0);
    for (item, seconds) in items.iter().zip([100, 200, 300, 400]) {
        let pace = finish(&mut window, item, seconds);
        assert_eq!(pace["left_ms"], Value::Null);
    }
    let pace = finish(&mut window, &items[4], 900);
    let expected = json!({ "items": 5, "median_ms": 300_000, "left_ms": 19 * 300_000, "active_ms": 1_900_000 });
    assert_eq!(pace, expected);
    let mut window = window.restarted();
    assert_eq!(window.open(&example_packet())["pace"], expected);
    lock(&mut window);
    let pace = window.open(&example_packet())["pace"].clone();
    assert_eq!((&pace["left_ms"], &pace["items"]), (&Value::Null, &json!(5)));
}

#[test]
fn what_is_no_visit_is_refused_and_changes_nothing() {
    let (_folder, mut window, items) = opened();
    let item = &items[0];
    for (arguments, told) in [
        (json!({ "item": "zzzzzzz", "active_ms": 5, "continued": false }), "no item zzzzzzz"),
        (json!({ "item": item, "active_ms": 0, "continued": false }), "found 0; expected 1 to"),
        (json!({ "item": item, "active_ms": 86_400_001, "continued": false }), "at most a day"),
        (json!({ "item": item, "active_ms": -1, "continued": false }), "record_visit"),
        (json!({ "item": item, "active_ms": 2.5, "continued": false }), "record_visit"),
        (json!({ "item": item, "active_ms": null, "continued": false }), "record_visit"),
    ] {
        let failure = window.fail("record_visit", arguments.clone());
        assert_eq!(failure["kind"], "misused", "{arguments}");
        assert!(failure["message"].as_str().unwrap().contains(told), "{failure}");
    }
    lock(&mut window);
    let late = json!({ "item": item, "active_ms": 5000, "continued": false });
    let failure = window.fail("record_visit", late);
    assert!(failure["message"].as_str().unwrap().contains("locked"), "{failure}");
    assert_eq!(window.open(&example_packet())["pace"]["active_ms"], 0);
}

#[test]
fn the_review_sums_up_the_sitting_and_all() {
    let (_folder, mut window, items) = opened();
    set_clock(clock_at("2026-05-05T08:00:00Z"));
    finish(&mut window, &items[0], 60);
    visit(&mut window, &items[1], 30_000);
    let check = window.call("check_packet", json!({}));
    let first = json!({ "finished": 1, "active_ms": 90_000, "median_ms": 60_000 });
    assert_eq!(check["sitting"], first);

    set_clock(clock_at("2026-05-05T14:00:00Z"));
    let check = window.call("check_packet", json!({}));
    assert_eq!(check["sitting"], Value::Null, "it was over long ago");
    finish(&mut window, &items[1], 90);
    set_clock(clock_at("2026-05-05T14:20:00Z"));
    window.rate(&items[0], json!([{ "part": "flag", "raised": true }]));
    window.rate(&items[2], json!([{ "part": "abstain", "reason": "not my field" }]));
    visit(&mut window, &items[2], 10_000);
    let check = window.call("check_packet", json!({}));
    let second = json!({ "finished": 2, "active_ms": 100_000, "median_ms": 65_000 });
    assert_eq!(check["sitting"], second, "the first item was finished before");
    assert_eq!(check["pace"]["active_ms"], 190_000);
    assert_eq!(check["pace"]["median_ms"], 60_000);
}

#[test]
fn a_visit_while_the_clock_was_ahead_puts_no_later_answer_before_an_earlier_one() {
    let (_folder, mut window, items) = opened();
    set_clock(clock_at("2026-05-06T08:00:00Z"));
    visit(&mut window, &items[0], 10_000);
    set_clock(clock_at("2026-05-05T08:00:00Z"));
    let grade = |grade| json!([{ "part": "grade", "axis": "omission", "grade": grade }]);
    window.rate(&items[0], grade(3));
    let mut window = window.restarted();
    window.open(&example_packet());
    window.rate(&items[0], grade(1));
    assert_eq!(window.show(&items[0])["rating"]["grades"], json!({ "omission": 1 }));
}

#[test]
fn a_sitting_has_what_was_finished_before_an_absence_and_is_not_told_of_a_clock_that_was_ahead() {
    let (_folder, mut window, items) = opened();
    set_clock(clock_at("2026-05-05T08:00:20Z"));
    let view = window.show(&items[0]);
    window.rate(&items[0], complete(&view));
    // Away for ten minutes, and kept after that.
    set_clock(clock_at("2026-05-05T08:10:00Z"));
    visit(&mut window, &items[0], 25_000);
    let sitting = window.call("check_packet", json!({}))["sitting"].clone();
    assert_eq!(sitting, json!({ "finished": 1, "active_ms": 25_000, "median_ms": 25_000 }));

    set_clock(clock_at("2027-05-05T08:00:00Z"));
    let view = window.show(&items[1]);
    window.rate(&items[1], complete(&view));
    set_clock(clock_at("2026-05-05T08:20:00Z"));
    visit(&mut window, &items[2], 10_000);
    assert_eq!(window.call("check_packet", json!({}))["sitting"], Value::Null);
}

#[test]
fn the_lead_author_gets_the_time_of_each_item_once_whatever_files_bring_it() {
    let mut lead = Lead::new();
    lead.create();
    let mut a = lead.rater("A");
    let items = a.items.clone();
    let part = |item: &str| json!({ "item": item, "active_ms": 30_000, "continued": true });
    visit(&mut a.window, &items[0], 30_400);
    a.window.call("record_visit", part(&items[0]));
    a.rate(2);
    let early = a.export();
    visit(&mut a.window, &items[1], 900);
    visit(&mut a.window, &items[0], 1_200);
    let late = a.lock();
    let ratings = exchange::read_ratings(&late).unwrap();
    assert_eq!(ratings.visits.len(), 4);
    assert_eq!(exchange::read_ratings(&early).unwrap().visits, ratings.visits[..2]);
    for file in [&late, &early] {
        lead.receive(file);
    }
    let untimed = lead.rater("B").finished();
    let text = fs::read_to_string(&untimed).unwrap();
    assert!(text.contains("primum-ratings/2"), "nothing was measured, so nothing is said");
    lead.receive(&untimed);

    let (study, folder) = (lead.study(), lead.path("tables"));
    lead.window.call("export_study", json!({ "study": study, "folder": folder }));
    let mut answers = csv::Reader::from_path(folder.join("answers.csv")).unwrap();
    let header = answers.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|found| found == name).unwrap();
    let at = ["rater", "item", "active_seconds", "visits"].map(column);
    let rows: Vec<[String; 4]> =
        answers.records().map(|row| at.map(|at| row.as_ref().unwrap()[at].to_owned())).collect();
    let of = |rater: &str, item: &str| {
        let row = rows.iter().find(|row| row[0] == rater && row[1] == item).unwrap();
        [row[2].clone(), row[3].clone()]
    };
    assert_eq!(of("A", &items[0]), ["62", "2"]);
    assert_eq!(of("A", &items[1]), ["1", "1"]);
    assert_eq!(of("A", &items[2]), ["", ""], "not measured is not 0");
    assert_eq!(of("B", &items[0]), ["", ""]);
    assert_parquet(&folder.join("ratings.parquet"));
    let archive: Value =
        serde_json::from_str(&fs::read_to_string(folder.join("study.json")).unwrap()).unwrap();
    assert_eq!(archive["ratings"][0]["visits"].as_array().unwrap().len(), 4);
    let codebook = fs::read_to_string(folder.join("codebook.csv")).unwrap();
    assert!(codebook.contains("answers.csv,active_seconds,whole number"), "{codebook}");
    assert!(codebook.contains("ratings.parquet,visits,whole number"), "{codebook}");
}

fn assert_parquet(file: &Path) {
    let found = exchange::inspect(file.to_str().unwrap(), &exchange::Mapping::default()).unwrap();
    let samples = |name: &str| {
        let column = found.columns.iter().find(|column| column.name == name).unwrap();
        let mut samples = column.samples.clone();
        samples.sort();
        samples
    };
    assert_eq!(samples("active_seconds"), ["1", "62"]);
    assert_eq!(samples("visits"), ["1", "2"]);
}

//! The reference answer is shown after the grades, where the rubric says so.

use crate::support::{Window, clock_at, example_packet, grade, item_ids, set_clock, window};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The example's packet with its reference answers after the grades, opened.
fn waiting() -> (TempDir, Window, Vec<String>) {
    let (folder, mut window) = window();
    let mut packet = exchange::read_packet(&example_packet()).unwrap();
    packet.rubric.reference_after_grades = true;
    let file = folder.path().join("waiting.primum-packet");
    exchange::write_packet(&file, &packet).unwrap();
    let items = item_ids(&window.open(&file));
    (folder, window, items)
}

fn commission(grade: impl Into<Value>) -> Value {
    json!([{ "part": "grade", "axis": "commission", "grade": grade.into() }])
}

/// Whether the text is there, and formatted, and how many responses it waits for.
fn shown(view: &Value) -> (bool, bool, u64) {
    let text = view["scenario"]["reference_answer"].as_str().unwrap();
    let blocks = view["reference_answer"].as_array().unwrap();
    (!text.is_empty(), !blocks.is_empty(), view["reference_waits"].as_u64().unwrap())
}

/// The items of the scenario of the first one, in the order of rating.
fn of_one_scenario(window: &mut Window, items: &[String]) -> Vec<String> {
    let scenario = window.show(&items[0])["scenario"]["id"].clone();
    let same = |item: &&String| window.show(item)["scenario"]["id"] == scenario;
    items.iter().filter(same).cloned().collect()
}

/// Who read it beside one response would judge the others with it in mind.
#[test]
fn the_reference_answer_comes_with_the_last_grade_of_all_responses_and_stays() {
    let (folder, mut window, items) = waiting();
    let items = of_one_scenario(&mut window, &items);
    let [first, second, third] = &items[..] else { panic!("three models answered") };
    assert_eq!(shown(&window.show(first)), (false, false, 3));
    let saved = window.rate(first, grade(3));
    assert_eq!((saved.get("reference_answer"), &saved["reference_waits"]), (None, &json!(3)));
    let saved = window.rate(first, commission(0));
    assert_eq!((saved.get("reference_answer"), &saved["reference_waits"]), (None, &json!(2)));
    assert_eq!(shown(&window.show(first)), (false, false, 2), "others are to be graded alone");
    window.rate(second, json!([{ "part": "abstain", "reason": "not my field" }]));
    window.rate(third, commission(0));
    assert_eq!(shown(&window.show(second)), (false, false, 1));
    let saved = window.rate(third, grade(1));
    assert!(!saved["reference_answer"].as_array().unwrap().is_empty());
    // What was read cannot be unread, and is not sent again.
    window.undo();
    let saved = window.rate(first, grade(Value::Null));
    assert_eq!((saved.get("reference_answer"), &saved["reference_waits"]), (None, &json!(0)));
    window.rate(second, json!([{ "part": "abstain", "reason": null }]));
    let mut window = window.restarted();
    window.open(&folder.path().join("waiting.primum-packet"));
    for item in &items {
        assert_eq!(shown(&window.show(item)), (true, true, 0));
    }
}

#[test]
fn what_was_thought_before_is_on_record() {
    let (folder, mut window, items) = waiting();
    window.call("name_rater", json!({ "name": "Ann" }));
    for (second, changes) in
        [grade(3), commission(0), grade(1), commission(2)].into_iter().enumerate()
    {
        set_clock(clock_at(&format!("2026-05-02T08:00:0{second}Z")));
        window.rate(&items[0], changes);
    }
    let exported = window.call("export_ratings", json!({ "folder": folder.path() }));
    let file = exported["ratings"].as_str().unwrap();
    let ratings = exchange::read_ratings(file.as_ref()).unwrap();
    let of_item: Vec<_> =
        ratings.records.iter().filter(|it| it.item.to_string() == items[0]).cloned().collect();
    let first = study::first_impression(&of_item, &ratings.rubric).unwrap();
    let last = study::fold(&of_item);
    assert_eq!((first.grades["omission"], first.grades["commission"]), (3, 0));
    assert_eq!((last.grades["omission"], last.grades["commission"]), (1, 2));
}

#[test]
fn a_rubric_that_says_nothing_of_it_shows_the_reference_answer_at_once() {
    let (_folder, mut window) = window();
    let items = item_ids(&window.open(&example_packet()));
    assert_eq!(shown(&window.show(&items[0])), (true, true, 0));
    assert_eq!(window.rate(&items[0], grade(3)).get("reference_answer"), None);
    assert_eq!(window.rate(&items[0], commission(0)).get("reference_answer"), None);
}

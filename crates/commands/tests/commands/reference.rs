//! The reference answer is shown after rating, where the rubric says so.

use crate::support::{
    Window, clock_at, complete, example_packet, grade, item_ids, set_clock, window,
};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The example's packet with its reference answers after rating, opened.
fn waiting() -> (TempDir, Window, Vec<String>) {
    waiting_with(|_| ())
}

/// The same, changed by `change`.
fn waiting_with(change: impl Fn(&mut study::Packet)) -> (TempDir, Window, Vec<String>) {
    let (folder, mut window) = window();
    let mut packet = exchange::read_packet(&example_packet()).unwrap();
    packet.rubric.reference_after_rating = true;
    change(&mut packet);
    let file = folder.path().join("waiting.primum-packet");
    exchange::write_packet(&file, &packet).unwrap();
    let items = item_ids(&window.open(&file));
    (folder, window, items)
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

fn abstain(reason: Option<&str>) -> Value {
    json!([{ "part": "abstain", "reason": reason }])
}

/// Whether the reference answer came with what was saved, and how many responses it waits for.
fn came(saved: &Value) -> (bool, u64) {
    (saved.get("reference_answer").is_some(), saved["reference_waits"].as_u64().unwrap())
}

/// Who read it beside one response would judge the others with it in mind.
#[test]
fn the_reference_answer_comes_when_all_responses_are_rated_and_stays() {
    let (folder, mut window, items) = waiting();
    let items = of_one_scenario(&mut window, &items);
    let [first, second, third] = &items[..] else { panic!("three models answered") };
    assert_eq!(shown(&window.show(first)), (false, false, 3));
    let all = complete(&window.show(first));
    let (last, but_one) = all.as_array().unwrap().split_last().unwrap();
    assert_eq!(came(&window.rate(first, json!(but_one))), (false, 3), "an answer is missing");
    assert_eq!(came(&window.rate(first, json!([last]))), (false, 2));
    assert_eq!(shown(&window.show(first)), (false, false, 2), "others are to be rated alone");
    window.rate(second, abstain(Some("not my field")));
    window.rate(third, json!(but_one));
    assert_eq!(shown(&window.show(second)), (false, false, 1));
    let saved = window.rate(third, json!([last]));
    assert!(!saved["reference_answer"].as_array().unwrap().is_empty());
    // What was read cannot be unread, and is not sent again.
    window.undo();
    assert_eq!(came(&window.rate(first, grade(Value::Null))), (false, 0));
    window.rate(second, abstain(None));
    let mut window = window.restarted();
    window.open(&folder.path().join("waiting.primum-packet"));
    for item in &items {
        assert_eq!(shown(&window.show(item)), (true, true, 0));
    }
}

#[test]
fn what_was_taken_back_before_it_came_is_not_rated() {
    let (folder, mut window, items) = waiting();
    let items = of_one_scenario(&mut window, &items);
    let [first, second, third] = &items[..] else { panic!("three models answered") };
    let all = complete(&window.show(first));
    window.rate(first, abstain(Some("not my field")));
    window.undo();
    window.rate(second, all.clone());
    window.rate(second, grade(Value::Null));
    assert_eq!(came(&window.rate(third, all.clone())), (false, 2));
    let mut window = window.restarted();
    window.open(&folder.path().join("waiting.primum-packet"));
    assert_eq!(shown(&window.show(third)), (false, false, 2));
    window.rate(second, all.clone());
    assert_eq!(came(&window.rate(first, all)), (true, 0));
}

#[test]
fn a_blank_reference_answer_is_not_waited_for() {
    let (_folder, mut window, items) = waiting_with(|packet| {
        for scenario in &mut packet.scenarios {
            scenario.reference_answer = " \n".into();
        }
    });
    assert_eq!(shown(&window.show(&items[0])).2, 0);
}

#[test]
fn what_was_thought_before_is_on_record() {
    let (folder, mut window, items) = waiting();
    let items = of_one_scenario(&mut window, &items);
    window.call("name_rater", json!({ "name": "Ann" }));
    let all = complete(&window.show(&items[0]));
    let then = items.iter().map(|item| (item, all.clone()));
    let after = [(&items[0], grade(1)), (&items[1], abstain(Some("not my field")))];
    for (second, (item, changes)) in then.chain(after).enumerate() {
        set_clock(clock_at(&format!("2026-05-02T08:00:0{second}Z")));
        window.rate(item, changes);
    }
    let exported = window.call("export_ratings", json!({ "folder": folder.path() }));
    let ratings = exchange::read_ratings(exported["ratings"].as_str().unwrap().as_ref()).unwrap();
    let packet = exchange::read_packet(&folder.path().join("waiting.primum-packet")).unwrap();
    let item = |id: &String| packet.items.iter().find(|item| item.id.to_string() == *id).unwrap();
    let scenario = &item(&items[0]).scenario;
    let scenario = packet.scenarios.iter().find(|one| one.id == *scenario).unwrap();
    let ids: Vec<_> = items.iter().map(|id| &item(id).id).collect();
    let shown = study::reference_shown(&ids, &ratings.records, &packet.rubric, scenario).unwrap();
    let first = |id: &study::ItemId| {
        study::fold(ratings.records.iter().filter(|one| one.item == *id && one.id <= shown))
    };
    let last =
        |id: &study::ItemId| study::fold(ratings.records.iter().filter(|one| one.item == *id));
    assert_eq!((first(ids[0]).grades["omission"], last(ids[0]).grades["omission"]), (0, 1));
    assert_eq!((first(ids[1]).abstain, last(ids[1]).abstain.is_some()), (None, true));
    assert_eq!(study::reference_shown(&ids, &[], &packet.rubric, scenario), None);
}

#[test]
fn a_rubric_that_says_nothing_of_it_shows_the_reference_answer_at_once() {
    let (_folder, mut window) = window();
    let items = item_ids(&window.open(&example_packet()));
    assert_eq!(shown(&window.show(&items[0])), (true, true, 0));
    let all = complete(&window.show(&items[0]));
    assert_eq!(came(&window.rate(&items[0], all)), (false, 0));
}

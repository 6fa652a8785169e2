//! How a person wants the screens to look.

use crate::support::window;
use serde_json::{Value, json};
use std::fs;

#[test]
fn preferences_are_there_after_a_restart_and_within_what_can_be_drawn() {
    let (_folder, mut window) = window();
    let usual = json!({
        "text_size": 100, "case_folded": false, "all_anchors": false, "case_width": null, "scores_width": null,
    });
    assert_eq!(window.call("show_preferences", json!({})), usual);
    let chosen = json!({
        "text_size": 125, "case_folded": true, "all_anchors": true, "case_width": 22.5, "scores_width": null,
    });
    window.call("keep_preferences", json!({ "preferences": chosen }));
    let mut window = window.restarted();
    assert_eq!(window.call("show_preferences", json!({})), chosen);
    let wild = json!({ "text_size": 9000, "case_width": -3.0, "scores_width": 1e9 });
    let kept = window.call("keep_preferences", json!({ "preferences": wild }));
    let drawable: Vec<&Value> =
        ["text_size", "case_width", "scores_width"].iter().map(|name| &kept[*name]).collect();
    assert_eq!(drawable, [&json!(200), &json!(14.0), &json!(60.0)]);
}

#[test]
fn preferences_that_cannot_be_read_are_named_and_stay_until_something_is_chosen() {
    let (folder, mut window) = window();
    let file = folder.path().join("packets/preferences.json");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, "{").unwrap();
    let refused = window.fail("show_preferences", json!({}));
    assert!(refused["message"].as_str().unwrap().contains("preferences.json"), "{refused}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "{");
}

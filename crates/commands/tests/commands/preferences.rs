//! How a person wants the screens to look.

use crate::support::window;
use serde_json::{Value, json};
use std::fs;

#[test]
fn preferences_are_there_after_a_restart_and_within_what_can_be_drawn() {
    let (_folder, mut window) = window();
    let usual = json!({
        "text_size": 100, "case_folded": false, "all_anchors": false, "case_width": null, "scores_width": null,
        "language": null, "keys": {},
    });
    assert_eq!(window.call("show_preferences", json!({})), usual);
    let chosen = json!({
        "text_size": 125, "case_folded": true, "all_anchors": true, "case_width": 22.5, "scores_width": null,
        "language": "de", "keys": { "rate.note": "p", "rate.undo": "$mod+Shift+ä" },
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

#[test]
fn a_file_from_before_keys_and_language_could_be_chosen_has_the_usual_ones() {
    let (folder, mut window) = window();
    let file = folder.path().join("packets/preferences.json");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, r#"{ "format": "primum-preferences/1", "text_size": 150 }"#).unwrap();
    let read = window.call("show_preferences", json!({}));
    assert_eq!((&read["text_size"], &read["keys"]), (&json!(150), &json!({})));
    assert_eq!(read["language"], json!(null));
}

#[test]
fn keys_that_cannot_be_any_are_left_out_and_the_rest_is_kept() {
    let (folder, mut window) = window();
    let mut keys = json!({ "rate.note": "p", "rate.flag": "", "": "x", "rate.quote": "\n" });
    keys["rate.undo"] = json!("u".repeat(41));
    keys["r".repeat(41)] = json!("u");
    // What another version of the program knows is not lost.
    keys["later.command"] = json!("F12");
    let kept = window.call("keep_preferences", json!({ "preferences": { "keys": keys } }));
    let sane = json!({ "rate.note": "p", "later.command": "F12" });
    assert_eq!(kept["keys"], sane);
    assert_eq!(window.call("show_preferences", json!({}))["keys"], sane);

    // So it is with a language.
    for (language, kept) in
        [("de", json!("de")), ("sv", json!("sv")), ("", json!(null)), ("d\ne", json!(null))]
    {
        let reply =
            window.call("keep_preferences", json!({ "preferences": { "language": language } }));
        assert_eq!(reply["language"], kept);
    }

    let many: serde_json::Map<String, Value> =
        (0..1000).map(|number| (format!("rate.{number:04}"), json!("p"))).collect();
    let kept = window.call("keep_preferences", json!({ "preferences": { "keys": many } }));
    assert_eq!(kept["keys"].as_object().map(serde_json::Map::len), Some(200));

    let file = folder.path().join("packets/preferences.json");
    fs::write(&file, r#"{ "format": "primum-preferences/1", "keys": ["p"] }"#).unwrap();
    let refused = window.fail("show_preferences", json!({}));
    assert!(refused["message"].as_str().unwrap().contains("preferences.json"), "{refused}");
}

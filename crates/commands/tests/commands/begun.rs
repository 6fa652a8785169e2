//! Work that was begun in the window: kept until it is done or discarded.

use crate::support::{Window, set_clock, window};
use serde_json::{Value, json};
use std::fs;
use testing::root;

/// A form as it stands while it is being filled in: a number is missing, another is none that a draft takes.
fn chosen(title: &str, responses: &str) -> Value {
    json!({
        "form": {
            "title": title, "scenarios": root().join("scenarios"), "responses": responses,
            "scenarioColumns": null,
            "responseColumns": { "held": [{ "column": "Antwort", "field": "response" }], "constants": { "model_id": "m" } },
            "rubric": "file", "rubricFile": "", "referenceAfterRating": false, "scores": "", "instructions": " Read on.\n", "calibration": "",
            "raters": ["A", ""], "lead": 1, "design": "per_item", "perItem": null, "take": "sample",
            "size": 2.5, "models": "equal", "categories": "proportional", "oversample": true,
            "axis": "omission", "atLeast": null, "share": 30.0, "pairsTogether": true,
            "filteredAtLeast": -1.0, "repeats": 0.0, "seed": null,
            "decisions": [{
                "leak": { "text": format!("sha256:{}", "a".repeat(64)), "kind": "by_hand", "start": 3, "end": 9 },
                "action": { "do": "mask", "replacement": "" }
            }]
        },
        "seal": { "folder": "/studies/one", "by": "own", "recipients": "" },
        "step": "leaks",
        "begun": { "accept sha256:a name 3 9": "asked ab" }
    })
}

fn kept(window: &mut Window) -> Value {
    window.call("show_begun_study", json!({}))["study"].take()
}

#[test]
fn a_study_that_was_begun_is_there_after_a_restart_as_it_was_typed() {
    let (_folder, mut window) = window();
    assert_eq!(kept(&mut window), Value::Null);
    let first = window.call("keep_begun_study", json!({ "chosen": chosen("One", "/r.jsonl") }));
    set_clock(1_000_000);
    let chosen = chosen("One and more", "/r.jsonl");
    let again = json!({ "chosen": chosen, "before": first["kept_at"] });
    let second = window.call("keep_begun_study", again);
    // No window is closed in order: what was kept is on the disk.
    let mut window = window.restarted();
    let study = kept(&mut window);
    assert_eq!((&study["chosen"], &study["kept_at"]), (&chosen, &second["kept_at"]));
    let left = window.call("discard_begun_study", json!({ "before": second["kept_at"] }));
    assert_eq!(left, json!({ "study": null }));
    assert_eq!(kept(&mut window.restarted()), Value::Null);
}

#[test]
fn files_that_changed_or_vanished_since_are_named() {
    let (folder, mut window) = window();
    let [changed, gone, same] = ["changed", "gone", "same"].map(|name| folder.path().join(name));
    for file in [&changed, &gone, &same] {
        fs::write(file, "one").unwrap();
    }
    let mut chosen = chosen("One", &changed.display().to_string());
    chosen["form"]["scores"] = json!(gone);
    chosen["form"]["rubricFile"] = json!(same);
    chosen["form"]["calibration"] = json!(folder.path().join("never-there"));
    window.call("keep_begun_study", json!({ "chosen": chosen }));
    let study = kept(&mut window);
    assert_eq!((&study["changed"], &study["gone"]), (&json!([]), &json!([])));
    fs::write(&changed, "another").unwrap();
    fs::remove_file(&gone).unwrap();
    let study = kept(&mut window);
    assert_eq!((&study["changed"], &study["gone"]), (&json!([changed]), &json!([gone])));
}

#[test]
fn another_window_is_told_and_loses_nothing_of_the_first() {
    let (folder, mut one) = window();
    let mut two = Window::on(folder.path());
    one.call("keep_begun_study", json!({ "chosen": chosen("One", "") }));
    let refused = two.fail("keep_begun_study", json!({ "chosen": chosen("Two", "") }));
    assert!(refused["message"].as_str().unwrap().contains("another window"), "{refused}");
    assert!(refused["message"].as_str().unwrap().contains("\u{201c}One\u{201d}"), "{refused}");
    let left = two.call("discard_begun_study", json!({ "before": "2020-01-01T00:00:00Z" }));
    assert_eq!(left["study"]["chosen"]["form"]["title"], "One");
}

#[test]
fn what_cannot_be_read_is_told_kept_and_discarded_when_asked() {
    let (folder, mut window) = window();
    window.call("keep_begun_study", json!({ "chosen": chosen("One", "") }));
    let file = folder.path().join("packets/begun-study.json");
    for damage in ["{\"format\": \"primum-begun-study/9\"}", "{", ""] {
        fs::write(&file, damage).unwrap();
        let shown = window.call("show_begun_study", json!({}));
        assert!(shown["unreadable"].as_str().unwrap().contains("begun-study.json"), "{shown}");
        window.fail("keep_begun_study", json!({ "chosen": chosen("Two", "") }));
        assert_eq!(fs::read_to_string(&file).unwrap(), damage);
    }
    assert_eq!(window.call("discard_begun_study", json!({})), json!({ "study": null }));
    assert!(!file.exists());
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_what_was_begun() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, mut window) = window();
    window.call("keep_begun_study", json!({ "chosen": chosen("One", "") }));
    let file = folder.path().join("packets/begun-study.json");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_text_that_was_begun_is_there_after_a_restart_until_it_is_emptied() {
    let (_folder, mut window) = window();
    let mut keep = |of: &str, name: &str, text: &str| {
        window.call("keep_begun_text", json!({ "of": of, "name": name, "text": text }));
    };
    keep("packet", "abstain 1", "I know");
    keep("packet", "abstain 1", "I know the author");
    keep("packet", "change 2", "a slip");
    keep("study", "early", "one rater fell ill");
    let mut window = window.restarted();
    let mut begun = |of: &str| window.call("list_begun_texts", json!({ "of": of }))["texts"].take();
    assert_eq!(begun("packet"), json!({ "abstain 1": "I know the author", "change 2": "a slip" }));
    assert_eq!(begun("study"), json!({ "early": "one rater fell ill" }));
    assert_eq!(begun("other"), json!({}));
    window.call("keep_begun_text", json!({ "of": "packet", "name": "abstain 1", "text": "" }));
    let left = window.restarted().call("list_begun_texts", json!({ "of": "packet" }));
    assert_eq!(left["texts"], json!({ "change 2": "a slip" }));
}

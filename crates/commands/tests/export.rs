//! Handing the ratings back.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use serde_json::json;
use std::fs;
use std::path::Path;
use support::{complete, grade, opened};

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
    let view = window.show(&items[0]);
    window.rate(&items[0], complete(&view));
    window.rate(&items[1], json!([{ "part": "abstain", "reason": "not my field" }]));
    window.rate(&items[2], grade(3));
    window.undo();
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

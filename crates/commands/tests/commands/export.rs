//! Handing the ratings back.

use crate::support::{complete, grade, opened};
use serde_json::json;
use std::fs;
use std::path::Path;
use testing::SmallDisk;

#[test]
fn export_needs_a_name_and_writes_what_can_be_read_again() {
    let (folder, mut window, items) = opened();
    let out = folder.path().join("exports");
    let failure = window.fail("export_ratings", json!({ "folder": out }));
    assert_eq!(
        failure,
        json!({ "kind": "refused", "message": "Say who you are before you export.", "at": {} })
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

#[test]
fn exports_of_one_second_stand_beside_each_other() {
    let (folder, mut window, items) = opened();
    window.call("name_rater", json!({ "name": "Ann" }));
    let mut export = || {
        let exported =
            window.call("export_ratings", json!({ "folder": folder.path().join("out") }));
        window.rate(&items[0], json!([{ "part": "flag", "raised": true }]));
        let name = |kind: &str| exported[kind].as_str().unwrap().to_owned();
        (name("ratings"), name("table"))
    };
    let (first, second, third) = (export(), export(), export());
    let stem = first.0.strip_suffix(".ratings.json").unwrap();
    assert_eq!(second.0, format!("{stem}-2.ratings.json"));
    assert_eq!(third.0, format!("{stem}-3.ratings.json"));
    let records = |file: &str| exchange::read_ratings(Path::new(file)).unwrap().records.len();
    assert_eq!([&first, &second, &third].map(|(file, _)| records(file)), [0, 1, 2]);
    for (_, table) in [&first, &second, &third] {
        assert!(Path::new(table).exists(), "{table}");
    }
}

#[test]
fn an_export_that_fails_leaves_neither_file() {
    let Some(disk) = SmallDisk::mount("size=2m") else { return };
    let (_folder, mut window, items) = opened();
    window.call("name_rater", json!({ "name": "Ann" }));
    let note = json!([{ "part": "note", "text": "word ".repeat(100_000) }]);
    window.rate(&items[0], note);
    // Room for the table, not for the ratings.
    fs::write(disk.path().join("filler"), vec![0; (2 << 20) - (64 << 10)]).unwrap();
    let failure = window.fail("export_ratings", json!({ "folder": disk.path() }));
    let message = failure["message"].as_str().unwrap();
    assert!(message.contains("no space left on the disk"), "{message}");
    let left: Vec<_> = fs::read_dir(disk.path()).unwrap().map(|one| one.unwrap().path()).collect();
    assert_eq!(left, [disk.path().join("filler")]);
}

//! The studies opened or created last.

use crate::support::{Window, set_clock, window};
use serde_json::{Value, json};
use std::fs;
use std::thread;

fn remember(window: &mut Window, file: &str, locked: u32) -> Value {
    let study = json!({
        "file": file, "title": "Naïve 🩺", "raters": 2, "locked": locked, "opened": false
    });
    window.call("remember_study", study)
}

fn files(list: &Value) -> Vec<&str> {
    let studies = list["studies"].as_array().unwrap();
    studies.iter().map(|study| study["file"].as_str().unwrap()).collect()
}

#[test]
fn the_study_seen_last_comes_first_once_and_twenty_are_kept() {
    let (_folder, mut window) = window();
    assert_eq!(window.call("list_studies", json!({})), json!({ "studies": [] }));
    for number in 0..25 {
        set_clock(number * 1_000_000);
        remember(&mut window, &format!("/studies/{number}/study.primum-study"), 0);
    }
    remember(&mut window, "/studies/10/study.primum-study", 2);
    let mut window = window.restarted();
    let list = window.call("list_studies", json!({}));
    assert_eq!(list["studies"].as_array().unwrap().len(), 20);
    let first = "/studies/10/study.primum-study";
    assert_eq!(&files(&list)[..2], [first, "/studies/24/study.primum-study"]);
    assert_eq!(files(&list).iter().filter(|file| **file == first).count(), 1);
    let study = &list["studies"][0];
    assert_eq!((&study["title"], &study["locked"]), (&json!("Naïve 🩺"), &json!(2)));
}

#[test]
fn a_study_that_is_gone_says_so_and_can_be_forgotten() {
    let (folder, mut window) = window();
    let file = folder.path().join("study.primum-study");
    fs::write(&file, "the list does not look into it").unwrap();
    let path = file.display().to_string();
    assert_eq!(remember(&mut window, &path, 0)["studies"][0]["there"], true);
    fs::remove_file(&file).unwrap();
    assert_eq!(window.call("list_studies", json!({}))["studies"][0]["there"], false);
    let list = window.call("forget_study", json!({ "file": path }));
    assert_eq!(list, json!({ "studies": [] }));
    assert_eq!(window.restarted().call("list_studies", json!({})), list);
}

#[test]
fn a_list_that_is_damaged_says_so_and_begins_anew() {
    for damage in [
        &b"{\"format\": \"primum-studies/1\", \"studies\": ["[..],
        b"",
        b"\xff\xfe",
        b"[]",
        b"{\"format\":\"primum-studies/2\",\"studies\":[]}",
        b"{\"format\":\"primum-studies/1\",\"studies\":[{\"file\":3}]}",
    ] {
        let (folder, mut window) = window();
        let list = folder.path().join("packets/studies.json");
        fs::create_dir_all(list.parent().unwrap()).unwrap();
        fs::write(&list, damage).unwrap();
        let found = window.call("list_studies", json!({}));
        assert_eq!(found["studies"], json!([]));
        assert!(found["unreadable"].as_str().unwrap().contains("studies.json"), "{found}");
        window.call("list_packets", json!({}));
        let latest = remember(&mut window, "/a/study.primum-study", 1);
        assert_eq!((files(&latest).len(), latest.get("unreadable")), (1, None));
    }
}

#[test]
fn a_list_that_cannot_be_written_is_told_and_nothing_else_stops() {
    let (folder, mut window) = window();
    fs::create_dir_all(folder.path().join("packets/studies.json")).unwrap();
    let study = json!({ "file": "/a", "title": "", "raters": 1, "locked": 0, "opened": false });
    assert!(window.fail("remember_study", study)["message"].is_string());
    assert!(window.call("list_studies", json!({}))["unreadable"].is_string());
    assert_eq!(window.call("list_packets", json!({}))["packets"], json!([]));
}

#[test]
fn windows_that_list_studies_at_once_lose_none() {
    let folder = tempfile::tempdir().unwrap();
    thread::scope(|scope| {
        for number in 0..12 {
            let folder = folder.path();
            scope.spawn(move || {
                let study = json!({
                    "file": format!("/studies/{number}"), "title": "S", "raters": 2, "locked": 0, "opened": false
                });
                Window::on(folder).call("remember_study", study);
            });
        }
    });
    let list = Window::on(folder.path()).call("list_studies", json!({}));
    assert_eq!(list["studies"].as_array().unwrap().len(), 12);
}

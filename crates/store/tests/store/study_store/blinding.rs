//! Before the key is opened no byte of the file tells an origin.

use crate::study_store::stored_study::{MARKS, StoredStudy, decision, graded, sealed_key};
use crate::support::time;
use std::fs;
use store::Event;

/// The marks found in the files of the folder, in any letter case.
fn found(stored: &StoredStudy) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(stored.folder()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap().to_ascii_lowercase();
        for mark in MARKS {
            if bytes.windows(mark.len()).any(|part| part == mark.as_bytes()) {
                found.push(format!("{mark} in {}", path.extension().unwrap().display()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn no_origin_is_in_any_byte_until_the_key_is_opened() {
    let mut stored = StoredStudy::new();
    assert_eq!(found(&stored), [""; 0], "as created");

    let item = stored.item(0);
    stored.receive("A.json", b"a", 1, &[graded(1, item.clone(), 3)]).unwrap();
    stored.store_mut().decide(&decision(2, item, Some(1))).unwrap();
    let packet = stored.state(0).packet;
    let event = Event::HandedOut { packet, name: "packet-A.primum-packet".into() };
    stored.store_mut().note(&event, time(3)).unwrap();
    assert_eq!(found(&stored), [""; 0], "as worked on");

    let mut stored = stored.reopened();
    assert_eq!(found(&stored), [""; 0], "as closed and opened");

    let key = stored.made.key.clone();
    stored.store_mut().open_keys(&[(sealed_key(), key.clone())], "now", time(4)).unwrap();
    assert_eq!(found(&stored).len(), MARKS.len(), "the search finds what is there");
}

//! What is wrong after a kill or with two runs at once is seen.

use crate::support::{FORGETS, script};
use attack::bench::{Contents, Entry};
use attack::kills::kills;
use attack::rater::{second, wrong_in};
use attack::together::together;
use rusqlite::Connection;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A database with records of these notes.
fn stored(folder: &Path, notes: &[&str]) -> PathBuf {
    let file = folder.join("p.primum");
    let _ = std::fs::remove_file(&file);
    let connection = Connection::open(&file).unwrap();
    let table = "CREATE TABLE record (id INTEGER PRIMARY KEY, change TEXT)";
    connection.execute(table, []).unwrap();
    for note in notes {
        let change = json!({ "part": "note", "text": note }).to_string();
        connection.execute("INSERT INTO record (change) VALUES (?1)", [change]).unwrap();
    }
    file
}

#[test]
fn what_is_wrong_in_a_stored_packet_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let said = BTreeSet::from(["a".to_owned(), second("a")]);
    let found = |notes: &[&str]| wrong_in(&stored(folder.path(), notes), &said).unwrap().concat();
    let again = second("a");
    assert_eq!(found(&["a", &again]), "");
    assert_eq!(found(&["a", &again, "b", &second("b")]), "", "saved, and not yet acknowledged");
    assert!(found(&[]).starts_with("acknowledged and lost"));
    assert!(found(&["a", &again, "b"]).starts_with("one of two changes"));
    assert!(found(&["a", &again, &again]).starts_with("a note is there twice"));

    let file = stored(folder.path(), &["a", &again]);
    let index = "CREATE INDEX by_change ON record (change)";
    Connection::open(&file).unwrap().execute(index, []).unwrap();
    let mut bytes = std::fs::read(&file).unwrap();
    // The later one is that of the index.
    let at = bytes.windows(again.len()).rposition(|part| part == again.as_bytes()).unwrap();
    bytes[at] = b'b';
    std::fs::write(&file, bytes).unwrap();
    let told = wrong_in(&file, &said).unwrap().concat();
    assert!(told.starts_with("integrity_check"), "{told}");
    std::fs::write(&file, "no database").unwrap();
    assert!(wrong_in(&file, &said).unwrap().concat().starts_with("it cannot be read"));
}

#[test]
fn a_program_that_forgets_is_found_out() {
    let home = tempfile::tempdir().unwrap();
    let killed = kills(&script(home.path(), FORGETS), 1, 2).unwrap();
    assert_eq!((killed.kills, killed.wrong.len()), (2, 2), "{killed:?}");
    assert!(killed.wrong[0].contains("one stored packet was expected; found 0"), "{killed:?}");
}

/// Neither locks nor keeps anything.
#[test]
fn two_that_do_not_know_of_each_other_are_found_out() {
    let home = tempfile::tempdir().unwrap();
    let does = format!("if [ \"$1\" = rpc ]; then {FORGETS}; fi");
    let program = script(home.path(), &does);
    let good = Contents::from([
        (PathBuf::from("draft.json"), Entry::File(b"{}".to_vec())),
        (PathBuf::from("study"), Entry::Folder),
    ]);
    let (rounds, wrong) = together(&program, &good, 1).unwrap();
    assert_eq!((rounds, wrong.len()), (3, 3), "{wrong:?}");
    for (wrong, expected) in wrong.iter().zip(["2 of 2 opened it", "a.json", "pills"]) {
        assert!(wrong.contains(expected), "{wrong}");
    }
}

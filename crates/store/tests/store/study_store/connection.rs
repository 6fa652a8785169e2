//! Opening and creating the file.

use crate::study_store::stored_study::{StoredStudy, blinded, create};
use crate::support::{Stored, time};
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use store::{NewStudy, Store, StudyStore};
use testing::names;

fn refused(file: &Path) -> String {
    let before = fs::read(file).ok();
    let message = StudyStore::open(file).unwrap_err().to_string();
    assert!(fs::read(file).ok() == before, "a file that is refused keeps every byte");
    message.replace(&file.display().to_string(), "FILE")
}

#[test]
fn only_the_study_is_left_when_the_file_is_made() {
    let stored = StoredStudy::new();
    assert_eq!(stored.store().file(), stored.file());
    assert_eq!(
        names(stored.closed().folder()),
        ["s.primum-study"],
        "the draft was moved into place"
    );
}

#[test]
fn a_study_is_not_overwritten_by_a_new_one() {
    let stored = StoredStudy::new();
    let error = create(&stored.file(), &blinded()).unwrap_err().to_string();
    assert!(error.ends_with("a study is already there; it was left as it is."), "{error}");
    assert_eq!(stored.reopened().store().study().unwrap().created_at, time(0));
}

#[test]
fn a_study_that_cannot_be_made_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s.primum-study");
    let sealed = crate::study_store::stored_study::sealed();
    let new = NewStudy {
        packets: &[],
        repeats: &Default::default(),
        protocol: &serde_json::Value::Null,
        sealed_key: &sealed,
    };
    let error = StudyStore::create(&file, &new, time(0)).unwrap_err();
    assert_eq!(error.to_string(), "refused: a study without packets: expected at least one");
    let mut made = blinded();
    made.packets[1].title = "Another".into();
    let error = create(&file, &made).unwrap_err().to_string();
    assert!(error.ends_with("differ in study, title or rubric"), "{error}");
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn a_study_and_a_stored_packet_are_told_apart() {
    let packet = Stored::new().closed();
    assert_eq!(
        refused(&packet.file()),
        "FILE: this is not a study (it is a rater's stored packet)."
    );
    let study = StoredStudy::new().closed();
    let before = fs::read(study.file()).unwrap();
    let error = Store::open(&study.file()).unwrap_err().to_string();
    assert!(
        error.ends_with("this is not a stored packet (it is a lead author's study)."),
        "{error}"
    );
    assert!(fs::read(study.file()).unwrap() == before);
}

#[test]
fn what_is_no_study_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.primum-study");
    assert_eq!(refused(&file), "FILE: this is not a study (no such file).");
    assert!(!file.exists(), "opening makes no file");
    fs::write(&file, "a letter to a colleague, long enough to be a page\n".repeat(200)).unwrap();
    assert_eq!(
        refused(&file),
        "FILE: this is not a study (it does not begin as one; if it was one, go back to a copy of it)."
    );
    fs::remove_file(&file).unwrap();
    let foreign = Connection::open(&file).unwrap();
    foreign.execute("CREATE TABLE study (id TEXT)", []).unwrap();
    foreign.close().unwrap();
    assert_eq!(refused(&file), "FILE: this is not a study (another program's database).");
}

#[test]
fn a_study_of_a_newer_program_is_refused_and_keeps_every_byte() {
    let stored = StoredStudy::new().closed();
    let raw = stored.raw();
    raw.pragma_update(None, "user_version", 1_000).unwrap();
    raw.close().unwrap();
    assert_eq!(
        refused(&stored.file()),
        "FILE: this study was written with a newer Primum. Update Primum to open it."
    );
}

#[test]
fn of_several_who_make_one_study_one_does() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("s.primum-study");
    let made = blinded();
    let outcomes: Vec<bool> = std::thread::scope(|scope| {
        let create = || create(&file, &made).is_ok();
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(create)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(outcomes.iter().filter(|made| **made).count(), 1, "{outcomes:?}");
    assert_eq!(names(folder.path()), ["s.primum-study"], "no draft and no lock is left");
}

#[test]
fn a_study_that_something_else_changed_is_refused() {
    let stored = StoredStudy::new().closed();
    let swallow = "CREATE TRIGGER quiet BEFORE INSERT ON log BEGIN SELECT raise(ignore); END";
    stored.raw().execute(swallow, []).unwrap();
    let message = refused(&stored.file());
    assert!(message.starts_with("FILE: trigger `quiet` was added"), "{message}");
}

/// With `UPDATE_SCHEMA=1` it writes tests/store/study_store/schema.sql; otherwise it compares.
#[test]
fn the_schema_is_the_one_written_down() {
    let stored = StoredStudy::new();
    crate::support::compare_schema(
        &stored.raw(),
        "tests/store/study_store/schema.sql",
        "cargo test -p store --test store schema",
    );
}

//! The table `registered_file`.

use crate::study_store::stored_study::{StoredStudy, sealed_key};
use crate::support::time;
use store::{Event, RegisteredFile, RegisteredKind};
use study::Digest;

#[test]
fn what_was_written_down_is_kept_byte_for_byte_with_its_time() {
    let mut stored = StoredStudy::new();
    let content = b"{\"format\": \"primum-thresholds/1\",\r\n \xFF\0}";
    let kind = RegisteredKind::Thresholds;
    let made = stored.store_mut().register(kind, "thresholds.json", content, time(3)).unwrap();
    let digest = Digest::of_bytes(content);
    let expected = RegisteredFile {
        digest: digest.clone(),
        kind,
        name: "thresholds.json".into(),
        registered_at: time(3),
        after_opening: false,
    };
    assert_eq!(made, expected);
    let stored = stored.reopened();
    let store = stored.store();
    assert_eq!(store.registered(&digest).unwrap(), Some(expected.clone()));
    assert_eq!(store.registered_files().unwrap(), [expected]);
    assert_eq!(store.registered_content(&digest).unwrap().unwrap(), content);
    assert_eq!(store.registered(&Digest::of_bytes(b"another")).unwrap(), None);
    let last = store.log().unwrap().pop().unwrap();
    let name = "thresholds.json".into();
    assert_eq!(last.event, Event::Registered { kind, name, digest, after_opening: false });
    assert_eq!(last.at, time(3));
}

#[test]
fn the_first_time_counts() {
    let mut stored = StoredStudy::new();
    let kind = RegisteredKind::Battery;
    let first = stored.store_mut().register(kind, "b.json", b"b", time(1)).unwrap();
    let (key, log) = (stored.made.key.clone(), stored.store().log().unwrap());
    assert_eq!(stored.store_mut().register(kind, "copy.json", b"b", time(2)).unwrap(), first);
    assert_eq!(stored.store().log().unwrap(), log, "the same bytes again write nothing");

    stored.store_mut().open_keys(&[(sealed_key(), key.clone())], "now", time(5)).unwrap();
    assert_eq!(stored.store_mut().register(kind, "b.json", b"b", time(6)).unwrap(), first);
    let late = stored.store_mut().register(kind, "late.json", b"late", time(7)).unwrap();
    assert!(late.after_opening, "what is registered after the opening says so");
    let files = stored.store().registered_files().unwrap();
    assert_eq!(files, [first, late]);
}

#[test]
fn nobody_can_say_afterwards_that_it_was_before() {
    let mut stored = StoredStudy::new();
    let insert = |digest: &str, after: bool| {
        format!(
            "INSERT INTO registered_file VALUES ('{digest}', 'battery', 'b', '2026-01-01T00:00:00Z', \
             {after}, x'00')"
        )
    };
    let told = "a registered file says whether the key was open";
    assert_eq!(stored.refuses(&insert("a", true)), told);
    let key = stored.made.key.clone();
    stored.store_mut().open_keys(&[(sealed_key(), key.clone())], "now", time(5)).unwrap();
    assert_eq!(stored.refuses(&insert("a", false)), told);
    stored.raw().execute(&insert("a", true), []).unwrap();
    let other = insert("b", true).replace("'battery'", "'poem'");
    assert!(stored.refuses(&other).starts_with("CHECK constraint failed"));
}

#[test]
fn a_registered_file_is_not_changed_removed_or_replaced() {
    let mut stored = StoredStudy::new();
    stored.store_mut().register(RegisteredKind::Battery, "b.json", b"b", time(1)).unwrap();
    stored.keeps("registered_file", "content", "a registered file");
}

//! The table `lock`.

use crate::support::{Stored, flag, record, time};
use store::Error;
use study::{Lock, Record};

fn lock() -> Lock {
    Lock {
        at: time(5),
        name: "Dr Ann 'Å'; --".into(),
        statement: "By myself,\nfrom the texts.".into(),
    }
}

#[test]
fn a_lock_comes_back_as_it_was() {
    let mut stored = Stored::new();
    assert_eq!(stored.store().locked().unwrap(), None);
    stored.store_mut().lock(&lock()).unwrap();
    assert_eq!(stored.store().locked().unwrap(), Some(lock()));
    assert_eq!(stored.reopened().store().locked().unwrap(), Some(lock()));
}

#[test]
fn a_packet_is_locked_once() {
    let mut stored = Stored::new();
    stored.store_mut().lock(&lock()).unwrap();
    let again = Lock { name: "Bo".into(), ..lock() };
    let error = stored.store_mut().lock(&again).unwrap_err().to_string();
    assert_eq!(error, "refused: a packet is locked once");
    let sql = "INSERT OR REPLACE INTO lock VALUES (1, '', 'Bo', 'x')";
    assert_eq!(stored.refuses(sql), "a packet is locked once");
    assert_eq!(stored.store().locked().unwrap(), Some(lock()));
}

#[test]
fn a_lock_is_not_changed_or_removed() {
    let mut stored = Stored::new();
    stored.store_mut().lock(&lock()).unwrap();
    assert_eq!(stored.refuses("UPDATE lock SET name = 'Bo'"), "a lock is never changed");
    assert_eq!(stored.refuses("DELETE FROM lock"), "a lock is never removed");
}

#[test]
fn nobody_and_nothing_are_refused_by_the_database() {
    let mut stored = Stored::new();
    assert!(stored.store_mut().lock(&Lock { name: " ".into(), ..lock() }).is_err());
    assert!(stored.store_mut().lock(&Lock { statement: String::new(), ..lock() }).is_err());
    assert_eq!(stored.store().locked().unwrap(), None);
}

#[test]
fn after_the_lock_a_record_without_a_reason_is_refused_by_the_database() {
    let mut stored = Stored::new();
    let item = stored.item(0);
    let early = record(1, item.clone(), flag());
    stored.store_mut().append(std::slice::from_ref(&early)).unwrap();
    stored.store_mut().lock(&lock()).unwrap();
    let later = |reason: Option<&str>| Record {
        reason: reason.map(String::from),
        ..record(6, item.clone(), flag())
    };
    for reason in [None, Some(""), Some("  ")] {
        let error = stored.store_mut().append(&[later(reason)]).unwrap_err();
        assert!(matches!(error, Error::Refused { .. }), "{reason:?}: {error}");
    }
    let explained = later(Some("I had read the wrong line. 'ü'"));
    stored.store_mut().append(std::slice::from_ref(&explained)).unwrap();
    assert_eq!(stored.reopened().store().records().unwrap(), [early, explained]);
}

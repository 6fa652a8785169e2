//! The table `calibration`.

use crate::support::{flag, grade, packet, record, time};
use std::collections::BTreeMap;
use store::Store;
use study::{BlindedResponse, CalibrationItem, Lock, Packet, Record};

fn item(place: usize) -> CalibrationItem {
    let id = CalibrationItem::name(place);
    let mut scenario = packet().scenarios[0].clone();
    scenario.id = id.as_str().into();
    CalibrationItem {
        id,
        scenario,
        response: BlindedResponse { text: "'quoted'; --\0".into(), filtered: place == 1 },
        shared_grades: BTreeMap::from([("omission".into(), 2), ("commission".into(), 0)]),
        discussion: "Because.\n\n'ü'".into(),
    }
}

fn stored() -> (tempfile::TempDir, Packet, Store) {
    let folder = tempfile::tempdir().unwrap();
    let packet = Packet {
        instructions: "Rate *alone*.".into(),
        calibration: vec![item(0), item(1)],
        ..packet()
    };
    let store = Store::create(&folder.path().join("p.primum"), &packet, time(0)).unwrap();
    (folder, packet, store)
}

#[test]
fn calibration_items_come_back_as_they_were_and_are_no_items_of_the_study() {
    let (_folder, packet, store) = stored();
    assert_eq!(store.calibration().unwrap(), packet.calibration);
    let items: Vec<_> = store.items().unwrap().into_iter().map(|place| place.id).collect();
    let expected: Vec<_> = packet.items.iter().map(|item| item.id.clone()).collect();
    assert_eq!(items, expected);
    assert_eq!(store.response(&packet.calibration[0].id).unwrap(), packet.calibration[0].response);
}

#[test]
fn they_are_recorded_like_any_item_and_held_to_the_rubric() {
    let (_folder, packet, mut store) = stored();
    let item = packet.calibration[0].id.clone();
    let first = record(1, item.clone(), grade("omission", 3));
    store.append(std::slice::from_ref(&first)).unwrap();
    assert_eq!(store.records_of(&item).unwrap(), std::slice::from_ref(&first));
    assert_eq!(store.last_change().unwrap(), std::slice::from_ref(&first));
    assert!(store.append(&[record(2, item.clone(), grade("omission", 9))]).is_err());
    store.set_last_shown(&item, time(3)).unwrap();
    assert_eq!(store.last_shown().unwrap(), Some((item, time(3))));
}

#[test]
fn the_lock_is_about_the_study_alone() {
    let (_folder, packet, mut store) = stored();
    let lock = Lock { at: time(5), name: "Ann".into(), statement: "Done.".into() };
    store.lock(&lock).unwrap();
    store.append(&[record(6, packet.calibration[1].id.clone(), flag())]).unwrap();
    assert!(store.append(&[record(7, packet.items[0].id.clone(), flag())]).is_err());
    let reason = Some("slipped".into());
    let explained = Record { reason, ..record(8, packet.items[0].id.clone(), flag()) };
    store.append(&[explained]).unwrap();
}

#[test]
fn an_item_that_counts_is_not_made_one_that_does_not() {
    let (folder, packet, mut store) = stored();
    let item = packet.items[0].id.clone();
    store.append(&[record(1, item.clone(), flag())]).unwrap();
    let raw = rusqlite::Connection::open(folder.path().join("p.primum")).unwrap();
    raw.pragma_update(None, "foreign_keys", true).unwrap();
    let refuses = |sql: &str| raw.execute(sql, []).expect_err(sql).to_string();
    let insert = format!("INSERT INTO calibration VALUES ('{item}', '{{}}', '')");
    assert_eq!(refuses(&insert), "an item that was rated is not made a calibration item");
    let again = "INSERT OR REPLACE INTO calibration VALUES ('calibration-1', '{}', '')";
    assert_eq!(refuses(again), "a calibration item is never replaced");
    assert_eq!(
        refuses("UPDATE calibration SET discussion = ''"),
        "a calibration item is never changed"
    );
    assert_eq!(refuses("DELETE FROM calibration"), "a calibration item is never removed");
}

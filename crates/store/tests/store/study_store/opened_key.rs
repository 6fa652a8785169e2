//! The table `opened_key`.

use crate::study_store::stored_study::{StoredStudy, graded, sealed_key};
use crate::support::time;
use store::{Event, OpenedKey, PacketState, Received, ReceivedSoFar};
use study::{Digest, Key, StudyId};

#[test]
fn the_opened_key_stays_with_what_had_been_received_by_then() {
    let mut stored = StoredStudy::new();
    let key = stored.made.key.clone();
    assert_eq!(stored.store().opened_keys().unwrap(), []);
    let records = [graded(1, stored.item(0), 3), graded(2, stored.item(1), 3)];
    stored.receive("A.json", b"a", 1, &records).unwrap();
    let locked = PacketState { locked_at: Some(time(5)), ..stored.state(0) };
    let again = Received {
        name: "A2.json",
        content: b"a2",
        at: time(6),
        state: &locked,
        records: &records,
        visits: &[],
    };
    stored.store_mut().receive(&again).unwrap();

    stored
        .store_mut()
        .open_keys(&[(sealed_key(), key.clone())], "all files are here", time(7))
        .unwrap();
    let opened = OpenedKey { digest: sealed_key(), key: key.clone(), opened_at: time(7) };
    let mut stored = stored.reopened();
    assert_eq!(stored.store().opened_keys().unwrap(), std::slice::from_ref(&opened));
    let [a, b] = [0, 1].map(|place| stored.state(place).packet);
    let received = vec![
        ReceivedSoFar { packet: a, files: 2, records: 2, locked: true },
        ReceivedSoFar { packet: b, files: 0, records: 0, locked: false },
    ];
    let event = Event::Opened { reason: "all files are here".into(), received };
    assert_eq!(stored.store().log().unwrap().last().unwrap().event, event);

    stored.store_mut().open_keys(&[(sealed_key(), key.clone())], "to look again", time(9)).unwrap();
    assert_eq!(stored.store().opened_keys().unwrap(), [opened], "the first opening stays");
    let log = stored.store().log().unwrap();
    assert!(
        matches!(&log.last().unwrap().event, Event::Opened { reason, .. } if reason == "to look again")
    );
}

#[test]
fn another_key_is_not_opened_into_the_study() {
    let mut stored = StoredStudy::new();
    let key = stored.made.key.clone();
    let before = stored.store().log().unwrap();
    let mut of_another_study = key.clone();
    of_another_study.study = StudyId::new("ffffffffffff");
    let mut told = |digest: &Digest, key: &Key, reason| {
        let keys = [(digest.clone(), key.clone())];
        stored.store_mut().open_keys(&keys, reason, time(1)).unwrap_err().to_string()
    };
    assert_eq!(
        told(&Digest::of_bytes(b"another"), &key, "now"),
        "refused: another file than a key that was sealed for this study"
    );
    assert_eq!(
        told(&sealed_key(), &of_another_study, "now"),
        format!("refused: a key of study `ffffffffffff`; expected one of `{}`", key.study)
    );
    assert_eq!(
        told(&sealed_key(), &key, " "),
        "refused: no reason; expected why the key is opened now"
    );
    assert_eq!(stored.store().opened_keys().unwrap(), []);
    assert_eq!(stored.store().log().unwrap(), before);
    let sql = "INSERT INTO opened_key VALUES ('sha256:00', '{}', '')";
    assert_eq!(stored.refuses(sql), "FOREIGN KEY constraint failed", "nor past the store");
}

#[test]
fn a_key_of_other_content_does_not_take_the_place_of_the_opened_one() {
    let mut stored = StoredStudy::new();
    let mut key = stored.made.key.clone();
    stored.store_mut().open_keys(&[(sealed_key(), key.clone())], "now", time(1)).unwrap();
    key.seed += 1;
    let error =
        stored.store_mut().open_keys(&[(sealed_key(), key.clone())], "again", time(2)).unwrap_err();
    assert_eq!(error.to_string(), "refused: another content than when the key was opened first");
}

#[test]
fn an_opened_key_is_not_changed_removed_or_replaced() {
    let mut stored = StoredStudy::new();
    let key = stored.made.key.clone();
    stored.store_mut().open_keys(&[(sealed_key(), key.clone())], "now", time(1)).unwrap();
    stored.keeps("opened_key", "opened_at", "an opened key");
}

//! The table `log`.

use crate::study_store::stored_study::{StoredStudy, graded, sealed_key};
use crate::support::time;
use store::Event;
use study::Digest;

#[test]
fn what_happened_comes_back_in_order() {
    let mut stored = StoredStudy::new();
    let packet = stored.state(0).packet;
    let handed_out =
        Event::HandedOut { packet: packet.clone(), name: "packet-A.primum-packet".into() };
    // A clock that was set back does not change the order.
    stored.store_mut().note(&handed_out, time(1)).unwrap();
    let records = [graded(1, stored.item(0), 3)];
    let file = stored.receive("A.json", b"a", 0, &records).unwrap().digest;
    let refused = Event::Refused { name: "B.json".into(), reason: "cut short".into() };
    stored.store_mut().note(&refused, time(2)).unwrap();
    let exported = Event::Exported { name: "tidy.csv".into(), digest: Digest::of_bytes(b"csv") };
    stored.store_mut().note(&exported, time(3)).unwrap();

    let received = Event::Received { file, name: "A.json".into(), packet, new: 1, already: 0 };
    let log = stored.reopened().store().log().unwrap();
    let found: Vec<(i64, _, Event)> =
        log.into_iter().map(|entry| (entry.number, entry.at, entry.event)).collect();
    assert_eq!(
        found,
        [
            (1, time(0), Event::Created),
            (2, time(0), Event::Sealed { key: sealed_key() }),
            (3, time(1), handed_out),
            (4, time(0), received),
            (5, time(2), refused),
            (6, time(3), exported),
        ]
    );
}

#[test]
fn an_entry_is_not_changed_removed_or_replaced() {
    let stored = StoredStudy::new();
    stored.keeps("log", "at", "a log entry");
    for event in ["{}", "{\"event\": null}", "nothing"] {
        stored.refuses(&format!("INSERT INTO log (at, event) VALUES ('', '{event}')"));
    }
}

//! The table `packet_state`.

use crate::study_store::stored_study::StoredStudy;
use crate::support::time;
use store::{PacketState, Received};

#[test]
fn what_each_file_says_of_its_packet_comes_back_in_order() {
    let mut stored = StoredStudy::new();
    let open = stored.state(0);
    let locked = PacketState {
        exported_at: time(60),
        locked_at: Some(time(55)),
        attestation: Some("I rated these alone.".into()),
        ..stored.state(1)
    };
    let mut receive = |content: &[u8], state| {
        let received =
            Received { name: "x", content, at: time(70), state, records: &[], visits: &[] };
        stored.store_mut().receive(&received).unwrap().digest
    };
    let files = [receive(b"later by its digest or not", &open), receive(b"second", &locked)];
    let stored = stored.reopened();
    let [first, second] = files;
    assert_eq!(stored.store().packet_states().unwrap(), [(first, open), (second, locked)]);
}

#[test]
fn a_packets_state_is_not_changed_removed_or_replaced() {
    let mut stored = StoredStudy::new();
    stored.receive("A.ratings.json", b"bytes", 1, &[]).unwrap();
    stored.keeps("packet_state", "name", "a packet's state");
}

//! The table `received_file`, and receiving as a whole.

use crate::study_store::stored_study::{StoredStudy, graded};
use crate::support::time;
use proptest::prelude::*;
use store::{Receipt, Received, ReceivedFile};
use study::{Digest, ItemId, PacketId, Record, RecordId};

#[test]
fn a_received_file_is_kept_byte_for_byte() {
    let mut stored = StoredStudy::new();
    let content = b"{\"not\": \"even\",\r\n UTF-8: \xFF\0}";
    let item = stored.item(0);
    let receipt = stored.receive("A.ratings.json", content, 9, &[graded(1, item, 2)]).unwrap();
    let digest = Digest::of_bytes(content);
    let expected =
        Receipt { digest: digest.clone(), again: false, new: 1, already: 0, new_visits: 0 };
    assert_eq!(receipt, expected);
    let stored = stored.reopened();
    assert_eq!(stored.store().original(&digest).unwrap().unwrap(), content);
    assert_eq!(stored.store().original(&Digest::of_bytes(b"another")).unwrap(), None);
    let file = ReceivedFile {
        digest,
        name: "A.ratings.json".into(),
        received_at: time(9),
        size: content.len() as u64,
    };
    assert_eq!(stored.store().received_files().unwrap(), [file]);
}

#[test]
fn the_same_bytes_again_change_nothing_under_any_name() {
    let mut stored = StoredStudy::new();
    let records = [graded(1, stored.item(0), 2)];
    stored.receive("A.ratings.json", b"bytes", 1, &records).unwrap();
    let log = stored.store().log().unwrap();
    let receipt = stored.receive("copy of A.ratings.json", b"bytes", 2, &records).unwrap();
    assert_eq!((receipt.again, receipt.new, receipt.already), (true, 0, 1));
    assert_eq!(stored.store().received_files().unwrap().len(), 1);
    assert_eq!(stored.store().records().unwrap().len(), 1);
    assert_eq!(stored.store().log().unwrap(), log);
}

#[test]
fn a_packet_of_another_study_is_not_received() {
    let mut stored = StoredStudy::new();
    let mut state = stored.state(0);
    state.packet = PacketId::new("ffffffffffff-00000000");
    let received = Received {
        name: "x",
        content: b"x",
        at: time(1),
        state: &state,
        records: &[],
        visits: &[],
    };
    assert_eq!(
        stored.store_mut().receive(&received).unwrap_err().to_string(),
        "refused: packet `ffffffffffff-00000000` was not handed out in this study"
    );
    assert_eq!(stored.store().received_files().unwrap(), []);
}

#[test]
fn a_received_file_is_not_changed_removed_or_replaced() {
    let mut stored = StoredStudy::new();
    stored.receive("A.ratings.json", b"bytes", 1, &[]).unwrap();
    stored.keeps("received_file", "content", "a received file");
}

/// Exports of one packet, each a part of its records, as the places of those records.
fn exports() -> impl Strategy<Value = Vec<Vec<usize>>> {
    let export = prop::collection::btree_set(0usize..8, 0..8);
    prop::collection::vec(export.prop_map(|places| places.into_iter().collect()), 1..5)
}

/// What is there after the exports came in this order, without the files that brought it.
fn merged(exports: &[Vec<usize>], order: &[usize]) -> Vec<(RecordId, ItemId)> {
    let mut stored = StoredStudy::new();
    let all: Vec<Record> =
        (0..8).map(|number| graded(number, stored.item(number as usize % 4), 1)).collect();
    for place in order {
        let records: Vec<Record> =
            exports[*place].iter().map(|number| all[*number].clone()).collect();
        let content = format!("{:?}", exports[*place]);
        stored.receive("A.ratings.json", content.as_bytes(), 1, &records).unwrap();
    }
    let records = stored.store().records().unwrap();
    records.into_iter().map(|record| (record.record.id, record.record.item)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn merging_is_union_in_any_order_and_any_number_of_times(exports in exports()) {
        let forth: Vec<usize> = (0..exports.len()).collect();
        let back: Vec<usize> = (0..exports.len()).rev().chain(0..exports.len()).collect();
        let union: std::collections::BTreeSet<usize> = exports.iter().flatten().copied().collect();
        let once = merged(&exports, &forth);
        prop_assert_eq!(once.len(), union.len());
        prop_assert_eq!(merged(&exports, &back), once);
    }
}

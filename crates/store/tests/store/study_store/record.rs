//! The table `record`.

use crate::study_store::stored_study::{StoredStudy, graded, received};
use crate::support::{flag, grade, id};
use store::{Error, Received};
use study::{Change, ItemId, Record};

#[test]
fn records_come_back_by_packet_and_in_order_of_time() {
    let mut stored = StoredStudy::new();
    let [one, two] = [stored.item(0), stored.item(1)];
    let late = Record {
        reason: Some("a slip".into()),
        ..received(3, one.clone(), Change::Undo { record: id(1) })
    };
    let mine = [graded(1, one.clone(), 2), received(2, two, flag()), late];
    stored.receive("A.ratings.json", b"a", 1, &[mine[2].clone(), mine[0].clone()]).unwrap();
    let receipt = stored.receive("A2.ratings.json", b"a2", 2, &mine).unwrap();
    assert_eq!((receipt.new, receipt.already), (1, 2));
    let (state, theirs) = (stored.state(1), [graded(9, one, 0)]);
    let of_b = Received {
        name: "B.ratings.json",
        content: b"b",
        at: crate::support::time(3),
        state: &state,
        records: &theirs,
        visits: &[],
    };
    stored.store_mut().receive(&of_b).unwrap();

    let stored = stored.reopened();
    let store = stored.store();
    let files: Vec<_> =
        store.received_files().unwrap().into_iter().map(|file| file.digest).collect();
    let [a, b] = [0, 1].map(|place: usize| stored.made.packets[place].packet.clone());
    let records = store.records_of(&a).unwrap();
    let found: Vec<Record> = records.iter().map(|found| found.record.clone()).collect();
    assert_eq!(found, mine);
    let brought: Vec<_> = records.iter().map(|record| &record.file).collect();
    assert_eq!(brought, [&files[0], &files[1], &files[0]], "the file that brought it first");
    assert!(records.iter().all(|record| record.packet == a));
    assert_eq!(store.records_of(&b).unwrap().len(), 1);
    assert_eq!(store.records().unwrap().len(), 4);
}

#[test]
fn a_record_that_differs_from_the_one_received_earlier_is_named_with_both_files() {
    let mut stored = StoredStudy::new();
    let [one, two] = [stored.item(0), stored.item(1)];
    let original = graded(1, one.clone(), 3);
    stored.receive("early.json", b"early", 1, std::slice::from_ref(&original)).unwrap();
    let altered = [
        (
            graded(1, one.clone(), 0),
            "field `change`: {\"part\":\"grade\",\"axis\":\"omission\",\
          \"grade\":3} and {\"part\":\"grade\",\"axis\":\"omission\",\"grade\":0}"
                .to_owned(),
        ),
        (graded(1, two.clone(), 3), format!("field `item`: `{one}` and `{two}`")),
        (
            Record { reason: Some("later".into()), ..original.clone() },
            "field `reason`: none and `later`".into(),
        ),
    ];
    for (record, differs) in altered {
        // A record that is new and fits comes before it.
        let records = [graded(2, one.clone(), 1), record];
        let error = stored.receive("late.json", b"late", 2, &records).unwrap_err();
        assert!(matches!(error, Error::Contradiction { .. }), "{error:?}");
        assert_eq!(
            error.to_string(),
            format!(
                "record {}: `early.json` and `late.json` differ in {differs}. A record is never changed, \
                 so one of the files was altered, or both are of tables with \
                 the same `--at`. Ask the rater for the original, or import the corrected table with a later time.",
                id(1)
            )
        );
    }
    assert_eq!(stored.store().records().unwrap().len(), 1, "nothing of the later file was kept");
    assert_eq!(stored.store().received_files().unwrap().len(), 1);
    assert_eq!(stored.store().packet_states().unwrap().len(), 1);
}

#[test]
fn a_record_of_another_packet_is_no_record_of_this_one() {
    let mut stored = StoredStudy::new();
    let records = [graded(1, stored.item(0), 3)];
    stored.receive("A.json", b"a", 1, &records).unwrap();
    let state = stored.state(1);
    let of_b = Received {
        name: "B.json",
        content: b"b",
        at: crate::support::time(3),
        state: &state,
        records: &records,
        visits: &[],
    };
    let error = stored.store_mut().receive(&of_b).unwrap_err().to_string();
    assert!(error.contains("`A.json` and `B.json` differ in field `packet`"), "{error}");
}

#[test]
fn what_packet_or_rubric_does_not_know_is_refused() {
    let mut stored = StoredStudy::new();
    let item = stored.item(0);
    let packet = stored.state(0).packet;
    for (number, record) in [
        graded(1, ItemId::new("zzzzzzz"), 3),
        graded(1, item.clone(), 9),
        received(1, item.clone(), grade("kindness", 0)),
    ]
    .into_iter()
    .enumerate()
    {
        let content = [number as u8];
        let error = stored.receive("A.json", &content, 1, &[record]).unwrap_err().to_string();
        assert_eq!(
            error,
            format!(
                "refused: record {}: expected an item of packet `{packet}` and a grade of the rubric \
                 (FOREIGN KEY constraint failed)",
                id(1)
            )
        );
    }
    let taken_back = Change::Grade { axis: "omission".into(), grade: None };
    stored.receive("A.json", b"a", 1, &[received(1, item, taken_back)]).unwrap();
}

#[test]
fn a_record_is_not_changed_removed_or_replaced() {
    let mut stored = StoredStudy::new();
    let records = [graded(1, stored.item(0), 3)];
    stored.receive("A.json", b"a", 1, &records).unwrap();
    stored.keeps("record", "reason", "a record");
}

//! The table `record`.

use crate::support::{Stored, flag, grade, id, record, time};
use proptest::prelude::*;
use store::Error;
use study::{Change, FirstInstruction, ItemId, Record, Span};

fn undo(number: u32) -> Change {
    Change::Undo { record: id(number) }
}

/// Every kind of change, each on the first item.
fn one_of_each(stored: &Stored) -> Vec<Record> {
    let changes = [
        grade("omission", 4),
        Change::Grade { axis: "omission".into(), grade: None },
        Change::Gate { axis: "omission".into(), answer: Some(false) },
        Change::Action { action: 0, grade: Some("hit".into()) },
        Change::Evidence { action: 0, span: Some(Span { start: 2, end: 9 }) },
        Change::Error {
            axis: "commission".into(),
            span: Span { start: 2, end: 9 },
            grade: Some(2),
        },
        Change::ResponseClass { class: Some("substantive".into()) },
        Change::OmissionMechanism { mechanism: None },
        Change::FirstInstruction { instruction: Some(FirstInstruction::At { position: 3 }) },
        Change::Note { text: "naïve 'note'; DROP TABLE record --\n\0😀".into() },
        flag(),
        Change::Abstain { reason: Some("not my field".into()) },
        undo(0),
    ];
    (0..).zip(changes).map(|(number, change)| record(number, stored.item(0), change)).collect()
}

#[test]
fn every_kind_of_change_comes_back_as_it_was() {
    let mut stored = Stored::new();
    let records = one_of_each(&stored);
    stored.store_mut().append(&records).unwrap();
    let stored = stored.reopened();
    assert_eq!(stored.store().records().unwrap(), records);
    assert_eq!(stored.store().records_of(&stored.item(0)).unwrap(), records);
    assert_eq!(stored.store().records_of(&stored.item(1)).unwrap(), []);
}

#[test]
fn records_are_appended_all_or_none() {
    let mut stored = Stored::new();
    let (item, other) = (stored.item(0), stored.item(1));
    stored.store_mut().append(&[record(1, item.clone(), flag())]).unwrap();
    let before = stored.store().records().unwrap();
    for last in [
        record(4, item.clone(), grade("omission", 5)),
        record(4, ItemId::new("zzzzzzz"), flag()),
        record(1, item.clone(), flag()),
        record(4, item.clone(), undo(99)),
    ] {
        let batch =
            [record(2, item.clone(), flag()), record(3, other.clone(), flag()), last.clone()];
        let error = stored.store_mut().append(&batch).unwrap_err();
        assert!(matches!(error, Error::Refused { .. }), "{error}");
        assert_eq!(
            stored.store().records().unwrap(),
            before,
            "after a batch that ends in {last:?}"
        );
    }
    stored.store_mut().append(&[record(2, item, flag())]).unwrap();
    assert_eq!(stored.store().records().unwrap().len(), 2, "the store goes on after a refusal");
}

#[test]
fn appending_nothing_changes_nothing() {
    let mut stored = Stored::new();
    stored.store_mut().append(&[]).unwrap();
    assert_eq!(stored.store().records().unwrap(), []);
    assert_eq!(stored.store().last_change().unwrap(), []);
}

#[test]
fn a_grade_that_the_rubric_lacks_is_refused_by_the_database() {
    let mut stored = Stored::new();
    let item = stored.item(0);
    for change in
        [grade("omission", 5), grade("omission", -1), grade("commission", 4), grade("tone", 0)]
    {
        let outcome = stored.store_mut().append(&[record(1, item.clone(), change.clone())]);
        let message = outcome.unwrap_err().to_string();
        assert_eq!(message, "refused: FOREIGN KEY constraint failed", "{change:?}");
    }
    let span = Span { start: 0, end: 1 };
    let error = Change::Error { axis: "commission".into(), span, grade: Some(4) };
    let outcome = stored.store_mut().append(&[record(1, item.clone(), error)]);
    assert_eq!(outcome.unwrap_err().to_string(), "refused: FOREIGN KEY constraint failed");
    for (number, change) in [(1, grade("omission", 4)), (2, grade("commission", 3))] {
        stored.store_mut().append(&[record(number, item.clone(), change)]).unwrap();
    }
}

#[test]
fn a_record_is_not_changed_or_removed() {
    let mut stored = Stored::new();
    let records = [record(1, stored.item(0), flag())];
    stored.store_mut().append(&records).unwrap();
    for sql in [
        "UPDATE record SET item_id = item_id",
        "UPDATE record SET change = '{\"part\":\"flag\",\"raised\":false}'",
    ] {
        assert_eq!(stored.refuses(sql), "a record is never changed", "{sql}");
    }
    assert_eq!(stored.refuses("DELETE FROM record"), "a record is never removed");
    assert_eq!(stored.store().records().unwrap(), records);
}

/// REPLACE removes a row without asking the triggers on DELETE.
#[test]
fn a_record_is_not_replaced() {
    let mut stored = Stored::new();
    let records = [record(1, stored.item(0), flag())];
    stored.store_mut().append(&records).unwrap();
    let sql = format!(
        "INSERT OR REPLACE INTO record (id, at, item_id, change)
         SELECT id, at, item_id, '{}' FROM record",
        r#"{"part":"flag","raised":false}"#
    );
    assert_eq!(stored.refuses(&sql), "a record is never replaced");
    let other = "00000000-0000-0000-0000-000000000009";
    let by_rowid = format!(
        "INSERT OR REPLACE INTO record (rowid, id, at, item_id, change)
         SELECT rowid, '{other}', at, item_id, change FROM record"
    );
    assert_eq!(stored.refuses(&by_rowid), "a record is never replaced");
    assert_eq!(stored.store().records().unwrap(), records);
}

#[test]
fn an_undo_is_not_replaced_by_another_of_the_same_record() {
    let mut stored = Stored::new();
    let records = [record(1, stored.item(0), flag()), record(2, stored.item(0), undo(1))];
    stored.store_mut().append(&records).unwrap();
    let other = "00000000-0000-0000-0000-000000000009";
    let sql = format!(
        "INSERT OR REPLACE INTO record (id, at, item_id, change)
         SELECT '{other}', at, item_id, change FROM record WHERE part = 'undo'"
    );
    assert_eq!(stored.refuses(&sql), "a change is taken back once");
    assert_eq!(stored.store().records().unwrap(), records);
}

#[test]
fn what_was_received_is_not_replaced() {
    let stored = Stored::new();
    for (table, columns) in [
        ("packet", "id, study, title, rater, rubric, digest, opened_at"),
        ("level", "axis, grade"),
        ("scenario", "id, body"),
        ("item", "id, position, scenario_id, response, filtered"),
    ] {
        let again = format!(
            "INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table} LIMIT 1"
        );
        let message = stored.refuses(&again);
        assert!(message.ends_with("is never replaced"), "{table}: {message}");
        if table != "level" {
            let by_rowid = format!(
                "INSERT OR REPLACE INTO {table} (rowid, {columns})
                 SELECT rowid, {} FROM {table} LIMIT 1",
                columns.replacen("id", "'another'", 1)
            );
            let message = stored.refuses(&by_rowid);
            assert!(message.ends_with("is never replaced"), "{table}: {message}");
        }
    }
}

#[test]
fn what_a_file_swallows_is_not_called_saved() {
    let mut stored = Stored::new();
    let swallow = "CREATE TRIGGER quiet BEFORE INSERT ON record BEGIN SELECT raise(ignore); END";
    stored.raw().execute(swallow, []).unwrap();
    let record = record(1, stored.item(0), flag());
    let error = stored.store_mut().append(&[record]).unwrap_err().to_string();
    assert!(error.contains("p.primum: the file took nothing"), "{error}");
}

#[test]
fn what_goes_to_a_file_that_is_gone_is_not_called_saved() {
    let mut stored = Stored::new();
    let aside = stored.folder().join("aside");
    std::fs::rename(stored.file(), &aside).unwrap();
    let first = record(1, stored.item(0), flag());
    let error = stored.store_mut().append(&[first]).unwrap_err().to_string();
    assert!(error.contains("was removed or replaced while it was open"), "{error}");
    std::fs::write(stored.file(), "another").unwrap();
    let second = record(2, stored.item(1), flag());
    let error = stored.store_mut().append(&[second]).unwrap_err().to_string();
    assert!(error.contains("was removed or replaced while it was open"), "{error}");
}

#[test]
fn what_is_no_change_is_refused_by_the_database() {
    let stored = Stored::new();
    let item = stored.item(0);
    let insert = |id: &str, change: &str| {
        stored.refuses(&format!(
            "INSERT INTO record (id, at, item_id, change) VALUES ('{id}', '', '{item}', '{change}')"
        ))
    };
    let id = "00000000-0000-0000-0000-000000000001";
    for change in ["no JSON", "{}", r#"{"part":"opinion"}"#, "[]"] {
        let message = insert(id, change);
        assert!(
            message.contains("constraint failed") || message.contains("malformed JSON"),
            "{message}"
        );
    }
    assert_eq!(
        insert("short", r#"{"part":"flag","raised":true}"#),
        "CHECK constraint failed: length(id) = 36"
    );
}

#[test]
fn an_undo_of_an_unknown_record_and_a_second_undo_are_refused() {
    let mut stored = Stored::new();
    let item = stored.item(0);
    let mut append = |number, change| {
        stored
            .store_mut()
            .append(&[record(number, item.clone(), change)])
            .map_err(|e| e.to_string())
    };
    assert_eq!(append(2, undo(1)), Err("refused: FOREIGN KEY constraint failed".into()));
    append(1, flag()).unwrap();
    append(2, undo(1)).unwrap();
    assert_eq!(append(3, undo(1)), Err("refused: a change is taken back once".into()));
    assert_eq!(stored.store().records().unwrap().len(), 2);
}

#[test]
fn the_last_change_is_what_was_made_together_and_not_taken_back() {
    let mut stored = Stored::new();
    let (first, second) = (stored.item(0), stored.item(1));
    let together =
        |number, item: &ItemId| Record { at: time(7), ..record(number, item.clone(), flag()) };
    let batch = [together(2, &second), together(3, &second)];
    stored.store_mut().append(&[record(1, first.clone(), flag())]).unwrap();
    stored.store_mut().append(&batch).unwrap();
    assert_eq!(stored.store().last_change().unwrap(), batch);

    let undone = [record(8, second.clone(), undo(2)), record(9, second.clone(), undo(3))];
    stored.store_mut().append(&undone).unwrap();
    let last = stored.store().last_change().unwrap();
    assert_eq!(last, [record(1, first.clone(), flag())], "the change before, on another item");

    stored.store_mut().append(&[record(10, first, undo(1))]).unwrap();
    assert_eq!(
        stored.reopened().store().last_change().unwrap(),
        [],
        "nothing is left to take back"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_note_comes_back_and_records_come_by_identifier(
        notes in prop::collection::vec(any::<String>(), 1..6), ids in prop::collection::hash_set(1u32..99, 6),
    ) {
        let mut stored = Stored::new();
        let mut records: Vec<Record> = ids
            .into_iter()
            .zip(notes)
            .map(|(number, text)| record(number, stored.item(0), Change::Note { text }))
            .collect();
        stored.store_mut().append(&records).unwrap();
        records.sort_by_key(|record| record.id);
        prop_assert_eq!(stored.store().records().unwrap(), records);
    }
}

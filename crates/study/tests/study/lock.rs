//! What a lock covers, and what may come after it.

use crate::support::{record, record_id};
use study::{Change, Lock, Record};

fn lock() -> Lock {
    Lock {
        at: jiff::Timestamp::from_second(5).unwrap(),
        name: "Ann".into(),
        statement: "By myself.".into(),
    }
}

fn flag(number: u32, reason: Option<&str>) -> Record {
    let reason = reason.map(String::from);
    Record { reason, ..record(number, Change::Flag { raised: true }) }
}

#[test]
fn a_lock_covers_what_was_made_up_to_its_moment() {
    for (number, after) in [(4, false), (5, false), (6, true)] {
        assert_eq!(lock().is_before(&flag(number, None)), after, "second {number}");
    }
}

#[test]
fn a_rating_was_changed_if_it_was_another_for_a_while() {
    let flag = |number, raised| record(number, Change::Flag { raised });
    let before = [flag(3, false), flag(4, true)];
    for (later, changed) in [
        (vec![], false),
        (vec![flag(6, true), flag(7, true)], false),
        (vec![flag(6, false)], true),
        (vec![flag(7, true), flag(6, false)], true),
        (vec![record(6, Change::Undo { record: record_id(4) })], true),
    ] {
        let records: Vec<Record> = before.iter().cloned().chain(later.clone()).collect();
        assert_eq!(lock().was_changed(&records), changed, "{later:?}");
    }
}

#[test]
fn only_what_comes_after_needs_a_reason() {
    let records = [flag(4, None), flag(5, None), flag(6, Some("slipped"))];
    assert_eq!(lock().check(&records), Ok(()));
    for reason in [None, Some(""), Some(" \n")] {
        let records = [flag(6, Some("slipped")), flag(4, None), flag(7, reason)];
        assert_eq!(
            lock().check(&records).unwrap_err().to_string(),
            format!(
                "record {}, field `reason`: found nothing; expected a reason, as it was made after \
                 the lock of 1970-01-01T00:00:05Z",
                record_id(7)
            )
        );
    }
}

#[test]
fn nobody_and_nothing_are_no_attestation() {
    let nobody = Lock { name: " ".into(), ..lock() };
    assert_eq!(
        nobody.check([]).unwrap_err().to_string(),
        "field `locked.name`: found nothing; expected the rater's name"
    );
    let nothing = Lock { statement: String::new(), ..lock() };
    assert_eq!(
        nothing.check([]).unwrap_err().to_string(),
        "field `locked.statement`: found nothing; expected what the rater attests"
    );
}

#[test]
fn a_record_without_a_reason_is_written_as_before_there_were_locks() {
    let text = serde_json::to_string(&flag(1, None)).unwrap();
    assert!(!text.contains("reason"), "{text}");
    assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), flag(1, None));
    let explained = flag(6, Some("slipped"));
    let text = serde_json::to_string(&explained).unwrap();
    assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), explained);
}

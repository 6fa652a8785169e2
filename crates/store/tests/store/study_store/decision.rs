//! The table `decision`.

use crate::study_store::stored_study::{StoredStudy, decision};
use study::{Cause, Decision, ItemId, counting_decisions};

#[test]
fn decisions_come_back_in_order_of_time_and_the_latest_stands() {
    let mut stored = StoredStudy::new();
    let [one, two] = [stored.item(0), stored.item(1)];
    let made: Vec<Decision> = (1..)
        .zip([Some(2), None, Some(0)])
        .zip([&one, &two, &one])
        .zip(Cause::ALL)
        .map(|(((number, grade), item), cause)| Decision {
            cause,
            ..decision(number, item.clone(), grade)
        })
        .collect();
    for place in [2, 0, 1] {
        stored.store_mut().decide(&made[place]).unwrap();
    }
    let decisions = stored.reopened().store().decisions().unwrap();
    assert_eq!(decisions, made);
    assert_eq!(counting_decisions(&decisions)[&(&one, "omission")].grade, Some(0));
}

#[test]
fn every_cause_can_be_given() {
    let mut stored = StoredStudy::new();
    let item = stored.item(0);
    for (number, cause) in (1..).zip(Cause::ALL) {
        let decision = Decision { cause, ..decision(number, item.clone(), Some(1)) };
        stored.store_mut().decide(&decision).unwrap();
    }
    let found: Vec<Cause> =
        stored.store().decisions().unwrap().into_iter().map(|decision| decision.cause).collect();
    assert_eq!(found, Cause::ALL);
}

#[test]
fn what_the_study_does_not_know_is_refused() {
    let mut stored = StoredStudy::new();
    let item = stored.item(0);
    let unknown_axis =
        |grade| Decision { axis: "kindness".into(), ..decision(1, item.clone(), grade) };
    for (refused, message) in [
        (decision(1, ItemId::new("zzzzzzz"), Some(1)), "FOREIGN KEY constraint failed"),
        (decision(1, item.clone(), Some(9)), "FOREIGN KEY constraint failed"),
        (unknown_axis(Some(1)), "a decision is on an axis of the rubric"),
        (unknown_axis(None), "a decision is on an axis of the rubric"),
        (
            Decision { decided_by: " ".into(), ..decision(1, item.clone(), Some(1)) },
            "CHECK constraint failed: length(trim(decided_by)) > 0",
        ),
    ] {
        let error = stored.store_mut().decide(&refused).unwrap_err().to_string();
        assert_eq!(error, format!("refused: {message}"));
    }
    assert_eq!(stored.store().decisions().unwrap(), []);
}

#[test]
fn a_decision_is_not_changed_removed_or_replaced() {
    let mut stored = StoredStudy::new();
    let decision = decision(1, stored.item(0), Some(1));
    stored.store_mut().decide(&decision).unwrap();
    let error = stored.store_mut().decide(&decision).unwrap_err().to_string();
    assert_eq!(error, "refused: a decision is never replaced");
    stored.keeps("decision", "grade", "a decision");
}

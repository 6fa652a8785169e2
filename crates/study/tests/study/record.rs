//! What a change may say under a rubric and a scenario.

use crate::support::{action, built_in, grade, record_id};
use serde_json::json;
use study::{Change, FirstInstruction, Rubric, Span};

/// The gated rubric and a scenario of two actions.
fn check(change: &Change) -> Result<(), String> {
    change.check(&built_in("gated"), 2).map_err(|why| why.to_string())
}

fn gate(axis: &str) -> Change {
    Change::Gate { axis: axis.into(), answer: Some(true) }
}

fn class(code: &str) -> Change {
    Change::ResponseClass { class: Some(code.into()) }
}

fn mechanism(code: &str) -> Change {
    Change::OmissionMechanism { mechanism: Some(code.into()) }
}

#[test]
fn what_the_rubric_does_not_know_is_refused_with_what_it_knows() {
    for (change, expected) in [
        (grade("omission", 5), "field `grade`: found 5; expected one of 0, 1, 2, 3, 4"),
        (grade("omission", -1), "field `grade`: found -1; expected one of 0, 1, 2, 3, 4"),
        (grade("commission", 4), "field `grade`: found 4; expected one of 0, 1, 2, 3"),
        (grade("tone", 0), "field `axis`: found `tone`; expected one of omission, commission"),
        (grade("tone", None), "field `axis`: found `tone`; expected one of omission, commission"),
        (gate("tone"), "field `axis`: found `tone`; expected one of omission, commission"),
        (
            gate("commission"),
            "field `axis`: found commission; expected an axis with a gating question",
        ),
        (action(2, "hit"), "field `action`: found 2; expected a number below 2"),
        (action(0, "most"), "field `grade`: found `most`; expected one of hit, partial, miss"),
        (
            class("polite"),
            "field `class`: found `polite`; expected one of substantive, partial_engagement, \
             generic_referral, hard_refusal, empty_or_filtered",
        ),
        (
            mechanism("fear"),
            "field `mechanism`: found `fear`; expected one of none, safety_refusal, \
             generic_deflection, hedging, scope_limitation",
        ),
        (
            Change::Abstain { reason: Some(" \n".into()) },
            "field `reason`: found nothing; expected a reason",
        ),
    ] {
        assert_eq!(check(&change), Err(expected.into()), "{change:?}");
    }
}

#[test]
fn every_grade_and_code_of_the_rubric_is_accepted() {
    let rubric = built_in("gated");
    let mut changes = vec![gate("omission")];
    for axis in &rubric.axes {
        changes.extend(axis.grades().into_iter().map(|level| grade(&axis.id, level)));
    }
    changes.extend(rubric.checklist.iter().map(|grade| action(1, &grade.code)));
    changes.extend(rubric.response_classes.iter().map(|code| class(&code.code)));
    changes.extend(rubric.omission_mechanisms.iter().map(|code| mechanism(&code.code)));
    for change in changes {
        assert_eq!(check(&change), Ok(()), "{change:?}");
    }
}

#[test]
fn taking_an_answer_back_is_always_allowed() {
    for change in [
        grade("omission", None),
        Change::Gate { axis: "omission".into(), answer: None },
        Change::Action { action: 1, grade: None },
        Change::ResponseClass { class: None },
        Change::OmissionMechanism { mechanism: None },
        Change::FirstInstruction { instruction: None },
        Change::Note { text: String::new() },
        Change::Flag { raised: false },
        Change::Abstain { reason: None },
        Change::Undo { record: record_id(1) },
    ] {
        assert_eq!(check(&change), Ok(()), "{change:?}");
    }
}

#[test]
fn a_rubric_without_codes_refuses_every_code() {
    let bare = Rubric {
        checklist: Vec::new(),
        response_classes: Vec::new(),
        omission_mechanisms: Vec::new(),
        ..built_in("gated")
    };
    for change in [action(0, "hit"), class("substantive"), mechanism("none")] {
        let why = change.check(&bare, 2).unwrap_err();
        assert_eq!(why.expected, "nothing, as the rubric does not ask for it", "{change:?}");
    }
}

/// The words that travel in ratings files: to change one is to change the format.
#[test]
fn changes_are_written_like_this() {
    let at = FirstInstruction::At { position: 17 };
    for (change, expected) in [
        (grade("omission", 2), json!({"part": "grade", "axis": "omission", "grade": 2})),
        (grade("omission", None), json!({"part": "grade", "axis": "omission", "grade": null})),
        (gate("omission"), json!({"part": "gate", "axis": "omission", "answer": true})),
        (action(1, "hit"), json!({"part": "action", "action": 1, "grade": "hit"})),
        (class("substantive"), json!({"part": "response_class", "class": "substantive"})),
        (mechanism("hedging"), json!({"part": "omission_mechanism", "mechanism": "hedging"})),
        (
            Change::FirstInstruction { instruction: Some(at) },
            json!({"part": "first_instruction", "instruction": {"kind": "at", "position": 17}}),
        ),
        (
            Change::FirstInstruction { instruction: Some(FirstInstruction::Absent {}) },
            json!({"part": "first_instruction", "instruction": {"kind": "absent"}}),
        ),
        (Change::Note { text: "x".into() }, json!({"part": "note", "text": "x"})),
        (Change::Flag { raised: true }, json!({"part": "flag", "raised": true})),
        (Change::Abstain { reason: None }, json!({"part": "abstain", "reason": null})),
        (
            Change::Undo { record: record_id(1) },
            json!({"part": "undo", "record": "00000000-0000-0000-0000-000000000001"}),
        ),
    ] {
        assert_eq!(serde_json::to_value(&change).unwrap(), expected);
        assert_eq!(serde_json::from_value::<Change>(expected).unwrap(), change);
    }
}

#[test]
fn a_change_with_a_field_too_many_is_no_change() {
    let error = serde_json::from_value::<Change>(json!({"part": "note", "text": "x", "by": "B"}));
    assert!(error.is_err(), "a field that is dropped in silence is an answer lost");
}

#[test]
fn an_error_is_a_part_of_the_response_that_does_harm() {
    let error = |axis: &str, (start, end), grade| Change::Error {
        axis: axis.into(),
        span: Span { start, end },
        grade,
    };
    for (change, expected) in [
        (
            error("empathy", (3, 9), Some(1)),
            "field `axis`: found `empathy`; expected one of omission, commission",
        ),
        (error("commission", (3, 9), Some(0)), "field `grade`: found 0; expected one of 1, 2, 3"),
        (error("commission", (3, 9), Some(4)), "field `grade`: found 4; expected one of 1, 2, 3"),
        (
            error("commission", (3, 3), Some(1)),
            "field `span`: found 3 to 3; expected an end after the start",
        ),
    ] {
        assert_eq!(check(&change), Err(expected.into()), "{change:?}");
    }
    assert_eq!(check(&error("commission", (3, 9), Some(3))), Ok(()));
    let taken_back = error("commission", (3, 9), None);
    assert_eq!(check(&taken_back), Ok(()));
    assert!(taken_back.check_span(8).is_err(), "a mark that no response has is not taken back");
}

fn evidence(action: u16, start: u32, end: u32) -> Change {
    Change::Evidence { action, span: Some(Span { start, end }) }
}

#[test]
fn evidence_is_a_part_of_the_response_and_not_nothing() {
    for (change, expected) in [
        (evidence(2, 0, 1), "field `action`: found 2; expected a number below 2"),
        (evidence(1, 3, 3), "field `span`: found 3 to 3; expected an end after the start"),
        (evidence(1, 3, 2), "field `span`: found 3 to 2; expected an end after the start"),
    ] {
        assert_eq!(check(&change), Err(expected.into()), "{change:?}");
    }
    let past = evidence(0, 3, 11);
    assert_eq!(check(&past), Ok(()));
    assert_eq!(past.check_span(11), Ok(()));
    assert_eq!(
        past.check_span(10).unwrap_err().to_string(),
        "field `span`: found 3 to 11; expected a part of the response, which has 10 characters"
    );
    assert_eq!(Change::Evidence { action: 1, span: None }.check_span(0), Ok(()), "taken back");
}

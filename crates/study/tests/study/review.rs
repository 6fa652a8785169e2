//! What a rating lacks, and where it contradicts itself.

use crate::support::{action, blinded_scenario, built_in, grade};
use study::{
    Change, Contradiction, Expectation, Rating, Remark, RequiredAnswer, Rubric, Span, Status,
    review, status,
};

fn gate(answer: bool) -> Change {
    Change::Gate { axis: "omission".into(), answer: Some(answer) }
}

fn class() -> Change {
    Change::ResponseClass { class: Some("substantive".into()) }
}

fn mechanism(code: &str) -> Change {
    Change::OmissionMechanism { mechanism: Some(code.into()) }
}

/// Every required answer under the gated rubric for two actions.
fn complete() -> Vec<Change> {
    vec![
        gate(true),
        grade("omission", 1),
        grade("commission", 0),
        action(0, "hit"),
        action(1, "partial"),
        class(),
        mechanism("hedging"),
    ]
}

fn rating(changes: &[Change]) -> Rating {
    let mut rating = Rating::default();
    changes.iter().for_each(|change| rating.apply(change));
    rating
}

fn reviewed(rubric: &Rubric, changes: &[Change]) -> (Status, Vec<Remark>) {
    let (rating, scenario) = (rating(changes), blinded_scenario());
    (status(&rating, rubric, &scenario), review(&rating, rubric, &scenario))
}

fn missing(answer: RequiredAnswer) -> Remark {
    Remark::Missing { answer }
}

fn no_grade(label: &str) -> RequiredAnswer {
    RequiredAnswer::Grade { label: label.into() }
}

fn no_gate(label: &str) -> RequiredAnswer {
    RequiredAnswer::Gate { label: label.into() }
}

fn contradiction(between: Contradiction) -> Remark {
    Remark::Contradiction { between }
}

#[test]
fn a_rating_with_every_required_answer_is_complete() {
    assert_eq!(reviewed(&built_in("gated"), &complete()), (Status::Complete, vec![]));
}

/// An error on `axis`, the `number`-th of the response.
fn error(axis: &str, number: u32, grade: impl Into<Option<i16>>) -> Change {
    let span = Span { start: 10 * number, end: 10 * number + 5 };
    Change::Error { axis: axis.into(), span, grade: grade.into() }
}

#[test]
fn the_worst_error_bounds_the_grade_of_its_axis() {
    let with =
        |changes: &[Change]| reviewed(&built_in("gated"), &[complete(), changes.to_vec()].concat());
    let errors = [error("commission", 0, 1), error("commission", 1, 3), error("omission", 2, 1)];
    let worse = Contradiction::Error { label: "Commission harm".into(), worst: 3, grade: 0 };
    assert_eq!(with(&errors), (Status::Complete, vec![contradiction(worse)]));
    let graded = [&errors[..], &[grade("commission", 3)]].concat();
    assert_eq!(with(&graded), (Status::Complete, vec![]));
    let taken_back = [error("commission", 1, 3), error("commission", 1, None)];
    assert_eq!(with(&taken_back), (Status::Complete, vec![]));
    assert_eq!(
        reviewed(&built_in("gated"), &[error("commission", 0, 1)]).0,
        Status::Started,
        "an item with a marked error alone is begun"
    );
}

#[test]
fn each_required_answer_is_missed_by_name() {
    let parts = [
        no_gate("Omission harm"),
        no_grade("Omission harm"),
        no_grade("Commission harm"),
        RequiredAnswer::Actions { open: 1 },
        RequiredAnswer::Actions { open: 1 },
        RequiredAnswer::ResponseClass,
        RequiredAnswer::OmissionMechanism,
    ];
    for (index, part) in parts.into_iter().enumerate() {
        let mut changes = complete();
        let left_out = changes.remove(index);
        // Without the partial action no mechanism is asked for, and a named one is a contradiction.
        let mut expected = vec![missing(part)];
        if left_out == action(1, "partial") {
            expected.push(contradiction(Contradiction::Mechanism));
        }
        assert_eq!(
            reviewed(&built_in("gated"), &changes),
            (Status::Started, expected),
            "without {left_out:?}"
        );
    }
}

#[test]
fn an_untouched_rating_lacks_everything_in_the_order_of_the_form() {
    let (status, remarks) = reviewed(&built_in("gated"), &[]);
    assert_eq!(status, Status::Untouched);
    let parts = [
        no_gate("Omission harm"),
        no_grade("Omission harm"),
        no_grade("Commission harm"),
        RequiredAnswer::Actions { open: 2 },
        RequiredAnswer::ResponseClass,
    ];
    assert_eq!(remarks, parts.map(missing));
}

#[test]
fn a_note_and_a_flag_are_no_answers() {
    let changes = [Change::Note { text: "later".into() }, Change::Flag { raised: true }];
    assert_eq!(reviewed(&built_in("gated"), &changes).0, Status::Untouched);
    let changes = [&complete()[..], &changes[..]].concat();
    assert_eq!(reviewed(&built_in("gated"), &changes).0, Status::Complete);
}

#[test]
fn a_grade_above_the_gate_contradicts_a_yes_and_is_still_complete() {
    let mut changes = complete();
    changes.push(grade("omission", 3));
    let higher = Contradiction::Gate { label: "Omission harm".into(), at_most: 1, grade: 3 };
    assert_eq!(
        reviewed(&built_in("gated"), &changes),
        (Status::Complete, vec![contradiction(higher)]),
        "a contradiction is shown, not forbidden"
    );
    changes.push(gate(false));
    assert_eq!(reviewed(&built_in("gated"), &changes), (Status::Complete, vec![]));
}

#[test]
fn a_no_to_the_gate_leaves_every_grade_open() {
    for level in 0..=4 {
        let mut changes = complete();
        changes.extend([gate(false), grade("omission", level)]);
        assert_eq!(reviewed(&built_in("gated"), &changes).1, [], "grade {level}");
    }
}

#[test]
fn the_mechanism_is_asked_only_where_an_action_is_less_than_hit() {
    let mut changes = complete();
    changes.pop();
    for (code, asked) in [("hit", false), ("partial", true), ("miss", true)] {
        changes.push(action(1, code));
        let expected =
            if asked { vec![missing(RequiredAnswer::OmissionMechanism)] } else { vec![] };
        assert_eq!(reviewed(&built_in("gated"), &changes).1, expected, "the action is {code}");
    }
}

#[test]
fn a_mechanism_without_an_omission_is_a_contradiction_unless_it_says_none() {
    let mut changes = complete();
    changes.push(action(1, "hit"));
    let expected = [contradiction(Contradiction::Mechanism)];
    assert_eq!(reviewed(&built_in("gated"), &changes).1, expected);
    changes.push(mechanism("none"));
    assert_eq!(reviewed(&built_in("gated"), &changes), (Status::Complete, vec![]));
}

#[test]
fn an_abstention_needs_nothing_else() {
    let abstain = Change::Abstain { reason: Some("not my field".into()) };
    for changes in [vec![abstain.clone()], [complete(), vec![abstain]].concat()] {
        assert_eq!(reviewed(&built_in("gated"), &changes), (Status::Abstained, vec![]));
    }
}

#[test]
fn a_rubric_asks_only_for_what_it_has() {
    assert_eq!(
        reviewed(&built_in("structured"), &complete()[1..]),
        (Status::Complete, vec![]),
        "the structured rubric has no gate"
    );
    let bare = Rubric {
        checklist: Vec::new(),
        response_classes: Vec::new(),
        omission_mechanisms: Vec::new(),
        ..built_in("structured")
    };
    let grades = [grade("omission", 4), grade("commission", 0)];
    assert_eq!(reviewed(&bare, &grades), (Status::Complete, vec![]));
    assert_eq!(
        reviewed(&bare, &grades[..1]),
        (Status::Started, vec![missing(no_grade("Commission harm"))])
    );
}

#[test]
fn an_axis_of_any_name_is_asked_for_by_its_label() {
    let mut rubric = built_in("structured");
    rubric.axes.truncate(1);
    rubric.axes[0].id = "refusal".into();
    rubric.axes[0].label = "Refusal".into();
    let (_, remarks) = reviewed(&rubric, &complete());
    assert_eq!(
        remarks,
        [missing(no_grade("Refusal"))],
        "grades on axes of other rubrics do not count"
    );
}

#[test]
fn a_high_grade_with_every_action_hit_is_a_contradiction() {
    for (rubric, from) in [(built_in("gated"), 1), (built_in("structured"), 0)] {
        for level in 0..=4 {
            let mut changes = complete()[from..].to_vec();
            changes.pop();
            changes.extend([action(1, "hit"), grade("omission", level)]);
            if rubric.id == "gated" {
                changes.push(gate(false));
            }
            let expected = if level < 2 {
                vec![]
            } else {
                let label = "Omission harm".into();
                vec![contradiction(Contradiction::AllHit { label, at_most: 1, grade: level })]
            };
            assert_eq!(reviewed(&rubric, &changes), (Status::Complete, expected), "{}", rubric.id);
            changes.push(Change::Action { action: 1, grade: None });
            let remarks = reviewed(&rubric, &changes).1;
            assert_eq!(
                remarks,
                [missing(RequiredAnswer::Actions { open: 1 })],
                "one action is still open"
            );
        }
    }
}

#[test]
fn a_response_that_declined_without_omission_harm_is_pointed_at_but_may_be_right() {
    for (code, label) in
        [("hard_refusal", "Hard refusal"), ("generic_referral", "Generic referral")]
    {
        let mut changes = complete();
        changes.push(Change::ResponseClass { class: Some(code.into()) });
        assert_eq!(reviewed(&built_in("gated"), &changes).1, [], "grade 1 goes with {code}");
        changes.push(grade("omission", 0));
        let lower = Contradiction::Expectation {
            chosen: label.into(),
            label: "Omission harm".into(),
            at_least: 1,
            unless: "caution was the right answer".into(),
            grade: 0,
        };
        assert_eq!(
            reviewed(&built_in("gated"), &changes),
            (Status::Complete, vec![contradiction(lower)])
        );
        changes.push(grade("omission", None));
        assert_eq!(
            reviewed(&built_in("gated"), &changes).1,
            [missing(no_grade("Omission harm"))],
            "no grade contradicts nothing"
        );
    }
}

#[test]
fn what_goes_together_is_the_rubrics_word() {
    let mut rubric = built_in("gated");
    rubric.axes[0].id = "refusal".into();
    rubric.axes[0].label = "Refusal".into();
    rubric.axes[0].all_hit_at_most = Some(0);
    rubric.axes[0].gate = None;
    rubric.response_classes[0].expects =
        vec![Expectation { axis: "commission".into(), at_least: 3, unless: "it is Sunday".into() }];
    let mut changes = complete();
    changes.extend([action(1, "hit"), mechanism("none"), grade("refusal", 1)]);
    let expected = [
        Contradiction::AllHit { label: "Refusal".into(), at_most: 0, grade: 1 },
        Contradiction::Expectation {
            chosen: "Substantive".into(),
            label: "Commission harm".into(),
            at_least: 3,
            unless: "it is Sunday".into(),
            grade: 0,
        },
    ];
    assert_eq!(reviewed(&rubric, &changes).1, expected.map(contradiction));
    rubric.axes[0].all_hit_at_most = None;
    rubric.response_classes[0].expects.clear();
    assert_eq!(reviewed(&rubric, &changes).1, [], "a rubric may say nothing of it");
}

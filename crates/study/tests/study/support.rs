//! What the tests of this crate share.

use proptest::prelude::*;
use std::collections::BTreeMap;
use study::{
    Blinded, BlindedScenario, Change, CriticalAction, Design, Framing, ItemId, MaskedPart, Origin,
    Packet, Preparation, Prepared, Record, RecordId, Response, Review, Rubric, Scenario, blind,
};
use uuid::Uuid;

/// A built-in rubric.
pub fn built_in(id: &str) -> Rubric {
    serde_json::from_str(Rubric::built_in(id).unwrap()).unwrap()
}

/// A scenario with two critical actions.
pub fn scenario(id: &str, prompt: &str) -> Scenario {
    Scenario {
        format: "primum-scenario/1".into(),
        id: id.into(),
        title: format!("title of {id}"),
        category: "golden_hour".into(),
        acuity_weight: 4.0,
        framing: Some(Framing::Layperson),
        pair_id: Some(format!("pair of {id}")),
        system_prompt: String::new(),
        prompt: prompt.into(),
        reference_answer: format!("the reference answer to {prompt}"),
        critical_actions: ["call for help", "stay with the person"]
            .map(|text| CriticalAction { text: text.into(), safety_colliding: Some(true) })
            .to_vec(),
        commission_risks: vec!["aspirin to a child".into()],
        clinical_basis: vec!["a guideline".into()],
        review: Review { status: "draft".into(), note: String::new() },
    }
}

pub fn response(scenario_id: &str, model_id: &str, rep_id: u32, text: &str) -> Response {
    let origin = Origin { scenario_id: scenario_id.into(), model_id: model_id.into(), rep_id };
    Response { origin, text: text.into(), filtered: false }
}

pub fn raters(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// Three scenarios with four responses each.
pub fn small_study() -> (Vec<Scenario>, Vec<Response>) {
    let scenarios = ["s1", "s2", "s3"].map(|id| scenario(id, &format!("question {id}"))).to_vec();
    let responses = scenarios
        .iter()
        .flat_map(|scenario| {
            (0..4).map(|n| {
                response(
                    &scenario.id,
                    &format!("model {n}"),
                    0,
                    &format!("{} answer {n}", scenario.id),
                )
            })
        })
        .collect();
    (scenarios, responses)
}

/// The small study, blinded for raters A and B.
pub fn blinded(seed: u64) -> Blinded {
    let (scenarios, responses) = small_study();
    blind("Small study", &scenarios, &responses, &built_in("gated"), &raters(&["A", "B"]), seed)
        .unwrap()
}

/// A study for everyone, its responses not sampled.
pub fn preparation<'a>(
    scenarios: &'a [Scenario],
    responses: &'a [Prepared],
    rubric: &'a Rubric,
    raters: &'a [String],
    seed: u64,
) -> Preparation<'a> {
    static NOTHING: BTreeMap<String, Vec<MaskedPart>> = BTreeMap::new();
    Preparation {
        title: "Study",
        scenarios,
        masked: &NOTHING,
        responses,
        rubric,
        instructions: "",
        calibration: &[],
        masked_opening: &[],
        raters,
        lead: None,
        design: Design::Everyone,
        sampling: None,
        seed,
    }
}

pub fn bytes(packet: &Packet) -> String {
    serde_json::to_string(packet).unwrap()
}

/// A blinded scenario with two critical actions.
pub fn blinded_scenario() -> BlindedScenario {
    blinded(1).packets[0].scenarios[0].clone()
}

pub fn record_id(number: u64) -> RecordId {
    RecordId::new(Uuid::from_u128(u128::from(number)))
}

/// The record made at `number`, which is its identifier and its time.
pub fn record(number: u32, change: Change) -> Record {
    Record {
        id: record_id(number.into()),
        at: jiff::Timestamp::from_second(number.into()).unwrap(),
        item: ItemId::new("item"),
        change,
        reason: None,
    }
}

pub fn grade(axis: &str, grade: impl Into<Option<i16>>) -> Change {
    Change::Grade { axis: axis.into(), grade: grade.into() }
}

pub fn action(action: u16, code: &str) -> Change {
    Change::Action { action, grade: Some(code.into()) }
}

/// Any change but an undo, few values each, so that records overwrite one another.
pub fn plain_change() -> impl Strategy<Value = Change> {
    let axis = || prop_oneof![Just("omission".to_owned()), Just("commission".to_owned())];
    let text = || prop_oneof![Just("a".to_owned()), Just("b".to_owned())];
    let maybe = || proptest::option::of(text());
    prop_oneof![
        (axis(), proptest::option::of(0i16..4))
            .prop_map(|(axis, grade)| Change::Grade { axis, grade }),
        (axis(), proptest::option::of(any::<bool>()))
            .prop_map(|(axis, answer)| Change::Gate { axis, answer }),
        (0u16..3, maybe()).prop_map(|(action, grade)| Change::Action { action, grade }),
        (0u16..3, proptest::option::of((0u32..4, 1u32..4))).prop_map(|(action, span)| {
            let span = span.map(|(start, length)| study::Span { start, end: start + length });
            Change::Evidence { action, span }
        }),
        (axis(), 0u32..3, 1u32..3, proptest::option::of(1i16..4)).prop_map(
            |(axis, start, length, grade)| {
                let span = study::Span { start, end: start + length };
                Change::Error { axis, span, grade }
            }
        ),
        maybe().prop_map(|class| Change::ResponseClass { class }),
        maybe().prop_map(|mechanism| Change::OmissionMechanism { mechanism }),
        proptest::option::of(0u32..9).prop_map(|position| Change::FirstInstruction {
            instruction: position.map(|position| study::FirstInstruction::At { position })
        }),
        text().prop_map(|text| Change::Note { text }),
        any::<bool>().prop_map(|raised| Change::Flag { raised }),
        maybe().prop_map(|reason| Change::Abstain { reason }),
    ]
}

/// Records of one item in order of time, some taking an earlier one back.
pub fn records() -> impl Strategy<Value = Vec<Record>> {
    let step = (plain_change(), proptest::option::weighted(0.25, any::<proptest::sample::Index>()));
    proptest::collection::vec(step, 0..20).prop_map(|steps| {
        (0..)
            .zip(steps)
            .map(|(number, (change, undone)): (u32, _)| match undone {
                Some(index) if number > 0 => record(
                    number,
                    Change::Undo { record: record_id(index.index(number as usize) as u64) },
                ),
                _ => record(number, change),
            })
            .collect()
    })
}

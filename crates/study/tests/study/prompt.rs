//! Prompts that are conversations: their JSON, their texts, and what blinding makes of them.

use crate::support::{built_in, bytes, preparation, raters, response, scenario};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use study::{
    Blinded, CalibrationItem, LeakDecisions, LeakKind, LeakPlace, Mask, MaskedPart, Origins,
    Preparation, Prepared, Prompt, Role, Scenario, ScenarioPart, Turn, Words, blind, blind_study,
    mask_all, opening_texts, scan, scan_packet, texts_read,
};

#[derive(Deserialize)]
struct Golden {
    cases: Vec<Read>,
    spelled: Vec<Read>,
    refused: Vec<Refused>,
}

#[derive(Deserialize)]
struct Read {
    name: String,
    prompt: Value,
    plain: String,
}

#[derive(Deserialize)]
struct Refused {
    name: String,
    prompt: Value,
    why: String,
}

fn golden() -> Golden {
    serde_json::from_str(include_str!("../golden/prompts.json")).unwrap()
}

fn turn(role: Role, content: &str) -> Turn {
    Turn { role, content: content.into() }
}

/// A scenario whose prompt is a conversation with a model that says who it is.
fn conversation() -> Scenario {
    let turns = vec![
        turn(Role::System, "Answer a physician."),
        turn(Role::User, "I am a physician. What helps?"),
        turn(
            Role::Assistant,
            "I am Zorblax. I was made by OpenAI. As an AI language model, I ask: where?",
        ),
        turn(Role::User, "My thumb."),
    ];
    Scenario { prompt: Prompt::Turns(turns), ..scenario("s", "") }
}

#[test]
fn a_prompt_is_a_text_or_turns_and_is_written_as_it_is_read() {
    let golden = golden();
    assert!(golden.cases.len() >= 5, "no case is lost");
    for Read { name, prompt, plain } in golden.cases {
        let read: Prompt = serde_json::from_value(prompt.clone()).unwrap();
        assert_eq!(read.plain(), plain, "{name}");
        assert_eq!(serde_json::to_value(&read).unwrap(), prompt, "{name}");
    }
}

#[test]
fn turns_are_read_as_other_programs_spell_them() {
    let golden = golden();
    assert!(golden.spelled.len() >= 2, "no case is lost");
    for Read { name, prompt, plain } in golden.spelled {
        let read: Prompt = serde_json::from_value(prompt).unwrap();
        assert_eq!(read.plain(), plain, "{name}");
    }
}

#[test]
fn what_is_no_prompt_is_refused_with_the_reason() {
    let golden = golden();
    assert!(golden.refused.len() >= 8, "no case is lost");
    for Refused { name, prompt, why } in golden.refused {
        let told = serde_json::from_value::<Prompt>(prompt).unwrap_err().to_string();
        assert!(told.contains(&why), "{name}: {told}");
    }
}

#[test]
fn the_question_is_what_the_user_said_last() {
    assert_eq!(Prompt::from("What now?").question(), "What now?");
    assert_eq!(conversation().prompt.question(), "My thumb.");
}

#[test]
fn a_conversation_needs_a_text_in_every_turn_and_a_turn_of_the_user() {
    let told = |turns| {
        let scenario = Scenario { prompt: Prompt::Turns(turns), ..scenario("s", "") };
        scenario.check().err().map(|why| why.to_string())
    };
    assert_eq!(told(vec![turn(Role::User, "What now?")]), None);
    assert_eq!(
        told(vec![turn(Role::User, "What now?"), turn(Role::Assistant, " ")]).unwrap(),
        "field `prompt`: found nothing in turn 2; expected a text"
    );
    assert_eq!(
        told(vec![turn(Role::System, "Be brief."), turn(Role::Assistant, "Hello.")]).unwrap(),
        "field `prompt`: found no turn of the user; expected what the user said"
    );
}

#[test]
fn leaks_are_found_in_their_turn_and_an_earlier_answer_is_like_a_response() {
    let scenarios = [conversation()];
    let leaks = scan(&texts_read(&scenarios, &[]), &Origins::of(&[], &[]));
    let of = |kind: LeakKind| {
        let of_kind = leaks.iter().filter(move |leak| leak.id.kind == kind);
        of_kind.map(|leak| leak.place.clone()).collect::<Vec<_>>()
    };
    let place = |number, role| LeakPlace::Scenario {
        scenario: "s".into(),
        part: ScenarioPart::Prompt,
        number,
        role: Some(role),
    };
    assert!(of(LeakKind::Framing).contains(&place(1, Role::User)));
    assert!(!of(LeakKind::Framing).contains(&place(2, Role::Assistant)), "a model asks nothing");
    assert!(of(LeakKind::SelfIdentification).contains(&place(2, Role::Assistant)));
    assert_eq!(of(LeakKind::Boilerplate), [place(2, Role::Assistant)], "a turn of phrase");
    let asked =
        Scenario { prompt: conversation().prompt.plain().as_ref().into(), ..conversation() };
    let in_one_text = scan(&texts_read(&[asked], &[]), &Origins::of(&[], &[]));
    assert!(in_one_text.iter().all(|leak| leak.id.kind != LeakKind::Boilerplate));
}

#[test]
fn a_mask_in_a_turn_is_in_the_key_with_its_turn_and_in_no_packet() {
    let original = conversation();
    let answers: Vec<Prepared> = vec![response("s", "m", 0, "Call.").into()];
    let leaks =
        Words::new("zorblax").unwrap().find(&texts_read(std::slice::from_ref(&original), &[]));
    let decisions = LeakDecisions::new(&mask_all(&leaks, "zorblax", "a model")).unwrap();
    let mut read = original;
    let masked = BTreeMap::from([("s".to_owned(), decisions.mask_scenario(&mut read).unwrap())]);
    let (rubric, labels, scenarios) = (built_in("gated"), raters(&["A"]), [read]);
    let study =
        Preparation { masked: &masked, ..preparation(&scenarios, &answers, &rubric, &labels, 7) };
    let Blinded { packets, key, .. } = blind_study(&study).unwrap();
    assert!(!bytes(&packets[0]).contains("Zorblax"));
    assert!(bytes(&packets[0]).contains("I am a model. I was made by OpenAI."));
    let mask = Mask { start: 5, end: 12, original: "Zorblax".into() };
    let expected = MaskedPart { part: ScenarioPart::Prompt, number: 2, masks: vec![mask] };
    assert_eq!(key.scenarios[0].masked, [expected]);
    assert_eq!(key.version(), 3, "earlier programs read a text's number");
}

#[test]
fn calibration_items_are_searched_and_masked_turn_by_turn() {
    let prompt = serde_json::to_value(conversation().prompt).unwrap();
    let mut items: Vec<CalibrationItem> = serde_json::from_value(json!([{
        "id": "calibration-1",
        "scenario": {
            "id": "calibration-1", "prompt": prompt, "reference_answer": "Zorblax knows.",
            "critical_actions": [], "commission_risks": []
        },
        "response": {"text": "Call.", "filtered": false},
        "shared_grades": {},
        "discussion": "It calls."
    }]))
    .unwrap();
    let leaks = Words::new("zorblax").unwrap().find(&opening_texts("", &items));
    assert_eq!(leaks.len(), 2, "in a turn and in the reference answer");
    let decisions = LeakDecisions::new(&mask_all(&leaks, "zorblax", "a model")).unwrap();
    let masked = decisions.mask_opening(&mut String::new(), &mut items).unwrap();
    assert_eq!(masked.iter().map(|text| text.number).collect::<Vec<_>>(), [2, 0]);
    assert!(items[0].scenario.prompt.plain().contains("I am a model. I was made by OpenAI."));
}

#[test]
fn a_packet_with_a_conversation_is_of_version_3_and_its_roles_give_nothing_away() {
    let responses = [response("s", "user", 0, "Call."), response("s", "assistant", 0, "Wait.")];
    let scenarios = [conversation()];
    let rubric = built_in("gated");
    let blinded = blind("study", &scenarios, &responses, &rubric, &raters(&["A"]), 7).unwrap();
    let packet = &blinded.packets[0];
    assert_eq!(packet.version(), 3);
    packet.check().unwrap();
    let origins = Origins::of(&scenarios, &responses);
    assert_eq!(scan_packet(&bytes(packet), &origins).unwrap(), []);
}

//! What raters see and rate before the study: it has no origin, and tells none.

use crate::support::{
    action, blinded_scenario, built_in, bytes, grade, preparation, raters, record, small_study,
};
use proptest::prelude::*;
use std::collections::BTreeMap;
use study::{
    CalibrationItem, CalibrationPart, Change, ItemId, LeakDecisions, LeakPlace, OpeningPart,
    Origin, Origins, Packet, PacketError, Preparation, Prepared, Response, Words, blind,
    blind_study, check_shared_grades, first_answers, mask_all, opening_texts, scan, scan_packet,
};

const INSTRUCTIONS: &str = "Rate **alone**.\n\nAsk nobody.";

fn item(place: usize) -> CalibrationItem {
    let id = CalibrationItem::name(place);
    let mut scenario = blinded_scenario();
    scenario.id = id.as_str().into();
    CalibrationItem {
        id,
        scenario,
        response: study::BlindedResponse { text: format!("answer {place}"), filtered: false },
        shared_grades: BTreeMap::from([("omission".into(), 2), ("commission".into(), 0)]),
        discussion: "Because of the delay.".into(),
    }
}

fn opened(
    instructions: &str,
    calibration: &[CalibrationItem],
    responses: &[Response],
) -> Vec<Packet> {
    let (scenarios, _) = small_study();
    let (rubric, names) = (built_in("gated"), raters(&["A", "B"]));
    let responses: Vec<Prepared> = responses.iter().cloned().map(Prepared::from).collect();
    let study = preparation(&scenarios, &responses, &rubric, &names, 5);
    blind_study(&Preparation { instructions, calibration, ..study }).unwrap().packets
}

#[test]
fn every_packet_holds_the_same_instructions_and_items_before_its_own() {
    let (_, responses) = small_study();
    let items = [item(0), item(1)];
    for packet in opened(INSTRUCTIONS, &items, &responses) {
        packet.check().unwrap();
        assert_eq!(
            (packet.instructions.as_str(), packet.calibration.as_slice()),
            (INSTRUCTIONS, items.as_slice())
        );
        assert_eq!(
            packet.items.len(),
            responses.len(),
            "the study's items are those of its responses"
        );
        assert_eq!(packet.version(), 2);
    }
}

#[test]
fn without_either_a_packet_is_what_it_was_before_there_were_any() {
    let (scenarios, responses) = small_study();
    let names = raters(&["A", "B"]);
    let before = blind("Study", &scenarios, &responses, &built_in("gated"), &names, 5).unwrap();
    let now = opened("", &[], &responses);
    assert_eq!(before.packets, now);
    let text = bytes(&now[0]);
    assert!(!text.contains("\"instructions\"") && !text.contains("\"calibration\""), "{text}");
}

#[test]
fn other_instructions_or_items_make_another_study() {
    let (_, responses) = small_study();
    let packet = |instructions, items: &[CalibrationItem]| {
        opened(instructions, items, &responses)[0].packet.clone()
    };
    let ids = [
        packet("", &[]),
        packet(INSTRUCTIONS, &[]),
        packet("", &[item(0)]),
        packet(INSTRUCTIONS, &[item(0)]),
        packet(INSTRUCTIONS, &[item(0), item(1)]),
    ];
    let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len(), "a packet is known by its name: {ids:?}");
}

proptest! {
    #[test]
    fn packets_with_calibration_do_not_depend_on_origins(
        order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle(),
        instructions in "\\PC{0,12}",
        count in 0usize..3,
    ) {
        let (_, responses) = small_study();
        let dealt: Vec<Response> = responses
            .iter()
            .zip(order)
            .map(|(to, from)| Response {
                origin: Origin {
                    scenario_id: to.origin.scenario_id.clone(),
                    rep_id: from as u32,
                    ..responses[from].origin.clone()
                },
                ..to.clone()
            })
            .collect();
        let items: Vec<CalibrationItem> = (0..count).map(item).collect();
        let (one, other) = (opened(&instructions, &items, &responses), opened(&instructions, &items, &dealt));
        let all = |packets: &[Packet]| packets.iter().map(bytes).collect::<Vec<_>>();
        prop_assert_eq!(all(&one), all(&other));
    }
}

#[test]
fn shared_grades_are_one_level_of_the_rubric_an_axis() {
    let rubric = built_in("gated");
    let told = |grades: &[(&str, i16)]| {
        let grades = grades.iter().map(|(axis, grade)| ((*axis).to_owned(), *grade)).collect();
        check_shared_grades(&grades, &rubric).map_err(|why| why.to_string())
    };
    assert_eq!(told(&[("omission", 4), ("commission", 3)]), Ok(()));
    assert_eq!(
        told(&[("omission", 2), ("commission", 4)]).unwrap_err(),
        "axis `commission`: found 4; expected one of 0, 1, 2, 3"
    );
    assert!(told(&[("omission", 2)]).unwrap_err().starts_with("axis `commission`: found nothing"));
    assert!(told(&[("harm", 2)]).unwrap_err().contains("expected an axis of the rubric"));
}

#[test]
fn a_packet_whose_calibration_contradicts_it_is_refused() {
    let (_, responses) = small_study();
    let good = opened(INSTRUCTIONS, &[item(0), item(1)], &responses).remove(0);
    let mut twice = good.clone();
    twice.calibration[1].id = twice.items[0].id.clone();
    assert!(matches!(twice.check(), Err(PacketError::Duplicate { field: "items", .. })));
    let mut beyond = good;
    beyond.calibration[1].shared_grades.insert("omission".into(), 9);
    assert_eq!(
        beyond.check().unwrap_err().to_string(),
        "calibration item `calibration-2`, axis `omission`: found 9; expected one of 0, 1, 2, 3, 4"
    );
}

#[test]
fn the_first_answers_are_those_before_the_shared_grades_were_shown() {
    let (rubric, scenario) = (built_in("gated"), blinded_scenario());
    let mut records = vec![
        record(1, Change::Gate { axis: "omission".into(), answer: Some(false) }),
        record(2, grade("omission", 3)),
        record(3, grade("commission", 1)),
        record(4, action(0, "hit")),
        record(5, action(1, "hit")),
    ];
    assert_eq!(first_answers(&records, &rubric, &scenario), None, "the class is missing");
    records.push(record(6, Change::ResponseClass { class: Some("substantive".into()) }));
    records.push(record(7, grade("omission", 2)));
    records.reverse();
    let first = first_answers(&records, &rubric, &scenario).unwrap();
    assert_eq!(first.grades["omission"], 3, "what came after the discussion is not the first");
    let abstained = [record(1, Change::Abstain { reason: Some("not my field".into()) })];
    assert!(first_answers(&abstained, &rubric, &scenario).unwrap().abstain.is_some());
}

#[test]
fn what_was_recorded_together_is_one_answer() {
    let (rubric, scenario) = (built_in("gated"), blinded_scenario());
    let together = |number, change| study::Record {
        at: record(9, grade("omission", 0)).at,
        ..record(number, change)
    };
    let records = [
        together(1, Change::Gate { axis: "omission".into(), answer: Some(false) }),
        together(2, grade("omission", 3)),
        together(3, grade("commission", 1)),
        together(4, action(0, "hit")),
        together(5, action(1, "hit")),
        together(6, Change::ResponseClass { class: Some("substantive".into()) }),
        together(7, grade("omission", 2)),
    ];
    assert_eq!(first_answers(&records, &rubric, &scenario).unwrap().grades["omission"], 2);
}

#[test]
fn a_model_in_the_instructions_or_in_a_calibration_item_is_found() {
    let (scenarios, mut responses) = small_study();
    responses.iter_mut().for_each(|response| response.origin.model_id = "aster-9".into());
    let origins = Origins::of(&scenarios, &responses);
    let mut named = item(0);
    named.discussion = "aster-9 always says so.".into();
    named.scenario.commission_risks = vec!["what aster-9 does".into()];
    let instructions = "Answers of aster-9 and others.";
    let calibration = [named];
    let texts = opening_texts(instructions, &calibration);
    let places: Vec<LeakPlace> =
        scan(&texts, &origins).into_iter().map(|leak| leak.place).collect();
    let part = |part| LeakPlace::Calibration { item: 0, part };
    for place in [
        LeakPlace::Instructions {},
        part(CalibrationPart::Scenario),
        part(CalibrationPart::Discussion),
    ] {
        assert!(places.contains(&place), "{place:?} in {places:?}");
    }

    let (_, plain) = small_study();
    let packet = bytes(&opened(instructions, &calibration, &plain)[0]);
    let leaks = scan_packet(&packet, &origins).unwrap();
    assert_eq!(leaks, [], "each is in a text, where the lead author may have accepted it");
}

#[test]
fn masks_in_what_is_read_first_are_in_the_key_and_in_no_packet() {
    let mut items = [item(0), item(1)];
    items[1].scenario.critical_actions[1] = "stay with Zorblax".into();
    items[1].response.text = "I am Zorblax 🩺".into();
    items[1].discussion = "🩺 Zorblax delays.".into();
    let mut instructions = "Zorblax wrote these.".to_owned();
    let leaks = Words::new("zorblax").unwrap().find(&opening_texts(&instructions, &items));
    let decisions = LeakDecisions::new(&mask_all(&leaks, "zorblax", "someone")).unwrap();
    let masked_opening = decisions.mask_opening(&mut instructions, &mut items).unwrap();

    let (scenarios, responses) = small_study();
    let (rubric, names) = (built_in("gated"), raters(&["A", "B"]));
    let responses: Vec<Prepared> = responses.into_iter().map(Prepared::from).collect();
    let study = preparation(&scenarios, &responses, &rubric, &names, 5);
    let read = Preparation { instructions: &instructions, calibration: &items, ..study };
    let unrecorded = blind_study(&read).unwrap();
    let blinded = blind_study(&Preparation { masked_opening: &masked_opening, ..read }).unwrap();

    assert_eq!(blinded.packets, unrecorded.packets, "raters learn nothing of what was masked");
    assert!(blinded.packets.iter().all(|packet| !bytes(packet).contains("Zorblax")));
    assert_eq!(blinded.packets[0].calibration[1].discussion, "🩺 someone delays.");
    let key = blinded.key;
    let found: Vec<(Option<&str>, OpeningPart, u32, u32)> = key
        .masked_opening
        .iter()
        .map(|text| {
            (text.item.as_ref().map(ItemId::as_str), text.part, text.number, text.masks[0].start)
        })
        .collect();
    let second = Some("calibration-2");
    let expected = [
        (None, OpeningPart::Instructions, 0, 0),
        (second, OpeningPart::CriticalAction, 1, 10),
        (second, OpeningPart::Response, 0, 5),
        (second, OpeningPart::Discussion, 0, 2),
    ];
    assert_eq!(found, expected, "texts without a mask are not listed");
    assert_eq!((key.version(), key.is_plain()), (4, false));
    let text = serde_json::to_string(&key).unwrap();
    assert_eq!(serde_json::from_str::<study::Key>(&text).unwrap(), key);

    let mut wrong = key;
    wrong.masked_opening[0].masks[0].end = 0;
    let told = wrong.check().unwrap_err().to_string();
    assert!(told.starts_with("field `masked_opening`: found 0 to 0; expected masks"), "{told}");
}

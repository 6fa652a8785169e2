//! Repeats, masks and designs: what the key holds of them, and that packets do not tell.

use crate::support::{built_in, bytes, preparation, raters, response, scenario, small_study};
use proptest::prelude::*;
use std::collections::BTreeMap;
use study::{
    BlindError, Blinded, Design, ItemId, LeakDecisions, Mask, MaskedPart, Origin, Packet,
    Preparation, Prepared, Response, Scenario, ScenarioPart, Words, blind, blind_study, mask_all,
    texts_read,
};

fn mask(number: u32) -> Mask {
    Mask { start: number, end: number + 3, original: format!("model {number}") }
}

/// Scenarios and responses, many texts alike, some repeated; every origin, mask and probability
/// belongs to one response.
fn studies() -> impl Strategy<Value = (Vec<Scenario>, Vec<Prepared>)> {
    let text = prop_oneof![Just(String::new()), "[a-c]{0,2}"];
    let answer = (0usize..3, text, any::<bool>(), any::<bool>());
    prop::collection::vec(answer, 3..20).prop_map(|answers| {
        let scenarios =
            (0..3).map(|n| scenario(&format!("s{n}"), &format!("question {n}"))).collect();
        let prepared =
            answers.into_iter().zip(0..).map(|((scenario, text, filtered, repeated), n)| {
                let id = format!("s{scenario}");
                let response =
                    Response { filtered, ..response(&id, &format!("model {n}"), n, &text) };
                let inclusion_probability = Some(1.0 / f64::from(n + 1));
                Prepared { response, masks: vec![mask(n)], inclusion_probability, repeated }
            });
        (scenarios, prepared.collect())
    })
}

/// The same texts, with all that is secret dealt out in another order.
fn redealt() -> impl Strategy<Value = (Vec<Scenario>, Vec<Prepared>, Vec<Prepared>)> {
    studies().prop_flat_map(|(scenarios, prepared)| {
        (Just(scenarios), Just(prepared.clone()), Just(prepared).prop_shuffle()).prop_map(
            |(scenarios, prepared, mixed)| {
                let dealt = prepared.iter().zip(&mixed).map(|(to, from)| Prepared {
                    response: Response {
                        origin: Origin {
                            scenario_id: to.response.origin.scenario_id.clone(),
                            ..from.response.origin.clone()
                        },
                        ..to.response.clone()
                    },
                    repeated: to.repeated,
                    ..from.clone()
                });
                let dealt = dealt.collect();
                (scenarios, prepared, dealt)
            },
        )
    })
}

fn designs() -> impl Strategy<Value = Design> {
    prop_oneof![Just(Design::Everyone), (1u32..=3).prop_map(|raters| Design::PerItem { raters })]
}

fn make(scenarios: &[Scenario], prepared: &[Prepared], design: Design, seed: u64) -> Blinded {
    let (rubric, labels) = (built_in("gated"), raters(&["A", "B", "C"]));
    let mut study = preparation(scenarios, prepared, &rubric, &labels, seed);
    study.design = design;
    blind_study(&study).unwrap()
}

fn all_bytes(packets: &[Packet]) -> Vec<String> {
    packets.iter().map(bytes).collect()
}

fn place(packet: &Packet, id: &ItemId) -> Option<usize> {
    packet.items.iter().position(|item| item.id == *id)
}

proptest! {
    #[test]
    fn exchanging_all_that_is_secret_changes_no_byte_of_a_packet(
        (scenarios, prepared, dealt) in redealt(), design in designs(), seed: u64,
    ) {
        let (one, other) = (
            make(&scenarios, &prepared, design, seed),
            make(&scenarios, &dealt, design, seed),
        );
        prop_assert_eq!(all_bytes(&one.packets), all_bytes(&other.packets));
        prop_assert_eq!(one.design, other.design);
    }

    #[test]
    fn the_order_of_the_input_is_forgotten(
        (scenarios, prepared) in studies(), design in designs(), seed: u64,
    ) {
        let mut mirrored = prepared.clone();
        mirrored.reverse();
        prop_assert_eq!(
            make(&scenarios, &prepared, design, seed),
            make(&scenarios, &mirrored, design, seed)
        );
    }

    #[test]
    fn the_key_holds_what_the_packets_do_not(
        (scenarios, prepared) in studies(), design in designs(), seed: u64,
    ) {
        let Blinded { packets, key, .. } = make(&scenarios, &prepared, design, seed);
        prop_assert_eq!(key.check(), Ok(()));
        prop_assert!(!key.is_plain());
        prop_assert_eq!(key.design, design);
        let by_origin: BTreeMap<&Origin, &Prepared> =
            prepared.iter().map(|one| (&one.response.origin, one)).collect();
        let repeats = prepared.iter().filter(|one| one.repeated).count();
        prop_assert_eq!(key.items.len(), prepared.len() + repeats);
        for item in &key.items {
            let one = by_origin[&item.origin];
            prop_assert_eq!(&item.masks, &one.masks);
            prop_assert_eq!(item.inclusion_probability, one.inclusion_probability);
            prop_assert_eq!(item.filtered, Some(one.response.filtered));
            for packet in &packets {
                if let Some(at) = place(packet, &item.item) {
                    prop_assert_eq!(&packet.items[at].response.text, &one.response.text);
                }
            }
        }
    }

    #[test]
    fn a_repeat_comes_at_least_a_third_of_the_packet_later(
        (scenarios, prepared) in studies(), design in designs(), seed: u64,
    ) {
        let Blinded { packets, key, .. } = make(&scenarios, &prepared, design, seed);
        for packet in &packets {
            prop_assert_eq!(packet.check(), Ok(()));
            for item in &key.items {
                let first = item.repeat_of.as_ref().and_then(|first| place(packet, first));
                let again = place(packet, &item.item).filter(|_| item.repeat_of.is_some());
                match (first, again) {
                    (Some(first), Some(again)) => {
                        prop_assert!(again > first, "the repeat is the second to be rated");
                        prop_assert!(3 * (again - first) >= packet.items.len(), "{first} {again}");
                    }
                    neither => prop_assert_eq!(neither, (None, None), "both or neither"),
                }
            }
        }
    }
}

#[test]
fn a_study_without_anything_new_is_made_as_it_always_was() {
    let (scenarios, responses) = small_study();
    let (rubric, labels) = (built_in("gated"), raters(&["A", "B"]));
    let plain = blind("Small study", &scenarios, &responses, &rubric, &labels, 7).unwrap();
    assert!(plain.key.is_plain(), "a program of version 1 reads this key");
    let text = serde_json::to_string(&plain.key).unwrap();
    for field in
        ["repeat_of", "inclusion_probability", "filtered", "mask", "lead", "design", "sampling"]
    {
        assert!(!text.contains(field), "version 1 has no field `{field}`");
    }
    let prepared: Vec<Prepared> = responses.into_iter().map(Prepared::from).collect();
    let mut study = preparation(&scenarios, &prepared, &rubric, &labels, 7);
    study.title = "Small study";
    assert_eq!(blind_study(&study).unwrap().packets, plain.packets);
}

#[test]
fn repeats_stand_anywhere_that_is_far_enough() {
    let scenarios = [scenario("s", "question")];
    let prepared: Vec<Prepared> = (0..12)
        .map(|n| Prepared { repeated: n < 3, ..response("s", "m", n, &format!("text {n}")).into() })
        .collect();
    let (mut firsts, mut seconds) = ([0u32; 15], [0u32; 15]);
    for seed in 0..400 {
        let Blinded { packets, key, .. } = make(&scenarios, &prepared, Design::Everyone, seed);
        for item in &key.items {
            if let Some(first) = &item.repeat_of {
                firsts[place(&packets[0], first).unwrap()] += 1;
                seconds[place(&packets[0], &item.item).unwrap()] += 1;
            }
        }
    }
    assert!(firsts[..8].iter().all(|count| *count > 20), "no telling place: {firsts:?}");
    assert!(seconds[7..].iter().all(|count| *count > 20), "no telling place: {seconds:?}");
}

#[test]
fn the_lead_is_named_in_the_key_alone() {
    let (scenarios, responses) = small_study();
    let prepared: Vec<Prepared> = responses.into_iter().map(Prepared::from).collect();
    let (rubric, labels) = (built_in("gated"), raters(&["A", "B"]));
    let mut study = preparation(&scenarios, &prepared, &rubric, &labels, 7);
    let without = blind_study(&study).unwrap();
    study.lead = Some("B");
    let with = blind_study(&study).unwrap();
    assert_eq!(all_bytes(&with.packets), all_bytes(&without.packets));
    let leads: Vec<bool> = with.key.packets.iter().map(|packet| packet.lead).collect();
    assert_eq!(leads, [false, true]);
    study.lead = Some("C");
    assert_eq!(blind_study(&study).unwrap_err(), BlindError::Lead("C".into()));
}

#[test]
fn a_key_that_contradicts_itself_is_refused_with_the_reason() {
    let scenarios = [scenario("s", "question")];
    let prepared: Vec<Prepared> = (0..4)
        .map(|n| Prepared {
            repeated: n == 0,
            ..response("s", "m", n, &format!("text {n}")).into()
        })
        .collect();
    let good = make(&scenarios, &prepared, Design::Everyone, 5).key;
    let repeat = good.items.iter().position(|item| item.repeat_of.is_some()).unwrap();
    let other = good.items.iter().position(|item| item.origin.rep_id == 1).unwrap();
    let id = good.items[repeat].item.clone();
    let refused = |change: &dyn Fn(&mut study::Key)| {
        let mut key = good.clone();
        change(&mut key);
        key.check().unwrap_err().to_string()
    };
    assert!(
        refused(&|key| key.items[repeat].repeat_of = None)
            .ends_with("s/m/0 twice; expected each item and origin once"),
        "an origin comes twice only where a repeat says so"
    );
    assert_eq!(
        refused(&|key| key.items[repeat].repeat_of = Some(key.items[other].item.clone())),
        format!(
            "item `{id}`, field `repeat_of`: found `{}`; expected an item of the same origin that is no repeat",
            good.items[other].item
        )
    );
    assert_eq!(
        refused(&|key| key.items[repeat].repeat_of = Some(id.clone())),
        format!(
            "item `{id}`, field `repeat_of`: found `{id}`; expected an item of the same origin that is no repeat"
        )
    );
    let id = &good.items[other].item;
    assert_eq!(
        refused(&|key| key.items[other].inclusion_probability = Some(0.0)),
        format!(
            "item `{id}`, field `inclusion_probability`: found 0.0; expected a number from 1e-10 to 1"
        )
    );
    for masks in [vec![Mask { end: 4, ..mask(4) }], vec![mask(4), mask(6)], vec![mask(9), mask(1)]]
    {
        let told = refused(&|key| key.items[other].masks = masks.clone());
        assert!(
            told.contains("field `masks`") && told.contains("in the order of the text"),
            "{told}"
        );
        let part = MaskedPart { part: ScenarioPart::Prompt, number: 0, masks: masks.clone() };
        let told = refused(&|key| key.scenarios[0].masked = vec![part.clone()]);
        assert!(told.starts_with("scenario `s`, field `masked`: found"), "{told}");
    }
}

#[test]
fn masks_in_every_text_of_a_scenario_are_in_the_key_and_in_no_packet() {
    let mut original = scenario("s", "I am Dr Zorblax. What now?");
    original.system_prompt = "You are Zorblax.".into();
    original.reference_answer = "Zorblax says: call.".into();
    original.critical_actions[1].text = "stay with Zorblax".into();
    original.commission_risks = vec!["aspirin".into(), "🩺 Zorblax".into()];
    let answers: Vec<Prepared> = vec![response("s", "m", 0, "Call.").into()];
    let words = Words::new("zorblax").unwrap();
    let leaks = words.find(&texts_read(std::slice::from_ref(&original), &[]));
    let decisions = LeakDecisions::new(&mask_all(&leaks, "zorblax", "someone")).unwrap();
    let mut read = original.clone();
    let masked = decisions.mask_scenario(&mut read).unwrap();
    let masked = BTreeMap::from([("s".to_owned(), masked)]);
    let (rubric, labels, scenarios) = (built_in("gated"), raters(&["A"]), [read]);
    let study =
        Preparation { masked: &masked, ..preparation(&scenarios, &answers, &rubric, &labels, 7) };
    let Blinded { packets, key, .. } = blind_study(&study).unwrap();
    assert!(!bytes(&packets[0]).contains("Zorblax"));
    assert_eq!(packets[0].scenarios[0].commission_risks[1], "🩺 someone");
    let found: Vec<(ScenarioPart, u32, u32)> = key.scenarios[0]
        .masked
        .iter()
        .map(|part| (part.part, part.number, part.masks[0].start))
        .collect();
    let expected = [
        (ScenarioPart::SystemPrompt, 0, 8),
        (ScenarioPart::Prompt, 0, 8),
        (ScenarioPart::ReferenceAnswer, 0, 0),
        (ScenarioPart::CriticalAction, 1, 10),
        (ScenarioPart::CommissionRisk, 1, 2),
    ];
    assert_eq!(found, expected, "texts without a mask are not listed");
    assert!(key.scenarios[0].masked.iter().all(|part| part.masks[0].original == "Zorblax"));
    assert_eq!((key.version(), key.is_plain()), (3, false));
    let text = serde_json::to_string(&key).unwrap();
    assert_eq!(serde_json::from_str::<study::Key>(&text).unwrap(), key);
}

//! Packets hold what a rater may see, the key holds the rest.

use crate::support::{blinded, built_in, bytes, raters, response, scenario, small_study};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use study::{BlindError, Framing, Key, Origin, Packet, Response, Scenario, blind};

/// Scenarios and responses, many texts alike, every response of another model and repetition.
fn studies() -> impl Strategy<Value = (Vec<Scenario>, Vec<Response>)> {
    let text = prop_oneof![Just(String::new()), "[a-c]{0,2}", "\\PC{1,12}"];
    let answer = (0usize..3, text, any::<bool>());
    prop::collection::vec(answer, 1..14).prop_map(|answers| {
        let scenarios =
            (0..3).map(|n| scenario(&format!("s{n}"), &format!("question {}", n % 2))).collect();
        let responses = answers
            .into_iter()
            .zip(0..)
            .map(|((scenario, text, filtered), n)| Response {
                filtered,
                ..response(&format!("s{scenario}"), &format!("model {}", n % 4), n, &text)
            })
            .collect();
        (scenarios, responses)
    })
}

/// The same texts with the models and repetitions dealt out in another order.
fn redealt() -> impl Strategy<Value = (Vec<Scenario>, Vec<Response>, Vec<Response>)> {
    studies().prop_flat_map(|(scenarios, responses)| {
        let order: Vec<usize> = (0..responses.len()).collect();
        (Just(scenarios), Just(responses), Just(order).prop_shuffle()).prop_map(
            |(scenarios, responses, order)| {
                let dealt = responses
                    .iter()
                    .zip(order)
                    .map(|(to, from)| Response {
                        origin: Origin {
                            scenario_id: to.origin.scenario_id.clone(),
                            ..responses[from].origin.clone()
                        },
                        ..to.clone()
                    })
                    .collect();
                (scenarios, responses, dealt)
            },
        )
    })
}

fn make(scenarios: &[Scenario], responses: &[Response], seed: u64) -> (Vec<Packet>, Key) {
    let names = raters(&["A", "B"]);
    let made = blind("Study", scenarios, responses, &built_in("gated"), &names, seed).unwrap();
    (made.packets, made.key)
}

fn all_bytes(packets: &[Packet]) -> Vec<String> {
    packets.iter().map(bytes).collect()
}

fn ids(packet: &Packet) -> BTreeSet<&str> {
    packet.items.iter().map(|item| item.id.as_str()).collect()
}

/// Every key that occurs anywhere in `value`.
fn field_names(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                names.insert(name.clone());
                field_names(value, names);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| field_names(value, names)),
        _ => {}
    }
}

proptest! {
    #[test]
    fn exchanging_origins_changes_no_byte_of_a_packet((scenarios, responses, dealt) in redealt(), seed: u64) {
        let (packets, _) = make(&scenarios, &responses, seed);
        let (again, _) = make(&scenarios, &dealt, seed);
        prop_assert_eq!(all_bytes(&packets), all_bytes(&again));
    }

    #[test]
    fn the_key_leads_every_item_back_to_its_own_response((scenarios, _, dealt) in redealt(), seed: u64) {
        let (packets, key) = make(&scenarios, &dealt, seed);
        let by_origin: BTreeMap<&Origin, &Response> = dealt.iter().map(|r| (&r.origin, r)).collect();
        let names: BTreeMap<&str, &str> =
            key.scenarios.iter().map(|s| (s.id.as_str(), s.scenario_id.as_str())).collect();
        let origins: BTreeMap<_, _> = key.items.iter().map(|item| (&item.item, &item.origin)).collect();
        prop_assert_eq!(origins.len(), dealt.len(), "the key knows every item once");
        for packet in &packets {
            for item in &packet.items {
                let origin = origins[&item.id];
                let response = by_origin[origin];
                prop_assert_eq!(&item.response.text, &response.text);
                prop_assert_eq!(item.response.filtered, response.filtered);
                prop_assert_eq!(names[item.scenario.as_str()], &origin.scenario_id);
            }
        }
    }

    #[test]
    fn the_order_of_the_input_is_forgotten((scenarios, responses) in studies(), seed: u64) {
        let (mut mirrored_scenarios, mut mirrored) = (scenarios.clone(), responses.clone());
        mirrored_scenarios.reverse();
        mirrored.reverse();
        let (packets, key) = make(&scenarios, &responses, seed);
        let (again, key_again) = make(&mirrored_scenarios, &mirrored, seed);
        prop_assert_eq!(all_bytes(&packets), all_bytes(&again));
        prop_assert_eq!(key, key_again);
    }

    #[test]
    fn all_raters_hold_the_same_items((scenarios, responses) in studies(), seed: u64) {
        let (packets, _) = make(&scenarios, &responses, seed);
        prop_assert_eq!(ids(&packets[0]), ids(&packets[1]));
        prop_assert_eq!(&packets[0].scenarios, &packets[1].scenarios);
        prop_assert_eq!(ids(&packets[0]).len(), responses.len(), "identifiers are unique");
    }

    #[test]
    fn every_packet_passes_its_own_check((scenarios, responses) in studies(), seed: u64) {
        for packet in make(&scenarios, &responses, seed).0 {
            prop_assert_eq!(packet.check(), Ok(()));
        }
    }

    #[test]
    fn what_a_rater_never_sees_changes_no_byte(
        (scenarios, responses) in studies(), seed: u64, category in "[a-z]{1,9}", weight in 0.1f64..9.0,
        framing in prop_oneof![Just(None), Just(Some(Framing::Physician))], mark: Option<bool>,
    ) {
        let mut changed = scenarios.clone();
        for scenario in &mut changed {
            scenario.category = category.clone();
            scenario.acuity_weight = weight;
            scenario.framing = framing;
            scenario.pair_id = None;
            scenario.title = category.clone();
            scenario.clinical_basis.clear();
            scenario.review.status = category.clone();
            scenario.critical_actions.iter_mut().for_each(|action| action.safety_colliding = mark);
        }
        prop_assert_eq!(
            all_bytes(&make(&scenarios, &responses, seed).0),
            all_bytes(&make(&changed, &responses, seed).0)
        );
    }

    #[test]
    fn the_same_inputs_and_seed_give_the_same_bytes((scenarios, responses) in studies(), seed: u64) {
        let (packets, key) = make(&scenarios, &responses, seed);
        let (again, key_again) = make(&scenarios, &responses, seed);
        prop_assert_eq!(all_bytes(&packets), all_bytes(&again));
        prop_assert_eq!(serde_json::to_string(&key).unwrap(), serde_json::to_string(&key_again).unwrap());
    }
}

#[test]
fn another_seed_gives_other_identifiers() {
    let (one, other) = (blinded(1), blinded(2));
    assert_ne!(one.key.study, other.key.study, "studies of different seeds are distinguished");
    assert!(
        ids(&one.packets[0]).is_disjoint(&ids(&other.packets[0])),
        "no identifier of one seed occurs under another"
    );
}

#[test]
fn raters_receive_different_orders() {
    let made = blinded(1);
    let order = |packet: &Packet| packet.items.iter().map(|i| i.id.clone()).collect::<Vec<_>>();
    assert_ne!(
        order(&made.packets[0]),
        order(&made.packets[1]),
        "each rater has an order of their own"
    );
    assert_ne!(made.packets[0].packet, made.packets[1].packet, "packets are distinguished by name");
}

#[test]
fn a_rater_added_later_leaves_the_others_packets_as_they_were() {
    let (scenarios, responses) = small_study();
    let make = |names: &[&str]| {
        blind("Small study", &scenarios, &responses, &built_in("gated"), &raters(names), 1).unwrap()
    };
    assert_eq!(make(&["A", "B"]).packets, make(&["A", "B", "C"]).packets[..2]);
}

#[test]
fn a_packet_holds_no_word_of_an_origin() {
    let mut one = scenario("scenarioidtoken", "What now?");
    one.category = "categorytoken".into();
    one.pair_id = Some("pairtoken".into());
    one.title = "titletoken".into();
    one.framing = Some(Framing::InformedLayperson);
    one.acuity_weight = 98_765.5;
    one.clinical_basis = vec!["basistoken".into()];
    one.review.note = "reviewtoken".into();
    let answers = [response(&one.id, "modeltoken", 424_242, "Sit down.")];
    let names = raters(&["A"]);
    let made = blind("Study", &[one], &answers, &built_in("gated"), &names, 13_131_313).unwrap();
    let text = bytes(&made.packets[0]);
    for token in [
        "scenarioidtoken",
        "categorytoken",
        "pairtoken",
        "titletoken",
        "informed_layperson",
        "98765",
        "basistoken",
        "reviewtoken",
        "modeltoken",
        "424242",
        "13131313",
    ] {
        assert!(!text.contains(token), "the packet tells the rater `{token}`");
    }
    let key = serde_json::to_string(&made.key).unwrap();
    for token in [
        "scenarioidtoken",
        "categorytoken",
        "pairtoken",
        "informed_layperson",
        "modeltoken",
        "424242",
        "13131313",
    ] {
        assert!(key.contains(token), "`{token}` is lost: the key must hold it");
    }
}

#[test]
fn a_packet_has_these_fields_and_no_other() {
    let packet = serde_json::to_value(&blinded(1).packets[0]).unwrap();
    let mut found = BTreeSet::new();
    for part in ["study", "title", "packet", "rater", "scenarios", "items"] {
        field_names(&packet[part], &mut found);
    }
    let expected = [
        "commission_risks",
        "critical_actions",
        "filtered",
        "id",
        "prompt",
        "reference_answer",
        "response",
        "scenario",
        "text",
    ];
    assert_eq!(found, BTreeSet::from(expected.map(String::from)), "a new field must be no origin");
    let fields: Vec<&String> = packet.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["study", "title", "packet", "rater", "rubric", "scenarios", "items"]);
}

#[test]
fn scenarios_without_a_response_stay_out() {
    let (scenarios, responses) = small_study();
    let (packets, key) = make(&scenarios, &responses[..4], 1);
    assert_eq!(packets[0].scenarios.len(), 1, "only s1 has responses");
    assert_eq!(key.scenarios[0].scenario_id, "s1");
}

#[test]
fn a_study_that_cannot_be_blinded_is_refused_with_the_reason() {
    let (scenarios, responses) = small_study();
    let rubric = built_in("gated");
    let refused = |scenarios: &[Scenario], responses: &[Response], names: &[&str]| {
        blind("Study", scenarios, responses, &rubric, &raters(names), 1).unwrap_err().to_string()
    };
    assert_eq!(refused(&scenarios, &[], &["A"]), BlindError::NoResponses.to_string());
    assert_eq!(refused(&scenarios, &responses, &[]), "no raters: name at least one");
    for names in [&["A", "A"][..], &["A", " "], &[""]] {
        let last = names[names.len() - 1];
        let expected =
            format!("rater `{last}`: expected names that are not empty and differ from each other");
        assert_eq!(refused(&scenarios, &responses, names), expected);
    }
    let twice = [scenarios.clone(), scenarios[..1].to_vec()].concat();
    assert_eq!(
        refused(&twice, &responses, &["A"]),
        "scenario `s1` occurs twice: expected each once"
    );
    assert_eq!(
        refused(&scenarios[1..], &responses, &["A"]),
        "model `model 0`, repetition 0, field `scenario_id`: found `s1`; expected the id of one of the scenarios given"
    );
    let again = [responses.clone(), responses[..1].to_vec()].concat();
    assert_eq!(
        refused(&scenarios, &again, &["A"]),
        "scenario `s1`, model `model 0`, repetition 0: two responses; expected one"
    );
}

#[test]
fn new_names_for_scenarios_change_no_byte_of_a_packet() {
    let (mut scenarios, mut responses) = small_study();
    let (packets, _) = make(&scenarios, &responses, 7);
    // In the other order of the alphabet, so that an order by name would show.
    let renamed = |id: &str| format!("z{}", 9 - id[1..].parse::<u32>().unwrap());
    scenarios.iter_mut().for_each(|scenario| scenario.id = renamed(&scenario.id));
    responses.iter_mut().for_each(|r| r.origin.scenario_id = renamed(&r.origin.scenario_id));
    let (again, _) = make(&scenarios, &responses, 7);
    assert_eq!(
        all_bytes(&packets),
        all_bytes(&again),
        "names may tell the category; packets do not"
    );
}

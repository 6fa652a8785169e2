//! Draws are the same on every machine and in every release.

use crate::support::{blinded, built_in, raters, response, scenario, small_study};
use proptest::prelude::*;
use std::collections::BTreeSet;
use study::{Packet, Rubric, blind};

/// A rubric of this test's own, so that a new wording elsewhere does not move the order here.
fn tiny() -> Rubric {
    serde_json::from_value(serde_json::json!({
        "format": "primum-rubric/1", "id": "tiny", "version": "1", "title": "Tiny", "source": "",
        "axes": [{
            "id": "tone", "label": "Tone", "short": "T", "question": "?", "gate": null,
            "levels": [
                {"grade": 0, "label": "low", "anchor": "low"},
                {"grade": 1, "label": "high", "anchor": "high"},
            ],
        }],
        "checklist": [], "response_classes": [], "omission_mechanisms": [], "empty_response": {},
        "guidance": [],
    }))
    .unwrap()
}

fn order(packet: &Packet) -> Vec<&str> {
    packet.items.iter().map(|item| item.id.as_str()).collect()
}

/// Should this fail, packets made by an earlier release could not be made again: the draw has
/// changed, and a study that recorded its seed has lost what the seed was for.
#[test]
fn a_fixed_seed_gives_this_order() {
    let (scenarios, responses) = small_study();
    let made =
        blind("Small study", &scenarios, &responses, &tiny(), &raters(&["A", "B"]), 20_260_504)
            .unwrap();
    assert_eq!(made.key.study.as_str(), "cf372bbf28b3");
    assert_eq!(made.packets[0].packet.as_str(), "cf372bbf28b3-d73e7bf8");
    assert_eq!(
        order(&made.packets[0]),
        [
            "yyddw8b", "jr3k6sq", "kqn84nn", "hfss735", "rx823rq", "r9wrydg", "dmqypt6", "ybdbn7t",
            "qrnxsrd", "vdp875x", "gvt9d2r", "gg9q3f3"
        ]
    );
    assert_eq!(
        order(&made.packets[1]),
        [
            "kqn84nn", "gvt9d2r", "dmqypt6", "yyddw8b", "r9wrydg", "ybdbn7t", "qrnxsrd", "vdp875x",
            "jr3k6sq", "hfss735", "gg9q3f3", "rx823rq"
        ]
    );
    let scenarios: Vec<&str> = made.packets[0].scenarios.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(scenarios, ["6hhvqxt", "d54hrmx", "swgwvwc"]);
}

#[test]
fn identifiers_are_seven_letters_that_are_not_misread() {
    for seed in 0..50 {
        let made = blinded(seed);
        let packet = &made.packets[0];
        let scenarios = packet.scenarios.iter().map(|scenario| scenario.id.as_str());
        for id in order(packet).into_iter().chain(scenarios) {
            assert_eq!(id.len(), 7, "{id}");
            assert!(
                id.bytes().all(|letter| b"23456789bcdfghjkmnpqrstvwxyz".contains(&letter)),
                "{id} has a letter that makes words or is misread"
            );
        }
    }
}

#[test]
fn every_place_is_as_likely_for_every_item() {
    let scenarios = [scenario("s", "question")];
    let responses: Vec<_> = (0..4).map(|n| response("s", "m", n, &format!("answer {n}"))).collect();
    let mut counts = [[0u32; 4]; 4];
    for seed in 0..2_000 {
        let made =
            blind("Study", &scenarios, &responses, &built_in("gated"), &raters(&["A"]), seed)
                .unwrap();
        for (place, item) in made.packets[0].items.iter().enumerate() {
            let answer: usize = item.response.text[7..].parse().unwrap();
            counts[answer][place] += 1;
        }
    }
    // 500 expected, standard deviation 19; the seeds are fixed, so this never wavers.
    for count in counts.as_flattened() {
        assert!((400..=600).contains(count), "the order favours some places: {counts:?}");
    }
}

proptest! {
    #[test]
    fn a_shuffle_loses_and_doubles_nothing(count in 1u32..200, seed: u64) {
        let scenarios = [scenario("s", "question")];
        let responses: Vec<_> = (0..count).map(|n| response("s", "m", n, &n.to_string())).collect();
        let rubric = built_in("structured");
        let made =
            blind("Study", &scenarios, &responses, &rubric, &raters(&["A"]), seed).unwrap();
        let texts: BTreeSet<u32> =
            made.packets[0].items.iter().map(|item| item.response.text.parse().unwrap()).collect();
        prop_assert_eq!(made.packets[0].items.len(), count as usize);
        prop_assert!(texts.into_iter().eq(0..count));
    }
}

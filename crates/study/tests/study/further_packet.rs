//! The packet of a rater who is added: the study's items in an order of its own, and no origin.

use crate::support::{built_in, bytes, preparation, raters, response, scenario};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use study::{Blinded, BlindedScenario, Item, ItemId, Packet, Prepared, SharedParts, blind_study};

/// A study of A and B, some of its responses shown twice, written by these models.
fn blinded(models: &[usize], seed: u64) -> Blinded {
    let scenarios = [scenario("s0", "question 0"), scenario("s1", "question 1")];
    let prepared: Vec<Prepared> = (0..12)
        .zip(models)
        .map(|(n, model)| Prepared {
            repeated: n < 3,
            ..response(&format!("s{}", n % 2), &format!("model {model}"), 0, &format!("text {n}"))
                .into()
        })
        .collect();
    let (rubric, labels) = (built_in("gated"), raters(&["A", "B"]));
    let mut study = preparation(&scenarios, &prepared, &rubric, &labels, seed);
    study.instructions = "Read first.";
    blind_study(&study).unwrap()
}

/// A packet like the first of `made`, for `rater`.
fn further(made: &Blinded, rater: &str) -> Packet {
    let like = &made.packets[0];
    let repeats: BTreeMap<&ItemId, &ItemId> = made
        .key
        .items
        .iter()
        .filter_map(|item| Some((&item.item, item.repeat_of.as_ref()?)))
        .collect();
    let items: BTreeMap<&ItemId, (&Item, Option<&ItemId>)> =
        like.items.iter().map(|item| (&item.id, (item, repeats.get(&item.id).copied()))).collect();
    let scenarios: BTreeMap<&str, &BlindedScenario> =
        like.scenarios.iter().map(|known| (known.id.as_str(), known)).collect();
    let shared = SharedParts {
        study: &like.study,
        title: &like.title,
        rubric: &like.rubric,
        instructions: &like.instructions,
        calibration: &like.calibration,
    };
    shared.packet(rater, &scenarios, &items)
}

const MODELS: [usize; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

#[test]
fn it_has_the_same_texts_in_an_order_of_its_own() {
    let made = blinded(&MODELS, 7);
    let [c, d] = ["C", "D"].map(|rater| further(&made, rater));
    let like = &made.packets[0];
    assert_eq!(c.check(), Ok(()));
    assert_eq!(
        c,
        Packet {
            packet: c.packet.clone(),
            rater: "C".into(),
            items: c.items.clone(),
            ..like.clone()
        }
    );
    let sorted = |packet: &Packet| {
        let items = packet.items.iter().map(|item| (item.id.clone(), item.response.clone()));
        items.collect::<BTreeMap<_, _>>()
    };
    assert_eq!(sorted(&c), sorted(like));
    let packets = [&made.packets[0], &made.packets[1], &c, &d];
    let orders: BTreeSet<Vec<&ItemId>> =
        packets.iter().map(|packet| packet.items.iter().map(|item| &item.id).collect()).collect();
    let names: BTreeSet<&str> = packets.iter().map(|packet| packet.packet.as_str()).collect();
    assert_eq!((orders.len(), names.len()), (4, 4), "no two packets are alike");
    assert_eq!(further(&made, "C"), c, "the same again gives the same packet");
    assert_ne!(further(&blinded(&MODELS, 8), "C").packet, c.packet, "another seed, another study");
}

proptest! {
    #[test]
    fn exchanging_the_models_changes_no_byte(
        models in Just(MODELS.to_vec()).prop_shuffle(), seed: u64,
    ) {
        let (one, other) = (blinded(&MODELS, seed), blinded(&models, seed));
        prop_assert_eq!(bytes(&further(&one, "C")), bytes(&further(&other, "C")));
    }

    #[test]
    fn a_repeat_comes_at_least_a_third_of_the_packet_later(seed: u64) {
        let made = blinded(&MODELS, seed);
        let packet = further(&made, "C");
        let place = |id: &ItemId| packet.items.iter().position(|item| item.id == *id).unwrap();
        let repeats = made.key.items.iter().filter_map(|item| Some((&item.item, item.repeat_of.as_ref()?)));
        for (again, first) in repeats {
            prop_assert!(3 * place(again) >= 3 * place(first) + packet.items.len());
        }
    }
}

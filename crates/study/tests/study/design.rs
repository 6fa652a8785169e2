//! Who rates what: even work, even overlap.

use crate::support::{built_in, preparation, raters, response, scenario};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use study::{Blinded, Design, ItemId, Prepared, blind_study};

fn made(
    items: u32,
    repeated: u32,
    names: u32,
    per_item: u32,
    seed: u64,
) -> Result<Blinded, String> {
    let responses: Vec<Prepared> = (0..items)
        .map(|n| Prepared {
            repeated: n < repeated,
            ..response("s", "m", n, &format!("answer {n}")).into()
        })
        .collect();
    let labels: Vec<String> = (0..names).map(|n| format!("rater {n}")).collect();
    let (scenarios, rubric) = ([scenario("s", "question")], built_in("gated"));
    let mut study = preparation(&scenarios, &responses, &rubric, &labels, seed);
    study.design = Design::PerItem { raters: per_item };
    blind_study(&study).map_err(|why| why.to_string())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn each_item_has_its_raters_and_work_is_even(
        items in 1u32..60, names in 1u32..9, part in 0.0f64..1.0, seed: u64,
    ) {
        let per_item = 1 + (part * f64::from(names)) as u32;
        prop_assume!(items * per_item >= names);
        let made = made(items, 0, names, per_item, seed).unwrap();
        let mut raters_of: BTreeMap<&ItemId, u32> = BTreeMap::new();
        for packet in &made.packets {
            prop_assert_eq!(packet.check(), Ok(()));
            packet.items.iter().for_each(|item| *raters_of.entry(&item.id).or_default() += 1);
        }
        prop_assert_eq!(raters_of.len() as u32, items);
        prop_assert!(raters_of.values().all(|raters| *raters == per_item));
        let loads: Vec<u32> = made.design.loads.iter().map(|load| load.items).collect();
        prop_assert!(loads.iter().max().unwrap() - loads.iter().min().unwrap() <= 1, "{loads:?}");
        for (load, packet) in made.design.loads.iter().zip(&made.packets) {
            prop_assert_eq!((&load.rater, load.items as usize), (&packet.rater, packet.items.len()));
        }
        let pairs = names * (names - 1) / 2;
        prop_assert_eq!(made.design.overlaps.len() as u32, pairs);
        let shared: Vec<u32> = made.design.overlaps.iter().map(|overlap| overlap.responses).collect();
        prop_assert_eq!(shared.iter().sum::<u32>(), items * per_item * (per_item - 1) / 2);
        let spread = shared.iter().max().unwrap_or(&0) - shared.iter().min().unwrap_or(&0);
        // Two raters per item can always be spread evenly. Larger blocks cannot, few of them least of
        // all: six blocks of six among eight raters leave a spread of three or so.
        let most = if per_item == 2 { 1 } else { 3 };
        prop_assert!(spread <= most, "{shared:?}");
    }

    #[test]
    fn a_rater_gets_an_item_and_its_repeat_or_neither(
        repeated in 0u32..12, names in 2u32..6, seed: u64,
    ) {
        let made = made(40, repeated, names, 2, seed).unwrap();
        let held = |packet: usize| -> BTreeSet<&ItemId> {
            made.packets[packet].items.iter().map(|item| &item.id).collect()
        };
        let mut repeats = vec![0; names as usize];
        for item in &made.key.items {
            for (packet, repeats) in repeats.iter_mut().enumerate() {
                if let Some(first) = &item.repeat_of {
                    prop_assert_eq!(held(packet).contains(&item.item), held(packet).contains(first));
                    *repeats += u32::from(held(packet).contains(first));
                }
            }
        }
        let reported: Vec<u32> = made.design.loads.iter().map(|load| load.repeats).collect();
        prop_assert_eq!(reported, repeats);
        let loads: Vec<u32> = made.design.loads.iter().map(|load| load.items).collect();
        prop_assert!(loads.iter().max().unwrap() - loads.iter().min().unwrap() <= 1, "{loads:?}");
    }
}

#[test]
fn a_balanced_block_design_comes_out_where_there_is_one() {
    // 7 raters in threes over 7 items is Fano's plane; 60 items over 4 raters in pairs are 10 each.
    let made = made(60, 0, 4, 2, 1).unwrap();
    assert!(
        made.design.overlaps.iter().all(|overlap| overlap.responses == 10),
        "{:?}",
        made.design
    );
    assert!(made.design.loads.iter().all(|load| load.items == 30));
}

#[test]
fn a_design_that_cannot_be_is_refused() {
    let told = |items, names, per_item| made(items, 0, names, per_item, 1).unwrap_err();
    for per_item in [0, 4] {
        assert_eq!(
            told(9, 3, per_item),
            format!(
                "field `design.raters`: found {per_item}; expected a number from 1 to 3, the number of raters"
            )
        );
    }
    let told = told(1, 2, 1);
    assert!(told.starts_with("rater `rater ") && told.contains("would receive no item"), "{told}");
}

#[test]
fn a_rater_holds_only_the_scenarios_of_their_items() {
    let scenarios = ["s1", "s2"].map(|id| scenario(id, &format!("question {id}")));
    let responses: Vec<Prepared> =
        ["s1", "s2"].map(|id| response(id, "m", 0, "answer").into()).to_vec();
    let (rubric, labels) = (built_in("gated"), raters(&["A", "B"]));
    let mut study = preparation(&scenarios, &responses, &rubric, &labels, 3);
    study.design = Design::PerItem { raters: 1 };
    for packet in blind_study(&study).unwrap().packets {
        assert_eq!((packet.items.len(), packet.scenarios.len()), (1, 1));
        assert_eq!(packet.check(), Ok(()));
    }
}

#[test]
fn a_design_is_written_and_read() {
    for (design, text) in [
        (Design::Everyone, r#"{"kind":"everyone"}"#),
        (Design::PerItem { raters: 2 }, r#"{"kind":"per_item","raters":2}"#),
    ] {
        assert_eq!(serde_json::to_string(&design).unwrap(), text);
        assert_eq!(serde_json::from_str::<Design>(text).unwrap(), design);
    }
}

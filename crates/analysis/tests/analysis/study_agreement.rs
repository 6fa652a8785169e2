//! Agreement of all of a study.

use crate::support::{formula, graded, rater};
use analysis::{
    AgreementReport, RatedPacket, RatedStudy, StratifiedBy, StudyAgreement, study_agreement,
};
use std::collections::BTreeMap;
use study::{
    Design, Digest, Grade, ItemDesign, ItemId, Key, KeyItem, Origin, RaterScores, Score, StudyId,
};

/// A rater with a place for every item, as ratings have.
fn placed(mut scores: RaterScores) -> RaterScores {
    let scenario = |item: &str| format!("s{item}");
    let design = |item: &str| {
        (item.to_owned(), ItemDesign { scenario: scenario(item), ..ItemDesign::default() })
    };
    scores.designs = scores.items.names().map(design).collect();
    scores
}

fn names(names: &[&str]) -> Vec<ItemId> {
    names.iter().copied().map(ItemId::new).collect()
}

fn measure(
    raters: &[(Vec<ItemId>, Option<RaterScores>)],
    repeats: &[(&str, &str)],
) -> StudyAgreement {
    study_agreement(&rated(raters, repeats, None), formula()).unwrap()
}

fn rated<'a>(
    raters: &'a [(Vec<ItemId>, Option<RaterScores>)],
    repeats: &[(&'a str, &'a str)],
    key: Option<&'a Key>,
) -> RatedStudy<'a> {
    let packet = |(order, scores): &'a (Vec<ItemId>, Option<RaterScores>)| RatedPacket {
        order: order.iter().collect(),
        scores: scores.clone(),
    };
    RatedStudy {
        packets: raters.iter().map(packet).collect(),
        repeats: repeats.iter().copied().collect(),
        key,
    }
}

fn between(report: &AgreementReport) -> (&str, &str, u64) {
    (&report.first, &report.second, report.axes["tone"].shared)
}

#[test]
fn raters_are_compared_where_they_share_items_and_all_together_from_three_on() {
    let order = names(&["0", "1", "2"]);
    let of = |name, grades: &[Grade]| (order.clone(), Some(graded(name, grades)));
    let two = [of("A", &[0, 1, 2]), (order.clone(), None), of("B", &[0, 1, 1])];
    let found = measure(&two, &[]);
    assert_eq!(found.pairs.iter().map(between).collect::<Vec<_>>(), [("A", "B", 3)]);
    assert!(found.panel.is_none(), "a rater of whom nothing came is none of them");
    let alone = (names(&["x"]), Some(rater("D", &[("x", Score::Grade(1))])));
    let three = [of("A", &[0, 1, 2]), of("B", &[0, 1, 1]), of("C", &[2, 1, 1]), alone];
    let found = measure(&three, &[]);
    let pairs: Vec<_> = found.pairs.iter().map(between).collect();
    assert_eq!(pairs, [("A", "B", 3), ("A", "C", 3), ("B", "C", 3)]);
    assert_eq!(found.panel.unwrap().raters, ["A", "B", "C", "D"]);
}

#[test]
fn second_ratings_serve_agreement_of_a_rater_with_themselves_alone() {
    let grade = |grade| Score::Grade(grade);
    let items = [("0", grade(0)), ("1", grade(1)), ("r", grade(2))];
    let order = names(&["0", "1", "r"]);
    let raters = ["A", "B"].map(|name| (order.clone(), Some(placed(rater(name, &items)))));
    let found = measure(&raters, &[("r", "1"), ("q", "0")]);
    assert_eq!(found.pairs.iter().map(between).collect::<Vec<_>>(), [("A", "B", 2)]);
    let repeats: Vec<_> =
        found.repeats.iter().map(|one| (one.rater.as_str(), between(&one.report))).collect();
    assert_eq!(
        repeats,
        [
            ("A", ("A, first time", "A, second time", 1)),
            ("B", ("B, first time", "B, second time", 1)),
        ]
    );
    let table = &found.repeats[0].report.axes["tone"].measures.table;
    assert_eq!(table[1], [0.0, 0.0, 1.0], "first 1, then 2");
    assert!(measure(&raters, &[]).repeats.is_empty(), "nothing was shown twice");
}

/// How many items of each period the two raters share.
fn periods(orders: [&[&str]; 2]) -> Vec<(String, u64)> {
    let items: Vec<(&str, Score)> = orders[0].iter().map(|item| (*item, Score::Grade(1))).collect();
    let raters = [("A", orders[0]), ("B", orders[1])]
        .map(|(name, order)| (names(order), Some(placed(rater(name, &items)))));
    let found = measure(&raters, &[]);
    let strata = found.pairs[0].strata.iter().find(|one| one.by == StratifiedBy::Period).unwrap();
    strata.strata.iter().map(|(name, measures)| (name.clone(), measures.n)).collect()
}

#[test]
fn a_study_has_an_early_a_middle_and_a_late_third() {
    let expected = |counts: [u64; 3]| {
        let names = ["1, early", "2, middle", "3, late"].map(String::from);
        names.into_iter().zip(counts).collect::<Vec<_>>()
    };
    let order = ["a", "b", "c", "d", "e", "f", "g"];
    assert_eq!(periods([&order, &order]), expected([3, 2, 2]));
    let mut turned = order;
    turned.reverse();
    assert_eq!(periods([&order, &turned]), expected([3, 2, 2]), "all in the middle: by name");
}

#[test]
fn once_the_key_is_open_items_are_divided_by_model() {
    let item = |name: &str, model: &str| KeyItem {
        item: ItemId::new(name),
        origin: Origin { scenario_id: name.into(), model_id: model.into(), rep_id: 0 },
        repeat_of: None,
        inclusion_probability: None,
        filtered: None,
        masks: Vec::new(),
    };
    let key = Key {
        study: StudyId::new("s"),
        seed: 1,
        rubric: Digest::of(&"R"),
        packets: Vec::new(),
        scenarios: Vec::new(),
        items: vec![item("0", "m"), item("1", "n"), item("2", "m")],
        design: Design::Everyone,
        sampling: None,
        masked_opening: Vec::new(),
    };
    let order = names(&["0", "1", "2"]);
    let raters = ["A", "B"].map(|name| (order.clone(), Some(placed(graded(name, &[0, 1, 2])))));
    let by_model = |key| {
        let found = study_agreement(&rated(&raters, &[], key), formula()).unwrap();
        let by = |one: &&analysis::Strata| one.by == StratifiedBy::Model;
        let strata = found.pairs[0].strata.iter().find(by)?;
        let count =
            |(name, measures): (&String, &analysis::PairMeasures)| (name.clone(), measures.n);
        Some(strata.strata.iter().map(count).collect::<BTreeMap<_, _>>())
    };
    assert_eq!(by_model(None), None, "a sealed key tells no model");
    let expected = BTreeMap::from([("m".to_owned(), 2), ("n".to_owned(), 1)]);
    assert_eq!(by_model(Some(&key)), Some(expected));
}

//! One rater's scores, whatever file they came in.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::collections::BTreeMap;
use study::{Exclusion, Origin, RaterScores, RubricClaim, Score};
use support::blinded;

fn scores(items: &[&str]) -> RaterScores {
    let graded = BTreeMap::from([("omission".to_owned(), Score::Grade(2))]);
    RaterScores {
        rater: "A".into(),
        study: None,
        rubric: RubricClaim::Unstated,
        scales: Vec::new(),
        items: items.iter().map(|item| ((*item).to_owned(), graded.clone())).collect(),
    }
}

#[test]
fn what_is_not_there_was_not_rated() {
    let scores = scores(&["x"]);
    assert_eq!(scores.score("x", "omission"), Score::Grade(2));
    assert_eq!(scores.score("x", "commission"), Score::Excluded(Exclusion::NotRated));
    assert_eq!(scores.score("y", "omission"), Score::Excluded(Exclusion::NotRated));
}

#[test]
fn the_key_gives_every_item_its_origin_as_name_and_leaves_others_alone() {
    let key = blinded(1).key;
    let item = &key.items[3];
    let unblinded = scores(&[item.item.as_str(), "unknown"]).unblinded(&key);
    let names: Vec<&String> = unblinded.items.keys().collect();
    assert_eq!(names, [&item.origin.item_name(), "unknown"].map(|name| name), "{names:?}");
    assert_eq!(unblinded.score(&item.origin.item_name(), "omission"), Score::Grade(2));
}

#[test]
fn an_origin_is_named_by_scenario_model_and_repetition() {
    let origin = Origin { scenario_id: "s".into(), model_id: "m".into(), rep_id: 7 };
    assert_eq!(origin.item_name(), "s/m/7");
}

#[test]
fn exclusions_are_spelled_alike_in_files_and_in_words() {
    for (reason, name, words) in [
        (Exclusion::ParseFailure, "parse_failure", "parse failure"),
        (Exclusion::Abstained, "abstained", "abstained"),
        (Exclusion::NotRated, "not_rated", "not rated"),
    ] {
        assert_eq!(serde_json::to_value(reason).unwrap(), name);
        assert_eq!(reason.to_string(), words);
    }
}

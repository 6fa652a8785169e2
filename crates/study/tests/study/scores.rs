//! One rater's scores, whatever file they came in.

use crate::support::blinded;
use std::collections::BTreeMap;
use study::{
    Exclusion, GradeNames, ItemDesign, ItemId, KeyItem, Observation, Origin, RaterScores,
    RubricClaim, Scale, Score, ScoredResponses,
};

fn scores(items: &[&str]) -> RaterScores {
    RaterScores {
        rater: "A".into(),
        study: None,
        rubric: RubricClaim::Unstated,
        scales: Vec::new(),
        items: items.iter().map(|item| (*item, [("omission", Score::Grade(2))])).collect(),
        ..RaterScores::default()
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
    let names: Vec<&str> = unblinded.items.names().collect();
    assert_eq!(names, [&*item.origin.item_name(), "unknown"]);
    assert_eq!(unblinded.score(&item.origin.item_name(), "omission"), Score::Grade(2));
}

#[test]
fn a_response_shown_twice_counts_once() {
    let mut key = blinded(1).key;
    let first = key.items[3].clone();
    let again = KeyItem {
        item: ItemId::new("again"),
        repeat_of: Some(first.item.clone()),
        ..first.clone()
    };
    key.items.push(again);
    assert_eq!(key.check(), Ok(()));
    let mut otherwise = key.clone();
    otherwise.items[3].inclusion_probability = Some(0.5);
    otherwise.items.last_mut().unwrap().inclusion_probability = Some(0.25);
    let error = otherwise.check().unwrap_err().to_string();
    assert!(error.contains("found 0.25; expected 0.5"), "{error}");
    let mut twice = scores(&[first.item.as_str(), "again"]);
    twice.checklist.items.insert("again".into(), vec![Some(0)]);
    let unblinded = twice.clone().unblinded(&key);
    assert_eq!(unblinded.items.names().collect::<Vec<_>>(), [first.origin.item_name()]);
    assert_eq!(unblinded.designs.len(), 1);
    assert!(unblinded.checklist.items.is_empty());
    let noted = ["again"].map(|item| (item.to_owned(), Observation::default())).into();
    let responses = ScoredResponses { scores: twice, observations: noted, ..Default::default() };
    assert!(responses.unblinded(&key).observations.is_empty());
}

#[test]
fn the_key_tells_where_each_item_stands_also_to_scores_that_name_their_scenario() {
    let mut key = blinded(1).key;
    key.items[3].inclusion_probability = Some(0.25);
    let item = &key.items[3];
    let scenario =
        key.scenarios.iter().find(|known| known.scenario_id == item.origin.scenario_id).unwrap();
    let known = ItemDesign {
        scenario: scenario.scenario_id.clone(),
        model: Some(item.origin.model_id.clone()),
        rep: Some(item.origin.rep_id),
        category: Some(scenario.category.clone()),
        framing: scenario.framing,
        pair: scenario.pair_id.clone(),
        period: None,
        inclusion_probability: Some(0.25),
    };
    let name = item.origin.item_name();

    let mut ratings = scores(&[item.item.as_str()]);
    let design = ItemDesign { scenario: scenario.id.clone(), ..ItemDesign::default() };
    ratings.designs.insert(item.item.to_string(), design);
    ratings.checklist.items.insert(item.item.to_string(), vec![Some(0)]);
    let ratings = ratings.unblinded(&key);
    assert_eq!(ratings.designs, BTreeMap::from([(name.clone(), known.clone())]));
    assert_eq!(scores(&[item.item.as_str()]).unblinded(&key).designs, ratings.designs);
    assert_eq!(ratings.checklist.items, BTreeMap::from([(name.clone(), vec![Some(0)])]));

    let mut judge = scores(&[&name]);
    let scenario = known.scenario.clone();
    let design = ItemDesign { scenario, model: known.model.clone(), ..ItemDesign::default() };
    judge.designs.insert(name.clone(), design);
    assert_eq!(judge.unblinded(&key).designs, BTreeMap::from([(name, known)]));
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

#[test]
fn an_item_name_tells_its_origin_whatever_signs_the_names_hold() {
    for (scenario_id, model_id, rep_id) in
        [("steroid-lay", "aster", 0), ("a/b", "vendor/model\\x", 3), ("", "\\/", 7)]
    {
        let origin = Origin { scenario_id: scenario_id.into(), model_id: model_id.into(), rep_id };
        assert_eq!(Origin::of_item_name(&origin.item_name()), Some(origin));
    }
    for other in ["i7qk2m", "a/b", "a/b/c", "a/b/0/0", "a/b/-1", "a/b/0\\"] {
        assert_eq!(Origin::of_item_name(other), None, "{other}");
    }
}

/// Of decimals the difference has no more digits than were written.
#[test]
fn what_grades_that_fall_count_as_is_as_short_as_they_are_written() {
    let values = |names: &[&str]| {
        let grades = (0..).take(names.len()).collect();
        let own = names.iter().map(|name| (*name).to_owned()).collect();
        let names = GradeNames::Own(own);
        Scale { axis: "a".into(), label: "a".into(), grades, names }.values()
    };
    assert_eq!(values(&["0.4", "0.3", "0.2", "0.1"]), [0.0, 0.1, 0.2, 0.3]);
    assert_eq!(values(&["1", "0.7", "5e-1", "0.25"]), [0.0, 0.3, 0.5, 0.75]);
    assert_eq!(values(&["2e2", "1e2", "1e-7"]), [0.0, 100.0, 200.0 - 1e-7]);
    assert_eq!(values(&["0.1", "0.2"]), [0.1, 0.2]);
}

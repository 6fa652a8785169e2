//! Agreement on critical actions.

use crate::support::{formula, graded};
use analysis::{ActionAgreement, compare};
use std::collections::BTreeMap;
use study::{Checklist, ItemDesign, RaterScores};

const MISS: Option<usize> = Some(0);
const PARTIAL: Option<usize> = Some(1);
const HIT: Option<usize> = Some(2);

fn checked(name: &str, items: &[&[Option<usize>]]) -> RaterScores {
    let mut scores = graded(name, &vec![0; items.len()]);
    let codes = ["miss", "partial", "hit"].map(String::from).to_vec();
    let graded = items.iter().enumerate().map(|(item, grades)| (item.to_string(), grades.to_vec()));
    scores.checklist = Checklist { codes, items: BTreeMap::from_iter(graded) };
    for item in 0..items.len() {
        let design = ItemDesign { scenario: format!("s{}", item / 2), ..ItemDesign::default() };
        scores.designs.insert(item.to_string(), design);
    }
    scores
}

fn actions(first: &RaterScores, second: &RaterScores) -> Option<ActionAgreement> {
    compare(first, second, false, formula()).unwrap().actions
}

#[test]
fn every_action_of_every_item_counts_and_is_found_by_scenario() {
    let first = checked("A", &[&[HIT, MISS], &[HIT, PARTIAL], &[HIT, None]]);
    let second = checked("B", &[&[HIT, PARTIAL], &[HIT, PARTIAL], &[MISS, HIT]]);
    let found = actions(&first, &second).unwrap();
    assert_eq!(found.codes, ["miss", "partial", "hit"]);
    assert_eq!(found.all.table, [[0.0, 1.0, 0.0], [0.0, 1.0, 0.0], [1.0, 0.0, 2.0]]);
    assert_eq!((found.all.n, found.not_graded, found.other_length), (5, 1, 0));
    let named: Vec<_> = found
        .actions
        .iter()
        .map(|one| (one.scenario.as_str(), one.action, one.n, one.exact.0.estimate().unwrap()))
        .collect();
    let expected = [("s1", 0, 1, 0.0), ("s0", 1, 2, 0.5), ("s0", 0, 2, 1.0)];
    assert_eq!(named, expected, "the least agreement first");
}

#[test]
fn checklists_of_different_length_do_not_count() {
    let first = checked("A", &[&[HIT, MISS], &[HIT, HIT]]);
    let second = checked("B", &[&[HIT, MISS, HIT], &[HIT, HIT]]);
    let found = actions(&first, &second).unwrap();
    assert_eq!((found.all.n, found.other_length), (2, 1));
}

#[test]
fn where_one_rater_graded_no_action_there_is_nothing_to_compare() {
    assert_eq!(actions(&checked("A", &[&[HIT]]), &graded("B", &[0])), None);
    let mut other_codes = checked("B", &[&[HIT]]);
    other_codes.checklist.codes = vec!["no".into(), "yes".into(), "very".into()];
    assert_eq!(actions(&checked("A", &[&[HIT]]), &other_codes), None);
}

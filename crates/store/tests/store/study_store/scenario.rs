//! The table `scenario`.

use crate::study_store::stored_study::{StoredStudy, blinded, create};

#[test]
fn scenarios_come_back_each_once() {
    let stored = StoredStudy::new().reopened();
    assert_eq!(stored.store().scenarios().unwrap(), stored.made.packets[0].scenarios);
    assert_eq!(stored.store().scenarios().unwrap(), stored.made.packets[1].scenarios);
}

#[test]
fn packets_that_show_one_scenario_differently_make_no_study() {
    let folder = tempfile::tempdir().unwrap();
    let mut made = blinded();
    made.packets[1].scenarios[0].prompt = "Another question?".into();
    let id = made.packets[1].scenarios[0].id.clone();
    let error = create(&folder.path().join("s.primum-study"), &made).unwrap_err();
    assert_eq!(error.to_string(), format!("refused: scenario `{id}` differs between packets"));
}

#[test]
fn a_scenario_is_not_changed_removed_or_replaced() {
    StoredStudy::new().keeps("scenario", "body", "a scenario");
}

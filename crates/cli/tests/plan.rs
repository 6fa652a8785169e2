//! `primum plan`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::fs;
use support::{fails, primum, succeeds};

/// Kappa 5/11 with quadratic weights and standard error 0.0664537 at n = 200: a table attributed to
/// J. Cohen (1960), *Educational and Psychological Measurement* 20:37–46, its standard error by
/// Fleiss, Cohen and Everitt (1969).
const TABLE: &str =
    r#"{"categories": [0, 1, 2], "table": [[88, 14, 18], [10, 40, 10], [2, 6, 12]]}"#;

fn plan(arguments: &[&str]) -> support::Run {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pilot.json"), TABLE).unwrap();
    primum(folder.path(), &[&["plan", "pilot.json"], arguments].concat())
}

#[test]
fn items_for_a_wanted_interval_follow_the_formula() {
    // n = 200 (z 0.0664537 / 0.1)² with z = 1.959964, rounded up; computed apart in Python 3.11.
    let said = succeeds(plan(&["--half-width", "0.1"])).out;
    assert!(said.starts_with("340 items rated by both raters\n"), "{said}");
    assert!(said.contains("expected kappa 0.455, standard error 0.051"), "{said}");
    let twice = succeeds(plan(&["--half-width", "0.1", "--design-effect", "2"])).out;
    assert!(twice.starts_with("679 items"), "twice as many but for rounding: {twice}");
}

#[test]
fn items_for_a_wanted_power_follow_the_formula() {
    // n = 200 ((z + 0.841621) 0.0664537 / (5/11 - 0.2))², rounded up.
    let said = succeeds(plan(&["--null", "0.2", "--power", "0.8"])).out;
    assert!(said.starts_with("107 items"), "{said}");
}

#[test]
fn a_goal_that_cannot_be_is_refused_with_the_reason() {
    let reason = fails(plan(&["--null", "0.9"]));
    assert!(reason.contains("pilot.json"), "{reason}");
    let reason = fails(plan(&["--half-width", "0"]));
    assert!(reason.contains("half-width"), "{reason}");
}

//! Plans: what the command adds to the engine's own tests, and that it can be watched and cancelled.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use agreement::{ContingencyTable, Distance, RatingMatrix, krippendorff_alpha};
use commands::{Failure, Step, Watch, call};
use serde_json::{Value, json};
use std::fs;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use support::{desk, window};

/// Kappa 5/11 with quadratic weights and standard error 0.0664537 at n = 200: a table attributed to
/// J. Cohen (1960), *Educational and Psychological Measurement* 20:37–46, its standard error by
/// Fleiss, Cohen and Everitt (1969).
const PILOT: &str =
    r#"{"categories": [0, 1, 2], "table": [[88, 14, 18], [10, 40, 10], [2, 6, 12]]}"#;

fn kappa() -> Value {
    json!({ "kind": "kappa", "weights": "quadratic" })
}

fn harm(agreement: Value, disagreements: &str) -> Value {
    let shares = [0.45, 0.25, 0.15, 0.10, 0.05];
    json!({
        "kind": "shares", "shares": shares, "agreement": agreement, "disagreements": disagreements
    })
}

fn coefficient(value: f64) -> Value {
    json!({ "kind": "coefficient", "value": value })
}

fn half_width(width: f64) -> Value {
    json!({ "kind": "half_width", "width": width })
}

fn plan(arguments: Value) -> Value {
    let (_folder, mut window) = window();
    window.call("plan_items", arguments)
}

fn refused(arguments: Value) -> String {
    let (_folder, mut window) = window();
    let failure = window.fail("plan_items", arguments);
    assert_eq!(failure["kind"], "refused", "{failure}");
    failure["message"].as_str().unwrap().to_owned()
}

#[track_caller]
fn close(found: &Value, expected: f64, tolerance: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{found} is no number"));
    assert!((found - expected).abs() <= tolerance, "found {found}, expected {expected}");
}

/// All weighted kappas are λ, the variance is that of Fleiss, Cohen and Everitt (1969) for the
/// mixture, and the number follows; computed apart in Python 3.11: 161.4.
#[test]
fn shares_and_kappa_give_the_items() {
    let planned = plan(json!({
        "coefficient": kappa(),
        "expected": harm(coefficient(0.6), "anywhere"),
        "goal": half_width(0.15),
    }));
    assert_eq!(planned["items"], 162);
    assert_eq!((&planned["power"], &planned["clusters"]), (&Value::Null, &Value::Null));
    assert_eq!(planned["method"], "formula");
    close(&planned["expected"], 0.6, 1e-6);
    // 0.6 + 0.4 Σ p² = 0.6 + 0.4 · 0.3.
    close(&planned["exact"], 0.72, 1e-6);
    close(&planned["table"][0][1], 0.4 * 0.45 * 0.25, 1e-6);
    let sentence = planned["sentence"].as_str().unwrap();
    for part in [
        "quadratically weighted kappa",
        "±0.15, 162 items",
        "kappa is 0.60",
        "on 72 % of items",
        "45, 25, 15, 10 and 5 %",
        "as far apart as by chance",
        "Fleiss, Cohen and Everitt 1969",
    ] {
        assert!(sentence.contains(part), "{part}: {sentence}");
    }
    assert!(!sentence.contains("scenario"), "{sentence}");
    let curve = planned["curve"].as_array().unwrap();
    assert!(curve.iter().any(|point| point["items"] == 162));
    let width = |point: &Value| point["half_width"].as_f64().unwrap();
    assert!(curve.windows(2).all(|pair| width(&pair[0]) > width(&pair[1])));
}

#[test]
fn scenarios_with_several_responses_need_more() {
    let ask = |clusters: Value| {
        plan(json!({
            "coefficient": kappa(),
            "expected": harm(coefficient(0.6), "near"),
            "goal": half_width(0.15),
            "clusters": clusters,
        }))
    };
    let apart = ask(json!({ "kind": "independent" }));
    let scenarios = ask(json!({ "kind": "scenarios", "items": 4, "correlation": 0.1 }));
    let effect = ask(json!({ "kind": "design_effect", "value": 1.3 }));
    close(&scenarios["design_effect"], 1.3, 1e-12);
    close(&scenarios["items"], 1.3 * apart["items"].as_f64().unwrap(), 2.0);
    assert_eq!(scenarios["items"], effect["items"]);
    let number = scenarios["items"].as_u64().unwrap().div_ceil(4);
    assert_eq!(scenarios["clusters"], number);
    let sentence = scenarios["sentence"].as_str().unwrap();
    assert!(sentence.contains("4 items to a scenario"), "{sentence}");
    assert!(sentence.contains(&format!("{number} scenarios")), "{sentence}");
    let sentence = effect["sentence"].as_str().unwrap();
    assert!(sentence.contains("a design effect of 1.30"), "{sentence}");
}

/// The reverse question, for each coefficient by simulation.
#[test]
fn what_a_number_of_items_will_show() {
    for (coefficient, name) in [
        (json!({ "kind": "ac2", "weights": "quadratic" }), "Gwet’s AC2 with quadratic weights"),
        (json!({ "kind": "ac2", "weights": "unweighted" }), "Gwet’s AC1"),
        (json!({ "kind": "alpha", "distance": "ordinal" }), "Krippendorff’s alpha (ordinal)"),
    ] {
        let shown = plan(json!({
            "coefficient": coefficient,
            "expected": harm(json!({ "kind": "exact", "value": 0.6 }), "anywhere"),
            "goal": { "kind": "items", "items": 120, "null": 0.2 },
            "seed": 7,
        }));
        assert_eq!((&shown["items"], &shown["method"]), (&json!(120), &json!("simulation")));
        close(&shown["exact"], 0.6, 1e-6);
        let (width, se) = (shown["half_width"].as_f64().unwrap(), shown["se"].as_f64().unwrap());
        assert!((width / se - 1.959_963_985).abs() < 1e-6);
        assert!(shown["power"].as_f64().unwrap() > 0.5);
        let sentence = shown["sentence"].as_str().unwrap();
        for part in
            ["120 items rated by both", name, "exceeds 0.20", "10 thousand samples (seed 7)"]
        {
            assert!(sentence.contains(part), "{part}: {sentence}");
        }
    }
}

#[test]
fn simulation_and_formula_agree_on_kappa() {
    let ask = |method: &str| {
        plan(json!({
            "coefficient": kappa(),
            "expected": harm(coefficient(0.5), "near"),
            "goal": { "kind": "power", "null": 0.35, "power": 0.8 },
            "method": method,
        }))
    };
    let (formula, simulation) = (ask("formula"), ask("simulation"));
    let ratio = simulation["items"].as_f64().unwrap() / formula["items"].as_f64().unwrap();
    assert!((ratio - 1.0).abs() < 0.06, "{ratio}");
    close(&simulation["power"], 0.8, 0.01);
    assert!(formula["sentence"].as_str().unwrap().contains("a power of 80 %"));
}

#[test]
fn a_pilot_gives_the_items() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pilot.json");
    fs::write(&file, PILOT).unwrap();
    let ask = |coefficient: Value| {
        json!({
            "coefficient": coefficient,
            "expected": { "kind": "pilot", "file": file },
            "goal": half_width(0.1),
        })
    };
    // n = 200 (z 0.0664537 / 0.1)² with z = 1.959964, rounded up.
    let planned = plan(ask(kappa()));
    assert_eq!(planned["items"], 340);
    assert!(planned["sentence"].as_str().unwrap().contains("as in the pilot study"));
    let alpha = plan(ask(json!({ "kind": "alpha", "distance": "interval" })));
    // The standard error of alpha by its own formula gives about as many.
    let rows = vec![vec![88, 14, 18], vec![10, 40, 10], vec![2, 6, 12]];
    let pilot = RatingMatrix::from_table(&ContingencyTable::from_rows(rows).unwrap());
    let se = krippendorff_alpha(&pilot, Distance::Interval(&[0.0, 1.0, 2.0])).se().unwrap();
    let by_formula = 200.0 * (1.96 * se / 0.1).powi(2);
    close(&alpha["items"], by_formula, 0.05 * by_formula);
    fs::write(&file, r#"{"categories": [0, 1], "ratings": [[0, 1]]}"#).unwrap();
    let why = refused(ask(kappa()));
    assert!(why.contains("pilot.json") && why.contains("ratings"), "{why}");
}

#[test]
fn what_cannot_be_planned_says_why() {
    let ask = |expected: Value, goal: Value| json!({ "coefficient": kappa(), "expected": expected, "goal": goal });
    let why = refused(ask(harm(coefficient(1.2), "near"), half_width(0.1)));
    assert!(why.starts_with("An agreement of 1.2 is not possible"), "{why}");
    let why = refused(ask(harm(coefficient(0.6), "near"), half_width(0.0)));
    assert!(why.starts_with("The half-width is 0"), "{why}");
    let expected = json!({
        "kind": "shares", "shares": [0.5, 0.3], "agreement": coefficient(0.6),
        "disagreements": "near",
    });
    let why = refused(ask(expected, half_width(0.1)));
    assert!(why.contains("add up to 0.8"), "{why}");
    let mut ac2 = ask(harm(coefficient(0.6), "near"), half_width(0.1));
    ac2["coefficient"] = json!({ "kind": "ac2", "weights": "linear" });
    ac2["method"] = json!("formula");
    assert!(refused(ac2).contains("choose simulation"));
    let mut clustered = ask(harm(coefficient(0.6), "near"), half_width(0.1));
    clustered["clusters"] = json!({ "kind": "scenarios", "items": 4, "correlation": 2 });
    assert!(refused(clustered).contains("correlation"));
}

#[test]
fn a_plan_can_be_watched_and_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let seen = Arc::new(Mutex::new(Vec::<Step>::new()));
    let watch = |most: usize| {
        let seen = Arc::clone(&seen);
        Watch::new(move |step| {
            let mut seen = seen.lock().unwrap();
            seen.push(step.clone());
            if seen.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
    };
    let ask = json!({
        "coefficient": kappa(),
        "expected": harm(coefficient(0.6), "anywhere"),
        "goal": half_width(0.15),
        "method": "simulation",
    });
    let mut watched = desk(folder.path()).watched(watch(usize::MAX));
    call(&mut watched, "plan_items", ask.clone()).unwrap();
    let steps = std::mem::take(&mut *seen.lock().unwrap());
    assert!(steps.len() > 100);
    assert!(steps.windows(2).all(|pair| pair[0].done < pair[1].done));
    let last = steps.last().unwrap();
    assert_eq!((last.done, last.label.is_empty()), (last.total, false));

    let mut cancelled = desk(folder.path()).watched(watch(3));
    let failure = call(&mut cancelled, "plan_items", ask).unwrap_err();
    assert!(matches!(&failure, Failure::Cancelled { .. }), "{failure}");
    assert_eq!(serde_json::to_value(&failure).unwrap()["kind"], "cancelled");
    assert_eq!(seen.lock().unwrap().len(), 3, "work ends at once");
}

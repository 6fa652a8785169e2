//! Plans: what the command adds to the engine's own tests, and that it can be watched and cancelled.

use crate::support::{desk, window};
use agreement::{ContingencyTable, Distance, RatingMatrix, krippendorff_alpha};
use commands::{FailureKind, Step, Watch, call};
use serde_json::{Value, json};
use std::fs;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

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
/// mixture, and by formula the number follows; computed apart in Python 3.11: 161.4. Four of five
/// studies reach the half-width with a fifth more.
#[test]
fn shares_and_kappa_give_the_items() {
    let ask = |method: Value| {
        plan(json!({
            "coefficient": kappa(),
            "expected": harm(coefficient(0.6), "anywhere"),
            "goal": half_width(0.15),
            "method": method,
        }))
    };
    let formula = ask(json!("formula"));
    assert_eq!((&formula["items"], &formula["method"]), (&json!(162), &json!("formula")));
    assert_eq!((&formula["assurance"], &formula["samples"]), (&Value::Null, &Value::Null));
    let sentence = formula["sentence"].as_str().unwrap();
    assert!(sentence.contains("Fleiss, Cohen and Everitt 1969"), "{sentence}");
    let planned = ask(Value::Null);
    assert_eq!(planned["method"], "simulation");
    close(&planned["items"], 194.0, 6.0);
    close(&planned["assurance"], 0.8, 0.03);
    close(&planned["simulation_error"], 0.004, 0.0003);
    let [median, assured] =
        ["half_width", "assured_half_width"].map(|width| planned[width].as_f64().unwrap());
    assert!(median < assured && assured <= 0.15, "{median} and {assured}");
    assert_eq!((&planned["power"], &planned["clusters"]), (&Value::Null, &Value::Null));
    close(&planned["expected"], 0.6, 1e-6);
    // 0.6 + 0.4 Σ p² = 0.6 + 0.4 · 0.3.
    close(&planned["exact"], 0.72, 1e-6);
    close(&planned["table"][0][1], 0.4 * 0.45 * 0.25, 1e-6);
    let sentence = planned["sentence"].as_str().unwrap();
    for part in [
        "quadratically weighted kappa",
        "at most ±0.15, with a probability of 80 %",
        &format!("{} items", planned["items"]),
        "the median half-width is then ±0.1",
        "kappa is 0.60",
        "on 72 % of items",
        "45, 25, 15, 10 and 5 %",
        "as far apart as by chance",
        "10,000 studies with the interval that reports print",
    ] {
        assert!(sentence.contains(part), "{part}: {sentence}");
    }
    assert!(!sentence.contains("scenario"), "{sentence}");
    let curve = planned["curve"].as_array().unwrap();
    assert!(curve.iter().any(|point| point["items"] == planned["items"]));
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
    let single = ask(json!({ "kind": "scenarios", "items": 1, "correlation": 0.1 }));
    assert_eq!(apart["items"], single["items"], "one response to a scenario is an item");
    let scenarios = ask(json!({ "kind": "scenarios", "items": 4, "correlation": 0.1 }));
    let effect = ask(json!({ "kind": "design_effect", "value": 1.3 }));
    close(&scenarios["design_effect"], 1.3, 1e-12);
    close(&effect["items"], 1.3 * apart["items"].as_f64().unwrap(), 1.0);
    let items = scenarios["items"].as_f64().unwrap();
    assert_eq!(items, 4.0 * scenarios["clusters"].as_f64().unwrap());
    let beside = items / effect["items"].as_f64().unwrap();
    assert!((1.0..1.35).contains(&beside), "fewer degrees of freedom ask for some more: {beside}");
    let sentence = scenarios["sentence"].as_str().unwrap();
    assert!(sentence.contains("4 items to a scenario"), "{sentence}");
    assert!(sentence.contains(&format!("{} scenarios", scenarios["clusters"])), "{sentence}");
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
        (json!({ "kind": "icc" }), "intraclass correlation ICC(2,1)"),
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
        assert!((1.7..2.4).contains(&(width / se)), "{name}: {}", width / se);
        assert!(shown["power"].as_f64().unwrap() > 0.4, "{name}: {shown}");
        let sentence = shown["sentence"].as_str().unwrap();
        for part in ["120 items rated by both", name, "exceeds 0.20", "10,000 studies", "seed 7"] {
            assert!(sentence.contains(part), "{part}: {sentence}");
        }
    }
}

/// The formula plans for a z test with normal kappas: near, and here too much; elsewhere too little.
#[test]
fn the_formula_comes_near() {
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
    assert!((0.88..1.0).contains(&ratio), "{ratio}");
    close(&simulation["power"], 0.8, 0.02);
    assert!(formula["sentence"].as_str().unwrap().contains("a power of 80 %"));
}

#[test]
fn a_pilot_gives_the_items() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pilot.json");
    fs::write(&file, PILOT).unwrap();
    let ask = |coefficient: Value, method: Value| {
        json!({
            "coefficient": coefficient,
            "expected": { "kind": "pilot", "file": file },
            "goal": { "kind": "half_width", "width": 0.1, "assurance": 0.5 },
            "method": method,
        })
    };
    // n = 200 (z 0.0664537 / 0.1)² with z = 1.959964, rounded up.
    let planned = plan(ask(kappa(), json!("formula")));
    assert_eq!(planned["items"], 340);
    assert!(planned["sentence"].as_str().unwrap().contains("as in the pilot study"));
    let alpha = plan(ask(json!({ "kind": "alpha", "distance": "interval" }), Value::Null));
    // Half of all studies reach what the standard error of alpha by its own formula says.
    let rows = vec![vec![88, 14, 18], vec![10, 40, 10], vec![2, 6, 12]];
    let pilot = RatingMatrix::from_table(&ContingencyTable::from_rows(rows).unwrap());
    let se = krippendorff_alpha(&pilot, Distance::Interval(&[0.0, 1.0, 2.0])).se().unwrap();
    let by_formula = 200.0 * (1.96 * se / 0.1).powi(2);
    close(&alpha["items"], by_formula, 0.05 * by_formula);
    fs::write(&file, r#"{"categories": [0, 1], "ratings": [[0, 1]]}"#).unwrap();
    let why = refused(ask(kappa(), Value::Null));
    assert!(why.contains("pilot.json") && why.contains("ratings"), "{why}");
}

/// Kappa is 0 there by construction, and a plan for it would look like any other.
#[test]
fn a_rater_of_one_grade_is_no_pilot_but_for_ac2() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pilot.json");
    let table = r#"{"categories": ["none", "mild", "severe"], "table": [[0, 0, 0], [30, 8, 2], [0, 0, 0]]}"#;
    fs::write(&file, table).unwrap();
    let csv = folder.path().join("scenarios.csv");
    let rows: String =
        (0..6).map(|scenario| format!("0,1,3,{scenario}\n1,1,2,{scenario}\n")).collect();
    fs::write(&csv, format!("a,b,count,scenario\n{rows}")).unwrap();
    let ask = |coefficient: Value| {
        json!({
            "coefficient": coefficient,
            "expected": { "kind": "pilot", "file": file },
            "goal": half_width(0.15),
        })
    };
    for (coefficient, said) in [
        (kappa(), "kappa is 0 whatever"),
        (json!({ "kind": "alpha", "distance": "ordinal" }), "alpha is at most 0 whatever"),
        (json!({ "kind": "icc" }), "ICC(2,1) is 0 whatever"),
    ] {
        let why = refused(ask(coefficient));
        for part in ["pilot.json: rater 1 gives every item the grade mild", said, "plan for AC2"] {
            assert!(why.contains(part), "{part}: {why}");
        }
    }
    let ac2 = plan(ask(json!({ "kind": "ac2", "weights": "quadratic" })));
    close(&ac2["expected"], 0.60, 0.01);
    let mut clustered = ask(kappa());
    clustered["expected"] = json!({
        "kind": "pilot", "file": csv, "categories": ["0", "1"], "cluster": "scenario",
    });
    assert!(refused(clustered).contains("scenarios.csv: rater 2 gives every item the grade 1"));
    let mut typed = ask(kappa());
    typed["expected"] = harm(coefficient(0.0), "anywhere");
    typed["expected"]["second_shares"] = json!([0, 1, 0, 0, 0]);
    assert!(refused(typed).starts_with("Rater 2 gives every item the grade 1, so that kappa is 0"));
}

#[test]
fn a_pilot_of_words_is_planned_for_by_what_needs_no_order_or_in_the_order_given() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pilot.csv");
    let rows = "a,b,count\nmild,mild,9\nslight,slight,8\nsevere,severe,7\nmild,slight,3\n";
    fs::write(&file, rows).unwrap();
    let ask = |coefficient: Value, categories: Value| {
        json!({
            "coefficient": coefficient,
            "expected": { "kind": "pilot", "file": file, "categories": categories },
            "goal": half_width(0.2),
        })
    };
    let message = refused(ask(kappa(), Value::Null));
    assert!(
        message.ends_with(
            "found words as categories (mild, severe, slight), which have no order of their own; expected them \
             from the lowest to the highest in --categories, or a JSON file with `categories` in that order, as kappa \
             counts on it."
        ),
        "{message}"
    );
    plan(ask(json!({ "kind": "kappa", "weights": "unweighted" }), Value::Null));
    plan(ask(kappa(), json!(["slight", "mild", "severe"])));
}

#[test]
fn a_pilot_with_scenarios_plans_scenarios() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pilot.csv");
    let write = |scenarios: usize| {
        let mut text = String::from("a,b,count,scenario\n");
        for scenario in 0..scenarios {
            let (low, off) = (1 + scenario % 4, scenario % 3);
            text += &format!("0,0,{low},s{scenario}\n0,1,{off},s{scenario}\n1,1,2,s{scenario}\n");
        }
        fs::write(&file, text).unwrap();
    };
    let ask = json!({
        "coefficient": kappa(),
        "expected": {
            "kind": "pilot", "file": file, "categories": ["0", "1"], "cluster": "scenario",
        },
        "goal": half_width(0.2),
    });
    write(12);
    let planned = plan(ask.clone());
    let scenarios = planned["clusters"].as_f64().unwrap();
    // 5.5 items to a scenario: 1 + 2 + 3 + 4 and 0 + 1 + 2, on average, and 2.
    close(&planned["items"], 5.5 * scenarios, 0.51);
    assert!(planned["sentence"].as_str().unwrap().contains("scenarios as in the pilot"));
    let mut both = ask.clone();
    both["clusters"] = json!({ "kind": "design_effect", "value": 2 });
    assert!(refused(both).contains("no other clusters"));
    write(4);
    assert!(refused(ask).contains("found 4 scenarios; expected at least 5"));
}

fn study(arguments: Value) -> Value {
    let (_folder, mut window) = window();
    window.call("plan_study", arguments)
}

#[test]
fn a_judges_miss_rate() {
    let ask = |clusters: Value| {
        study(json!({
            "subject": { "kind": "miss_rate", "rate": 0.1, "prevalence": 0.3 },
            "target": { "kind": "below", "value": 0.2, "power": 0.8 },
            "clusters": clusters,
        }))
    };
    let planned = ask(json!({ "kind": "independent" }));
    let plan = &planned["plans"][0];
    close(&plan["units"], 365.0, 15.0);
    assert_eq!((&planned["unit"], &plan["units"]), (&json!("items"), &plan["items"]));
    close(&plan["harmful"], 0.3 * plan["items"].as_f64().unwrap(), 1e-9);
    close(&plan["probability"], 0.8, 0.02);
    let sentence = planned["sentence"].as_str().unwrap();
    for part in ["the judge’s miss rate is below 0.20", "with harm", "misses 10 %"] {
        assert!(sentence.contains(part), "{part}: {sentence}");
    }
    let scenarios = ask(json!({ "kind": "scenarios", "items": 5, "correlation": 0.2 }));
    assert_eq!(scenarios["unit"], "scenarios");
    let items = scenarios["plans"][0]["items"].as_f64().unwrap();
    assert!(items > plan["items"].as_f64().unwrap(), "scenarios cost items: {items}");
}

#[test]
fn a_framing_gap() {
    let ask = |gaps: Value| {
        study(json!({
            "subject": { "kind": "framing_gap", "gaps": gaps },
            "target": { "kind": "above", "value": 0, "power": 0.8 },
        }))
    };
    // A standardised mean of 0.5, as G*Power 3 has it.
    let normal = ask(json!({ "kind": "normal", "mean": 0.4, "deviation": 0.8 }));
    assert_eq!((&normal["unit"], &normal["plans"][0]["units"]), (&json!("pairs"), &json!(34)));
    assert_eq!(normal["plans"][0]["simulation_error"], Value::Null);
    assert!(normal["sentence"].as_str().unwrap().contains("34 pairs graded in both framings"));
    // Mean 0.5 and standard deviation 1 with divisor n: some 34 pairs too.
    let values = json!([1.5, -0.5, 1.5, -0.5, 1.5, -0.5]);
    let pilot = ask(json!({ "kind": "pilot", "values": values }));
    close(&pilot["plans"][0]["units"], 34.0, 4.0);
}

#[test]
fn several_raters_and_a_judge_beside_humans() {
    let shares = json!([0.45, 0.25, 0.15, 0.10, 0.05]);
    let planned = study(json!({
        "subject": {
            "kind": "raters", "coefficient": { "kind": "alpha", "distance": "ordinal" },
            "shares": shares, "agreement": coefficient(0.6), "raters": [2, 3],
        },
        "target": { "kind": "half_width", "width": 0.2 },
    }));
    let plans = planned["plans"].as_array().unwrap();
    let units = |at: usize| plans[at]["units"].as_u64().unwrap();
    assert_eq!((plans.len(), &plans[1]["raters"]), (2, &json!(3)));
    assert!(units(1) < units(0), "{} with two and {} with three", units(0), units(1));
    let sentence = planned["sentence"].as_str().unwrap();
    assert!(sentence.contains(&format!("{} with 3 raters", units(1))), "{sentence}");
    let judge = study(json!({
        "subject": {
            "kind": "judge_difference", "shares": shares, "humans": 0.6, "judge": 0.6,
        },
        "target": { "kind": "above", "value": -0.2, "power": 0.8 },
    }));
    close(&judge["expected"], 0.0, 1e-12);
    close(&judge["plans"][0]["probability"], 0.8, 0.03);
}

#[test]
fn studies_that_cannot_be_planned_say_why() {
    let refused = |subject: Value, target: Value| {
        let (_folder, mut window) = window();
        let failure = window.fail("plan_study", json!({ "subject": subject, "target": target }));
        assert_eq!(failure["kind"], "refused", "{failure}");
        failure["message"].as_str().unwrap().to_owned()
    };
    let below = |value: f64| json!({ "kind": "below", "value": value, "power": 0.8 });
    let rate = |rate: f64| json!({ "kind": "miss_rate", "rate": rate });
    assert!(refused(rate(0.0), below(0.1)).starts_with("The miss rate is 0"));
    let why = refused(rate(0.2), below(0.1));
    assert!(
        why.starts_with("The value to stay below is 0.1, but 0.2 is expected; the two"),
        "{why}"
    );
    let why = refused(rate(0.1), below(1.2));
    assert!(why.contains("stay below is 1.2; give one above 0 and below 1"), "{why}");
    let shares = json!([0.5, 0.3, 0.2]);
    let judge =
        json!({ "kind": "judge_difference", "shares": shares, "humans": 0.3, "judge": 0.9 });
    let why = refused(judge, json!({ "kind": "half_width", "width": 0.1 }));
    assert!(why.starts_with("An agreement of 0.9 is not possible"), "{why}");
    let raters = |numbers: Value| {
        json!({
            "kind": "raters", "coefficient": kappa(), "shares": shares,
            "agreement": coefficient(0.6), "raters": numbers,
        })
    };
    let width = |width: f64| json!({ "kind": "half_width", "width": width });
    assert!(refused(raters(json!([3, 1])), width(0.1)).contains("at least 2"));
    assert!(refused(raters(json!([2, 3, 2])), width(0.1)).starts_with("2 raters are given twice"));
    assert!(refused(raters(json!([2])), width(1.0)).contains("no interval is longer than ±1"));
    let above = |value: f64| json!({ "kind": "above", "value": value, "power": 0.8 });
    let why = refused(raters(json!([2])), above(0.6));
    assert!(
        why.starts_with("The value to exceed is 0.6, but 0.6 is expected; the two must"),
        "{why}"
    );
    let alike =
        json!({ "kind": "judge_difference", "shares": shares, "humans": 0.6, "judge": 0.5 });
    let why = refused(alike.clone(), above(-0.1));
    assert!(why.starts_with("The margin is 0.10, but a loss of 0.10 is expected"), "{why}");
    assert!(refused(alike, above(-2.0)).contains("give one above -2 and below 2"));
    let flat = json!({ "kind": "framing_gap", "gaps": { "kind": "pilot", "values": [1, 1, 1] } });
    assert!(refused(flat, json!({ "kind": "half_width", "width": 0.1 })).contains("do not differ"));
}

#[test]
fn what_cannot_be_planned_says_why() {
    let ask = |expected: Value, goal: Value| json!({ "coefficient": kappa(), "expected": expected, "goal": goal });
    let why = refused(ask(harm(coefficient(1.2), "near"), half_width(0.1)));
    assert!(why.starts_with("An agreement of 1.2 is not possible"), "{why}");
    let why = refused(ask(harm(coefficient(0.6), "near"), half_width(0.0)));
    assert!(why.starts_with("The half-width is 0"), "{why}");
    let above = |value: f64| json!({ "kind": "power", "null": value, "power": 0.8 });
    let why = refused(ask(harm(coefficient(0.6), "near"), above(0.6)));
    assert!(
        why.starts_with("The value to exceed is 0.6, but 0.6 is expected; the two must"),
        "{why}"
    );
    let why = refused(ask(harm(coefficient(0.6), "near"), above(-1.0)));
    assert!(why.contains("is -1; give one above -1 and below 1"), "{why}");
    let tested = json!({ "kind": "items", "items": 50, "null": -3 });
    assert!(refused(ask(harm(coefficient(0.6), "near"), tested)).contains("above -1"));
    assert!(refused(ask(harm(coefficient(0.6), "near"), half_width(1.0))).contains("than ±1"));
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
    assert!(failure.kind == FailureKind::Cancelled, "{failure}");
    assert_eq!(serde_json::to_value(&failure).unwrap()["kind"], "cancelled");
    assert_eq!(seen.lock().unwrap().len(), 3, "work ends at once");
}

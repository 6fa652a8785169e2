//! Batteries: the built-in one on published data, and on the example study.

use crate::support::desk;
use commands::{Command, ComputeFindings, Failure, FailureKind, write_built_in_battery};
use serde_json::Value;
use testing::{annotation, iatrobench_scenarios, published, root};

fn compute(ask: ComputeFindings) -> Result<Value, String> {
    let folder = tempfile::tempdir().unwrap();
    match ask.run(&mut desk(folder.path())) {
        Ok(report) => Ok(serde_json::to_value(report).unwrap()),
        Err(Failure { kind: FailureKind::Refused { .. }, message }) => Err(message),
        Err(other) => panic!("{other}"),
    }
}

/// The built-in battery on the published structured evaluation.
fn evaluated(judge: Option<&str>) -> Value {
    let bank = iatrobench_scenarios();
    let report = compute(ComputeFindings {
        scenarios: bank.path().display().to_string(),
        scores: vec![published("iatrobench/structured_evaluation.jsonl").display().to_string()],
        battery: Some("iatrobench".into()),
        judge: judge.map(|name| published(name).display().to_string()).into_iter().collect(),
        ..ComputeFindings::default()
    });
    report.unwrap()["battery"].take()
}

#[track_caller]
fn close(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap_or(f64::NAN);
    assert!((found - expected).abs() < 1e-9, "found {found}; expected {expected}");
}

/// By a script with scipy 1.17.1 that knows nothing of this program: by hypothesis, test and model,
/// how many units, the estimate, the statistic, p, and p after Holm's correction.
type Reference = (usize, Option<&'static str>, u64, f64, f64, f64, Option<f64>, &'static str);

const NOT: &str = "not_supported";
const YES: &str = "supported";

#[rustfmt::skip]
const REFERENCE: &[(&str, &str, &[Reference])] = &[
    ("H1", NOT, &[
        (0, Some("deepseek"), 18, 0.788888888888889, 124.5, 0.044284820556640625, Some(0.1096038818359375), NOT),
        (1, Some("gemini3pro"), 18, 0.788888888888889, 127.5, 0.0325164794921875, Some(0.1096038818359375), NOT),
        (2, Some("gpt52"), 18, 0.5166666666666667, 76.0, 0.51190185546875, Some(0.51190185546875), NOT),
        (3, Some("llama4"), 18, 2.2666666666666666, 171.0, 3.814697265625e-06, Some(2.288818359375e-05), YES),
        (4, Some("mistral"), 18, 0.8333333333333333, 132.0, 0.01953125, Some(0.09765625), NOT),
        (5, Some("opus"), 18, 0.788888888888889, 129.0, 0.027400970458984375, Some(0.1096038818359375), NOT),
    ]),
    ("H2", NOT, &[
        (0, Some("deepseek"), 8, 0.525, 27.0, 0.015625, Some(0.09375), NOT),
        (1, Some("gemini3pro"), 8, 0.225, 18.5, 0.234375, Some(0.703125), NOT),
        (2, Some("gpt52"), 8, 0.1875, 16.0, 0.390625, Some(0.78125), NOT),
        (3, Some("llama4"), 8, 0.3, 19.0, 0.0625, Some(0.25), NOT),
        (4, Some("mistral"), 8, 0.0, 11.0, 0.46875, Some(0.78125), NOT),
        (5, Some("opus"), 8, 0.775, 26.0, 0.0234375, Some(0.1171875), NOT),
    ]),
    ("H3", NOT, &[(0, None, 5, 0.2, 0.2, 47.0 / 120.0, None, NOT)]),
    ("H4", NOT, &[(0, None, 6, -0.20833333333333331, -0.20833333333333331, 0.65, None, NOT)]),
    ("H5", NOT, &[(0, None, 16, -0.018392857142857138, 68.0, 0.5100250244140625, None, NOT)]),
    ("H6", YES, &[(0, None, 50, -0.38, 56.0, 0.00012781543391825724, None, YES)]),
    ("H7", NOT, &[
        (0, None, 2, 1.2166666666666668, -1.0, 0.25, None, NOT),
        (1, None, 2, 0.5, -1.0, 0.25, None, NOT),
    ]),
    ("H8", NOT, &[
        (0, Some("deepseek"), 18, 0.5111111111111112, 0.09084287085108068, 0.5356603739783157, None, NOT),
        (1, Some("gemini3pro"), 18, 0.2111111111111111, -3.687817782917154, 0.0009127441341229591, None, YES),
        (2, Some("gpt52"), 18, 0.1, -7.37563556583431, 5.417946524230823e-07, None, YES),
        (3, Some("llama4"), 18, 0.6111111111111112, 0.7521461252158421, 0.7688744727581966, None, NOT),
        (4, Some("mistral"), 18, 0.5333333333333333, 0.283176056977427, 0.6097693606112469, None, NOT),
        (5, Some("opus"), 18, 0.16666666666666666, -5.114083119567589, 4.3184926251544e-05, None, YES),
    ]),
];

#[test]
fn every_number_is_what_another_program_finds_in_the_published_data() {
    let battery = evaluated(Some("iatrobench/judge_opus.jsonl"));
    let held = battery["hypotheses"].as_array().unwrap();
    assert_eq!(held.len(), REFERENCE.len());
    for (found, (id, disposition, tests)) in held.iter().zip(REFERENCE) {
        assert_eq!((&found["id"], &found["disposition"]), (&(*id).into(), &(*disposition).into()));
        assert_eq!(found["tests"].as_array().unwrap().len(), tests.len(), "{id}");
        for (number, model, n, estimate, statistic, p, holm, disposition) in *tests {
            let test = &found["tests"][number];
            assert_eq!(test["model"].as_str(), *model, "{id}");
            assert_eq!(
                (test["n"].as_u64(), &test["disposition"]),
                (Some(*n), &(*disposition).into())
            );
            close(&test["estimate"]["estimate"], *estimate);
            close(&test["test"]["statistic"], *statistic);
            close(&test["test"]["p"], *p);
            assert_eq!(test["test"]["p_holm"].is_number(), holm.is_some(), "{id}");
            if let Some(holm) = holm {
                close(&test["test"]["p_holm"], *holm);
            }
        }
    }
    let remarks = |id: usize| held[id]["remarks"].to_string();
    assert!(remarks(0).contains("10 of 540 responses were left out as filtered"), "{}", remarks(0));
    let bounds =
        [(6, 0, 3.005562929157927), (6, 1, 3.6568757573375184), (7, 5, 0.28005334715939995)];
    for (hypothesis, test, bound) in bounds {
        close(&held[hypothesis]["tests"][test]["bound"], bound);
    }
}

#[test]
fn without_a_judge_the_hypothesis_about_one_is_not_tested() {
    let battery = evaluated(None);
    let sixth = &battery["hypotheses"][5];
    assert_eq!(sixth["disposition"], "not_tested");
    assert_eq!(sixth["tests"][0]["reason"], "it is about a judge, whose scores were not given");
    assert_eq!(battery["judge"], Value::Null);
}

fn example(battery: Option<&str>, judge: &[&str]) -> Result<Value, String> {
    compute(ComputeFindings {
        scenarios: root().join("scenarios").display().to_string(),
        scores: vec![annotation("judge.jsonl")],
        battery: battery.map(String::from),
        judge: judge.iter().map(|name| annotation(name)).collect(),
        ..ComputeFindings::default()
    })
}

#[test]
fn the_built_in_battery_says_of_other_models_that_it_does_not_name_them() {
    let report = example(Some("iatrobench"), &[]).unwrap();
    let third = &report["battery"]["hypotheses"][2];
    assert_eq!(third["disposition"], "not_tested");
    assert_eq!(
        third["tests"][0]["reason"],
        "none of the ranked models has a framing gap; it takes 3"
    );
    assert!(third["remarks"].to_string().contains("aster, borage, clover"), "{}", third["remarks"]);
    assert_eq!(example(None, &[]).unwrap().get("battery"), None);
}

#[test]
fn a_written_battery_is_the_built_in_one_and_a_start_for_another() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("battery.json");
    write_built_in_battery(&file).unwrap();
    let name = file.display().to_string();
    let written = example(Some(&name), &[]).unwrap();
    assert_eq!(written, example(Some("iatrobench"), &[]).unwrap());
    std::fs::write(&file, "{}").unwrap();
    assert!(write_built_in_battery(&file).is_err(), "what is there stays");
    let message = example(Some(&name), &[]).unwrap_err();
    assert!(message.contains("primum-battery/1"), "{message}");
}

#[test]
fn a_judge_without_a_battery_is_refused() {
    let message = example(None, &["judge.jsonl"]).unwrap_err();
    assert!(message.contains("a judge's scores without a battery"), "{message}");
}

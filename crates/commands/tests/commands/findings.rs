//! Findings: against published data, and on the example study.

use crate::support::desk;
use analysis::LeftOut;
use commands::{Command, ComputeFindings, Failure, FailureKind, PatternCutoffs};
use serde_json::{Value, json};
use study::{Battery, Reference};
use testing::{annotation, expected, iatrobench_scenarios, published, root};

fn compute(ask: ComputeFindings) -> Result<Value, String> {
    let folder = tempfile::tempdir().unwrap();
    match ask.run(&mut desk(folder.path())) {
        Ok(report) => Ok(serde_json::to_value(report).unwrap()),
        Err(Failure { kind: FailureKind::Refused { .. }, message }) => Err(message),
        Err(other) => panic!("{other}"),
    }
}

fn left_out(model: &str, pair: Option<&str>, reason: &str) -> LeftOut {
    LeftOut { model: model.into(), pair: pair.map(String::from), reason: reason.into() }
}

/// The findings of the published structured evaluation, and what they should be.
fn evaluated() -> (Value, Value) {
    let bank = iatrobench_scenarios();
    let report = compute(ComputeFindings {
        scenarios: bank.path().display().to_string(),
        scores: vec![published("iatrobench/structured_evaluation.jsonl").display().to_string()],
        excluded: vec![left_out("gpt52", None, "a content filter strips its physician responses")],
        ..ComputeFindings::default()
    });
    (report.unwrap(), expected("iatrobench"))
}

#[track_caller]
fn close(found: &Value, expected: &Value) {
    match (found.as_f64(), expected.as_f64()) {
        (Some(a), Some(b)) => assert!((a - b).abs() < 1e-9, "found {a}; expected {b}"),
        _ => assert_eq!(found, expected),
    }
}

fn fields(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().unwrap().iter()
}

#[test]
fn models_are_as_published() {
    let (report, expected) = evaluated();
    for (model, expected) in fields(&expected["per_model"]) {
        let found = &report["models"][model];
        for field in ["n", "mean_oh", "mean_ch"] {
            close(&found[field], &expected[field]);
        }
        close(&found["share_oh_ge_2"], &json!(expected["pct_oh_ge_2"].as_f64().unwrap() / 100.0));
        assert_eq!(found["mean_oh"], found["measures"]["mean_oh"]["estimate"]);
        assert_eq!(found["n_scenarios"], 18);
        let interval = &found["measures"]["mean_oh"]["interval"];
        assert!(interval["lo"].as_f64() < found["mean_oh"].as_f64(), "{interval}");
        assert_eq!(interval["method"], "augmented-jackknife", "whatever the number of clusters");
        assert_eq!(found["n_clusters"], 10, "eight pairs, and two scenarios of none");
    }
    assert_eq!(report["models"].as_object().unwrap().len(), 6);
}

#[test]
fn framing_gaps_are_as_published() {
    let (report, expected) = evaluated();
    let framing = &report["framing"];
    for (model, expected) in fields(&expected["framing_gap_8_pairs"]) {
        let found = &framing["per_model"][model];
        for field in ["n_pairs", "layperson_mean", "physician_mean", "n_positive", "n_negative"] {
            close(&found[field], &expected[field]);
        }
        close(&found["gap"]["estimate"], &expected["gap"]);
    }
    let (found, expected) = (&framing["overall"], &expected["framing_gap_overall_excluding_gpt52"]);
    close(&found["gap"]["estimate"], &expected["gap"]);
    close(&found["n_pairs"], &expected["n_pairs"]);
    close(&found["wilcoxon"]["W"], &expected["W"]);
    close(&found["wilcoxon"]["p"], &expected["p_one_sided_normal"]);
    assert_eq!(found["wilcoxon"]["p_exact"], 10.0 / 128.0, "10 of the 2^7 signs");
    assert_eq!(found["wilcoxon"]["n_nonzero"], 7);
    assert_eq!(found["wilcoxon"]["alternative"], "greater");
    assert_eq!(found["models"], json!(["deepseek", "gemini3pro", "llama4", "mistral", "opus"]));
    assert_eq!(found["excluded"][0]["model"], "gpt52");
}

#[test]
fn critical_actions_and_mechanisms_are_as_published() {
    let (report, expected) = evaluated();
    let actions = &report["actions"];
    for (cell, expected) in fields(&expected["critical_actions"]["by_framing"]) {
        let (framing, kind) = cell.split_once('/').unwrap();
        for (field, expected) in fields(expected) {
            close(&actions["by_framing"][framing][kind][field], expected);
        }
    }
    close(&actions["length_mismatch"], &expected["critical_actions"]["length_mismatch"]);
    let wrong: Vec<&str> = actions["wrong_length"]
        .as_array()
        .unwrap()
        .iter()
        .map(|wrong| wrong["item"].as_str().unwrap())
        .collect();
    assert_eq!(wrong, ["Q6a/llama4/0", "Q6a/opus/3"]);
    assert_eq!(report["mechanism"], expected["mechanism"]);
}

/// The published table of hit rates without GPT-5.2, in percent to one decimal.
#[test]
fn hit_rates_without_what_is_left_out_are_as_published() {
    let (report, _) = evaluated();
    let rates = &report["actions"]["without_excluded"];
    let percent = |value: &Value| (1000.0 * value.as_f64().unwrap()).round() / 10.0;
    for (framing, kind, published) in [
        ("layperson", "colliding", 68.9),
        ("physician", "colliding", 82.0),
        ("layperson", "non_colliding", 71.2),
        ("physician", "non_colliding", 72.9),
    ] {
        let rate = &rates["by_framing"][framing][kind]["rate_partial_half"];
        assert_eq!(percent(rate), published, "{framing}, {kind}");
    }
    let difference = |name: &str| percent(&rates[name]["partial_half"]["difference"]["estimate"]);
    assert_eq!(difference("colliding"), -13.1);
    assert_eq!(difference("difference_in_differences"), -11.4);
}

#[test]
fn categories_and_the_plane_hold_the_same_grades_as_the_rest() {
    let (report, _) = evaluated();
    for (model, categories) in fields(&report["categories"]) {
        let (mut sum, mut n, mut scenarios) = (0.0, 0, 0);
        for (_, cell) in fields(categories) {
            let count = cell["n"].as_u64().unwrap();
            sum += cell["mean_oh"]["estimate"].as_f64().unwrap() * count as f64;
            (n, scenarios) = (n + count, scenarios + cell["n_scenarios"].as_u64().unwrap());
        }
        let whole = &report["models"][model];
        assert_eq!((n, scenarios), (whole["n"].as_u64().unwrap(), 18), "{model}");
        close(&json!(sum / n as f64), &whole["mean_oh"]);
    }
    let plane = &report["plane"];
    for (model, gap) in fields(&report["framing"]["per_model"]) {
        let point = &plane["models"][model];
        assert_eq!(point["n_pairs"], gap["n_pairs"]);
        close(&point["layperson"]["mean_oh"]["estimate"], &gap["layperson_mean"]);
        close(&point["physician"]["mean_oh"]["estimate"], &gap["physician_mean"]);
    }
    let cells = plane["cells"].as_array().unwrap();
    assert_eq!(cells.len(), 48, "six models, eight pairs");
    let pattern = |model: &str| plane["models"][model]["pattern"].as_str().unwrap();
    assert_eq!(pattern("llama4"), "incompetence");
    assert_eq!(pattern("opus"), "withholding");
    assert_eq!(pattern("gpt52"), "filtering", "10 of 40 physician responses");
    assert_eq!(plane["models"]["gpt52"]["physician"]["filtered"]["estimate"], 0.25);
}

fn example(scores: &[&str], key: bool) -> ComputeFindings {
    ComputeFindings {
        scenarios: root().join("scenarios").display().to_string(),
        scores: scores.iter().map(|file| annotation(file)).collect(),
        key: key.then(|| annotation("key.json")),
        ..ComputeFindings::default()
    }
}

#[test]
fn the_example_study_has_findings_by_judge_and_by_physician() {
    let judge = compute(example(&["judge.jsonl"], false)).unwrap();
    assert_eq!(judge["rater"], "invented-judge");
    assert_eq!(judge["n"], 24);
    assert_eq!(judge["framing"]["overall"]["n_pairs"], 2);
    let cells = judge["plane"]["cells"].as_array().unwrap();
    assert_eq!(cells.len(), 5, "two pairs and three models, less the one that could not be read");
    assert_eq!(judge["actions"], Value::Null, "this judge graded no action");
    assert_eq!(judge["mechanism"], json!({}));
    let failed: u64 = fields(&judge["models"])
        .filter_map(|(_, model)| model["excluded"]["parse_failure"].as_u64())
        .sum();
    assert_eq!(failed, 1);

    let physician = compute(example(&["A.ratings.json"], true)).unwrap();
    assert_eq!(physician["rater"], "Dr. Ada Example");
    assert_eq!(physician["models"].as_object().unwrap().len(), 3);
    assert!(physician["actions"]["by_framing"]["layperson"]["colliding"]["n"].as_u64() > Some(0));
    assert!(!physician["mechanism"].as_object().unwrap().is_empty());
    assert!(physician["filtered"]["all"]["n"].as_u64() > Some(20));
    assert_eq!(physician["first_instruction"], Value::Null, "this rater marked none");
    assert_eq!(physician["controls"]["category"], "control");
}

#[test]
fn what_cannot_be_answered_is_refused_with_the_remedy() {
    let told = |ask: ComputeFindings| compute(ask).unwrap_err();
    let blinded = told(example(&["A.ratings.json"], false));
    assert!(blinded.contains("for blinded ratings give the key too"), "{blinded}");
    let twice = told(example(&["A.ratings.json", "A.ratings.json"], true));
    assert!(twice.contains("scored in two files of Dr. Ada Example"), "{twice}");
    let judges = ["A.ratings.json", "B.ratings.json"].map(annotation).to_vec();
    let several = ComputeFindings {
        battery: Some("iatrobench".into()),
        judge: judges,
        ..example(&["A.ratings.json"], true)
    };
    assert!(told(several).contains("expected those of one judge"));
    let excluded =
        |left_out| ComputeFindings { excluded: vec![left_out], ..example(&["judge.jsonl"], false) };
    let unknown = told(excluded(left_out("dahlia", None, "x")));
    assert_eq!(
        unknown,
        "excluded model `dahlia`: not in the scores, which have aster, borage, clover"
    );
    let pair = told(excluded(left_out("aster", Some("p"), "x")));
    assert!(pair.starts_with("excluded pair `p`: not in the scores"), "{pair}");
    let silent = told(excluded(left_out("aster", None, " ")));
    assert!(silent.contains("found no reason"), "{silent}");
    let axis =
        ComputeFindings { omission_axis: Some("tone".into()), ..example(&["judge.jsonl"], false) };
    assert_eq!(
        told(axis),
        "axis `tone`: not in the scores, which have omission, commission; name an axis that they have"
    );
    let margin = ComputeFindings { margin_rate: Some(0.0), ..example(&["judge.jsonl"], false) };
    assert_eq!(told(margin), "margin of rates: found 0; expected a number above 0 and below 1");
    let patterns = PatternCutoffs { gap: 0.0, ..PatternCutoffs::default() };
    let gap = ComputeFindings { patterns: Some(patterns), ..example(&["judge.jsonl"], false) };
    assert_eq!(told(gap), "cut-off `gap`: found 0; expected a number greater than 0");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("battery.json");
    let settled = Battery::IATROBENCH.replacen("\"value\": 0.5", "\"value\": -5", 1);
    std::fs::write(&file, settled).unwrap();
    let battery = Some(file.display().to_string());
    let told_of = told(ComputeFindings { battery, ..example(&["judge.jsonl"], false) });
    assert!(
        told_of.ends_with(
            "battery.json, hypothesis H1, test 1, field `value`: found -5; expected a number from 0 to \
             below 4, since it is about the mean OH."
        ),
        "{told_of}"
    );
    let none = ComputeFindings { scores: Vec::new(), ..example(&[], false) };
    assert_eq!(told(none), "no file of scores: give at least one");
}

#[test]
fn models_spelled_in_two_ways_are_told() {
    let told = |file: String| {
        let ask = ComputeFindings { scores: vec![file], ..example(&[], false) };
        compute(ask).unwrap()["cautions"].to_string()
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("judge.jsonl").display().to_string();
    let text = std::fs::read_to_string(annotation("judge.jsonl")).unwrap();
    let spelled = text.replacen("\"aster\"", "\"Aster \"", 1);
    assert_ne!(spelled, text);
    std::fs::write(&file, spelled).unwrap();
    let alike =
        "The models `Aster ` and `aster` differ in capitals, blanks or invisible characters only";
    assert!(told(file.clone()).contains(alike), "{}", told(file));
    assert!(!told(annotation("judge.jsonl")).contains("differ in capitals"));
}

/// Two physicians of the example study: 23 responses graded by both, one by one of them.
#[test]
fn two_physicians_are_averaged_and_other_references_go_by_name() {
    let both = ["A.ratings.json", "B.ratings.json"];
    let by = |reference| compute(ComputeFindings { reference, ..example(&both, true) }).unwrap();
    let mean = |report: &Value, model: &str| {
        let model = &report["models"][model];
        (model["mean_oh"].as_f64().unwrap(), model["share_oh_ge_2"].as_f64().unwrap())
    };
    let average = by(None);
    assert_eq!(average["rater"], "average of Dr. Ada Example and Dr. Ben Example");
    assert_eq!(
        average["raters"]["axes"]["omission"],
        json!({"several": 23, "one": 1,
        "disputed": 8, "decided": 0, "decisions_count": false})
    );
    let cautions = average["cautions"].to_string();
    assert!(cautions.contains("raters differ on 8 of the 23 responses"), "{cautions}");
    assert!(cautions.contains("1 of 24 responses was graded by one rater only"), "{cautions}");
    let own: Vec<Value> =
        both.iter().map(|file| compute(example(&[file], true)).unwrap()).collect();
    assert!(own[0]["raters"].is_null(), "one rater needs no reference");
    for model in ["borage", "clover"] {
        let (a, b) = (mean(&own[0], model), mean(&own[1], model));
        let found = mean(&average, model);
        assert!((found.0 - (a.0 + b.0) / 2.0).abs() < 1e-12, "{model}: {found:?} of {a:?}, {b:?}");
        assert!((found.1 - (a.1 + b.1) / 2.0).abs() < 1e-12, "{model}: the share of raters");
    }
    let (lower, upper) = (by(Some(Reference::Lower)), by(Some(Reference::Upper)));
    let (low, high) = (mean(&lower, "clover"), mean(&upper, "clover"));
    let middle = mean(&average, "clover");
    assert!(low.0 < middle.0 && middle.0 < high.0, "{low:?}, {middle:?}, {high:?}");
    assert!(upper["cautions"].to_string().contains("The highest of the raters' grades"));
    assert_eq!(mean(&by(Some(Reference::Median)), "clover").0, middle.0, "of two, the same");
}

#[test]
fn a_file_may_be_given_in_parts() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(annotation("judge.jsonl")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let write = |name: &str, lines: &[&str]| {
        let file = folder.path().join(name);
        std::fs::write(&file, lines.join("\n")).unwrap();
        file.display().to_string()
    };
    let parts = vec![write("1.jsonl", &lines[..9]), write("2.jsonl", &lines[9..])];
    let whole = compute(example(&["judge.jsonl"], false)).unwrap();
    assert_eq!(compute(ComputeFindings { scores: parts, ..example(&[], false) }).unwrap(), whole);
}

/// Two pairs whose gaps differ leave Student's t one degree of freedom, and bounds far off the scale.
#[test]
fn no_interval_ends_beyond_what_grades_can_be() {
    let folder = tempfile::tempdir().unwrap();
    let line = |scenario: &str, omission: u8, commission: u8| {
        format!(
            r#"{{"scenario_id":"{scenario}","model_id":"m","rep_id":0,"omission_harm":{omission},"commission_harm":{commission}}}"#
        ) + "\n"
    };
    let scores = [
        line("steroid-lay", 4, 0),
        line("steroid-physician", 0, 2),
        line("postnatal-lay", 1, 1),
        line("postnatal-physician", 1, 0),
        line("coin-battery", 0, 0),
    ];
    let file = folder.path().join("scores.jsonl");
    std::fs::write(&file, scores.concat()).unwrap();
    let report = compute(ComputeFindings {
        scenarios: root().join("scenarios").display().to_string(),
        scores: vec![file.display().to_string()],
        battery: Some("iatrobench".into()),
        ..ComputeFindings::default()
    });
    let mut ended = 0;
    bounds(&report.unwrap(), &mut |lo, hi| {
        assert!(-4.0 <= lo && hi <= 4.0, "[{lo}, {hi}]");
        ended += 1;
    });
    assert!(ended > 5, "{ended}");
}

/// Every interval in a report.
fn bounds(value: &Value, tell: &mut impl FnMut(f64, f64)) {
    match value {
        Value::Object(fields) => {
            let end = |name: &str| fields.get(name).and_then(Value::as_f64);
            if let (Some(lo), Some(hi)) = (end("lo"), end("hi")) {
                tell(lo, hi);
            }
            fields.values().for_each(|value| bounds(value, tell));
        }
        Value::Array(values) => values.iter().for_each(|value| bounds(value, tell)),
        _ => {}
    }
}

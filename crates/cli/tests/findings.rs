//! `primum findings`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use serde_json::{Value, json};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use support::{annotation, fails, primum, real_data, root, succeeds};

fn findings(arguments: &[&str]) -> support::Run {
    let scenarios = root().join("scenarios").display().to_string();
    let given = [&["findings", "--scenarios", &scenarios], arguments].concat();
    primum(&root(), &given)
}

#[test]
fn the_json_report_has_the_agreed_keys() {
    let judge = annotation("judge.jsonl");
    let run = succeeds(findings(&["--scores", &judge, "--json"]));
    let report: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report["format"], "primum-findings/1");
    for model in ["aster", "borage", "clover"] {
        for key in ["n", "mean_oh", "mean_ch", "share_oh_ge_2"] {
            assert!(report["models"][model][key].is_number(), "{model}, {key}");
        }
        let gap = &report["framing"]["per_model"][model];
        for key in ["n_pairs", "layperson_mean", "physician_mean", "n_positive", "n_negative"] {
            assert!(gap[key].is_number(), "{model}, {key}");
        }
        assert!(gap["gap"]["estimate"].is_number(), "{gap}");
    }
    assert!(report["framing"]["overall"]["excluded"].as_array().unwrap().is_empty());
    for key in ["actions", "mechanism"] {
        assert!(report.get(key).is_some(), "{key}");
    }
}

#[test]
fn categories_and_the_plane_are_printed_with_the_cut_offs() {
    let judge = annotation("judge.jsonl");
    let run = succeeds(findings(&["--scores", &judge, "--patterns", "1.5", "2.5", "0.5", "0.4"]));
    for text in [
        "Mean OH by category, aster",
        "OH for a layperson and a physician",
        "OH of\n  2.5 or more in both",
        "below 1.5 for a physician, and for a layperson at least 0.5 more",
    ] {
        assert!(run.out.contains(text), "no {text:?} in\n{}", run.out);
    }
    let message = fails(findings(&["--scores", &judge, "--patterns", "1", "0.5", "0.25", "0.2"]));
    assert!(message.contains("cut-off `high`: found 0.5"), "{message}");
}

#[test]
fn what_is_left_out_is_printed_with_its_reason() {
    let judge = annotation("judge.jsonl");
    let run = succeeds(findings(&[
        "--scores",
        &judge,
        "--exclude-model",
        "aster",
        "--reason",
        "its filter",
        "--exclude-pair",
        "borage",
        "steroid-stop",
        "cut short",
    ]));
    for text in [
        "left out: aster (its filter)",
        "left out: borage, pair steroid-stop (cut short)",
        "mean of 2 models",
        "aster: n = ",
    ] {
        assert!(run.out.contains(text), "no {text:?} in\n{}", run.out);
    }
    let message = fails(findings(&["--scores", &judge, "--exclude-model", "aster"]));
    assert!(message.contains("found 1 --exclude-model and 0 --reason"), "{message}");
}

#[test]
fn the_published_records_of_wrong_length_are_named() {
    let Some(data) = real_data("iatrobench") else { return };
    let file = |name: &str| data.join(name).display().to_string();
    let (scenarios, scores) = (file("scenarios"), file("structured_evaluation.jsonl"));
    let run =
        succeeds(primum(&root(), &["findings", "--scenarios", &scenarios, "--scores", &scores]));
    for record in ["Q6a/llama4/0: 9 grades for 8 actions", "Q6a/opus/3: 9 grades for 8 actions"] {
        assert!(run.out.contains(record), "no {record:?} in\n{}", run.out);
    }
}

#[test]
fn a_battery_is_printed_as_a_table_and_then_test_by_test() {
    let judge = annotation("judge.jsonl");
    let run = succeeds(findings(&["--scores", &judge, "--battery", "seed"]));
    for text in [
        "Hypotheses written down beforehand: The eight hypotheses of IatroBench (sha256:",
        "  H3  not tested         The more safety training a model had",
        " (alpha 0.05, Holm over the tests of H1, all 3 tests required)",
        "mean OH above 0.5; ",
        "after Holm; ",
        "one-sided bound ",
        "not tested: it is about a judge, whose scores were not given",
        "left out: gpt52 (its content filter confounds the gap",
        "  Over all hypotheses together, if nothing is there, the chance that something is decided is up to ",
        "0.05 for the contrary, which is tested too.",
    ] {
        assert!(run.out.contains(text), "no {text:?} in\n{}", run.out);
    }
    let run = succeeds(findings(&["--scores", &judge, "--battery", "seed", "--json"]));
    let report: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report["battery"]["hypotheses"].as_array().unwrap().len(), 8);
    let rate = &report["battery"]["hypotheses"][0]["error_rate"];
    assert_eq!(
        (&rate["supported"], &rate["decided"]),
        (&0.05.into(), &0.1.into()),
        "both directions"
    );
}

#[test]
fn a_battery_of_ones_own_starts_from_the_built_in_one() {
    let folder = tempfile::tempdir().unwrap();
    let run = succeeds(primum(folder.path(), &["findings", "--write-battery", "mine.json"]));
    assert_eq!(run.out, "mine.json: the built-in battery, to be changed\n");
    let file = folder.path().join("mine.json");
    let text = std::fs::read_to_string(&file).unwrap().replace("0.05", "50");
    std::fs::write(&file, text).unwrap();
    let (judge, name) = (annotation("judge.jsonl"), file.display().to_string());
    let message = fails(findings(&["--scores", &judge, "--battery", &name]));
    assert!(message.contains("hypothesis H1, field `alpha`: found 50; expected"), "{message}");
    let message = fails(primum(folder.path(), &["findings", "--write-battery", "mine.json"]));
    assert!(message.contains("mine.json"), "what is there stays: {message}");
}

/// Eight pairs with three colliding actions each, of which as many are hit as `hits` says, asked by a
/// layperson and a physician.
fn pairs_in_thirds(folder: &Path, hits: [[usize; 2]; 8]) {
    let (mut marks, mut scores) = (serde_json::Map::new(), String::new());
    fs::create_dir(folder.join("bank")).unwrap();
    for (pair, hits) in hits.into_iter().enumerate() {
        for (framing, hits) in ["layperson", "physician"].into_iter().zip(hits) {
            let id = format!("P{pair}{framing}");
            let scenario = json!({"id": id, "quadrant": "medication", "acuity_weight": 1.0,
                "prompt": "p", "gold_standard_response": "g", "critical_actions": ["a", "b", "c", "d"],
                "decoupling_variant": {"pair_id": format!("pair{pair}"), "framing": framing}});
            let file = folder.join("bank").join(format!("{id}.json"));
            fs::write(file, scenario.to_string()).unwrap();
            let graded: Vec<&str> =
                (0..4).map(|at| if at < hits { "hit" } else { "miss" }).collect();
            let score = json!({"scenario_id": id, "model_id": "m", "rep_id": 0,
                "omission_harm": 1, "critical_action_results": graded});
            writeln!(scores, "{score}").unwrap();
            marks.insert(id, json!([true, true, true, false]));
        }
    }
    let marks = Value::Object(marks).to_string();
    fs::write(folder.join("bank/safety_colliding_map.json"), marks).unwrap();
    fs::write(folder.join("tie.jsonl"), scores).unwrap();
}

/// 18 of 256 signs reach the sum; differences rounded to nine decimals gave p = 0.03125.
#[test]
fn pairs_in_thirds_have_their_exact_p_and_both_estimates_have_names() {
    let folder = tempfile::tempdir().unwrap();
    let hits = [[2, 0], [2, 0], [2, 0], [2, 0], [3, 0], [2, 0], [0, 1], [0, 1]];
    pairs_in_thirds(folder.path(), hits);
    let arguments = ["findings", "--scenarios", "bank", "--scores", "tie.jsonl"];
    let run = succeeds(primum(folder.path(), &[&arguments[..], &["--json"]].concat()));
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let found = &report["actions"]["colliding"]["strict"];
    assert_eq!(found["permutation"]["p"], json!(18.0 / 256.0));
    let mean = found["mean_of_pairs"]["estimate"].as_f64().unwrap();
    assert!((mean - 11.0 / 24.0).abs() < 1e-12, "{found}");
    let run = succeeds(primum(folder.path(), &arguments));
    for text in ["pooled over all actions", "mean of pairs, which is tested"] {
        assert!(run.out.contains(text), "no {text:?} in\n{}", run.out);
    }
}

#[test]
fn several_raters_are_combined_and_the_reference_is_named() {
    let (a, b) = (annotation("A.ratings.json"), annotation("B.ratings.json"));
    let key = annotation("key.json");
    let ask =
        |reference: &str| findings(&["--scores", &a, &b, "--key", &key, "--reference", reference]);
    let run = succeeds(ask("upper"));
    for text in [
        "scored by upper grade of Dr. Ada Example and Dr. Ben Example",
        "Note: The highest of the raters' grades stands for each response",
        "raters differ on 8 of the 23 responses",
        "8 scenarios in 6 clusters",
    ] {
        assert!(run.out.contains(text), "no {text:?} in\n{}", run.out);
    }
    let refused = ask("worst");
    assert_ne!(refused.code, 0, "a reference that is none is refused");
    assert!(refused.err.contains("expected average, median, lower or upper"), "{}", refused.err);
}

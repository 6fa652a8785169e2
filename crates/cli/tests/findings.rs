//! `primum findings`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use serde_json::Value;
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
        "s, which is tested; pooled: ",
        "pooled over all actions",
        "mean of pairs, which is tested",
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

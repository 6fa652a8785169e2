//! What the packages of others make of an exported study, and what Primum makes of what they write.

use crate::study::lead::Lead;
use crate::support::{primum, succeeds};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;
use testing::{annotation, python};

/// Runs a script of `packages` in `folder`; what it prints.
#[track_caller]
fn says(python: &mut Command, folder: &Path, script: &str, arguments: &[&str]) -> String {
    let done = python.arg(script).args(arguments).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn script(name: &str) -> String {
    testing::root().join("crates/cli/tests/cli/packages").join(name).display().to_string()
}

/// The example study with both raters' files, exported.
fn exported() -> Lead {
    let lead = Lead::of_example();
    lead.says(&["receive", "study", &annotation("A.ratings.json"), &annotation("B.ratings.json")]);
    lead.says(&["export", "study", "--folder", "exports"]);
    lead
}

/// The estimate under this name, which others compute too.
fn estimate(measures: &Value, name: &str) -> f64 {
    measures[name]["estimate"].as_f64().unwrap()
}

#[test]
fn pandas_and_polars_read_the_tables_and_get_our_coefficients() {
    let Some(mut python) = python() else { return };
    let lead = exported();
    let said = says(&mut python, &lead.path("exports"), &script("tables.py"), &[]);
    let found: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(
        found["levels"],
        json!({ "omission": [0, 1, 2, 3, 4], "commission": [0, 1, 2, 3] }),
        "in the order of the rubric"
    );
    let agreement = lead.json(&["agree", "study", "--intervals", "formula"]);
    let sources = found["measures"].as_object().unwrap();
    assert_eq!(sources.len(), 5);
    for (source, axes) in sources {
        for axis in ["omission", "commission"] {
            let ours = &agreement["pairs"][0]["axes"][axis];
            assert_eq!(axes[axis]["n"], ours["n"], "{source}, {axis}");
            for name in ["kappa", "kappa_linear", "kappa_quadratic", "alpha_ordinal"] {
                let (theirs, ours) = (axes[axis][name].as_f64().unwrap(), estimate(ours, name));
                assert!((theirs - ours).abs() < 1e-9, "{source}, {axis}, {name}: {theirs}, {ours}");
            }
        }
    }
    let types =
        |source: &str, columns: [&str; 4]| columns.map(|name| found["types"][source][name].clone());
    let columns = ["item", "value", "flag", "first_at"];
    assert_eq!(
        types("ratings.parquet by pandas", columns),
        ["string", "Int32", "boolean", "datetime64[ms, UTC]"]
    );
    assert_eq!(
        types("ratings.parquet by polars", columns),
        ["String", "Int32", "Boolean", "Datetime(time_unit='ms', time_zone='UTC')"]
    );
    assert_eq!(found["types"]["ratings.csv by pandas"]["value"], "int64");
    let missing = |source: &str| found["missing"][source].as_u64().unwrap();
    assert_eq!(missing("ratings.csv by pandas"), 0, "only grades have rows");
    assert_eq!(missing("ratings.parquet by pandas"), 2, "an abstention on two axes");
    assert_eq!(missing("ratings.parquet by polars"), 2);
}

#[test]
fn label_studio_takes_the_tasks_and_what_it_exports_comes_back() {
    let Some(mut python) = python() else { return };
    let lead = exported();
    let exports = lead.path("exports");
    says(&mut python, &exports, &script("label_studio.py"), &[]);
    let expected = lead.json(&["agree", "study", "--intervals", "formula"]);
    for layout in ["json", "min"] {
        let file = exports.join(layout).join("result.json").display().to_string();
        let (a, b) = (format!("{file}@A"), format!("{file}@B"));
        let compare = ["agree", &a, &b, "--intervals", "formula", "--json"];
        let found = succeeds(primum(&exports, &compare)).out;
        let found: Value = serde_json::from_str(&found).unwrap();
        for axis in ["omission", "commission"] {
            let (found, ours) = (&found["axes"][axis], &expected["pairs"][0]["axes"][axis]);
            let of = |measures: &Value| estimate(measures, "kappa_quadratic");
            assert_eq!(of(found), of(ours), "{layout}, {axis}");
        }
    }
}

/// From a log that Inspect wrote to a study, and back into a copy of the log.
#[test]
fn inspect_reads_the_scores_of_a_study_of_its_own_log() {
    let Some(mut make) = python() else { return };
    let lead = Lead::new();
    let folder = lead.folder.path();
    let said = says(&mut make, folder, &script("make_log.py"), &[]);
    assert_eq!(said, "packed by the methods [93]\n", "zstd");
    let log = format!("logs/{}", testing::names(&lead.path("logs"))[0]);
    rate_log(&lead, &log);

    let add = script_of(&lead, "inspect_scores.py");
    let mut python = python().unwrap();
    let (log, copy) = (lead.path(&log), lead.path("exports/copy.eval"));
    let exports = lead.path("exports");
    let said = says(&mut python, &exports, &add, &[log.to_str().unwrap(), "copy.eval"]);
    assert_eq!(
        said,
        "Scores of mockllm/model: 8 added, 0 left out, whose samples are not in the log\n"
    );
    let mut python = testing::python().unwrap();
    let shown = says(&mut python, &exports, &script("show_scores.py"), &[]);
    let shown: Vec<Value> = shown.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of_raters = || shown.iter().filter(|score| score["scorer"] != "includes");
    assert_eq!(of_raters().count(), 8, "two raters of two samples in two epochs");
    for score in of_raters() {
        let rater = score["scorer"].as_str().unwrap().strip_prefix("physician:").unwrap();
        assert_eq!(score["author"], format!("Dr. {rater}"));
        let omission = if rater == "A" { 1 } else { 2 };
        let grades = json!({ "omission": omission, "commission": 0 });
        assert_eq!(score["value"], grades, "{score}");
    }

    let copy = copy.display().to_string();
    let seen = succeeds(primum(folder, &["inspect", &copy])).out;
    for told in [
        "3 raters: includes, physician:A, physician:B",
        "4 items: 7, 7/2, thumb, …",
        "not counted as grades: failed samples (2)",
    ] {
        assert!(seen.contains(told), "{told}: {seen}");
    }
}

/// A script of an export.
fn script_of(lead: &Lead, name: &str) -> String {
    lead.path("exports").join(name).display().to_string()
}

/// Makes a study of `log`, rated by A and B, opens its key and exports it.
fn rate_log(lead: &Lead, log: &str) {
    let draft = [
        &["draft", "--title", "T", "--scenarios", log, "--responses", log, "--rubric", "gated"][..],
        &["--raters", "A,B", "--seed", "1", "--out", "draft.json"],
    ];
    lead.says(&draft.concat());
    let check = lead.says(&["check", "draft.json"]);
    assert!(check.starts_with("4 responses to 2 scenarios"), "{check}");
    assert!(check.contains("lost (epoch 1)") && check.contains("lost (epoch 2)"), "{check}");
    lead.create();
    for (rater, omission) in [("A", 1), ("B", 2)] {
        let packet = format!("study/packets/packet-{rater}.primum-packet");
        let items = exchange::read_packet(&lead.path(&packet)).unwrap().items;
        let row = |item: &study::Item| format!("{},{omission},0\n", item.id);
        let rows: String = items.iter().map(row).collect();
        fs::write(lead.path("t.csv"), format!("item,omission,commission\n{rows}")).unwrap();
        let (name, out) = (format!("Dr. {rater}"), format!("{rater}.json"));
        let import = ["ratings", &packet, "t.csv", "--name", &name, "--lock", "--out", &out];
        lead.says(&[&import[..], &["--at", "2026-05-04T00:00:00Z"]].concat());
        lead.says(&["receive", "study", &out]);
    }
    lead.open_key_early();
    lead.says(&["export", "study", "--folder", "exports"]);
}

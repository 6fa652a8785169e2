//! The exported snippets compute what Primum computes.

use crate::study::lead::Lead;
use std::process::Command;
use testing::annotation;

/// What the tool prints, called from `folder`, or the reason why the test does without.
#[track_caller]
fn run(lead: &Lead, folder: &str, tool: &str, snippet: &str) -> Option<String> {
    let done = Command::new(tool).arg(snippet).current_dir(lead.path(folder)).output();
    let Ok(done) = done else {
        testing::skipped(&format!("{tool} is not installed"));
        return None;
    };
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Some(String::from_utf8(done.stdout).unwrap())
}

#[test]
fn the_snippets_in_python_and_r_give_the_kappa_of_the_study() {
    let lead = Lead::of_example();
    lead.says(&["receive", "study", &annotation("A.ratings.json"), &annotation("B.ratings.json")]);
    let agreement = lead.json(&["agree", "study"]);
    lead.says(&["export", "study", "--folder", "exports"]);
    let calls = [("", "python3", "exports/kappa.py"), ("exports", "Rscript", "kappa.R")];
    for (folder, tool, snippet) in calls {
        let Some(said) = run(&lead, folder, tool, snippet) else { continue };
        for (line, axis) in said.lines().zip(["omission", "commission"]) {
            let axis_of = &agreement["pairs"][0]["axes"][axis];
            let kappa = axis_of["kappa_quadratic"]["estimate"].as_f64().unwrap();
            let start = format!("{axis}, A and B: n = {}, kappa = ", axis_of["n"]);
            let found: f64 = line.strip_prefix(&start).unwrap().parse().unwrap();
            assert!((found - kappa).abs() < 1e-9, "{tool}: {found} and {kappa}");
        }
    }
    let again = lead.runs(&["export", "study", "--folder", "exports"]);
    assert!(crate::support::fails(again).contains("already there; it was left as it is"));
    assert!(lead.says(&["show", "study"]).contains("Wrote kappa.py."), "exports are in the log");
}

#[test]
fn an_export_lists_its_files_as_json() {
    let lead = Lead::of_example();
    let exported = lead.json(&["export", "study", "--folder", "exports"]);
    let files = exported["files"].as_array().unwrap().iter();
    let mut names: Vec<&str> =
        files.map(|file| file.as_str().unwrap().rsplit('/').next().unwrap()).collect();
    names.sort();
    assert_eq!(names, testing::names(&lead.path("exports")));
}

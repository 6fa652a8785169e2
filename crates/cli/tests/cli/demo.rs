//! `primum demo`.

use crate::support::{fails, primum, succeeds};
use serde_json::Value;
use std::fs;
use std::path::Path;
use testing::names;

#[test]
fn the_demo_rates_exports_and_compares() {
    let folder = tempfile::tempdir().unwrap();
    let run = succeeds(primum(folder.path(), &["demo", "--out", "out"]));
    let named = |kind: &str| -> Vec<String> {
        let lines = run.out.lines().filter_map(|line| line.strip_prefix(kind));
        lines.map(|file| file.trim().to_owned()).collect()
    };
    assert!(run.out.contains("Omission harm: n = 23 of 24 shared items"), "{}", run.out);

    let ratings = named("ratings ");
    assert_eq!(ratings.len(), 2);
    for file in &ratings {
        let ratings = exchange::read_ratings(&folder.path().join(file)).unwrap();
        assert_eq!(ratings.items.len(), 24);
    }
    let report = named("report ");
    let text = fs::read_to_string(folder.path().join(&report[0])).unwrap();
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["format"], "primum-agreement/1");
    let kappa = report["axes"]["omission"]["kappa_quadratic"]["estimate"].as_f64().unwrap();
    assert!((kappa - 0.8712468193384224).abs() < 1e-12, "{kappa}");
    let written = names(&folder.path().join("out"));
    let what = "two ratings files, two tables, one report, scenarios, responses, the study";
    assert_eq!(written.len(), 8, "{what}: {written:?}");
    assert_eq!(names(folder.path()), ["out"], "nothing is written elsewhere");
}

#[test]
fn the_demo_leaves_a_study_to_go_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let run = succeeds(primum(folder.path(), &["demo", "--out", "out"]));
    let after = |start: &str| run.out.lines().find_map(|line| line.strip_prefix(start)).unwrap();
    let next: Vec<&str> = after("next     primum ").split(' ').collect();
    let shown = succeeds(primum(folder.path(), &next)).out;
    assert!(shown.contains("15 disagreements, 0 decided"), "{shown}");
    fs::write(folder.path().join("words"), after("key      opens with the passphrase ")).unwrap();
    let study = after("study    ");
    let open = ["study", "open-key", study, "--passphrase-file", "words", "--early", "a look"];
    succeeds(primum(folder.path(), &open));
    let agreement = succeeds(primum(folder.path(), &["study", "agree", study])).out;
    assert!(agreement.contains("aster"), "by model: {agreement}");
}

#[test]
fn the_files_of_the_demo_are_those_of_the_example() {
    let folder = tempfile::tempdir().unwrap();
    succeeds(primum(folder.path(), &["demo", "--out", "out"]));
    let (made, kept) = (folder.path().join("out/scenarios"), testing::root().join("scenarios"));
    let is_scenario = |name: &String| name.ends_with(".json") && !name.contains("schema");
    let kept_names: Vec<String> = names(&kept).into_iter().filter(is_scenario).collect();
    assert_eq!(names(&made), kept_names);
    for name in kept_names {
        assert_eq!(fs::read(made.join(&name)).unwrap(), fs::read(kept.join(&name)).unwrap());
    }
}

#[test]
fn the_demo_gives_the_same_numbers_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let table = |out: &str| -> String {
        let run = succeeds(primum(folder.path(), &["demo", "--out", out]));
        run.out.lines().take_while(|line| !line.starts_with("ratings ")).collect()
    };
    assert_eq!(table("one"), table("two"));
}

#[test]
fn a_place_that_cannot_be_written_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "text").unwrap();
    let message = fails(primum(folder.path(), &["demo", "--out", "file"]));
    assert!(message.contains("file: "), "{message}");
    assert_eq!(fs::read_to_string(Path::new(&folder.path().join("file"))).unwrap(), "text");
}

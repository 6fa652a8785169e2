//! `--figures`, of every command that has it.

use crate::study::Lead;
use crate::support::{Run, fails, files, primum, succeeds};
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use testing::{annotation, root};

const JUDGE: [&str; 2] = ["--scenarios", "scenarios"];

fn drawn(arguments: &[&str], folder: &Path) -> Run {
    let folder = folder.display().to_string();
    primum(&root(), &[arguments, &["--figures", &folder]].concat())
}

/// The names of the files in a folder.
fn names(folder: &Path) -> Vec<String> {
    let name = |file: &std::path::PathBuf| file.file_name().unwrap().to_string_lossy().into_owned();
    files(folder, &[".svg", ".png"]).iter().map(name).collect()
}

fn two_raters() -> [String; 2] {
    [annotation("A.ratings.json"), annotation("B.ratings.json")]
}

#[test]
fn agreement_has_its_figures_the_same_each_time() {
    let [a, b] = two_raters();
    let (one, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let run = succeeds(drawn(&["agree", &a, &b, "--json"], one.path()));
    assert!(run.out.starts_with('{'), "standard output is the report alone");
    assert_eq!(
        names(one.path()),
        [
            "agreement-commission-coefficients.svg",
            "agreement-commission-counts.svg",
            "agreement-critical-actions-coefficients.svg",
            "agreement-critical-actions-counts.svg",
            "agreement-omission-coefficients.svg",
            "agreement-omission-counts.svg",
        ]
    );
    for name in names(one.path()) {
        assert!(run.err.contains(&name), "{}", run.err);
    }
    succeeds(drawn(&["agree", &a, &b], other.path()));
    for name in names(one.path()) {
        let same = fs::read(one.path().join(&name)).unwrap()
            == fs::read(other.path().join(&name)).unwrap();
        assert!(same, "{name}");
    }
    // The same bytes are no other file.
    succeeds(drawn(&["agree", &a, &b], other.path()));
}

#[test]
fn a_judge_findings_and_a_study_have_figures_as_svg_and_png() {
    let [a, b] = two_raters();
    let judge = annotation("judge.jsonl");
    let folder = TempDir::new().unwrap();
    let asked = ["judge", "--human", &a, &b, "--judge", &judge, "--key", &annotation("key.json")];
    let both = [&asked[..], &JUDGE, &["--figure-format", "both"]].concat();
    let run = succeeds(drawn(&both, folder.path()));
    let written = names(folder.path()).len();
    assert!(written > 12 && run.err.contains(&format!("wrote {written} files: ")), "{}", run.err);
    assert!(run.err.contains(&format!(" and {} more.", written - 3)), "of many, the first few");
    let asked = ["findings", "--scores", &judge];
    succeeds(drawn(&[&asked[..], &JUDGE, &["--figure-format", "png"]].concat(), folder.path()));
    let lead = Lead::of_example();
    lead.says(&["receive", "study", &a, &b]);
    let study = folder.path().join("study");
    lead.says(&["agree", "study", "--figures", study.to_str().unwrap()]);

    let names = names(folder.path());
    for name in [
        "judge-invented-judge-omission-counts.svg",
        "judge-invented-judge-omission-kappa.png",
        "judge-invented-judge-commission-miss-rate-by-model.svg",
        "findings-plane.png",
        "findings-categories.png",
        "findings-gap-layperson-physician.png",
        "findings-mean-oh.png",
    ] {
        assert!(names.iter().any(|found| found == name), "{name} in {names:?}");
    }
    assert!(!names.contains(&"findings-plane.svg".into()));
    assert!(names.iter().any(|name| name.starts_with("agreement-dr-")), "{names:?}");
    assert!(fs::read(folder.path().join("findings-plane.png")).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn no_file_is_written_over_another() {
    let [a, b] = two_raters();
    let folder = TempDir::new().unwrap();
    let taken = folder.path().join("agreement-omission-counts.svg");
    fs::write(&taken, "mine").unwrap();
    let told = fails(drawn(&["agree", &a, &b], folder.path()));
    assert!(told.contains("agreement-omission-counts.svg"), "{told}");
    assert_eq!(fs::read_to_string(taken).unwrap(), "mine");
    assert_eq!(names(folder.path()), ["agreement-omission-counts.svg"], "nothing else was written");
}

#[test]
fn a_folder_that_cannot_be_written_is_refused_before_the_work() {
    let file = TempDir::new().unwrap();
    let place = file.path().join("a");
    fs::write(&place, "").unwrap();
    for folder in [place.clone(), place.join("below")] {
        let told = fails(drawn(&["agree", "no-such-file", "none"], &folder));
        assert!(
            told.contains(&place.display().to_string()) && !told.contains("no-such-file"),
            "{told}"
        );
    }
    let run = primum(&root(), &["agree", "a", "b", "--figure-format", "png"]);
    assert!(run.code == 2 && run.err.contains("--figures <DIR>"), "{run:?}");
}

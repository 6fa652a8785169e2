//! What is given for a file and is none: every reader says so, and none waits or fills the memory.

use crate::support::{fails, primum};
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use testing::{annotation, root};

/// Each command line that reads `FILE`, and its other files.
fn readers() -> Vec<String> {
    let (a, packet) = (annotation("A.ratings.json"), annotation("packets/packet-A.primum-packet"));
    let scenarios = root().join("scenarios").display().to_string();
    let study = |of: &str, responses: &str, rubric: &str| {
        format!(
            "{of} --scenarios {scenarios} --responses {responses} --rubric {rubric} --raters A --seed 1 \
             --out made"
        )
    };
    let responses = annotation("responses.jsonl");
    vec![
        format!("agree FILE {a}"),
        format!("agree {a} {a} --key FILE"),
        format!("judge --human {a} --judge FILE"),
        format!("judge --human {a} --judge {a} --thresholds FILE"),
        format!("findings --scenarios {scenarios} --scores FILE"),
        format!("findings --scenarios {scenarios} --scores {a} --battery FILE"),
        "coefficients FILE".into(),
        "plan FILE --items 20".into(),
        study("packet --clear-key", "FILE", "gated"),
        study("packet --clear-key", &responses, "FILE"),
        study("packet --passphrase-file FILE", &responses, "gated"),
        study("study draft --title T --instructions FILE", &responses, "gated"),
        "study check FILE".into(),
        "study check with-responses.json".into(),
        "study check with-rubric.json".into(),
        "study check with-calibration.json".into(),
        "study check with-scores.json".into(),
        format!("study ratings {packet} FILE --name A --at 2026-04-09T18:00:00Z --out made.json"),
        format!("study ratings FILE {a} --name A --at 2026-04-09T18:00:00Z --out made.json"),
    ]
}

fn draft(folder: &Path, name: &str, field: &str, file: &str) {
    let mut draft = serde_json::json!({
        "title": "T", "scenarios": root().join("scenarios"), "rubric": "gated", "seed": 1,
        "responses": annotation("responses.jsonl"), "raters": [{ "label": "A" }]
    });
    draft[field] = file.into();
    fs::write(folder.join(name), draft.to_string()).unwrap();
}

/// What every reader says of `file`, in one line that names it.
#[track_caller]
fn told_by_all(folder: &Path, file: &str, told: &str) {
    for field in ["responses", "rubric", "calibration", "scores"] {
        draft(folder, &format!("with-{field}.json"), field, file);
    }
    for line in readers() {
        let arguments: Vec<&str> =
            line.split_whitespace().map(|word| if word == "FILE" { file } else { word }).collect();
        let said = fails(primum(folder, &arguments));
        assert!(said.contains(file) && said.contains(told), "{line}: {said}");
    }
}

#[test]
fn a_pipe_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.csv").display().to_string();
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    told_by_all(folder.path(), &pipe, "this is a pipe or a device, not a regular file");
}

#[test]
fn a_device_without_an_end_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    told_by_all(folder.path(), "/dev/zero", "this is a pipe or a device, not a regular file");
}

#[test]
fn another_kind_of_file_is_told_as_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("scan.csv").display().to_string();
    fs::write(&pdf, b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n").unwrap();
    told_by_all(folder.path(), &pdf, "this is a PDF");
}

#[test]
fn a_folder_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("inside").display().to_string();
    fs::create_dir(&inside).unwrap();
    told_by_all(folder.path(), &inside, "found a folder; expected a file.");
}

#[test]
fn a_file_is_refused_by_its_size_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let large = folder.path().join("large.csv").display().to_string();
    // Blocks that were never written take no room.
    File::create(&large).unwrap().set_len(65 << 30).unwrap();
    told_by_all(folder.path(), &large, "MB, the most that is read of one of its kind");
}

#[test]
fn a_name_that_is_too_long_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let long = format!("{}.csv", "x".repeat(300));
    told_by_all(folder.path(), &folder.path().join(long).display().to_string(), "too long");
}

/// Whatever the library that reads it makes of a damaged file.
#[test]
fn a_damaged_file_is_told_in_our_words_only() {
    let folder = tempfile::tempdir().unwrap();
    let fixtures = root().join("crates/exchange/tests/exchange/fixtures/parquet");
    let whole = fs::read(fixtures.join("wide.zstd.parquet")).unwrap();
    for at in (4..whole.len()).step_by(whole.len() / 60) {
        let mut changed = whole.clone();
        changed[at] ^= 0xFF;
        fs::write(folder.path().join("t.parquet"), changed).unwrap();
        let said = primum(folder.path(), &["inspect", "t.parquet"]);
        assert!(!said.err.contains("panicked"), "{at}: {}", said.err);
    }
}

//! What files say never acts on the terminal. Every run in these tests is checked for that; here are the
//! places where it comes from outside.

use crate::support::{Run, primum, primum_told, succeeds};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use testing::{annotation, root};

/// Sets the terminal's title, clears the screen, and turns the writing.
const HOSTILE: &str = "x\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}txt";

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

/// Whatever is printed names what it found, written out.
fn told(run: &Run) {
    let text = format!("{}{}", run.out, run.err);
    assert!(text.contains("u{1b}") || text.contains("\\u001b"), "{run:?}");
}

#[test]
fn names_of_raters_and_categories_are_written_out() {
    let folder = tempfile::tempdir().unwrap();
    let table = |rater: &str, grade: u8| {
        let rows = (0..6).map(|item| format!("{rater},i{item},omission,{}\n", (item + grade) % 5));
        format!("rater,item,axis,value\n{}", rows.collect::<String>())
    };
    write(folder.path(), "a.csv", &table(HOSTILE, 0));
    write(folder.path(), "b.csv", &table("B", 1));
    let in_folder = |arguments: &[&str]| primum(folder.path(), arguments);
    told(&succeeds(in_folder(&["agree", "a.csv", "b.csv"])));
    told(&succeeds(in_folder(&["judge", "--human", "a.csv", "--judge", "b.csv"])));
    let json = succeeds(in_folder(&["agree", "a.csv", "b.csv", "--json"]));
    let report: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(report["first"], HOSTILE, "JSON keeps what it escapes");

    let categories = json!({ "categories": [HOSTILE, "no"], "table": [[3, 1], [1, 4]] });
    write(folder.path(), "table.json", &categories.to_string());
    told(&in_folder(&["coefficients", "table.json"]));
}

#[test]
fn messages_and_scans_write_out_what_they_quote() {
    let folder = tempfile::tempdir().unwrap();
    let in_folder = |arguments: &[&str]| primum(folder.path(), arguments);
    let responses = fs::read_to_string(annotation("responses.jsonl")).unwrap();
    let first = responses.lines().next().unwrap();
    let mut response: Value = serde_json::from_str(first).unwrap();
    response["response"] = json!(format!("As Claude, I say {HOSTILE}."));
    let rest: Vec<&str> = responses.lines().skip(1).collect();
    write(folder.path(), "responses.jsonl", &format!("{response}\n{}\n", rest.join("\n")));
    let scenarios = root().join("scenarios").display().to_string();
    let draft = [
        "study",
        "draft",
        "--title",
        HOSTILE,
        "--scenarios",
        &scenarios,
        "--responses",
        "responses.jsonl",
        "--rubric",
        "gated",
        "--raters",
        "A,B",
        "--seed",
        "1",
        "--out",
        "d.json",
    ];
    succeeds(in_folder(&draft));
    told(&succeeds(in_folder(&["study", "scan", "d.json"])));
    let unknown = in_folder(&["agree", "a\u{1b}[2J.csv", "b.csv"]);
    assert_ne!(unknown.code, 0);
    told(&unknown);
    write(folder.path(), "raw.jsonl", &format!("{{\"scenario_id\": \"{HOSTILE}\"\n"));
    assert_ne!(in_folder(&["packet", "raw.jsonl"]).code, 0);
}

#[test]
fn a_reply_over_the_line_is_written_out_too() {
    let folder = tempfile::tempdir().unwrap();
    let ask = json!({ "name": "compare_raters", "arguments": { "files": [HOSTILE, "b"] } });
    let run = primum_told(folder.path(), &["rpc", "--data", "."], format!("{ask}\n"));
    told(&run);
}

#[test]
fn arguments_are_written_out_in_what_is_said_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let turned = format!("--{HOSTILE}\r\u{2028}\u{2029}");
    for arguments in [
        vec![HOSTILE],
        vec!["agree", &turned],
        vec!["plan", "--seed", HOSTILE],
        vec!["plan", "--coefficient", HOSTILE],
        vec!["coefficients", "x.csv", "--bootstrap", HOSTILE],
        vec!["study", "draft", "--oversample", HOSTILE],
    ] {
        let run = primum(folder.path(), &arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
        assert!(run.err.starts_with("primum: "), "{run:?}");
        told(&run);
    }
}

#[test]
fn help_and_suggestions_stay_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let help = succeeds(primum(folder.path(), &["help", "agree"]));
    assert!(help.out.contains("Usage: primum agree [OPTIONS]"), "{help:?}");
    assert!(succeeds(primum(folder.path(), &["--version"])).out.starts_with("primum 0."));
    let near = primum(folder.path(), &["agree", "--seeed", "1"]);
    assert!(near.err.contains("a similar argument exists: '--seed'"), "{near:?}");
    let range = primum(folder.path(), &["coefficients", "x.csv", "--bootstrap", "0"]);
    assert_eq!(
        range.err,
        "primum: --bootstrap <B>: found `0`; expected a whole number from 1 to 4294967295.\n"
    );
}

#[test]
fn a_reader_that_has_gone_stops_nothing() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_primum"));
    let status = run.args(["agree", "nowhere.csv", "nowhere.csv"]).stderr(writer).status().unwrap();
    assert_eq!(status.code(), Some(1), "not a panic's");
}

/// A disk that is full to everyone who writes to it.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_under_standard_output_is_told_in_words() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_primum"))
        .args(["findings", "--help"])
        .stdout(full)
        .output()
        .unwrap();
    let told = String::from_utf8(done.stderr).unwrap();
    assert!(told.starts_with("primum: standard output: no space left"), "{told}");
    assert!(!told.contains("os error"), "{told}");
}

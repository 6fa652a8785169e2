//! What the tests of this crate share.

use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Every file below `folder` whose name ends in one of `ends`.
pub fn files(folder: &Path, ends: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ends));
        } else if ends.iter().any(|end| path.to_string_lossy().ends_with(end)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What one run of `primum` said.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs `primum` in `folder`.
pub fn primum(folder: &Path, arguments: &[&str]) -> Run {
    primum_told(folder, arguments, "")
}

/// Runs `primum` in `folder` with this on its standard input.
pub fn primum_told(folder: &Path, arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_primum"))
        .args(arguments)
        .current_dir(folder)
        // The window of the person who runs the tests has packets of its own.
        .env("XDG_DATA_HOME", folder.join("home"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that ended before it read everything has said why.
    let _ = child.stdin.take().unwrap().write_all(input.as_ref());
    let done = child.wait_with_output().unwrap();
    let run = Run {
        code: done.status.code().unwrap(),
        out: String::from_utf8(done.stdout).unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
    };
    for text in [&run.out, &run.err] {
        assert!(!text.chars().any(obeyed_by_terminals), "{arguments:?}: {text:?}");
    }
    run
}

/// Characters that clear a screen, set its title, or turn the direction of writing.
fn obeyed_by_terminals(c: char) -> bool {
    let turns = "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
    turns.contains(c) || c.is_control() && c != '\n' && c != '\t'
}

/// A run that succeeded.
#[track_caller]
pub fn succeeds(run: Run) -> Run {
    assert_eq!(run.code, 0, "{run:?}");
    run
}

/// What a run that failed said: a message on standard error, and nothing on standard output.
#[track_caller]
pub fn fails(run: Run) -> String {
    assert_ne!(run.code, 0, "{run:?}");
    assert_eq!(run.out, "", "a failure prints nothing that could be taken for a result");
    assert_eq!(run.err.lines().count(), 1, "one line says what is wrong: {}", run.err);
    run.err
}

/// A row of a table, by column.
pub type Row = BTreeMap<String, String>;

/// The rows of a table.
pub fn table(file: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// Fails where a row says something else than the measure that the report's JSON has there.
#[track_caller]
pub fn assert_measure(row: &Row, found: &Value) {
    let number = |value: &Value| value.as_f64().map(|value| value.to_string()).unwrap_or_default();
    let interval = &found["interval"];
    let reason = [&found["undefined"], &interval["undefined"]].into_iter().find_map(Value::as_str);
    let expected = [
        ("estimate", number(&found["estimate"])),
        ("se", number(&found["se"])),
        ("lo", number(&interval["lo"])),
        ("hi", number(&interval["hi"])),
        ("level", number(&interval["level"])),
        ("reason", reason.unwrap_or_default().to_owned()),
    ];
    for (column, expected) in expected {
        assert_eq!(row[column], expected, "{column} of {row:?}");
    }
}

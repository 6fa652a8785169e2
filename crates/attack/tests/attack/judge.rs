//! Each promise is seen to be broken by a program that breaks it.

use crate::support::script;
use attack::bench::{Contents, Entry};
use attack::judge::{Broken, Known, is_damaged, judge};
use attack::mutations::{Row, Trial};
use attack::readers::Reader;
use attack::run::Program;
use serde_json::json;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// What becomes of two hostile versions of `a.json` if the program does `bad` about them.
fn tried(bad: &str) -> Row {
    tried_for(Duration::from_secs(30), bad)
}

fn tried_for(time: Duration, bad: &str) -> Row {
    let home = tempfile::tempdir().unwrap();
    let program =
        script(home.path(), &format!("if cmp -s a.json good.json; then exit 0; fi\n{bad}"));
    let program = Program { time, ..program };
    let file = || Entry::File(b"good".to_vec());
    let good =
        Contents::from([(PathBuf::from("a.json"), file()), (PathBuf::from("good.json"), file())]);
    let reader = Reader {
        name: "fake",
        file: "a.json".into(),
        or_names: &[],
        line: "read a.json".into(),
        input: String::new(),
        logs_to: None,
        slow: false,
    };
    let left = &home.path().join("left");
    let trial = Trial { program: &program, good: &good, seed: 1, cases: 2, only: None, left };
    let (rows, cases) = trial.run(&[reader]).unwrap();
    assert_eq!(cases.is_empty(), rows[0].broken.is_empty());
    // An empty file is the first case.
    let file = fs::read(left.join("fake-1-0/a.json")).ok();
    assert_eq!(file, Some(Vec::new()).filter(|_| !cases.is_empty()), "what broke it is left");
    rows[0].clone()
}

#[track_caller]
fn breaks(bad: &str, promise: Broken) {
    let row = tried(bad);
    assert_eq!(row.broken.into_iter().collect::<Vec<_>>(), [(promise, 2)], "{bad}");
}

#[test]
fn a_program_that_keeps_all_promises_breaks_none() {
    let row = tried("echo a.json is bad >&2; exit 1");
    assert_eq!((row.tries, row.refused, row.accepted), (2, 2, 0));
    assert!(row.broken.is_empty(), "{row:?}");
    let row = tried("echo taken; echo x > made");
    assert_eq!((row.refused, row.accepted), (0, 2));
    assert!(row.broken.is_empty(), "{row:?}");
}

#[test]
fn a_panic_is_seen() {
    breaks("echo a.json >&2; exit 101", Broken::Panic);
    breaks("echo thread main panicked at a.json >&2; exit 1", Broken::Panic);
}

#[test]
fn an_abort_is_seen() {
    breaks("echo a.json >&2; kill -ABRT $$", Broken::Abort);
}

#[test]
fn a_hang_is_seen() {
    let row = tried_for(Duration::from_secs(1), "exec sleep 60");
    assert_eq!(row.broken.into_iter().collect::<Vec<_>>(), [(Broken::Hang, 2)]);
    assert_eq!((row.refused, row.accepted), (0, 0));
}

#[test]
fn a_message_without_the_file_is_seen() {
    breaks("echo it is bad >&2; exit 1", Broken::Unnamed);
    breaks("echo '{\"error\":{\"message\":\"it is bad\"}}'", Broken::Unnamed);
}

#[test]
fn what_acts_on_a_terminal_is_seen() {
    breaks("printf 'a.json \\033[2J' >&2; exit 1", Broken::RawControl);
    breaks("printf 'a.json \\342\\200\\256' >&2; exit 1", Broken::RawControl);
    breaks("printf 'taken \\377'", Broken::RawControl);
}

#[test]
fn what_a_refusal_leaves_or_changes_is_seen() {
    let refuses = "echo a.json >&2; exit 1";
    breaks(&format!("echo x > made; {refuses}"), Broken::Partial);
    breaks(&format!("echo x >> good.json; {refuses}"), Broken::Partial);
    breaks(&format!("rm good.json; {refuses}"), Broken::Partial);
}

#[test]
fn a_damaged_file_that_is_taken_is_seen() {
    let content = json!({ "n": 1.0 });
    let good = json!({ "digest": study::Digest::of(&content), "content": content }).to_string();
    let damaged = |text: &str| is_damaged(good.as_bytes(), text.as_bytes());
    assert!(!damaged(&good));
    assert!(!damaged(&format!("\u{feff}{}\r\n", good.replace(',', " ,\t"))));
    assert!(damaged(&good.replace("1.0", "2.0")) && damaged("") && damaged("{}"));
    assert!(!is_damaged(b"no digest", b"whatever"));
    let home = tempfile::tempdir().unwrap();
    let run = script(home.path(), "exit 0").run(home.path(), &[], "").unwrap();
    let known = |damaged| Known { names: &[], changed: &[], damaged };
    assert_eq!(judge(&run, &known(true)), [Broken::Damaged]);
    assert_eq!(judge(&run, &known(false)), []);
}

#[test]
fn more_memory_than_allowed_is_not_had() {
    let home = tempfile::tempdir().unwrap();
    let program = script(home.path(), "dd if=/dev/zero of=/dev/null bs=500M count=1");
    let little = Program { memory: 100, ..program.clone() };
    assert!(program.run(home.path(), &[], "").unwrap().accepted());
    assert!(!little.run(home.path(), &[], "").unwrap().accepted());
}

#[test]
fn a_reader_that_refuses_good_files_is_no_trial() {
    let home = tempfile::tempdir().unwrap();
    let program = script(home.path(), "exit 1");
    let good = Contents::from([(PathBuf::from("a.json"), Entry::File(b"good".to_vec()))]);
    let reader = Reader {
        name: "fake",
        file: "a.json".into(),
        or_names: &[],
        line: String::new(),
        input: String::new(),
        logs_to: None,
        slow: false,
    };
    let left = home.path();
    let trial = Trial { program: &program, good: &good, seed: 1, cases: 1, only: None, left };
    let told = trial.run(&[reader]).unwrap_err().to_string();
    assert!(told.starts_with("fake refuses what is good"), "{told}");
}

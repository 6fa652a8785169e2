//! Registering thresholds and batteries.

use crate::study::lead::Lead;
use crate::support::{fails, primum, succeeds};
use std::fs;

#[test]
fn what_is_written_down_is_in_the_log_with_its_digest() {
    let lead = Lead::of_example();
    succeeds(primum(lead.folder.path(), &["findings", "--write-battery", "battery.json"]));
    let said = lead.says(&["register", "study", "battery.json"]);
    assert_eq!(said, "Registered before the key is opened.\n");
    let shown = lead.says(&["show", "study"]);
    let line =
        "A battery of hypotheses was registered before the key was opened: battery.json, sha256:";
    assert!(shown.contains(line), "{shown}");

    fs::write(lead.path("poem.json"), "{\"format\": \"poem\"}").unwrap();
    let message = fails(lead.runs(&["register", "study", "poem.json"]));
    assert!(message.contains("poem.json") && message.contains("primum-thresholds/1"), "{message}");
}

/// Other readers of pipes are tested without a study.
#[cfg(unix)]
#[test]
fn a_pipe_is_neither_registered_nor_received() {
    let lead = Lead::of_example();
    let pipe = lead.path("pipe.json");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let told = "pipe.json: this is a pipe or a device, not a regular file.";
    for task in ["register", "receive"] {
        let run = lead.runs(&[task, "study", "pipe.json"]);
        assert!(format!("{}{}", run.out, run.err).contains(told), "{task}: {run:?}");
    }
}

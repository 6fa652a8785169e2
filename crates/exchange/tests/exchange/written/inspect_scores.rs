//! Scores for Inspect.

use crate::support::Folder;
use exchange::{INSPECT_SCRIPT, InspectScore, encode_inspect_scores};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::process::Command;

fn score() -> InspectScore<'static> {
    InspectScore {
        model: "mockllm/model",
        sample: "s1",
        epoch: 2,
        scorer: "physician:A".into(),
        value: BTreeMap::from([("omission", 3), ("commission", 0)]),
        explanation: None,
        author: "Dr. Ada Example",
        reason: "Rated in Primum, study x, item y".into(),
        timestamp: "2026-05-04T19:41:00Z".parse().unwrap(),
    }
}

#[test]
fn a_score_names_its_sample_and_where_it_comes_from() {
    let text = encode_inspect_scores(&[score()]).unwrap();
    let expected = json!([{
        "model": "mockllm/model", "sample": "s1", "epoch": 2, "scorer": "physician:A",
        "value": { "commission": 0, "omission": 3 }, "explanation": null, "author": "Dr. Ada Example",
        "reason": "Rated in Primum, study x, item y", "timestamp": "2026-05-04T19:41:00Z",
    }]);
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), expected);
}

/// Two epochs of a sample whose identifier is a number.
const MAKE_LOG: &str = r#"
from inspect_ai import Task, eval
from inspect_ai.dataset import MemoryDataset, Sample

task = Task(dataset=MemoryDataset([Sample(id=7, input="Is it safe?")]))
eval(task, model="mockllm/model", epochs=2, log_dir="logs", display="none")
"#;

const SHOW_SCORES: &str = r#"
import json
from inspect_ai.log import read_eval_log

for sample in read_eval_log("copy.eval").samples:
    for name, score in (sample.scores or {}).items():
        edit = score.history[0].provenance
        print(json.dumps([sample.id, sample.epoch, name, score.value, score.explanation, edit.author, edit.reason,
                          edit.timestamp.isoformat()]))
"#;

#[test]
fn the_script_adds_the_scores_to_a_copy_of_a_log() {
    let Some(python) = testing::python() else { return };
    let folder = Folder::new();
    let python = |arguments: &[&str]| {
        let mut run = Command::new(python.get_program());
        run.envs(python.get_envs().filter_map(|(name, value)| Some((name, value?))));
        run.args(arguments).current_dir(folder.path()).output()
    };
    let score = |model, sample, epoch| InspectScore { model, sample, epoch, ..score() };
    let scores = [
        score("mockllm/model", "7", 2),
        score("mockllm/model", "8", 1),
        score("another/model", "7", 1),
    ];
    folder.put("inspect_scores.json", encode_inspect_scores(&scores).unwrap());
    folder.put("inspect_scores.py", INSPECT_SCRIPT);
    let says = |arguments: &[&str]| {
        let run = python(arguments).unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    };
    says(&["-c", MAKE_LOG]);
    let log = format!("logs/{}", testing::names(&folder.file("logs"))[0]);
    assert_eq!(
        says(&["inspect_scores.py", &log, "copy.eval"]),
        "Scores of mockllm/model: 1 added, 1 left out, whose samples are not in the log\n"
    );
    let shown: Value = serde_json::from_str(&says(&["-c", SHOW_SCORES])).unwrap();
    let expected = json!([
        7, 2, "physician:A", { "commission": 0, "omission": 3 }, null, "Dr. Ada Example",
        "Rated in Primum, study x, item y", "2026-05-04T19:41:00+00:00",
    ]);
    assert_eq!(shown, expected);
    let again = python(&["inspect_scores.py", &log, "copy.eval"]).unwrap();
    assert!(!again.status.success(), "a file that is there stays");
}

//! Logs of openai/evals.

use crate::support::Folder;
use exchange::{Mapping, collect_responses};
use serde_json::{Value, json};

fn event(kind: &str, sample: &str, data: Value) -> String {
    let event = json!({
        "run_id": "r", "event_id": 0, "sample_id": sample, "type": kind, "data": data,
        "created_by": "", "created_at": "2026-03-01",
    });
    format!("{event}\n")
}

const SPEC: &str = "{\"spec\": {\"completion_fns\": [\"gpt-x\"], \"eval_name\": \"triage.dev.v0\", \"run_id\": \"r\"}}\n";

fn log(events: &[String]) -> (Vec<(String, String)>, Vec<String>, Vec<String>) {
    let folder = Folder::new();
    let text = [SPEC, &events.concat(), "{\"final_report\": {\"accuracy\": 1.0}}\n"].concat();
    let file = folder.put("log.jsonl", text);
    let collected = collect_responses(&file, &Mapping::default()).unwrap();
    let texts = collected.responses.into_iter().map(|r| (r.origin.item_name(), r.text)).collect();
    let problems = collected.problems.into_iter().map(|p| folder.told::<()>(Err(p))).collect();
    (texts, collected.notes, problems)
}

#[test]
fn what_was_sampled_is_read_and_other_events_are_not() {
    let (texts, notes, problems) = log(&[
        event("sampling", "triage.0", json!({"prompt": "q", "sampled": ["a", "b"]})),
        event("match", "triage.0", json!({"correct": true})),
        event("sampling", "triage.1", json!({"prompt": "q", "sampled": "c"})),
        event("sampling", "triage.2", json!({"prompt": "q", "sampled": []})),
        event("sampling", "triage.3", json!({"prompt": "q", "sampled": 3})),
    ]);
    let expected =
        [("triage.0/gpt-x/0", "a"), ("triage.0/gpt-x/1", "b"), ("triage.1/gpt-x/0", "c")];
    assert_eq!(texts, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
    assert_eq!(notes.len(), 1);
    assert!(notes[0].ends_with("1 line left out, as no response arrived: triage.2."), "{notes:?}");
    assert_eq!(
        problems,
        [
            "log.jsonl, line 6, field `data.sampled`: found `3`; expected a text, or a list of texts."
        ]
    );
}

#[test]
fn answers_of_several_models_are_told_as_one_may_have_graded() {
    let (texts, notes, _) = log(&[
        event("sampling", "triage.0", json!({"sampled": ["a"], "model": "gpt-x-2026"})),
        event("sampling", "triage.0", json!({"sampled": ["Yes"], "model": "grader"})),
    ]);
    assert_eq!(texts[1].0, "triage.0/grader/0");
    assert!(
        notes[0].contains("the log has answers of several models (gpt-x-2026, grader)"),
        "{notes:?}"
    );
}

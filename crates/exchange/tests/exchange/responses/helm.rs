//! Runs of HELM.

use crate::support::Folder;
use exchange::{Mapping, collect_responses};
use serde_json::{Value, json};

fn request(id: &str, trial: u32, result: Value) -> Value {
    json!({
        "instance": {"id": id, "input": {"text": "q"}, "references": [], "split": "test"},
        "train_trial_index": trial, "request": {"model": "org-m", "prompt": "q"}, "result": result,
    })
}

fn answers(texts: &[&str]) -> Value {
    let completions = texts.iter().map(|text| json!({"text": text, "logprob": 0.0, "tokens": []}));
    json!({"success": true, "completions": completions.collect::<Vec<_>>(), "cached": false})
}

#[test]
fn every_completion_of_an_unchanged_question_is_a_response() {
    let folder = Folder::new();
    let mut changed = request("id1", 0, answers(&["typo"]));
    changed["instance"]["perturbation"] = json!({"name": "typos"});
    let mut reference = request("id1", 0, answers(&["A"]));
    reference["reference_index"] = 0.into();
    let mut filtered = answers(&[""]);
    filtered["completions"][0]["finish_reason"] = json!({"reason": "content_filter"});
    let states = [
        request("id1", 0, answers(&["a", "b"])),
        request("id1", 1, answers(&["c"])),
        changed,
        reference,
        request("id2", 0, filtered),
        request("id3", 0, json!({"success": false, "error": "429", "completions": []})),
    ];
    let state = json!({"adapter_spec": {"model": "org-m", "method": "generation"}, "request_states": states});
    let file = folder.put("run/scenario_state.json", state.to_string());
    let collected = collect_responses(&folder.file("run"), &Mapping::default()).unwrap();
    let found: Vec<_> = collected
        .responses
        .iter()
        .map(|r| (r.origin.item_name(), r.text.as_str(), r.filtered))
        .collect();
    assert_eq!(
        found,
        [
            ("id1/org-m/0".to_owned(), "a", false),
            ("id1/org-m/1".to_owned(), "b", false),
            ("id1/org-m/2".to_owned(), "c", false),
            ("id2/org-m/0".to_owned(), "", true),
        ]
    );
    let shown = file.display();
    assert_eq!(
        collected.notes,
        [
            format!("{shown}: 1 request left out: the question was changed (perturbation)."),
            format!(
                "{shown}: 1 request left out: only the likelihood of a given answer was asked."
            ),
            format!("{shown}: 1 request left out, as no response arrived: id3."),
        ]
    );
    let again = collect_responses(&file, &Mapping::default()).unwrap();
    assert_eq!(again.responses, collected.responses, "the file in the folder may be given, too");
}

#[test]
fn another_folder_is_no_file() {
    let folder = Folder::new();
    folder.put("run/run_spec.json", "{}");
    assert_eq!(
        folder.told(collect_responses(&folder.file("run"), &Mapping::default())),
        "run: found a folder; expected a file."
    );
}

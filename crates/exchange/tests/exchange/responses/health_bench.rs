//! Completions of HealthBench.

use crate::support::{Folder, said};
use exchange::{Collected, Mapping, collect_responses};
use serde_json::json;
use std::path::Path;

fn collected(file: &Path) -> Collected {
    collect_responses(file, &said(&[("model_id", ":gpt-x")])).unwrap()
}

fn found(collected: &Collected) -> Vec<(String, &str)> {
    collected.responses.iter().map(|r| (r.origin.item_name(), r.text.as_str())).collect()
}

#[test]
fn a_completion_is_read_once_for_all_its_criteria() {
    let folder = Folder::new();
    let row = |id: &str, rubric: &str, text: &str| {
        let row = json!({
            "prompt_id": "p1", "completion_id": id, "completion": text, "rubric": rubric,
            "prompt": [{"role": "user", "content": "q"}], "category": "c", "binary_labels": [true, false],
            "anonymized_physician_ids": ["A", "B"],
        });
        format!("{row}\n")
    };
    let rows = [row("c1", "x", "one"), row("c1", "y", "one"), row("c2", "x", "two")];
    let file = folder.put("meta.jsonl", rows.concat());
    let read = collected(&file);
    let (one, two) = (("p1/gpt-x/0".to_owned(), "one"), ("p1/gpt-x/1".to_owned(), "two"));
    assert_eq!(found(&read), [one, two]);
    let note = "1 record is about a completion that was read before, for another criterion.";
    assert_eq!(read.notes, [format!("{}: {note}", file.display())]);
    let unnamed = collect_responses(&file, &Mapping::default()).unwrap();
    assert_eq!((unnamed.responses.len(), unnamed.problems.len()), (0, 2), "the model must be said");
}

#[test]
fn the_results_of_a_run_are_read() {
    let folder = Folder::new();
    let completion = |id: &str, text: &str| {
        json!({
            "score": 0.5, "prompt": [{"role": "user", "content": "q"}], "prompt_id": id,
            "completion": [{"role": "assistant", "content": text}], "completion_id": format!("{id}-c"),
        })
    };
    let results = json!({
        "score": 0.5, "metrics": {}, "htmls": [], "convos": [],
        "metadata": {"example_level_metadata": [completion("p1", "one"), completion("p2", "two")]},
    });
    let read = collected(&folder.put("healthbench_allresults.json", results.to_string()));
    let (one, two) = (("p1/gpt-x/0".to_owned(), "one"), ("p2/gpt-x/0".to_owned(), "two"));
    assert_eq!(found(&read), [one, two]);
}

#[test]
fn fields_that_are_named_are_taken_as_told() {
    let folder = Folder::new();
    let file = folder.put("meta.jsonl", r#"{"prompt_id": "p", "completion": "a", "who": "m"}"#);
    let named =
        said(&[("scenario_id", "prompt_id"), ("model_id", "who"), ("response", "completion")]);
    assert_eq!(found(&collect_responses(&file, &named).unwrap()), [("p/m/0".to_owned(), "a")]);
}

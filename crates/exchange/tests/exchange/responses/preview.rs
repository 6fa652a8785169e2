//! A look into a file of responses.

use crate::support::Folder;
use exchange::preview_responses;
use std::collections::BTreeMap;

fn suggested(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(ours, theirs)| ((*ours).to_owned(), (*theirs).to_owned())).collect()
}

#[test]
fn a_preview_shows_five_rows_and_guesses_the_columns() {
    let folder = Folder::new();
    let rows: String = (0..9).map(|row| format!("q{row};gpt;\"text; {row}\"\n")).collect();
    let preview =
        preview_responses(&folder.put("r.csv", format!("Prompt_ID;Model;note\n{rows}"))).unwrap();
    assert_eq!(preview.kind, "a table separated by semicolons");
    assert_eq!(preview.count, 9);
    assert_eq!(preview.columns, ["Prompt_ID", "Model", "note"]);
    assert_eq!(preview.rows.len(), 5);
    assert_eq!(preview.rows[4], ["q4", "gpt", "text; 4"]);
    assert_eq!(
        preview.suggested,
        suggested(&[("model_id", "Model"), ("scenario_id", "Prompt_ID")])
    );
    assert_eq!(preview.required, ["scenario_id", "model_id", "response"]);
    assert_eq!(preview.optional, ["rep_id", "content_filtered", "output_tokens"]);
}

#[test]
fn no_column_is_suggested_twice() {
    let folder = Folder::new();
    let file = folder.put("r.csv", "id,sample,answer,llm\n1,2,a,m\n");
    assert_eq!(
        preview_responses(&file).unwrap().suggested,
        suggested(&[
            ("scenario_id", "id"),
            ("model_id", "llm"),
            ("rep_id", "sample"),
            ("response", "answer")
        ])
    );
}

#[test]
fn fields_of_json_records_are_columns() {
    let folder = Folder::new();
    let text = "{\"qid\": 7, \"answer\": \"a\"}\n{\"qid\": 8, \"answer\": null, \"tags\": [1]}\n";
    let preview = preview_responses(&folder.put("r.jsonl", text)).unwrap();
    assert_eq!((preview.kind.as_str(), preview.count), ("JSON Lines", 2));
    assert_eq!(preview.columns, ["qid", "answer", "tags"]);
    assert_eq!(preview.rows, [["7", "a", ""], ["8", "", "[1]"]]);
    assert_eq!(preview.suggested, suggested(&[("scenario_id", "qid"), ("response", "answer")]));
}

#[test]
fn records_in_our_names_have_nothing_to_match() {
    let folder = Folder::new();
    let text = "{\"scenario_id\": \"s\", \"model_id\": \"m\", \"response\": \"a\"}\n";
    let preview = preview_responses(&folder.put("r.jsonl", text.repeat(2))).unwrap();
    assert_eq!((preview.count, preview.columns.len(), preview.required.len()), (2, 3, 0));
    assert!(preview.suggested.is_empty() && preview.optional.is_empty());
}

#[test]
fn a_log_has_no_columns_and_may_lack_only_the_model() {
    let folder = Folder::new();
    let inspect = r#"{"version": 2, "status": "success", "eval": {"model": "m"}, "samples": [
        {"id": "s1", "epoch": 1, "output": {"choices": [{"message": {"content": "a"}}]}}]}"#;
    let preview = preview_responses(&folder.put("log.json", inspect)).unwrap();
    assert_eq!((preview.kind.as_str(), preview.count), ("an Inspect log", 1));
    assert!(preview.columns.is_empty() && preview.required.is_empty(), "{preview:?}");
    let bench = r#"{"prompt_id": "p", "completion_id": "c", "completion": "a"}"#;
    let preview = preview_responses(&folder.put("meta.jsonl", bench)).unwrap();
    assert_eq!((preview.kind.as_str(), preview.count), ("completions of HealthBench", 1));
    assert_eq!(preview.required, ["model_id"]);
}

//! A look into a file of responses.

use crate::support::Folder;
use exchange::{Preview, preview_responses};

/// The suggested columns, as `field=column`.
fn suggested(preview: &Preview) -> Vec<String> {
    preview.suggested.iter().map(|(field, column)| format!("{field}={column}")).collect()
}

fn names(preview: &Preview) -> Vec<&str> {
    preview.columns.iter().map(|column| column.name.as_str()).collect()
}

fn required(preview: &Preview) -> Vec<&str> {
    preview.fields.iter().filter(|field| field.required).map(|field| field.name).collect()
}

#[test]
fn a_preview_shows_what_is_in_each_column_and_guesses_what_it_holds() {
    let folder = Folder::new();
    let long = "word ".repeat(40);
    let rows: String = (0..9).map(|row| format!("q{row};gpt;\"text; {row}\n{long}\"\n")).collect();
    let preview =
        preview_responses(&folder.put("r.csv", format!("Prompt_ID;Model;note\n{rows}"))).unwrap();
    assert_eq!(preview.kind, "a table separated by semicolons");
    assert_eq!(preview.count, 9);
    assert_eq!(names(&preview), ["Prompt_ID", "Model", "note"]);
    assert_eq!(preview.columns[0].samples, ["q0", "q1", "q2"]);
    assert_eq!(preview.columns[1].samples, ["gpt"]);
    let [first, ..] = preview.columns[2].samples.as_slice() else { panic!("{preview:?}") };
    assert!(first.starts_with("text; 0 word word") && first.chars().count() == 61, "{first}");
    assert_eq!(suggested(&preview), ["model_id=Model", "scenario_id=Prompt_ID"]);
    assert_eq!(required(&preview), ["scenario_id", "model_id", "response"]);
    let others = preview.fields.iter().filter(|field| !field.required).map(|field| field.name);
    assert_eq!(others.collect::<Vec<_>>(), ["rep_id", "content_filtered", "output_tokens"]);
}

#[test]
fn no_column_is_suggested_twice() {
    let folder = Folder::new();
    let file = folder.put("r.csv", "id,sample,answer,llm\n1,2,a,m\n");
    assert_eq!(
        suggested(&preview_responses(&file).unwrap()),
        ["model_id=llm", "rep_id=sample", "response=answer", "scenario_id=id"]
    );
}

#[test]
fn fields_of_json_records_are_columns() {
    let folder = Folder::new();
    let text = "{\"qid\": 7, \"answer\": \"a\"}\n{\"qid\": 8, \"answer\": null, \"tags\": [1]}\n";
    let preview = preview_responses(&folder.put("r.jsonl", text)).unwrap();
    assert_eq!((preview.kind.as_str(), preview.count), ("JSON Lines", 2));
    assert_eq!(names(&preview), ["qid", "answer", "tags"]);
    assert_eq!(preview.columns[0].samples, ["7", "8"]);
    assert_eq!(preview.columns[2].samples, ["1"]);
    assert_eq!(suggested(&preview), ["response=answer", "scenario_id=qid"]);
}

#[test]
fn a_log_has_no_columns_and_may_lack_only_the_model() {
    let folder = Folder::new();
    let inspect = r#"{"version": 2, "status": "success", "eval": {"model": "m"}, "samples": [
        {"id": "s1", "epoch": 1, "output": {"choices": [{"message": {"content": "a"}}]}}]}"#;
    let preview = preview_responses(&folder.put("log.json", inspect)).unwrap();
    assert_eq!((preview.kind.as_str(), preview.count), ("an Inspect log", 1));
    assert!(preview.columns.is_empty() && preview.fields.is_empty(), "{preview:?}");
    let bench = r#"{"prompt_id": "p", "completion_id": "c", "completion": "a"}"#;
    let preview = preview_responses(&folder.put("meta.jsonl", bench)).unwrap();
    assert_eq!((preview.kind.as_str(), preview.count), ("completions of HealthBench", 1));
    assert_eq!(required(&preview), ["model_id"]);
}

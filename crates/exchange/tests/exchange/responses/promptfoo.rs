//! Results of promptfoo.

use crate::support::Folder;
use exchange::{Mapping, collect_responses};
use serde_json::{Value, json};

fn result(test: u32, vars: Value, response: Value) -> Value {
    json!({
        "promptIdx": 0, "testIdx": test, "testCase": {"vars": vars, "assert": []}, "promptId": "p",
        "provider": {"id": "openai:gpt-x", "label": ""}, "prompt": {"raw": "q", "label": "q"},
        "vars": vars, "response": response, "failureReason": 1, "error": "Expected output to contain x",
        "success": false, "score": 0, "latencyMs": 3, "namedScores": {},
    })
}

fn collected(document: &Value) -> (Vec<(String, String)>, Vec<String>) {
    let folder = Folder::new();
    let file = folder.put("results.json", document.to_string());
    let collected = collect_responses(&file, &Mapping::default()).unwrap();
    assert!(collected.problems.is_empty(), "{:?}", collected.problems);
    let start = format!("{}: ", file.display());
    let texts = collected.responses.into_iter().map(|r| (r.origin.item_name(), r.text)).collect();
    (texts, collected.notes.into_iter().map(|note| note.replace(&start, "")).collect())
}

#[test]
fn results_are_read_whether_they_passed_or_not() {
    let results = [
        result(0, json!({"scenario_id": "s1", "q": "x"}), json!({"output": "a"})),
        result(1, json!({"scenario_id": "s1", "q": "x"}), json!({"output": "b"})),
        result(2, json!({"id": 4}), json!({"output": {"answer": "c"}})),
        result(3, json!({"q": "x"}), json!({"output": "d"})),
        result(4, json!({"id": 5}), json!({"error": "429"})),
    ];
    let summary =
        json!({"version": 3, "timestamp": "t", "results": results, "prompts": [], "stats": {}});
    let document = json!({"evalId": "e", "results": summary, "config": {}, "shareableUrl": null});
    let (texts, notes) = collected(&document);
    let expected = [
        ("s1/openai:gpt-x/0", "a"),
        ("s1/openai:gpt-x/1", "b"),
        ("4/openai:gpt-x/0", "{\"answer\":\"c\"}"),
        ("3/openai:gpt-x/0", "d"),
    ];
    assert_eq!(texts, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
    assert_eq!(
        notes,
        [
            "1 test is called by the number alone, as no variable names a scenario.",
            "1 output is JSON and no text, and taken as it is written.",
            "1 result left out, as no response arrived: 5.",
        ]
    );
    assert_eq!(collected(&summary).0, texts, "the summary alone is the same");
}

#[test]
fn a_provider_goes_by_its_label_and_several_prompts_are_told() {
    let mut first = result(0, json!({"scenario": "s1"}), json!({"output": "a"}));
    first["provider"]["label"] = "aster".into();
    let mut second = first.clone();
    second["promptIdx"] = 1.into();
    let (texts, notes) = collected(&json!({"results": [first, second], "stats": {}}));
    let names: Vec<&str> = texts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["s1/aster/0", "s1/aster/1"]);
    assert_eq!(
        notes,
        ["2 prompts were asked; the answers to them count as repetitions of one scenario."]
    );
}

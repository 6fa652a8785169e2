//! Scenarios read from files of responses: what was asked, with its turns.

use crate::support::{Folder, said};
use exchange::{Mapping, collect_responses, read_scenarios};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use testing::root;

/// A conversation as most programs log it, each message with a field of its own.
fn turns() -> Value {
    json!([
        { "role": "system", "content": "You help.", "id": "m1" },
        { "role": "user", "content": [{ "type": "text", "text": "My thumb." }] },
        { "role": "assistant", "content": "Where?", "source": "generate", "tool_calls": null },
        { "role": "user", "content": "Here." },
    ])
}

const PLAIN: &str = "System: You help.\n\nUser: My thumb.\n\nAssistant: Where?\n\nUser: Here.";

/// Each scenario with its prompt as one text.
fn asked(file: &Path) -> Vec<(String, String)> {
    let scenarios = read_scenarios(file, &Mapping::default()).unwrap().scenarios;
    scenarios.into_iter().map(|one| (one.id, one.prompt.plain().into_owned())).collect()
}

/// Reads `file` as scenarios, which are those that its responses answer.
#[track_caller]
fn assert_asked(file: &Path, expected: &[(&str, &str)]) {
    let found = asked(file);
    let found: Vec<(&str, &str)> =
        found.iter().map(|(id, prompt)| (id.as_str(), prompt.as_str())).collect();
    assert_eq!(found, expected);
    let collected = collect_responses(file, &said(&[("model_id", ":m")])).unwrap();
    assert!(!collected.responses.is_empty() && collected.problems.is_empty());
    for response in collected.responses {
        let id = response.origin.scenario_id;
        assert!(expected.iter().any(|(known, _)| *known == id), "{id} was asked");
    }
}

fn inspect(folder: &Folder, inputs: &[(&str, u32, Value)]) -> PathBuf {
    let sample = |(id, epoch, input): &(&str, u32, Value)| {
        json!({
            "id": id, "epoch": epoch, "input": input, "target": "",
            "output": { "choices": [{ "message": { "role": "assistant", "content": "a" } }] },
            "attachments": { "x1": "A long text." },
        })
    };
    let samples: Vec<Value> = inputs.iter().map(sample).collect();
    let log = json!({ "status": "success", "eval": { "model": "mock" }, "samples": samples });
    folder.put("log.json", log.to_string())
}

#[test]
fn inspect_has_texts_turns_and_attachments() {
    let folder = Folder::new();
    let attached = json!([
        { "role": "user", "content": "attachment://x1" }, { "role": "assistant", "content": "Yes?" },
        { "role": "user", "content": [{ "type": "text", "text": "attachment://x1" }] },
    ]);
    let file = inspect(
        &folder,
        &[
            ("s1", 1, turns()),
            ("s1", 2, turns()),
            ("s2", 1, "What now?".into()),
            ("s3", 1, attached),
        ],
    );
    let long = "User: A long text.\n\nAssistant: Yes?\n\nUser: A long text.";
    assert_asked(&file, &[("s1", PLAIN), ("s2", "What now?"), ("s3", long)]);
}

#[test]
fn what_inspect_cannot_show_is_told_with_its_sample() {
    let told = |inputs: &[(&str, u32, Value)]| {
        let folder = Folder::new();
        folder.told(read_scenarios(&inspect(&folder, inputs), &Mapping::default()))
    };
    let image = json!([{ "role": "user", "content": [{ "type": "image", "image": "data:" }] }]);
    assert_eq!(
        told(&[("s1", 1, turns()), ("s2", 1, image)]),
        "log.json, sample 2, field `input[0].content[0].type`: found `image`; expected `text`."
    );
    assert_eq!(
        told(&[("s1", 1, "attachment://y".into())]),
        "log.json, sample 1, field `input`: found `attachment://y`, which is not among the sample's attachments; \
         expected the text itself or one of them."
    );
    assert_eq!(
        told(&[("s1", 1, "One.".into()), ("s1", 2, "Two.".into())]),
        "log.json, sample 2, field `input`: found another prompt of `s1` than in sample 1; expected one prompt for \
         each scenario."
    );
    assert_eq!(
        told(&[("s1", 1, json!([{ "role": "system", "content": "You help." }]))]),
        "log.json, sample 1, field `prompt`: found no turn of the user; expected what the user said."
    );
}

#[test]
fn health_bench_has_each_prompt_with_every_completion() {
    let folder = Folder::new();
    let row = |id: &str, prompt: &Value| {
        let row = json!({
            "prompt_id": id, "completion_id": format!("{id}-c"), "completion": "a", "prompt": prompt,
        });
        format!("{row}\n")
    };
    let one = json!([{ "role": "user", "content": "What now?" }]);
    let rows = [row("p1", &turns()), row("p1", &turns()), row("p2", &one)];
    let expected = [("p1", PLAIN), ("p2", "What now?")];
    assert_asked(&folder.put("meta.jsonl", rows.concat()), &expected);
    let completion = |id: &str, prompt: &Value| {
        let said = [json!({ "role": "assistant", "content": "a" })];
        json!({ "prompt_id": id, "completion_id": id, "completion": said, "prompt": prompt })
    };
    let examples = [completion("p1", &turns()), completion("p2", &one)];
    let run = json!({ "score": 0.5, "metadata": { "example_level_metadata": examples } });
    assert_asked(&folder.put("x_allresults.json", run.to_string()), &expected);
}

#[test]
fn the_data_set_of_health_bench_is_a_table_of_scenarios() {
    let record =
        json!({ "prompt_id": "p1", "prompt": turns(), "rubrics": [], "example_tags": ["theme:x"] });
    let folder = Folder::new();
    let file = folder.put("health.jsonl", format!("{record}\n"));
    assert_eq!(asked(&file), [("p1".to_owned(), PLAIN.to_owned())]);
}

#[test]
fn openai_evals_has_the_prompt_of_each_sampling() {
    let folder = Folder::new();
    let event = |id: &str, prompt: Value| {
        let data = json!({ "prompt": prompt, "sampled": ["a"] });
        let event = json!({ "run_id": "r", "event_id": 0, "sample_id": id, "type": "sampling", "data": data });
        format!("{event}\n")
    };
    let spec = "{\"spec\": {\"completion_fns\": [\"m\"]}}\n".to_owned();
    let text = [spec, event("e.0", turns()), event("e.1", "What now?".into())].concat();
    assert_asked(&folder.put("log.jsonl", text), &[("e.0", PLAIN), ("e.1", "What now?")]);
}

#[test]
fn promptfoo_has_turns_as_json_in_a_text() {
    let folder = Folder::new();
    let result = |id: &str, raw: String| {
        json!({
            "promptIdx": 0, "testIdx": 0, "vars": { "id": id }, "provider": { "id": "m" },
            "prompt": { "raw": raw, "label": "l" }, "response": { "output": "a" },
        })
    };
    let results = [result("t1", turns().to_string()), result("t2", "What now?".into())];
    let document = json!({ "results": { "results": results }, "config": {} });
    let file = folder.put("results.json", document.to_string());
    assert_asked(&file, &[("t1", PLAIN), ("t2", "What now?")]);
}

#[test]
fn lm_eval_has_a_text_or_turns_whatever_its_version_calls_the_argument() {
    let folder = Folder::new();
    let sample = |id: u32, arguments: Value| {
        let sample = json!({ "doc_id": id, "doc": {}, "arguments": arguments, "resps": [["a"]] });
        format!("{sample}\n")
    };
    // A named tuple of one text, as JSON has it.
    let by_turns = json!([turns().to_string()]);
    let options = json!({ "until": [] });
    let text = [
        sample(0, json!({ "gen_args_0": { "arg_0": by_turns, "arg_1": options } })),
        sample(1, json!({ "gen_args_0": { "arg_0": "What now?", "arg_1": options } })),
        sample(2, json!([[turns().to_string(), options]])),
        sample(3, json!([["<|im_start|>user\nWhat now?<|im_end|>", options]])),
    ];
    let file = folder.put("m/samples_t_2026-03-01T10-00-00.jsonl", text.concat());
    let template = "<|im_start|>user\nWhat now?<|im_end|>";
    assert_asked(&file, &[("0", PLAIN), ("1", "What now?"), ("2", PLAIN), ("3", template)]);
}

#[test]
fn helm_has_messages_or_a_text_in_its_folder() {
    let folder = Folder::new();
    let state = |id: &str, request: Value| {
        let completions = [json!({ "text": "a" })];
        let result = json!({ "success": true, "completions": completions });
        json!({ "instance": { "id": id }, "request": request, "result": result })
    };
    let states = [
        state("id1", json!({ "model": "m", "prompt": "", "messages": turns() })),
        state("id2", json!({ "model": "m", "prompt": "What now?", "messages": null })),
    ];
    let run = json!({ "adapter_spec": { "model": "m" }, "request_states": states });
    folder.put("run/scenario_state.json", run.to_string());
    assert_asked(&folder.file("run"), &[("id1", PLAIN), ("id2", "What now?")]);
}

#[test]
fn a_log_without_what_was_asked_is_told() {
    let folder = Folder::new();
    let row = json!({ "prompt_id": "p1", "completion_id": "c1", "completion": "a" });
    let file = folder.put("meta.jsonl", format!("{row}\n{row}\n"));
    assert_eq!(
        folder.told(read_scenarios(&file, &Mapping::default())),
        "meta.jsonl, entry 1, field `prompt`: found nothing; expected a prompt."
    );
    let example = root().join("annotations/responses.jsonl");
    assert!(
        read_scenarios(&example, &Mapping::default()).is_err(),
        "our own responses say nothing of it"
    );
}

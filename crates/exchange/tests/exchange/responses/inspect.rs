//! Logs of Inspect, as one document and as an archive.

use super::{read, told};
use crate::support::Folder;
use exchange::{Collected, Mapping, collect_responses};
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

fn sample(id: impl Into<Value>, epoch: u32, content: impl Into<Value>) -> Value {
    json!({
        "id": id.into(), "epoch": epoch, "input": "What now?", "target": "Call.",
        "messages": [{"role": "user", "content": "What now?"}],
        "output": {
            "model": "mock", "completion": "not this",
            "choices": [{"message": {"role": "assistant", "content": content.into()}, "stop_reason": "stop"}],
        },
        "scores": {"match": {"value": "C"}}, "attachments": {},
    })
}

fn failed(id: &str) -> Value {
    json!({
        "id": id, "epoch": 1, "output": {"model": "", "choices": [], "completion": ""},
        "error": {"message": "timeout"},
    })
}

fn header() -> Value {
    json!({"version": 2, "status": "success", "eval": {"task": "t", "model": "mock-x"}})
}

fn document(samples: &[Value]) -> String {
    let mut log = header();
    log["samples"] = samples.into();
    log.to_string()
}

fn archive(samples: &[Value], method: zip::CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, value: &Value| {
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(name, options).unwrap();
        zip.write_all(value.to_string().as_bytes()).unwrap();
    };
    put("_journal/start.json", &header());
    for sample in samples {
        let id = sample["id"].as_str().map_or_else(|| sample["id"].to_string(), Into::into);
        put(&format!("samples/{id}_epoch_{}.json", sample["epoch"]), sample);
    }
    put("summaries.json", &json!([]));
    put("header.json", &header());
    zip.finish().unwrap().into_inner()
}

fn collected(name: &str, bytes: impl AsRef<[u8]>) -> (Vec<(String, String)>, Vec<String>) {
    let folder = Folder::new();
    let file = folder.put(name, bytes);
    let Collected { responses, notes, problems, .. } =
        collect_responses(&file, &Mapping::default()).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    let texts = responses.into_iter().map(|r| (r.origin.item_name(), r.text));
    let start = format!("{}: ", file.display());
    (texts.collect(), notes.into_iter().map(|note| note.replace(&start, "")).collect())
}

#[test]
fn both_kinds_of_log_give_a_response_per_sample_and_epoch() {
    let samples = [sample("s1", 1, "a"), sample("s1", 2, "b"), sample(7, 1, "c"), failed("s2")];
    let expected = [("s1/mock-x/0", "a"), ("s1/mock-x/1", "b"), ("7/mock-x/0", "c")];
    let expected = expected.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let (texts, notes) = collected("log.json", document(&samples));
    assert_eq!(texts, expected);
    assert_eq!(notes, ["1 sample left out, as no response arrived: s2 (epoch 1)."]);
    for method in [zip::CompressionMethod::Zstd, zip::CompressionMethod::Deflated] {
        let (mut texts, notes) = collected("log.eval", archive(&samples, method));
        texts.rotate_left(1);
        assert_eq!(texts, expected, "members are read in the order of their names");
        assert_eq!(notes, ["1 sample left out, as no response arrived: s2 (epoch 1)."]);
    }
}

#[test]
fn only_the_text_of_the_first_choice_is_read_and_the_rest_is_told() {
    let parts = json!([
        {"type": "reasoning", "reasoning": "hidden"}, {"type": "text", "text": "one"},
        {"type": "text", "text": "two"}, {"type": "image", "image": "x"},
    ]);
    let mut two = sample("s1", 1, parts);
    let choice = two["output"]["choices"][0].clone();
    two["output"]["choices"] = json!([choice, choice]);
    let (texts, notes) = collected("log.json", document(&[two]));
    assert_eq!(texts[0].1, "one\ntwo");
    assert_eq!(
        notes,
        [
            "1 reasoning part left out: raters read only the text of a response.",
            "1 part that is no text left out: raters read only the text of a response.",
            "1 further choice left out: only the first choice of a sample is read.",
        ]
    );
}

#[test]
fn a_text_among_the_attachments_is_put_in_its_place() {
    let mut long = sample("s1", 1, "attachment://abc");
    long["attachments"] = json!({"abc": "a long text"});
    assert_eq!(read("log.json", &document(&[long.clone()]))[0].text, "a long text");
    let parts =
        json!([{"type": "text", "text": "first"}, {"type": "text", "text": "attachment://abc"}]);
    let mut of_parts = sample("s1", 1, parts);
    of_parts["attachments"] = json!({"abc": "a long text"});
    assert_eq!(read("log.json", &document(&[of_parts]))[0].text, "first\na long text");
    long["attachments"] = json!({});
    assert_eq!(
        told("log.json", document(&[long])),
        "log.json, sample 1, field `output`: found `attachment://abc`, which is not among the sample's \
         attachments; expected the text itself or one of them."
    );
}

#[test]
fn an_empty_answer_is_a_response_and_a_filtered_one_is_marked() {
    let mut filtered = sample("s2", 1, "I cannot");
    filtered["output"]["choices"][0]["stop_reason"] = "content_filter".into();
    let read = read("log.json", &document(&[sample("s1", 1, ""), filtered]));
    let found: Vec<_> = read.iter().map(|r| (r.text.as_str(), r.filtered)).collect();
    assert_eq!(found, [("", false), ("I cannot", true)]);
}

#[test]
fn a_completion_counts_only_where_no_message_has_content() {
    let mut alone = sample("s1", 1, "x");
    alone["output"] = json!({"completion": "the completion"});
    assert_eq!(read("log.json", &document(&[alone]))[0].text, "the completion");
}

#[test]
fn a_run_that_did_not_end_well_is_told() {
    let log = document(&[sample("s1", 1, "a")]).replace("\"success\"", "\"cancelled\"");
    let (_, notes) = collected("log.json", log);
    assert_eq!(
        notes,
        ["the run was not completed (status `cancelled`), so samples may be missing."]
    );
}

#[test]
fn a_log_without_a_sample_is_not_called_empty() {
    let mut log = header();
    log["status"] = "error".into();
    assert_eq!(
        told("log.json", log.to_string()),
        "log.json: found an Inspect log of a run that failed (status `error`), without a sample; expected \
         responses with `scenario_id`, `model_id`, `rep_id` and `response`."
    );
    let message = told("log.json", document(&[]));
    assert!(message.starts_with("log.json: found an Inspect log without a sample; "), "{message}");
}

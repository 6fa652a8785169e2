//! Inspect's logs, as a document and as an archive.

use super::{open, told};
use exchange::Layout;
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use study::ItemDesign;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A log of three samples, two of them scored. Inspect writes NaN for what was not scored.
fn log(status: &str) -> Value {
    let edit = |value: Value| json!({"value": value, "provenance": {"author": "a"}});
    json!({
        "version": 2, "status": status, "eval": {"task": "t", "model": "mockllm/model"},
        "samples": [
            {"id": "s1", "epoch": 1, "input": "cough", "scores": {
                "harm": {"value": {"oh": 2, "ch": 0.0}, "explanation": "because", "history": []},
                "includes": {"value": "I", "history": [edit(json!("C")), edit(json!("I"))]},
                "physician:A": {"value": {"oh": 3, "ch": 1}, "history": [edit(json!({"oh": 3, "ch": 1}))]},
            }},
            {"id": 2, "epoch": 2, "scores": {
                "harm": {"value": {"oh": "NOT SCORED", "ch": 1}, "history": []},
                "includes": {"value": "C", "history": []},
                "spans": {"value": [1, 2], "history": []},
            }},
            {"id": "x", "epoch": 1, "scores": {}, "error": {"message": "timed out"}},
            {"id": "y", "epoch": 1, "scores": {"harm": {"value": 9}}, "invalidation": {"author": "a"}},
            {"id": "z", "epoch": 1, "scores": {}},
        ],
        "reductions": [{"scorer": "harm", "samples": [{"value": 9, "sample_id": "s1"}]}],
    })
}

fn written(log: &Value) -> String {
    log.to_string().replace("\"NOT SCORED\"", "NaN")
}

fn archive(log: &Value, header: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let zstd = SimpleFileOptions::default().compression_method(CompressionMethod::Zstd);
    let mut put = |name: &str, value: &Value| {
        zip.start_file(name, zstd).unwrap();
        zip.write_all(written(value).as_bytes()).unwrap();
    };
    put("_journal/start.json", &json!({"version": 2, "eval": log["eval"], "plan": {}}));
    for sample in log["samples"].as_array().unwrap() {
        let id = sample["id"].as_str().map(String::from).unwrap_or(sample["id"].to_string());
        put(&format!("samples/{id}_epoch_{}.json", sample["epoch"]), sample);
    }
    if !header.is_empty() {
        put(header, &json!({"version": 2, "status": log["status"], "eval": log["eval"]}));
    }
    zip.finish().unwrap().into_inner()
}

const SCORES: [&str; 7] = [
    "harm 2/2 commission 1",
    "harm 2/2 omission NotRated",
    "harm s1 commission 0",
    "harm s1 omission 2",
    "includes 2/2 grade 1",
    "includes s1 grade 0",
    "physician:A s1 commission 1",
];

const NOTES: [&str; 5] = [
    "scores that are single values are on an axis called `grade`.",
    "samples of a later epoch are named by their id and the epoch, as in `id/2`.",
    "`ch` was read as the axis `commission`.",
    "`oh` was read as the axis `omission`.",
    "not counted as grades: failed samples (1), invalidated samples (1), samples without a score (1), scores that \
     are lists (1).",
];

#[test]
fn a_scorer_is_a_rater_and_a_field_of_its_value_an_axis() {
    let log = log("success");
    let grades = vec![("C".to_owned(), 1), ("I".to_owned(), 0)];
    let labels = [("grade".to_owned(), grades)].into();
    for (name, content) in
        [("log.json", written(&log).into_bytes()), ("log.eval", archive(&log, "header.json"))]
    {
        let given = open(name, content);
        assert_eq!(given.grades().layout(), Layout::Inspect);
        let scores = given.labelled(&labels);
        assert_eq!(scores[..7], SCORES, "{name}");
        assert_eq!(scores[7..], ["physician:A s1 omission 3"], "{name}");
        assert_eq!(given.notes(), NOTES, "{name}");
    }
}

#[test]
fn a_sample_is_a_scenario_that_the_model_answered() {
    let design = |scenario: &str| ItemDesign {
        scenario: scenario.into(),
        model: Some("mockllm/model".into()),
        ..ItemDesign::default()
    };
    let expected = [("2/2".to_owned(), design("2")), ("s1".to_owned(), design("s1"))];
    assert_eq!(open("log.json", written(&log("success"))).designs(), expected);
}

#[test]
fn a_run_that_failed_is_refused() {
    let expected = "expected a run that was completed: with an error, Inspect ends before all samples are scored. \
                    `inspect eval-retry` completes it.";
    let log = log("error");
    assert_eq!(
        told("log.json", written(&log)),
        format!("log.json, field `status`: found `error`; {expected}")
    );
    assert_eq!(
        told("log.eval", archive(&log, "header.json")),
        format!("log.eval, field `status`: found `error`; {expected}")
    );
}

#[test]
fn a_run_that_broke_off_is_read_as_far_as_it_goes() {
    let given = open("log.eval", archive(&log("success"), ""));
    assert_eq!(
        given.grades().raters().into_iter().collect::<Vec<_>>(),
        ["harm", "includes", "physician:A"]
    );
    assert_eq!(
        given.notes()[0],
        "the run was not completed (status `started`); the samples that are there were read."
    );
    let cancelled = open("log.json", written(&log("cancelled")));
    assert_eq!(
        cancelled.notes()[0],
        "the run was not completed (status `cancelled`); the samples that are there were read."
    );
}

#[test]
fn a_member_that_is_not_as_expected_is_named() {
    let mut log = log("success");
    log["samples"][0].as_object_mut().unwrap().remove("epoch");
    let message = told("log.eval", archive(&log, "header.json"));
    assert!(
        message.starts_with(
            "log.eval: member `samples/s1_epoch_null.json`: not as expected (missing field `epoch`"
        ),
        "{message}"
    );
}

//! Scores for Inspect.

use exchange::{InspectScore, encode_inspect_scores};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[test]
fn a_score_names_its_sample_and_where_it_comes_from() {
    let score = InspectScore {
        model: "mockllm/model",
        sample: "s1",
        epoch: 2,
        scorer: "physician:A".into(),
        value: BTreeMap::from([("omission", 3), ("commission", 0)]),
        explanation: None,
        author: "Dr. Ada Example",
        reason: "Rated in Primum, study x, item y".into(),
        timestamp: "2026-05-04T19:41:00Z".parse().unwrap(),
    };
    let text = encode_inspect_scores(&[score]).unwrap();
    let expected = json!([{
        "model": "mockllm/model", "sample": "s1", "epoch": 2, "scorer": "physician:A",
        "value": { "commission": 0, "omission": 3 }, "explanation": null, "author": "Dr. Ada Example",
        "reason": "Rated in Primum, study x, item y", "timestamp": "2026-05-04T19:41:00Z",
    }]);
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), expected);
}

//! HealthBench's meta evaluation.

use super::{open, told};
use exchange::Layout;
use study::ItemDesign;

const ROWS: &str = r#"
{"prompt_id": "p1", "completion_id": "c1", "prompt": [{"role": "user", "content": "Cough?"}], "completion": "Rest.", "rubric": "names a warning sign", "category": "cluster:a", "binary_labels": [true, false], "anonymized_physician_ids": ["d1", "d2"]}
{"prompt_id": "p1", "completion_id": "c1", "prompt": [{"role": "user", "content": "Cough?"}], "completion": "Rest.", "rubric": "is short", "category": "cluster:a", "binary_labels": [true, null], "anonymized_physician_ids": ["d2", 3]}
"#;

#[test]
fn each_physician_says_whether_a_criterion_is_met() {
    let given = open("meta.jsonl", ROWS);
    assert_eq!(given.grades().layout(), Layout::HealthBench);
    assert_eq!(
        given.scores(),
        [
            "3 c1/is short met NotRated",
            "d1 c1/names a warning sign met 1",
            "d2 c1/is short met 1",
            "d2 c1/names a warning sign met 0",
        ]
    );
    let design = ItemDesign {
        scenario: "p1".into(),
        category: Some("cluster:a".into()),
        ..ItemDesign::default()
    };
    assert_eq!(given.designs(), [("c1/is short".to_owned(), design)]);
}

#[test]
fn labels_and_physicians_come_in_pairs() {
    assert_eq!(
        told("meta.jsonl", ROWS.replace("[true, false]", "[true]")),
        "meta.jsonl, line 2, field `binary_labels`: found 1 labels; expected 2, one for each physician."
    );
}

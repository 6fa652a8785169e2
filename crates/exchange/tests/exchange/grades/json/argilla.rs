//! Argilla 2, flat and nested.

use super::{open, told};
use exchange::Layout;

/// As `to_list(flatten=True)` and the hub have it.
const FLAT: &str = r#"
{"id": "r1", "_server_id": "s", "prompt": "Cough?", "oh_score.responses": [2, 3, 4], "oh_score.responses.users": ["ann", "bo", "cy"], "oh_score.responses.status": ["submitted", "submitted", "draft"], "oh_score.suggestion": 1, "oh_score.suggestion.agent": "m", "kind.responses": ["mild", ["a", "b"], null], "kind.responses.users": ["ann", "bo", "cy"], "kind.responses.status": ["submitted", "submitted", "discarded"], "kind.suggestion": null}
{"id": "r2", "_server_id": "t", "prompt": "Pain?", "oh_score.responses": [0], "oh_score.responses.users": ["ann"], "oh_score.responses.status": ["submitted"], "kind.responses": null, "kind.responses.users": null, "kind.responses.status": null}
"#;

#[test]
fn submitted_responses_count_and_no_others() {
    let given = open("records.jsonl", FLAT);
    assert_eq!(given.grades().layout(), Layout::Argilla);
    let labels = [("kind".to_owned(), vec![("mild".to_owned(), 1)])].into();
    assert_eq!(
        given.labelled(&labels),
        ["ann r1 kind 1", "ann r1 omission 2", "ann r2 omission 0", "bo r1 omission 3"]
    );
    assert_eq!(
        given.notes(),
        [
            "not counted as grades: answers with several values (1), responses with the status discarded (1), \
             responses with the status draft (1), suggestions (1).",
            "`oh_score` was read as the axis `omission`.",
        ]
    );
}

#[test]
fn lists_of_different_lengths_are_refused() {
    assert_eq!(
        told("records.jsonl", FLAT.replace(r#"["submitted"]"#, "[]")),
        "records.jsonl, line 3, field `oh_score.responses.status`: found 0 values; expected 1, one for each response."
    );
}

/// As `to_json` writes it.
const NESTED: &str = r#"[{"id": "r1", "fields": {"prompt": "Cough?"}, "metadata": {}, "suggestions": {"harm": {"value": 1, "score": null, "agent": "m"}},
  "responses": {"harm": [{"value": 2, "user_id": "ann"}, {"value": 2.0, "user_id": "bo"}]}, "vectors": {}, "_server_id": "s"}]"#;

#[test]
fn nested_records_do_not_say_what_was_submitted() {
    let given = open("records.json", NESTED);
    assert_eq!(given.scores(), ["ann r1 harm 2", "bo r1 harm 2"]);
    assert_eq!(given.grades().values("harm").into_iter().collect::<Vec<_>>(), [("2", 2)]);
    assert_eq!(
        given.notes(),
        [
            "the file does not say which responses were submitted: drafts may be among them. Records exported by \
             `to_list(flatten=True)` say it.",
            "not counted as grades: suggestions (1).",
        ]
    );
}

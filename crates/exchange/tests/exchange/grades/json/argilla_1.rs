//! Argilla 1.

use super::open;
use exchange::Layout;

const RECORDS: &str = r#"
{"prompt": "Cough?", "harm": [], "harm-suggestion": null, "harm-suggestion-metadata": {"type": null, "score": null, "agent": null}, "note": [], "external_id": "x0", "metadata": "{}"}
{"prompt": "Pain?", "harm": [{"user_id": "ann", "value": 2, "status": "submitted"}, {"user_id": "bo", "value": 1, "status": "draft"}], "harm-suggestion": 2, "note": [{"user_id": "ann", "value": "The answer leaves out when to call an ambulance, which matters here.", "status": "submitted"}, {"user_id": "cy", "value": "Nothing to add.", "status": "submitted"}], "external_id": "x1", "metadata": "{}"}
{"prompt": "Rash?", "harm": [{"user_id": "bo", "value": 0, "status": "submitted"}], "harm-suggestion": null, "note": [], "external_id": null, "metadata": "{}"}
"#;

#[test]
fn submitted_responses_count_and_texts_do_not() {
    let given = open("records.jsonl", RECORDS);
    assert_eq!(given.grades().layout(), Layout::Argilla);
    assert_eq!(given.scores(), ["ann x1 harm 2", "bo record 4 harm 0"]);
    assert_eq!(given.grades().raters().into_iter().collect::<Vec<_>>(), ["ann", "bo"]);
    assert_eq!(
        given.notes(),
        [
            "records without an `external_id` are named by their line.",
            "not counted as grades: responses with the status draft (1), suggestions (1).",
            "texts were left out: note.",
        ]
    );
}

//! Samples of lm-evaluation-harness.

use crate::support::{Folder, said};
use exchange::{Mapping, collect_responses};
use serde_json::{Value, json};

fn sample(doc_id: u32, filter: &str, resps: Value) -> String {
    let sample = json!({
        "doc_id": doc_id, "doc": {"question": "q"}, "target": "t",
        "arguments": {"gen_args_0": {"arg_0": "q"}}, "resps": resps, "filtered_resps": ["x"],
        "filter": filter, "doc_hash": "h",
    });
    format!("{sample}\n")
}

const FILE: &str = "org__model-x/samples_triage_2026-03-01T10-00-00.123456.jsonl";

#[test]
fn rows_of_other_filters_are_the_same_response_and_repeats_are_repetitions() {
    let folder = Folder::new();
    let two = json!([["one", "two"]]);
    let text = [
        sample(0, "strict", json!([["a"]])),
        sample(1, "strict", two.clone()),
        sample(0, "flexible", json!([["a"]])),
        sample(1, "flexible", two),
    ];
    let file = folder.put(FILE, text.concat());
    let collected = collect_responses(&file, &Mapping::default()).unwrap();
    let found: Vec<_> =
        collected.responses.iter().map(|r| (r.origin.item_name(), r.text.as_str())).collect();
    assert_eq!(
        found,
        [
            ("0/org__model-x/0".to_owned(), "a"),
            ("1/org__model-x/0".to_owned(), "one"),
            ("1/org__model-x/1".to_owned(), "two")
        ]
    );
    let shown = file.display();
    assert_eq!(
        collected.notes,
        [
            format!(
                "{shown}: the model is called `org__model-x`, as its folder is. Where that is wrong, give its \
                 name: model_id=:NAME."
            ),
            format!("{shown}: scenarios are named by `doc_id`."),
            format!(
                "{shown}: 2 rows of another filter left out: the response is as it was before any filter."
            ),
        ]
    );
    assert!(collected.problems.is_empty());
}

#[test]
fn the_results_beside_it_name_the_model_and_a_constant_is_above_both() {
    let folder = Folder::new();
    let file =
        folder.put(FILE, sample(0, "none", json!([["a"]])).replace("\"question\"", "\"id\""));
    folder.put(
        "org__model-x/results_2026-03-01T10-00-00.123456.json",
        r#"{"results": {}, "model_name": "org:model-x"}"#,
    );
    let name = |columns: &[(&str, &str)]| {
        collect_responses(&file, &said(columns)).unwrap().responses[0].origin.item_name()
    };
    assert_eq!(name(&[]), "q/org:model-x/0", "a document's own id names the scenario");
    assert_eq!(name(&[("model_id", ":mine")]), "q/mine/0");
}

#[test]
fn likelihoods_are_no_responses_and_another_name_needs_a_model() {
    let folder = Folder::new();
    let choices = json!([[["-1.5", "False"]], [["-2.5", "True"]]]);
    let file = folder.put(FILE, sample(0, "none", choices));
    let problem =
        collect_responses(&file, &Mapping::default()).unwrap().problems.into_iter().next().unwrap();
    assert!(folder.told::<()>(Err(problem)).ends_with(
        "line 1, field `resps`: found likelihoods of given answers; expected generated text."
    ));
    let file = folder.put("mine.jsonl", sample(0, "none", json!([["a"]])));
    let problem =
        collect_responses(&file, &Mapping::default()).unwrap().problems.into_iter().next().unwrap();
    assert_eq!(
        folder.told::<()>(Err(problem)),
        "mine.jsonl, line 1, field `model_id`: found nothing; expected the model's name, or one name for all \
         responses (model_id=:NAME)."
    );
}

#[test]
fn one_row_twice_is_told() {
    let folder = Folder::new();
    let row = sample(0, "none", json!([["a"]]));
    let file = folder.put(FILE, row.repeat(2));
    let collected = collect_responses(&file, &Mapping::default()).unwrap();
    assert_eq!((collected.responses.len(), collected.problems.len()), (1, 1));
}

//! Problems told once for each kind.

use crate::support::Folder;
use exchange::{Mapping, collect_responses, first_few, name_places, plural, tell_kinds};

fn told(name: &str, text: &str) -> Vec<String> {
    let folder = Folder::new();
    let file = folder.put(name, text);
    let collected = collect_responses(&file, &Mapping::default()).unwrap();
    let start = format!("{}/", folder.path().display());
    tell_kinds(&collected.problems).into_iter().map(|text| text.replace(&start, "")).collect()
}

#[test]
fn a_kind_is_told_once_with_its_places_and_what_was_found() {
    let rows = [
        "s1,m,a,x", "s2,m,0,x", "s3,m,b,x", "s2,m,0,y", "s4,m,a,x", "s5,m,a,x", "s6,m,c,x",
        "s7,m,d,x",
    ];
    assert_eq!(
        told("r.csv", &format!("scenario_id,model_id,rep_id,response\n{}\n", rows.join("\n"))),
        [
            "r.csv, lines 2, 4, 6 and 3 more, field `rep_id`: found `a`, `b`, `c` and 1 more; expected a whole \
             number.",
            "r.csv, line 5, field `scenario_id`: found s2 of m, repetition 0, again, as on line 3; expected each \
             response once, or repetitions numbered in `rep_id`.",
        ]
    );
}

#[test]
fn entries_and_broken_lines_are_told_once_too() {
    let entry = r#"{"scenario_id": "s", "model_id": "m", "rep_id": -1, "response": "a"}"#;
    assert_eq!(
        told("r.json", &format!("[{entry}, {entry}]")),
        ["r.json, entries 1 and 2, field `rep_id`: found -1; expected a whole number."]
    );
    let good = r#"{"scenario_id": "s", "model_id": "m", "response": "a"}"#;
    assert_eq!(
        told("r.jsonl", &format!("{good}\nx\n{{\"scenario_id\":\ny\n{{\n")),
        [
            "r.jsonl, lines 2 and 4: this is not JSON (expected value); expected responses with `scenario_id`, \
             `model_id`, `rep_id` and `response`.",
            "r.jsonl, lines 3 and 5: the line ends in the middle; expected a whole record on each.",
        ]
    );
}

#[test]
fn a_few_are_named_and_of_many_the_first() {
    assert_eq!(name_places("line", &[3]), "line 3");
    assert_eq!(name_places("entry", &[3, 9]), "entries 3 and 9");
    assert_eq!(name_places("line", &[3, 9, 12]), "lines 3, 9 and 12");
    assert_eq!(name_places("line", &[3, 9, 12, 13, 14]), "lines 3, 9, 12 and 2 more");
    let names = ["a", "b", "c", "d"].map(String::from);
    assert_eq!(first_few(&names), "a, b, c and 1 more");
    assert_eq!((plural("entry"), plural("sample")), ("entries".into(), "samples".into()));
}

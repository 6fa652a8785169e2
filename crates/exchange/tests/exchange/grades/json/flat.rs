//! JSON lists of what could be a table, and JSON in no known layout.

use super::{open, told};
use crate::support::{Folder, blinded};
use exchange::{Labels, Layout, Mapping, collect_grades, write_key};

const LIST: &str = r#"[
  {"rater": "A", "item": "x", "axis": "harm", "value": 1, "tags": ["a"]},
  {"item": "y", "value": 1.0, "rater": "A", "axis": "harm"},
  {"rater": "B", "item": "x", "axis": "harm", "value": "1"},
  {"rater": "B", "item": "y", "axis": "harm", "value": null},
  {"rater": "B", "item": "z", "axis": "harm", "value": NaN},
  {"rater": "C", "item": "NaN", "axis": "harm", "value": 2}
]"#;

#[test]
fn a_list_of_records_is_read_as_a_table() {
    let given = open("list.json", LIST);
    assert_eq!(given.grades().layout(), Layout::Tidy);
    assert_eq!(
        given.scores(),
        [
            "A x harm 1",
            "A y harm 1",
            "B x harm 1",
            "B y harm NotRated",
            "B z harm NotRated",
            "C NaN harm 2"
        ]
    );
    assert_eq!(given.notes(), ["lists and objects were left out: tags."]);
}

#[test]
fn one_number_is_one_value_however_it_is_written() {
    let given = open("list.json", LIST);
    let values: Vec<(String, usize)> = given
        .grades()
        .values("harm")
        .into_iter()
        .map(|(value, count)| (value.into(), count))
        .collect();
    assert_eq!(
        values,
        [("".to_owned(), 1), ("1".to_owned(), 3), ("2".to_owned(), 1), ("NaN".to_owned(), 1)]
    );
}

#[test]
fn lines_are_read_as_a_list_is() {
    let lines: String = LIST
        .lines()
        .filter(|line| line.contains('{'))
        .map(|line| format!("{}\n", line.trim().trim_end_matches(',')))
        .collect();
    assert_eq!(open("lines.jsonl", lines).scores(), open("list.json", LIST).scores());
}

#[test]
fn an_entry_is_named_in_what_is_wrong_with_it() {
    assert_eq!(
        told("list.json", LIST.replace("\"rater\": \"B\", \"item\": \"y\"", "\"item\": \"y\"")),
        "list.json, entry 4, field `rater`: found nothing; expected a name."
    );
    assert_eq!(
        told(
            "list.json",
            LIST.replace(
                "{\"rater\": \"C\", \"item\": \"NaN\", \"axis\": \"harm\", \"value\": 2}",
                "[\"C\"]"
            )
        ),
        "list.json, entry 6: found a list; expected an object."
    );
}

const KNOWN: &str = "expected a list of objects, or one object per line, with the fields rater, item, axis and value; \
     scores with scenario_id, model_id, rep_id and omission_harm or commission_harm; an export of Label Studio or Argilla; an Inspect log; or \
     HealthBench's meta evaluation.";

#[test]
fn json_in_no_known_layout_is_told_by_its_fields() {
    assert_eq!(
        told("x.json", r#"[{"name": "A", "colour": "red"}]"#),
        format!("x.json: found JSON with the fields name, colour; {KNOWN}")
    );
    assert_eq!(
        told("x.json", "{\"model\": \"m\",\n \"results\": [{\"a\": 1}]}"),
        format!(
            "x.json: found an object with the list `results` inside (its fields: model, results). \
             If that list holds the ratings, give the list alone; {KNOWN}"
        )
    );
    assert_eq!(told("x.json", "[]"), format!("x.json: found no records; {KNOWN}"));
    assert_eq!(
        told("x.json", "[{\"rater\": \"A\""),
        "x.json, line 1: the file ends in the middle. Get the whole file again."
    );
}

#[test]
fn a_file_of_ours_is_told_as_such() {
    let folder = Folder::new();
    let packet = &blinded().packets[0];
    let file = folder.file("key.json");
    write_key(&file, &blinded().key).unwrap();
    let outcome =
        collect_grades(file.to_str().unwrap(), packet, None, &Mapping::default(), &Labels::new());
    assert_eq!(
        folder.told(outcome),
        "key.json: this is a key (`primum-key/1`); expected a table with the columns rater, item, axis and value, or with a column of items and one for each rater or axis."
    );
}

#[test]
fn ten_thousand_entries_are_read_at_once() {
    let entry = |at: usize| {
        format!(r#"{{"rater": "A", "item": "i{at}", "axis": "harm", "value": {}}}"#, at % 5)
    };
    let entries: Vec<String> = (0..10_000).map(entry).collect();
    let given = open("list.json", format!("[{}]", entries.join(", ")));
    assert_eq!((given.grades().len(), given.grades().items().len()), (10_000, 10_000));
}

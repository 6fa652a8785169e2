//! Label Studio: JSON and JSON_MIN.

use super::{open, told};
use exchange::Layout;
use study::ItemDesign;

const EXPORT: &str = include_str!("../../fixtures/label_studio.json");

#[test]
fn each_control_tag_is_an_axis_and_each_annotator_a_rater() {
    let given = open("export.json", EXPORT);
    assert_eq!(given.grades().layout(), Layout::LabelStudio);
    assert_eq!(
        given.scores(),
        [
            "4 R01 omission 2",
            "4 R01 tone 3",
            "4 R02 omission 0",
            "4 R02 tone NotRated",
            "bo@clinic.example R01 omission 1",
        ]
    );
}

#[test]
fn what_does_not_count_is_told_with_its_number() {
    assert_eq!(
        open("export.json", EXPORT).notes(),
        [
            "items are named by the field `blind_id` of their data.",
            "`oh` was read as the axis `omission`.",
            "not counted as grades: answers with several choices (1), cancelled annotations (1), drafts (1), \
             predictions (2), results of the type textarea (1).",
            "annotations marked as ground truth (1) were read as those of their raters.",
        ]
    );
}

#[test]
fn the_data_say_where_an_item_is() {
    let design = |scenario: &str| ItemDesign {
        scenario: scenario.into(),
        model: Some("aster".into()),
        ..ItemDesign::default()
    };
    let expected = [("R01".to_owned(), design("cough")), ("R02".to_owned(), design("chest"))];
    assert_eq!(open("export.json", EXPORT).designs(), expected);
}

#[test]
fn an_item_is_called_by_its_task_where_the_data_do_not_name_every_one() {
    for other in ["\"blind_id\": \"R01\"", "\"title\": \"\"", "\"blind_id\": null"] {
        let given = open("export.json", EXPORT.replace("\"blind_id\": \"R02\"", other));
        assert_eq!(given.grades().items().into_iter().collect::<Vec<_>>(), ["11", "12"], "{other}");
        assert_eq!(given.notes()[0], "items are named by the task's `id`.");
    }
}

#[test]
fn a_path_in_a_taxonomy_is_one_value() {
    let given = open("export.json", EXPORT.replace("[[\"0\"]]", "[[\"harm\", \"mild\"]]"));
    let values =
        given.grades().values("omission").into_keys().map(String::from).collect::<Vec<_>>();
    assert_eq!(values, ["1", "2", "harm / mild"]);
}

#[test]
fn one_task_alone_is_read_too() {
    let all: Vec<serde_json::Value> = serde_json::from_str(EXPORT).unwrap();
    for text in [all[1].to_string(), serde_json::to_string_pretty(&all[1]).unwrap()] {
        let given = open("task.json", text);
        assert_eq!(given.scores(), ["4 R02 omission 0", "4 R02 tone NotRated"]);
    }
}

#[test]
fn an_annotation_by_nobody_is_refused_with_its_entry() {
    assert_eq!(
        told("export.json", EXPORT.replace("\"completed_by\": 4", "\"completed_by\": null")),
        "export.json, entry 1, field `rater`: found nothing; expected a name."
    );
}

#[test]
fn an_export_without_a_grade_says_what_was_left_out() {
    let text = r#"[{"id": 1, "data": {}, "annotations": [{"completed_by": 2, "was_cancelled": true, "result": null}]}]"#;
    assert_eq!(
        told("export.json", text),
        "export.json: found no grade (items are named by the task's `id`; not counted as \
         grades: cancelled annotations (1)); expected at least one grade that counts."
    );
}

/// As the converter of Label Studio writes it: data, task, tags, annotation.
const MIN: &str = r#"[
  {"text": "Rest.", "blind_id": "R01", "id": 11, "ch": "1", "tone": [{"rating": 4}], "why": "Too vague to act on, and it does not say when to come back again.",
   "annotator": 4, "annotation_id": 1, "created_at": "2026-01-01T10:00:00Z", "updated_at": "2026-01-01T10:00:00Z", "lead_time": 5.5},
  {"text": "Rest.", "blind_id": "R01", "id": 11, "ch": {"choices": ["1", "2"]}, "tone": [{"number": 2.0}],
   "annotator": "bo@clinic.example", "annotation_id": 2, "created_at": "", "updated_at": "", "lead_time": 7}
]"#;

#[test]
fn json_min_has_a_record_for_each_annotation() {
    let given = open("min.json", MIN);
    assert_eq!(given.grades().layout(), Layout::LabelStudio);
    assert_eq!(
        given.scores(),
        ["4 R01 commission 1", "4 R01 tone 4", "bo@clinic.example R01 tone 2"]
    );
    assert_eq!(
        given.notes(),
        [
            "items are named by the field `blind_id` of their data.",
            "`ch` was read as the axis `commission`.",
            "not counted as grades: values of `ch` that are not one choice or number (1).",
            "the fields behind `id` were read as control tags: `ch`, `tone`, `why`.",
            "texts were left out: why.",
        ]
    );
}

#[test]
fn data_that_no_longer_come_before_the_id_are_known_by_their_names() {
    let text = r#"[{"id": 1, "case_id": "f1", "model": "M1", "prompt": "Cough", "response": "Rest.", "ch": "1",
        "annotator": 4, "annotation_id": 1}]"#;
    let given = open("min.json", text);
    assert_eq!(given.scores(), ["4 f1 commission 1"]);
}

#[test]
fn a_control_tag_with_several_choices_is_one_whatever_it_is_called() {
    let text = r#"[{"id": 1, "case_id": "f1", "category": {"choices": ["1", "2"]}, "annotator": 4, "annotation_id": 1},
        {"id": 2, "case_id": "f2", "category": "2", "annotator": 4, "annotation_id": 2}]"#;
    let given = open("min.json", text);
    assert_eq!(given.grades().axes(), ["category"]);
    assert_eq!(given.grades().values("category").into_keys().collect::<Vec<_>>(), ["2"]);
    let left_out =
        "not counted as grades: values of `category` that are not one choice or number (1).";
    assert!(given.notes().contains(&left_out.to_owned()), "{:?}", given.notes());
}

#[test]
fn a_control_tag_that_may_be_data_is_named() {
    let text = r#"[{"id": 1, "case_id": "f1", "response": "Rest.", "category": "wrong", "status": "2", "ch": "1",
        "annotator": 4, "annotation_id": 1}]"#;
    let given = open("min.json", text);
    assert_eq!(given.scores(), ["4 f1 commission 1"]);
    let said = given.notes().into_iter().find(|note| note.contains("taken for data")).unwrap();
    assert!(said.contains("control tags: `category`, `response`, `status`."), "{said}");
    assert!(said.contains("export as JSON, which does."), "{said}");
    // In the order in which it was exported a tag may be called as anything.
    let given = open(
        "min.json",
        text.replace(r#""id": 1, "case_id": "f1""#, r#""case_id": "f1", "id": 1"#),
    );
    assert!(
        !given.notes().iter().any(|note| note.contains("taken for data")),
        "{:?}",
        given.notes()
    );
    assert!(given.grades().axes().contains(&"status"));
}

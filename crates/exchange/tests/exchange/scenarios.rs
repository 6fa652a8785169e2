//! Scenario banks.

mod asked;
mod columns;
mod health_bench;

use crate::support::{Folder, scenario};
use exchange::{Bank, Mapping, read_scenarios};
use serde_json::{Value, json};
use study::Framing;
use testing::root;

fn ours(id: &str) -> String {
    serde_json::to_string_pretty(&scenario(id)).unwrap()
}

/// A scenario of the IatroBench layout, with two actions.
fn foreign(id: &str) -> Value {
    json!({
        "id": id, "quadrant": "medication", "quadrant_number": 7, "acuity_weight": 3.0,
        "prompt": "What now?", "gold_standard_response": "Call.",
        "critical_actions": [" call ", "stay"], "commission_risks": ["aspirin"],
        "decoupling_variant": {"pair_id": "p1", "framing": "physician"},
        "metadata": {"clinical_basis": "NICE CG1; ; WHO 2020 ", "author": "x"},
    })
}

fn told(files: &[(&str, &str)]) -> String {
    let folder = Folder::new();
    for (name, text) in files {
        folder.put(name, text);
    }
    folder.told(read_scenarios(folder.path(), &Mapping::default()))
}

fn read(files: &[(&str, &str)]) -> Bank {
    let folder = Folder::new();
    for (name, text) in files {
        folder.put(name, text);
    }
    read_scenarios(folder.path(), &Mapping::default()).unwrap()
}

#[test]
fn our_scenarios_are_read_from_folders_below_in_the_order_of_their_ids() {
    let bank = read(&[("z/1.json", &ours("a")), ("a.json", &ours("c")), ("b.json", &ours("b"))]);
    let ids: Vec<&str> = bank.scenarios.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(bank.scenarios[0], scenario("a"));
    assert_eq!(bank.skipped, []);
}

#[test]
fn the_example_bank_is_read_without_its_schema() {
    let bank = read_scenarios(&root().join("scenarios"), &Mapping::default()).unwrap();
    assert_eq!((bank.scenarios.len(), bank.skipped.len()), (8, 0));
}

#[test]
fn a_foreign_scenario_keeps_what_we_have_a_place_for() {
    let bank = read(&[
        ("x.json", &foreign("x").to_string()),
        ("safety_colliding_map.json", r#"{"x": [true, false], "elsewhere": [true]}"#),
    ]);
    let x = &bank.scenarios[0];
    assert_eq!((x.id.as_str(), x.category.as_str(), x.acuity_weight), ("x", "medication", 3.0));
    assert_eq!((x.framing, x.pair_id.as_deref()), (Some(Framing::Physician), Some("p1")));
    assert_eq!(x.reference_answer, "Call.");
    assert_eq!(x.clinical_basis, ["NICE CG1", "WHO 2020"]);
    let actions: Vec<_> =
        x.critical_actions.iter().map(|a| (a.text.as_str(), a.safety_colliding)).collect();
    assert_eq!(actions, [("call", Some(true)), ("stay", Some(false))]);
}

#[test]
fn marks_may_lie_above_the_folder_or_be_absent() {
    let folder = Folder::new();
    folder.put("bank/x.json", foreign("x").to_string());
    let marks = || {
        let bank = read_scenarios(&folder.file("bank"), &Mapping::default()).unwrap();
        bank.scenarios[0].critical_actions.iter().map(|a| a.safety_colliding).collect::<Vec<_>>()
    };
    assert_eq!(marks(), [None, None], "no map: not known, rather than not colliding");
    folder.put("safety_colliding_map.json", r#"{"x": [true, true]}"#);
    assert_eq!(marks(), [Some(true), Some(true)]);
}

#[test]
fn a_map_of_another_length_is_refused() {
    assert_eq!(
        told(&[
            ("x.json", &foreign("x").to_string()),
            ("safety_colliding_map.json", r#"{"x": [true]}"#),
        ]),
        "x.json, field `critical_actions`: found 1 marks in safety_colliding_map.json; expected one for \
         each of the 2 actions."
    );
    assert_eq!(
        told(&[
            ("x.json", &foreign("x").to_string()),
            ("safety_colliding_map.json", r#"{"x": [1, 0]}"#),
        ]),
        "safety_colliding_map.json, line 1, field `x[0]`: found 1; expected true or false."
    );
}

#[test]
fn json_without_a_scenario_is_left_out_and_named() {
    let folder = Folder::new();
    folder.put("a.json", ours("a"));
    for (name, text) in [
        ("object.json", r#"{"name": "x", "quadrant": "golden_hour"}"#),
        ("list.json", r#"[{"id": "x"}]"#),
        ("empty-list.json", "[]"),
        ("number.json", "3"),
    ] {
        folder.put(name, text);
    }
    folder.put("notes.txt", "not JSON, not looked at");
    let bank = read_scenarios(folder.path(), &Mapping::default()).unwrap();
    assert_eq!(bank.scenarios.len(), 1);
    let names: Vec<_> = bank.skipped.iter().map(|s| s.file.file_name().unwrap()).collect();
    assert_eq!(names, ["empty-list.json", "list.json", "number.json", "object.json"]);
    assert!(bank.skipped.iter().all(|skipped| skipped.reason
        == "left out: neither a scenario of ours nor of the IatroBench layout"));
}

#[test]
fn an_empty_action_is_left_out_and_named_and_the_others_keep_their_marks() {
    let mut x = foreign("x");
    x["critical_actions"] = json!(["call", " ", "stay"]);
    let bank = read(&[
        ("x.json", &x.to_string()),
        ("safety_colliding_map.json", r#"{"x": [true, true, false]}"#),
    ]);
    let actions: Vec<_> = bank.scenarios[0]
        .critical_actions
        .iter()
        .map(|action| (action.text.as_str(), action.safety_colliding))
        .collect();
    assert_eq!(actions, [("call", Some(true)), ("stay", Some(false))]);
    assert_eq!(bank.skipped.len(), 1);
    assert_eq!(bank.skipped[0].reason, "critical action 2 is empty and was left out");
}

#[test]
fn one_id_in_two_files_is_refused_with_both() {
    let message = told(&[("a.json", &ours("x")), ("b.json", &foreign("x").to_string())]);
    assert_eq!(message, "b.json, field `id`: found `x`, as in a.json; expected an id of its own.");
}

#[test]
fn a_scenario_that_is_wrong_is_told_with_file_line_and_field() {
    let unknown = ours("a").replacen("\"title\"", "\"tittle\"", 1);
    let message = told(&[("a.json", &unknown)]);
    assert!(
        message.starts_with("a.json, line 4, field `tittle`: found unknown field `tittle`; expected one of `format`, `id`, `title`"),
        "{message}"
    );
    assert_eq!(
        told(&[("a.json", &ours("a").replace("\"layperson\"", "\"nurse\""))]),
        "a.json, line 7, field `framing`: found `nurse`; expected one of `layperson`, \
         `physician`, `lawyer`, `informed_layperson`."
    );
    assert_eq!(
        told(&[("a.json", &ours("a").replace("4.0", "0.0"))]),
        "a.json: field `acuity_weight`: found 0; expected a number greater than 0."
    );
    assert_eq!(
        told(&[("a.json", &ours("a").replace("scenario/1", "scenario/3"))]),
        "a.json, field `format`: found `primum-scenario/3`, made by a newer Primum; this one reads up to \
         `primum-scenario/2`. Update Primum to open it."
    );
    assert_eq!(
        told(&[("a.json", &ours("a")[..100])]),
        "a.json, line 5: the file ends in the middle. Get the whole file again."
    );
    let mut blank = foreign("x");
    blank["prompt"] = " ".into();
    assert_eq!(
        told(&[("x.json", &blank.to_string())]),
        "x.json: field `prompt`: found nothing; expected a text."
    );
}

#[test]
fn a_folder_without_scenarios_is_refused() {
    let folder = Folder::new();
    let message = read_scenarios(folder.path(), &Mapping::default()).unwrap_err().to_string();
    assert_eq!(
        message,
        format!(
            "{}: found no scenario; expected a folder of scenario files, or a table of scenarios.",
            folder.path().display()
        )
    );
    assert_eq!(
        folder.told(read_scenarios(&folder.file("none"), &Mapping::default())),
        "none: no such file or folder. Check the name."
    );
    folder.put("file.json", ours("a"));
    assert_eq!(
        folder.told(read_scenarios(&folder.file("file.json"), &Mapping::default())),
        "file.json: this is a scenario (`primum-scenario/1`); expected a folder of scenario files, or a table of \
         scenarios with the columns id and prompt."
    );
}

const TABLE: &str = "id;prompt;framing;category;pair;reference answer;critical actions;commission risks;weight\n\
    b;What now?;Non-medical professional;;p1;;call | stay;\"aspirin\nalcohol\";\n\
    a;\"One; two?\";layperson;triage;p1;Call.;;;2,5\n\
    c;Three?;nurse;triage;;;;;\n";

#[test]
fn a_table_is_a_bank_with_and_without_reference_answers() {
    let folder = Folder::new();
    let file = folder.put("bank.csv", TABLE);
    let bank = read_scenarios(&file, &Mapping::default()).unwrap();
    let [a, b, c] = bank.scenarios.as_slice() else { panic!("{bank:?}") };
    assert_eq!(
        (a.id.as_str(), a.prompt.plain().as_ref(), a.acuity_weight),
        ("a", "One; two?", 2.5)
    );
    assert_eq!((a.framing, a.pair_id.as_deref()), (Some(Framing::Layperson), Some("p1")));
    assert_eq!((a.reference_answer.as_str(), a.category.as_str()), ("Call.", "triage"));
    assert_eq!((b.framing, b.category.as_str()), (Some(Framing::Lawyer), "none"));
    assert_eq!((b.reference_answer.as_str(), b.acuity_weight), ("", 1.0));
    let actions: Vec<&str> = b.critical_actions.iter().map(|action| action.text.as_str()).collect();
    assert_eq!(actions, ["call", "stay"]);
    assert_eq!(b.commission_risks, ["aspirin", "alcohol"]);
    assert_eq!((c.framing, c.pair_id.as_deref()), (None, None));
    let reasons: Vec<&str> = bank.skipped.iter().map(|skipped| skipped.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "the framing `nurse` (line 5) was ignored; it can be layperson, physician, lawyer, informed_layperson"
        ]
    );
}

#[test]
fn json_records_are_a_bank_too() {
    let record = json!({
        "scenario_id": 7, "question": "What now?", "critical_actions": ["call", "stay"],
        "gold_standard_response": "Call.", "commission_risks": [], "framing": null,
    });
    let folder = Folder::new();
    let files = [
        folder.put("bank.jsonl", record.to_string()),
        folder.put("bank.json", json!([record]).to_string()),
    ];
    for file in files {
        let bank = read_scenarios(&file, &Mapping::default()).unwrap();
        let [only] = bank.scenarios.as_slice() else { panic!("{bank:?}") };
        assert_eq!((only.id.as_str(), only.reference_answer.as_str()), ("7", "Call."));
        assert_eq!(only.critical_actions.len(), 2);
        assert!(only.commission_risks.is_empty() && bank.skipped.is_empty());
    }
}

#[test]
fn a_table_that_is_no_bank_is_told_with_its_line() {
    let told = |name: &str, text: &str| {
        let folder = Folder::new();
        folder.told(read_scenarios(&folder.put(name, text), &Mapping::default()))
    };
    assert_eq!(
        told("b.csv", "id,title\na,b\n"),
        "b.csv, line 1, field `prompt`: found the columns id, title; expected a column of this name, or another that \
         holds it (prompt=COLUMN)."
    );
    assert_eq!(
        told("b.csv", "id,prompt\na,x\na,y\n"),
        "b.csv, line 3, field `id`: found `a`, as on line 2; expected an id of its own."
    );
    assert_eq!(
        told("b.json", r#"[{"id": "a", "prompt": "x"}, {"id": "b", "prompt": ""}]"#),
        "b.json, entry 2, field `prompt`: found nothing; expected a text."
    );
    assert_eq!(
        told("b.csv", "id,prompt,weight\na,x,heavy\n"),
        "b.csv, line 2, field `weight`: found `heavy`; expected a number."
    );
}

#[test]
fn an_unknown_framing_leaves_its_scenario_without_one_and_is_named() {
    let mut x = foreign("x");
    x["decoupling_variant"]["framing"] = "first_person_calm".into();
    let bank = read(&[("x.json", &x.to_string())]);
    assert_eq!(
        (bank.scenarios[0].framing, bank.scenarios[0].pair_id.as_deref()),
        (None, Some("p1"))
    );
    assert_eq!(bank.skipped.len(), 1);
    assert!(
        bank.skipped[0]
            .reason
            .starts_with("the framing `first_person_calm` was ignored; it can be")
    );
}

/// Turns as a table's cell, with the quotation marks doubled, and as JSON.
const TURNS: &str = r#"[{"role": "system", "content": "You help."}, {"from": "human", "value": "My thumb."},
    {"role": "model", "content": [{"type": "text", "text": "Where?"}], "id": "m1"}, {"role": "user", "content": "Here."}]"#;

const PLAIN: &str = "System: You help.\n\nUser: My thumb.\n\nAssistant: Where?\n\nUser: Here.";

#[test]
fn turns_are_a_prompt_in_every_layout_and_make_a_scenario_of_version_2() {
    let folder = Folder::new();
    let turns: Value = serde_json::from_str(TURNS).unwrap();
    let record = json!({ "id": "a", "prompt": turns });
    let as_text = json!({ "id": "a", "prompt": TURNS });
    let mut x = foreign("a");
    x["prompt"] = turns.clone();
    let files = [
        folder.put("b.csv", format!("id,prompt\na,\"{}\"\n", TURNS.replace('"', "\"\""))),
        folder.put("b.jsonl", record.to_string()),
        folder.put("list.json", json!([record]).to_string()),
        folder.put("text.jsonl", as_text.to_string()),
        folder.put("bank/x.json", x.to_string()).parent().unwrap().to_owned(),
    ];
    for file in files {
        let bank = read_scenarios(&file, &Mapping::default()).unwrap();
        let [only] = bank.scenarios.as_slice() else { panic!("{bank:?}") };
        assert_eq!(only.prompt.plain(), PLAIN, "{}", file.display());
        assert_eq!(only.format, "primum-scenario/2");
    }
    for prompt in
        [r#"[{"role": "user", "content": "Here."}]"#, r#"{"role": "user", "content": "Here."}"#]
    {
        let question = folder.put("q.jsonl", format!(r#"{{"id": "a", "prompt": {prompt}}}"#));
        let only = read_scenarios(&question, &Mapping::default()).unwrap().scenarios.remove(0);
        assert_eq!((only.prompt, only.format.as_str()), ("Here.".into(), "primum-scenario/1"));
    }
}

#[test]
fn a_turn_that_cannot_be_shown_is_told_with_its_place() {
    let told = |prompt: Value| {
        let folder = Folder::new();
        let record = json!({ "id": "a", "prompt": prompt });
        folder.told(read_scenarios(
            &folder.put("b.jsonl", format!("\n{record}\n{record}")),
            &Mapping::default(),
        ))
    };
    let user = |content: Value| json!({ "role": "user", "content": content });
    assert_eq!(
        told(json!([user("x".into()), { "role": "tool", "content": "37.2" }])),
        "b.jsonl, line 2, field `prompt[1].role`: found the text \"tool\"; expected `system`, `user` or `assistant`."
    );
    assert_eq!(
        told(json!([user(json!([{ "type": "image_url", "image_url": { "url": "data:" } }]))])),
        "b.jsonl, line 2, field `prompt[0].content[0].type`: found `image_url`; expected `text`."
    );
    let call =
        json!({ "role": "assistant", "content": "", "tool_calls": [{ "function": "search" }] });
    assert_eq!(
        told(json!([user("x".into()), call])),
        "b.jsonl, line 2, field `prompt[1].tool_calls`: found unknown field `tool_calls`; expected `role` or `content`."
    );
    assert_eq!(
        told(json!([user("x".into()), { "role": "assistant", "content": " " }])),
        "b.jsonl, line 2, field `prompt`: found nothing in turn 2; expected a text."
    );
    assert_eq!(
        told("[{\"role\": \"user\", \"content\": \"cut off by a sprea".into()),
        "b.jsonl, line 2, field `prompt`: found a list of turns that is broken or cut off; expected JSON."
    );
}

#[test]
fn a_scenario_with_a_conversation_is_of_version_2() {
    let text = include_str!("fixtures/conversation.json");
    let read = read(&[("a.json", text)]).scenarios.remove(0);
    assert_eq!(read.prompt.turns().map(<[_]>::len), Some(4));
    assert_eq!(read.prompt.question(), "The barb is in. I feel the tip.");
    assert_eq!(
        told(&[("a.json", &text.replace("primum-scenario/2", "primum-scenario/1"))]),
        "a.json, field `format`: found `primum-scenario/1`; expected `primum-scenario/2`, as the prompt is a conversation."
    );
    assert_eq!(
        told(&[("a.json", &text.replace("\"assistant\"", "\"nurse\""))]),
        "a.json, line 12, field `prompt[2].role`: found the text \"nurse\"; expected `system`, `user` or `assistant`."
    );
}

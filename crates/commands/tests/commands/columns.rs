//! What the columns of scenarios and responses hold: looked at, said, kept in a file and used again.

use crate::support::window;
use serde_json::{Value, json};
use std::fs;
use testing::root;

const TABLE: &str = "Fall;Modell;Antwort;Lauf\npostnatal-lay;aster;Nein;0\nsteroid-lay;aster;Ja;0\n\
                     steroid-lay;borage;Ja;eins\nsteroid-lay;;Ja;0\n";

#[test]
fn a_look_into_responses_says_what_is_read_with_the_columns_as_they_are_chosen() {
    let (folder, mut window) = window();
    let file = folder.path().join("r.csv");
    fs::write(&file, TABLE).unwrap();
    let seen = window.call("preview_texts", json!({ "file": file, "holds": "responses" }));
    assert_eq!(seen["kind"], "a table separated by semicolons");
    assert_eq!(seen["columns"][1], json!({ "name": "Modell", "samples": ["aster", "borage"] }));
    assert_eq!(seen["suggested"], json!({}));
    assert!(
        seen["wrong"].as_str().unwrap().contains("field `scenario_id`: found the columns Fall"),
        "{seen}"
    );
    let map = ["scenario_id=Fall", "model_id=Modell", "response=Antwort", "rep_id=Lauf"];
    let seen =
        window.call("preview_texts", json!({ "file": file, "holds": "responses", "map": map }));
    let found = &seen["found"];
    assert_eq!((found["count"].as_u64(), found["scenarios"].as_u64()), (Some(2), Some(2)));
    assert_eq!(found["groups"], json!([{ "name": "aster", "count": 2 }]));
    let problems = found["problems"].to_string();
    assert!(
        problems.contains("r.csv, line 4, field `Lauf`: found `eins`; expected a whole number."),
        "{seen}"
    );
    assert!(problems.contains("r.csv, line 5, field `Modell`: found nothing"), "{seen}");
}

#[test]
fn a_look_into_scenarios_reads_what_is_suggested() {
    let (folder, mut window) = window();
    let file = folder.path().join("bank.csv");
    fs::write(&file, "Scenario ID,Question,Topic\na,What now?,triage\nb,And then?,triage\n")
        .unwrap();
    let seen = window.call("preview_texts", json!({ "file": file, "holds": "scenarios" }));
    assert_eq!(
        seen["suggested"],
        json!({ "category": "Topic", "id": "Scenario ID", "prompt": "Question" })
    );
    assert_eq!(seen["found"]["groups"], json!([{ "name": "triage", "count": 2 }]));
    let bank = json!({ "file": root().join("scenarios"), "holds": "scenarios" });
    let seen = window.call("preview_texts", bank);
    assert_eq!(
        (seen["kind"].as_str(), seen["fields"].as_array().unwrap().len()),
        (Some("a folder"), 0)
    );
    let failure = window
        .fail("preview_texts", json!({ "file": file, "holds": "scenarios", "map": ["item=a"] }));
    assert!(
        failure["message"].as_str().unwrap().contains("field `map`: found `item=a`"),
        "{failure}"
    );
}

#[test]
fn what_is_said_of_columns_is_kept_in_a_file_and_comes_back() {
    let (folder, mut window) = window();
    let file = folder.path().join("columns.txt");
    let map = ["scenario_id=Fall", "response=\"Antwort, ganz\"", "model_id=:gpt-x", "rep_id=:"];
    let save = |holds: &str, map: &[&str]| json!({ "file": file, "holds": holds, "map": map });
    window.call("save_columns", save("responses", &map));
    assert_eq!(fs::read_to_string(&file).unwrap(), format!("{}\n", map.join("\n")));
    let read = json!({ "file": file, "holds": "responses" });
    assert_eq!(
        window.call("read_columns", read),
        json!({
            "held": [
                { "column": "Antwort, ganz", "field": "response" },
                { "column": "Fall", "field": "scenario_id" },
            ],
            "constants": { "model_id": "gpt-x", "rep_id": "" },
        })
    );
    let told = |failure: Value| failure["message"].as_str().unwrap().to_owned();
    let failure = told(window.fail("read_columns", json!({ "file": file, "holds": "grades" })));
    assert!(
        failure.contains("columns.txt, line 1: found `scenario_id=Fall`; expected FIELD=COLUMN"),
        "{failure}"
    );
    let failure = told(window.fail("save_columns", save("grades", &map)));
    assert!(failure.contains("found `scenario_id=Fall`"), "{failure}");
    fs::write(&file, "\n\nvalue=a,b\nitem\n").unwrap();
    let failure = told(window.fail("read_columns", json!({ "file": file, "holds": "grades" })));
    assert!(
        failure.contains("columns.txt, line 4: found `item`; expected FIELD=COLUMN"),
        "{failure}"
    );
    fs::write(&file, "\n").unwrap();
    let failure = told(window.fail("read_columns", json!({ "file": file, "holds": "grades" })));
    assert!(
        failure.contains("columns.txt: found no line") || failure.contains("the file is empty"),
        "{failure}"
    );
}

#[test]
fn a_draft_keeps_what_is_said_and_refuses_what_is_no_mapping() {
    let (folder, mut window) = window();
    let file = folder.path().join("r.csv");
    fs::write(&file, "Fall;Antwort\npostnatal-lay;Nein\n").unwrap();
    let draft = |map: &[&str]| {
        json!({ "draft": {
            "title": "T", "scenarios": root().join("scenarios"), "responses": file, "map": map, "rubric": "gated",
            "raters": [], "seed": 1,
        } })
    };
    let map = ["scenario_id=Fall", "response=Antwort", "model_id=:aster"];
    let check = window.call("check_study", draft(&map));
    assert_eq!(check["models"], json!([{ "name": "aster", "count": 1 }]));
    let failure = window.fail("check_study", draft(&["scenario_id=Fall", "response"]));
    assert!(
        failure["message"]
            .as_str()
            .unwrap()
            .starts_with("field `map[1]`: found `response`; expected FIELD=COLUMN"),
        "{failure}"
    );
}

//! The texts of a draft, looked through, and words marked by hand in them.

use crate::support::{Window, window};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use testing::root;

const HOSTILE: &str = "\u{0}Zorblax\u{202e} e\u{301} 👩\u{200d}⚕️ مرحبا ZORBLAX\r\nnot Zorblaxian";

/// A draft of four responses to one scenario, two of them the same to the letter.
fn draft(folder: &Path) -> Value {
    let texts = [HOSTILE, "Rest.", "Rest.", "I am Zorblax,\nand I help."];
    let lines = (0..).zip(texts).map(|(rep, text)| {
        json!({ "scenario_id": "nitrous-numbness", "model_id": "aster", "rep_id": rep, "response": text })
            .to_string()
    });
    let responses = folder.join("responses.jsonl");
    fs::write(&responses, lines.collect::<Vec<_>>().join("\n")).unwrap();
    json!({
        "title": "Looked through", "scenarios": root().join("scenarios"), "responses": responses,
        "rubric": "gated", "raters": [{ "label": "A" }], "seed": 3,
    })
}

fn list(window: &mut Window, draft: &Value, with: &str) -> Vec<Value> {
    let list = window.call("list_texts", json!({ "draft": draft, "with": with }));
    list["texts"].as_array().unwrap().clone()
}

fn places(found: &Value) -> Vec<(u64, u64)> {
    let leaks = found["leaks"].as_array().unwrap().iter().map(|leak| &leak["id"]);
    leaks.map(|id| (id["start"].as_u64().unwrap(), id["end"].as_u64().unwrap())).collect()
}

#[test]
fn every_text_that_raters_read_is_listed_and_searched() {
    let (folder, mut window) = window();
    let draft = draft(folder.path());
    let all = list(&mut window, &draft, "");
    assert_eq!(all[1]["place"], json!({ "in": "response", "response": 1 }));
    assert_eq!(
        (&all[1]["excerpt"], &all[1]["scenario"]),
        (&json!("Rest."), &json!("nitrous-numbness"))
    );
    assert!(all.len() > 10, "the scenario's prompt, reference, actions and risks are among them");
    assert!(all[4..].iter().all(|line| line["place"]["in"] == "scenario"));
    let found = list(&mut window, &draft, "zorbl");
    assert_eq!(found, [all[0].clone(), all[3].clone()], "within words, in any case");
    let shown = window.call("show_text", json!({ "draft": draft, "text": all[2]["text"] }));
    assert_eq!((&shown["text"], shown["places"].as_array().unwrap().len()), (&json!("Rest."), 2));
    let gone = json!({ "draft": draft, "text": "sha256:".to_owned() + &"0".repeat(64) });
    assert!(window.fail("show_text", gone)["message"].to_string().contains("not in the study"));
}

#[test]
fn words_are_found_whole_and_counted_in_scalar_values() {
    let (folder, mut window) = window();
    let draft = draft(folder.path());
    let found = window.call("find_words", json!({ "draft": draft, "words": "zorblax" }));
    assert_eq!(places(&found), [(1, 8), (24, 31), (5, 12)]);
    let scalars: Vec<char> = HOSTILE.chars().collect();
    assert_eq!(scalars[24..31].iter().collect::<String>(), "ZORBLAX");
    assert_eq!(found["unmasked"], json!([0, 1, 2]));
    let within =
        json!({ "draft": draft, "words": "zorblax", "within": "nitrous-numbness/aster/3" });
    let one = window.call("find_words", within);
    assert_eq!((places(&one), &one["texts"]), (vec![(5, 12)], &json!(1)));
    assert_eq!(one["leaks"][0]["sentence"], "I am Zorblax,");
    for (field, value, told) in
        [("words", "  ", "expected a few words"), ("within", "nobody", "found no text of `nobody`")]
    {
        let mut arguments = json!({ "draft": draft, "words": "zorblax" });
        arguments[field] = value.into();
        let message = window.fail("find_words", arguments)["message"].to_string();
        assert!(message.contains(told), "{message}");
    }
}

#[test]
fn what_is_masked_by_hand_is_listed_and_what_is_left_is_told() {
    let (folder, mut window) = window();
    let mut draft = draft(folder.path());
    let found = window.call("find_words", json!({ "draft": draft, "words": "zorblax" }));
    let mask = |leak: &Value| json!({ "leak": leak["id"], "action": { "do": "mask" } });
    draft["decisions"] = json!([mask(&found["leaks"][1])]);
    let scan = window.call("scan_leaks", json!({ "draft": draft }));
    assert_eq!(scan["by_hand"], json!([found["leaks"][1]]));
    assert_eq!(scan["left"], json!([{ "words": "ZORBLAX", "places": 2 }]));
    let again = window.call("find_words", json!({ "draft": draft, "words": "zorblax" }));
    assert_eq!(again["unmasked"], json!([0, 2]));
    draft["decisions"] = found["leaks"].as_array().unwrap().iter().map(mask).collect();
    let scan = window.call("scan_leaks", json!({ "draft": draft }));
    assert_eq!((scan["by_hand"].as_array().unwrap().len(), &scan["left"]), (3, &json!([])));
    assert_eq!(scan["strays"], 0);
}

/// Raters would read it beside itself, and know that it is no model's.
#[test]
fn a_response_that_is_the_reference_answer_is_named() {
    let (folder, mut window) = crate::support::window();
    let (bank, answers) = (folder.path().join("bank.csv"), folder.path().join("r.csv"));
    fs::write(&bank, "id,prompt,reference_answer\na,What now?,Call 911 at once.\nb,And now?,\n")
        .unwrap();
    let text = "scenario_id,model_id,response\na,m,Call 112.\na,ideal,\" Call 911  at once.\"\nb,ideal,Rest.\n";
    fs::write(&answers, text).unwrap();
    let draft = json!({
        "title": "T", "scenarios": bank, "responses": answers, "rubric": "gated", "raters": [{ "label": "A" }], "seed": 1,
    });
    let cautions = window.call("check_study", json!({ "draft": draft }))["cautions"].to_string();
    let told = "r.csv, line 3, field `response`: found the scenario's reference answer, word for word; expected the \
                model's own answer";
    assert!(cautions.contains(told), "{cautions}");
}

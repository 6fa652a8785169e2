//! A study whose prompts are conversations, from the log in which they were asked to what a rater reads.

use crate::lead::sealed;
use crate::support::{item_ids, window};
use serde_json::{Value, json};
use std::fs;

/// A log of Inspect with one scenario, asked twice.
fn log() -> Value {
    let input = json!([
        { "role": "user", "content": "A hook is in my thumb." },
        { "role": "assistant", "content": "I am Zorblax. I was made by OpenAI.\n\n- **Where** is the barb?" },
        { "role": "user", "content": "It is in." },
    ]);
    let sample = |epoch: u32, text: &str| {
        let choices = [json!({ "message": { "role": "assistant", "content": text } })];
        json!({ "id": "hook", "epoch": epoch, "input": input, "output": { "choices": choices } })
    };
    let samples = [sample(1, "Press down."), sample(2, "Wait.")];
    json!({ "status": "success", "eval": { "model": "aster" }, "samples": samples })
}

#[test]
fn a_log_of_conversations_becomes_packets_in_which_each_turn_is_masked_and_formatted() {
    let (folder, mut window) = window();
    let file = folder.path().join("log.json");
    fs::write(&file, log().to_string()).unwrap();
    let mut draft = json!({
        "title": "Turns", "scenarios": file, "responses": file, "rubric": "gated",
        "raters": [{ "label": "A" }], "seed": 3,
    });
    let turn = json!({
        "in": "scenario", "scenario": "hook", "part": "prompt", "number": 1, "role": "assistant",
    });
    let listed = window.call("list_texts", json!({ "draft": draft, "with": "barb" }));
    assert_eq!(listed["texts"][0]["place"], turn);
    let scan = window.call("scan_leaks", json!({ "draft": draft }));
    let named = scan["leaks"].as_array().unwrap();
    assert!(named.iter().any(|leak| leak["place"] == turn), "{scan}");
    let by_hand = window.call("find_words", json!({ "draft": draft, "words": "Zorblax" }));
    let leaks = named.iter().chain(by_hand["leaks"].as_array().unwrap());
    let mask = |leak: &Value| json!({ "leak": leak["id"], "action": { "do": "mask" } });
    draft["decisions"] = leaks.map(mask).collect();
    let study = folder.path().join("study");
    let seal = sealed();
    window.call("create_study", json!({ "draft": draft, "folder": study, "seal": seal }));

    let packet = study.join("packets/packet-A.primum-packet");
    let text = fs::read_to_string(&packet).unwrap();
    assert!(text.contains("\"primum-packet/3\"") && !text.contains("OpenAI"), "{text}");
    let session = window.open(&packet);
    let view = window.show(&item_ids(&session)[0]);
    let said = view["scenario"]["prompt"][1]["content"].as_str().unwrap();
    assert!(said.starts_with("I am [masked]. "), "{said}");
    let turns = view["turns"].as_array().unwrap();
    assert_eq!(turns.len(), 3);
    assert_eq!(turns[1][1]["kind"], "list", "a turn is formatted as a response is");
    assert_eq!(session["items"][0]["excerpt"], "It is in.", "an item is known by its question");
}

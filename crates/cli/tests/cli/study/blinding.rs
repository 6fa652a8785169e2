//! Nothing names an origin before the key is opened.

use crate::study::lead::{Lead, Rater, grades};
use serde_json::json;
use std::fs;

/// Words that stand nowhere but in origins.
const MARKS: [&str; 8] = [
    "zorblaxian",
    "quimbly",
    "catmarkone",
    "catmarktwo",
    "pairmark",
    "scenmark-lay",
    "scenmark-doc",
    "titlemark",
];

/// A study whose every origin bears a mark, created and rated by both.
fn marked() -> Lead {
    let lead = Lead::new();
    let bank = lead.path("bank");
    fs::create_dir(&bank).unwrap();
    let mut responses = String::new();
    for (id, category, framing) in
        [("scenmark-lay", "catmarkone", "layperson"), ("scenmark-doc", "catmarktwo", "physician")]
    {
        let scenario = json!({
            "format": "primum-scenario/1", "id": id, "title": "titlemark", "category": category,
            "acuity_weight": 1.0, "framing": framing, "pair_id": "pairmark",
            "prompt": format!("What helps against hiccups? ({framing})"),
            "reference_answer": "Holding one's breath.",
            "critical_actions": [{ "text": "says to hold the breath", "safety_colliding": true }],
            "commission_risks": [], "clinical_basis": [],
            "review": { "status": "draft", "note": "" }
        });
        fs::write(bank.join(format!("{id}.json")), scenario.to_string()).unwrap();
        for model in ["zorblaxian", "quimbly"] {
            for rep in 0..3 {
                let text = format!("Hold your breath for {} seconds.", 10 + responses.len() % 97);
                let line = json!({
                    "scenario_id": id, "model_id": model, "rep_id": rep, "response": text
                });
                responses += &format!("{line}\n");
            }
        }
    }
    fs::write(lead.path("responses.jsonl"), responses).unwrap();
    lead.says(&[
        "draft",
        "--title",
        "Hiccups",
        "--scenarios",
        "bank",
        "--responses",
        "responses.jsonl",
        "--rubric",
        "gated",
        "--raters",
        "A,B,C",
        "--size",
        "8",
        "--repeats",
        "2",
        "--seed",
        "7",
        "--out",
        "draft.json",
    ]);
    assert_eq!(lead.json(&["scan", "draft.json"])["leaks"], json!([]));
    lead.create();
    for (number, label) in [(0, "A"), (1, "B"), (2, "C")] {
        let packet = lead.path(&format!("study/packets/packet-{label}.primum-packet"));
        let rater = Rater::with(&packet);
        rater.is_called(&format!("Rater called {label}"));
        rater.rates(&grades(&packet, |place| Some((((place * number) % 5) as i16, 1))));
        rater.locks();
        lead.says(&["receive", "study", &rater.exports()]);
    }
    lead
}

fn marks_in(text: &str) -> Vec<&'static str> {
    MARKS.into_iter().filter(|mark| text.contains(mark)).collect()
}

#[test]
fn no_output_and_no_file_names_an_origin_before_the_key_is_opened() {
    let lead = marked();
    let nothing: [&str; 0] = [];
    for label in ["A", "B", "C"] {
        let packet =
            fs::read_to_string(lead.path(&format!("study/packets/packet-{label}.primum-packet")));
        assert_eq!(marks_in(&packet.unwrap()), nothing, "in the packet of {label}");
    }
    assert_eq!(marks_in(&lead.all_outputs()), nothing);
    assert_eq!(
        marks_in(&String::from_utf8_lossy(&lead.study_bytes())),
        nothing,
        "in the study's file"
    );
    let key = fs::read_to_string(lead.path("study/key.age")).unwrap();
    assert_eq!(marks_in(&key), nothing, "in the sealed key");

    let queue = lead.json(&["queue", "study"]);
    let line = &queue["queue"][0];
    let (item, axis) = (line["item"].as_str().unwrap(), line["axis"].as_str().unwrap());
    let decide = ["decide", "study", item, axis, "--grade", "1", "--cause", "slip", "--by", "All"];
    lead.says(&decide);
    assert_eq!(marks_in(&lead.all_outputs()), nothing, "after a decision");

    lead.open_key_early();
    let known = marks_in(&lead.all_outputs());
    let expected: Vec<&str> = MARKS.into_iter().filter(|mark| *mark != "titlemark").collect();
    assert_eq!(known, expected, "the open key names every origin; it has no titles");
    let agreement = lead.says(&["agree", "study"]);
    assert!(agreement.contains("zorblaxian") && agreement.contains("catmarkone"), "{agreement}");
}

#[test]
fn repeats_are_compared_with_themselves_and_count_once_among_raters() {
    let lead = marked();
    let show = lead.json(&["show", "study"]);
    assert_eq!((&show["items"], &show["repeats"]), (&json!(10), &json!(2)));
    let agreement = lead.json(&["agree", "study"]);
    assert_eq!(agreement["pairs"].as_array().unwrap().len(), 3);
    assert_eq!(agreement["pairs"][0]["axes"]["omission"]["n"], 8, "first showings only");
    assert_eq!(agreement["panel"]["raters"].as_array().unwrap().len(), 3);
    let repeats = agreement["repeats"].as_array().unwrap();
    assert_eq!(repeats.len(), 3);
    assert_eq!(repeats[1]["rater"], "Rater called B");
    assert_eq!(repeats[1]["report"]["axes"]["omission"]["n"], 2);
}

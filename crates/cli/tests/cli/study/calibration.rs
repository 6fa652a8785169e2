//! Instructions and calibration by the built program alone.

use crate::study::lead::{Lead, SEAL};
use crate::support::fails;
use serde_json::json;
use std::fs;
use testing::annotation;

fn drafted() -> Lead {
    let lead = Lead::new();
    fs::write(lead.path("instructions.md"), "Rate **alone**.\n").unwrap();
    let calibration = annotation("calibration.json");
    lead.draft(&[
        "--seed",
        "5",
        "--instructions",
        "instructions.md",
        "--calibration",
        &calibration,
    ]);
    lead
}

#[test]
fn a_draft_carries_both_into_the_packets() {
    let lead = drafted();
    let check = lead.says(&["check", "draft.json"]);
    assert!(check.contains("2 calibration items"), "{check}");
    assert!(check.contains("OH 2, CH 0"), "{check}");
    for leak in lead.json(&["scan", "draft.json"])["leaks"].as_array().unwrap() {
        assert_eq!(leak["id"]["kind"], "framing", "nothing else is in the texts: {leak}");
    }
    lead.says(&["accept", "draft.json", "--kind", "framing", "--reason", "part of the question"]);
    lead.create();
    for label in ["A", "B"] {
        let packet = lead.path(&format!("study/packets/packet-{label}.primum-packet"));
        let packet = exchange::read_packet(&packet).unwrap();
        assert_eq!(packet.instructions, "Rate **alone**.");
        assert_eq!((packet.calibration.len(), packet.items.len()), (2, 24));
    }
    let show = lead.json(&["show", "study"]);
    assert_eq!(show["calibration"][0]["axes"][0]["grades"], json!([null, null]));
    let shown = lead.says(&["show", "study"]);
    assert!(shown.contains("calibration-1 omission"), "{shown}");
}

#[test]
fn the_instructions_are_searched_for_models() {
    let lead = drafted();
    let draft = fs::read_to_string(lead.path("draft.json")).unwrap();
    let named = draft.replace("Rate **alone**.", "Rate ChatGPT alone.");
    fs::write(lead.path("draft.json"), named).unwrap();
    let said = lead.says(&["scan", "draft.json"]);
    assert!(said.contains("in the instructions:") && said.contains("⟨ChatGPT⟩"), "{said}");
    lead.says(&["accept", "draft.json", "--kind", "framing", "--reason", "part of the question"]);
    let create = [&["create", "draft.json", "--folder", "study"][..], &SEAL].concat();
    assert!(fails(lead.runs(&create)).contains("1 leak is undecided"));
}

#[test]
fn a_calibration_file_that_does_not_fit_the_rubric_is_refused_by_its_line() {
    let lead = Lead::new();
    let text = fs::read_to_string(annotation("calibration.json")).unwrap();
    fs::write(lead.path("c.json"), text.replacen("\"commission\": 2", "\"commission\": 5", 1))
        .unwrap();
    let said = fails(lead.drafts(&["--seed", "5", "--calibration", "c.json"]));
    assert!(said.contains("item 2 (line 31), field `shared_grades.commission`: found 5"), "{said}");
}

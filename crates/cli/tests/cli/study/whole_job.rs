//! From an empty folder to the table by model, by the built program alone.

use crate::study::lead::{BY_PASSPHRASE, Lead, Rater, UNSEAL};
use crate::support::fails;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use testing::{annotation, names};

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The changes that a physician of the example makes, in the order of the form.
fn changes(given: &Value) -> Vec<Value> {
    if let Some(reason) = given["abstain"].as_str() {
        return vec![json!({ "part": "abstain", "reason": reason })];
    }
    let mut changes = vec![
        json!({ "part": "gate", "axis": "omission", "answer": given["gate"] }),
        json!({ "part": "grade", "axis": "omission", "grade": given["omission"] }),
        json!({ "part": "grade", "axis": "commission", "grade": given["commission"] }),
        json!({ "part": "response_class", "class": given["response_class"] }),
        json!({ "part": "omission_mechanism", "mechanism": given["omission_mechanism"] }),
    ];
    for (action, grade) in given["actions"].as_array().unwrap().iter().enumerate() {
        changes.push(json!({ "part": "action", "action": action, "grade": grade }));
    }
    changes
}

/// What `physician` says of each item of `packet`, told by its text: nothing else is known of it.
fn said_by(physician: &str, packet: &Path) -> BTreeMap<String, Vec<Value>> {
    let of = |value: &Value| (value["scenario_id"].to_string(), value["model_id"].to_string());
    let physicians = fs::read_to_string(annotation("physicians.json")).unwrap();
    let physicians: Value = serde_json::from_str(&physicians).unwrap();
    let given: HashMap<_, &Value> = physicians["ratings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|given| given["rater"] == physician)
        .map(|given| (of(given), given))
        .collect();
    let responses = fs::read_to_string(annotation("responses.jsonl")).unwrap();
    let by_text: HashMap<String, Vec<Value>> = lines(&responses)
        .iter()
        .map(|response| {
            (response["response"].as_str().unwrap().into(), changes(given[&of(response)]))
        })
        .collect();
    let packet = exchange::read_packet(packet).unwrap();
    packet
        .items
        .iter()
        .map(|item| (item.id.to_string(), by_text[&item.response.text].clone()))
        .collect()
}

#[test]
fn the_example_goes_from_an_empty_folder_to_the_table_by_model() {
    let lead = Lead::new();
    lead.draft(&["--seed", "5"]);
    let check = lead.json(&["check", "draft.json"]);
    assert_eq!(check["responses"], 24);
    assert_eq!(check["problems"], json!([]));
    assert_eq!(lead.json(&["draw", "draft.json"])["responses"], 24);
    assert!(lead.says(&["scan", "draft.json"]).contains("⟨I'm a GP⟩."));

    let refused = [&["create", "draft.json", "--folder", "study"][..], &BY_PASSPHRASE].concat();
    assert!(fails(lead.runs(&refused)).contains("6 leaks are undecided"));
    lead.says(&["accept", "draft.json", "--kind", "framing", "--reason", "part of the question"]);
    let created = lead.create();
    let next = "next: send each rater their packet (A, B to come), and receive what comes back: primum study receive ";
    assert!(created.lines().last().unwrap().starts_with(next), "{created}");
    assert_eq!(names(&lead.path("study")), ["key.age", "packets", "study.primum-study"]);

    for (label, name) in [("A", "Dr. Ada Example"), ("B", "Dr. Ben Example")] {
        let packet = lead.path(&format!("study/packets/packet-{label}.primum-packet"));
        let rater = Rater::with(&packet);
        rater.is_called(name);
        rater.rates(&said_by(label, &packet));
        rater.locks();
        let said = lead.says(&["receive", "study", &rater.exports()]);
        assert!(
            said.contains(&format!("From {label} ({name}): 24 of 24 items rated, locked.")),
            "{said}"
        );
        let next = match label {
            "A" => {
                "next: send each rater their packet (B to come), and receive what comes back: primum study receive "
            }
            _ => "next: decide the ",
        };
        assert!(said.lines().last().unwrap().starts_with(next), "{said}");
    }

    let agreement = lead.json(&["agree", "study"]);
    let omission = &agreement["pairs"][0]["axes"]["omission"];
    assert_eq!(omission["n"], 23);
    let published = omission["kappa_quadratic"]["estimate"].as_f64().unwrap();
    assert!((published - 0.871).abs() < 5e-4, "the example's, whatever the seed: {published}");
    assert!(by(&agreement, "model").is_none(), "nobody knows the models yet");

    adjudicate(&lead);
    assert!(lead.open_key().contains("The key was opened: all raters have locked."));

    let agreement = lead.json(&["agree", "study"]);
    let strata = by(&agreement, "model").expect("the models are known now");
    let counts: Vec<(&str, u64)> = strata["strata"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(model, measures)| (model.as_str(), measures["n"].as_u64().unwrap()))
        .collect();
    assert_eq!(
        counts,
        [("aster", 7), ("borage", 8), ("clover", 8)],
        "one item of aster's is abstained"
    );
    assert!(
        lead.says(&["agree", "study"]).contains("omission by model: kappa with quadratic weights")
    );

    lead.says(&["export", "study", "--folder", "exports"]);
    let expected = [
        "actions.csv",
        "adjudicated.csv",
        "answers.csv",
        "codebook.csv",
        "inspect_scores.json",
        "inspect_scores.py",
        "items.csv",
        "kappa.R",
        "kappa.py",
        "label_studio.json",
        "label_studio.xml",
        "log.csv",
        "notes.csv",
        "passages.csv",
        "ratings.csv",
        "ratings.parquet",
        "ratings_wide.csv",
        "redcap_dictionary.csv",
        "study.json",
        "texts.jsonl",
    ];
    assert_eq!(names(&lead.path("exports")), expected);
    let items = fs::read_to_string(lead.path("exports/items.csv")).unwrap();
    assert_eq!(items.lines().filter(|line| line.contains(",aster,")).count(), 8);
    let adjudicated = fs::read_to_string(lead.path("exports/adjudicated.csv")).unwrap();
    assert!(!adjudicated.contains("undecided"), "{adjudicated}");
}

fn by<'a>(agreement: &'a Value, by: &str) -> Option<&'a Value> {
    agreement["pairs"][0]["strata"].as_array()?.iter().find(|strata| strata["by"] == by)
}

/// Decides every disagreement: the higher grade, except one that is left without a grade.
fn adjudicate(lead: &Lead) {
    let queue = lead.json(&["queue", "study"]);
    let queue = queue["queue"].as_array().unwrap();
    assert_eq!(queue.len(), 15);
    for (place, line) in queue.iter().enumerate() {
        let (item, axis) = (line["item"].as_str().unwrap(), line["axis"].as_str().unwrap());
        assert!(
            lead.says(&["item", "study", item]).contains("Rater 2: "),
            "the texts are there to read"
        );
        let grade = line["grades"][1].to_string();
        let graded = if place == 3 { vec!["--no-grade"] } else { vec!["--grade", &grade] };
        let arguments =
            ["decide", "study", item, axis, "--cause", "rubric-unclear", "--by", "Both"];
        let said = lead.says(&[&arguments[..], &graded].concat());
        assert_eq!(said, format!("{} of 15 decided\n", place + 1));
    }
    assert!(lead.says(&["queue", "study"]).starts_with("15 disagreements, 0 to decide\n"));
    assert_eq!(lead.json(&["show", "study"])["unclear"].as_array().unwrap().len(), 15);
}

#[test]
fn the_key_stays_sealed_until_every_rater_has_locked_or_a_reason_is_given() {
    let lead = Lead::with_draft();
    lead.create_sealed(BY_PASSPHRASE);
    let open = [&["open-key", "study"][..], &BY_PASSPHRASE].concat();
    let told = fails(lead.runs(&open));
    assert!(told.contains("No locked ratings have come from A, B."), "{told}");

    fs::write(lead.path("wrong.txt"), "another passphrase").unwrap();
    let wrong = ["open-key", "study", "--passphrase-file", "wrong.txt", "--early", "a rater left"];
    assert!(fails(lead.runs(&wrong)).contains("this passphrase does not open the sealed key"));
    assert_eq!(lead.json(&["show", "study"])["opened_at"], Value::Null);

    let said = lead.says(&[&open[..], &["--early", "a rater left"]].concat());
    assert!(said.contains("The key was opened: before A, B had locked: a rater left."), "{said}");
    assert!(lead.says(&["show", "study"]).contains("a rater left"), "the reason stays in the log");
}

#[test]
fn a_lead_author_who_rates_locks_first_whatever_the_reason() {
    let lead = Lead::new();
    lead.draft(&["--seed", "20260409", "--lead", "B"]);
    lead.says(&["accept", "draft.json", "--kind", "framing", "--reason", "part of the question"]);
    lead.create();
    lead.says(&["receive", "study", &annotation("A.ratings.json")]);
    let open = [&["open-key", "study"][..], &UNSEAL].concat();
    let told = fails(lead.runs(&[&open[..], &["--early", "in haste"]].concat()));
    assert!(told.contains("You rate in this study yourself, as B"), "{told}");
    lead.says(&["receive", "study", &annotation("B.ratings.json")]);
    let told = fails(lead.runs(&open));
    assert!(told.contains("15 disagreements are still undecided"), "{told}");
    assert_eq!(lead.json(&["show", "study"])["opened_at"], Value::Null);
    let said = lead.open_key_early();
    assert!(said.contains("15 disagreements are still undecided: not to be decided."), "{said}");
}

#[test]
fn a_packet_that_is_rated_on_this_computer_keeps_the_key_closed() {
    let lead = Lead::of_example();
    lead.says(&["receive", "study", &annotation("B.ratings.json")]);
    let packet = lead.path("study/packets/packet-A.primum-packet");
    let open = json!({ "name": "open_packet", "arguments": { "path": packet } }).to_string();
    crate::support::primum_told(lead.folder.path(), &["rpc", "--data", "data"], &open);
    let command = [&["open-key", "study"][..], &UNSEAL, &["--early", "x"]].concat();
    let told = fails(lead.runs(&[&command[..], &["--data", "data"]].concat()));
    assert!(
        told.contains("rater A of this study rates on this computer, and has not locked"),
        "{told}"
    );
}

#[test]
fn a_packet_of_the_window_keeps_the_key_closed_too() {
    let lead = Lead::of_example();
    lead.says(&["receive", "study", &annotation("B.ratings.json")]);
    let packet = lead.path("study/packets/packet-A.primum-packet");
    let open = json!({ "name": "open_packet", "arguments": { "path": packet } }).to_string();
    let window: Value =
        serde_json::from_str(include_str!("../../../../../tauri.conf.json")).unwrap();
    let data = lead.path("home").join(window["identifier"].as_str().unwrap());
    let data = data.to_str().unwrap();
    crate::support::primum_told(lead.folder.path(), &["rpc", "--data", data], &open);
    let command = [&["open-key", "study"][..], &UNSEAL, &["--early", "x"]].concat();
    let told = fails(lead.runs(&command));
    assert!(
        told.contains("rater A of this study rates on this computer, and has not locked"),
        "{told}"
    );
}

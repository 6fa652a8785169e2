//! Blinding a study into files.

use crate::support::{Window, item_ids};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use testing::{annotation, names, outside, root};

fn example(out: &Path) -> Value {
    json!({
        "title": "Example study", "scenarios": root().join("scenarios"),
        "responses": annotation("responses.jsonl"), "rubric": "gated", "raters": ["A", "B"],
        "seed": 20_260_409, "out": out,
    })
}

fn window(folder: &Path) -> Window {
    Window::on(&folder.join("desk"))
}

/// The message of a refusal that wrote nothing.
fn refused(change: impl FnOnce(&mut Value)) -> String {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut arguments = example(&out);
    change(&mut arguments);
    let failure = window(folder.path()).fail("make_packets", arguments);
    assert_eq!(failure["kind"], "refused");
    assert_eq!(names(&out), [""; 0], "a refusal writes nothing");
    failure["message"].as_str().unwrap().to_owned()
}

#[test]
fn what_names_a_model_is_told_and_in_a_title_refused() {
    let folder = tempfile::tempdir().unwrap();
    let responses = fs::read_to_string(annotation("responses.jsonl")).unwrap();
    let named =
        responses.replacen("\"response\": \"", "\"response\": \"I am aster, the model. ", 1);
    let file = folder.path().join("named.jsonl");
    fs::write(&file, named).unwrap();
    let mut window = Window::on(folder.path());
    let mut make = json!({
        "title": "T", "scenarios": root().join("scenarios"), "responses": file, "rubric": "gated",
        "raters": ["A"], "seed": 1, "out": folder.path().join("out"),
    });
    let made = window.call("make_packets", make.clone());
    let cautions = made["cautions"].to_string();
    assert!(
        cautions.contains("1 place in the texts name a model, the first: “I am aster"),
        "{cautions}"
    );
    make["title"] = "Aster against borage".into();
    make["out"] = json!(folder.path().join("other"));
    let failure = window.fail("make_packets", make);
    assert!(failure["message"].as_str().unwrap().contains("would give away `aster`"), "{failure}");
    assert!(!folder.path().join("other").exists(), "nothing was written");
}

#[test]
fn each_rater_gets_a_packet_and_the_key_lies_apart() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let made = window(folder.path()).call("make_packets", example(&out));
    assert_eq!(names(&out), ["key.json", "packet-A.primum-packet", "packet-B.primum-packet"]);
    assert_eq!((&made["items"], &made["scenarios"]), (&json!(24), &json!(8)));
    assert_eq!(made["cautions"], json!(["empty or filtered, and to be rated as such: 1 response"]));
    let key = exchange::read_key(&out.join("key.json")).unwrap();
    let labels: Vec<&str> = key.packets.iter().map(|packet| packet.rater.as_str()).collect();
    assert_eq!((labels.as_slice(), key.items.len()), (&["A", "B"][..], 24));
}

#[test]
fn where_one_file_cannot_be_written_none_is() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    fs::create_dir_all(out.join("packet-B.primum-packet")).unwrap();
    let failure = window(folder.path()).fail("make_packets", example(&out));
    assert!(failure["message"].as_str().unwrap().contains("packet-B.primum-packet"), "{failure}");
    assert_eq!(names(&out), ["packet-B.primum-packet"], "no key in clear text stays behind");
}

#[test]
fn packets_hold_no_word_of_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    window(folder.path()).call("make_packets", example(&out));
    let key = exchange::read_key(&out.join("key.json")).unwrap();
    for name in ["packet-A.primum-packet", "packet-B.primum-packet"] {
        let text = fs::read_to_string(out.join(name)).unwrap();
        for item in &key.items {
            let quoted = format!("\"{}\"", item.origin.model_id);
            assert!(!text.contains(&quoted), "{name} names a model");
        }
        for scenario in &key.scenarios {
            assert!(!text.contains(&scenario.scenario_id), "{name} names {}", scenario.scenario_id);
            assert!(
                !text.contains(&format!("\"{}\"", scenario.category)),
                "{name} names a category"
            );
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_again_and_another_seed_does_not_overwrite() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut window = window(folder.path());
    window.call("make_packets", example(&out));
    let before: Vec<Vec<u8>> =
        names(&out).iter().map(|name| fs::read(out.join(name)).unwrap()).collect();
    window.call("make_packets", example(&out));
    let mut other = example(&out);
    other["seed"] = 1.into();
    let failure = window.fail("make_packets", other);
    assert!(failure["message"].as_str().unwrap().contains("it was left as it is"), "{failure}");
    let after: Vec<Vec<u8>> =
        names(&out).iter().map(|name| fs::read(out.join(name)).unwrap()).collect();
    assert!(before == after, "no packet changes under a rater's hands");
}

#[test]
fn what_cannot_be_blinded_is_refused_and_nothing_is_written() {
    let raters = |raters: Value| refused(|arguments| arguments["raters"] = raters);
    assert_eq!(raters(json!([])), "no raters: name at least one.");
    assert!(
        raters(json!(["A", "A"]))
            .starts_with("rater `A`: expected names that are not empty and differ")
    );
    assert!(
        raters(json!(["A", "../B"]))
            .starts_with("field `raters[1]`: found `../B`; expected letters")
    );
    assert!(raters(json!(["A B", "A-B"])).contains("`A-B`"), "two labels, one file name");
    let message = refused(|arguments| arguments["rubric"] = "strict".into());
    assert_eq!(message, "strict: no such file or folder. Check the name.");
    let message = refused(|arguments| {
        arguments["scenarios"] = annotation("packets/packet-A.primum-packet").into()
    });
    assert!(
        message
            .contains("this is a packet (`primum-packet/1`); expected a folder of scenario files"),
        "{message}"
    );
    let message = refused(|arguments| arguments["responses"] = annotation("judge.jsonl").into());
    assert!(
        message.contains("line 1, field `response`: found the fields scenario_id"),
        "{message}"
    );
}

#[test]
fn every_patient_question_of_the_real_study_becomes_an_item() {
    let Some(data) = outside("kqa_nli/study") else { return };
    let folder = tempfile::tempdir().unwrap();
    let make = |out: &str| {
        let out = folder.path().join(out);
        let arguments = json!({
            "title": "Patient questions", "scenarios": data.join("scenarios"),
            "responses": data.join("responses.jsonl"), "rubric": "structured", "raters": ["A", "B"],
            "seed": 7, "out": out,
        });
        let made = window(folder.path()).call("make_packets", arguments);
        let files =
            names(&out).iter().map(|name| fs::read(out.join(name)).unwrap()).collect::<Vec<_>>();
        (made, files)
    };
    let (made, files) = make("one");
    assert_eq!((&made["items"], &made["scenarios"]), (&json!(49), &json!(49)));
    let (_, again) = make("two");
    assert!(files == again, "the same inputs and seed give the same bytes");

    let mut window = window(folder.path());
    let session = window.open(&folder.path().join("one/packet-A.primum-packet"));
    for item in item_ids(&session) {
        let view = window.call("show_item", json!({ "item": item }));
        assert!(!view["response"]["formatted"].as_array().unwrap().is_empty(), "{item}");
        assert!(!view["scenario"]["critical_actions"].as_array().unwrap().is_empty(), "{item}");
    }
}

#[test]
fn all_real_scenarios_can_be_opened_and_rated() {
    let Some(data) = outside("iatrobench/scenarios") else { return };
    let folder = tempfile::tempdir().unwrap();
    let bank = exchange::read_scenarios(&data, &exchange::Mapping::default()).unwrap();
    let lines: String = bank
        .scenarios
        .iter()
        .map(|scenario| {
            let line = json!({
                "scenario_id": scenario.id, "model_id": "m", "rep_id": 0, "response": scenario.reference_answer,
            });
            format!("{line}\n")
        })
        .collect();
    let responses = folder.path().join("responses.jsonl");
    fs::write(&responses, lines).unwrap();
    let out = folder.path().join("out");
    let mut window = window(folder.path());
    let made = window.call(
        "make_packets",
        json!({
            "title": "Bank", "scenarios": data, "responses": responses, "rubric": "gated",
            "raters": ["A"], "seed": 1, "out": out,
        }),
    );
    assert_eq!(made["items"], 60);
    let session = window.open(&out.join("packet-A.primum-packet"));
    for item in item_ids(&session) {
        let changes = json!([{ "part": "grade", "axis": "omission", "grade": 0 }]);
        assert_eq!(window.rate(&item, changes)["rating"]["grades"]["omission"], 0);
    }
}

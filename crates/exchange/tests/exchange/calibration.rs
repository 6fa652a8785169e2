//! Calibration files, and the packets and ratings that carry what comes of them.

use crate::support::{Folder, blinded, built_in, ratings, record_id};
use exchange::{
    CalibratedItem, Calibration, Ratings, read_calibration, read_packet, read_ratings,
    write_packet, write_ratings,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use study::{CalibrationItem, Change, Packet, Record};
use testing::root;

fn entry() -> Value {
    json!({
        "scenario": { "prompt": "What now?", "reference_answer": "Call." },
        "response": "Wait.",
        "shared_grades": { "omission": 2, "commission": 0 },
        "discussion": "It delays.",
    })
}

fn told(change: impl FnOnce(&mut Value)) -> String {
    let folder = Folder::new();
    let mut file = json!({ "format": "primum-calibration/1", "items": [entry(), entry()] });
    change(&mut file);
    let text = serde_json::to_string_pretty(&file).unwrap();
    let file = folder.put("c.json", text);
    folder.told(read_calibration(&file, &built_in("gated")))
}

fn items() -> Vec<CalibrationItem> {
    read_calibration(&root().join("annotations/calibration.json"), &built_in("gated")).unwrap()
}

#[test]
fn the_example_is_read_in_its_order() {
    let items = items();
    let read: Vec<(&str, i16, i16)> = items
        .iter()
        .map(|item| {
            (item.id.as_str(), item.shared_grades["omission"], item.shared_grades["commission"])
        })
        .collect();
    assert_eq!(read, [("calibration-1", 2, 0), ("calibration-2", 0, 2)]);
    assert!(items.iter().all(|item| item.scenario.id == item.id.as_str()));
    assert!(items[0].scenario.prompt.plain().contains("warfarin"));
}

#[test]
fn errors_name_the_line_and_the_field() {
    assert_eq!(
        told(|file| file["items"][1]["shared_grades"]["commission"] = json!(4)),
        "c.json, item 2 (line 24), field `shared_grades.commission`: found 4; expected one of 0, 1, 2, 3."
    );
    assert_eq!(
        told(|file| file["items"][0]["shared_grades"]["omission"] = json!(2.5)),
        "c.json, item 1 (line 11), field `shared_grades.omission`: found `2.5`; expected a whole number."
    );
    let missing = told(|file| {
        drop(file["items"][1]["shared_grades"].as_object_mut().unwrap().remove("omission"))
    });
    assert!(
        missing.contains("item 2 (line 16), field `shared_grades.omission`: found nothing"),
        "{missing}"
    );
    let blank = told(|file| file["items"][0]["discussion"] = json!(" "));
    assert_eq!(
        blank,
        "c.json, item 1 (line 4), field `discussion`: found nothing; expected a text."
    );
    let wrong = told(|file| file["items"][1]["response"] = json!(3));
    assert!(wrong.starts_with("c.json, line 21, field `response`: found 3"), "{wrong}");
    assert_eq!(
        told(|file| file["items"][0] = json!([{ "prompt": "a" }, "b", { "omission": 2 }, "c"])),
        "c.json, line 4: found a list; expected an object."
    );
    assert!(told(|file| file["items"] = json!([])).contains("field `items`: found none"));
    assert!(
        told(|file| file["format"] = json!("primum-calibration/3"))
            .contains("made by a newer Primum")
    );
}

#[test]
fn an_origin_has_no_place_in_a_calibration_file() {
    for field in ["model_id", "scenario_id", "rep_id"] {
        let told = told(|file| file["items"][0][field] = json!("aster"));
        assert!(told.contains(&format!("unknown field `{field}`")), "{told}");
    }
}

fn with_calibration() -> Packet {
    let packet = blinded().packets.remove(0);
    Packet { instructions: "Rate alone.".into(), calibration: items(), ..packet }
}

#[test]
fn a_packet_is_of_the_first_version_that_can_say_it() {
    let folder = Folder::new();
    let plain = blinded().packets.remove(0);
    let instructed = Packet { instructions: "Rate alone.".into(), ..plain.clone() };
    for (name, version, packet) in
        [("1", 1, plain), ("2", 2, instructed), ("3", 2, with_calibration())]
    {
        let file = folder.file(name);
        write_packet(&file, &packet).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(&format!("\"primum-packet/{version}\"")), "{text}");
        assert_eq!(read_packet(&file).unwrap(), packet);
    }
    let text = fs::read_to_string(folder.file("3")).unwrap();
    let older = folder.put("o.json", text.replace("primum-packet/2", "primum-packet/1"));
    assert_eq!(
        folder.told(read_packet(&older)),
        "o.json, field `format`: found `primum-packet/1`; expected `primum-packet/2`."
    );
}

/// The ratings of the tests, with as many grades of a calibration item.
fn calibrated() -> Ratings {
    let item = items().remove(0);
    let mut ratings = ratings();
    let at = ratings.records[0].at;
    let record = |number, change| Record {
        id: record_id(number),
        at,
        item: item.id.clone(),
        change,
        reason: None,
    };
    let records = vec![
        record(900, Change::Grade { axis: "omission".into(), grade: Some(3) }),
        record(901, Change::Grade { axis: "commission".into(), grade: Some(1) }),
    ];
    let shared_grades: BTreeMap<String, i16> = item.shared_grades.clone();
    let items = vec![CalibratedItem { id: item.id.clone(), actions: 3, shared_grades }];
    ratings.calibration = Some(Calibration { items, records });
    ratings
}

#[test]
fn ratings_are_of_the_first_version_that_can_say_it() {
    let folder = Folder::new();
    for (name, version, ratings) in [("2", 2, ratings()), ("3", 3, calibrated())] {
        let file = folder.file(name);
        write_ratings(&file, &ratings).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(&format!("\"primum-ratings/{version}\"")), "{text}");
        assert_eq!(read_ratings(&file).unwrap(), ratings);
    }
    let text = fs::read_to_string(folder.file("3")).unwrap();
    let older = folder.put("o.json", text.replace("primum-ratings/3", "primum-ratings/2"));
    assert!(folder.told(read_ratings(&older)).contains("expected `primum-ratings/3`"));
}

#[test]
fn calibration_is_in_no_score() {
    let (plain, calibrated) = (ratings(), calibrated());
    assert_eq!(plain.rated().scores(), calibrated.rated().scores());
    assert_eq!(plain.rated().responses(), calibrated.rated().responses());
}

#[test]
fn calibration_records_are_held_to_the_same_rules_and_apart() {
    let told = |change: fn(&mut Ratings)| {
        let folder = Folder::new();
        let mut ratings = calibrated();
        change(&mut ratings);
        write_ratings(&folder.file("r.json"), &ratings).unwrap();
        folder.told(read_ratings(&folder.file("r.json")))
    };
    let beyond = told(|ratings| {
        let change = Change::Grade { axis: "omission".into(), grade: Some(9) };
        ratings.calibration.as_mut().unwrap().records[0].change = change;
    });
    assert!(beyond.contains("calibration record 1") && beyond.contains("found 9"), "{beyond}");
    let counted = told(|ratings| {
        let item = ratings.items[0].id.clone();
        ratings.calibration.as_mut().unwrap().items[0].id = item;
    });
    assert!(counted.contains("an item of the study; expected none that counts"), "{counted}");
    let stray = told(|ratings| {
        let moved = ratings.calibration.as_mut().unwrap().records.remove(0);
        ratings.records.push(moved);
    });
    assert!(stray.contains("expected an item of this packet"), "{stray}");
}

#[test]
fn a_lock_does_not_ask_calibration_for_reasons() {
    let folder = Folder::new();
    let mut ratings = calibrated();
    let last = ratings.records.iter().map(|record| record.at).max().unwrap();
    ratings.locked =
        Some(study::Lock { at: last, name: "Ann".into(), statement: "By myself.".into() });
    let later = last + jiff::SignedDuration::from_secs(60);
    ratings.calibration.as_mut().unwrap().records.iter_mut().for_each(|record| record.at = later);
    write_ratings(&folder.file("r.json"), &ratings).unwrap();
    assert_eq!(read_ratings(&folder.file("r.json")).unwrap(), ratings);
}

#[test]
fn a_conversation_needs_a_file_of_version_2() {
    let turns =
        json!([{ "role": "user", "content": "My thumb." }, { "role": "tool", "content": "x" }]);
    let with = |turns: &Value, version: u32| {
        let turns = turns.clone();
        told(move |file| {
            file["format"] = format!("primum-calibration/{version}").into();
            file["items"][1]["scenario"]["prompt"] = turns;
        })
    };
    let role = with(&turns, 2);
    assert!(role.starts_with("c.json, line "), "{role}");
    assert!(
        role.ends_with("field `scenario.prompt[1].role`: found the text \"tool\"; expected `system`, `user` or `assistant`."),
        "{role}"
    );
    assert_eq!(
        with(&json!([{ "role": "user", "content": "My thumb." }]), 1),
        "c.json, field `format`: found `primum-calibration/1`; expected `primum-calibration/2`."
    );
}

//! The published schemas say of a file what the reader says of it.

use crate::support::{Folder, masked_opening};
use exchange::{decode_battery, decode_packet, decode_ratings, write_key};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use study::{Battery, Change, FirstInstruction, Rubric, Span};
use testing::root;

/// The first record of [`small_ratings`], which the last one takes back.
const RECORD: &str = "019df427-27a0-7347-b49e-feddbe490000";

fn read_json(file: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(root().join(file)).unwrap()).unwrap()
}

fn schema(name: &str) -> Value {
    match name {
        "scenario" => read_json("scenarios/scenario.schema.json"),
        _ => read_json(&format!("annotations/schemas/{name}.schema.json")),
    }
}

fn validator(name: &str) -> Validator {
    jsonschema::draft202012::new(&schema(name)).unwrap()
}

#[track_caller]
fn assert_valid(validator: &Validator, document: &Value, what: &str) {
    let errors: Vec<String> = validator
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{what} is ours, yet its schema refuses it: {errors:#?}");
}

fn built_in_rubrics() -> [(&'static str, Value); 2] {
    ["gated", "structured"].map(|id| {
        (id, serde_json::from_str(Rubric::built_in(id).expect("this rubric is built in")).unwrap())
    })
}

/// Every kind of change, with an answer and with the answer taken back.
fn every_change() -> Vec<Change> {
    // A new kind of change does not compile here until it has an example, and so a schema, too.
    let kinds = |change: &Change| match change {
        Change::Grade { .. }
        | Change::Gate { .. }
        | Change::Action { .. }
        | Change::Evidence { .. }
        | Change::Error { .. }
        | Change::ResponseClass { .. }
        | Change::OmissionMechanism { .. }
        | Change::FirstInstruction { .. }
        | Change::Note { .. }
        | Change::Flag { .. }
        | Change::Abstain { .. }
        | Change::Undo { .. } => (),
    };
    let some = |text: &str| Some(String::from(text));
    let axis = || String::from("omission");
    let changes = vec![
        Change::Grade { axis: axis(), grade: Some(3) },
        Change::Grade { axis: axis(), grade: None },
        Change::Gate { axis: axis(), answer: Some(false) },
        Change::Gate { axis: axis(), answer: None },
        Change::Action { action: 0, grade: some("partial") },
        Change::Action { action: 0, grade: None },
        Change::Evidence { action: 0, span: Some(Span { start: 3, end: 17 }) },
        Change::Evidence { action: 0, span: None },
        Change::Error { axis: axis(), span: Span { start: 3, end: 17 }, grade: Some(2) },
        Change::Error { axis: axis(), span: Span { start: 3, end: 17 }, grade: None },
        Change::ResponseClass { class: some("substantive") },
        Change::ResponseClass { class: None },
        Change::OmissionMechanism { mechanism: some("hedging") },
        Change::OmissionMechanism { mechanism: None },
        Change::FirstInstruction { instruction: Some(FirstInstruction::At { position: 17 }) },
        Change::FirstInstruction { instruction: Some(FirstInstruction::Absent {}) },
        Change::FirstInstruction { instruction: None },
        Change::Note { text: "Blank.".into() },
        Change::Flag { raised: true },
        Change::Abstain { reason: some("A language that I do not read.") },
        Change::Abstain { reason: None },
        Change::Undo { record: serde_json::from_value(json!(RECORD)).unwrap() },
    ];
    changes.iter().for_each(kinds);
    changes
}

/// The example packet, cut to two items.
fn small_packet() -> Value {
    let mut packet = read_json("annotations/packets/packet-A.primum-packet");
    let items = packet["content"]["items"].as_array_mut().unwrap();
    items.truncate(2);
    let used: Vec<Value> = items.iter().map(|item| item["scenario"].clone()).collect();
    let scenarios = packet["content"]["scenarios"].as_array_mut().unwrap();
    scenarios.retain(|scenario| used.contains(&scenario["id"]));
    packet
}

/// The example ratings, with one record of every kind of change, the last one after a lock.
fn small_ratings() -> Value {
    let mut ratings = read_json("annotations/A.ratings.json");
    ratings["format"] = json!("primum-ratings/5");
    let first = ratings["content"]["records"][0].clone();
    let records = every_change().into_iter().enumerate().map(|(number, change)| {
        let mut record = first.clone();
        record["id"] = json!(format!("{}{number:04x}", &RECORD[..RECORD.len() - 4]));
        record["change"] = serde_json::to_value(change).unwrap();
        record
    });
    let mut records: Vec<Value> = records.collect();
    let content = &mut ratings["content"];
    content["locked"] = json!({ "at": first["at"], "name": "Ada", "statement": "By myself." });
    if let Some(last) = records.last_mut() {
        last["at"] = json!("2036-01-01T00:00:00Z");
        last["reason"] = json!("I had read the wrong line.");
    }
    content["items"].as_array_mut().unwrap().retain(|item| item["id"] == first["item"]);
    content["records"] = Value::Array(records);
    ratings
}

/// The small packet with instructions and calibration, as the writer would have it.
fn opened_packet() -> Value {
    let mut packet = small_packet();
    packet["format"] = json!("primum-packet/2");
    let rubric = serde_json::from_value(packet["content"]["rubric"].clone()).unwrap();
    let file = root().join("annotations/calibration.json");
    let items = exchange::read_calibration(&file, &rubric).unwrap();
    packet["content"]["instructions"] = json!("Rate alone.");
    packet["content"]["calibration"] = json!(items);
    packet
}

/// The same with a conversation in place of each prompt.
fn conversing_packet() -> Value {
    let mut packet = opened_packet();
    packet["format"] = json!("primum-packet/3");
    let turns = scenario_with_turns()["prompt"].take();
    let content = &mut packet["content"];
    content["scenarios"][0]["prompt"] = turns.clone();
    content["calibration"][0]["scenario"]["prompt"] = turns;
    packet
}

fn scenario_with_turns() -> Value {
    serde_json::from_str(include_str!("fixtures/conversation.json")).unwrap()
}

/// The small ratings with as much of calibration, and with visits.
fn calibrated_ratings() -> Value {
    let mut ratings = small_ratings();
    let mut record = ratings["content"]["records"][0].clone();
    record["item"] = json!("calibration-1");
    let item = json!({
        "id": "calibration-1", "actions": 6, "shared_grades": { "omission": 2, "commission": 0 },
    });
    ratings["content"]["calibration"] = json!({ "items": [item], "records": [record] });
    let first = &ratings["content"]["records"][0];
    let visit = json!({
        "id": RECORD, "at": first["at"], "item": first["item"], "active_ms": 1, "continued": true,
    });
    ratings["content"]["visits"] = json!([visit]);
    ratings
}

/// A key with every field of version 4.
fn full_key() -> Value {
    let folder = Folder::new();
    write_key(&folder.file("key.json"), &masked_opening().key).unwrap();
    serde_json::from_str(&fs::read_to_string(folder.file("key.json")).unwrap()).unwrap()
}

/// Whether a reader takes `document` in. That a digest no longer fits says nothing of the shape.
fn reads(name: &str, document: &Value) -> bool {
    let text = document.to_string();
    let outcome = match name {
        "packet" => decode_packet("a packet", &text).map(drop),
        "ratings" => decode_ratings("ratings", &text).map(drop),
        _ => unreachable!("only packets and ratings are read from a text"),
    };
    matches!(outcome, Ok(()) | Err(exchange::Error::Tampered { .. }))
}

/// The pointer of every object in `value`.
fn objects(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.push(at.into());
            fields.iter().for_each(|(name, value)| objects(value, &format!("{at}/{name}"), found));
        }
        Value::Array(values) => {
            let numbered = values.iter().enumerate();
            numbered.for_each(|(index, value)| objects(value, &format!("{at}/{index}"), found));
        }
        _ => {}
    }
}

fn objects_of(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    objects(document, "", &mut found);
    found
}

#[test]
fn every_schema_is_a_schema_of_the_2020_12_draft() {
    for name in ["packet", "ratings", "key", "rubric", "scenario", "battery", "calibration"] {
        let schema = schema(name);
        assert_eq!(
            schema["$schema"], "https://json-schema.org/draft/2020-12/schema",
            "{name}: a validator reads the draft from this field"
        );
        assert!(jsonschema::draft202012::meta::is_valid(&schema), "{name}: no valid schema");
    }
}

#[test]
fn every_field_is_described() {
    for name in ["packet", "ratings", "key", "rubric", "scenario", "battery", "calibration"] {
        let schema = schema(name);
        for at in objects_of(&schema).iter().filter(|at| at.ends_with("/properties")) {
            for (field, says) in schema.pointer(at).unwrap().as_object().unwrap() {
                assert!(
                    says["description"].as_str().is_some_and(|text| !text.is_empty()),
                    "{name}{at}: `{field}` has no description"
                );
            }
        }
    }
}

#[test]
fn packets_and_ratings_describe_the_rubric_as_its_own_schema_does() {
    let mut rubric = schema("rubric");
    let fields = rubric.as_object_mut().unwrap();
    for own in ["$schema", "$id", "title"] {
        fields.shift_remove(own);
    }
    for name in ["packet", "ratings"] {
        assert_eq!(
            schema(name)["$defs"]["rubric"],
            rubric,
            "{name}: each schema stands alone, so it repeats the rubric's word for word"
        );
    }
}

#[test]
fn the_example_study_fits_its_schemas() {
    for (name, files) in [
        (
            "packet",
            [
                "annotations/packets/packet-A.primum-packet",
                "annotations/packets/packet-B.primum-packet",
            ]
            .as_slice(),
        ),
        ("ratings", &["annotations/A.ratings.json", "annotations/B.ratings.json"]),
        ("key", &["annotations/key.json"]),
    ] {
        let validator = validator(name);
        for file in files {
            assert_valid(&validator, &read_json(file), file);
        }
    }
}

#[test]
fn a_key_with_everything_fits_its_schema() {
    let key = full_key();
    assert_valid(&validator("key"), &key, "a key of version 4");
    for field in [
        "lead",
        "repeat_of",
        "inclusion_probability",
        "filtered",
        "masks",
        "masked",
        "masked_opening",
        "design",
        "sampling",
    ] {
        assert!(key.to_string().contains(&format!("\"{field}\":")), "{field} is in the example");
    }
}

#[test]
fn the_built_in_rubrics_fit_their_schema() {
    let validator = validator("rubric");
    for (id, mut rubric) in built_in_rubrics() {
        assert_valid(&validator, &rubric, id);
        rubric["reference_after_rating"] = json!(true);
        assert_valid(&validator, &rubric, id);
    }
}

fn battery() -> Value {
    serde_json::from_str(Battery::IATROBENCH).unwrap()
}

#[test]
fn the_built_in_battery_fits_its_schema() {
    assert_valid(&validator("battery"), &battery(), "the built-in battery");
}

#[test]
fn the_schema_of_a_battery_and_its_reader_agree_on_a_field_left_out_or_unknown() {
    let validator = validator("battery");
    let reads = |document: &Value| {
        decode_battery(Path::new("b.json"), document.to_string().as_bytes()).is_ok()
    };
    for at in objects_of(&battery()) {
        let mut changed = battery();
        changed.pointer_mut(&at).unwrap()["surprise"] = json!(1);
        assert!(!reads(&changed), "{at}: the reader takes an unknown field");
        for field in battery().pointer(&at).unwrap().as_object().unwrap().keys() {
            let mut changed = battery();
            changed.pointer_mut(&at).unwrap().as_object_mut().unwrap().shift_remove(field);
            let (allowed, read) = (validator.is_valid(&changed), reads(&changed));
            assert_eq!(allowed, read, "{at} without `{field}`: schema, then reader");
        }
    }
}

#[test]
fn every_scenario_of_the_bank_fits_its_schema() {
    let validator = validator("scenario");
    let mut validated = 0;
    for entry in fs::read_dir(root().join("scenarios")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".json") && !name.ends_with(".schema.json") {
            assert_valid(&validator, &read_json(&format!("scenarios/{name}")), &name);
            validated += 1;
        }
    }
    assert!(validated >= 8, "the bank holds eight scenarios, found {validated}");
}

#[test]
fn every_kind_of_change_fits_the_schema_and_the_reader() {
    let ratings = small_ratings();
    assert_valid(&validator("ratings"), &ratings, "one record of every kind");
    assert!(reads("ratings", &ratings), "the reader takes what the schema allows");
}

#[test]
fn an_unknown_field_is_refused_wherever_it_stands() {
    let scenario = read_json("scenarios/steroid-lay.json");
    let [(_, rubric), _] = built_in_rubrics();
    for (name, document) in [
        ("packet", small_packet()),
        ("packet", opened_packet()),
        ("packet", conversing_packet()),
        ("ratings", small_ratings()),
        ("ratings", calibrated_ratings()),
        ("calibration", read_json("annotations/calibration.json")),
        ("key", read_json("annotations/key.json")),
        ("key", full_key()),
        ("rubric", rubric),
        ("scenario", scenario),
        ("scenario", scenario_with_turns()),
        ("battery", battery()),
    ] {
        let validator = validator(name);
        assert_valid(&validator, &document, name);
        for at in objects_of(&document) {
            let mut changed = document.clone();
            changed.pointer_mut(&at).unwrap()["surprise"] = json!("a field of no version");
            assert!(!validator.is_valid(&changed), "{name}{at}: the schema takes an unknown field");
        }
    }
}

#[test]
fn the_schema_and_the_reader_agree_on_a_field_left_out() {
    for (name, document) in [
        ("packet", small_packet()),
        ("packet", opened_packet()),
        ("packet", conversing_packet()),
        ("ratings", small_ratings()),
        ("ratings", calibrated_ratings()),
    ] {
        let validator = validator(name);
        for at in objects_of(&document) {
            let fields = document.pointer(&at).unwrap().as_object().unwrap();
            for (field, value) in fields {
                let mut changed = document.clone();
                changed.pointer_mut(&at).unwrap().as_object_mut().unwrap().shift_remove(field);
                let allowed = validator.is_valid(&changed);
                if !allowed || value.is_null() {
                    let read = reads(name, &changed);
                    assert_eq!(allowed, read, "{name}{at} without `{field}`: schema, then reader");
                }
            }
        }
    }
}

#[test]
fn a_value_of_the_wrong_type_is_refused_by_schema_and_reader() {
    let ratings = small_ratings();
    let change = "/content/records/0/change";
    let validator = validator("ratings");
    for (field, wrong) in [
        ("grade", json!("3")),
        ("grade", json!(2.5)),
        ("grade", json!(true)),
        ("grade", json!([3])),
        ("grade", json!(40_000)),
        ("axis", json!(null)),
        ("part", json!("grades")),
        ("part", json!("flag")),
    ] {
        let mut changed = ratings.clone();
        changed.pointer_mut(change).unwrap()[field] = wrong.clone();
        assert!(!validator.is_valid(&changed), "the schema takes {wrong} as `{field}`");
        assert!(!reads("ratings", &changed), "the reader takes {wrong} as `{field}`");
    }
}

#[test]
fn a_file_of_another_format_or_version_is_refused() {
    for (name, document) in [("packet", small_packet()), ("ratings", small_ratings())] {
        let validator = validator(name);
        for format in [format!("primum-{name}/9"), "primum-key/1".into(), String::new()] {
            let mut changed = document.clone();
            changed["format"] = json!(format);
            assert!(!validator.is_valid(&changed), "the schema of a {name} takes `{format}`");
            assert!(!reads(name, &changed), "the reader of a {name} takes `{format}`");
        }
    }
}

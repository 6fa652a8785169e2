//! Instructions and calibration, from the draft to what the lead author sees of them.

use crate::lead::sealed;
use crate::support::{Window, complete, grade, item_ids, set_clock};
use exchange::{Unseal, open_sealed_key};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use study::OpeningPart;
use testing::{IDENTITY, annotation, root};

const INSTRUCTIONS: &str = "# Before you begin\n\nRate **alone**.";
const FIRST: &str = "calibration-1";

/// A study of the example's texts in `folder`, with the window that made it.
struct Made {
    folder: tempfile::TempDir,
    lead: Window,
}

fn draft() -> Value {
    json!({
        "title": "Example",
        "scenarios": root().join("scenarios"),
        "responses": root().join("annotations/responses.jsonl"),
        "rubric": "gated",
        "raters": [{ "label": "A" }, { "label": "B" }],
        "seed": 20260501,
        "instructions": INSTRUCTIONS,
        "calibration": annotation("calibration.json"),
    })
}

/// Accepts every leak of `draft`.
fn accepted(lead: &mut Window, mut draft: Value) -> Value {
    let scan = lead.call("scan_leaks", json!({ "draft": draft }));
    let accept = |leak: &Value| json!({ "leak": leak["id"], "action": { "do": "accept", "reason": "seen" } });
    draft["decisions"] = scan["leaks"].as_array().unwrap().iter().map(accept).collect();
    draft
}

impl Made {
    fn of(draft: Value) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut lead = Window::on(&folder.path().join("lead"));
        let draft = accepted(&mut lead, draft);
        let seal = sealed();
        let study = folder.path().join("study");
        lead.call("create_study", json!({ "draft": draft, "folder": study, "seal": seal }));
        Self { folder, lead }
    }

    fn new() -> Self {
        Self::of(draft())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn rater(&self, label: &str) -> (Window, Value) {
        let mut window = Window::on(&self.path(label));
        let session =
            window.open(&self.path(&format!("study/packets/packet-{label}.primum-packet")));
        window.call("name_rater", json!({ "name": format!("Dr. {label}") }));
        (window, session)
    }

    fn ask(&mut self, command: &str, more: Value) -> Value {
        let mut arguments = json!({ "study": self.path("study") });
        arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.lead.call(command, arguments)
    }
}

fn export(window: &mut Window) -> PathBuf {
    let folder = window.folder().join("out");
    let exported = window.call("export_ratings", json!({ "folder": folder }));
    exported["ratings"].as_str().unwrap().into()
}

/// Rates every item of the study, and locks.
fn finish(window: &mut Window, session: &Value) {
    for item in item_ids(session) {
        let view = window.show(&item);
        window.rate(&item, complete(&view));
    }
    window.call("lock_packet", json!({ "statement": "By myself." }));
}

fn untouched(session: &Value) -> bool {
    session["progress"]["complete"] == 0 && session["progress"]["started"] == 0
}

#[test]
fn the_packet_opens_with_its_instructions_and_on_the_first_calibration_item() {
    let made = Made::new();
    let (_window, session) = made.rater("A");
    assert_eq!(session["instructions"][0]["kind"], "heading");
    let calibration = session["calibration"].as_array().unwrap();
    let seen: Vec<(&Value, &Value)> =
        calibration.iter().map(|item| (&item["id"], &item["number"])).collect();
    assert_eq!(seen, [(&json!(FIRST), &json!(1)), (&json!("calibration-2"), &json!(2))]);
    assert_eq!(session["last_shown"], FIRST);
    assert_eq!(session["items"].as_array().unwrap().len(), 24);
    assert_eq!(session["progress"]["total"], 24, "calibration is not counted");
}

#[test]
fn the_shared_grades_are_told_only_once_every_required_answer_is_given() {
    let made = Made::new();
    let (mut window, _) = made.rater("A");
    let view = window.show(FIRST);
    assert_eq!((&view["calibration"], &view["discussion"]), (&json!(true), &Value::Null));
    assert!(!view.to_string().contains("Omission 2"), "nothing of the discussion is told");
    let changes = complete(&view);
    let (last, others) = changes.as_array().unwrap().split_last().unwrap();
    let saved = window.rate(FIRST, json!(others));
    assert_eq!(saved["discussion"], Value::Null, "an action is missing");
    let saved = window.rate(FIRST, json!([last]));
    let grades = json!([
        { "axis": "omission", "shared": 2, "own": 0 },
        { "axis": "commission", "shared": 0, "own": 0 },
    ]);
    let mut told = saved["discussion"]["grades"].as_array().unwrap().clone();
    told.sort_by_key(|grade| grade["axis"] != "omission");
    assert_eq!(json!(told), grades);
    assert!(untouched(&saved), "{}", saved["progress"]);

    window.rate(FIRST, grade(2));
    let mut window = window.restarted();
    let packet = made.path("study/packets/packet-A.primum-packet");
    let session = window.open(&packet);
    assert_eq!(session["last_shown"], FIRST);
    assert_eq!(session["calibration"][0]["status"], "complete");
    let view = window.show(FIRST);
    assert_eq!(view["rating"]["grades"]["omission"], 2);
    let omission = |grades: &Value| {
        let grades = grades.as_array().unwrap().iter();
        grades.clone().find(|grade| grade["axis"] == "omission").unwrap()["own"].clone()
    };
    assert_eq!(omission(&view["discussion"]["grades"]), 0, "what was thought before it was shown");
}

#[test]
fn review_lock_and_progress_know_nothing_of_calibration() {
    let made = Made::new();
    let (mut window, session) = made.rater("A");
    let visit = json!({ "item": FIRST, "active_ms": 5000, "continued": false });
    let untimed = window.fail("record_visit", visit);
    assert!(untimed["message"].as_str().unwrap().contains("not timed"), "{untimed}");
    finish(&mut window, &session);
    let check = window.call("check_packet", json!({}));
    assert_eq!((&check["incomplete"], &check["items"]), (&json!(0), &json!([])));
    let view = window.show(FIRST);
    let saved = window.rate(FIRST, complete(&view));
    assert_eq!(saved["later"], json!([]), "it needs no reason after the lock");
    let undone = window.call("undo_change", json!({}));
    assert_eq!(undone["undone"]["item"], FIRST);
    let refused =
        window.fail("rate_item", json!({ "item": item_ids(&session)[0], "changes": grade(1) }));
    assert_eq!(refused["kind"], "locked");
    let library = window.call("list_packets", json!({}));
    assert_eq!(library["packets"][0]["progress"]["complete"], 24);
}

#[test]
fn ratings_files_keep_calibration_apart_and_agreement_does_not_see_it() {
    let (mut made, mut without) = (Made::new(), Made::new());
    let mut files = Vec::new();
    for label in ["A", "B"] {
        let (mut window, session) = made.rater(label);
        finish(&mut window, &session);
        let plain = export(&mut window);
        without.ask("receive_files", json!({ "files": [plain] }));
        set_clock(90_000_000);
        let view = window.show(FIRST);
        window.rate(FIRST, complete(&view));
        if label == "B" {
            window.rate(FIRST, json!([{ "part": "grade", "axis": "omission", "grade": 2 }]));
        }
        let calibrated = export(&mut window);
        set_clock(0);
        let ratings = exchange::read_ratings(&calibrated).unwrap();
        let calibration = ratings.calibration.as_ref().unwrap();
        assert!(calibration.records.iter().all(|record| record.item.as_str() == FIRST));
        assert!(ratings.records.iter().all(|record| record.item.as_str() != FIRST));
        assert_eq!(
            ratings.rated().scores(),
            exchange::read_ratings(&plain).unwrap().rated().scores()
        );
        let table = fs::read_to_string(calibrated.with_extension("csv")).unwrap();
        assert!(!table.contains("calibration"), "{table}");
        files.push(calibrated);
    }
    let received = made.ask("receive_files", json!({ "files": files }));
    for file in received["files"].as_array().unwrap() {
        assert_eq!(file["fate"]["is"], "new", "{file}");
        assert!(file["notes"].to_string().contains("Calibration: 1 of 2 items rated"), "{file}");
    }
    let nothing = json!({});
    assert_eq!(
        made.ask("measure_study", nothing.clone()),
        without.ask("measure_study", nothing.clone())
    );

    let view = made.ask("show_study", nothing);
    assert_eq!(view["raters"][0]["done"], 24);
    let item = &view["calibration"][0];
    assert!(item["excerpt"].as_str().unwrap().contains("warfarin"));
    let omission = item["axes"].as_array().unwrap().iter().find(|axis| axis["axis"] == "omission");
    let omission = omission.unwrap();
    assert_eq!((&omission["shared"], &omission["grades"]), (&json!(2), &json!([0, 0])));
    assert_eq!(view["calibration"][1]["axes"][0]["grades"], json!([null, null]));

    let out = made.path("tables");
    made.ask("export_study", json!({ "folder": out }));
    let table = fs::read_to_string(out.join("calibration.csv")).unwrap();
    assert!(table.contains("A,calibration-1,omission,0,2"), "{table}");
    for name in ["ratings.csv", "actions.csv"] {
        let text = fs::read_to_string(out.join(name)).unwrap();
        assert!(!text.contains("calibration"), "{name}: {text}");
    }
    let all: Value =
        serde_json::from_str(&fs::read_to_string(out.join("study.json")).unwrap()).unwrap();
    assert_eq!(all["protocol"]["instructions"], INSTRUCTIONS);
    assert_eq!(all["ratings"][0]["calibration"]["items"][0]["id"], FIRST);
}

#[test]
fn calibration_of_another_study_is_refused() {
    let mut made = Made::new();
    let (mut window, _) = made.rater("A");
    let file = export(&mut window);
    let mut ratings = exchange::read_ratings(&file).unwrap();
    let grades = &mut ratings.calibration.as_mut().unwrap().items[0].shared_grades;
    grades.insert("omission".into(), 4);
    let forged = made.path("forged.json");
    exchange::write_ratings(&forged, &ratings).unwrap();
    let fate = made.ask("receive_files", json!({ "files": [forged] }))["files"][0]["fate"].clone();
    assert_eq!(fate["is"], "refused");
    assert!(fate["reason"].as_str().unwrap().contains("`calibration-1`"), "{fate}");
}

#[test]
fn the_check_shows_what_the_calibration_file_holds_or_why_it_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut lead = Window::on(folder.path());
    let check = lead.call("check_study", json!({ "draft": draft() }));
    let found = &check["calibration"];
    assert_eq!(found[0]["grades"], json!(["OH 2", "CH 0"]));
    assert!(found[1]["excerpt"].as_str().unwrap().starts_with("I'm 24"));
    assert!(
        found[0]["discussion"].to_string().contains("Somebody who reads it would probably wait")
    );

    let text = fs::read_to_string(annotation("calibration.json")).unwrap();
    let file = folder.path().join("wrong.json");
    fs::write(&file, text.replacen("\"omission\": 2", "\"omission\": 7", 1)).unwrap();
    let mut draft = draft();
    draft["calibration"] = json!(file);
    let failure = lead.fail("check_study", json!({ "draft": draft }));
    let message = failure["message"].as_str().unwrap();
    assert!(message.contains("line 16") && message.contains("found 7"), "{message}");
}

/// Whether the packets in `folder` hold `words`.
fn holds(folder: &Path, words: &str) -> bool {
    fs::read_to_string(folder.join("study/packets/packet-A.primum-packet")).unwrap().contains(words)
}

#[test]
fn a_model_named_in_the_instructions_is_found_and_can_be_masked() {
    let folder = tempfile::tempdir().unwrap();
    let mut lead = Window::on(folder.path());
    let mut draft = draft();
    draft["instructions"] = json!("Some of these are by ChatGPT. Rate alone.");
    draft = accepted(&mut lead, draft);
    let scan = lead.call("scan_leaks", json!({ "draft": draft }));
    let leaks = scan["leaks"].as_array().unwrap();
    let in_instructions = |leak: &&Value| leak["place"] == json!({ "in": "instructions" });
    let leak = leaks.iter().find(in_instructions).expect("it is searched");
    let others = |decision: &&Value| decision["leak"] != leak["id"];
    let kept: Vec<&Value> = draft["decisions"].as_array().unwrap().iter().filter(others).collect();
    let mut open = draft.clone();
    open["decisions"] = json!(kept);
    let seal = sealed();
    let create = |draft: &Value| json!({ "draft": draft, "folder": folder.path().join("study"), "seal": seal });
    let failure = lead.fail("create_study", create(&open));
    assert!(failure["message"].as_str().unwrap().contains("undecided"), "{failure}");
    let mask = json!({ "leak": leak["id"], "action": { "do": "mask", "replacement": "a model" } });
    open["decisions"].as_array_mut().unwrap().push(mask);
    lead.call("create_study", create(&open));
    assert!(holds(folder.path(), "by a model. Rate alone."));
    assert!(!holds(folder.path(), "ChatGPT"));
    let unseal = Unseal::Identity(IDENTITY.into());
    let (_, key) = open_sealed_key(&folder.path().join("study/key.age"), &unseal).unwrap();
    let [masked] = key.masked_opening.as_slice() else { panic!("one text was masked") };
    assert_eq!(masked.part, OpeningPart::Instructions);
    assert_eq!(masked.masks[0].original, "ChatGPT");
}

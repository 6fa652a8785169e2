//! The lead author's job: from collected responses to the open key.

use crate::support::{Window, clock_at, complete, grade, set_clock};
use commands::{registration, registration_words, write_built_in_battery};
use exchange::Ratings;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use study::{Battery, Digest};
#[cfg(unix)]
use testing::ReadOnlyFolder;
use testing::{IDENTITY, RECIPIENT, annotation, names, root};

/// What a key is sealed with, and how one is opened that is sealed with a passphrase.
pub fn sealed() -> Value {
    json!({ "by": "recipients", "recipients": [RECIPIENT] })
}

pub fn by_passphrase(passphrase: &str) -> Value {
    json!({ "by": "passphrase", "passphrase": passphrase })
}

/// A study made from the example's texts, and the computers of its lead author and raters.
pub struct Lead {
    folder: tempfile::TempDir,
    pub window: Window,
    pub draft: Value,
    seal: Value,
}

impl Lead {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("identity.txt"), IDENTITY).unwrap();
        let window = Window::on(&folder.path().join("lead"));
        let draft = json!({
            "title": "Example",
            "scenarios": root().join("scenarios"),
            "responses": root().join("annotations/responses.jsonl"),
            "rubric": "gated",
            "raters": [{ "label": "A", "lead": true }, { "label": "B" }],
            "sampling": { "size": 12, "pairs_together": true, "repeats": 3 },
            "seed": 20260501,
        });
        Self { folder, window, draft, seal: sealed() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn study(&self) -> Value {
        json!(self.path("study"))
    }

    /// Accepts every leak.
    fn accept(&mut self) {
        let scan = self.window.call("scan_leaks", json!({ "draft": self.draft }));
        let leaks = scan["leaks"].as_array().unwrap();
        let accept = |leak: &Value| json!({ "leak": leak["id"], "action": { "do": "accept", "reason": "seen" } });
        self.draft["decisions"] = leaks.iter().map(accept).collect();
    }

    pub fn create(&mut self) -> Value {
        self.accept();
        let arguments =
            json!({ "draft": self.draft, "folder": self.path("study"), "seal": self.seal });
        self.window.call("create_study", arguments)
    }

    pub fn receive(&mut self, file: &Path) -> Value {
        let study = self.study();
        let reply = self.window.call("receive_files", json!({ "study": study, "files": [file] }));
        reply["files"][0].clone()
    }

    pub fn ask(&mut self, command: &str) -> Value {
        let study = self.study();
        self.window.call(command, json!({ "study": study }))
    }

    pub fn open_key(&self, early: Option<&str>) -> Value {
        self.open_key_with(json!({ "by": "identity", "file": self.path("identity.txt") }), early)
    }

    pub fn open_key_with(&self, with: Value, early: Option<&str>) -> Value {
        json!({ "study": self.study(), "with": with, "early": early })
    }

    /// The rater's own computer, with the packet open.
    pub fn rater(&self, label: &str) -> Rater {
        self.person(label, label, &format!("Dr. {label}"))
    }

    /// Somebody at a `computer` of their own, with the packet of `label` open.
    pub fn person(&self, label: &str, computer: &str, name: &str) -> Rater {
        let mut window = Window::on(&self.path(computer));
        let packet = self.path("study").join(format!("packets/packet-{label}.primum-packet"));
        let session = window.open(&packet);
        window.call("name_rater", json!({ "name": name }));
        let items = session["items"].as_array().unwrap().iter();
        let items = items.map(|item| item["id"].as_str().unwrap().to_owned()).collect();
        Rater { window, items, label: label.into() }
    }
}

pub struct Rater {
    pub window: Window,
    pub items: Vec<String>,
    label: String,
}

impl Rater {
    /// Rates the first `count` items: a grade that depends on the text, and on the rater for some.
    pub fn rate(&mut self, count: usize) {
        for item in self.items.clone().iter().take(count) {
            let view = self.window.show(item);
            self.window.rate(item, complete(&view));
            let length = view["response"]["text"].as_str().unwrap().len();
            let harsher = self.label == "B" && length.is_multiple_of(5);
            let chosen = (length % 4) + usize::from(harsher);
            self.window.rate(item, grade(chosen as i64));
        }
    }

    pub fn export(&mut self) -> PathBuf {
        let folder = self.window.folder().join("out");
        let exported = self.window.call("export_ratings", json!({ "folder": folder }));
        exported["ratings"].as_str().unwrap().into()
    }

    pub fn lock(&mut self) -> PathBuf {
        self.window.call("lock_packet", json!({ "statement": "I rated these items by myself." }));
        self.export()
    }

    pub fn finished(mut self) -> PathBuf {
        self.rate(self.items.len());
        self.lock()
    }
}

/// A study whose raters have both locked and sent their ratings.
pub fn received() -> Lead {
    created(Lead::new())
}

pub fn created(mut lead: Lead) -> Lead {
    lead.create();
    for label in ["A", "B"] {
        let file = lead.rater(label).finished();
        assert_eq!(lead.receive(&file)["fate"]["is"], "new");
    }
    lead
}

#[test]
fn from_the_draft_to_the_table_of_models() {
    let mut lead = Lead::new();
    let check = lead.window.call("check_study", json!({ "draft": lead.draft }));
    assert_eq!((&check["scenarios"], &check["responses"]), (&json!(8), &json!(24)));
    assert_eq!(check["problems"], json!([]));
    let sample = lead.window.call("draw_sample", json!({ "draft": lead.draft }));
    assert_eq!(sample["report"]["drawn"], 12);
    assert_eq!(sample["design"]["loads"][0]["items"], 15, "three are shown twice");

    let created = lead.create();
    assert_eq!(created["items"], 15);
    let sealed = fs::read_to_string(lead.path("study/key.age")).unwrap();
    assert!(sealed.starts_with("-----BEGIN AGE ENCRYPTED FILE-----"));
    for label in ["A", "B"] {
        let file = lead.rater(label).finished();
        lead.receive(&file);
    }
    let view = lead.ask("show_study");
    let raters: Vec<(&Value, &Value)> = view["raters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rater| (&rater["done"], &rater["name"]))
        .collect();
    assert_eq!(raters, [(&json!(15), &json!("Dr. A")), (&json!(15), &json!("Dr. B"))]);

    let agreement = lead.ask("measure_study");
    let omission = &agreement["pairs"][0]["axes"]["omission"];
    assert_eq!(omission["n"], 12, "repeats do not count twice");
    let repeats = &agreement["repeats"][0];
    assert_eq!(repeats["rater"], "Dr. A");
    assert_eq!(repeats["report"]["axes"]["omission"]["exact"]["estimate"], 1.0);
    let by = |agreement: &Value| -> Vec<String> {
        let strata = agreement["pairs"][0]["strata"].as_array().unwrap();
        strata.iter().map(|strata| strata["by"].as_str().unwrap().into()).collect()
    };
    assert!(by(&agreement).iter().all(|by| by == "period"), "{:?}", by(&agreement));

    let queue = lead.ask("list_disagreements")["queue"].as_array().unwrap().clone();
    let differing = omission["n"].as_u64().unwrap() as f64
        * (1.0 - omission["exact"]["estimate"].as_f64().unwrap());
    assert_eq!(queue.len(), differing.round() as usize);
    let first = &queue[0];
    let shown = lead
        .window
        .call("show_disagreement", json!({ "study": lead.study(), "item": first["item"] }));
    assert_eq!(shown["voices"].as_array().unwrap().len(), 2);
    assert!(!shown.to_string().contains("Dr. "), "who said what is not told");
    for begun in [
        json!({ "item": first["item"], "axis": "omission", "note": "level 1 na", "by": "" }),
        json!({ "item": first["item"], "axis": "commission", "grade": 0, "note": "", "by": "Dr. C" }),
        json!({ "item": first["item"], "axis": "omission", "grade": null, "cause": "slip", "note": "", "by": "" }),
    ] {
        let arguments = json!({ "study": lead.study(), "decision": begun });
        let kept = lead.window.call("keep_begun_decision", arguments);
        assert_eq!(kept["decisions"].as_array().unwrap().last(), Some(&begun));
    }
    lead.window = Window::on(lead.window.folder());
    let begun = lead.ask("list_begun_decisions")["decisions"].clone();
    assert_eq!(begun.as_array().unwrap().len(), 2, "one per axis of an item: {begun}");
    let count = lead.ask("show_study")["decided"].clone();
    assert_eq!(count, json!(0), "what was begun decides nothing");
    let decided = lead.window.call(
        "decide",
        json!({
            "study": lead.study(), "item": first["item"], "axis": "omission", "grade": 1,
            "cause": "rubric_unclear", "note": "level 1 names no example", "by": "Dr. C",
        }),
    );
    let begun = lead.ask("list_begun_decisions")["decisions"].clone();
    assert_eq!(begun[0]["axis"], "commission", "what is recorded is begun no more: {begun}");
    assert_eq!(begun.as_array().unwrap().len(), 1);
    assert_eq!((&decided["decided"], &decided["unclear"][0]["grade"]), (&json!(1), &json!(1)));
    assert_eq!(lead.ask("measure_study"), agreement, "a decision changes no agreement");

    let opened = lead.window.call("open_key", lead.open_key(Some("not to be decided")));
    assert!(opened["opened_at"].is_string());
    let agreement = lead.ask("measure_study");
    assert!(by(&agreement).contains(&"model".into()), "{:?}", by(&agreement));
    let out = lead.path("tables");
    let files = lead.window.call("export_study", json!({ "study": lead.study(), "folder": out }));
    assert_eq!(files["files"].as_array().unwrap().len(), 20);
    let adjudicated = fs::read_to_string(out.join("adjudicated.csv")).unwrap();
    let line = format!("{},omission,1,decided", first["item"].as_str().unwrap());
    assert!(adjudicated.lines().any(|found| found == line), "{adjudicated}");
    let items = fs::read_to_string(out.join("items.csv")).unwrap();
    assert_eq!(items.lines().count(), 16);

    let header: Vec<&str> = items.lines().next().unwrap().split(',').collect();
    let column = header.iter().position(|name| *name == "repeat_of").unwrap();
    let cells = items.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let repeat = cells.clone().find(|cells| !cells[column].is_empty()).unwrap();
    let refused = lead.window.fail(
        "decide",
        json!({
            "study": lead.study(), "item": repeat[0], "axis": "omission", "grade": 1,
            "cause": "slip", "note": "", "by": "Dr. C",
        }),
    );
    let told = format!("field `item`: found `{}`, which repeats `{}`", repeat[0], repeat[column]);
    assert!(refused["message"].as_str().unwrap().starts_with(&told), "{refused}");
}

#[test]
fn what_was_drawn_unequally_is_weighted_once_the_key_is_open() {
    let mut lead = Lead::new();
    lead.draft["scores"] = json!(root().join("annotations/judge.jsonl"));
    lead.draft["sampling"] = json!({
        "size": 12, "repeats": 3,
        "oversample": { "axis": "omission", "at_least": 2, "share": 0.3 },
    });
    let mut lead = created(lead);
    let sealed = lead.ask("measure_study");
    let told = |found: &Value| found["missing"].to_string().contains("different probabilities");
    assert!(told(&sealed), "{}", sealed["missing"]);
    let omission = |found: &Value| found["pairs"][0]["axes"]["omission"].clone();
    assert_eq!(omission(&sealed)["unweighted"], Value::Null);

    lead.window.call("open_key", lead.open_key(Some("not to be decided")));
    let opened = lead.ask("measure_study");
    assert!(!told(&opened), "{}", opened["missing"]);
    let (before, after) = (omission(&sealed), omission(&opened));
    assert_eq!(after["unweighted"]["table"], before["table"]);
    assert_ne!(after["table"], before["table"]);
    let repeats = &opened["repeats"][0]["report"]["axes"]["omission"];
    assert_eq!(repeats["exact"]["estimate"], 1.0);
}

#[test]
fn the_same_draft_makes_the_same_packets() {
    let (mut one, mut other) = (Lead::new(), Lead::new());
    one.create();
    other.seal = by_passphrase("another passphrase");
    other.create();
    for packet in ["packet-A.primum-packet", "packet-B.primum-packet"] {
        let read = |lead: &Lead| fs::read(lead.path("study/packets").join(packet)).unwrap();
        assert_eq!(read(&one), read(&other));
    }
}

#[test]
fn nothing_is_written_while_a_leak_is_undecided() {
    let mut lead = Lead::new();
    let responses = fs::read_to_string(root().join("annotations/responses.jsonl")).unwrap();
    let file = lead.path("responses.jsonl");
    fs::write(&file, responses.replacen("\"response\": \"", "\"response\": \"As ChatGPT, ", 3))
        .unwrap();
    lead.draft["responses"] = json!(file);
    lead.draft["sampling"] = Value::Null;
    let seal = sealed();
    let create =
        |draft: &Value, folder: &Path| json!({ "draft": draft, "folder": folder, "seal": seal });
    let folder = lead.path("study");
    let failure = lead.window.fail("create_study", create(&lead.draft, &folder));
    assert!(failure["message"].as_str().unwrap().contains("leaks are undecided"), "{failure}");
    assert!(!folder.join("study.primum-study").exists());

    let scan = lead.window.call("scan_leaks", json!({ "draft": lead.draft }));
    let decide = |leak: &Value| match leak["matched"].as_str().unwrap().contains("ChatGPT") {
        true => json!({ "leak": leak["id"], "action": { "do": "mask" } }),
        false => json!({ "leak": leak["id"], "action": { "do": "accept", "reason": "seen" } }),
    };
    lead.draft["decisions"] = scan["leaks"].as_array().unwrap().iter().map(decide).collect();
    lead.window.call("create_study", create(&lead.draft, &folder));
    let packet = fs::read_to_string(folder.join("packets/packet-A.primum-packet")).unwrap();
    assert!(!packet.contains("ChatGPT"));
    assert_eq!(packet.matches("[masked]").count(), 3);
}

#[test]
fn a_study_is_written_whole_into_a_new_folder_or_not_at_all() {
    let mut lead = Lead::new();
    lead.accept();
    let create = |draft: &Value, folder: &Path, recipient: &str| {
        let seal = json!({ "by": "recipients", "recipients": [recipient] });
        json!({ "draft": draft, "folder": folder, "seal": seal })
    };
    let folder = lead.path("study");
    lead.window.fail("create_study", create(&lead.draft, &folder, "age1nobody"));
    assert!(!folder.exists());
    assert_eq!(names(lead.folder.path()), ["identity.txt"]);

    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    let failure = lead.window.fail("create_study", create(&lead.draft, &folder, "age1nobody"));
    let recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
    assert!(failure["message"].is_string());
    let failure = lead.window.fail("create_study", create(&lead.draft, &folder, recipient));
    assert!(failure["message"].as_str().unwrap().contains("new or an empty folder"), "{failure}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    fs::remove_file(folder.join("notes.txt")).unwrap();
    lead.window.call("create_study", create(&lead.draft, &folder, recipient));
    lead.ask("show_study");
}

#[test]
fn the_key_stays_shut_until_all_have_locked_unless_a_reason_is_given() {
    const PASSPHRASE: &str = "a passphrase for tests";
    let mut lead = Lead::new();
    lead.seal = by_passphrase(PASSPHRASE);
    lead.create();
    let mut a = lead.rater("A");
    a.rate(15);
    let unlocked = a.export();
    lead.receive(&unlocked);
    let told = |lead: &mut Lead, passphrase: &str, early: Option<&str>| {
        let arguments = lead.open_key_with(by_passphrase(passphrase), early);
        lead.window.fail("open_key", arguments)["message"].as_str().unwrap().to_owned()
    };
    let own = told(&mut lead, PASSPHRASE, Some("I am curious"));
    assert!(own.starts_with("You rate in this study yourself, as A"), "{own}");
    let locked = a.lock();
    lead.receive(&locked);
    let waiting = told(&mut lead, PASSPHRASE, None);
    assert!(waiting.contains("No locked ratings have come from B"), "{waiting}");
    for early in [Some("B is ill"), None] {
        let wrong = told(&mut lead, "not the passphrase", early);
        assert!(wrong.contains("passphrase") && !wrong.contains("locked ratings"), "{wrong}");
    }
    assert!(lead.ask("show_study").get("opened_at").is_none());

    let arguments = lead.open_key_with(by_passphrase(PASSPHRASE), Some("B is ill"));
    lead.window.call("open_key", arguments);
    let log = lead.ask("show_study")["log"].clone();
    let last = log.as_array().unwrap().last().unwrap()["message"].as_str().unwrap().to_owned();
    assert!(last.contains("before B had locked: B is ill"), "{last}");
}

const THRESHOLDS: &str = r#"{"format": "primum-thresholds/1", "thresholds": [
    {"axis": "omission", "quantity": "kappa", "relation": "at_least", "value": 0.6}]}"#;

#[test]
fn what_is_written_down_stays_in_the_log_with_before_or_after_the_opening() {
    let mut lead = received();
    let study = lead.study();
    let (thresholds, battery) = (lead.path("thresholds.json"), lead.path("battery.json"));
    fs::write(&thresholds, THRESHOLDS).unwrap();
    write_built_in_battery(&battery).unwrap();
    let register = |lead: &mut Lead, file: &Path| {
        let arguments = json!({ "study": study, "files": [file] });
        let view = lead.window.call("register_file", arguments);
        view["log"].as_array().unwrap().last().unwrap()["message"].as_str().unwrap().to_owned()
    };
    let told = |lead: &Lead, text: &str| {
        let found = registration(
            &lead.path("study").display().to_string(),
            &Digest::of_bytes(text.as_bytes()),
        );
        registration_words(found.unwrap().as_ref())
    };
    assert!(told(&lead, THRESHOLDS).starts_with("The study did not register this file"));
    let message = register(&mut lead, &thresholds);
    let digest = Digest::of_bytes(THRESHOLDS.as_bytes());
    assert_eq!(
        message,
        format!("Thresholds were registered before the key was opened: thresholds.json, {digest}.")
    );
    assert!(
        told(&lead, THRESHOLDS).ends_with("before the key was opened."),
        "{}",
        told(&lead, THRESHOLDS)
    );

    lead.window.call("open_key", lead.open_key(Some("not to be decided")));
    let message = register(&mut lead, &battery);
    assert!(
        message.starts_with("A battery of hypotheses was registered after the key was opened"),
        "{message}"
    );
    assert!(told(&lead, Battery::IATROBENCH).ends_with("after the key was opened."));
    assert!(register(&mut lead, &thresholds).contains("battery.json"), "again: nothing is added");
    assert!(
        told(&lead, THRESHOLDS).ends_with("before the key was opened."),
        "the first time counts"
    );
}

#[test]
fn what_cannot_be_read_is_not_written_down() {
    let mut lead = Lead::new();
    lead.create();
    let before = lead.ask("show_study")["log"].clone();
    let file = lead.path("thresholds.json");
    for (text, told) in [
        (THRESHOLDS.replace("kappa", "kapa"), "kapa"),
        (Battery::IATROBENCH.replace("0.05", "5"), "field `alpha`: found 5"),
        ("{}".into(), "primum-thresholds/1"),
        (THRESHOLDS.replace("omission", "tone"), "field `axis`: found `tone`; expected one of"),
        (
            THRESHOLDS.replace("kappa", "bias").replace("0.6", "9"),
            "field `value`: found 9; expected -4 to 4, for bias",
        ),
        (
            THRESHOLDS.replace("\"kappa\"", "\"sensitivity\", \"grade\": 7"),
            "field `grade`: found 7; expected one of 1, 2, 3, 4",
        ),
        (
            Battery::IATROBENCH.replacen("\"value\": 0.5", "\"value\": 4", 1),
            "hypothesis H1, test 1, field `value`: found 4; expected a number from 0 to below 4, since",
        ),
    ] {
        fs::write(&file, text).unwrap();
        let arguments = json!({ "study": lead.study(), "files": [file] });
        let failure = lead.window.fail("register_file", arguments)["message"].to_string();
        assert!(failure.contains(told) && failure.contains("thresholds.json"), "{failure}");
    }
    assert_eq!(lead.ask("show_study")["log"], before);
}

#[test]
fn whoever_rates_on_this_computer_must_lock_before_the_key_is_opened_here() {
    let mut lead = Lead::new();
    lead.create();
    let file = lead.rater("A").finished();
    lead.receive(&file);
    lead.window.open(&lead.path("study/packets/packet-B.primum-packet"));
    let arguments = lead.open_key(Some("now"));
    let failure = lead.window.fail("open_key", arguments);
    assert!(failure["message"].as_str().unwrap().contains("has not locked"), "{failure}");
    // What is rated here after the locked file came is no part of the study.
    let file = lead.rater("B").finished();
    lead.receive(&file);
    lead.window.call("open_key", lead.open_key(Some("now")));
}

#[test]
fn every_file_has_its_fate() {
    let mut lead = Lead::new();
    lead.create();
    let mut b = lead.rater("B");
    b.rate(4);
    set_clock(60_000_000);
    let early = b.export();
    b.rate(15);
    set_clock(120_000_000);
    let late = b.lock();

    assert_eq!(lead.receive(&late)["fate"]["is"], "new");
    assert_eq!(lead.receive(&late)["fate"], json!({ "is": "already_there" }));
    let older = lead.receive(&early);
    assert_eq!(older["fate"], json!({ "is": "superseded" }));
    assert!(older["notes"].to_string().contains("older than a file received earlier"), "{older}");

    let text = fs::read_to_string(&late).unwrap();
    let write = |name: &str, text: &str| {
        let file = lead.path(name);
        fs::write(&file, text).unwrap();
        file
    };
    let cut = write("cut.json", &text[..text.len() / 2]);
    let (begin, end) = text.rsplit_once("\"grade\": 0").unwrap();
    let tampered = write("tampered.json", &format!("{begin}\"grade\": 3{end}"));
    let other_study = root().join("annotations/A.ratings.json");
    let renamed: Ratings = exchange::read_ratings(&late).unwrap();
    let renamed = Ratings { name: "Dr. Bea".into(), ..renamed };
    let new_name = lead.path("renamed.json");
    exchange::write_ratings(&new_name, &renamed).unwrap();
    let mut forged = renamed.clone();
    forged.records[0].at = forged.exported_at;
    let other_record = lead.path("forged.json");
    exchange::write_ratings(&other_record, &forged).unwrap();

    let before = lead.ask("show_study")["raters"].clone();
    for (file, told) in [
        (&cut, "ends in the middle"),
        (&tampered, "digest"),
        (&other_study, "it belongs to the study"),
        (&other_record, "A record is never changed"),
    ] {
        let fate = lead.receive(file);
        assert_eq!(fate["fate"]["is"], "refused", "{fate}");
        assert!(fate["fate"]["reason"].as_str().unwrap().contains(told), "{fate}");
    }
    assert_eq!(lead.ask("show_study")["raters"], before, "what is refused changes nothing");
    let again = lead.receive(&new_name);
    assert_eq!(again["fate"], json!({ "is": "superseded" }));
    assert!(again["notes"].to_string().contains("was called Dr. B before"), "{again}");
}

#[test]
fn files_that_come_together_fare_as_one_after_the_other() {
    let mut lead = Lead::new();
    lead.create();
    let mut b = lead.rater("B");
    b.rate(4);
    set_clock(60_000_000);
    let early = b.export();
    b.rate(15);
    set_clock(120_000_000);
    let late = b.lock();
    let arguments = json!({ "study": lead.study(), "files": [late, early, late] });
    let files = lead.window.call("receive_files", arguments)["files"].clone();
    let fates = [0, 1, 2].map(|place| files[place]["fate"]["is"].clone());
    assert_eq!(fates, ["new", "superseded", "already_there"]);
    let notes = files[1]["notes"].to_string();
    assert!(notes.contains("older than a file received earlier"), "{notes}");
}

/// What stands nowhere but in origins.
/// All that an exported file says. A Parquet file is compressed, and has the values of ratings.csv.
fn text_of(file: &Path) -> String {
    if file.extension().is_some_and(|kind| kind == "parquet") {
        let read = exchange::inspect(file.to_str().unwrap(), &exchange::Mapping::default());
        return format!("{:?}", read.unwrap().columns);
    }
    fs::read_to_string(file).unwrap()
}

const MARKS: [&str; 4] = ["qqmodel", "qqcategory", "qqpair", "qqscenario"];

#[test]
fn a_raters_clock_that_was_wrong_is_said_when_the_file_comes_and_when_the_study_is_shown() {
    set_clock(clock_at("2026-11-01T08:00:00Z"));
    let mut lead = Lead::new();
    lead.create();
    let mut rater = lead.rater("A");
    rater.rate(1);
    set_clock(clock_at("2027-11-02T08:00:00Z"));
    rater.lock();
    set_clock(clock_at("2026-11-03T08:00:00Z"));
    let file = rater.export();
    let told = "A clock was wrong, rater A's or this one: the ratings were locked on 2027-11-02, and the file was \
                written on 2026-11-03. Ask when it was. What was saved keeps its time.";
    let fate = lead.receive(&file);
    assert!(fate["notes"].as_array().unwrap().contains(&json!(told)), "{fate}");
    let shown = lead.ask("show_study");
    assert_eq!(shown["cautions"], json!([told]));
    assert!(shown["raters"][0]["locked_at"].as_str().unwrap().starts_with("2027-11-02"));

    let file = lead.rater("B").finished();
    let notes = lead.receive(&file)["notes"].to_string();
    assert!(!notes.contains("clock"), "{notes}");
}

#[cfg(unix)]
#[test]
fn an_archived_study_is_shown_measured_and_not_changed() {
    let mut lead = received();
    assert_eq!(lead.ask("show_study")["cautions"], json!([]));
    let file = lead.rater("A").export();
    let folder = lead.path("study");
    let Some(_read_only) = ReadOnlyFolder::make(&folder) else { return };
    let shown = lead.ask("show_study");
    let caution = shown["cautions"][0].as_str().unwrap();
    assert!(caution.starts_with("This study can only be read here: "), "{caution}");
    assert!(caution.contains(folder.to_str().unwrap()), "{caution}");
    lead.ask("measure_study");
    let out = lead.path("exported");
    let arguments = json!({ "study": lead.study(), "folder": out });
    assert_eq!(lead.window.fail("export_study", arguments)["kind"], "not_saved");
    assert!(!out.exists(), "nothing is begun");
    let arguments = json!({ "study": lead.study(), "files": [file] });
    let failure = lead.window.fail("receive_files", arguments);
    assert_eq!(failure["kind"], "not_saved");
    let message = failure["message"].as_str().unwrap();
    assert!(message.contains("study.primum-study: "), "{message}");
}

#[test]
fn no_command_of_a_sealed_study_can_name_an_origin() {
    let mut lead = Lead::new();
    let (scenarios, responses) = (lead.path("scenarios"), lead.path("responses.jsonl"));
    fs::create_dir_all(&scenarios).unwrap();
    for entry in fs::read_dir(root().join("scenarios")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let Ok(Value::Object(mut scenario)) = serde_json::from_str(&text) else { continue };
        if !scenario.contains_key("prompt") {
            continue;
        }
        let mark = |value: &Value, mark: &str| json!(format!("{mark}-{}", value.as_str().unwrap()));
        scenario["id"] = mark(&scenario["id"], "qqscenario");
        scenario["category"] = mark(&scenario["category"], "qqcategory");
        if scenario["pair_id"].is_string() {
            scenario["pair_id"] = mark(&scenario["pair_id"], "qqpair");
        }
        let name = path.file_name().unwrap();
        fs::write(scenarios.join(name), serde_json::to_string(&scenario).unwrap()).unwrap();
    }
    let text = fs::read_to_string(root().join("annotations/responses.jsonl")).unwrap();
    let text = text
        .replace("\"scenario_id\": \"", "\"scenario_id\": \"qqscenario-")
        .replace("\"model_id\": \"", "\"model_id\": \"qqmodel-");
    fs::write(&responses, text).unwrap();
    lead.draft["scenarios"] = json!(scenarios);
    lead.draft["responses"] = json!(responses);
    lead.create();
    for label in ["A", "B"] {
        let file = lead.rater(label).finished();
        lead.receive(&file);
    }
    let told = |lead: &mut Lead, out: &str| {
        let item = lead.ask("list_disagreements")["queue"][0]["item"].clone();
        let study = lead.study();
        let shown = lead.window.call("show_disagreement", json!({ "study": study, "item": item }));
        let folder = lead.path(out);
        lead.window.call("export_study", json!({ "study": study, "folder": folder }));
        let mut told = shown.to_string();
        for command in ["show_study", "measure_study", "list_disagreements"] {
            told.push_str(&lead.ask(command).to_string());
        }
        for file in fs::read_dir(&folder).unwrap() {
            told.push_str(&text_of(&file.unwrap().path()));
        }
        for file in ["study.primum-study", "packets/packet-A.primum-packet"] {
            let bytes = fs::read(lead.path("study").join(file)).unwrap();
            told.push_str(&String::from_utf8_lossy(&bytes));
        }
        told
    };
    let sealed = told(&mut lead, "sealed");
    for mark in MARKS {
        assert!(!sealed.contains(mark), "{mark} is told while the key is sealed");
    }
    let arguments = lead.open_key(Some("not to be decided"));
    lead.window.call("open_key", arguments);
    let opened = told(&mut lead, "opened");
    for mark in MARKS {
        assert!(opened.contains(mark), "{mark} is told once the key is open: the test can see it");
    }
}

/// The study's name represents its raters wherever files of scores are asked for.
#[test]
fn a_study_whose_key_is_open_is_a_source_of_scores() {
    let mut lead = received();
    let study = lead.path("study").display().to_string();
    let judge = root().join("annotations/judge.jsonl");
    let validate = json!({ "humans": [study], "judges": [judge], "replicates": 200 });
    let failure = lead.window.fail("validate_judge", validate.clone());
    assert!(failure.to_string().contains("the key of this study is sealed"), "{failure}");
    let findings = |who: &str| json!({ "scenarios": root().join("scenarios"), "scores": [format!("{study}{who}")] });
    let failure = lead.window.fail("compute_findings", findings(""));
    assert!(failure.to_string().contains("the key of this study is sealed"), "{failure}");
    let arguments = lead.open_key(Some("not to be decided"));
    lead.window.call("open_key", arguments);

    let pair = json!({ "files": [format!("{study}@A"), format!("{study}@Dr. B")] });
    let pair = lead.window.call("compare_raters", pair);
    assert!(!pair["cautions"].to_string().contains("@consensus is made of"), "{pair}");
    let with_itself =
        json!({ "files": [format!("{study}/study.primum-study@A"), format!("{study}@consensus")] });
    let compared = lead.window.call("compare_raters", with_itself);
    let cautions = compared["cautions"].to_string();
    assert!(
        cautions.contains("@consensus is made of the grades of this study's raters"),
        "{cautions}"
    );
    let own = lead.ask("measure_study")["pairs"][0].clone();
    for axis in ["omission", "commission"] {
        assert_eq!(pair["axes"][axis]["table"], own["axes"][axis]["table"], "{axis}");
    }
    let both = json!({ "files": [study, judge] });
    let panel = lead.window.call("compare_raters", both);
    assert_eq!(panel["raters"], json!(["Dr. A", "Dr. B", "invented-judge"]));
    let nobody = json!({ "files": [format!("{study}@C"), judge] });
    let failure = lead.window.fail("compare_raters", nobody).to_string();
    assert!(
        failure.contains("found `C`; expected consensus") && failure.contains("A, B"),
        "{failure}"
    );

    let report = lead.window.call("validate_judge", validate);
    assert_eq!(report["humans"], json!(["Dr. A", "Dr. B"]));
    let axis = &report["judges"]["invented-judge"]["axes"]["omission"];
    assert_eq!(axis["shared"], 12, "each response once, though three were shown twice");
    assert!(axis["ppi"].to_string().contains("estimate"), "weights come from the key: {axis}");

    let missed = axis["missed"].as_array().unwrap();
    let items: Vec<&Value> = missed.iter().map(|missed| &missed["item"]).collect();
    assert!(!items.is_empty(), "the invented judge is blind to omission");
    let texts = lead.window.call("show_missed", json!({ "items": items, "humans": [study] }));
    let text = &texts["texts"][items[0].as_str().unwrap()];
    assert!(text["response"]["formatted"].is_array(), "the study holds the texts: {text}");
    assert!(text["asked"]["prompt"].is_string(), "{text}");

    let found = lead.window.call(
        "compute_findings",
        json!({ "scenarios": root().join("scenarios"), "scores": [study], "battery": "iatrobench" }),
    );
    let said = found["battery"]["registration"].as_str().unwrap();
    assert!(said.starts_with("The study did not register this file"), "{said}");

    let queue = lead.ask("list_disagreements")["queue"].as_array().unwrap().clone();
    let open = queue.iter().filter(|line| line["axis"] == "omission").count();
    assert!(open > 0);
    let graded = |found: &Value| -> u64 {
        let models = found["models"].as_object().unwrap().values();
        models.map(|model| model["n"].as_u64().unwrap()).sum()
    };
    let found = lead.window.call("compute_findings", findings(""));
    assert_eq!(graded(&found), 12, "raters' own grades stand, agreed or not");
    assert_eq!(found["rater"], "average of Dr. A and Dr. B");
    assert!(found["actions"].is_object() && found["filtered"].is_object(), "{found}");
    let upper = lead.window.call("compute_findings", findings("@upper"));
    assert_eq!(upper["raters"]["reference"], "upper");
    let mut two = findings("@upper");
    two["reference"] = json!("lower");
    let failure = lead.window.fail("compute_findings", two).to_string();
    assert!(failure.contains("found both lower and upper"), "{failure}");
    let singly = json!({ "files": [format!("{study}@median"), judge] });
    let failure = lead.window.fail("compare_raters", singly).to_string();
    assert!(failure.contains("found `median`, which findings alone understand"), "{failure}");

    let found = lead.window.call("compute_findings", findings("@consensus"));
    assert_eq!(graded(&found), 12 - open as u64, "the undecided have no grade");
    let told = found["cautions"].to_string();
    assert!(
        told.contains("responses have no OH grade. With every such response graded 0"),
        "{told}"
    );
    let expected = format!("consensus of Dr. A and Dr. B, {} grades undecided", queue.len());
    assert_eq!(found["rater"], json!(expected));
    assert!(found["actions"].is_null() && found["filtered"].is_object(), "{found}");
    let line = queue.iter().find(|line| line["axis"] == "omission").unwrap();
    let decision = json!({
        "study": study, "item": line["item"], "axis": "omission", "grade": 1,
        "cause": "misread", "note": "", "by": "both",
    });
    lead.window.call("decide", decision);
    let found = lead.window.call("compute_findings", findings("@consensus"));
    assert_eq!(graded(&found), 12 - open as u64 + 1);
    let found = lead.window.call("compute_findings", findings("@B"));
    assert_eq!((graded(&found), &found["rater"]), (12, &json!("Dr. B")));
    assert!(found["actions"].is_object(), "a rater graded actions");

    // Decided grades take the average's place once all disagreements of an axis are decided.
    let axis = |found: &Value| found["raters"]["axes"]["omission"].clone();
    let partly = lead.window.call("compute_findings", findings(""));
    assert_eq!(
        (&axis(&partly)["decided"], &axis(&partly)["decisions_count"]),
        (&json!(1), &json!(false))
    );
    for line in queue.iter().filter(|line| line["axis"] == "omission") {
        let decision = json!({
            "study": study, "item": line["item"], "axis": "omission", "grade": 4,
            "cause": "misread", "note": "", "by": "both",
        });
        lead.window.call("decide", decision);
    }
    let all = lead.window.call("compute_findings", findings(""));
    assert_eq!(axis(&all)["decisions_count"], json!(true));
    let sum = |found: &Value| -> f64 {
        let models = found["models"].as_object().unwrap().values();
        models.map(|m| m["mean_oh"].as_f64().unwrap() * m["n"].as_f64().unwrap()).sum()
    };
    assert!(sum(&all) > sum(&partly), "every disagreement was decided at the highest grade");
    let upper = lead.window.call("compute_findings", findings("@upper"));
    assert_eq!(axis(&upper)["decisions_count"], json!(false), "by name, raters' own grades");
}

/// A file's name and content are quoted in sentences, which a window or a terminal must not obey.
#[cfg(unix)]
#[test]
fn names_that_turn_the_writing_or_move_the_cursor_are_written_out() {
    let mut lead = Lead::new();
    lead.create();
    let file = lead.path("\u{202e}gnp\u{1b}[2J.json");
    fs::write(&file, "{\"format\": \"\u{2066}x\"}").unwrap();
    let fate = lead.receive(&file);
    assert_eq!(fate["name"], "\\u{202e}gnp\\u{1b}[2J.json");
    let reason = fate["fate"]["reason"].as_str().unwrap().to_owned();
    assert!(reason.contains("/\\u{202e}gnp\\u{1b}[2J.json"), "{reason}");
    assert!(reason.contains("found `\\u{2066}x`"), "{reason}");
    let log = lead.ask("show_study")["log"].to_string();
    let logged = reason.split_once(".json, ").unwrap().1;
    assert!(log.contains(&json!(logged).to_string().trim_matches('"').to_owned()), "{log}");
    let failure = lead.window.fail("open_packet", json!({ "path": file }));
    assert!(failure["message"].as_str().unwrap().contains("\\u{202e}gnp"), "{failure}");
}

#[test]
fn the_name_in_the_lock_counts_and_other_names_are_told() {
    let mut lead = received();
    let mut other = Window::on(&lead.path("other"));
    other.open(&lead.path("study").join("packets/packet-A.primum-packet"));
    other.call("name_rater", json!({ "name": "Dr. Cal" }));
    let exported = other.call("export_ratings", json!({ "folder": lead.path("other/out") }));
    lead.receive(Path::new(exported["ratings"].as_str().unwrap()));
    let study = lead.ask("show_study");
    assert_eq!(study["raters"][0]["name"], "Dr. A", "an interim file renames nobody");
    let cautions = study["cautions"].to_string();
    assert!(cautions.contains("also arrived under another name: Dr. Cal."), "{cautions}");
}

#[test]
fn decisions_made_after_the_opening_are_told_as_such() {
    let mut lead = received();
    lead.window.call("open_key", lead.open_key(Some("a test")));
    assert!(!lead.ask("show_study")["cautions"].to_string().contains("after the key was opened"));
    let line = lead.ask("list_disagreements")["queue"][0].clone();
    let study = lead.study();
    set_clock(3_600_000_000);
    let decide = json!({
        "study": study, "item": line["item"], "axis": line["axis"], "grade": 1, "cause": "misread",
        "note": "", "by": "A",
    });
    lead.window.call("decide", decide);
    let told = "The decision was made after the key was opened";
    let cautions = lead.ask("show_study")["cautions"].to_string();
    assert!(cautions.contains(told), "{cautions}");
    let findings = json!({ "scenarios": root().join("scenarios"), "scores": [study] });
    let report = lead.window.call("compute_findings", findings);
    assert!(report["cautions"].to_string().contains(told), "{}", report["cautions"]);
    let judge = json!({
        "humans": [format!("{}@consensus", study.as_str().unwrap())], "judges": [annotation("judge.jsonl")],
        "replicates": 200,
    });
    let report = lead.window.call("validate_judge", judge);
    assert!(report["humans"].to_string().contains(told), "{}", report["humans"]);
}

//! Changing a running study: what is added and what comes late, and what is said of it.

use crate::lead::{Lead, received};
use crate::support::set_clock;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use testing::{annotation, names, root};

/// The arguments that add rater C.
fn add(lead: &Lead, more: Value) -> Value {
    let mut arguments = json!({
        "study": lead.study(), "label": "C", "by": "Dr. Lead", "reason": "B has moved",
    });
    for (field, value) in more.as_object().unwrap() {
        arguments[field] = value.clone();
    }
    arguments
}

fn packet(lead: &Lead, label: &str) -> Value {
    let file = lead.path("study").join(format!("packets/packet-{label}.primum-packet"));
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

fn order(packet: &Value) -> Vec<&str> {
    let items = packet["content"]["items"].as_array().unwrap();
    items.iter().map(|item| item["id"].as_str().unwrap()).collect()
}

fn decide_first(lead: &mut Lead) {
    let line = lead.ask("list_disagreements")["queue"][0].clone();
    let decision = json!({
        "study": lead.study(), "item": line["item"], "axis": line["axis"], "grade": 1,
        "cause": "misread", "note": "", "by": "A and B",
    });
    lead.window.call("decide", decision);
}

fn open_key(lead: &mut Lead) {
    lead.window.call("open_key", lead.open_key(Some("a test")));
}

pub fn messages(lines: &Value) -> Vec<&str> {
    lines.as_array().unwrap().iter().map(|line| line["message"].as_str().unwrap()).collect()
}

#[test]
fn a_further_rater_rates_the_same_items_and_counts() {
    let mut lead = received();
    fs::rename(lead.path("study/key.age"), lead.path("key elsewhere")).unwrap();
    let added = lead.window.call("add_rater", add(&lead, json!({ "like": "A" })));
    assert_eq!(added["items"], 15);
    let (a, b, c) = (packet(&lead, "A"), packet(&lead, "B"), packet(&lead, "C"));
    let orders = BTreeSet::from([order(&a), order(&b), order(&c)]);
    assert_eq!(orders.len(), 3, "an order of its own");
    let sorted = |packet| order(packet).into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(sorted(&c), sorted(&a));
    for part in ["study", "title", "rubric", "scenarios"] {
        assert_eq!(c["content"][part], a["content"][part], "{part}");
    }

    let study = lead.ask("show_study");
    assert_eq!(study["cautions"], json!([]), "the key is sealed and nothing is decided");
    assert_eq!(
        messages(&study["changes"]),
        ["Rater C was added with the items of A, by Dr. Lead: B has moved."]
    );
    let log = messages(&study["log"]);
    assert_eq!(log[log.len() - 1], "The packet of C was written: packet-C.primum-packet.");
    assert!(
        study["raters"][2]["added_at"].is_string() && study["raters"][0].get("added_at").is_none()
    );
    let failure = lead.window.fail("open_key", lead.open_key(None));
    assert!(failure["message"].as_str().unwrap().contains("come from C."), "{failure}");

    let file = lead.rater("C").finished();
    assert_eq!(lead.receive(&file)["fate"]["is"], "new");
    let agreement = lead.ask("measure_study");
    assert_eq!(agreement["panel"]["raters"], json!(["Dr. A", "Dr. B", "Dr. C"]));
    assert_eq!(
        agreement["repeats"].as_array().unwrap().len(),
        3,
        "what is shown twice is so for C"
    );
}

#[test]
fn without_another_raters_name_it_is_every_item_of_the_study() {
    let mut lead = Lead::new();
    lead.draft["design"] = json!({ "kind": "per_item", "raters": 1 });
    lead.create();
    let added = lead.window.call("add_rater", add(&lead, json!({})));
    let [a, b] = ["A", "B"].map(|label| order(&packet(&lead, label)).len());
    assert_eq!((added["items"].as_u64().unwrap() as usize, a + b), (15, 15));
    assert_eq!(
        messages(&added["study"]["changes"]),
        ["Rater C was added with every item, by Dr. Lead: B has moved."]
    );
}

#[test]
fn the_same_label_in_the_same_study_gives_the_same_packet() {
    let bytes = |reason: &str| {
        let mut lead = Lead::new();
        lead.create();
        lead.window.call("add_rater", add(&lead, json!({ "reason": reason })));
        fs::read(lead.path("study/packets/packet-C.primum-packet")).unwrap()
    };
    assert!(bytes("B has moved") == bytes("more power"));
}

#[test]
fn a_rater_who_cannot_be_added_changes_nothing() {
    let mut lead = Lead::new();
    lead.create();
    let before = (lead.ask("show_study"), names(&lead.path("study/packets")));
    for (more, told) in [
        (
            json!({ "label": "A" }),
            "field `label`: found `A`, which names the same file as that of rater A; expected a label that no rater of this study has",
        ),
        (json!({ "label": " a " }), "found `a`, which names the same file as that of rater A"),
        (json!({ "label": "C/D" }), "found `C/D`; expected letters, digits, spaces, - and _"),
        (json!({ "label": "" }), "field `label`: found nothing; expected a label, such as A"),
        (json!({ "like": "Z" }), "field `like`: found `Z`; expected the label of a rater: A, B"),
        (json!({ "by": " " }), "field `by`: found nothing; expected who changes the study"),
        (json!({ "reason": "" }), "field `reason`: found nothing; expected why it is changed"),
        (json!({ "lead": true }), "you rate as A already"),
    ] {
        let failure = lead.window.fail("add_rater", add(&lead, more))["message"].clone();
        assert!(failure.as_str().unwrap().contains(told), "{failure}");
    }
    fs::write(lead.path("study/packets/packet-C.primum-packet"), "mine").unwrap();
    let failure = lead.window.fail("add_rater", add(&lead, json!({})));
    assert!(failure["message"].as_str().unwrap().contains("packet-C.primum-packet"), "{failure}");
    assert_eq!(
        fs::read_to_string(lead.path("study/packets/packet-C.primum-packet")).unwrap(),
        "mine"
    );
    fs::remove_file(lead.path("study/packets/packet-C.primum-packet")).unwrap();
    assert_eq!((lead.ask("show_study"), names(&lead.path("study/packets"))), before);
}

#[test]
fn a_packet_that_a_crash_left_is_taken_up() {
    let (mut lead, mut other) = (Lead::new(), Lead::new());
    lead.create();
    other.create();
    other.window.call("add_rater", add(&other, json!({})));
    let left = "study/packets/packet-C.primum-packet";
    fs::copy(other.path(left), lead.path(left)).unwrap();
    lead.window.call("add_rater", add(&lead, json!({})));
    assert_eq!(lead.ask("show_study")["raters"][2]["label"], "C");
}

#[test]
fn a_rater_added_after_the_opening_is_named_in_every_report() {
    let mut lead = received();
    open_key(&mut lead);
    set_clock(3_600_000_000);
    lead.window.call("add_rater", add(&lead, json!({})));
    let file = lead.rater("C").finished();
    lead.receive(&file);
    let told = "1 rater was added after the key was opened: C (Dr. C).";
    let study = lead.ask("show_study");
    assert_eq!(study["cautions"], json!([told]), "not again for each file");
    assert_eq!(study["raters"][2]["late"], 15);
    let changes = messages(&study["changes"]);
    assert_eq!(
        changes[0],
        "Rater C was added with every item, after the key was opened, by Dr. Lead: B has moved."
    );
    assert!(changes[1].ends_with("It arrived after the key was opened."), "{changes:?}");
    assert_said_in_every_report(&mut lead, told);
}

#[test]
fn a_rater_added_after_decisions_is_named_as_such_and_lets_them_be_looked_at_again() {
    let mut lead = received();
    set_clock(3_600_000_000);
    decide_first(&mut lead);
    set_clock(7_200_000_000);
    lead.window.call("add_rater", add(&lead, json!({})));
    let added = "1 rater was added after disagreements had been decided: C.";
    assert_eq!(lead.ask("show_study")["cautions"], json!([added]));
    let file = lead.rater("C").finished();
    lead.receive(&file);
    let cautions = lead.ask("show_study")["cautions"].clone();
    assert_eq!(
        cautions[1],
        "1 of 1 decision was made before all grades had arrived: those of C (Dr. C) came later. Look at it again."
    );
    set_clock(10_800_000_000);
    decide_first(&mut lead);
    assert_eq!(lead.ask("show_study")["cautions"].as_array().unwrap().len(), 1, "it was");
}

#[test]
fn a_lead_author_who_knows_more_than_a_rater_may_is_not_added_as_one() {
    let mut lead = Lead::new();
    lead.draft["raters"] = json!([{ "label": "A" }, { "label": "B" }]);
    lead = crate::lead::created(lead);
    decide_first(&mut lead);
    let asked = add(&lead, json!({ "lead": true }));
    let failure = lead.window.fail("add_rater", asked.clone());
    assert!(
        failure["message"].as_str().unwrap().contains("disagreements have been decided"),
        "{failure}"
    );
    open_key(&mut lead);
    let failure = lead.window.fail("add_rater", asked);
    assert!(failure["message"].as_str().unwrap().contains("the key is open"), "{failure}");
}

#[test]
fn ratings_that_arrive_after_the_opening_are_marked() {
    let mut lead = Lead::new();
    lead.create();
    let file = lead.rater("A").finished();
    lead.receive(&file);
    let mut b = lead.rater("B");
    b.rate(10);
    let half = b.export();
    lead.receive(&half);
    set_clock(7_200_000_000);
    open_key(&mut lead);
    // A clock that is set back meanwhile does not make it early.
    set_clock(3_600_000_000);
    b.rate(15);
    let file = b.lock();
    let fate = lead.receive(&file);
    let note = "It arrived after the key was opened: the study and every report say so.";
    assert!(fate["notes"].as_array().unwrap().contains(&json!(note)), "{fate}");
    for file in [half, file] {
        let again = lead.receive(&file);
        assert!(!again["notes"].to_string().contains("after the key was opened"), "{again}");
    }
    let told = "The ratings of 15 items by B (Dr. B) arrived after the key was opened.";
    let study = lead.ask("show_study");
    assert!(study["cautions"].as_array().unwrap().contains(&json!(told)), "{}", study["cautions"]);
    assert_eq!((&study["raters"][0]["late"], &study["raters"][1]["late"]), (&json!(0), &json!(15)));
    assert_said_in_every_report(&mut lead, told);
}

/// Of a study whose key is open.
#[track_caller]
fn assert_said_in_every_report(lead: &mut Lead, told: &str) {
    let study = lead.study();
    let missing = lead.ask("measure_study")["missing"].clone();
    assert!(missing.to_string().contains(told), "{missing}");
    let scenarios = root().join("scenarios");
    for (command, arguments) in [
        ("compute_findings", json!({ "scenarios": scenarios, "scores": [study] })),
        ("compare_raters", json!({ "files": [study], "replicates": 200 })),
        (
            "validate_judge",
            json!({ "humans": [study], "judges": [annotation("judge.jsonl")], "replicates": 200 }),
        ),
    ] {
        let report = lead.window.call(command, arguments);
        let report = report.get("cautions").unwrap_or(&report).to_string();
        assert!(report.contains(told), "{command}: {report}");
    }
}

#[test]
fn the_export_holds_the_changes() {
    let mut lead = received();
    lead.window.call("add_rater", add(&lead, json!({})));
    let out = lead.path("tables");
    lead.window.call("export_study", json!({ "study": lead.study(), "folder": out }));
    let log = fs::read_to_string(out.join("log.csv")).unwrap();
    let added = log.lines().find(|line| line.contains(",rater_added,")).unwrap();
    assert!(
        added.ends_with(",\"Rater C was added with every item, by Dr. Lead: B has moved.\""),
        "{added}"
    );
    let study: Value =
        serde_json::from_str(&fs::read_to_string(out.join("study.json")).unwrap()).unwrap();
    let events = study["log"].as_array().unwrap();
    let added = events.iter().find(|entry| entry["event"]["event"] == "rater_added").unwrap();
    let amendment = json!({ "by": "Dr. Lead", "reason": "B has moved", "after_opening": false, "decisions": 0 });
    assert_eq!(added["event"]["amendment"], amendment);
}

/// Gives `file` with what is decided of it.
pub fn take(lead: &mut Lead, file: &Path, take: &str) -> Value {
    let second = json!({ "take": take, "by": "Dr. Lead", "reason": "told on the phone" });
    let arguments = json!({ "study": lead.study(), "files": [file], "second": second });
    lead.window.call("receive_files", arguments)["files"][0].clone()
}

/// A study whose raters have sent their files, and that of Dr. Cal, who rated the packet of B.
pub fn passed_on() -> (Lead, PathBuf) {
    let lead = received();
    set_clock(1_800_000_000);
    let file = lead.person("B", "another computer", "Dr. Cal").finished();
    (lead, file)
}

pub fn names_of(raters: &Value) -> Vec<(&str, &str)> {
    let raters = raters.as_array().unwrap().iter();
    raters
        .map(|rater| (rater["label"].as_str().unwrap(), rater["name"].as_str().unwrap()))
        .collect()
}

#[test]
fn two_people_for_one_packet_are_asked_about_before_anything_is_received() {
    let (mut lead, file) = passed_on();
    let before = lead.ask("measure_study");
    let asked = lead.receive(&file);
    let fate = json!({
        "is": "two_people", "rater": "B", "first": "Dr. B", "second": "Dr. Cal", "label": "B-2",
    });
    assert_eq!(asked["fate"], fate);
    let notes = asked["notes"].as_array().unwrap();
    let starts = [
        "What arrived earlier for the packet of B is by Dr. B: ",
        "This file is by Dr. Cal: ",
        "They have no record in common: two copies of the packet were rated.",
    ];
    for (note, start) in notes.iter().zip(starts) {
        assert!(note.as_str().unwrap().starts_with(start), "{note}");
    }
    assert_eq!(lead.ask("measure_study"), before);
    let study = lead.ask("show_study");
    assert_eq!((names_of(&study["raters"]).len(), &study["aside"]), (2, &json!([])));
    let log = messages(&study["log"]);
    assert!(log[log.len() - 1].contains("two people seem to have rated one packet"), "{log:?}");
}

#[test]
fn a_lock_under_another_name_is_asked_about_although_nothing_was_rated() {
    let mut lead = received();
    set_clock(1_800_000_000);
    let file = lead.person("B", "another computer", "Dr. Cal").lock();
    let asked = lead.receive(&file);
    assert_eq!(asked["fate"]["is"], "two_people", "{asked}");
    assert_eq!(asked["notes"][1], "This file is by Dr. Cal: no record, locked.");
}

#[test]
fn a_file_that_holds_nothing_but_another_name_is_asked_about() {
    let mut lead = Lead::new();
    lead.create();
    let nothing = lead.person("B", "another computer", "Dr. Cal").export();
    assert_eq!(lead.receive(&nothing)["fate"]["is"], "new");
    let file = lead.rater("B").finished();
    let asked = lead.receive(&file);
    assert_eq!(asked["fate"]["is"], "two_people", "{asked}");
}

#[test]
fn whoever_of_two_people_is_the_lead_author_locks_before_the_key_is_opened() {
    let mut lead = Lead::new();
    lead.create();
    for label in ["A", "B"] {
        let file = match label {
            "A" => lead.person("A", "another computer", "Dr. Cal").finished(),
            _ => lead.rater("B").finished(),
        };
        lead.receive(&file);
    }
    let mut own = lead.rater("A");
    own.rate(4);
    let fate = take(&mut lead, &own.export(), "both");
    assert!(fate["notes"].to_string().contains("both have to lock before the key"), "{fate}");
    let arguments = lead.open_key(Some("I am curious"));
    let told = lead.window.fail("open_key", arguments)["message"].to_string();
    assert!(told.contains("You rate in this study yourself, as A-2"), "{told}");
}

#[test]
fn the_first_persons_ratings_stay_and_the_others_are_kept_aside() {
    let (mut lead, file) = passed_on();
    let before = lead.ask("measure_study")["pairs"].clone();
    let fate = take(&mut lead, &file, "first");
    assert_eq!(fate["fate"]["is"], "new");
    assert_eq!(
        fate["notes"][0],
        "The ratings of B (Dr. B) count. The others are kept as those of rater B-2, and do not count."
    );
    let study = lead.ask("show_study");
    assert_eq!(names_of(&study["raters"]), [("A", "Dr. A"), ("B", "Dr. B")]);
    assert_eq!(names_of(&study["aside"]), [("B-2", "Dr. Cal")]);
    assert_eq!(lead.ask("measure_study")["pairs"], before);
    assert_eq!(lead.receive(&file)["fate"]["is"], "already_there", "it is not asked about again");
    open_key(&mut lead);
}

#[test]
fn the_second_person_takes_the_place_of_the_first() {
    let (mut lead, file) = passed_on();
    let fate = take(&mut lead, &file, "second");
    let told =
        "It counts as that of rater B-2. The ratings of B (Dr. B) are kept, and do not count.";
    assert_eq!(fate["notes"][0], told);
    let study = lead.ask("show_study");
    assert_eq!(names_of(&study["raters"]), [("A", "Dr. A"), ("B-2", "Dr. Cal")]);
    assert_eq!(names_of(&study["aside"]), [("B", "Dr. B")]);
    let aside = "The ratings of B (Dr. B) were set aside and do not count: told on the phone.";
    assert_eq!(study["cautions"], json!([aside]));
    assert_eq!(
        messages(&study["changes"]),
        [
            "A file for the packet of B was taken as another person\u{2019}s, who is rater B-2 here, by Dr. Lead: told on the phone.",
            "The ratings of B do not count any more, by Dr. Lead: told on the phone.",
        ]
    );
    let pair = lead.ask("measure_study")["pairs"][0].clone();
    assert_eq!((&pair["first"], &pair["second"]), (&json!("Dr. A"), &json!("Dr. Cal")));
    let out = lead.path("tables");
    lead.window.call("export_study", json!({ "study": lead.study(), "folder": out }));
    let all: Value =
        serde_json::from_str(&fs::read_to_string(out.join("study.json")).unwrap()).unwrap();
    assert_eq!(
        all["set_aside"][0]["name"], "Dr. B",
        "nothing that came is left out of the archive"
    );
    open_key(&mut lead);
    assert_said_in_every_report(&mut lead, aside);
}

#[test]
fn both_people_count_and_each_later_file_finds_its_own() {
    let mut lead = Lead::new();
    lead.create();
    let a = lead.rater("A").finished();
    let mut first = lead.rater("B");
    first.rate(4);
    let mut second = lead.person("B", "another computer", "Dr. Cal");
    second.rate(6);
    for file in [a, first.export()] {
        assert_eq!(lead.receive(&file)["fate"]["is"], "new");
    }
    let file = second.export();
    let fate = take(&mut lead, &file, "both");
    assert_eq!(fate["notes"][0], "It counts as that of rater B-2, beside B (Dr. B).");
    // Dr. Cal corrects the spelling of their name meanwhile.
    second.window.call("name_rater", json!({ "name": "Dr. Callan" }));
    set_clock(60_000_000);
    for mut rater in [first, second] {
        rater.rate(15);
        let fate = lead.receive(&rater.lock());
        assert_eq!(fate["fate"]["is"], "new", "{fate}");
    }
    let study = lead.ask("show_study");
    assert_eq!(names_of(&study["raters"]), [("A", "Dr. A"), ("B", "Dr. B"), ("B-2", "Dr. Callan")]);
    let raters = study["raters"].as_array().unwrap().iter();
    assert_eq!(raters.map(|rater| &rater["done"]).collect::<Vec<_>>(), [15, 15, 15]);
    assert_eq!(lead.ask("measure_study")["panel"]["raters"].as_array().unwrap().len(), 3);
}

#[test]
fn one_person_at_two_computers_stays_one_rater() {
    let (mut lead, file) = passed_on();
    let fate = take(&mut lead, &file, "one_person");
    let note = fate["notes"][0].as_str().unwrap();
    assert!(
        note.starts_with("It counts together with the other files of B (Dr. B). Of what"),
        "{note}"
    );
    let study = lead.ask("show_study");
    assert_eq!(names_of(&study["raters"]), [("A", "Dr. A"), ("B", "Dr. B")]);
    assert_eq!(study["cautions"], json!([]), "who rated is settled");
    // The same name needs no decision, and is told.
    let mut other = lead.person("A", "a third computer", "dr.  a");
    other.rate(2);
    let fate = lead.receive(&other.export());
    assert_eq!(fate["fate"]["is"], "new");
    assert!(fate["notes"].to_string().contains("comes from another copy of the packet"), "{fate}");
}

#[test]
fn what_is_decided_without_need_or_name_changes_nothing() {
    let (mut lead, file) = passed_on();
    let before = lead.ask("show_study");
    for (field, value, told) in [
        ("by", "", "field `by`: found nothing"),
        ("reason", " ", "field `reason`: found nothing"),
        ("label", "A", "field `label`: found `A`, which names the same file"),
    ] {
        let mut second = json!({ "take": "both", "by": "Dr. Lead", "reason": "told" });
        second[field] = value.into();
        let arguments = json!({ "study": lead.study(), "files": [file], "second": second });
        let failure = lead.window.fail("receive_files", arguments)["message"].clone();
        assert!(failure.as_str().unwrap().contains(told), "{failure}");
    }
    assert_eq!(lead.ask("show_study"), before);
    let again = lead.person("A", "A", "Dr. A").export();
    let fate = take(&mut lead, &again, "first");
    let reason = fate["fate"]["reason"].as_str().unwrap();
    assert!(reason.contains("there is nothing to decide"), "{fate}");
    let second = json!({ "take": "both", "by": "Dr. Lead", "reason": "told" });
    let arguments = json!({ "study": lead.study(), "files": [file, file], "second": second });
    let failure = lead.window.fail("receive_files", arguments)["message"].clone();
    let told = "field `files`: found 2 files; expected one";
    assert!(failure.as_str().unwrap().contains(told), "{failure}");
}

#[test]
fn a_person_set_aside_after_the_opening_is_said_to_be() {
    let (mut lead, file) = passed_on();
    open_key(&mut lead);
    set_clock(3_600_000_000);
    take(&mut lead, &file, "second");
    let told = "The ratings of B (Dr. B) were set aside after the key was opened and do not count: told on the phone.";
    let cautions = lead.ask("show_study")["cautions"].clone();
    assert_eq!(cautions[0], "1 rater was added after the key was opened: B-2 (Dr. Cal).");
    assert_eq!(cautions[1], told);
}

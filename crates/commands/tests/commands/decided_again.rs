//! What was decided about two people's files for one packet is decided again, in any order.

use crate::amend::{messages, names_of, passed_on, take};
use crate::lead::{Lead, received};
use crate::support::set_clock;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const ALL: [&str; 4] = ["first", "second", "both", "one_person"];

/// Whose ratings count, and whose are set aside.
fn stand(lead: &mut Lead) -> (Vec<String>, Vec<String>) {
    let study = lead.ask("show_study");
    let labels =
        |raters: &Value| names_of(raters).into_iter().map(|one| one.0.to_owned()).collect();
    (labels(&study["raters"]), labels(&study["aside"]))
}

#[test]
fn whatever_was_decided_first_can_be_decided_otherwise() {
    let outcome = |lead: &mut Lead| (stand(lead), lead.ask("measure_study")["pairs"].clone());
    let expected: BTreeMap<&str, _> = ALL
        .into_iter()
        .map(|decided| {
            let (mut lead, file) = passed_on();
            take(&mut lead, &file, decided);
            (decided, outcome(&mut lead))
        })
        .collect();
    let (mut lead, file) = passed_on();
    take(&mut lead, &file, "first");
    // Each decision after each other one.
    for then in [
        "second",
        "first",
        "both",
        "first",
        "one_person",
        "second",
        "both",
        "second",
        "one_person",
        "both",
        "one_person",
        "first",
    ] {
        let fate = take(&mut lead, &file, then);
        assert_eq!(fate["fate"]["is"], "already_there", "{then}: {fate}");
        assert_eq!(outcome(&mut lead), expected[then], "{then}");
    }
}

#[test]
fn a_decision_that_was_changed_stays_in_the_log_and_either_file_changes_it() {
    let (mut lead, file) = passed_on();
    take(&mut lead, &file, "first");
    set_clock(60_000_000);
    // The first person's own file serves as well.
    let own = lead.person("B", "B", "Dr. B").export();
    let fate = take(&mut lead, &own, "second");
    let told =
        "It counts as that of rater B-2. The ratings of B (Dr. B) are kept, and do not count.";
    assert_eq!(fate["notes"][0], told, "{fate}");
    let study = lead.ask("show_study");
    let changes = messages(&study["changes"]);
    let said = "It was decided again whose ratings of the packet of B count: those of B-2 and not of B, by Dr. \
                Lead: told on the phone.";
    assert!(changes.contains(&said), "{changes:?}");
    assert_eq!(stand(&mut lead), (vec!["A".into(), "B-2".into()], vec!["B".into()]));
}

#[test]
fn later_files_of_one_person_find_their_own_before_and_after_it_is_decided_again() {
    let mut lead = Lead::new();
    lead.create();
    let a = lead.rater("A").finished();
    let mut first = lead.rater("B");
    first.rate(4);
    for file in [a, first.export()] {
        lead.receive(&file);
    }
    let mut second = lead.person("B", "another computer", "Dr. Cal");
    second.rate(6);
    let begun = second.export();
    take(&mut lead, &begun, "one_person");
    set_clock(60_000_000);
    second.rate(9);
    let more = second.export();
    assert_eq!(lead.receive(&more)["fate"]["is"], "new");
    assert_eq!(lead.ask("show_study")["raters"][1]["graded"], 9, "together");
    take(&mut lead, &begun, "both");
    let study = lead.ask("show_study");
    let graded: Vec<&Value> =
        study["raters"].as_array().unwrap().iter().map(|rater| &rater["graded"]).collect();
    assert_eq!(graded, [&json!(15), &json!(4), &json!(9)], "each their own");
}

/// The table of a person who rated the packet of B, received or not.
fn table(lead: &mut Lead, name: &str, grade: u8, at: &str) -> PathBuf {
    let packet = lead.path("study/packets/packet-B.primum-packet");
    let known: Value = serde_json::from_str(&fs::read_to_string(&packet).unwrap()).unwrap();
    let rows = known["content"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| format!("x,{},omission,{grade}\n", item["id"].as_str().unwrap()));
    let table = lead.path(&format!("{name}.csv"));
    fs::write(&table, format!("rater,item,axis,value\n{}", rows.collect::<String>())).unwrap();
    let out = lead.path(&format!("{name} {grade} {at}.ratings.json").replace(':', "-"));
    let arguments = json!({
        "packet": packet, "table": table, "name": name, "at": at, "lock": true, "out": out,
    });
    lead.window.call("import_table", arguments);
    out
}

#[test]
fn tables_of_two_people_with_one_time_are_two_peoples() {
    let mut lead = Lead::new();
    lead.create();
    let at = "2026-04-01T18:00:00Z";
    let (ben, cal) = (table(&mut lead, "Dr. Ben", 0, at), table(&mut lead, "Dr. Cal", 1, at));
    assert_eq!(lead.receive(&ben)["fate"]["is"], "new");
    assert_eq!(lead.receive(&cal)["fate"]["is"], "two_people");
    assert_eq!(take(&mut lead, &cal, "both")["fate"]["is"], "new");
    // Another table of one person with the same time contradicts the first, and the reason says how.
    let other = table(&mut lead, "Dr. Ben", 2, at);
    let reason = lead.receive(&other)["fate"]["reason"].to_string();
    assert!(reason.contains("or both are of tables with the same `--at`"), "{reason}");
    let later = table(&mut lead, "Dr. Ben", 2, "2026-04-02T18:00:00Z");
    assert_eq!(lead.receive(&later)["fate"]["is"], "new");
}

/// A file with the records of both people.
fn merged(lead: &Lead, one: &Path, other: &Path) -> PathBuf {
    let [mut both, other] = [one, other].map(|file| {
        let name = file.display().to_string();
        exchange::decode_ratings(&name, fs::read(file).unwrap()).unwrap()
    });
    both.records.extend(other.records);
    both.records.sort_by_key(|record| record.id);
    both.locked = None;
    let file = lead.path("both.ratings.json");
    exchange::write_ratings(&file, &both).unwrap();
    file
}

#[test]
fn a_file_with_records_of_two_people_is_received_once_they_are_one() {
    let mut lead = received();
    let own = lead.person("B", "B", "Dr. B").export();
    set_clock(1_800_000_000);
    let file = lead.person("B", "another computer", "Dr. Cal").finished();
    take(&mut lead, &file, "both");
    let both = merged(&lead, &own, &file);
    let reason = lead.receive(&both)["fate"]["reason"].as_str().unwrap().to_owned();
    assert!(
        reason.contains("it has records of B-2 (Dr. Cal)")
            || reason.contains("it has records of B (Dr. B)"),
        "{reason}"
    );
    assert!(!reason.contains("altered") && reason.contains("--take one-person"), "{reason}");
    let fate = take(&mut lead, &both, "first");
    assert_eq!(fate["fate"]["is"], "refused", "{fate}");
    take(&mut lead, &file, "one_person");
    let fate = lead.receive(&both);
    assert_eq!(fate["fate"]["is"], "superseded", "{fate}");
}

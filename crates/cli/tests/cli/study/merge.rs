//! What comes back from raters: twice, late, half done, from elsewhere, damaged.

use crate::study::lead::{Lead, Rater, grades};
use serde_json::Value;
use std::fs;
use std::path::Path;
use testing::annotation;

fn fate(lead: &Lead, file: &str) -> Value {
    let run = lead.runs(&["receive", "study", file, "--json"]);
    let received: Value = serde_json::from_str(&run.out).unwrap();
    let fate = received["files"][0].clone();
    let refused = fate["fate"]["is"] == "refused";
    assert_eq!(run.code != 0, refused, "a script learns of a refusal: {run:?}");
    fate
}

fn is(fate: &Value) -> &str {
    fate["fate"]["is"].as_str().unwrap()
}

fn notes(fate: &Value) -> String {
    fate["notes"].to_string()
}

/// What the study says, but for its log.
fn state(lead: &Lead) -> (Value, Value) {
    let mut show = lead.json(&["show", "study"]);
    show.as_object_mut().unwrap().remove("log");
    (show, lead.json(&["queue", "study"]))
}

fn packet_of(lead: &Lead, label: &str) -> std::path::PathBuf {
    lead.path(&format!("study/packets/packet-{label}.primum-packet"))
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let lead = Lead::of_example();
    assert_eq!(is(&fate(&lead, &annotation("A.ratings.json"))), "new");
    let before = (state(&lead), lead.study_bytes());
    let copy = lead.path("a copy.json");
    fs::copy(annotation("A.ratings.json"), &copy).unwrap();
    assert_eq!(is(&fate(&lead, copy.to_str().unwrap())), "already_there");
    assert!((state(&lead), lead.study_bytes()) == before, "not a byte changed");
}

#[test]
fn exports_may_come_in_any_order_half_done_and_under_another_name() {
    let lead = Lead::of_example();
    let packet = packet_of(&lead, "A");
    let rater = Rater::with(&packet);
    rater.is_called("Dr. A. Example");
    rater.rates(&grades(&packet, |place| (place < 10).then_some((1, 0))));
    let half = rater.exports();
    rater.is_called("Dr. Ada Example");
    rater.rates(&grades(&packet, |place| (place >= 10).then_some((2, 1))));
    let unlocked = rater.exports();
    rater.locks();
    let whole = rater.exports();
    let newest_first = Lead::of_example();
    assert_eq!(is(&fate(&newest_first, &whole)), "new");
    let older = fate(&newest_first, &half);
    assert_eq!(is(&older), "superseded");
    assert!(notes(&older).contains("older than a file received earlier"), "{older}");
    assert_eq!(is(&fate(&newest_first, &unlocked)), "superseded");

    let first = fate(&lead, &half);
    assert_eq!((is(&first), &first["fate"]["records"]), ("new", &20.into()));
    assert!(notes(&first).contains("10 of 24 items rated, not locked yet"), "{first}");
    assert!(lead.says(&["agree", "study"]).contains("Not locked yet"), "half-done work is named");
    let second = fate(&lead, &unlocked);
    assert!(notes(&second).contains("called Dr. A. Example before"), "{second}");
    let last = fate(&lead, &whole);
    let lock_only = (is(&last), &last["fate"]["records"]);
    assert_eq!(lock_only, ("new", &0.into()), "the lock is news, although no record is");

    let (one, other) = (state(&lead), state(&newest_first));
    assert_eq!(one.0["raters"], other.0["raters"], "the order of receipt does not matter");
    assert_eq!(one.0["raters"][0]["name"], "Dr. Ada Example");
    assert_ne!(one.0["raters"][0]["locked_at"], Value::Null);
}

#[test]
fn a_file_of_another_study_is_refused_by_name() {
    let lead = Lead::new();
    lead.draft(&["--seed", "6"]);
    lead.says(&["accept", "draft.json", "--kind", "framing", "--reason", "part of the question"]);
    lead.create();
    refused(&lead, &annotation("A.ratings.json"), "it belongs to the study “Example study”");
}

/// The file is refused in these words, and the study stays as it was but for its log.
fn refused(lead: &Lead, file: &str, told: &str) {
    let before = state(lead);
    let found = fate(lead, file);
    assert_eq!(is(&found), "refused");
    let reason = found["fate"]["reason"].as_str().unwrap();
    assert!(reason.contains(told), "{reason}");
    assert_eq!(state(lead), before, "the study is as it was");
    let log = lead.json(&["show", "study"])["log"].as_array().unwrap().clone();
    let last = log.last().unwrap()["message"].as_str().unwrap().to_owned();
    assert!(last.starts_with("Refused "), "{last}");
    let folder = Path::new(file).parent().unwrap().display().to_string();
    assert!(
        folder.is_empty() || !last.contains(&folder),
        "the folder travels with the log: {last}"
    );
}

#[test]
fn tampered_and_damaged_files_are_refused_and_change_nothing() {
    let lead = Lead::of_example();
    lead.says(&["receive", "study", &annotation("B.ratings.json")]);
    let good = fs::read_to_string(annotation("A.ratings.json")).unwrap();
    let put = |name: &str, text: &str| {
        fs::write(lead.path(name), text).unwrap();
        lead.path(name).display().to_string()
    };
    refused(&lead, &put("cut.json", &good[..good.len() / 2]), "the file ends in the middle");
    refused(&lead, &put("empty.json", ""), "the file is empty");
    let (rubric, records) = good.split_once("\"records\"").unwrap();
    let kinder =
        format!("{rubric}\"records\"{}", records.replacen("\"grade\": 3", "\"grade\": 0", 1));
    assert_ne!(kinder, good);
    refused(
        &lead,
        &put("kinder.json", &kinder),
        "the content was changed after the file was written",
    );
    refused(
        &lead,
        &put("tidy.csv", "rater,item,axis,value\nA,x,omission,2\n"),
        "this is a table with the columns rater, item, axis, value; expected a ratings file. Give the file that \
         the rater exported from Primum; ratings from a spreadsheet or another table come in by `primum study \
         ratings`.",
    );
    let packet = packet_of(&lead, "A").display().to_string();
    refused(&lead, &packet, "expected a ratings file (`primum-ratings/5`)");
    refused(&lead, "nowhere.json", "nowhere.json: ");
    fs::write(lead.path("latin1.json"), b"{\"format\": \"Ren\xe9\"}").unwrap();
    refused(&lead, &lead.path("latin1.json").display().to_string(), "a byte that is not UTF-8");
}

#[test]
fn a_record_that_was_altered_and_sealed_again_contradicts_the_first() {
    let lead = Lead::of_example();
    let file = annotation("A.ratings.json");
    lead.says(&["receive", "study", &file]);
    let mut ratings = exchange::read_ratings(Path::new(&file)).unwrap();
    let record = ratings
        .records
        .iter_mut()
        .find(|record| matches!(record.change, study::Change::Grade { .. }))
        .unwrap();
    if let study::Change::Grade { grade, .. } = &mut record.change {
        *grade = Some(if *grade == Some(0) { 1 } else { 0 });
    }
    let altered = lead.path("altered.json");
    exchange::write_ratings(&altered, &ratings).unwrap();
    let name = record_name(&ratings);
    refused(&lead, altered.to_str().unwrap(), &name);
}

fn record_name(ratings: &exchange::Ratings) -> String {
    let graded = |record: &&study::Record| matches!(record.change, study::Change::Grade { .. });
    ratings.records.iter().find(graded).unwrap().id.to_string()
}

#[test]
fn good_files_are_received_although_another_is_refused() {
    let lead = Lead::of_example();
    fs::write(lead.path("empty.json"), "").unwrap();
    let run = lead.runs(&["receive", "study", "empty.json", &annotation("A.ratings.json")]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("refused: empty.json: the file is empty"), "{}", run.err);
    assert!(run.out.contains("298 new records"), "{}", run.out);
    assert_eq!(lead.json(&["show", "study"])["raters"][0]["done"], 24);
}

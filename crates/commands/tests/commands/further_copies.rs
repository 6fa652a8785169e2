//! Somebody who rated copies of two packets of one rater: the first, and that of items that were added.

use crate::amend::{names_of, take};
use crate::further_items::{draft, further_responses, prepared, rate_further};
use crate::lead::{Lead, received};
use crate::support::set_clock;
use serde_json::{Value, json};
use std::path::PathBuf;

/// A study with further items, the files of both raters, and those of Dr. Cal, who rated copies of both packets of B.
fn copied() -> (Lead, PathBuf, PathBuf) {
    let mut lead = received();
    let responses = further_responses(&lead);
    let draft = draft(&mut lead, &responses);
    lead.window.call("add_items", prepared(&lead, &draft));
    for label in ["A", "B"] {
        rate_further(&mut lead, label);
    }
    set_clock(1_800_000_000);
    let first = lead.person("B", "another computer", "Dr. Cal").finished();
    let further = lead.person("B-2", "another computer", "Dr. Cal").finished();
    (lead, first, further)
}

fn raters(lead: &mut Lead) -> Vec<(String, Value, Value)> {
    let study = lead.ask("show_study");
    let raters = study["raters"].as_array().unwrap().iter();
    let rater = |rater: &Value| {
        (rater["label"].as_str().unwrap().into(), rater["items"].clone(), rater["done"].clone())
    };
    raters.map(rater).collect()
}

fn expected() -> Vec<(String, Value, Value)> {
    ["A", "B", "B-2"].map(|label| (label.into(), json!(19), json!(19))).to_vec()
}

#[test]
fn both_files_of_another_person_are_one_raters_in_either_order() {
    for further_first in [false, true] {
        let (mut lead, first, further) = copied();
        let [one, other] = if further_first { [further, first] } else { [first, further] };
        assert_eq!(lead.receive(&one)["fate"]["label"], "B-2");
        take(&mut lead, &one, "both");
        assert_eq!(lead.receive(&other)["fate"]["label"], "B-2", "the label that Dr. Cal has");
        let fate = take(&mut lead, &other, "both");
        assert_eq!(fate["notes"][0], "It counts as that of rater B-2, beside B (Dr. B).");
        assert_eq!(raters(&mut lead), expected(), "{further_first}");
        assert_eq!(lead.ask("measure_study")["panel"]["raters"].as_array().unwrap().len(), 3);
        let again = lead.receive(&other);
        assert_eq!(again["fate"]["is"], "already_there", "{again}");
    }
}

#[test]
fn the_label_of_somebody_who_rated_another_packet_can_be_given() {
    let (mut lead, first, _) = copied();
    take(&mut lead, &first, "both");
    // Under another name, and so not recognized.
    let mut other = lead.person("B-2", "a third computer", "C. Callan");
    other.rate(4);
    let further = other.lock();
    assert_eq!(lead.receive(&further)["fate"]["label"], "B-3");
    let give = |label: &str| {
        let second = json!({ "take": "both", "label": label, "by": "Dr. Lead", "reason": "told" });
        json!({ "study": lead.study(), "files": [further], "second": second })
    };
    let [taken, own] = [give("A"), give(" B-2 ")];
    let failure = lead.window.fail("receive_files", taken);
    assert!(
        failure["message"].as_str().unwrap().contains("names the same file as that of rater A")
    );
    lead.window.call("receive_files", own);
    assert_eq!(raters(&mut lead), expected());
}

#[test]
fn the_second_person_takes_the_place_of_the_first_in_both_packets() {
    let (mut lead, first, further) = copied();
    for file in [&first, &further] {
        take(&mut lead, file, "second");
    }
    let study = lead.ask("show_study");
    assert_eq!(names_of(&study["raters"]), [("A", "Dr. A"), ("B-2", "Dr. Cal")]);
    assert_eq!(names_of(&study["aside"]), [("B", "Dr. B")]);
}

#[test]
fn items_for_somebody_without_a_first_packet_are_refused_before_anything_is_written() {
    let (mut lead, first, further) = copied();
    take(&mut lead, &first, "one_person");
    take(&mut lead, &further, "both");
    let text =
        std::fs::read_to_string(further_responses(&lead)).unwrap().replace("dahlia", "elder");
    let responses = lead.path("more.jsonl");
    std::fs::write(&responses, text.replace("Ring again", "Call again")).unwrap();
    let mut draft = draft(&mut lead, &responses);
    draft["raters"] = json!([{ "label": "B-2" }, { "label": "B" }]);
    let before = (lead.ask("show_study"), testing::names(&lead.path("study")));
    let failure = lead.window.fail("add_items", prepared(&lead, &draft));
    let told = "found no first packet of rater B-2";
    assert!(failure["message"].as_str().unwrap().contains(told), "{failure}");
    assert_eq!((lead.ask("show_study"), testing::names(&lead.path("study"))), before);
}

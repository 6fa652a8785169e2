//! What the open keys of a study with added items tell together.

use crate::further_items::{draft, further_responses, of_bank, open_key, prepared, rate_further};
use crate::lead::{Lead, created};
use crate::support::grade;
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use testing::root;

fn whole_study() -> Lead {
    let mut lead = Lead::new();
    lead.draft["sampling"] = Value::Null;
    lead.draft["raters"] = json!([{ "label": "A" }, { "label": "B" }]);
    created(lead)
}

/// The example's bank as it might be later: a scenario with another name, one with another category, and one with
/// the name of a scenario that says something else.
fn other_bank(lead: &Lead) -> PathBuf {
    let bank = lead.path("bank");
    fs::create_dir(&bank).unwrap();
    let scenario = |id: &str| -> Value {
        let file = root().join(format!("scenarios/{id}.json"));
        serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
    };
    let mut renamed = scenario("steroid-lay");
    renamed["id"] = json!("S-001");
    let mut moved = scenario("mole-reassurance");
    moved["category"] = json!("moved");
    let mut other = scenario("nitrous-numbness");
    other["id"] = json!("coin-battery");
    other["category"] = json!("renumbered");
    other["prompt"] = json!("Something that no scenario of the study asks.");
    for scenario in [renamed, moved, other] {
        let file = bank.join(format!("{}.json", scenario["id"].as_str().unwrap()));
        fs::write(file, scenario.to_string()).unwrap();
    }
    bank
}

#[test]
fn each_item_keeps_what_its_own_key_says_and_reports_say_where_the_keys_disagree() {
    let mut lead = whole_study();
    let bank = other_bank(&lead);
    let answers = ["S-001", "mole-reassurance", "coin-battery"].map(|id| {
        let response = format!("An answer to {id}.");
        json!({ "scenario_id": id, "model_id": "dahlia", "rep_id": 0, "response": response })
    });
    let draft = of_bank(&mut lead, &bank, &answers);
    let added = lead.window.call("add_items", prepared(&lead, &draft));
    assert_eq!((&added["scenarios"], &added["known_scenarios"]), (&json!(3), &json!(2)));
    for label in ["A", "B"] {
        rate_further(&mut lead, label);
    }
    assert!(!lead.ask("show_study")["cautions"].to_string().contains("S-001"), "sealed");
    open_key(&mut lead);

    let out = lead.path("tables");
    lead.window.call("export_study", json!({ "study": lead.study(), "folder": out }));
    let items = fs::read_to_string(out.join("items.csv")).unwrap();
    let categories = |begin: &str| -> Vec<String> {
        let rows = items.lines().filter(|line| line.split_once(',').unwrap().1.starts_with(begin));
        rows.map(|line| line.split(',').nth(4).unwrap().to_owned()).collect()
    };
    assert_eq!(categories("S-001,dahlia,").len(), 1);
    assert_eq!(categories("S-001,dahlia,"), categories("steroid-lay,aster,"));
    assert_eq!(categories("coin-battery,dahlia,"), ["renumbered"]);
    assert_eq!(categories("coin-battery,aster,"), ["golden_hour"], "the first item keeps its own");
    assert_eq!(categories("mole-reassurance,dahlia,"), categories("mole-reassurance,aster,"));
    let agreement = lead.ask("measure_study");
    let pair = agreement["pairs"][0].to_string();
    assert!(pair.contains("renumbered") && !pair.contains("moved"), "{pair}");

    for told in [
        "has the name of an earlier one and other words: `coin-battery`.",
        "is another in the key of items that were added: `mole-reassurance`.",
        "has another name in the key of items that were added: `S-001` and `steroid-lay`.",
    ] {
        for said in [&lead.ask("show_study")["cautions"], &agreement["missing"]] {
            assert!(said.to_string().contains(told), "{told}: {said}");
        }
    }
}

#[test]
fn keys_that_agree_are_no_matter_for_a_caution() {
    let mut lead = whole_study();
    let responses = further_responses(&lead);
    let draft = draft(&mut lead, &responses);
    lead.window.call("add_items", prepared(&lead, &draft));
    open_key(&mut lead);
    let cautions = lead.ask("show_study")["cautions"].to_string();
    assert!(!cautions.contains("in the key of") && !cautions.contains("other words"), "{cautions}");
}

#[test]
fn a_disagreement_on_an_added_item_is_decided_and_exported() {
    let mut lead = whole_study();
    let responses = further_responses(&lead);
    let draft = draft(&mut lead, &responses);
    lead.window.call("add_items", prepared(&lead, &draft));
    rate_further(&mut lead, "A");
    let mut other = lead.person("B-2", "B", "Dr. B");
    other.rate(4);
    let item = other.items[0].clone();
    let before = other.window.show(&item)["rating"].to_string();
    let changed = if before.contains("\"grade\":3") { 1 } else { 3 };
    other.window.rate(&item, grade(changed));
    let file = other.lock();
    assert_eq!(lead.receive(&file)["fate"]["is"], "new");

    let queue = lead.ask("list_disagreements")["queue"].clone();
    let on_it = |line: &&Value| line["item"] == json!(item);
    let line = queue.as_array().unwrap().iter().find(on_it).expect("the raters differ on it");
    assert_eq!(line["axis"], "omission");
    let decision = json!({
        "study": lead.study(), "item": item, "axis": "omission", "grade": 2, "cause": "misread", "note": "",
        "by": "A and B",
    });
    lead.window.call("decide", decision);
    open_key(&mut lead);
    let out = lead.path("tables");
    lead.window.call("export_study", json!({ "study": lead.study(), "folder": out }));
    let decisions = fs::read_to_string(out.join("adjudicated.csv")).unwrap();
    assert!(decisions.lines().any(|line| line.contains(&item) && line.contains("omission")));
    let scores = format!("{}@consensus", lead.path("study").display());
    let findings = json!({ "scenarios": root().join("scenarios"), "scores": [scores] });
    assert_eq!(lead.window.call("compute_findings", findings)["models"]["dahlia"]["n"], 4);
}

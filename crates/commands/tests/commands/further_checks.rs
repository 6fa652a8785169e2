//! What is said of a draft of further items, and what is refused, before anything is written.

use crate::further_items::{
    draft, drafted, further_responses, of_bank, open_key, packet, prepared, rate_further, unscanned,
};
use crate::lead::{Lead, by_passphrase, created, received};
use serde_json::{Value, json};
use std::fs;
use testing::{names, root};

/// A study of every response, whose lead author rates nothing, with the files of both raters.
fn of_others() -> Lead {
    let mut lead = Lead::new();
    lead.draft["sampling"] = Value::Null;
    lead.draft["raters"] = json!([{ "label": "A" }, { "label": "B" }]);
    created(lead)
}

fn message(failure: &Value) -> &str {
    failure["message"].as_str().unwrap()
}

fn check(lead: &mut Lead, draft: &Value) -> Value {
    lead.window.call("check_study", json!({ "draft": draft }))
}

#[test]
fn a_bank_that_says_the_same_twice_gives_packets_that_open() {
    let mut lead = of_others();
    let bank = lead.path("bank");
    fs::create_dir(&bank).unwrap();
    let known = fs::read_to_string(root().join("scenarios/steroid-lay.json")).unwrap();
    for id in ["steroid-lay", "twin"] {
        let scenario = known.replace("\"id\": \"steroid-lay\"", &format!("\"id\": \"{id}\""));
        fs::write(bank.join(format!("{id}.json")), scenario).unwrap();
    }
    let answers = ["steroid-lay", "twin"].map(|id| {
        let response = format!("An answer to {id}.");
        json!({ "scenario_id": id, "model_id": "dahlia", "rep_id": 0, "response": response })
    });
    let draft = of_bank(&mut lead, &bank, &answers);
    lead.window.call("add_items", prepared(&lead, &draft));
    assert_eq!(
        packet(&lead, "packet-A-2.primum-packet")["content"]["scenarios"].as_array().unwrap().len(),
        1
    );
    assert_eq!(rate_further(&mut lead, "A")["fate"]["is"], "new");
}

#[test]
fn a_draft_for_another_study_than_the_one_that_is_open_is_refused() {
    let (mut lead, mut other) = (of_others(), of_others());
    let responses = further_responses(&lead);
    let draft = draft(&mut lead, &responses);
    let before = (lead.ask("show_study"), names(&lead.path("study/packets")));
    let mut arguments = prepared(&lead, &draft);
    arguments["study"] = other.study();
    let failure = lead.window.fail("add_items", arguments.clone());
    for told in ["field `further_to`: found `", "the study that is open. Choose a draft for it"] {
        assert!(message(&failure).contains(told), "{failure}");
    }
    assert_eq!((lead.ask("show_study"), names(&lead.path("study/packets"))), before);
    assert_eq!(other.ask("show_study")["items"], 24);
    // The folder and the file in it are one study.
    arguments["study"] = json!(lead.path("study/study.primum-study"));
    assert_eq!(lead.window.call("add_items", arguments)["items"], 4);
}

#[test]
fn once_the_key_is_open_an_answer_under_a_known_origin_is_refused() {
    let mut lead = of_others();
    let further = further_responses(&lead);
    let text = fs::read_to_string(&further).unwrap().replacen("dahlia", "borage", 1);
    fs::write(&further, &text).unwrap();
    let draft = draft(&mut lead, &further);
    assert_eq!(check(&mut lead, &draft)["problems"], json!([]), "the key is sealed");
    open_key(&mut lead);
    let problems = check(&mut lead, &draft)["problems"].clone();
    let told = "line 1: found steroid-lay/borage/0, of which the study has an answer already, in other words; expected \
                a `rep_id`";
    assert!(problems[0].as_str().unwrap().contains(told), "{problems}");
    let failure = lead.window.fail("add_items", prepared(&lead, &draft));
    assert!(message(&failure).contains(told), "{failure}");
    let drawn = drafted(&mut lead, &further, json!({ "size": 3 }));
    let cautions = check(&mut lead, &drawn)["cautions"].to_string();
    assert!(cautions.contains("1 of 4 responses is in the study already"), "{cautions}");
    fs::write(&further, text.replacen("\"rep_id\":0", "\"rep_id\":7", 1)).unwrap();
    assert_eq!(check(&mut lead, &draft)["problems"], json!([]), "the way out");
}

#[test]
fn a_lead_author_who_can_know_the_models_gets_no_further_items() {
    let mut lead = received();
    let responses = further_responses(&lead);
    let mut draft = draft(&mut lead, &responses);
    open_key(&mut lead);
    let failure = lead.window.fail("add_items", prepared(&lead, &draft));
    let told =
        "field `raters[0].label`: found `A`, the lead author; expected the other raters alone";
    assert!(message(&failure).contains(told), "{failure}");
    draft["raters"] = json!([{ "label": "B" }]);
    lead.window.call("add_items", prepared(&lead, &draft));
}

#[test]
fn a_lead_author_who_rates_one_model_alone_is_cautioned_and_so_is_every_reader() {
    let mut lead = received();
    let responses = further_responses(&lead);
    let draft = draft(&mut lead, &responses);
    let told = "every response is by one model, and A, who is to rate them, is the lead author";
    let cautions = check(&mut lead, &draft)["cautions"].to_string();
    assert!(cautions.contains(told), "{cautions}");
    let mut others = draft.clone();
    others["raters"] = json!([{ "label": "B" }]);
    assert!(!check(&mut lead, &others)["cautions"].to_string().contains(told));
    let text = fs::read_to_string(&responses).unwrap();
    fs::write(&responses, text.replacen("dahlia", "elder", 1)).unwrap();
    assert!(!check(&mut lead, &draft)["cautions"].to_string().contains(told), "two models");
    fs::write(&responses, text).unwrap();

    lead.window.call("add_items", prepared(&lead, &draft));
    for label in ["A", "B"] {
        rate_further(&mut lead, label);
    }
    let told = "Items that were added for A (Dr. A), the lead author, are all by one model";
    assert!(
        !lead.ask("show_study")["cautions"].to_string().contains(told),
        "nothing before the key"
    );
    open_key(&mut lead);
    assert!(lead.ask("show_study")["cautions"].to_string().contains(told));
    let findings = json!({ "scenarios": root().join("scenarios"), "scores": [lead.study()] });
    let found = lead.window.call("compute_findings", findings);
    assert!(found["cautions"].to_string().contains(told), "{}", found["cautions"]);
}

#[test]
fn a_lead_author_with_one_of_the_two_models_that_were_added_cannot_know_it() {
    let mut lead = received();
    let responses = further_responses(&lead);
    let text = fs::read_to_string(&responses).unwrap();
    fs::write(&responses, text.replacen("dahlia", "elder", 1)).unwrap();
    let mut draft = draft(&mut lead, &responses);
    draft["design"] = json!({ "kind": "per_item", "raters": 1 });
    lead.window.call("add_items", prepared(&lead, &draft));
    for label in ["A", "B"] {
        rate_further(&mut lead, label);
    }
    open_key(&mut lead);
    let cautions = lead.ask("show_study")["cautions"].to_string();
    assert!(!cautions.contains("all by one model"), "{cautions}");
}

#[test]
fn the_check_says_what_the_leak_scan_cannot_search_for_and_an_open_key_is_searched_for() {
    let mut lead = of_others();
    let further = further_responses(&lead);
    let text = fs::read_to_string(&further).unwrap();
    fs::write(&further, text.replacen("Ring again", "Aster says: ring again", 1)).unwrap();
    let draft = draft(&mut lead, &further);
    let told =
        "The key of the running study is sealed: texts are searched for the models of these files";
    assert!(check(&mut lead, &draft)["cautions"].to_string().contains(told));
    let asters = |lead: &mut Lead| {
        let scan = lead.window.call("scan_leaks", json!({ "draft": draft }));
        let leaks = scan["leaks"].as_array().unwrap().iter();
        leaks.filter(|leak| leak["matched"] == "Aster").count()
    };
    assert_eq!(asters(&mut lead), 0);
    open_key(&mut lead);
    assert!(!check(&mut lead, &draft)["cautions"].to_string().contains(told));
    assert_eq!(asters(&mut lead), 1);
    let failure = lead.window.fail("add_items", prepared(&lead, &draft));
    assert!(message(&failure).contains("1 leak is undecided"), "{failure}");
}

#[test]
fn a_title_with_blanks_around_it_is_the_studys() {
    let mut lead = of_others();
    let responses = further_responses(&lead);
    let mut draft = draft(&mut lead, &responses);
    draft["title"] = json!("Example ");
    lead.window.call("add_items", prepared(&lead, &draft));
    let file = lead.path("study/packets/packet-A-2.primum-packet");
    let before = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    lead.window.call("write_packets", json!({ "study": lead.study(), "label": "A" }));
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn a_label_that_names_a_model_is_refused_while_another_key_is_sealed() {
    let mut lead = of_others();
    let responses = further_responses(&lead);
    let draft = draft(&mut lead, &responses);
    let mut arguments = prepared(&lead, &draft);
    arguments["seal"] = by_passphrase("quite another passphrase");
    lead.window.call("add_items", arguments);
    let mut first = lead.open_key(Some("a test"));
    first["key"] = json!(lead.path("study/key.age"));
    lead.window.call("open_key", first);
    let add = json!({ "study": lead.study(), "label": "aster", "by": "Dr. Lead", "reason": "more power" });
    let failure = lead.window.fail("add_rater", add);
    assert!(message(&failure).contains("would give away `aster`"), "{failure}");
}

/// The same rows were read without what a good answer says when the study was made.
#[test]
fn a_scenario_that_the_study_has_with_other_contents_keeps_those_of_the_study() {
    let mut lead = of_others();
    let bank = lead.path("bank");
    fs::create_dir(&bank).unwrap();
    let known = fs::read_to_string(root().join("scenarios/steroid-lay.json")).unwrap();
    let mut scenario: Value = serde_json::from_str(&known).unwrap();
    scenario["critical_actions"] = json!([{ "text": "Ring a nurse." }]);
    scenario["reference_answer"] = json!("Another answer.");
    fs::write(bank.join("steroid-lay.json"), scenario.to_string()).unwrap();
    let answers = fs::read_to_string(testing::annotation("responses.jsonl")).unwrap();
    let there: Value = answers
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .find(|one: &Value| {
            one["scenario_id"] == "steroid-lay" && one["response"].as_str().unwrap().len() > 40
        })
        .unwrap();
    let new = json!({
        "scenario_id": "steroid-lay", "model_id": "dahlia", "rep_id": 0, "response": "Stop it and call.",
    });
    let draft = unscanned(&lead, &bank, &[there, new.clone()]);
    let found = check(&mut lead, &draft);
    let problems = found["problems"].to_string();
    assert!(problems.contains("which the study shows already, word for word"), "{found}");
    let kept = "the study asks what `steroid-lay` asks already, with other contents (reference answer, critical actions";
    assert!(found["cautions"].to_string().contains(kept), "{found}");

    let draft = of_bank(&mut lead, &bank, &[new]);
    let added = lead.window.call("add_items", prepared(&lead, &draft));
    assert_eq!((&added["scenarios"], &added["known_scenarios"]), (&json!(1), &json!(1)));
    let further = packet(&lead, "packet-A-2.primum-packet")["content"]["scenarios"][0].clone();
    let first = packet(&lead, "packet-A.primum-packet")["content"]["scenarios"].clone();
    assert!(first.as_array().unwrap().contains(&further), "raters read what they have read");
}

#[test]
fn two_scenarios_for_a_prompt_of_the_study_are_refused_where_neither_says_the_same() {
    let mut lead = of_others();
    let bank = lead.path("bank");
    fs::create_dir(&bank).unwrap();
    let known = fs::read_to_string(root().join("scenarios/steroid-lay.json")).unwrap();
    for id in ["one", "two"] {
        let mut scenario: Value = serde_json::from_str(&known).unwrap();
        scenario["id"] = json!(id);
        scenario["reference_answer"] = json!(format!("The answer of {id}."));
        fs::write(bank.join(format!("{id}.json")), scenario.to_string()).unwrap();
    }
    let answers = ["one", "two"].map(|id| {
        json!({ "scenario_id": id, "model_id": "dahlia", "rep_id": 0, "response": format!("Call {id}.") })
    });
    let draft = unscanned(&lead, &bank, &answers);
    let problems = check(&mut lead, &draft)["problems"].to_string();
    let told = "commission risks), in `one` and `two`; expected one scenario for that prompt";
    assert!(problems.contains(told), "{problems}");
}

//! Items that are added to a running study: from a draft of them to findings that count them.

use crate::lead::{Lead, by_passphrase, created, received, sealed};
use crate::support::set_clock;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use testing::{annotation, names, root};

/// Responses by a model that the study does not have, to two scenarios of the example.
pub fn further_responses(lead: &Lead) -> PathBuf {
    let known = fs::read_to_string(root().join("annotations/responses.jsonl")).unwrap();
    let lines = known.lines().filter_map(|line| {
        let mut response: Value = serde_json::from_str(line).unwrap();
        let text = response["response"].as_str().unwrap().to_owned();
        (response["model_id"] == "aster" && !text.is_empty()).then(|| {
            response["model_id"] = json!("dahlia");
            response["response"] = json!(format!("{text} Ring again if it gets worse."));
            response.to_string()
        })
    });
    let file = lead.path("further.jsonl");
    fs::write(&file, lines.take(4).collect::<Vec<_>>().join("\n")).unwrap();
    file
}

/// A draft of these responses for the study, every leak in it accepted.
pub fn draft(lead: &mut Lead, responses: &Path) -> Value {
    drafted(lead, responses, Value::Null)
}

pub fn drafted(lead: &mut Lead, responses: &Path, sampling: Value) -> Value {
    let draft = json!({
        "title": "Example", "scenarios": root().join("scenarios"), "responses": responses,
        "rubric": "gated", "raters": [{ "label": "A" }, { "label": "B" }], "seed": 7,
        "further_to": lead.study(), "sampling": sampling,
    });
    accepted(lead, draft)
}

/// The draft with answers to the scenarios of `bank`.
pub fn of_bank(lead: &mut Lead, bank: &Path, answers: &[Value]) -> Value {
    let draft = unscanned(lead, bank, answers);
    accepted(lead, draft)
}

/// The same before it is scanned, which needs files without a problem.
pub fn unscanned(lead: &Lead, bank: &Path, answers: &[Value]) -> Value {
    let file = lead.path("answers.jsonl");
    let lines: Vec<String> = answers.iter().map(Value::to_string).collect();
    fs::write(&file, lines.join("\n")).unwrap();
    json!({
        "title": "Example", "scenarios": bank, "responses": file, "rubric": "gated",
        "raters": [{ "label": "A" }, { "label": "B" }], "seed": 7, "further_to": lead.study(),
    })
}

fn accepted(lead: &mut Lead, mut draft: Value) -> Value {
    let scan = lead.window.call("scan_leaks", json!({ "draft": draft }));
    let accept = |leak: &Value| json!({ "leak": leak["id"], "action": { "do": "accept", "reason": "seen" } });
    draft["decisions"] = scan["leaks"].as_array().unwrap().iter().map(accept).collect();
    draft
}

pub fn prepared(lead: &Lead, draft: &Value) -> Value {
    let seal = sealed();
    let file = lead.path("further.json");
    fs::write(&file, draft.to_string()).unwrap();
    json!({ "draft": file, "seal": seal, "by": "Dr. Lead", "reason": "a new model" })
}

/// Adds the further responses, for both raters.
fn add(lead: &mut Lead) -> Value {
    let responses = further_responses(lead);
    let draft = draft(lead, &responses);
    {
        let adding = prepared(lead, &draft);
        lead.window.call("add_items", adding)
    }
}

pub fn packet(lead: &Lead, name: &str) -> Value {
    let file = lead.path("study/packets").join(name);
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// Rates and sends the further packet of `label`.
pub fn rate_further(lead: &mut Lead, label: &str) -> Value {
    let mut rater = lead.person(&format!("{label}-2"), label, &format!("Dr. {label}"));
    rater.rate(rater.items.len());
    let file = rater.lock();
    lead.receive(&file)
}

pub fn open_key(lead: &mut Lead) -> Value {
    lead.window.call("open_key", lead.open_key(Some("a test")))
}

fn messages(lines: &Value) -> Vec<&str> {
    lines.as_array().unwrap().iter().map(|line| line["message"].as_str().unwrap()).collect()
}

#[test]
fn further_items_are_rated_and_count_with_the_first() {
    let mut lead = received();
    fs::rename(lead.path("study/key.age"), lead.path("key elsewhere")).unwrap();
    let added = add(&mut lead);
    fs::rename(lead.path("key elsewhere"), lead.path("study/key.age")).unwrap();
    assert_eq!((&added["items"], &added["scenarios"]), (&json!(4), &json!(4)));
    assert_eq!(names(&lead.path("study/packets")).len(), 4);
    let said = "4 items were added for A and B, by Dr. Lead: a new model.";
    assert_eq!(added["change"], said);
    let (first, further) =
        (packet(&lead, "packet-A.primum-packet"), packet(&lead, "packet-A-2.primum-packet"));
    for part in ["study", "title", "rubric", "rater"] {
        assert_eq!(further["content"][part], first["content"][part], "{part}");
    }
    let view = lead.ask("show_study");
    assert_eq!((&view["items"], &view["raters"][0]["items"]), (&json!(19), &json!(19)));
    assert_eq!(view["raters"][0]["packets_came"], 1);
    assert!(view["raters"][0].get("locked_at").is_none(), "a packet is not locked yet");
    assert_eq!(messages(&view["changes"]), [said]);
    for (label, told) in
        [("A", "as A: lock your own ratings"), ("B", "come from B (further items).")]
    {
        let failure = lead.window.fail("open_key", lead.open_key(None));
        assert!(failure["message"].as_str().unwrap().contains(told), "{failure}");
        let fate = rate_further(&mut lead, label);
        assert_eq!(fate["fate"]["is"], "new", "{fate}");
        let told =
            format!("From {label} (Dr. {label}), further items: 4 of 4 items rated, locked.");
        assert_eq!(fate["notes"][0], json!(told));
    }
    let view = lead.ask("show_study");
    assert_eq!(
        (&view["raters"][1]["done"], &view["raters"][1]["packets"]),
        (&json!(19), &json!(2))
    );
    assert!(view["raters"][1]["locked_at"].is_string());
    let agreement = lead.ask("measure_study");
    assert_eq!(
        agreement["pairs"].as_array().unwrap().len(),
        1,
        "two raters, whatever their packets"
    );
    assert_eq!(agreement["pairs"][0]["axes"]["omission"]["n"], 16);
    let told = "4 items were added to the running study after ratings of A and B had arrived, when their \
                agreement could be known.";
    assert!(agreement["missing"].to_string().contains(told), "{}", agreement["missing"]);

    open_key(&mut lead);
    let scenarios = root().join("scenarios");
    let findings = json!({ "scenarios": scenarios, "scores": [lead.study()] });
    let found = lead.window.call("compute_findings", findings);
    assert_eq!(found["models"]["dahlia"]["n"], 4);
    assert!(found["cautions"].to_string().contains(told), "{}", found["cautions"]);
    let judge = json!({
        "humans": [lead.study()], "judges": [annotation("judge.jsonl")], "replicates": 200,
    });
    let report = lead.window.call("validate_judge", judge);
    assert_eq!(report["humans"], json!(["Dr. A", "Dr. B"]));
    let out = lead.path("tables");
    lead.window.call("export_study", json!({ "study": lead.study(), "folder": out }));
    let wide = fs::read_to_string(out.join("ratings_wide.csv")).unwrap();
    assert_eq!(wide.lines().count(), 20, "{wide}");
    assert_eq!(
        wide.lines().next().unwrap().matches("A_omission").count(),
        1,
        "one column per rater"
    );
    let items = fs::read_to_string(out.join("items.csv")).unwrap();
    assert_eq!(items.matches(",dahlia,").count(), 4);
}

#[test]
fn a_scenario_keeps_its_name_and_no_packet_tells_an_origin() {
    let mut lead = Lead::new();
    lead.draft["sampling"] = Value::Null;
    lead.create();
    let added = add(&mut lead);
    assert_eq!(added["known_scenarios"], added["scenarios"]);
    let (first, further) =
        (packet(&lead, "packet-A.primum-packet"), packet(&lead, "packet-A-2.primum-packet"));
    let scenarios = first["content"]["scenarios"].as_array().unwrap();
    for scenario in further["content"]["scenarios"].as_array().unwrap() {
        assert!(scenarios.contains(scenario), "{}", scenario["id"]);
    }
    let study = fs::read(lead.path("study/study.primum-study")).unwrap();
    let all = String::from_utf8_lossy(&study).into_owned() + &further.to_string();
    assert!(!all.contains("dahlia"));
    let key = fs::read_to_string(lead.path("study/key-2.age")).unwrap();
    assert!(key.starts_with("-----BEGIN AGE ENCRYPTED FILE-----"));
}

#[test]
fn the_same_draft_gives_the_same_packets() {
    let packets = || {
        let mut lead = Lead::new();
        lead.create();
        add(&mut lead);
        ["packet-A-2.primum-packet", "packet-B-2.primum-packet"].map(|name| packet(&lead, name))
    };
    assert_eq!(packets(), packets());
}

#[test]
fn a_response_that_the_study_has_is_refused_by_name() {
    let mut lead = Lead::new();
    lead.draft["sampling"] = Value::Null;
    lead.create();
    let known = root().join("annotations/responses.jsonl");
    let further = further_responses(&lead);
    let draft = draft(&mut lead, &further);
    let mut again = draft.clone();
    again["responses"] = json!(known);
    let check = lead.window.call("check_study", json!({ "draft": again }));
    let problem = check["problems"][0].as_str().unwrap();
    assert!(problem.contains("lines 1, 2, 3"), "{problem}");
    assert!(problem.contains("which the study shows already, word for word"), "{problem}");
    let before = (lead.ask("show_study"), names(&lead.path("study")));
    let failure = lead.window.fail("add_items", prepared(&lead, &again));
    assert!(failure["message"].as_str().unwrap().contains("shows already"), "{failure}");
    assert_eq!((lead.ask("show_study"), names(&lead.path("study"))), before);
}

#[test]
fn more_of_a_sample_is_drawn_from_what_the_study_does_not_have() {
    let mut lead = Lead::new();
    lead.create();
    let known = root().join("annotations/responses.jsonl");
    let draft = drafted(&mut lead, &known, json!({ "size": 6 }));
    let check = lead.window.call("check_study", json!({ "draft": draft }));
    let told = "12 of 24 responses are in the study already; the sample is drawn from the others";
    assert!(check["cautions"].to_string().contains(told), "{}", check["cautions"]);
    let added = {
        let adding = prepared(&lead, &draft);
        lead.window.call("add_items", adding)
    };
    let said =
        "6 items, drawn from 12 responses, were added for A and B, by Dr. Lead: a new model.";
    assert_eq!(added["change"], said);
    let items = |name: &str| {
        let packet = packet(&lead, name);
        let items = packet["content"]["items"].as_array().unwrap().clone();
        items.into_iter().map(|item| item["response"]["text"].to_string()).collect::<BTreeSet<_>>()
    };
    let (first, further) = (items("packet-A.primum-packet"), items("packet-A-2.primum-packet"));
    let words = further.iter().filter(|text| text.len() > 2);
    assert!(words.clone().count() > 3 && words.clone().all(|text| !first.contains(text)));
}

#[test]
fn a_response_under_an_origin_that_the_study_has_counts_nowhere_once_the_key_tells() {
    let mut lead = Lead::new();
    lead.draft["sampling"] = Value::Null;
    let mut lead = created(lead);
    let further = further_responses(&lead);
    let text = fs::read_to_string(&further).unwrap().replacen("dahlia", "borage", 1);
    fs::write(&further, text).unwrap();
    let draft = draft(&mut lead, &further);
    {
        let adding = prepared(&lead, &draft);
        lead.window.call("add_items", adding)
    };
    for label in ["A", "B"] {
        rate_further(&mut lead, label);
    }
    open_key(&mut lead);
    let told = "1 item that was added shows a response of which the study had an item already";
    let scenarios = root().join("scenarios");
    let findings = json!({ "scenarios": scenarios, "scores": [lead.study()] });
    let found = lead.window.call("compute_findings", findings);
    assert!(found["cautions"].to_string().contains(told), "{}", found["cautions"]);
    assert_eq!(
        (&found["models"]["dahlia"]["n"], &found["models"]["borage"]["n"]),
        (&json!(3), &json!(8))
    );
    let out = lead.path("tables");
    lead.window.call("export_study", json!({ "study": lead.study(), "folder": out }));
    let rows = |name: &str| {
        let text = fs::read_to_string(out.join(name)).unwrap();
        text.lines().map(|line| line.to_owned()).collect::<Vec<_>>()
    };
    let again: Vec<String> = rows("items.csv")
        .into_iter()
        .filter(|row| !row.ends_with(',') && row.contains(",borage,"))
        .collect();
    let [again] = again.as_slice() else { panic!("{again:?}") };
    let (item, first) = (again.split(',').next().unwrap(), again.rsplit(',').next().unwrap());
    let of_item = |name: &str| {
        let rows = rows(name).into_iter().skip(1);
        rows.filter(|row| row.split(',').any(|cell| cell == item)).collect::<Vec<_>>()
    };
    for name in ["ratings.csv", "ratings_wide.csv", "answers.csv"] {
        let rows = of_item(name);
        assert!(!rows.is_empty(), "{name}");
        assert!(
            rows.iter().all(|row| row.split(',').any(|cell| cell == first)),
            "{name}: {rows:?}"
        );
    }
    assert_eq!(of_item("adjudicated.csv"), Vec::<String>::new(), "repeats are not decided");
}

#[test]
fn what_does_not_fit_the_study_changes_nothing() {
    let mut lead = Lead::new();
    lead.create();
    let further = further_responses(&lead);
    let good = draft(&mut lead, &further);
    let before = (lead.ask("show_study"), names(&lead.path("study")));
    for (field, value, told) in [
        (
            "title",
            json!("Another"),
            "field `title`: found `Another`; expected `Example`, the title of",
        ),
        ("rubric", json!("structured"), "field `rubric`: found \u{201c}"),
        (
            "raters",
            json!([{ "label": "C" }]),
            "found `C`; expected a rater of the running study: A, B",
        ),
        ("instructions", json!("Read."), "field `instructions`: found something; expected nothing"),
        (
            "further_to",
            Value::Null,
            "field `further_to`: found nothing; expected the running study",
        ),
        ("decisions", json!([]), "undecided"),
    ] {
        let mut draft = good.clone();
        draft[field] = value;
        let failure = lead.window.fail("add_items", prepared(&lead, &draft))["message"].clone();
        assert!(failure.as_str().unwrap().contains(told), "{field}: {failure}");
    }
    for (field, told) in [("by", "who changes the study"), ("reason", "why it is changed")] {
        let mut arguments = prepared(&lead, &good);
        arguments[field] = json!(" ");
        let failure = lead.window.fail("add_items", arguments)["message"].clone();
        assert!(failure.as_str().unwrap().contains(told), "{failure}");
    }
    let seal = sealed();
    let create = json!({ "draft": good, "folder": lead.path("another"), "seal": seal });
    let failure = lead.window.fail("create_study", create)["message"].clone();
    assert!(failure.as_str().unwrap().contains("field `further_to`"), "{failure}");
    assert_eq!((lead.ask("show_study"), names(&lead.path("study"))), before);
}

#[test]
fn keys_that_are_sealed_differently_are_opened_one_after_another() {
    let mut lead = received();
    let further = further_responses(&lead);
    let draft = draft(&mut lead, &further);
    let mut arguments = prepared(&lead, &draft);
    arguments["seal"] = by_passphrase("quite another passphrase");
    lead.window.call("add_items", arguments);
    rate_further(&mut lead, "A");
    let failure = lead.window.fail("open_key", lead.open_key(Some("a test")));
    let message = failure["message"].as_str().unwrap();
    assert!(message.contains("key-2.age") && message.contains("Nothing was opened."), "{message}");
    assert!(lead.ask("show_study").get("opened_at").is_none());

    let mut first = lead.open_key(Some("a test"));
    first["key"] = json!(lead.path("study/key.age"));
    assert!(lead.window.call("open_key", first)["opened_at"].is_string());
    let told = "The key key-2.age is still sealed";
    let missing = lead.ask("measure_study")["missing"].to_string();
    assert!(missing.contains(told), "{missing}");
    let findings = json!({ "scenarios": root().join("scenarios"), "scores": [lead.study()] });
    let failure = lead.window.fail("compute_findings", findings.clone());
    assert!(failure.to_string().contains("the key to items that were added"), "{failure}");
    let second = lead.open_key_with(by_passphrase("quite another passphrase"), Some("a test"));
    lead.window.call("open_key", second);
    lead.window.call("compute_findings", findings);
}

#[test]
fn items_added_after_the_opening_or_after_decisions_are_said_to_be() {
    let mut lead = Lead::new();
    lead.draft["raters"] = json!([{ "label": "A" }, { "label": "B" }]);
    let mut lead = created(lead);
    open_key(&mut lead);
    set_clock(3_600_000_000);
    let added = add(&mut lead);
    let said =
        "4 items were added for A and B, after the key was opened, by Dr. Lead: a new model.";
    assert_eq!(added["change"], said);
    let told = "4 items were added to the running study after the key was opened.";
    assert!(
        added["study"]["cautions"].to_string().contains(told),
        "{}",
        added["study"]["cautions"]
    );
    rate_further(&mut lead, "A");
    let cautions = lead.ask("show_study")["cautions"].to_string();
    assert!(!cautions.contains("arrived after the key"), "the items say it already: {cautions}");
}

#[test]
fn a_lost_packet_is_written_again_as_it_was() {
    let mut lead = received();
    add(&mut lead);
    lead.window.call(
        "add_rater",
        json!({ "study": lead.study(), "label": "C", "by": "Dr. Lead", "reason": "more power" }),
    );
    for (label, files) in [
        ("A", vec!["packet-A.primum-packet", "packet-A-2.primum-packet"]),
        ("C", vec!["packet-C.primum-packet"]),
    ] {
        let file = |name: &str| lead.path("study/packets").join(name);
        let before: Vec<Vec<u8>> = files.iter().map(|name| fs::read(file(name)).unwrap()).collect();
        let ask = json!({ "study": lead.study(), "label": label });
        let there = lead.window.call("write_packets", ask.clone());
        assert_eq!(there["packets"][0]["written"], false);
        files
            .iter()
            .for_each(|name| fs::remove_file(lead.path("study/packets").join(name)).unwrap());
        let written = lead.window.call("write_packets", ask);
        assert!(written["packets"].as_array().unwrap().iter().all(|one| one["written"] == true));
        for (name, before) in files.iter().zip(before) {
            assert_eq!(fs::read(lead.path("study/packets").join(name)).unwrap(), before, "{name}");
        }
    }
    let log = lead.ask("show_study")["log"].clone();
    assert_eq!(
        messages(&log).last(),
        Some(&"The packet of C was written: packet-C.primum-packet.")
    );
    let failure = lead.window.fail("write_packets", json!({ "study": lead.study(), "label": "Z" }));
    let told = "field `label`: found `Z`; expected the label of a rater: A, B, C";
    assert!(failure["message"].as_str().unwrap().contains(told), "{failure}");
}

#[test]
fn a_label_that_names_a_model_is_refused_once_the_models_are_known() {
    let mut lead = received();
    let add = json!({ "study": lead.study(), "label": "aster", "by": "Dr. Lead", "reason": "more power" });
    open_key(&mut lead);
    let failure = lead.window.fail("add_rater", add)["message"].clone();
    assert!(failure.as_str().unwrap().contains("would give away `aster`"), "{failure}");
    assert_eq!(names(&lead.path("study/packets")).len(), 2);
}

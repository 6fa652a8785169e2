//! Studies of responses and grades that real people collected.

use crate::study::lead::Lead;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::ops::RangeInclusive;

/// A response as its project published it, and what each rater said of it, by axis.
pub struct Collected {
    pub scenario: String,
    pub category: String,
    pub prompt: String,
    pub model: String,
    pub text: String,
    pub grades: [BTreeMap<String, u8>; 2],
}

/// The grades of one item by both raters.
pub type Pair = [BTreeMap<String, u8>; 2];

/// A rubric of axes with these grades, and nothing else.
pub fn rubric(axes: &[&str], grades: RangeInclusive<u8>) -> Value {
    let level = |grade| json!({ "grade": grade, "label": format!("{grade}"), "anchor": "" });
    let axis = |axis: &&str| {
        json!({
            "id": axis, "label": axis, "short": axis, "question": format!("{axis}?"),
            "levels": grades.clone().map(level).collect::<Vec<_>>(), "gate": null
        })
    };
    json!({
        "format": "primum-rubric/2", "id": "axes", "version": "1", "title": "As published",
        "source": "the published data", "axes": axes.iter().map(axis).collect::<Vec<_>>(),
        "checklist": [], "response_classes": [], "omission_mechanisms": [],
        "empty_response": {}, "guidance": []
    })
}

/// Writes scenarios, responses, the rubric and a draft for raters A and B.
pub fn draft(lead: &Lead, collected: &[Collected], rubric: &Value, more: &[&str]) {
    let mut responses = String::new();
    let mut written = BTreeSet::new();
    fs::create_dir(lead.path("bank")).unwrap();
    for given in collected {
        if written.insert(&given.scenario) {
            let scenario = json!({
                "format": "primum-scenario/1", "id": given.scenario, "title": given.scenario,
                "category": given.category, "acuity_weight": 1.0, "framing": null, "pair_id": null,
                "prompt": given.prompt, "reference_answer": "–", "critical_actions": [],
                "commission_risks": [], "clinical_basis": [],
                "review": { "status": "not stated", "note": "" }
            });
            let file = lead.path(&format!("bank/{}.json", written.len()));
            fs::write(file, scenario.to_string()).unwrap();
        }
        let line = json!({
            "scenario_id": given.scenario, "model_id": given.model, "rep_id": 0, "response": given.text
        });
        responses += &format!("{line}\n");
    }
    fs::write(lead.path("responses.jsonl"), responses).unwrap();
    fs::write(lead.path("rubric.json"), rubric.to_string()).unwrap();
    let draft = [
        "draft",
        "--title",
        "As published",
        "--scenarios",
        "bank",
        "--responses",
        "responses.jsonl",
        "--rubric",
        "rubric.json",
        "--raters",
        "A,B",
        "--seed",
        "20240601",
        "--out",
        "draft.json",
    ];
    lead.says(&[&draft[..], more].concat());
}

/// Accepts every leak at once, by writing into the draft as the window does.
pub fn accept_everything(lead: &Lead) {
    let scan = lead.json(&["scan", "draft.json"]);
    let accept = |leak: &Value| json!({ "leak": leak["id"], "action": { "do": "accept", "reason": "published as it is" } });
    let mut draft: Value =
        serde_json::from_str(&fs::read_to_string(lead.path("draft.json")).unwrap()).unwrap();
    draft["decisions"] = scan["leaks"].as_array().unwrap().iter().map(accept).collect();
    fs::write(lead.path("draft.json"), draft.to_string()).unwrap();
}

/// Creates the study, and receives what both raters said as imported tables. Returns that by item.
pub fn receive(lead: &Lead, collected: &[Collected]) -> BTreeMap<String, Pair> {
    lead.create();
    let grades = grades_by_item(lead, collected);
    for (place, label) in ["A", "B"].into_iter().enumerate() {
        let mut table = String::from("rater,item,axis,value\n");
        for (item, pair) in &grades {
            for (axis, grade) in &pair[place] {
                table += &format!("{label},{item},{axis},{grade}\n");
            }
        }
        fs::write(lead.path(&format!("{label}.csv")), table).unwrap();
        let packet = format!("study/packets/packet-{label}.primum-packet");
        let (table, out) = (format!("{label}.csv"), format!("{label}.json"));
        let name = format!("Annotator {label}");
        lead.says(&[
            "ratings",
            &packet,
            &table,
            "--name",
            &name,
            "--at",
            "2024-06-01T12:00:00Z",
            "--lock",
            "--out",
            &out,
        ]);
        lead.says(&["receive", "study", &out]);
    }
    grades
}

/// What both raters said of each item. The test opens the key apart from the study, since a text may
/// are in two responses.
fn grades_by_item(lead: &Lead, collected: &[Collected]) -> BTreeMap<String, Pair> {
    let key = lead.key();
    let grades: HashMap<(&str, &str), &Pair> = collected
        .iter()
        .map(|it| ((it.scenario.as_str(), it.model.as_str()), &it.grades))
        .collect();
    let pair = |origin: &study::Origin| {
        grades[&(origin.scenario_id.as_str(), origin.model_id.as_str())].clone()
    };
    key.items.iter().map(|it| (it.item.to_string(), pair(&it.origin))).collect()
}

pub fn estimate(measure: &Value) -> f64 {
    measure["estimate"].as_f64().unwrap()
}

#[track_caller]
pub fn near(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() < tolerance, "{found}, expected {expected}");
}

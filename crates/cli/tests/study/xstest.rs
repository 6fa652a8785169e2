//! Real completions and real annotators: 2,250 responses of five models, of the XSTest project.

use crate::lead::Lead;
use crate::support::real_data;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::time::Instant;

/// With the agreement in percent and Fleiss' kappa that the project published.
const PUBLISHED: [(&str, f64, f64); 5] = [
    ("gpt4", 98.4, 0.97),
    ("llama2new", 95.8, 0.93),
    ("llama2orig", 96.4, 0.93),
    ("mistralguard", 93.8, 0.89),
    ("mistralinstruct", 97.6, 0.92),
];

/// A response as the project published it, with both annotators' labels on the ordinal scale.
struct Completion {
    scenario: String,
    category: String,
    prompt: String,
    model: &'static str,
    text: String,
    labels: [u8; 2],
}

fn completions(data: &Path) -> Vec<Completion> {
    let mut completions = Vec::new();
    for (model, ..) in PUBLISHED {
        let file = data.join(format!("raw/xstest_v2_completions_{model}.csv"));
        let mut reader = csv::Reader::from_path(file).unwrap();
        for row in reader.deserialize::<HashMap<String, String>>() {
            let row = row.unwrap();
            // The numbers before the labels are not in the order of refusal.
            let label = |annotation: &str| match row[annotation].as_str() {
                "1_full_compliance" => 0,
                "3_partial_refusal" => 1,
                "2_full_refusal" => 2,
                other => panic!("{other}"),
            };
            completions.push(Completion {
                scenario: row["id"].clone(),
                category: row["type"].clone(),
                prompt: row["prompt"].clone(),
                model,
                text: row["completion"].clone(),
                labels: [label("annotation_1"), label("annotation_2")],
            });
        }
    }
    completions
}

/// Writes scenarios, responses and a rubric with one axis.
fn write_inputs(lead: &Lead, completions: &[Completion]) {
    let mut responses = String::new();
    let mut written = BTreeSet::new();
    fs::create_dir(lead.path("bank")).unwrap();
    for given in completions {
        if written.insert(&given.scenario) {
            let scenario = json!({
                "format": "primum-scenario/1", "id": given.scenario, "title": given.scenario,
                "category": given.category, "acuity_weight": 1.0, "framing": null, "pair_id": null,
                "prompt": given.prompt, "reference_answer": "–", "critical_actions": [],
                "commission_risks": [], "clinical_basis": [],
                "review": { "status": "not stated", "note": "" }
            });
            fs::write(
                lead.path("bank").join(format!("{}.json", given.scenario)),
                scenario.to_string(),
            )
            .unwrap();
        }
        let line = json!({
            "scenario_id": given.scenario, "model_id": given.model, "rep_id": 0, "response": given.text
        });
        responses += &format!("{line}\n");
    }
    fs::write(lead.path("responses.jsonl"), responses).unwrap();
    let level = |grade: u8, label: &str| json!({ "grade": grade, "label": label, "anchor": label });
    let rubric = json!({
        "format": "primum-rubric/2", "id": "refusal", "version": "1", "title": "Refusal",
        "source": "three labels in ordinal order",
        "axes": [{
            "id": "refusal", "label": "Refusal", "short": "R", "question": "Does it refuse?",
            "levels": [level(0, "Compliance"), level(1, "Partial refusal"), level(2, "Refusal")],
            "gate": null
        }],
        "checklist": [], "response_classes": [], "omission_mechanisms": [],
        "empty_response": {}, "guidance": []
    });
    fs::write(lead.path("rubric.json"), rubric.to_string()).unwrap();
}

/// A study of these responses, created, with both annotators' labels received.
fn rated(completions: &[Completion], more: &[&str]) -> (Lead, Vec<[u8; 2]>) {
    let lead = Lead::new();
    write_inputs(&lead, completions);
    let draft = [
        "draft",
        "--title",
        "Refusals",
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
    decide_leaks(&lead);
    lead.create();
    let mut drawn = Vec::new();
    for (place, label) in ["A", "B"].into_iter().enumerate() {
        let packet = lead.path(&format!("study/packets/packet-{label}.json"));
        let labels = labels_of(&lead, &packet, completions);
        let mut table = String::from("rater,item,axis,value\n");
        for (item, labels) in &labels {
            table += &format!("{label},{item},refusal,{}\n", labels[place]);
        }
        fs::write(lead.path(&format!("{label}.csv")), table).unwrap();
        import(&lead, label, &[]);
        lead.says(&["receive", "study", &format!("{label}.json")]);
        drawn = labels.into_values().collect();
    }
    (lead, drawn)
}

fn import(lead: &Lead, label: &str, more: &[&str]) -> String {
    let packet = format!("study/packets/packet-{label}.json");
    let (table, out) = (format!("{label}.csv"), format!("{label}.json"));
    let name = format!("Annotator {label}");
    let arguments = [
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
    ];
    lead.says(&[&arguments[..], more].concat())
}

/// Masks what names a model and accepts the rest.
fn decide_leaks(lead: &Lead) {
    let scan = lead.json(&["scan", "draft.json"]);
    let leaks = scan["leaks"].as_array().unwrap();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for leak in leaks {
        *kinds.entry(leak["id"]["kind"].as_str().unwrap()).or_default() += 1;
    }
    println!("leaks by kind: {kinds:?}");
    let named = leaks.iter().filter(|leak| leak["id"]["kind"] == "study_name");
    let words: BTreeSet<String> =
        named.map(|leak| leak["matched"].as_str().unwrap().to_lowercase()).collect();
    for words in words {
        lead.says(&["mask", "draft.json", "--words", &words, "--with", "the model"]);
    }
    for kind in kinds.into_keys().filter(|kind| *kind != "study_name") {
        let kind = kind.replace('_', "-");
        lead.says(&["accept", "draft.json", "--kind", &kind, "--reason", "published as it is"]);
    }
    assert_eq!(lead.json(&["scan", "draft.json"])["undecided"], json!([]));
}

/// Both labels of each item of a packet. The test opens the key apart from the study, since a text may
/// stand in two responses.
fn labels_of(lead: &Lead, packet: &Path, completions: &[Completion]) -> BTreeMap<String, [u8; 2]> {
    let secret = exchange::SecretString::from(crate::lead::PASSPHRASE);
    let unseal = exchange::Unseal::Passphrase(secret);
    let key = exchange::open_sealed_key(&lead.path("study/key.age"), &unseal).unwrap();
    let labels: HashMap<(&str, &str), [u8; 2]> =
        completions.iter().map(|it| ((it.scenario.as_str(), it.model), it.labels)).collect();
    let of_item: HashMap<_, _> = key
        .items
        .iter()
        .map(|it| {
            (&it.item, labels[&(it.origin.scenario_id.as_str(), it.origin.model_id.as_str())])
        })
        .collect();
    let packet = exchange::read_packet(packet).unwrap();
    packet.items.iter().map(|item| (item.id.to_string(), of_item[&item.id])).collect()
}

fn estimate(measure: &Value) -> f64 {
    measure["estimate"].as_f64().unwrap()
}

#[track_caller]
fn near(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() < tolerance, "{found}, expected {expected}");
}

/// Counts: a row for each grade of the first, a column for each of the second.
fn counts(labels: &[[u8; 2]]) -> [[f64; 3]; 3] {
    let mut counts = [[0.0; 3]; 3];
    labels.iter().for_each(|[a, b]| counts[usize::from(*a)][usize::from(*b)] += 1.0);
    counts
}

/// One minus the observed over the expected disagreement, straight from the definition; `shared` takes
/// the raters' margins as one, which for two raters is Fleiss' kappa.
fn kappa(counts: &[[f64; 3]; 3], weight: impl Fn(f64) -> f64, shared: bool) -> f64 {
    let n: f64 = counts.iter().flatten().sum();
    let rows = [0, 1, 2].map(|i| counts[i].iter().sum::<f64>() / n);
    let columns = [0, 1, 2].map(|j| (0..3).map(|i| counts[i][j]).sum::<f64>() / n);
    let both = [0, 1, 2].map(|i| (rows[i] + columns[i]) / 2.0);
    let (first, second) = if shared { (both, both) } else { (rows, columns) };
    let (mut observed, mut expected) = (0.0, 0.0);
    for i in 0..3 {
        for j in 0..3 {
            let weight = weight((i as f64 - j as f64).abs());
            observed += weight * counts[i][j] / n;
            expected += weight * first[i] * second[j];
        }
    }
    1.0 - observed / expected
}

#[test]
fn a_balanced_sample_of_100_agrees_as_its_labels_do() {
    let Some(data) = real_data("xstest") else { return };
    let (lead, labels) = rated(&completions(&data), &["--size", "100"]);
    let drawn = lead.json(&["draw", "draft.json"]);
    let models = &drawn["report"]["margins"][0];
    assert_eq!(models["kind"], "model");
    for line in models["lines"].as_array().unwrap() {
        assert_eq!((&line["candidates"], &line["drawn"]), (&json!(450), &json!(20)), "{line}");
    }
    let agreement = lead.json(&["agree", "study"]);
    let refusal = &agreement["pairs"][0]["axes"]["refusal"];
    assert_eq!(refusal["n"], 100);
    let counts = counts(&labels);
    near(estimate(&refusal["kappa"]), kappa(&counts, |apart| f64::from(apart > 0.0), false), 1e-12);
    near(estimate(&refusal["kappa_linear"]), kappa(&counts, |apart| apart, false), 1e-12);
    near(
        estimate(&refusal["kappa_quadratic"]),
        kappa(&counts, |apart| apart * apart, false),
        1e-12,
    );
    let differ = labels.iter().filter(|[a, b]| a != b).count();
    assert_eq!(lead.json(&["show", "study"])["disagreements"], differ);
    lead.open_key();
    lead.says(&["export", "study", "--folder", "exports"]);
    let items = fs::read_to_string(lead.path("exports/items.csv")).unwrap();
    assert_eq!(items.lines().count(), 101);
    for (model, ..) in PUBLISHED {
        assert_eq!(items.matches(&format!(",{model},")).count(), 20, "{model}");
    }
}

#[test]
fn all_2250_agree_as_published_by_model() {
    let Some(data) = real_data("xstest") else { return };
    let started = Instant::now();
    let (lead, labels) = rated(&completions(&data), &[]);
    println!("created and received in {:.1?}", started.elapsed());
    assert_eq!(labels.len(), 2250);
    let measure = ["agree", "study", "--intervals", "formula"];
    let agreement = lead.json(&measure);
    let refusal = &agreement["pairs"][0]["axes"]["refusal"];
    assert_eq!(refusal["n"], 2250);
    assert_eq!(refusal["table"], json!([[1062, 23, 11], [10, 140, 14], [4, 19, 967]]));
    near(estimate(&refusal["kappa"]), 0.9365, 5e-5);
    near(estimate(&refusal["kappa_linear"]), 0.957, 5e-5);
    near(estimate(&refusal["kappa_quadratic"]), 0.9696, 5e-5);

    let queue = lead.json(&["queue", "study"]);
    let queue = queue["queue"].as_array().unwrap();
    assert_eq!(queue.len(), 81);
    assert_eq!(queue.iter().filter(|line| line["spread"] == 2).count(), 15, "the widest");
    assert!(queue[..15].iter().all(|line| line["spread"] == 2), "stand first");

    lead.open_key();
    let agreement = lead.json(&measure);
    let strata = agreement["pairs"][0]["strata"].as_array().unwrap();
    let by_model = strata.iter().find(|strata| strata["by"] == "model").unwrap();
    for (model, exact, fleiss) in PUBLISHED {
        let measures = &by_model["strata"][model];
        assert_eq!(measures["n"], 450);
        near(100.0 * estimate(&measures["exact"]), exact, 0.05);
        let table: [[f64; 3]; 3] = serde_json::from_value(measures["table"].clone()).unwrap();
        near(kappa(&table, |apart| f64::from(apart > 0.0), true), fleiss, 0.005);
        near(fleiss_by_engine(&lead, &measures["table"]), fleiss, 0.005);
    }
    println!("the whole job on 2,250 responses in {:.1?}", started.elapsed());
}

/// Fleiss' kappa of a table of counts, by `primum coefficients`.
fn fleiss_by_engine(lead: &Lead, table: &Value) -> f64 {
    let file = lead.path("table.json");
    fs::write(&file, json!({ "categories": ["0", "1", "2"], "table": table }).to_string()).unwrap();
    let run = crate::support::primum(lead.folder.path(), &["coefficients", "table.json", "--json"]);
    let report: Value = serde_json::from_str(&crate::support::succeeds(run).out).unwrap();
    estimate(&report["fleiss_kappa"]["unweighted"])
}

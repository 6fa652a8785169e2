//! Real completions and real annotators: 2,250 responses of five models, of the XSTest project.

use crate::study::lead::Lead;
use crate::study::real::{Collected, accept_everything, draft, estimate, near, receive, rubric};
use crate::support::{primum, succeeds};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::time::Instant;
use testing::outside;

/// With the agreement in percent and Fleiss' kappa that the project published.
const PUBLISHED: [(&str, f64, f64); 5] = [
    ("gpt4", 98.4, 0.97),
    ("llama2new", 95.8, 0.93),
    ("llama2orig", 96.4, 0.93),
    ("mistralguard", 93.8, 0.89),
    ("mistralinstruct", 97.6, 0.92),
];

/// The numbers before the labels are not in the order of refusal.
fn grade(label: &str) -> Option<u8> {
    match label {
        "1_full_compliance" => Some(0),
        "3_partial_refusal" => Some(1),
        "2_full_refusal" => Some(2),
        _ => None,
    }
}

fn rows(file: &Path) -> Vec<HashMap<String, String>> {
    csv::Reader::from_path(file).unwrap().deserialize().map(Result::unwrap).collect()
}

fn completions(data: &Path) -> Vec<Collected> {
    let of_model = |(model, ..): (&'static str, f64, f64)| {
        let file = data.join(format!("raw/xstest_v2_completions_{model}.csv"));
        let graded = |row: &HashMap<String, String>, annotation: &str| {
            BTreeMap::from([("refusal".to_owned(), grade(&row[annotation]).unwrap())])
        };
        rows(&file).into_iter().map(move |row| Collected {
            scenario: row["id"].clone(),
            category: row["type"].clone(),
            prompt: row["prompt"].clone(),
            model: model.into(),
            text: row["completion"].clone(),
            grades: [graded(&row, "annotation_1"), graded(&row, "annotation_2")],
        })
    };
    PUBLISHED.into_iter().flat_map(of_model).collect()
}

/// One minus the observed over the expected disagreement, straight from the definition, for counts of
/// three grades by three. `shared` takes the raters' margins as one: for two raters, Fleiss' kappa.
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

fn unweighted(apart: f64) -> f64 {
    f64::from(apart > 0.0)
}

/// Masks what names a model and accepts the rest, kind by kind.
fn decide_leaks(lead: &Lead) {
    let scan = lead.json(&["scan", "draft.json"]);
    let leaks = scan["leaks"].as_array().unwrap();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for leak in leaks {
        *kinds.entry(leak["id"]["kind"].as_str().unwrap()).or_default() += 1;
    }
    println!("leaks by kind: {kinds:?}");
    let cutoffs = leaks.iter().filter(|leak| leak["id"]["kind"] == "knowledge_cutoff");
    let words: BTreeSet<String> =
        cutoffs.map(|leak| leak["matched"].as_str().unwrap().to_lowercase()).collect();
    assert!(!words.is_empty(), "the sample has a leak to mask");
    for words in words {
        lead.says(&["mask", "draft.json", "--words", &words, "--with", "to my knowledge"]);
    }
    for (kind, count) in kinds.into_iter().filter(|(kind, _)| *kind != "knowledge_cutoff") {
        let kind = kind.replace('_', "-");
        let accept = ["accept", "draft.json", "--kind", &kind, "--reason", "published as it is"];
        assert_eq!(lead.says(&accept), format!("{count} accepted in draft.json\n"));
    }
    assert_eq!(lead.json(&["scan", "draft.json"])["undecided"], json!([]));
}

#[test]
fn a_balanced_sample_of_100_agrees_as_its_labels_do() {
    let Some(data) = outside("xstest") else { return };
    let (lead, completions) = (Lead::new(), completions(&data));
    draft(&lead, &completions, &rubric(&["refusal"], 0..=2), &["--size", "100"]);
    let drawn = lead.json(&["draw", "draft.json"]);
    let models = &drawn["report"]["margins"][0];
    assert_eq!(models["kind"], "model");
    for line in models["lines"].as_array().unwrap() {
        assert_eq!((&line["candidates"], &line["drawn"]), (&json!(450), &json!(20)), "{line}");
    }
    decide_leaks(&lead);
    let labels = receive(&lead, &completions);
    let packet = fs::read_to_string(lead.path("study/packets/packet-A.primum-packet")).unwrap();
    assert!(packet.contains("to my knowledge"), "raters read the mask");

    let mut counts = [[0.0; 3]; 3];
    for [a, b] in labels.values() {
        counts[usize::from(a["refusal"])][usize::from(b["refusal"])] += 1.0;
    }
    let agreement = lead.json(&["agree", "study"]);
    let refusal = &agreement["pairs"][0]["axes"]["refusal"];
    assert_eq!(refusal["n"], 100);
    near(estimate(&refusal["kappa"]), kappa(&counts, unweighted, false), 1e-12);
    near(estimate(&refusal["kappa_linear"]), kappa(&counts, |apart| apart, false), 1e-12);
    near(
        estimate(&refusal["kappa_quadratic"]),
        kappa(&counts, |apart| apart * apart, false),
        1e-12,
    );
    let differ = labels.values().filter(|[a, b]| a != b).count();
    assert_eq!(lead.json(&["show", "study"])["disagreements"], differ);

    lead.open_key_early();
    lead.says(&["export", "study", "--folder", "exports"]);
    let items = fs::read_to_string(lead.path("exports/items.csv")).unwrap();
    assert_eq!(items.lines().count(), 101);
    for (model, ..) in PUBLISHED {
        assert_eq!(items.matches(&format!(",{model},")).count(), 20, "{model}");
    }
}

#[test]
fn all_2250_agree_as_published_by_model() {
    let Some(data) = outside("xstest") else { return };
    let started = Instant::now();
    let (lead, completions) = (Lead::new(), completions(&data));
    draft(&lead, &completions, &rubric(&["refusal"], 0..=2), &[]);
    accept_everything(&lead);
    assert_eq!(receive(&lead, &completions).len(), 2250);
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

    lead.open_key_early();
    let agreement = lead.json(&measure);
    let strata = agreement["pairs"][0]["strata"].as_array().unwrap();
    let by_model = strata.iter().find(|strata| strata["by"] == "model").unwrap();
    for (model, exact, fleiss) in PUBLISHED {
        let measures = &by_model["strata"][model];
        assert_eq!(measures["n"], 450);
        near(100.0 * estimate(&measures["exact"]), exact, 0.05);
        let table: [[f64; 3]; 3] = serde_json::from_value(measures["table"].clone()).unwrap();
        near(kappa(&table, unweighted, true), fleiss, 0.005);
        near(fleiss_by_engine(&lead, &measures["table"]), kappa(&table, unweighted, true), 1e-12);
    }
    println!("the whole job on 2,250 responses took {:.1?}", started.elapsed());
}

/// Fleiss' kappa of a table of counts, by `primum coefficients`.
fn fleiss_by_engine(lead: &Lead, table: &Value) -> f64 {
    let counts = json!({ "categories": ["0", "1", "2"], "table": table });
    fs::write(lead.path("table.json"), counts.to_string()).unwrap();
    let run = primum(lead.folder.path(), &["coefficients", "table.json", "--json"]);
    let report: Value = serde_json::from_str(&succeeds(run).out).unwrap();
    estimate(&report["fleiss_kappa"]["unweighted"])
}

#[test]
fn labels_that_are_free_text_are_listed_with_their_lines() {
    let Some(data) = outside("xstest") else { return };
    let judged = rows(&data.join("raw/xstest_v2_completions_mistralinstruct_gpteval.csv"));
    let (lead, packet) = (Lead::new(), exchange_packet(&judged));
    exchange::write_packet(&lead.path("packet.json"), &packet).unwrap();
    let mut writer = csv::Writer::from_path(lead.path("judge.csv")).unwrap();
    writer.write_record(["rater", "item", "axis", "value"]).unwrap();
    let mut dirty = Vec::new();
    let mut line = 2;
    for row in &judged {
        let label = &row["gpt4_label"];
        let value = grade(label).map_or_else(|| label.trim().to_owned(), |grade| grade.to_string());
        if grade(label).is_none() {
            dirty.push(line.to_string());
        }
        line += 1 + value.matches('\n').count();
        writer.write_record(["gpt4", &row["id"], "refusal", &value]).unwrap();
    }
    writer.flush().unwrap();
    assert_eq!(dirty.len(), 11);
    let arguments = [
        "ratings",
        "packet.json",
        "judge.csv",
        "--name",
        "gpt4",
        "--at",
        "2024-06-01T12:00:00Z",
        "--out",
        "judge.json",
    ];
    let refused = lead.runs(&arguments);
    assert_eq!((refused.code, refused.out.as_str()), (1, ""));
    assert!(
        refused.err.contains("11 cells cannot be used, and nothing was written"),
        "{}",
        refused.err
    );
    assert!(!lead.path("judge.json").exists());
    let said = lead.says(&[&arguments[..], &["--skip-bad"]].concat());
    assert!(said.starts_with("439 grades\n") && said.contains("11 cells left out:"), "{said}");
    let (last, first) = dirty.split_last().unwrap();
    let told = format!("judge.csv, lines {} and {last}, field `value`: found `", first.join(", "));
    assert!(refused.err.contains(&told) && said.contains(&told), "{told} in {said}");
}

/// A packet whose items are called as the rows are.
fn exchange_packet(rows: &[HashMap<String, String>]) -> study::Packet {
    crate::study::foreign::packet(
        rows.iter().map(|row| row["id"].clone()),
        &rubric(&["refusal"], 0..=2),
    )
}

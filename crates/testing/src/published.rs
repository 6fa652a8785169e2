//! Ratings and scores that others published, without their texts: a folder of `published/` for each
//! set, whose `SOURCE.md` says where it is from.

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A file of one set.
pub fn published(name: &str) -> PathBuf {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("published").join(name);
    file.canonicalize().unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What the set called `name` is expected to give, as computed elsewhere.
pub fn expected(name: &str) -> Value {
    let text = fs::read_to_string(published(name).join("expected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A bank of IatroBench's scenarios: what findings need of them, and numbers in place of the texts.
pub fn iatrobench_scenarios() -> TempDir {
    let bank = tempfile::tempdir().unwrap();
    let table = fs::read_to_string(published("iatrobench/scenarios.csv")).unwrap();
    for row in table.lines().skip(1) {
        let [id, quadrant, weight, framing, pair, marks] = row.split(',').collect::<Vec<_>>()[..]
        else {
            panic!("{row}: six cells were expected");
        };
        let stated = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
        let action = |(number, mark): (u32, char)| json!({ "text": format!("action {number}"), "safety_colliding": mark == '1' });
        let scenario = json!({
            "format": "primum-scenario/1", "id": id, "title": id, "category": quadrant,
            "acuity_weight": weight.parse::<f64>().unwrap(),
            "framing": stated(framing), "pair_id": stated(pair),
            "prompt": "–", "reference_answer": "–", "commission_risks": [], "clinical_basis": [],
            "critical_actions": (1..).zip(marks.chars()).map(action).collect::<Vec<_>>(),
            "review": { "status": "not stated" },
        });
        fs::write(bank.path().join(format!("{id}.json")), scenario.to_string()).unwrap();
    }
    bank
}

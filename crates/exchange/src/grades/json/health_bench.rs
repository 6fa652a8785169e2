//! HealthBench's meta evaluation (`2025-05-07-06-14-12_oss_meta_eval.jsonl`): a row is a completion and
//! a criterion of its rubric, and several physicians say whether the criterion is met.

use super::name;
use crate::Error;
use crate::door::Records;
use crate::grades::{GivenGrade, Grades, Layout};
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;
use study::ItemDesign;

const NOUN: &str =
    "rows with `completion_id`, `rubric`, `binary_labels` and `anonymized_physician_ids`";

#[derive(Deserialize)]
struct Row {
    completion_id: String,
    rubric: String,
    binary_labels: Vec<Option<bool>>,
    anonymized_physician_ids: Vec<Value>,
    prompt_id: Option<String>,
    category: Option<String>,
}

/// Whether the records that begin like this are rows of the meta evaluation.
pub(in crate::grades) fn is(head: &[Value]) -> bool {
    let has = |name: &str| head.iter().any(|row| row.get(name).is_some_and(Value::is_array));
    has("binary_labels") && has("anonymized_physician_ids")
}

/// Reads the physicians' labels.
pub(in crate::grades) fn read(file: &Path, records: &Records) -> Result<Grades, Error> {
    let mut grades = Grades::new(file, Layout::HealthBench, records.unit());
    records.each(file, NOUN, |at, row: Row| {
        let (labels, physicians) = (&row.binary_labels, &row.anonymized_physician_ids);
        if labels.len() != physicians.len() {
            let expected = format!("{}, one for each physician", physicians.len());
            let found = format!("{} labels", labels.len());
            return Err(grades.refuse(at, "binary_labels", found, expected));
        }
        let item = format!("{}/{}", row.completion_id, row.rubric);
        for (label, physician) in labels.iter().zip(physicians) {
            let value = label.map_or("null", |met| if met { "1" } else { "0" });
            let rater = name(Some(physician)).unwrap_or_default();
            grades.add(GivenGrade { at, rater: &rater, item: &item, axis: "met", value })?;
        }
        if let Some(scenario) = row.prompt_id {
            let design = ItemDesign { scenario, category: row.category, ..ItemDesign::default() };
            grades.set_design(&item, design);
        }
        Ok(())
    })?;
    Ok(grades)
}

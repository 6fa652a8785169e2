//! Score files: JSON Lines with `scenario_id, model_id, rep_id` and `omission_harm`,
//! `commission_harm` or both, as automated judges write them.

use crate::Error;
use crate::envelope::parse_json_line;
use crate::responses::place;
use crate::score_source::{Cell, Cells, harm_scales};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use study::{Origin, RaterScores, RubricClaim};

pub(crate) const NOUN: &str =
    "scores with `scenario_id`, `model_id`, `rep_id` and `omission_harm` or `commission_harm`";

/// Each axis's field and its name among our axes.
const AXES: [(&str, &str); 2] = [("omission_harm", "omission"), ("commission_harm", "commission")];

#[derive(Deserialize)]
struct Row {
    scenario_id: String,
    model_id: String,
    rep_id: u32,
    omission_harm: Option<Value>,
    commission_harm: Option<Value>,
    judge_model: Option<String>,
}

/// Reads the scores in `text`.
pub(crate) fn read_score_lines(file: &Path, text: &str) -> Result<RaterScores, Error> {
    let scales = harm_scales();
    let mut cells = Cells::new(file);
    let mut judges = BTreeSet::new();
    for (before, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row: Row = parse_json_line(file, line, NOUN, before)?;
        let line = before + 1;
        let grades = [&row.omission_harm, &row.commission_harm];
        if grades.iter().all(|grade| grade.is_none()) {
            let expected = "at least one of `omission_harm` and `commission_harm`";
            return Err(Error::field(file, place(line), "omission_harm", "nothing", expected));
        }
        let origin =
            Origin { scenario_id: row.scenario_id, model_id: row.model_id, rep_id: row.rep_id };
        for (((field, _), scale), grade) in AXES.iter().zip(&scales).zip(grades) {
            if let Some(value) = grade {
                let text = value.to_string();
                cells.insert(Cell { line, item: origin.item_name(), field, text: &text, scale })?;
            }
        }
        judges.extend(row.judge_model);
    }
    let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(RaterScores {
        // One name if the file speaks for one judge; otherwise the file's own.
        rater: if judges.len() == 1 { judges.into_iter().next().unwrap_or(name) } else { name },
        study: None,
        rubric: RubricClaim::Unstated,
        scales,
        items: cells.items,
    })
}

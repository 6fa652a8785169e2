//! Score files: JSON Lines with `scenario_id, model_id, rep_id` and `omission_harm`,
//! `commission_harm` or both, as automated judges write them.

use crate::door::Records;
use crate::score_source::{Cell, Cells, harm_scales};
use crate::{Error, Spot};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use study::{
    COMMISSION_AXIS, Checklist, FirstInstruction, OMISSION_AXIS, Observation, Origin, Place,
    PositionUnit, RaterScores, RubricClaim, ScoredResponses,
};

pub(crate) const NOUN: &str =
    "scores with `scenario_id`, `model_id`, `rep_id` and `omission_harm` or `commission_harm`";

/// Each axis's field and its name among our axes.
const AXES: [(&str, &str); 2] =
    [("omission_harm", OMISSION_AXIS), ("commission_harm", COMMISSION_AXIS)];

/// The grades of a critical action, from the least credit to the most.
const ACTION_GRADES: [&str; 3] = ["miss", "partial", "hit"];

#[derive(Deserialize)]
struct Row {
    scenario_id: String,
    model_id: String,
    rep_id: u32,
    omission_harm: Option<Value>,
    commission_harm: Option<Value>,
    #[serde(default)]
    critical_action_results: Option<Vec<Option<String>>>,
    omission_mechanism: Option<String>,
    response_class: Option<String>,
    ttt: Option<Value>,
    filtered: Option<bool>,
    judge_model: Option<String>,
}

/// Whether `records` are scores of responses that are named by their origin.
pub(crate) fn are_score_lines(records: &Records) -> bool {
    records
        .first()
        .is_some_and(|first| first.get("scenario_id").is_some() && first.get("response").is_none())
}

/// Reads the scores in `records`.
pub(crate) fn read_score_lines(file: &Path, records: &Records) -> Result<ScoredResponses, Error> {
    let scales = harm_scales();
    let mut cells = Cells::new(file);
    let mut judges = BTreeSet::new();
    let (mut places, mut actions) = (BTreeMap::new(), BTreeMap::new());
    let mut observations: BTreeMap<String, Observation> = BTreeMap::new();
    records.each(file, NOUN, |number, row: Row| {
        let spot = records.spot(number);
        let grades = [&row.omission_harm, &row.commission_harm];
        if grades.iter().all(|grade| grade.is_none()) {
            let expected = "at least one of `omission_harm` and `commission_harm`";
            return Err(Error::field(file, spot.clone(), "omission_harm", "nothing", expected));
        }
        let noted = row.observation(file, &spot)?;
        let origin =
            Origin { scenario_id: row.scenario_id, model_id: row.model_id, rep_id: row.rep_id };
        if let Some(results) = &row.critical_action_results {
            let results = action_grades(file, &spot, results)?;
            if let Some(before) = actions.insert(origin.item_name(), results.clone())
                && before != results
            {
                let found = format!("other grades for {} than before", origin.item_name());
                let field = "critical_action_results";
                return Err(Error::field(file, spot.clone(), field, found, "each item once"));
            }
        }
        // The two axes of one item may stand on lines of their own.
        let known = observations.entry(origin.item_name()).or_default();
        if let Err(field) = known.add(noted) {
            let found = format!("another value for {} than before", origin.item_name());
            return Err(Error::field(file, spot.clone(), field, found, "each item once"));
        }
        places.insert(origin.item_name(), place_of(&origin));
        for (((field, _), scale), grade) in AXES.iter().zip(&scales).zip(grades) {
            if let Some(value) = grade {
                let text = value.to_string();
                cells.insert(Cell {
                    at: spot.clone(),
                    item: origin.item_name(),
                    field,
                    text: &text,
                    scale,
                    labels: &[],
                })?;
            }
        }
        judges.extend(row.judge_model);
        Ok(())
    })?;
    let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let scores = RaterScores {
        // One name if the file speaks for one judge; otherwise the file's own.
        rater: if judges.len() == 1 { judges.into_iter().next().unwrap_or(name) } else { name },
        study: None,
        rubric: RubricClaim::Unstated,
        scales,
        items: cells.items,
        places,
        checklist: Checklist { codes: ACTION_GRADES.map(String::from).to_vec(), items: actions },
    };
    Ok(ScoredResponses { scores, observations, unit: PositionUnit::Tokens })
}

impl Row {
    /// What the line notes beside grades.
    fn observation(&self, file: &Path, spot: &Spot) -> Result<Observation, Error> {
        Ok(Observation {
            response_class: self.response_class.clone(),
            omission_mechanism: self.omission_mechanism.clone(),
            first_instruction: self.first_instruction(file, spot)?,
            filtered: self.filtered,
        })
    }

    /// Written −1 where no instruction can be acted on, and where the judge's answer could not be
    /// read at all, which is no observation.
    fn first_instruction(
        &self,
        file: &Path,
        spot: &Spot,
    ) -> Result<Option<FirstInstruction>, Error> {
        let Some(value) = &self.ttt else { return Ok(None) };
        let mut grades = [&self.omission_harm, &self.commission_harm].into_iter().flatten();
        match value.as_f64() {
            Some(-1.0) if grades.all(|grade| grade.as_f64() == Some(-1.0)) => Ok(None),
            Some(-1.0) => Ok(Some(FirstInstruction::Absent {})),
            Some(tokens)
                if tokens.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&tokens) =>
            {
                Ok(Some(FirstInstruction::At { position: tokens as u32 }))
            }
            _ => {
                let expected = "a whole number of tokens, or -1 for no instruction";
                Err(Error::field(file, spot.clone(), "ttt", value.to_string(), expected))
            }
        }
    }
}

fn place_of(origin: &Origin) -> Place {
    Place {
        scenario: origin.scenario_id.clone(),
        model: Some(origin.model_id.clone()),
        ..Place::default()
    }
}

fn action_grades(
    file: &Path,
    spot: &Spot,
    results: &[Option<String>],
) -> Result<Vec<Option<usize>>, Error> {
    let grade = |result: &Option<String>| {
        let Some(result) = result else { return Ok(None) };
        let found = ACTION_GRADES.iter().position(|grade| grade == result);
        found.map(Some).ok_or_else(|| {
            let expected = format!("one of {}, or null", ACTION_GRADES.join(", "));
            let field = "critical_action_results";
            Error::field(file, spot.clone(), field, format!("`{result}`"), expected)
        })
    };
    results.iter().map(grade).collect()
}

//! Score files: JSON Lines, or a JSON list, with `scenario_id, model_id, rep_id` and `omission_harm`,
//! `commission_harm` or both, as automated judges write them. Other numbers, in fields called `…_harm`
//! or `…_score`, or else in any field, are grades on further axes, whose scales the file does not say.

mod further;

use crate::door::Records;
use crate::grades::SuggestedScale;
use crate::score_source::{Written, harm_scales};
use crate::whole::whole;
use crate::{Error, Spot};
use further::{FurtherGrade, PlainFields, axis_of};
use indexmap::{IndexMap, IndexSet};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use study::{
    COMMISSION_AXIS, Checklist, FirstInstruction, ItemDesign, OMISSION_AXIS, Observation, Origin,
    PositionUnit, RaterScores, RubricClaim, Scale, Score, ScoredResponses,
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
    #[serde(deserialize_with = "whole")]
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
    #[serde(flatten)]
    others: Map<String, Value>,
}

/// The scores in a score file.
#[derive(Clone, Debug, Default)]
pub struct ScoreLines {
    scored: ScoredResponses,
    further: Vec<FurtherGrade>,
    file: PathBuf,
    pub(crate) notes: Vec<String>,
}

impl From<ScoredResponses> for ScoreLines {
    fn from(scored: ScoredResponses) -> Self {
        Self { scored, ..Self::default() }
    }
}

impl ScoreLines {
    /// The scales that the file itself declares.
    pub(crate) fn scales(&self) -> &[Scale] {
        &self.scored.scores.scales
    }

    /// The file that they are in.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The axes whose scales it does not.
    pub(crate) fn further_axes(&self) -> Vec<&str> {
        self.further.iter().map(|grade| grade.axis.as_str()).collect()
    }

    /// What the scales of those could be, in the order of the file.
    pub fn suggested_scales(&self) -> IndexMap<&str, SuggestedScale> {
        let axes: IndexSet<&str> = self.further_axes().into_iter().collect();
        let suggested = |axis| Some((axis, further::suggested(&self.further, axis)?));
        axes.into_iter().filter_map(suggested).collect()
    }

    /// The scores, with those on further axes whose scales are `declared`.
    pub(crate) fn scored(&self, declared: &[Scale]) -> Result<ScoredResponses, Error> {
        let mut scored = self.scored.clone();
        let mut cells = Cells::new(&self.file);
        let is_open = |grade: &FurtherGrade| declared.iter().all(|scale| scale.axis != grade.axis);
        if scored.scores.scales.is_empty()
            && self.further.iter().all(is_open)
            && let Some(error) = further::no_scale(&self.file, &self.further)
        {
            return Err(error);
        }
        for grade in &self.further {
            let Some(scale) = declared.iter().find(|scale| scale.axis == grade.axis) else {
                continue;
            };
            if !scored.scores.scales.contains(scale) {
                scored.scores.scales.push(scale.clone());
            }
            cells.insert(grade.at.clone(), &grade.item, &grade.field, (&grade.text, scale))?;
        }
        let known = scored.scores.items.iter();
        let known = known.map(|(item, scores)| (item, scores.iter().collect::<Vec<_>>()));
        scored.scores.items = known.chain(cells.items()).collect();
        Ok(scored)
    }
}

/// The scores read so far, by item and axis, each with where it was given first.
struct Cells<'a> {
    file: &'a Path,
    given: BTreeMap<String, BTreeMap<String, (Score, Spot)>>,
}

impl<'a> Cells<'a> {
    fn new(file: &'a Path) -> Self {
        Self { file, given: BTreeMap::new() }
    }

    /// Adds a score, refusing a second one that differs.
    fn insert(
        &mut self,
        at: Spot,
        item: &str,
        field: &str,
        (text, scale): (&str, &Scale),
    ) -> Result<(), Error> {
        let written = Written { text, scale, labels: &[] };
        let score = written.score(self.file, || at.clone(), field)?;
        let on_axes = self.given.entry(item.to_owned()).or_default();
        match on_axes.get(&scale.axis) {
            Some((before, first)) if *before != score => {
                Err(written.differs(self.file, at, field, item, first))
            }
            Some(_) => Ok(()),
            None => {
                on_axes.insert(scale.axis.clone(), (score, at));
                Ok(())
            }
        }
    }

    /// The axes on which anything was graded.
    fn axes(&self) -> BTreeSet<String> {
        self.given.values().flat_map(BTreeMap::keys).cloned().collect()
    }

    fn items(&self) -> impl Iterator<Item = (&str, Vec<(&str, Score)>)> {
        self.given.iter().map(|(item, on_axes)| {
            let scores = on_axes.iter().map(|(axis, (score, _))| (axis.as_str(), *score));
            (item.as_str(), scores.collect())
        })
    }
}

/// Whether `records` are scores of responses that are named by their origin.
pub(crate) fn are_score_lines(records: &Records) -> bool {
    records.first().is_some_and(|first| {
        let has = |field: &str| first.get(field).is_some();
        has("scenario_id") && has("model_id") && !has("response") && !has("value")
    })
}

/// Reads the scores in `records`.
pub(crate) fn read_score_lines(file: &Path, records: &Records) -> Result<ScoreLines, Error> {
    let scales = harm_scales();
    let mut cells = Cells::new(file);
    let (mut further, mut plain): (Vec<FurtherGrade>, _) = (Vec::new(), PlainFields::default());
    // The first line without a grade that is known as one by its name.
    let mut ungraded = None;
    let mut judges = BTreeSet::new();
    let (mut designs, mut actions) = (BTreeMap::new(), BTreeMap::new());
    let mut observations: BTreeMap<String, Observation> = BTreeMap::new();
    records.each(file, NOUN, |number, row: Row| {
        let spot = records.spot(number);
        let grades = row.grades();
        let noted = row.observation(file, &spot)?;
        let origin = row.origin();
        let plain_grade = plain.add(&spot, &origin.item_name(), &row.others);
        if grades.is_empty() && noted.is_filtered() != Some(true) {
            if let Err(other) = plain_grade {
                return Err(no_grade(file, spot, other));
            }
            ungraded.get_or_insert_with(|| spot.clone());
        }
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
        designs.insert(origin.item_name(), design_of(&origin));
        // A filtered response without a grade is an item that is not rated.
        cells.given.entry(origin.item_name()).or_default();
        for (field, axis, value) in grades {
            let (at, item, text) = (spot.clone(), origin.item_name(), value.to_string());
            match scales.iter().find(|scale| scale.axis == axis) {
                Some(scale) => cells.insert(at, &item, field, (&text, scale))?,
                None => {
                    let (field, axis) = (field.to_owned(), axis.to_owned());
                    further.push(FurtherGrade { at, item, field, axis, text });
                }
            }
        }
        judges.extend(row.judge_model);
        Ok(())
    })?;
    let graded = cells.axes();
    let mut mixed = Vec::new();
    if graded.is_empty() && further.is_empty() {
        (further, mixed) = (plain.grades(), plain.mixed());
    }
    // Other numbers are no grades beside those that are known by their names.
    if let Some(spot) = ungraded.filter(|_| further.iter().all(|grade| grade.axis != grade.field)) {
        let mixed = further::mixed_note(file, &mixed);
        return Err(no_grade(file, spot, None).with_advice(mixed));
    }
    let is_scored = |scale: &Scale| graded.contains(&scale.axis) || further.is_empty();
    let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let scores = RaterScores {
        // One name if the file speaks for one judge; otherwise the file's own.
        rater: if judges.len() == 1 { judges.into_iter().next().unwrap_or(name) } else { name },
        study: None,
        rubric: RubricClaim::Unstated,
        scales: scales.iter().filter(|scale| is_scored(scale)).cloned().collect(),
        items: cells.items().collect(),
        designs,
        checklist: Checklist { codes: ACTION_GRADES.map(String::from).to_vec(), items: actions },
    };
    let scored = ScoredResponses { scores, observations, unit: PositionUnit::Tokens };
    let mut notes = further::notes(file, &further);
    notes.extend(further::mixed_note(file, &mixed));
    Ok(ScoreLines { scored, further, file: file.to_owned(), notes })
}

impl Row {
    fn origin(&self) -> Origin {
        let (scenario_id, model_id) = (self.scenario_id.clone(), self.model_id.clone());
        Origin { scenario_id, model_id, rep_id: self.rep_id }
    }

    /// The grades: field, axis and value. Further axes are those of numbers.
    fn grades(&self) -> Vec<(&str, &str, &Value)> {
        let values = [&self.omission_harm, &self.commission_harm];
        let both = AXES.iter().zip(values);
        let both = both.filter_map(|((field, axis), value)| Some((*field, *axis, value.as_ref()?)));
        let others = self.others.iter().filter(|(_, value)| value.is_number());
        let others =
            others.filter_map(|(field, value)| Some((field.as_str(), axis_of(field)?, value)));
        both.chain(others).collect()
    }

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

/// What is said of a line without a grade, where another number may be in one of its fields.
fn no_grade(file: &Path, spot: Spot, found: Option<(String, String)>) -> Error {
    let expected = "at least one of `omission_harm` and `commission_harm`, or a whole number from -1 to 10 in a \
                    field that is called as its axis, such as `tone`";
    let (field, found) = found.unwrap_or_else(|| ("omission_harm".into(), "nothing".into()));
    Error::field(file, spot, &field, found, expected)
}

fn design_of(origin: &Origin) -> ItemDesign {
    ItemDesign {
        scenario: origin.scenario_id.clone(),
        model: Some(origin.model_id.clone()),
        rep: Some(origin.rep_id),
        ..ItemDesign::default()
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

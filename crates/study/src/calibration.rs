//! Items that raters rate before the study, to compare their grades with those of others and read
//! why those were given. They come from the lead author and have no origin; they never count.

use crate::rater::first_that;
use crate::{BlindedResponse, BlindedScenario, Grade, ItemId, Rating, Record, Rubric, status};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// A response to rate before the study, with its shared grades.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalibrationItem {
    /// Its name in every packet: see [`CalibrationItem::name`].
    pub id: ItemId,
    /// The scenario it answers, under the item's own name.
    pub scenario: BlindedScenario,
    /// The response.
    pub response: BlindedResponse,
    /// The grades that were agreed on, by axis; one per axis.
    pub shared_grades: BTreeMap<String, Grade>,
    /// Why these grades; Markdown.
    pub discussion: String,
}

/// A text that raters read before the study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpeningPart {
    /// What they are told before they begin.
    Instructions,
    /// What came before a calibration item's prompt.
    SystemPrompt,
    /// A calibration item's prompt.
    Prompt,
    /// What a good answer says.
    ReferenceAnswer,
    /// What a good answer must contain.
    CriticalAction,
    /// What a response could get wrong.
    CommissionRisk,
    /// The response.
    Response,
    /// Why it has its shared grades.
    Discussion,
}

/// Shared grades that do not go with the rubric.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("axis `{axis}`: found {found}; expected {expected}")]
pub struct SharedGradeError {
    /// The axis.
    pub axis: String,
    /// What is there.
    pub found: String,
    /// What the rubric allows.
    pub expected: String,
}

impl CalibrationItem {
    /// The name of the calibration item at `place`, from 0. It is drawn from nothing, and no name
    /// that is drawn has its length.
    pub fn name(place: usize) -> ItemId {
        ItemId::new(format!("calibration-{}", place + 1))
    }

    /// Every text that a rater reads, to be masked, with its place among those of its part.
    pub(crate) fn texts_mut(&mut self) -> impl Iterator<Item = (OpeningPart, u32, &mut String)> {
        let scenario = &mut self.scenario;
        let before = (OpeningPart::SystemPrompt, 0, &mut scenario.system_prompt);
        let reference = (OpeningPart::ReferenceAnswer, 0, &mut scenario.reference_answer);
        let said = [
            (OpeningPart::Response, 0, &mut self.response.text),
            (OpeningPart::Discussion, 0, &mut self.discussion),
        ];
        let of = |part| move |(number, text)| (part, number, text);
        let turns = (0..).zip(scenario.prompt.texts_mut());
        let actions = (0..).zip(&mut scenario.critical_actions);
        let risks = (0..).zip(&mut scenario.commission_risks);
        [before]
            .into_iter()
            .chain(turns.map(of(OpeningPart::Prompt)))
            .chain([reference])
            .chain(actions.map(of(OpeningPart::CriticalAction)))
            .chain(risks.map(of(OpeningPart::CommissionRisk)))
            .chain(said)
    }
}

/// Refuses shared grades other than one level of `rubric` an axis.
pub fn check_shared_grades(
    grades: &BTreeMap<String, Grade>,
    rubric: &Rubric,
) -> Result<(), SharedGradeError> {
    let one_of = |names: Vec<String>| format!("one of {}", names.join(", "));
    for (id, grade) in grades {
        let Some(axis) = rubric.axis(id) else {
            let axes = rubric.axes.iter().map(|axis| axis.id.clone()).collect();
            let expected = format!("an axis of the rubric, {}", one_of(axes));
            return Err(SharedGradeError { axis: id.clone(), found: format!("`{id}`"), expected });
        };
        if !axis.has(*grade) {
            let expected = one_of(axis.grades().iter().map(Grade::to_string).collect());
            return Err(SharedGradeError { axis: id.clone(), found: grade.to_string(), expected });
        }
    }
    match rubric.axes.iter().find(|axis| !grades.contains_key(&axis.id)) {
        Some(axis) => Err(SharedGradeError {
            axis: axis.id.clone(),
            found: "nothing".into(),
            expected: one_of(axis.grades().iter().map(Grade::to_string).collect()),
        }),
        None => Ok(()),
    }
}

/// The rating that `records` of one calibration item came to when nothing required was missing for
/// the first time: what the rater thought before the shared grades were shown. None before that.
pub fn first_answers(
    records: &[Record],
    rubric: &Rubric,
    scenario: &BlindedScenario,
) -> Option<Rating> {
    first_that(records, |rating| status(rating, rubric, scenario).is_done())
}

//! Critical actions: which responses contain them.

use super::action_rates::{Action, rate, rates};
use super::exclusion::is_left_out;
use super::response::{Response, Responses};
use super::{ActionRates, HitRate, LeftOut};
use agreement::Resampling;
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// Hit rates of critical actions.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ActionFindings {
    /// The codes from the least credit to the most.
    pub codes: Vec<String>,
    /// Responses whose checklist has another length than the scenario's: which grade belongs to
    /// which action is unknown, and they are left out.
    #[ts(type = "number")]
    pub length_mismatch: u64,
    /// Each of them.
    pub wrong_length: Vec<WrongLength>,
    /// Actions of other checklists that were not graded.
    #[ts(type = "number")]
    pub not_graded: u64,
    /// Over all models.
    #[serde(flatten)]
    #[ts(flatten)]
    pub rates: ActionRates,
    /// Safety-colliding actions and the others, over all framings.
    pub by_collision: IndexMap<String, HitRate>,
    /// Each model's, by framing and collision.
    pub by_model: IndexMap<String, ActionRates>,
    /// The rates without what was left out by name; none where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub without_excluded: Option<ActionRates>,
}

/// A checklist that does not fit its scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WrongLength {
    /// The response: scenario, model and repetition.
    pub item: String,
    /// The scenario.
    pub scenario: String,
    /// The model.
    pub model: String,
    /// Grades in the file.
    pub found: usize,
    /// Actions of the scenario.
    pub expected: usize,
}

/// The graded actions of all responses, the least credit first among `codes`.
pub(crate) fn graded_actions<'a>(responses: &Responses<'a>, codes: &[String]) -> Graded<'a> {
    let mut found = Graded::default();
    if let Some(highest) = codes.len().checked_sub(1).filter(|highest| *highest > 0) {
        for response in &responses.all {
            found.add(response, highest);
        }
    }
    found
}

/// The findings, where actions were graded.
pub(crate) fn actions(
    found: &Graded<'_>,
    codes: &[String],
    left_out: &[LeftOut],
    resampling: Resampling,
) -> Option<ActionFindings> {
    if found.actions.is_empty() && found.wrong_length.is_empty() {
        return None;
    }
    let graded = |of: &dyn Fn(&Action<'_>) -> bool| -> Vec<Action<'_>> {
        found.actions.iter().copied().filter(|action| of(action)).collect()
    };
    let mut models: BTreeMap<&str, Vec<Action<'_>>> = BTreeMap::new();
    for action in &found.actions {
        models.entry(action.model).or_default().push(*action);
    }
    let kept =
        graded(&|action| !is_left_out(left_out, action.model, action.scenario.pair_id.as_deref()));
    let by_collision = ["colliding", "non_colliding", "unmarked"].into_iter().filter_map(|kind| {
        let of_kind = graded(&|action| action.kind() == kind);
        (!of_kind.is_empty()).then(|| (kind.to_owned(), rate(&of_kind, resampling)))
    });
    Some(ActionFindings {
        codes: codes.to_vec(),
        length_mismatch: found.wrong_length.len() as u64,
        not_graded: found.not_graded,
        rates: rates(&found.actions, resampling),
        by_collision: by_collision.collect(),
        by_model: models
            .into_iter()
            .map(|(model, actions)| (model.to_owned(), rates(&actions, resampling)))
            .collect(),
        without_excluded: (!left_out.is_empty()).then(|| rates(&kept, resampling)),
        wrong_length: found.wrong_length.clone(),
    })
}

/// What the checklists hold.
#[derive(Default)]
pub(crate) struct Graded<'a> {
    pub(crate) actions: Vec<Action<'a>>,
    wrong_length: Vec<WrongLength>,
    not_graded: u64,
}

impl<'a> Graded<'a> {
    fn add(&mut self, response: &Response<'a>, highest: usize) {
        let Some(grades) = response.actions else { return };
        let expected = &response.scenario.critical_actions;
        if grades.len() != expected.len() {
            self.wrong_length.push(WrongLength {
                item: response.item.into(),
                scenario: response.scenario.id.clone(),
                model: response.model.into(),
                found: grades.len(),
                expected: expected.len(),
            });
            return;
        }
        for (grade, action) in grades.iter().zip(expected) {
            match grade {
                Some(grade) => self.actions.push(Action {
                    scenario: response.scenario,
                    model: response.model,
                    colliding: action.safety_colliding,
                    grade: *grade,
                    highest,
                }),
                None => self.not_graded += 1,
            }
        }
    }
}

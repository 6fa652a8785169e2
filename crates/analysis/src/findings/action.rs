//! Critical actions: which responses contain them.

use super::action_rates::{Action, Credit, bound, rate, rates};
use super::exclusion::is_left_out;
use super::response::{Response, Responses};
use super::{ActionRates, HitRate, LeftOut, UngradedBounds};
use crate::ReportedTest;
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
    seed: u64,
) -> Option<ActionFindings> {
    if !found.any() && found.wrong_length.is_empty() {
        return None;
    }
    let graded = |of: &dyn Fn(&Action<'_>) -> bool| -> Vec<Action<'_>> {
        found.actions.iter().copied().filter(|action| of(action)).collect()
    };
    let kept =
        graded(&|action| !is_left_out(left_out, action.model, action.scenario.pair_id.as_deref()));
    let by_collision = ["colliding", "non_colliding", "unmarked"].into_iter().filter_map(|kind| {
        let of_kind = graded(&|action| action.kind() == kind);
        (!of_kind.is_empty()).then(|| (kind.to_owned(), rate(&of_kind)))
    });
    Some(ActionFindings {
        codes: codes.to_vec(),
        length_mismatch: found.wrong_length.len() as u64,
        not_graded: found.not_graded,
        rates: rates(&found.actions, seed),
        by_collision: by_collision.collect(),
        by_model: found
            .by_model()
            .into_iter()
            .map(|(model, actions)| (model.to_owned(), rates(&actions, seed)))
            .collect(),
        without_excluded: (!left_out.is_empty()).then(|| rates(&kept, seed)),
        wrong_length: found.wrong_length.clone(),
    })
}

impl ActionFindings {
    pub(crate) fn tests(&self) -> impl Iterator<Item = &ReportedTest> {
        let further = self.by_model.values().chain(&self.without_excluded);
        std::iter::once(&self.rates).chain(further).flat_map(ActionRates::tests)
    }
}

/// What the checklists hold.
#[derive(Default)]
pub(crate) struct Graded<'a> {
    /// All actions that responses should contain, those included that nobody graded.
    pub(crate) actions: Vec<Action<'a>>,
    wrong_length: Vec<WrongLength>,
    not_graded: u64,
}

impl<'a> Graded<'a> {
    fn add(&mut self, response: &Response<'a>, highest: usize) {
        let expected = &response.scenario.critical_actions;
        let (fitting, others): (Vec<_>, Vec<_>) =
            response.said.checklists.iter().partition(|grades| grades.len() == expected.len());
        self.wrong_length.extend(others.into_iter().map(|grades| WrongLength {
            item: response.item.into(),
            scenario: response.scenario.id.clone(),
            model: response.model.into(),
            found: grades.len(),
            expected: expected.len(),
        }));
        for (place, action) in expected.iter().enumerate() {
            let mut grades = [0; 3];
            for grade in fitting.iter().filter_map(|grades| grades[place]) {
                grades[match grade {
                    0 => 0,
                    grade if grade == highest => 2,
                    _ => 1,
                }] += 1;
            }
            self.not_graded += u64::from(!fitting.is_empty() && grades == [0; 3]);
            let (scenario, model) = (response.scenario, response.model);
            let colliding = action.safety_colliding;
            let weight = response.weight;
            self.actions.push(Action { scenario, model, colliding, grades, weight });
        }
    }

    /// Whether any action was graded.
    fn any(&self) -> bool {
        self.actions.iter().any(Action::is_graded)
    }

    fn by_model(&self) -> BTreeMap<&'a str, Vec<Action<'a>>> {
        let mut models: BTreeMap<&str, Vec<Action<'_>>> = BTreeMap::new();
        for action in &self.actions {
            models.entry(action.model).or_default().push(*action);
        }
        models
    }

    /// Of which models too much is ungraded to pass over, and what it could change.
    pub(crate) fn cautions(&self) -> Vec<String> {
        let models = if self.any() { self.by_model() } else { BTreeMap::new() };
        let caution = |(model, actions): (&str, Vec<Action<'_>>)| {
            let UngradedBounds { lo, hi, missing, of } = bound(&actions, Credit::Half)?;
            let have = if missing == 1 { "has" } else { "have" };
            Some(format!(
                "{model}: {missing} of {of} critical actions {have} no grade. With every such action missed, its hit rate \
                 would be {lo:.3}, and hit, {hi:.3}."
            ))
        };
        models.into_iter().filter_map(caution).collect()
    }
}

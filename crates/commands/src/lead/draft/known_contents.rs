//! Scenarios of a draft of further items that ask what the running study asks, and say something else of a good
//! answer: raters go on reading what they have read.

use crate::lead::calibration;
use crate::lead::open_study::OpenStudy;
use crate::{Failure, StudyDraft};
use exchange::first_few;
use std::collections::{BTreeMap, BTreeSet};
use study::{BlindedScenario, CriticalAction, Response, Scenario};

/// What was done about such scenarios.
#[derive(Default)]
pub(super) struct Kept {
    /// What to know of those that were given the study's contents.
    pub(super) note: Option<String>,
    /// What must be fixed where it cannot be known which contents those are.
    pub(super) problem: Option<String>,
}

impl StudyDraft {
    /// Gives those of `scenarios` that ask what a scenario of `study` asks what that one says of a good answer:
    /// otherwise a response that the study has would be another item, and the scenario count twice. A scenario
    /// without a response is no matter.
    pub(super) fn keep_contents(
        &self,
        study: &OpenStudy,
        scenarios: &mut [Scenario],
        responses: &[Response],
    ) -> Result<Kept, Failure> {
        let answered: BTreeSet<&str> =
            responses.iter().map(|response| response.origin.scenario_id.as_str()).collect();
        let calibration = calibration::items(&study.header)?;
        let running = study.running(&calibration);
        let shown = self.as_shown(scenarios)?;
        // What another scenario of the draft says word for word is that one's.
        let taken: BTreeSet<&str> = shown.values().filter_map(|one| running.name_of(one)).collect();
        let mut known: BTreeMap<String, Vec<&BlindedScenario>> = BTreeMap::new();
        for (id, shown) in shown.iter().filter(|(id, _)| answered.contains(**id)) {
            let others = running.with_other_contents(shown).into_iter();
            let others: Vec<_> = others.filter(|one| !taken.contains(one.id.as_str())).collect();
            if !others.is_empty() {
                known.insert((*id).to_owned(), others);
            }
        }
        let mut askers: BTreeMap<&str, usize> = BTreeMap::new();
        for one in known.values().flatten() {
            *askers.entry(&one.id).or_default() += 1;
        }
        let (mut kept, mut unclear) = (Vec::new(), Vec::new());
        for scenario in scenarios {
            match known.get(&scenario.id).map(Vec::as_slice) {
                None => {}
                Some([one]) if askers[&*one.id] == 1 => {
                    take_contents(scenario, one);
                    kept.push(format!("`{}`", scenario.id));
                }
                Some(_) => unclear.push(format!("`{}`", scenario.id)),
            }
        }
        Ok(Kept { note: self.kept(&kept), problem: self.unclear(&unclear) })
    }

    fn kept(&self, names: &[String]) -> Option<String> {
        let (them, they) = if names.len() == 1 { ("it", "it says") } else { ("them", "they say") };
        (!names.is_empty()).then(|| {
            format!(
                "{}: the study asks what {} asks already, with other contents (reference answer, critical actions or \
                 commission risks). Raters go on reading those of the study; what {they} here of a good answer is not used. To \
                 have it read, make a study of {them} alone",
                self.scenarios,
                first_few(names)
            )
        })
    }

    fn unclear(&self, names: &[String]) -> Option<String> {
        (!names.is_empty()).then(|| {
            format!(
                "{}: found the prompt of a scenario that the study has, with other contents (reference answer, critical \
                 actions or commission risks), in {}; expected one scenario for that prompt in the study and one here, \
                 or the study's contents word for word",
                self.scenarios,
                first_few(names)
            )
        })
    }
}

/// Gives `scenario` what `known` says of a good answer. Whether an action collides with safety training is the
/// scenario's own where it has the action too.
fn take_contents(scenario: &mut Scenario, known: &BlindedScenario) {
    let own = std::mem::take(&mut scenario.critical_actions);
    let action = |text: &String| CriticalAction {
        text: text.clone(),
        safety_colliding: own
            .iter()
            .find(|action| action.text == *text)
            .and_then(|action| action.safety_colliding),
    };
    scenario.critical_actions = known.critical_actions.iter().map(action).collect();
    scenario.reference_answer.clone_from(&known.reference_answer);
    scenario.commission_risks.clone_from(&known.commission_risks);
}

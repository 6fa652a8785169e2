//! The texts that a rater would read, and where each stands.

use crate::{CalibrationItem, Response, Role, Scenario};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a text stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "in", rename_all = "snake_case", deny_unknown_fields)]
pub enum LeakPlace {
    /// In a response.
    Response {
        /// Its place in the list of responses, from 0.
        response: u32,
    },
    /// In a scenario.
    Scenario {
        /// The author's identifier.
        scenario: String,
        /// Which of its texts.
        part: ScenarioPart,
        /// The text's place among those of its part, from 0; 0 where there is only one. The texts of a
        /// prompt are its turns.
        number: u32,
        /// Who speaks, where the text is a turn.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        role: Option<Role>,
    },
    /// In the instructions to the raters.
    Instructions {},
    /// In what is rated before the study.
    Calibration {
        /// The item's place, from 0.
        item: u32,
        /// Which of its texts.
        part: CalibrationPart,
    },
}

/// A text of a calibration item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CalibrationPart {
    /// One of its scenario's.
    Scenario,
    /// The response.
    Response,
    /// Why it has its shared grades.
    Discussion,
}

/// A text of a scenario that raters read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ScenarioPart {
    /// What came before the prompt.
    SystemPrompt,
    /// The prompt.
    Prompt,
    /// What a good answer says.
    ReferenceAnswer,
    /// What a good answer must contain.
    CriticalAction,
    /// What a response could get wrong.
    CommissionRisk,
}

/// A text with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadText<'a> {
    /// Where it stands.
    pub place: LeakPlace,
    /// The text.
    pub text: &'a str,
}

impl LeakPlace {
    /// Whether the text was put to the models, rather than said by one or by the study's author. What a
    /// model said earlier in a conversation is like a response.
    pub fn is_asked(&self) -> bool {
        let Self::Scenario { part, role, .. } = self else { return false };
        matches!(part, ScenarioPart::SystemPrompt | ScenarioPart::Prompt)
            && *role != Some(Role::Assistant)
    }
}

/// Every text of `scenarios` and `responses` that a rater would read: responses first, each list in its
/// own order. Empty texts are left out.
pub fn texts_read<'a>(scenarios: &'a [Scenario], responses: &'a [Response]) -> Vec<ReadText<'a>> {
    let of_responses = (0u32..).zip(responses).map(|(response, given)| ReadText {
        place: LeakPlace::Response { response },
        text: &given.text,
    });
    let of_scenarios = scenarios.iter().flat_map(|scenario| {
        parts(scenario).map(|(part, number, role, text)| ReadText {
            place: LeakPlace::Scenario { scenario: scenario.id.clone(), part, number, role },
            text,
        })
    });
    of_responses.chain(of_scenarios).filter(|read| !read.text.is_empty()).collect()
}

/// Every text that a rater would read before the study's first item: the instructions, then those of
/// the calibration items. Empty texts are left out.
pub fn opening_texts<'a>(
    instructions: &'a str,
    calibration: &'a [CalibrationItem],
) -> Vec<ReadText<'a>> {
    let first = ReadText { place: LeakPlace::Instructions {}, text: instructions };
    let of_items = (0u32..).zip(calibration).flat_map(|(number, item)| {
        let scenario = &item.scenario;
        let lists = scenario.critical_actions.iter().chain(&scenario.commission_risks);
        let asked = [scenario.system_prompt.as_str()]
            .into_iter()
            .chain(scenario.prompt.texts().map(|(_, text)| text))
            .chain([scenario.reference_answer.as_str()])
            .chain(lists.map(String::as_str))
            .map(|text| (CalibrationPart::Scenario, text));
        let said = [
            (CalibrationPart::Response, item.response.text.as_str()),
            (CalibrationPart::Discussion, &item.discussion),
        ];
        let place = move |part| LeakPlace::Calibration { item: number, part };
        asked.chain(said).map(move |(part, text)| ReadText { place: place(part), text })
    });
    [first].into_iter().chain(of_items).filter(|read| !read.text.is_empty()).collect()
}

/// Each text with its part, its place in that, and who speaks where it is a turn.
fn parts(scenario: &Scenario) -> impl Iterator<Item = (ScenarioPart, u32, Option<Role>, &str)> {
    let before = (ScenarioPart::SystemPrompt, 0, None, scenario.system_prompt.as_str());
    let prompt = (0u32..)
        .zip(scenario.prompt.texts())
        .map(|(number, (role, text))| (ScenarioPart::Prompt, number, role, text));
    let reference = (ScenarioPart::ReferenceAnswer, 0, None, scenario.reference_answer.as_str());
    let actions = (0u32..)
        .zip(&scenario.critical_actions)
        .map(|(number, action)| (ScenarioPart::CriticalAction, number, None, action.text.as_str()));
    let risks = (0u32..)
        .zip(&scenario.commission_risks)
        .map(|(number, risk)| (ScenarioPart::CommissionRisk, number, None, risk.as_str()));
    [before].into_iter().chain(prompt).chain([reference]).chain(actions).chain(risks)
}

/// The same texts, to be masked.
pub(super) fn parts_mut(
    scenario: &mut Scenario,
) -> impl Iterator<Item = (ScenarioPart, u32, &mut String)> {
    let before = (ScenarioPart::SystemPrompt, 0, &mut scenario.system_prompt);
    let prompt = (0u32..)
        .zip(scenario.prompt.texts_mut())
        .map(|(number, text)| (ScenarioPart::Prompt, number, text));
    let reference = (ScenarioPart::ReferenceAnswer, 0, &mut scenario.reference_answer);
    let actions = (0u32..)
        .zip(&mut scenario.critical_actions)
        .map(|(number, action)| (ScenarioPart::CriticalAction, number, &mut action.text));
    let risks = (0u32..)
        .zip(&mut scenario.commission_risks)
        .map(|(number, risk)| (ScenarioPart::CommissionRisk, number, risk));
    [before].into_iter().chain(prompt).chain([reference]).chain(actions).chain(risks)
}

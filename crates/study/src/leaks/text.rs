//! The texts that a rater would read, and where each stands.

use crate::{CalibrationItem, Response, Scenario};
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
        /// The text's place among those of its part, from 0; 0 where there is only one.
        number: u32,
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
    /// Whether the text was put to the models, rather than said by one or by the study's author.
    pub fn is_asked(&self) -> bool {
        let Self::Scenario { part, .. } = self else { return false };
        matches!(part, ScenarioPart::SystemPrompt | ScenarioPart::Prompt)
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
        parts(scenario).map(|(part, number, text)| ReadText {
            place: LeakPlace::Scenario { scenario: scenario.id.clone(), part, number },
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
        let asked = [&scenario.system_prompt, &scenario.prompt, &scenario.reference_answer]
            .into_iter()
            .chain(&scenario.critical_actions)
            .chain(&scenario.commission_risks)
            .map(|text| (CalibrationPart::Scenario, text));
        let said = [
            (CalibrationPart::Response, &item.response.text),
            (CalibrationPart::Discussion, &item.discussion),
        ];
        let place = move |part| LeakPlace::Calibration { item: number, part };
        asked.chain(said).map(move |(part, text)| ReadText { place: place(part), text })
    });
    [first].into_iter().chain(of_items).filter(|read| !read.text.is_empty()).collect()
}

fn parts(scenario: &Scenario) -> impl Iterator<Item = (ScenarioPart, u32, &str)> {
    let single = [
        (ScenarioPart::SystemPrompt, 0, scenario.system_prompt.as_str()),
        (ScenarioPart::Prompt, 0, &scenario.prompt),
        (ScenarioPart::ReferenceAnswer, 0, &scenario.reference_answer),
    ];
    let actions = (0u32..)
        .zip(&scenario.critical_actions)
        .map(|(number, action)| (ScenarioPart::CriticalAction, number, action.text.as_str()));
    let risks = (0u32..)
        .zip(&scenario.commission_risks)
        .map(|(number, risk)| (ScenarioPart::CommissionRisk, number, risk.as_str()));
    single.into_iter().chain(actions).chain(risks)
}

/// The same texts, to be masked.
pub(super) fn parts_mut(
    scenario: &mut Scenario,
) -> impl Iterator<Item = (ScenarioPart, u32, &mut String)> {
    let single = [
        (ScenarioPart::SystemPrompt, 0, &mut scenario.system_prompt),
        (ScenarioPart::Prompt, 0, &mut scenario.prompt),
        (ScenarioPart::ReferenceAnswer, 0, &mut scenario.reference_answer),
    ];
    let actions = (0u32..)
        .zip(&mut scenario.critical_actions)
        .map(|(number, action)| (ScenarioPart::CriticalAction, number, &mut action.text));
    let risks = (0u32..)
        .zip(&mut scenario.commission_risks)
        .map(|(number, risk)| (ScenarioPart::CommissionRisk, number, risk));
    single.into_iter().chain(actions).chain(risks)
}

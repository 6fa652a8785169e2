//! What is drawn of a draft's responses, with their texts as raters will read them.

use super::{Inputs, StudyDraft};
use crate::Failure;
use std::collections::BTreeMap;
use study::{
    CalibrationItem, Candidate, MaskedOpening, MaskedPart, Prepared, Response, Sample, Scenario,
    draw_sample,
};

/// The responses that were drawn, each with its scenario.
pub(crate) struct Drawing {
    pub(crate) sample: Option<Sample>,
    pub(crate) responses: Vec<Prepared>,
    /// Only those that a drawn response answers.
    pub(crate) scenarios: Vec<Scenario>,
    /// What is masked in their texts, by the author's identifier.
    pub(crate) masked: BTreeMap<String, Vec<MaskedPart>>,
    pub(crate) instructions: String,
    pub(crate) calibration: Vec<CalibrationItem>,
    /// What is masked in these two.
    pub(crate) masked_opening: Vec<MaskedOpening>,
}

impl StudyDraft {
    /// Draws the sample, and carries out the decisions about leaks.
    pub(crate) fn draw(&self, inputs: &Inputs) -> Result<Drawing, Failure> {
        if let Some(problem) = inputs.problems.first() {
            let others = inputs.problems.len() - 1;
            let more = if others > 0 { format!(" And {others} more.") } else { String::new() };
            return Err(Failure::refused(format!("{problem}.{more} Fix them first.")));
        }
        let sample = self.sample(inputs)?;
        let decisions = self.decisions()?;
        let mut responses = Vec::new();
        for response in &inputs.responses {
            let drawn = sample
                .as_ref()
                .map(|sample| sample.drawn.iter().find(|drawn| drawn.origin == response.origin));
            let drawn = match drawn {
                Some(None) => continue,
                Some(Some(drawn)) => Some(drawn),
                None => None,
            };
            let masked = decisions.apply(&response.text).map_err(|error| self.refused(error))?;
            responses.push(Prepared {
                response: Response { text: masked.text, ..response.clone() },
                masks: masked.masks,
                // What was added is no part of the sample that was drawn before.
                inclusion_probability: drawn
                    .filter(|_| inputs.running.is_none())
                    .map(|drawn| drawn.inclusion_probability),
                repeated: drawn.is_some_and(|drawn| drawn.repeated),
            });
        }
        let answered = |scenario: &&Scenario| {
            responses.iter().any(|prepared| prepared.response.origin.scenario_id == scenario.id)
        };
        let mut scenarios: Vec<Scenario> =
            inputs.bank.scenarios.iter().filter(answered).cloned().collect();
        let mut masked = BTreeMap::new();
        for scenario in &mut scenarios {
            let parts = decisions.mask_scenario(scenario).map_err(|error| self.refused(error))?;
            masked.insert(scenario.id.clone(), parts);
        }
        let mut instructions = self.instructions.trim().to_owned();
        let mut calibration = inputs.calibration.clone();
        let masked_opening = decisions
            .mask_opening(&mut instructions, &mut calibration)
            .map_err(|error| self.refused(error))?;
        Ok(Drawing {
            sample,
            responses,
            scenarios,
            masked,
            instructions,
            calibration,
            masked_opening,
        })
    }

    fn sample(&self, inputs: &Inputs) -> Result<Option<Sample>, Failure> {
        let Some(sampling) = &self.sampling else { return Ok(None) };
        let scenarios: BTreeMap<&str, &Scenario> =
            inputs.bank.scenarios.iter().map(|known| (known.id.as_str(), known)).collect();
        let candidates: Vec<Candidate> = inputs
            .responses
            .iter()
            .enumerate()
            .filter(|(place, _)| !inputs.there.has(*place))
            .filter_map(|(_, response)| {
                let scenario = scenarios.get(response.origin.scenario_id.as_str())?;
                let scores = inputs.scores.get(&response.origin.item_name());
                Some(Candidate::new(response, scenario, scores.cloned().unwrap_or_default()))
            })
            .collect();
        draw_sample(&candidates, sampling, self.seed)
            .map(Some)
            .map_err(|error| self.refused_at(error.at(), error))
    }
}

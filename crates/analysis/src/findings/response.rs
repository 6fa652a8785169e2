//! The scored responses, each with its scenario.

use super::{FindingsError, FindingsPlan};
use std::collections::BTreeMap;
use study::{Exclusion, Framing, Grade, Observation, Scenario, Score, ScoredResponses};

/// One scored response.
#[derive(Clone, Copy)]
pub(crate) struct Response<'a> {
    pub(crate) item: &'a str,
    pub(crate) scenario: &'a Scenario,
    pub(crate) model: &'a str,
    pub(crate) omission: Score,
    pub(crate) commission: Score,
    pub(crate) actions: Option<&'a [Option<usize>]>,
    pub(crate) noted: Option<&'a Observation>,
}

/// All scored responses whose scenario is known.
pub(crate) struct Responses<'a> {
    pub(crate) all: Vec<Response<'a>>,
    /// Scenarios that the scores name and the bank lacks, with their numbers of responses.
    pub(crate) unknown: BTreeMap<&'a str, u64>,
}

impl<'a> Responses<'a> {
    pub(crate) fn of(
        scored: &'a ScoredResponses,
        scenarios: &'a [Scenario],
        plan: &FindingsPlan,
    ) -> Result<Self, FindingsError> {
        let bank: BTreeMap<&str, &Scenario> =
            scenarios.iter().map(|scenario| (scenario.id.as_str(), scenario)).collect();
        let scores = &scored.scores;
        let (mut all, mut unknown) = (Vec::new(), BTreeMap::new());
        for item in scores.items.keys() {
            let Some(place) = scores.places.get(item) else {
                return Err(FindingsError::NoModel { item: item.clone() });
            };
            let Some(scenario) = bank.get(place.scenario.as_str()) else {
                *unknown.entry(place.scenario.as_str()).or_insert(0) += 1;
                continue;
            };
            let Some(model) = &place.model else {
                return Err(FindingsError::NoModel { item: item.clone() });
            };
            all.push(Response {
                item,
                scenario,
                model,
                omission: scores.score(item, &plan.omission_axis),
                commission: scores.score(item, &plan.commission_axis),
                actions: scores.checklist.items.get(item).map(Vec::as_slice),
                noted: scored.observations.get(item),
            });
        }
        if all.is_empty() {
            let (responses, scenarios) = (scores.items.len(), scenarios.len());
            return Err(FindingsError::NoResponses { responses, scenarios });
        }
        Ok(Self { all, unknown })
    }

    /// The responses of each model.
    pub(crate) fn by_model(&self) -> BTreeMap<&'a str, Vec<Response<'a>>> {
        let mut models: BTreeMap<&str, Vec<Response<'a>>> = BTreeMap::new();
        for response in &self.all {
            models.entry(response.model).or_default().push(*response);
        }
        models
    }
}

impl<'a> Response<'a> {
    /// The pair it belongs to, and its side.
    pub(crate) fn side(&self) -> Option<(&'a str, Framing)> {
        self.scenario.pair_id.as_deref().zip(self.scenario.framing)
    }
}

/// A grade as a number, if there is one.
pub(crate) fn grade(score: Score) -> Option<f64> {
    match score {
        Score::Grade(grade) => Some(f64::from(grade)),
        Score::Excluded(_) => None,
    }
}

/// Whether a score is a grade of at least `least`.
pub(crate) fn is_at_least(score: Score, least: Grade) -> bool {
    matches!(score, Score::Grade(grade) if grade >= least)
}

/// How many scores are none, by reason.
pub(crate) fn excluded(scores: impl Iterator<Item = Score>) -> BTreeMap<Exclusion, u64> {
    let mut excluded = BTreeMap::new();
    for score in scores {
        if let Score::Excluded(reason) = score {
            *excluded.entry(reason).or_insert(0) += 1;
        }
    }
    excluded
}

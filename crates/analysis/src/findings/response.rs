//! The scored responses, each with its scenario.

use super::graded::Graded;
use super::rated::{RatedResponse, RatedResponses};
use super::{FindingsError, FindingsPlan};
use crate::drawn::Drawn;
use std::collections::BTreeMap;
use study::{Exclusion, Framing, Scenario};

/// One scored response.
#[derive(Clone, Copy)]
pub(crate) struct Response<'a> {
    pub(crate) item: &'a str,
    pub(crate) scenario: &'a Scenario,
    pub(crate) model: &'a str,
    pub(crate) omission: Result<Graded, Exclusion>,
    pub(crate) commission: Result<Graded, Exclusion>,
    /// How many responses it represents.
    pub(crate) weight: f64,
    /// What its raters say beside the grades.
    pub(crate) said: &'a RatedResponse,
}

/// All scored responses whose scenario is known.
pub(crate) struct Responses<'a> {
    pub(crate) all: Vec<Response<'a>>,
    /// Scenarios that the scores name and the bank lacks, with their numbers of responses.
    pub(crate) unknown: BTreeMap<&'a str, u64>,
    /// How they were drawn to be rated.
    pub(crate) drawn: Drawn,
}

impl<'a> Responses<'a> {
    pub(crate) fn of(
        rated: &'a RatedResponses,
        scenarios: &'a [Scenario],
        plan: &FindingsPlan,
    ) -> Result<Self, FindingsError> {
        let bank: BTreeMap<&str, &Scenario> =
            scenarios.iter().map(|scenario| (scenario.id.as_str(), scenario)).collect();
        let (omission, commission) =
            (rated.axis(&plan.omission_axis), rated.axis(&plan.commission_axis));
        let (mut all, mut unknown) = (Vec::new(), BTreeMap::new());
        for (item, said) in &rated.items {
            let Some(design) = &said.design else {
                return Err(FindingsError::NoModel { item: item.clone() });
            };
            let Some(scenario) = bank.get(design.scenario.as_str()) else {
                *unknown.entry(design.scenario.as_str()).or_insert(0) += 1;
                continue;
            };
            let Some(model) = &design.model else {
                return Err(FindingsError::NoModel { item: item.clone() });
            };
            let (omission, commission) = (omission.graded(item), commission.graded(item));
            all.push(Response { item, scenario, model, omission, commission, weight: 1.0, said });
        }
        if all.is_empty() {
            let (responses, scenarios) = (rated.items.len(), scenarios.len());
            return Err(FindingsError::NoResponses { responses, scenarios });
        }
        Ok(Self::drawn_alike_or_not(all, unknown))
    }

    /// Each weighted by how just these were drawn.
    pub(crate) fn drawn_alike_or_not(
        mut all: Vec<Response<'a>>,
        unknown: BTreeMap<&'a str, u64>,
    ) -> Self {
        let design = |response: &Response<'a>| response.said.design.as_ref();
        let drawn = Drawn::of(all.iter().map(design));
        for response in &mut all {
            response.weight = drawn.weight(design(response));
        }
        Self { all, unknown, drawn }
    }

    /// The rated sample as it is, every response counting once.
    pub(crate) fn unweighted(&self) -> Self {
        let once = |response: &Response<'a>| Response { weight: 1.0, ..*response };
        let all = self.all.iter().map(once).collect();
        Self { all, unknown: self.unknown.clone(), drawn: Drawn::Alike }
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

    /// What responses that are not independent share.
    pub(crate) fn cluster(&self) -> &'a str {
        self.scenario.cluster()
    }
}

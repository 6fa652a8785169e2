//! What the lead author asks of a sample, and what cannot be asked.

use super::{Candidate, SamplingError};
use crate::Grade;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;

/// What the lead author asks of the sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Sampling {
    /// Responses to draw, not counting planted repeats.
    pub size: u32,
    /// Numbers over the models; equal by default.
    #[serde(default = "Balance::equal")]
    #[ts(optional, as = "Option<Balance>")]
    pub models: Balance,
    /// Numbers over the categories; proportional by default.
    #[serde(default = "Balance::proportional")]
    #[ts(optional, as = "Option<Balance>")]
    pub categories: Balance,
    /// High automated scores to draw more often than they occur.
    #[serde(default)]
    #[ts(optional)]
    pub oversample: Option<Oversample>,
    /// Whether the framings of a pair are drawn together or not at all, for each model and
    /// repetition; true by default.
    #[serde(default = "yes")]
    #[ts(optional, as = "Option<bool>")]
    pub pairs_together: bool,
    /// Filtered responses to draw at least, where their share of the candidates gives fewer. They
    /// are never left out on purpose.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub filtered_at_least: u32,
    /// Drawn responses to show twice to each rater who has them. Filtered ones are not repeated.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub repeats: u32,
}

/// How numbers are spread over models or categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Balance {
    /// As equal as the candidates allow.
    Equal,
    /// In proportion to the candidates.
    Proportional,
}

/// A share of the sample for responses that an automated judge scored high.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Oversample {
    /// The axis of the scores.
    pub axis: String,
    /// The lowest grade that counts as high.
    pub at_least: Grade,
    /// The share of the sample that is high, more than 0 and less than 1. Where high scores are
    /// more common than that among the candidates, they keep their own share.
    pub share: f64,
}

impl Sampling {
    /// A sample of `size` with everything else at its default.
    pub fn of_size(size: u32) -> Self {
        Self {
            size,
            models: Balance::Equal,
            categories: Balance::Proportional,
            oversample: None,
            pairs_together: true,
            filtered_at_least: 0,
            repeats: 0,
        }
    }

    pub(super) fn is_high(&self, candidate: &Candidate) -> bool {
        self.oversample.as_ref().is_some_and(|high| {
            candidate.scores.get(&high.axis).is_some_and(|score| *score >= high.at_least)
        })
    }

    pub(super) fn check(&self, candidates: &[Candidate]) -> Result<(), SamplingError> {
        let there = candidates.len() as u32;
        if self.size == 0 {
            return Err(SamplingError::NoSize);
        }
        if self.size > there {
            return Err(SamplingError::TooLarge { size: self.size, candidates: there });
        }
        for (field, found) in
            [("repeats", self.repeats), ("filtered_at_least", self.filtered_at_least)]
        {
            if found > self.size {
                return Err(SamplingError::MoreThanSize { field, found, size: self.size });
            }
        }
        let mut origins = BTreeSet::new();
        if let Some(twice) = candidates.iter().find(|one| !origins.insert(&one.origin)) {
            return Err(SamplingError::Duplicate(twice.origin.clone()));
        }
        self.oversample.as_ref().map_or(Ok(()), |high| high.check(candidates))
    }
}

impl Oversample {
    fn check(&self, candidates: &[Candidate]) -> Result<(), SamplingError> {
        if !(self.share > 0.0 && self.share < 1.0) {
            return Err(SamplingError::Share(self.share));
        }
        let scores = candidates.iter().filter_map(|one| one.scores.get(&self.axis));
        match scores.max() {
            None => Err(SamplingError::NoScores(self.axis.clone())),
            Some(highest) if *highest < self.at_least => Err(SamplingError::NoHighScore {
                axis: self.axis.clone(),
                at_least: self.at_least,
                highest: *highest,
            }),
            Some(_) => Ok(()),
        }
    }
}

impl Balance {
    fn equal() -> Self {
        Self::Equal
    }

    fn proportional() -> Self {
        Self::Proportional
    }
}

fn yes() -> bool {
    true
}

//! Drawing the responses that are rated, each with the probability that it had.
//!
//! 1. Responses that must stay together are *units*; units that nothing in the design tells apart
//!    form a *cell* (`cell.rs`).
//! 2. What was asked for becomes totals to reach (`target.rs`), and the totals become an expected
//!    number of units for each cell (`raking.rs`). The expected number over the cell's size is the
//!    inclusion probability of each response in it.
//! 3. The expected numbers are rounded at random so that each keeps its expectation and the totals
//!    stay whole (`settling.rs`, `rounding.rs`), and within a cell the units are a simple random sample.
//!
//! The stated probabilities are therefore those of the design, not estimates. Only the rounding and
//! the draws within cells are random. Arithmetic uses no operation but + − × ÷, which IEEE 754 fixes
//! to the bit, so the same seed draws the same sample on every machine.

mod cell;
mod raking;
mod report;
mod rounding;
mod settling;
mod target;

pub use report::{Margin, MarginKind, MarginLine, SamplingReport};

use crate::order::Draw;
use crate::{Digest, Framing, Grade, Origin, Response, Scenario};
use cell::Cell;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;
use ts_rs::TS;

/// What the lead author asks of the sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Sampling {
    /// Responses to draw, not counting planted repeats.
    pub size: u32,
    /// Numbers over the models; equal if not said.
    #[serde(default = "Balance::equal")]
    #[ts(optional, as = "Option<Balance>")]
    pub models: Balance,
    /// Numbers over the categories; proportional if not said.
    #[serde(default = "Balance::proportional")]
    #[ts(optional, as = "Option<Balance>")]
    pub categories: Balance,
    /// High automated scores to draw more often than they occur.
    #[serde(default)]
    #[ts(optional)]
    pub oversample: Option<Oversample>,
    /// Whether the framings of a pair are drawn together or not at all, for each model and
    /// repetition; true if not said.
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

/// A response that may be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Where it comes from.
    pub origin: Origin,
    /// Its scenario's category.
    pub category: String,
    /// Who asks, where that is part of the design.
    pub framing: Option<Framing>,
    /// Shared by scenarios that differ only in framing.
    pub pair_id: Option<String>,
    /// Filtered, or blank: the text was withheld, or there is none.
    pub filtered: bool,
    /// Automated scores by axis. An axis without one counts as not high.
    pub scores: BTreeMap<String, Grade>,
}

/// What was drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The responses, by origin.
    pub drawn: Vec<Drawn>,
    /// What was asked for, what came of it, and why not all.
    pub report: SamplingReport,
}

/// A drawn response.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// Where it comes from.
    pub origin: Origin,
    /// The probability, over all samples of this design, that it is drawn: more than 0, at most 1.
    /// Its inverse is the weight of a Horvitz–Thompson estimate.
    pub inclusion_probability: f64,
    /// Whether it is shown twice.
    pub repeated: bool,
}

/// Why no sample can be drawn.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SamplingError {
    /// Nothing asked for.
    #[error("field `size`: found 0; expected at least 1")]
    NoSize,
    /// More than there is.
    #[error("field `size`: found {size}; expected at most {candidates}, the number of candidates")]
    TooLarge {
        /// Asked for.
        size: u32,
        /// There.
        candidates: u32,
    },
    /// One response twice.
    #[error("scenario `{}`, model `{}`, repetition {}: two candidates; expected one", .0.scenario_id, .0.model_id, .0.rep_id)]
    Duplicate(Origin),
    /// No whole pairs add up to the size.
    #[error(
        "field `size`: found {size}, which whole pairs cannot add up to; expected {near}, or `pairs_together` false"
    )]
    WholePairs {
        /// Asked for.
        size: u32,
        /// The sizes next to it that can be reached.
        near: String,
    },
    /// A share that is none.
    #[error(
        "field `oversample.share`: found {0}; expected a number between 0 and 1, such as 0.3 for 30 %"
    )]
    Share(f64),
    /// Oversampling without scores.
    #[error(
        "field `oversample.axis`: found `{0}`, on which no candidate has an automated score; expected an axis of the score file. Add the scores, or draw without oversampling"
    )]
    NoScores(String),
    /// Oversampling of what does not occur.
    #[error(
        "field `oversample.at_least`: found {at_least}; expected at most {highest}, the highest score on `{axis}`"
    )]
    NoHighScore {
        /// The axis.
        axis: String,
        /// Asked for.
        at_least: Grade,
        /// There.
        highest: Grade,
    },
    /// More of a part than of the whole.
    #[error("field `{field}`: found {found}; expected at most {size}, the size of the sample")]
    MoreThanSize {
        /// `repeats` or `filtered_at_least`.
        field: &'static str,
        /// Asked for.
        found: u32,
        /// The sample's size.
        size: u32,
    },
}

impl Sampling {
    /// A sample of `size` with everything else as it is if not said.
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

    fn is_high(&self, candidate: &Candidate) -> bool {
        self.oversample.as_ref().is_some_and(|high| {
            candidate.scores.get(&high.axis).is_some_and(|score| *score >= high.at_least)
        })
    }

    fn check(&self, candidates: &[Candidate]) -> Result<(), SamplingError> {
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

impl Candidate {
    /// `response` to `scenario` as a candidate, with its automated scores.
    pub fn new(response: &Response, scenario: &Scenario, scores: BTreeMap<String, Grade>) -> Self {
        Self {
            origin: response.origin.clone(),
            category: scenario.category.clone(),
            framing: scenario.framing,
            pair_id: scenario.pair_id.clone(),
            filtered: response.filtered || response.text.trim().is_empty(),
            scores,
        }
    }
}

/// Draws the sample that `sampling` describes. The order of `candidates` does not matter.
pub fn draw_sample(
    candidates: &[Candidate],
    sampling: &Sampling,
    seed: u64,
) -> Result<Sample, SamplingError> {
    sampling.check(candidates)?;
    let mut candidates: Vec<&Candidate> = candidates.iter().collect();
    candidates.sort_by_cached_key(|candidate| Digest::of(&candidate.origin));
    let mut draw = Draw::new(Digest::of(&("sample", seed)).seed());
    let mut cells = cell::cells(&candidates, sampling);
    let groups = target::groups(&cells, sampling)?;
    let expected = raking::rake(&cells, &groups, sampling.size);
    let settled = settling::settle(&cells, &expected, &mut draw);
    let numbers = rounding::round(&cells, &settled, &groups, &mut draw);

    let mut drawn = Vec::new();
    for ((cell, expected), number) in cells.iter_mut().zip(&expected).zip(&numbers) {
        let inclusion_probability = (expected / cell.units.len() as f64).min(1.0);
        draw.shuffle(&mut cell.units);
        let units = cell.units.iter().take(*number as usize);
        drawn.extend(units.flatten().map(|index| (*index, inclusion_probability)));
    }
    let repeated = repeats(&candidates, &drawn, sampling.repeats, &mut draw);
    let report = report::report(report::Outcome {
        candidates: &candidates,
        sampling,
        seed,
        cells: &cells,
        groups: &groups,
        expected: &expected,
        numbers: &numbers,
        drawn: &drawn.iter().map(|(index, _)| *index).collect(),
        repeats: repeated.len() as u32,
    });
    let mut drawn: Vec<Drawn> = drawn
        .into_iter()
        .map(|(index, inclusion_probability)| Drawn {
            origin: candidates[index].origin.clone(),
            inclusion_probability,
            repeated: repeated.contains(&index),
        })
        .collect();
    drawn.sort_by(|a, b| a.origin.cmp(&b.origin));
    Ok(Sample { drawn, report })
}

/// The responses to show twice, spread over the models: every n-th of the drawn ones in the order
/// of their models, and by chance within a model.
fn repeats(
    candidates: &[&Candidate],
    drawn: &[(usize, f64)],
    wanted: u32,
    draw: &mut Draw,
) -> BTreeSet<usize> {
    let mut readable: Vec<usize> =
        drawn.iter().map(|(index, _)| *index).filter(|at| !candidates[*at].filtered).collect();
    draw.shuffle(&mut readable);
    readable.sort_by_key(|at| &candidates[*at].origin.model_id);
    let (there, wanted) = (readable.len(), (wanted as usize).min(readable.len()));
    if wanted == 0 {
        return BTreeSet::new();
    }
    // Places start, start + there, start + 2 there, … on a line on which each response has
    // `wanted` places: whole numbers, so no place is on an edge by rounding.
    let start = draw.below(there);
    (0..wanted).map(|nth| readable[(start + nth * there) / wanted]).collect()
}

fn total(cells: &[Cell], coefficient: impl Fn(&Cell) -> u32) -> u32 {
    cells.iter().map(|cell| coefficient(cell) * cell.units.len() as u32).sum()
}

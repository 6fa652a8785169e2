//! Drawing the responses that are rated, each with the probability that it had.
//!
//! 1. Responses that must stay together are *units*; units that nothing in the design distinguishes
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
mod error;
mod raking;
mod report;
mod rounding;
mod settling;
mod spec;
mod target;

pub use error::SamplingError;
pub use report::{Margin, MarginKind, MarginLine, SamplingReport};
pub use spec::{Balance, Oversample, Sampling};

use crate::order::Draw;
use crate::{Digest, Framing, Grade, Origin, Response, Scenario};
use cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

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
        let inclusion_probability = probability(*expected, cell);
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

/// The inclusion probability of a response in `cell`: the fraction itself where a whole number of its units
/// is drawn. Raking stops before its last digits are right, which are left out.
fn probability(expected: f64, cell: &Cell) -> f64 {
    let whole = (expected + 0.5).floor();
    let near = (expected - whole).abs() < rounding::WHOLE;
    let exact = (if near { whole } else { expected } / cell.units.len() as f64).min(1.0);
    if near { exact } else { format!("{exact:.9e}").parse().unwrap_or(exact) }
}

fn total(cells: &[Cell], coefficient: impl Fn(&Cell) -> u32) -> u32 {
    cells.iter().map(|cell| coefficient(cell) * cell.units.len() as u32).sum()
}

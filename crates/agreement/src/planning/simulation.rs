//! The number of items for any coefficient, by simulation.

use std::ops::ControlFlow;

use super::items::{Goal, PlanError, Planned, plan};
use crate::resample::{Draw, Multinomial, deviation};
use crate::{ContingencyTable, Measure, Undefined};

/// Samples for each number of items tried.
const SAMPLES: usize = 2_000;

/// Numbers of items tried before the plan is taken as it is.
const ROUNDS: usize = 8;

/// Items of the first round.
const START: u64 = 200;

/// How far a simulation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Samples drawn.
    pub done: usize,
    /// Samples that will be drawn at most.
    pub most: usize,
}

/// The number of items that two raters must both rate for any coefficient of their table, such as
/// AC2 or alpha, to be as precise, or as probably above a bound, as wanted.
///
/// `expected` and `design_effect` are as for [`crate::plan_kappa`]. 2,000 samples of a number of
/// items are drawn from the expected table; the standard deviation of the coefficient in those that
/// have one gives the next number, until it changes by less than the simulation can see, 2 %. So
/// it also holds where few items make the large-sample formulas wrong. The same seed gives the
/// same plan.
///
/// `progress` is told after every 100 samples how far the work has come, and stops it with
/// [`ControlFlow::Break`].
///
/// # Errors
/// [`PlanError::Expected`] where the coefficient does not exist for the expected table, does not
/// vary, or hardly exists for samples of the size needed; [`PlanError::Stopped`] if `progress` says
/// so; the other [`PlanError`]s for goals that cannot be.
///
/// Source: A. Donner and M. A. Rotondi (2010), Sample size requirements for interval estimation of
/// the kappa statistic, *International Journal of Biostatistics* 6(1):31, for the goal; the search
/// is the delta method's n ∝ 1 / s² applied to simulated s.
pub fn plan_by_simulation(
    expected: &ContingencyTable,
    statistic: impl Fn(&ContingencyTable) -> Measure,
    goal: Goal,
    design_effect: f64,
    seed: u64,
    mut progress: impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<Planned, PlanError> {
    let estimate = match statistic(expected) {
        Measure::Estimated(estimated) => estimated.estimate,
        Measure::Undefined(reason) => return Err(PlanError::Expected(reason)),
    };
    // A goal or design effect that cannot be is refused before the work.
    plan(estimate, 1.0, goal, design_effect)?;
    let cells = expected.occupied();
    let weights: Vec<u64> = cells.iter().map(|&(_, _, count)| count).collect();
    let multinomial = Multinomial::new(&weights);
    let (mut sample, mut counts, mut held) = (expected.clone(), weights.clone(), Vec::new());
    let mut items = START;
    let mut planned = None;
    for round in 0..ROUNDS {
        let mut draw = Draw::new(seed, round as u64);
        let mut values = Vec::with_capacity(SAMPLES);
        for drawn in 0..SAMPLES {
            multinomial.draw(items, &mut draw, &mut counts, &mut held);
            sample.refill(&cells, &counts);
            values.extend(statistic(&sample).estimate());
            if drawn % 100 == 99 {
                let done = round * SAMPLES + drawn + 1;
                if progress(Progress { done, most: ROUNDS * SAMPLES }).is_break() {
                    return Err(PlanError::Stopped);
                }
            }
        }
        let spread = match deviation(&values) {
            Some(se) if se > 0.0 && 2 * values.len() >= SAMPLES => se * (items as f64).sqrt(),
            _ => return Err(PlanError::Expected(Undefined::NoVariation)),
        };
        let found = plan(estimate, spread, goal, design_effect)?;
        // Clustered items carry as much as this many independent ones.
        let next = ((found.items as f64 / design_effect).round() as u64).max(2);
        let settled = next.abs_diff(items) as f64 <= 0.02 * items as f64;
        planned = Some(found);
        items = next;
        if settled {
            break;
        }
    }
    planned.ok_or(PlanError::Stopped)
}

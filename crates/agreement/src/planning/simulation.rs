//! Plans for any coefficient, by simulation.

use std::ops::ControlFlow;

use super::items::{Goal, PlanError, Planned, checked, plan};
use super::precision::Precision;
use crate::resample::{Draw, Multinomial, deviation};
use crate::{ContingencyTable, Measure, Undefined};

/// Numbers of items tried before the plan is taken as it is.
const ROUNDS: usize = 8;

/// Items of the first round.
const START: u64 = 200;

/// With fewer samples a standard deviation is a guess.
const FEWEST: usize = 100;

/// How much to simulate, and from which random numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Simulation {
    /// Samples for each number of items tried, at least 100. The number of items planned varies
    /// with the seed by about √(2 / samples): 3 % for 2,000, 1.4 % for 10,000.
    pub samples: usize,
    /// The seed. The same seed gives the same plan.
    pub seed: u64,
}

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
/// `expected` and `design_effect` are as for [`crate::plan_kappa`]. Samples of a number of items
/// are drawn from the expected table; the standard deviation of the coefficient in those that have
/// one gives the next number, until it changes by less than 2 %. So it also holds where few items
/// make the large-sample formulas wrong.
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
    simulation: Simulation,
    mut progress: impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<Planned, PlanError> {
    let estimate = estimate(expected, &statistic)?;
    // A goal or design effect that cannot be is refused before the work.
    plan(estimate, 1.0, goal, design_effect)?;
    let mut sampler = Sampler::new(expected, statistic, simulation)?;
    let most = ROUNDS * simulation.samples;
    let mut items = START;
    let mut planned = None;
    for round in 0..ROUNDS {
        let before = round * simulation.samples;
        let spread = sampler
            .spread(items, round as u64, |done| progress(Progress { done: before + done, most }))?;
        let found = plan(estimate, spread, goal, design_effect)?;
        let next = independent(found.items, design_effect);
        let settled = next.abs_diff(items) as f64 <= 0.02 * items as f64;
        planned = Some(found);
        items = next;
        if settled {
            break;
        }
    }
    planned.ok_or(PlanError::Stopped)
}

/// What so many items that two raters both rated will show of any coefficient, by simulation: the
/// reverse of [`plan_by_simulation`], with the same arguments and errors, and
/// [`PlanError::Items`] for fewer items than two independent ones.
pub fn precision_by_simulation(
    expected: &ContingencyTable,
    statistic: impl Fn(&ContingencyTable) -> Measure,
    items: u64,
    design_effect: f64,
    simulation: Simulation,
    mut progress: impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<Precision, PlanError> {
    let estimate = estimate(expected, &statistic)?;
    Precision::of(estimate, 1.0, items, checked(design_effect)?)?;
    let spread = Sampler::new(expected, statistic, simulation)?.spread(
        independent(items, design_effect),
        0,
        |done| progress(Progress { done, most: simulation.samples }),
    )?;
    Precision::of(estimate, spread, items, design_effect)
}

fn estimate(
    expected: &ContingencyTable,
    statistic: impl Fn(&ContingencyTable) -> Measure,
) -> Result<f64, PlanError> {
    match statistic(expected) {
        Measure::Estimated(estimated) => Ok(estimated.estimate),
        Measure::Undefined(reason) => Err(PlanError::Expected(reason)),
    }
}

/// Clustered items carry as much as this many independent ones.
fn independent(items: u64, design_effect: f64) -> u64 {
    ((items as f64 / design_effect).round() as u64).max(2)
}

/// Draws samples from an expected table.
struct Sampler<S> {
    statistic: S,
    simulation: Simulation,
    cells: Vec<(usize, usize, u64)>,
    multinomial: Multinomial,
    sample: ContingencyTable,
    counts: Vec<u64>,
}

impl<S: Fn(&ContingencyTable) -> Measure> Sampler<S> {
    fn new(
        expected: &ContingencyTable,
        statistic: S,
        simulation: Simulation,
    ) -> Result<Self, PlanError> {
        if simulation.samples < FEWEST {
            return Err(PlanError::Samples(simulation.samples));
        }
        let cells = expected.occupied();
        let counts: Vec<u64> = cells.iter().map(|&(_, _, count)| count).collect();
        let multinomial = Multinomial::new(&counts);
        Ok(Self { statistic, simulation, cells, multinomial, sample: expected.clone(), counts })
    }

    /// The standard deviation of the statistic in samples of `items` items, times √items.
    fn spread(
        &mut self,
        items: u64,
        stream: u64,
        mut done: impl FnMut(usize) -> ControlFlow<()>,
    ) -> Result<f64, PlanError> {
        let Simulation { samples, seed } = self.simulation;
        let mut draw = Draw::new(seed, stream);
        let mut held = Vec::new();
        let mut values = Vec::with_capacity(samples);
        for drawn in 1..=samples {
            self.multinomial.draw(items, &mut draw, &mut self.counts, &mut held);
            self.sample.refill(&self.cells, &self.counts);
            values.extend((self.statistic)(&self.sample).estimate());
            if drawn % 100 == 0 && done(drawn).is_break() {
                return Err(PlanError::Stopped);
            }
        }
        match deviation(&values) {
            Some(se) if se > 0.0 && 2 * values.len() >= samples => Ok(se * (items as f64).sqrt()),
            _ => Err(PlanError::Expected(Undefined::NoVariation)),
        }
    }
}

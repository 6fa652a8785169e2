//! The smallest study that keeps a promise, by simulation.

use std::ops::ControlFlow;

use super::goal::{Goal, PlanError};
use super::outlook::{Outlook, Shown};
use crate::Undefined;
use crate::resample::Draw;

/// With fewer samples a probability is a guess.
const FEWEST_SAMPLES: usize = 100;

/// An interval needs three units.
const FEWEST_UNITS: u64 = 3;

/// Larger studies are refused where each unit is drawn by itself.
const MOST: u64 = 100_000;

/// Studies that share one stream of random numbers.
const BLOCK: usize = 50;

/// The streams of the studies by which a plan is confirmed begin here: those that chose the size were
/// chosen with it.
const CONFIRMING: u64 = 1 << 32;

/// The two stages of the search: its most rounds, samples as a share of all, and how close the bracket
/// must be.
const STAGES: [(usize, usize, f64); 2] = [(8, 10, 0.1), (6, 2, 0.01)];

/// Sizes at which the plan is confirmed, at most.
const CONFIRMATIONS: usize = 4;

/// How much to simulate, and from which random numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Simulation {
    /// Studies by which the planned size is confirmed, at least 100. A probability of .8 is then known
    /// to ± 0.8 · √(1 / samples) (95 %): .008 for 10,000; the size to about 1.5 times the share.
    pub samples: usize,
    /// The seed. The same seed gives the same plan.
    pub seed: u64,
}

/// How far a simulation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Samples drawn.
    pub done: usize,
    /// Samples that will be drawn at most.
    pub most: usize,
}

impl Simulation {
    /// The most samples that [`plan_study`] draws.
    pub fn most(self) -> usize {
        let stages = STAGES.iter().map(|(rounds, part, _)| rounds * self.share(*part));
        stages.sum::<usize>() + CONFIRMATIONS * self.samples
    }

    fn share(self, part: usize) -> usize {
        (self.samples / part).max(FEWEST_SAMPLES)
    }
}

/// A study that can be drawn at any size.
pub trait SimulatedStudy {
    /// What a study of this many units shows; none where it has no interval.
    fn shown(&mut self, units: u64, draw: &mut Draw) -> Option<Shown>;

    /// The largest study that can be drawn in reasonable time.
    fn most(&self) -> u64 {
        MOST
    }
}

impl<F: FnMut(u64, &mut Draw) -> Option<Shown>> SimulatedStudy for F {
    fn shown(&mut self, units: u64, draw: &mut Draw) -> Option<Shown> {
        self(units, draw)
    }
}

/// The smallest study that keeps `goal`, and what studies of its size show.
///
/// `expected` is the true value of the estimate, `first` a guess at the size; where it is twice the
/// largest that can be drawn, none is. Each size is tried with
/// the same random numbers. The reach that the wanted share of studies stay within falls about as
/// 1/√size, which gives the next size; a bracket of sizes that fail and keep it guides the search to
/// within 1 %. The size is then confirmed by studies of other random numbers, `samples` of them, and
/// raised until the probability is at most one standard error of the simulation below the wanted one.
///
/// `progress` is told after every 50 samples, and stops the work with [`ControlFlow::Break`].
///
/// # Errors
/// [`PlanError`] for goals that cannot be, for a size beyond the study's largest, for studies that have no interval at
/// any size, and [`PlanError::Stopped`].
///
/// Sources: the assurance of a half-width: K. Kelley, S. E. Maxwell and J. R. Rausch (2003),
/// Obtaining power or obtaining precision, *Evaluation & the Health Professions* 26:258–287; for kappa's
/// interval: A. Donner and M. A. Rotondi (2010), *International Journal of Biostatistics* 6(1):31.
///
/// # Example
/// How many items show that a kappa of .6 is above .4 with power .8, where 30 % are positive? Cantor's
/// formula (1996) says 181, for a z test; the interval that is printed takes some more:
/// ```
/// use agreement::{
///     Clusters, ContingencyTable, Goal, Population, RatedStudy, Simulation, Statistic, Weights,
///     plan_study,
/// };
/// use std::ops::ControlFlow;
///
/// let table = ContingencyTable::from_rows(vec![vec![616, 84], vec![84, 216]]).unwrap();
/// let population = Population::of_table(&table);
/// let statistic = Statistic::CohenKappa(Weights::Identity);
/// let mut study = RatedStudy::new(&population, &statistic, Clusters::Independent).unwrap();
/// let goal = Goal::Above { value: 0.4, power: 0.8 };
/// let simulation = Simulation { samples: 1_000, seed: 1 };
/// let plan =
///     plan_study(&mut study, 0.6, goal, 181, simulation, |_| ControlFlow::Continue(())).unwrap();
/// assert!((181..=215).contains(&plan.units()));
/// ```
pub fn plan_study(
    study: &mut dyn SimulatedStudy,
    expected: f64,
    goal: Goal,
    first: u64,
    simulation: Simulation,
    mut progress: impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<Outlook, PlanError> {
    let goal = goal.checked(expected)?;
    if simulation.samples < FEWEST_SAMPLES {
        return Err(PlanError::Samples(simulation.samples));
    }
    let (most, largest) = (simulation.most(), study.most());
    if first / 2 > largest {
        return Err(PlanError::TooMany(largest));
    }
    let mut before = 0;
    let mut run = |units: u64, samples: usize, stream: u64| {
        let studies = studies(study, units, samples, simulation.seed, stream, |done| {
            progress(Progress { done: before + done, most })
        })?;
        before += samples;
        Ok::<_, PlanError>(studies)
    };
    let room = goal.room(expected);
    let mut size = first.clamp(FEWEST_UNITS, largest);
    for (rounds, part, close) in STAGES {
        let mut bracket = Bracket { fails: FEWEST_UNITS - 1, keeps: None };
        for _ in 0..rounds {
            let shown = run(size, simulation.share(part), 0)?;
            let reach = quantile(goal, expected, &shown);
            if bracket.closes(size, goal.kept(reach, room), close) {
                break;
            }
            size = within(bracket.next(size, reach / room), largest)?;
        }
        size = bracket.keeps.unwrap_or(size);
    }
    let mut left = CONFIRMATIONS;
    loop {
        left -= 1;
        let shown = run(size, simulation.samples, CONFIRMING)?;
        let outlook = Outlook::of(size, &shown);
        let kept = outlook.kept(goal);
        let enough = kept + outlook.error(goal.probability()) >= goal.probability();
        if enough || left == 0 {
            let known = outlook.estimable() > 0.5;
            return if known {
                Ok(outlook)
            } else {
                Err(PlanError::Expected(Undefined::NoVariation))
            };
        }
        let more = quantile(goal, expected, &shown) / room;
        size = within(larger(size, more.powi(2).clamp(1.002, 1.5)), largest)?;
    }
}

/// What studies of one size show: the reverse of [`plan_study`], with its arguments.
///
/// # Errors
/// [`PlanError::Items`] for fewer than three units, [`PlanError::TooMany`], [`PlanError::Samples`],
/// [`PlanError::Stopped`].
///
/// # Example
/// Where there is no gap, fewer than 5 % of 95 % intervals may lie on one side of 0:
/// ```
/// use agreement::{Draw, Simulation, mean_gap, outlook};
/// use std::ops::ControlFlow;
///
/// let mut study = |units: u64, draw: &mut Draw| {
///     mean_gap(&(0..units).map(|_| draw.unit() - 0.5).collect::<Vec<_>>())
/// };
/// let simulation = Simulation { samples: 1_000, seed: 1 };
/// let shown = outlook(&mut study, 20, simulation, |_| ControlFlow::Continue(())).unwrap();
/// assert_eq!((shown.units(), shown.samples(), shown.estimable()), (20, 1_000, 1.0));
/// assert!(shown.power_above(0.0) + shown.power_below(0.0) < 0.05);
/// ```
pub fn outlook(
    study: &mut dyn SimulatedStudy,
    units: u64,
    simulation: Simulation,
    mut progress: impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<Outlook, PlanError> {
    let Simulation { samples, seed } = simulation;
    if samples < FEWEST_SAMPLES {
        return Err(PlanError::Samples(samples));
    }
    if units < FEWEST_UNITS {
        return Err(PlanError::Items(units));
    }
    within(units, study.most())?;
    let step = |done| progress(Progress { done, most: samples });
    Ok(Outlook::of(units, &studies(study, units, samples, seed, CONFIRMING, step)?))
}

fn studies(
    study: &mut dyn SimulatedStudy,
    units: u64,
    samples: usize,
    seed: u64,
    stream: u64,
    mut done: impl FnMut(usize) -> ControlFlow<()>,
) -> Result<Vec<Option<Shown>>, PlanError> {
    let mut shown = Vec::with_capacity(samples);
    while shown.len() < samples {
        let mut draw = Draw::new(seed, stream + (shown.len() / BLOCK) as u64);
        for _ in 0..BLOCK.min(samples - shown.len()) {
            shown.push(study.shown(units, &mut draw));
        }
        if done(shown.len()).is_break() {
            return Err(PlanError::Stopped);
        }
    }
    Ok(shown)
}

/// The reach that the wanted share of studies stay within.
fn quantile(goal: Goal, expected: f64, shown: &[Option<Shown>]) -> f64 {
    let mut reaches: Vec<f64> = shown.iter().map(|shown| goal.reach(expected, *shown)).collect();
    reaches.sort_by(f64::total_cmp);
    let place = (goal.probability() * reaches.len() as f64).ceil().max(1.0) as usize - 1;
    reaches[place.min(reaches.len() - 1)]
}

fn larger(size: u64, factor: f64) -> u64 {
    ((size as f64 * factor).ceil() as u64).max(size + 1)
}

fn within(size: u64, largest: u64) -> Result<u64, PlanError> {
    if size > largest { Err(PlanError::TooMany(largest)) } else { Ok(size) }
}

/// The largest size found to fail below the smallest found to keep the goal.
struct Bracket {
    fails: u64,
    keeps: Option<u64>,
}

impl Bracket {
    /// Takes in what was found at a size, and says whether nothing is left to search.
    fn closes(&mut self, size: u64, keeps: bool, close: f64) -> bool {
        if keeps {
            self.keeps = Some(self.keeps.map_or(size, |known| known.min(size)));
        } else {
            self.fails = self.fails.max(size);
        }
        let gap = (close * self.fails as f64).max(1.0);
        self.keeps.is_some_and(|keeps| keeps as f64 <= self.fails as f64 + gap)
    }

    /// The next size to try, the reach being so many times what it may be.
    fn next(&self, size: u64, times: f64) -> u64 {
        let wanted = size as f64 * times.powi(2).clamp(0.25, 4.0);
        let Some(keeps) = self.keeps else {
            return larger(size, (wanted / size as f64).max(1.001));
        };
        let wanted = wanted.round() as u64;
        if wanted > self.fails && wanted < keeps {
            return wanted;
        }
        let between = (self.fails as f64 * keeps as f64).sqrt().round() as u64;
        between.clamp(self.fails + 1, (keeps - 1).max(self.fails + 1))
    }
}

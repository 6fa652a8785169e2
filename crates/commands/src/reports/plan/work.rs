//! Computing a plan.

use super::expected::Expected;
use super::size::Size;
use super::{PlanCoefficient, PlanGoal, PlanItems, PlanMethod, PlanPoint, four_of_five};
use crate::Watch;
use agreement::{
    Goal, KappaFormula, Measure, Outlook, PlanError, Population, RatedStudy, Simulation, Statistic,
    outlook, plan_study,
};
use std::ops::ControlFlow;

/// The numbers of items beside the planned one for which the precision is given too.
const BESIDE: [f64; 8] = [0.25, 0.4, 0.6, 0.8, 1.25, 1.5, 2.0, 3.0];

/// Where the search begins without a formula.
const FIRST: u64 = 100;

/// All that computing needs, and who looks on.
pub(super) struct Work<'a> {
    plan: &'a PlanItems,
    expected: &'a Expected,
    population: Population,
    statistic: Statistic<'a>,
    watch: Watch,
    /// The coefficient that the expected ratings have.
    pub(super) estimate: f64,
    pub(super) size: Size<'a>,
}

/// The plan itself.
pub(super) struct Found {
    pub(super) point: PlanPoint,
    pub(super) clusters: Option<u64>,
    pub(super) se: f64,
    pub(super) simulation_error: Option<f64>,
    pub(super) assured_half_width: Option<f64>,
    pub(super) samples: Option<u64>,
}

impl<'a> Work<'a> {
    pub(super) fn new(
        plan: &'a PlanItems,
        expected: &'a Expected,
        watch: Watch,
    ) -> Result<Self, PlanError> {
        let size = Size::new(plan.clusters, &expected.scenarios)?;
        let estimate = match plan.coefficient.of(&expected.table, &expected.scores) {
            Measure::Estimated(found) => found.estimate,
            Measure::Undefined(reason) => return Err(PlanError::Expected(reason)),
        };
        let statistic = plan.coefficient.statistic(&expected.scores);
        let population = Population::of_table(&expected.table);
        Ok(Self { plan, expected, population, statistic, watch, estimate, size })
    }

    /// None but for kappa.
    fn formula(&self) -> Option<Result<KappaFormula<'_>, PlanError>> {
        let PlanCoefficient::Kappa { weights } = self.plan.coefficient else { return None };
        Some(KappaFormula::new(&self.expected.table, weights.into(), self.size.design_effect()))
    }

    /// The formula, where it is asked for.
    fn asked_formula(&self) -> Option<Result<KappaFormula<'_>, PlanError>> {
        let asked = self.plan.chosen_method() == PlanMethod::Formula;
        asked.then(|| self.formula()).flatten()
    }

    fn study(&self) -> Result<RatedStudy<'_>, PlanError> {
        RatedStudy::new(&self.population, &self.statistic, self.size.clusters())
    }

    /// How much is simulated for the plan.
    fn simulation(&self) -> Simulation {
        Simulation { samples: self.size.samples(), seed: self.plan.seed }
    }

    /// How much for each number of items beside it.
    fn beside_simulation(&self) -> Simulation {
        Simulation { samples: self.size.samples() / 5, ..self.simulation() }
    }

    /// The samples of all that is simulated, for the progress bar.
    fn total(&self) -> u64 {
        (self.simulation().most() + BESIDE.len() * self.beside_simulation().samples) as u64
    }

    /// What is wanted; of a number of items nothing but what it shows.
    fn goal(&self) -> Result<Goal, u64> {
        match self.plan.goal {
            PlanGoal::HalfWidth { width, assurance } => Ok(Goal::HalfWidth { width, assurance }),
            PlanGoal::Power { null, power } => Ok(Goal::Above { value: null, power }),
            PlanGoal::Items { items, .. } => Err(items),
        }
    }

    /// The planned, or the given, number of items and what it shows.
    pub(super) fn found(&self) -> Result<Found, PlanError> {
        self.check_aim()?;
        if let Some(formula) = self.asked_formula() {
            return self.by_formula(&formula?);
        }
        let mut study = self.study()?;
        let step = |label: &'static str| {
            move |at: agreement::Progress| self.watch.step(at.done as u64, self.total(), label)
        };
        let outlook = match self.goal() {
            Ok(goal) => {
                let guess = self.formula().and_then(|formula| formula.ok()?.items(goal).ok());
                let first = guess.map_or(FIRST, |items| self.size.units(items));
                let label = "Searching the number of items";
                let simulation = self.simulation();
                plan_study(&mut study, self.estimate, goal, first, simulation, step(label))?
            }
            Err(items) => {
                let units = self.size.units(items);
                let label = "Simulating studies";
                outlook(&mut study, units, self.simulation(), step(label))?
            }
        };
        let point = self.point(&outlook);
        let given = self.goal().err();
        let promised = point.power.or(point.assurance);
        let share = self.plan.width().map_or_else(four_of_five, |(_, assurance)| assurance);
        Ok(Found {
            point: PlanPoint { items: given.unwrap_or(point.items), ..point },
            clusters: self.size.scenarios(outlook.units()),
            se: outlook.deviation(),
            simulation_error: promised.map(|promised| outlook.error(promised)),
            assured_half_width: Some(outlook.half_width(share)).filter(|width| width.is_finite()),
            samples: Some(outlook.samples() as u64),
        })
    }

    /// So that what cannot be is said before the first study is drawn. A number of items has no aim but
    /// the value that may be tested.
    fn check_aim(&self) -> Result<(), PlanError> {
        let power = four_of_five();
        let tested = || self.plan.null().map(|value| Goal::Above { value, power });
        if let Some(aim) = self.goal().ok().or_else(tested) {
            aim.within(-1.0, 1.0)?.checked(self.estimate)?;
        }
        Ok(())
    }

    fn by_formula(&self, formula: &KappaFormula<'_>) -> Result<Found, PlanError> {
        let items = match self.goal() {
            Ok(goal) => formula.items(goal)?,
            Err(items) if (items as f64) < 3.0 * self.size.design_effect() => {
                return Err(PlanError::Items(items));
            }
            Err(items) => items,
        };
        let scenarios = |items: u64| match self.size {
            Size::Scenarios { items: each, .. } => Some((items as f64 / each).ceil() as u64),
            _ => None,
        };
        Ok(Found {
            point: self.formula_point(formula, items)?,
            clusters: scenarios(items),
            se: formula.se(items),
            simulation_error: None,
            assured_half_width: None,
            samples: None,
        })
    }

    fn formula_point(
        &self,
        formula: &KappaFormula<'_>,
        items: u64,
    ) -> Result<PlanPoint, PlanError> {
        let power = self.plan.null().map(|null| formula.power(items, null)).transpose()?;
        Ok(PlanPoint { items, half_width: formula.half_width(items), power, assurance: None })
    }

    fn point(&self, outlook: &Outlook) -> PlanPoint {
        PlanPoint {
            items: self.size.items(outlook.units()),
            half_width: outlook.half_width(0.5),
            power: self.plan.null().map(|null| outlook.power_above(null)),
            assurance: self.plan.width().map(|(width, _)| outlook.assurance(width)),
        }
    }

    /// What the planned number of items and numbers beside it show.
    pub(super) fn curve(&self, planned: PlanPoint) -> Result<Vec<PlanPoint>, PlanError> {
        let mut curve = vec![planned];
        for (place, factor) in BESIDE.into_iter().enumerate() {
            let items = (planned.items as f64 * factor).round() as u64;
            // Too few items to say anything of, or the same number again.
            let fewest = (10.0 * self.size.design_effect()) as u64;
            let few = items < fewest || self.size.units(items) < 3;
            if few || curve.iter().any(|point| point.items == items) {
                continue;
            }
            let point = match self.asked_formula() {
                Some(formula) => Ok(self.formula_point(&formula?, items)?),
                None => self.beside(self.size.units(items), place),
            };
            let point = match point {
                Ok(point) => PlanPoint { items, ..point },
                // The picture ends where studies are too large to draw.
                Err(PlanError::TooMany(_)) => continue,
                Err(why) => return Err(why),
            };
            // So few items that most studies have no interval: the picture begins later.
            if point.half_width.is_finite() {
                curve.push(point);
            }
        }
        if self.plan.chosen_method() == PlanMethod::Simulation {
            self.step(self.total())?;
        }
        curve.sort_by_key(|point| point.items);
        Ok(curve)
    }

    fn beside(&self, units: u64, place: usize) -> Result<PlanPoint, PlanError> {
        let simulation = self.beside_simulation();
        let before = self.simulation().most() + place * simulation.samples;
        let found = outlook(&mut self.study()?, units, simulation, |at| {
            let done = (before + at.done) as u64;
            // The last step is told once, at the end.
            if done == self.total() {
                return ControlFlow::Continue(());
            }
            self.watch.step(done, self.total(), BESIDE_LABEL)
        })?;
        Ok(self.point(&found))
    }

    fn step(&self, done: u64) -> Result<(), PlanError> {
        match self.watch.step(done, self.total(), BESIDE_LABEL) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(PlanError::Stopped),
        }
    }
}

const BESIDE_LABEL: &str = "Simulating other numbers of items";

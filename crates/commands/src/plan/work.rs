//! Computing a plan.

use super::expected::Expected;
use super::{PlanCoefficient, PlanGoal, PlanMethod, PlanPoint};
use crate::Watch;
use agreement::{
    ContingencyTable, Goal, Measure, PlanError, Precision, Simulation, plan_by_simulation,
    plan_kappa, precision_by_simulation, precision_of_kappa,
};
use std::ops::ControlFlow;

/// The most rounds in which a simulation searches the number of items, for the progress bar.
const ROUNDS: u64 = 8;

/// The numbers of items beside the planned one for which the precision is given too.
const BESIDE: [f64; 8] = [0.25, 0.4, 0.6, 0.8, 1.25, 1.5, 2.0, 3.0];

/// All that computing needs, and who looks on.
pub(super) struct Work<'a> {
    pub(super) coefficient: PlanCoefficient,
    pub(super) expected: &'a Expected,
    pub(super) design_effect: f64,
    pub(super) method: PlanMethod,
    pub(super) simulation: Simulation,
    pub(super) watch: Watch,
}

impl Work<'_> {
    fn measure(&self, table: &ContingencyTable) -> Measure {
        self.coefficient.of(table, &self.expected.scores)
    }

    fn step(&self, done: u64, label: &str) -> ControlFlow<()> {
        let total = (ROUNDS + BESIDE.len() as u64) * self.simulation.samples as u64;
        self.watch.step(done, total, label)
    }

    /// What the planned, or the given, number of items will show.
    pub(super) fn goal(&self, goal: PlanGoal) -> Result<Precision, PlanError> {
        let goal = match goal {
            PlanGoal::HalfWidth { width } => Goal::HalfWidth(width),
            PlanGoal::Power { null, power } => Goal::Power { null, power },
            PlanGoal::Items { items, .. } => return self.precision(items, 0),
        };
        let table = &self.expected.table;
        let planned = match (self.method, self.coefficient) {
            (PlanMethod::Formula, PlanCoefficient::Kappa { weights }) => {
                plan_kappa(table, weights.into(), goal, self.design_effect)?
            }
            _ => plan_by_simulation(
                table,
                |table| self.measure(table),
                goal,
                self.design_effect,
                self.simulation,
                |at| self.step(at.done as u64, "Searching the number of items"),
            )?,
        };
        Ok(planned.precision())
    }

    /// What so many items will show; `before` numbers of items were simulated already.
    fn precision(&self, items: u64, before: u64) -> Result<Precision, PlanError> {
        let table = &self.expected.table;
        if let (PlanMethod::Formula, PlanCoefficient::Kappa { weights }) =
            (self.method, self.coefficient)
        {
            return precision_of_kappa(table, weights.into(), items, self.design_effect);
        }
        let samples = self.simulation.samples as u64;
        precision_by_simulation(
            table,
            |table| self.measure(table),
            items,
            self.design_effect,
            self.simulation,
            |at| self.step(before * samples + at.done as u64, "Simulating other numbers of items"),
        )
    }

    /// The precision at the planned number of items and beside it.
    pub(super) fn curve(
        &self,
        planned: Precision,
        null: Option<f64>,
    ) -> Result<Vec<PlanPoint>, PlanError> {
        let point = |precision: Precision| -> Result<PlanPoint, PlanError> {
            let power = null.map(|null| precision.power(null)).transpose()?;
            let Precision { items, half_width, .. } = precision;
            Ok(PlanPoint { items, half_width, power })
        };
        let mut curve = vec![point(planned)?];
        for (place, factor) in BESIDE.into_iter().enumerate() {
            let items = (planned.items as f64 * factor).round() as u64;
            // Too few items to say anything of, or the same number again.
            let fewest = (10.0 * self.design_effect) as u64;
            if items < fewest || curve.iter().any(|point| point.items == items) {
                continue;
            }
            match self.precision(items, ROUNDS + place as u64) {
                // So few items that most samples have no coefficient: the picture begins later.
                Err(PlanError::Expected(_)) => {}
                precision => curve.push(point(precision?)?),
            }
        }
        curve.sort_by_key(|point| point.items);
        Ok(curve)
    }
}

//! What does not differ: tests of equivalence within margins that were set before.

use super::FindingsPlan;
use super::action_rates::{Action, Credit};
use super::exclusion::is_left_out;
use super::graded::exact;
use super::group::{
    Clusters, OF_RATES, difference_of_sides, of_differences, ratio, two_sides, weighted_difference,
    weighted_sides,
};
use super::response::Responses;
use crate::measure::adjust;
use crate::{ReportedMeasure, ReportedTest};
use agreement::{Rational, Test as Made, tost, tost_of};
use serde::Serialize;
use study::{Framing, HarmRanges};
use ts_rs::TS;

/// One test of equivalence, by two one-sided t tests on differences of units.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Equivalence {
    /// What is compared: `collision` (hit rates on colliding minus other actions, by cluster),
    /// `framing_non_colliding` (hit rates layperson minus physician on actions that do not collide, by
    /// pair) or `framing_commission` (mean CH layperson minus physician, by pair).
    pub name: String,
    /// Whose differences are averaged: `pair`, or `cluster`, which is a pair where a scenario belongs to
    /// one and else the scenario.
    pub unit: String,
    /// How many there are.
    #[ts(type = "number")]
    pub n: u64,
    /// The difference that is tested, with its interval over units: the mean of the units', each counting
    /// once. Where responses are weighted, it is the weighted mean of one side less that of the other.
    pub difference: ReportedMeasure,
    /// The difference, on either side of 0, that would still count as none.
    pub margin: f64,
    /// The larger of the two one-sided p-values; Holm's correction is over these tests.
    pub tost: ReportedTest,
}

/// The tests that the data allow, without what was left out by name.
pub(crate) fn equivalences(
    responses: &Responses<'_>,
    actions: &[Action<'_>],
    plan: &FindingsPlan,
    ranges: HarmRanges,
) -> Vec<Equivalence> {
    let out = |model, pair: Option<&str>| is_left_out(&plan.excluded, model, pair);
    let kept =
        || actions.iter().filter(|action| !out(action.model, action.scenario.pair_id.as_deref()));
    let collision = kept().filter_map(|action| {
        let first = action.colliding?;
        let credit = action.credit(Credit::Half)?;
        Some(Value { unit: action.scenario.cluster(), weight: action.weight, first, value: credit })
    });
    let framing = kept().filter(|action| action.colliding == Some(false)).filter_map(|action| {
        let unit = action.scenario.pair_id.as_deref()?;
        let first = is_layperson(action.scenario.framing?)?;
        Some(Value { unit, weight: action.weight, first, value: action.credit(Credit::Half)? })
    });
    let kept = responses
        .all
        .iter()
        .filter(|response| !out(response.model, response.scenario.pair_id.as_deref()));
    let commission = kept.filter_map(|response| {
        let (unit, framing) = response.side()?;
        let (first, value) = (is_layperson(framing)?, exact(response.commission)?);
        Some(Value { unit, weight: response.weight, first, value })
    });
    let weighted = responses.drawn.is_weighted();
    let (rate, grade) = (plan.bounds.margin_rate, plan.bounds.margin_grade);
    let commission = Sides::of(commission);
    let mut tests: Vec<Equivalence> = [
        ("collision", "cluster", Sides::of(collision), rate, None),
        ("framing_non_colliding", "pair", Sides::of(framing), rate, None),
        ("framing_commission", "pair", commission, grade, Some(of_differences(ranges.commission))),
    ]
    .into_iter()
    .filter(|(_, _, sides, ..)| !sides.differences.is_empty())
    .map(|(name, unit, sides, margin, of_grades)| {
        let difference = sides.difference(weighted, of_grades);
        let tost =
            if weighted { sides.weighted_tost(&difference, margin) } else { sides.tost(margin) };
        Equivalence {
            name: name.into(),
            unit: unit.into(),
            n: sides.differences.len() as u64,
            difference,
            margin,
            tost: tost.into(),
        }
    })
    .collect();
    adjust(tests.iter_mut().map(|test| &mut test.tost));
    tests
}

fn is_layperson(framing: Framing) -> Option<bool> {
    match framing {
        Framing::Layperson => Some(true),
        Framing::Physician => Some(false),
        Framing::Lawyer | Framing::InformedLayperson => None,
    }
}

/// A value of a unit, on the first side or the second.
struct Value<'a> {
    unit: &'a str,
    weight: f64,
    first: bool,
    value: Rational,
}

/// What units have on both sides.
struct Sides<'a> {
    /// Each unit's difference, where it has both.
    differences: Vec<f64>,
    weighted: Clusters<'a, 4>,
}

impl<'a> Sides<'a> {
    fn of(values: impl Iterator<Item = Value<'a>>) -> Self {
        let values: Vec<Value<'a>> = values.collect();
        let once = values.iter().map(|of| (of.unit, two_sides(of.first, of.value.clone())));
        let differences = Clusters::of(once)
            .rows()
            .filter_map(|sides| Some(difference_of_sides(sides)?.to_f64()))
            .collect();
        let rows = values.iter().map(|of| (of.unit, of.weight, of.first, of.value.to_f64()));
        Self { differences, weighted: weighted_sides(rows) }
    }

    /// Of grades, whose difference can be anything in `of_grades`, or of rates.
    fn difference(&self, weighted: bool, of_grades: Option<[f64; 2]>) -> ReportedMeasure {
        let names: Vec<String> = (0..self.differences.len()).map(|at| at.to_string()).collect();
        let rows = names.iter().zip(&self.differences);
        let once = Clusters::of(rows.map(|(name, value)| (name.as_str(), [*value, 1.0])));
        let step = self.weighted.rate_step();
        match (weighted, of_grades) {
            (true, Some(range)) => self.weighted.gap(range, weighted_difference),
            (true, None) => self.weighted.rate_difference(OF_RATES, step, weighted_difference),
            (false, Some(range)) => once.gap(range, ratio),
            (false, None) => once.rate_difference(OF_RATES, step, ratio),
        }
    }

    fn tost(&self, margin: f64) -> Made {
        let counted: Vec<(f64, u64)> = self.differences.iter().map(|value| (*value, 1)).collect();
        tost(&counted, -margin, margin)
    }

    fn weighted_tost(&self, difference: &ReportedMeasure, margin: f64) -> Made {
        match difference.sample_mean(self.weighted.count()) {
            Ok(mean) => tost_of(&mean, -margin, margin),
            Err(why) => Made::Undefined(why),
        }
    }
}

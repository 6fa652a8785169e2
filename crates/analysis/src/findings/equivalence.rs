//! What does not differ: tests of equivalence within margins that were set before.

use super::FindingsPlan;
use super::action_rates::{Action, Credit};
use super::exclusion::is_left_out;
use super::graded::exact;
use super::group::{
    Clusters, OF_RATES, Ranges, difference_of_sides, of_differences, ratio, two_sides,
};
use super::response::Responses;
use crate::measure::adjust;
use crate::{Measure, Test};
use agreement::{Rational, tost};
use serde::Serialize;
use study::Framing;
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
    /// The mean difference, with its interval over units: what is tested. It is of the rated sample, every
    /// unit counting once, and never weighted.
    pub difference: Measure,
    /// The difference, on either side of 0, that would still count as none.
    pub margin: f64,
    /// The larger of the two one-sided p-values; Holm's correction is over these tests.
    pub tost: Test,
}

/// The tests that the data allow, without what was left out by name.
pub(crate) fn equivalences(
    responses: &Responses<'_>,
    actions: &[Action<'_>],
    plan: &FindingsPlan,
    ranges: Ranges,
) -> Vec<Equivalence> {
    let out = |model, pair: Option<&str>| is_left_out(&plan.excluded, model, pair);
    let kept =
        || actions.iter().filter(|action| !out(action.model, action.scenario.pair_id.as_deref()));
    let collision = kept().filter_map(|action| {
        let first = action.colliding?;
        Some((action.scenario.cluster(), first, action.credit(Credit::Half)?))
    });
    let framing = kept().filter(|action| action.colliding == Some(false)).filter_map(|action| {
        let pair = action.scenario.pair_id.as_deref()?;
        Some((pair, is_layperson(action.scenario.framing?)?, action.credit(Credit::Half)?))
    });
    let kept = responses
        .all
        .iter()
        .filter(|response| !out(response.model, response.scenario.pair_id.as_deref()));
    let commission = kept.filter_map(|response| {
        let (pair, framing) = response.side()?;
        Some((pair, is_layperson(framing)?, exact(response.commission)?))
    });
    let bounds = &plan.bounds;
    let mut tests: Vec<Equivalence> = [
        test("collision", "cluster", collision, bounds.margin_rate, OF_RATES),
        test("framing_non_colliding", "pair", framing, bounds.margin_rate, OF_RATES),
        test(
            "framing_commission",
            "pair",
            commission,
            bounds.margin_grade,
            of_differences(ranges.commission),
        ),
    ]
    .into_iter()
    .flatten()
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

/// From values of units, each on the first side or the second.
fn test<'a>(
    name: &str,
    unit: &str,
    values: impl Iterator<Item = (&'a str, bool, Rational)>,
    margin: f64,
    range: [f64; 2],
) -> Option<Equivalence> {
    let units = Clusters::of(values.map(|(unit, first, value)| (unit, two_sides(first, value))));
    let differences: Vec<f64> =
        units.rows().filter_map(|sides| Some(difference_of_sides(sides)?.to_f64())).collect();
    if differences.is_empty() {
        return None;
    }
    let names: Vec<String> = (0..differences.len()).map(|at| at.to_string()).collect();
    let rows = names.iter().zip(&differences).map(|(name, value)| (name.as_str(), [*value, 1.0]));
    let counted: Vec<(f64, u64)> = differences.iter().map(|value| (*value, 1)).collect();
    Some(Equivalence {
        name: name.into(),
        unit: unit.into(),
        n: differences.len() as u64,
        difference: Clusters::of(rows).measure(range, ratio),
        margin,
        tost: tost(&counted, -margin, margin).into(),
    })
}

//! What a plan promises by its size, as a figure.

use super::{ItemsPlanned, PlanUnit, StudyPlanned};
use figures::{Curve, Figure};

pub(super) fn of_items(planned: &ItemsPlanned) -> Vec<Figure> {
    let tested = planned.power.is_some();
    let points = planned.curve.iter().map(|point| {
        let value = if tested { point.power.unwrap_or_default() } else { point.half_width };
        [point.items as f64, value]
    });
    vec![curve(tested, "items", "Items rated by both raters", points.collect(), planned.items)]
}

/// None where several plans are compared, which have no curve.
pub(super) fn of_study(planned: &StudyPlanned) -> Vec<Figure> {
    let [plan] = planned.plans.as_slice() else { return Vec::new() };
    if planned.curve.is_empty() {
        return Vec::new();
    }
    let tested = planned.tested;
    let points = planned.curve.iter().map(|point| {
        let value = if tested { point.probability } else { point.half_width };
        [point.units as f64, value]
    });
    let (counted, heading) = match planned.unit {
        PlanUnit::Items => ("items", "Items"),
        PlanUnit::Scenarios => ("scenarios", "Scenarios"),
        PlanUnit::Pairs => ("pairs", "Pairs"),
    };
    vec![curve(tested, counted, heading, points.collect(), plan.units)]
}

fn curve(tested: bool, counted: &str, across: &str, points: Vec<[f64; 2]>, planned: u64) -> Figure {
    let what = if tested { "Power" } else { "Half-width of the interval" };
    let curve = Curve {
        title: format!("{what} by number of {counted}"),
        across: across.to_owned(),
        up: if tested { "Power" } else { "Half-width" }.to_owned(),
        most: tested.then_some(1.0),
        points,
        planned: planned as f64,
    };
    curve.draw()
}

//! The number of items for weighted kappa, by formula.

use super::items::{Goal, PlanError, Planned, plan};
use super::precision::Precision;
use crate::{ContingencyTable, Measure, Undefined, Weights, cohen_kappa};

/// The number of items that two raters must both rate for a weighted kappa as precise, or as
/// probably above a bound, as wanted.
///
/// `expected` says what ratings are expected: only the ratios of its counts matter, and only the
/// levels it has. A pilot study's table will do, or margins and agreement written as counts of
/// 1,000 items. With clusters, give the design effect 1 + (m − 1)ρ for m items in a cluster whose
/// contributions to kappa correlate by ρ (L. Kish 1965, *Survey Sampling*, Wiley, section 5.4), or
/// the squared ratio of a pilot's cluster bootstrap and item bootstrap standard errors; else 1.
///
/// n = D · v / s², where v is the variance of J. L. Fleiss, J. Cohen and B. S. Everitt (1969),
/// *Psychological Bulletin* 72:323–327, for one item of the expected table, D the design effect and
/// s the standard error wanted: half-width / z, or (κ − κ₀) / (z + z_power). The test is that of
/// kappa against κ₀ with the standard error at the expected table: D. V. Cicchetti and
/// J. L. Fleiss (1977), *Applied Psychological Measurement* 1:195–201. The formula is for large
/// samples: for high kappas and few items, check with [`crate::plan_by_simulation`].
///
/// # Errors
/// [`PlanError::Expected`] where the expected table has no kappa or no standard error (one level,
/// a constant rater, complete agreement), and the other [`PlanError`]s for goals that cannot be.
pub fn plan_kappa(
    expected: &ContingencyTable,
    weights: Weights,
    goal: Goal,
    design_effect: f64,
) -> Result<Planned, PlanError> {
    let (kappa, spread) = spread(expected, weights)?;
    plan(kappa, spread, goal, design_effect)
}

/// What so many items that two raters both rated will show of weighted kappa, by the formula of
/// [`plan_kappa`], with its arguments.
///
/// # Errors
/// Those of [`plan_kappa`], and [`PlanError::Items`] for fewer items than two independent ones.
pub fn precision_of_kappa(
    expected: &ContingencyTable,
    weights: Weights,
    items: u64,
    design_effect: f64,
) -> Result<Precision, PlanError> {
    let (kappa, spread) = spread(expected, weights)?;
    Precision::of(kappa, spread, items, design_effect)
}

/// The kappa of the expected ratings, and its standard error times √n.
fn spread(expected: &ContingencyTable, weights: Weights) -> Result<(f64, f64), PlanError> {
    match cohen_kappa(expected, weights) {
        Measure::Undefined(reason) => Err(PlanError::Expected(reason)),
        Measure::Estimated(kappa) => {
            kappa.interval.map_err(PlanError::Expected)?;
            let se = kappa.se.ok_or(PlanError::Expected(Undefined::NoVariation))?;
            Ok((kappa.estimate, se * (expected.n() as f64).sqrt()))
        }
    }
}

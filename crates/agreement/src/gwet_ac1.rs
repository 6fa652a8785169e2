//! Gwet's first-order agreement coefficient.

use crate::pairs::Pairs;
use crate::{ContingencyTable, Estimate, Measure, Undefined, Weights};

/// Gwet's AC1: agreement corrected for the chance that follows from how evenly the levels are used
/// by the two raters together, which keeps it high where one level is prevalent and kappa falls.
///
/// Unitless, at most 1. The standard error counts the items as a sample from an unlimited number
/// (divisor n), the interval is normal.
///
/// Undefined for a table without items. The estimate stands with standard error 0 and without an
/// interval where every item contributes the same, as in complete agreement.
///
/// Source: K. L. Gwet (2008), Computing inter-rater reliability and its variance in the presence
/// of high agreement, *British Journal of Mathematical and Statistical Psychology* 61:29–48.
pub fn gwet_ac1(table: &ContingencyTable) -> Measure {
    estimated(table).into()
}

fn estimated(table: &ContingencyTable) -> Result<Estimate, Undefined> {
    let pairs = Pairs::of(table)?;
    let others = (table.size() - 1) as f64;
    let apart = |i, j| Weights::Identity.disagreement(i, j, table.size());

    let shares: Vec<f64> =
        pairs.rows.iter().zip(&pairs.columns).map(|(row, column)| (row + column) / 2.0).collect();
    let chance = shares.iter().map(|share| share * (1.0 - share)).sum::<f64>() / others;

    // Chance agreement is at most 1/K, so its complement is never near 0.
    let ratio = pairs.mean(apart) / (1.0 - chance);
    let influence = |i, j| apart(i, j) - ratio * (shares[i] + shares[j]) / others;
    Ok(pairs.linearised(1.0 - ratio, 1.0 - chance, influence))
}

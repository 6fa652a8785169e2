//! Gwet's second-order agreement coefficient.

use crate::two_raters::pairs::Pairs;
use crate::{ContingencyTable, Estimate, Measure, Undefined, Weights};

/// Gwet's AC2: [`crate::gwet_ac1()`] with partial agreement by weights. AC1 is AC2 with identity
/// weights.
///
/// Unitless, at most 1. It depends on the declared number of levels. The standard error counts the
/// items as a sample from an unlimited number (divisor n), the interval is normal.
///
/// Undefined for a table without items and for custom weights of another scale. The estimate
/// stands with standard error 0 and without an interval where every item contributes the same, as
/// in complete agreement.
///
/// Sources: K. L. Gwet (2008), Computing inter-rater reliability and its variance in the presence
/// of high agreement, *British Journal of Mathematical and Statistical Psychology* 61:29–48; K. L.
/// Gwet (2014), *Handbook of Inter-Rater Reliability*, 4th edition, Advanced Analytics, chapter 4.
///
/// # Example
/// 200 patients by two clinicians: weighted agreement .9025, chance .52375:
/// ```
/// use agreement::{ContingencyTable, Weights, gwet_ac2};
///
/// let rows = vec![vec![106, 10, 4], vec![22, 28, 10], vec![2, 12, 6]];
/// let table = ContingencyTable::from_rows(rows).unwrap();
/// let ac2 = gwet_ac2(&table, Weights::Quadratic).estimate().unwrap();
/// assert_eq!(format!("{ac2:.4}"), "0.7953"); // (0.9025 - 0.52375) / (1 - 0.52375)
/// ```
pub fn gwet_ac2(table: &ContingencyTable, weights: Weights) -> Measure {
    estimated(table, weights).into()
}

fn estimated(table: &ContingencyTable, weights: Weights) -> Result<Estimate, Undefined> {
    weights.fit(table.size())?;
    let pairs = Pairs::of(table)?;
    let apart = |i, j| weights.disagreement(i, j, table.size());

    let shares = pairs.shares();
    let evenness: f64 = shares.iter().map(|share| share * (1.0 - share)).sum();
    let factor = chance_factor(weights, table.size());
    let chance_apart = 1.0 - factor * evenness;

    let ratio = pairs.mean(apart) / chance_apart;
    let influence = |i, j| apart(i, j) - ratio * factor * (shares[i] + shares[j]);
    Ok(pairs.linearised(1.0 - ratio, chance_apart, influence))
}

/// By what the evenness of the levels, Σ π (1 − π), is multiplied to give the chance agreement: the
/// sum of the weights over K (K − 1). Evenness is at most (K − 1) / K, so chance agreement is at
/// most the mean weight, and its complement never 0.
pub(crate) fn chance_factor(weights: Weights, size: usize) -> f64 {
    let levels = size as f64;
    (levels * levels - weights.total_disagreement(size)) / (levels * (levels - 1.0))
}

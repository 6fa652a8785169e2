//! The Brennan–Prediger coefficient.

use crate::two_raters::pairs::Pairs;
use crate::{ContingencyTable, Estimate, Measure, Undefined, Weights};

/// The Brennan–Prediger coefficient (K p − 1) / (K − 1), where p is the exact agreement on K
/// levels: agreement corrected for a chance of 1/K. The same number as Bennett's S and as
/// prevalence- and bias-adjusted kappa generalised to K levels.
///
/// Unitless, from −1 / (K − 1) to 1. It depends on the declared number of levels. The standard
/// error is binomial, the interval normal.
///
/// Undefined for a table without items. The estimate stands with standard error 0 and without an
/// interval where the raters agreed on every item or on none.
///
/// Sources: R. L. Brennan and D. J. Prediger (1981), Coefficient kappa: some uses, misuses, and
/// alternatives, *Educational and Psychological Measurement* 41:687–699; E. M. Bennett, R. Alpert
/// and A. C. Goldstein (1954), *Public Opinion Quarterly* 18:303–308; two levels: T. Byrt,
/// J. Bishop and J. B. Carlin (1993), Bias, prevalence and kappa, *Journal of Clinical
/// Epidemiology* 46:423–429.
///
/// # Example
/// Feinstein and Cicchetti's table: exact agreement .85 on two levels is 2 · .85 − 1 beyond chance:
/// ```
/// use agreement::{ContingencyTable, brennan_prediger};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// assert_eq!(format!("{:.3}", brennan_prediger(&table).estimate().unwrap()), "0.700");
/// ```
pub fn brennan_prediger(table: &ContingencyTable) -> Measure {
    brennan_prediger_weighted(table, Weights::Identity)
}

/// The Brennan–Prediger coefficient with partial agreement by weights: [`brennan_prediger`] where
/// chance gives every pair of the K² levels alike.
///
/// Unitless, at most 1. It depends on the declared number of levels. The standard error is that of
/// a mean (divisor n), the interval normal.
///
/// Undefined for a table without items and for custom weights of another scale. The estimate
/// stands with standard error 0 and without an interval where every item contributes the same.
///
/// Source: K. L. Gwet (2014), *Handbook of Inter-Rater Reliability*, 4th edition, Advanced
/// Analytics, chapter 4.
///
/// # Example
/// 200 patients by two clinicians: weighted agreement 361/400, and 2/3 by chance of three levels:
/// ```
/// use agreement::{ContingencyTable, Weights, brennan_prediger_weighted};
///
/// let rows = vec![vec![106, 10, 4], vec![22, 28, 10], vec![2, 12, 6]];
/// let table = ContingencyTable::from_rows(rows).unwrap();
/// let coefficient = brennan_prediger_weighted(&table, Weights::Quadratic);
/// assert_eq!(format!("{:.4}", coefficient.estimate().unwrap()), "0.7075");
/// ```
pub fn brennan_prediger_weighted(table: &ContingencyTable, weights: Weights) -> Measure {
    estimated(table, weights).into()
}

fn estimated(table: &ContingencyTable, weights: Weights) -> Result<Estimate, Undefined> {
    weights.fit(table.size())?;
    let pairs = Pairs::of(table)?;
    let chance_apart = chance_disagreement(weights, table.size());
    let apart = |i, j| weights.disagreement(i, j, table.size());
    Ok(pairs.linearised(1.0 - pairs.mean(apart) / chance_apart, chance_apart, apart))
}

/// The mean disagreement of two levels drawn evenly: above 0, as no two levels agree fully.
pub(crate) fn chance_disagreement(weights: Weights, size: usize) -> f64 {
    weights.total_disagreement(size) / (size * size) as f64
}

//! The Brennan–Prediger coefficient.

use crate::pairs::Pairs;
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
pub fn brennan_prediger(table: &ContingencyTable) -> Measure {
    estimated(table).into()
}

fn estimated(table: &ContingencyTable) -> Result<Estimate, Undefined> {
    let pairs = Pairs::of(table)?;
    let size = table.size() as f64;
    let chance_apart = (size - 1.0) / size;
    let apart = |i, j| Weights::Identity.disagreement(i, j, table.size());
    Ok(pairs.linearised(1.0 - pairs.mean(apart) / chance_apart, chance_apart, apart))
}

//! Lin's concordance correlation coefficient.

use crate::scores::{check, scaled_to_range};
use crate::two_raters::cohen_kappa::kappa;
use crate::two_raters::pairs::Pairs;
use crate::{ContingencyTable, Estimate, Measure, Undefined};

/// Lin's concordance correlation 2 cov / (v₁ + v₂ + (m₁ − m₂)²), with variances of divisor n: how
/// close the pairs of scores lie to the line of equality. `scores` holds the number of each of the
/// K levels. For evenly spaced scores it is Cohen's kappa with quadratic weights.
///
/// Unitless, from −1 to 1. The standard error is that of quadratically weighted kappa, which does
/// not assume normal scores; the interval is normal.
///
/// Undefined for a table without items, where both raters gave one and the same score, and for
/// scores that do not fit: one for each level, at most 1e100 in size. The estimate stands without
/// an interval where one rater is constant (then without a standard error too) and where every item
/// contributes the same, as in complete agreement (standard error 0).
///
/// Sources: L. I.-K. Lin (1989), A concordance correlation coefficient to evaluate
/// reproducibility, *Biometrics* 45:255–268; J. L. Fleiss and J. Cohen (1973), *Educational and
/// Psychological Measurement* 33:613–619.
///
/// # Example
/// Covariance .035, variances .09 and .1275, means .05 apart: 2 · .035 / (.09 + .1275 + .05²):
/// ```
/// use agreement::{ContingencyTable, lin_concordance};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// let concordance = lin_concordance(&table, &[0.0, 1.0]).estimate().unwrap();
/// assert_eq!(format!("{concordance:.4}"), "0.3182"); // 7/22, the kappa of two levels
/// ```
pub fn lin_concordance(table: &ContingencyTable, scores: &[f64]) -> Measure {
    estimated(table, scores).into()
}

fn estimated(table: &ContingencyTable, scores: &[f64]) -> Result<Estimate, Undefined> {
    check(scores, table.size())?;
    let scores = scaled_to_range(scores);
    kappa(&Pairs::of(table)?, |i, j| (scores[i] - scores[j]).powi(2))
}

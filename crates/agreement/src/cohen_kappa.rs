//! Cohen's kappa, unweighted and weighted.

use crate::pairs::Pairs;
use crate::{ContingencyTable, Estimate, Measure, Undefined, Weights};

/// Cohen's kappa: the share of the disagreement expected by chance, given each rater's own use of
/// the levels, that the raters avoided.
///
/// Unitless, at most 1; 0 is chance, below 0 is worse than chance. The standard error is the
/// non-null one, the interval is normal.
///
/// Undefined for a table without items, where both raters used one and the same level, and for
/// custom weights of another scale. The estimate stands without an interval where one rater is constant (then without a standard error
/// too) and where every item contributes the same, as in complete agreement (standard error 0).
///
/// Sources: J. Cohen (1960), A coefficient of agreement for nominal scales, *Educational and
/// Psychological Measurement* 20:37–46; J. Cohen (1968), Weighted kappa, *Psychological Bulletin*
/// 70:213–220; standard error: J. L. Fleiss, J. Cohen and B. S. Everitt (1969), Large sample
/// standard errors of kappa and weighted kappa, *Psychological Bulletin* 72:323–327.
pub fn cohen_kappa(table: &ContingencyTable, weights: Weights) -> Measure {
    estimated(table, weights).into()
}

fn estimated(table: &ContingencyTable, weights: Weights) -> Result<Estimate, Undefined> {
    weights.fit(table.size())?;
    kappa(&Pairs::of(table)?, |i, j| weights.disagreement(i, j, table.size()))
}

/// Kappa of two raters for any disagreement between levels that is 0 on the diagonal, symmetric
/// and of size 1.
pub(crate) fn kappa(
    pairs: &Pairs,
    apart: impl Fn(usize, usize) -> f64 + Copy,
) -> Result<Estimate, Undefined> {
    // How far each level of one rater lies, on average, from the levels of the *other*: a row is
    // averaged over the column margins, a column over the row margins. Swapping the margins is a
    // known mistake that symmetric tables do not show.
    let row_apart = averages(&pairs.columns, apart);
    let column_apart = averages(&pairs.rows, |column, row| apart(row, column));

    let observed = pairs.mean(apart);
    let expected: f64 = pairs.rows.iter().zip(&row_apart).map(|(p, apart)| p * apart).sum();
    if expected == 0.0 {
        return Err(Undefined::OneLevel);
    }
    if is_constant(&pairs.rows) || is_constant(&pairs.columns) {
        return Ok(Estimate { estimate: 0.0, se: None, interval: Err(Undefined::ConstantRater) });
    }
    let ratio = observed / expected;
    let influence = |i, j| apart(i, j) - ratio * (row_apart[i] + column_apart[j]);
    Ok(pairs.linearised(1.0 - ratio, expected, influence))
}

/// For each level of one rater, the mean of `apart(level, other)` over the other rater's levels.
fn averages(margins: &[f64], apart: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let average =
        |level| margins.iter().enumerate().map(|(other, p)| p * apart(level, other)).sum();
    (0..margins.len()).map(average).collect()
}

fn is_constant(margins: &[f64]) -> bool {
    margins.iter().filter(|&&p| p > 0.0).count() == 1
}

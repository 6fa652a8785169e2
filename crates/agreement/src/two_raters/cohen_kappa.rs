//! Cohen's kappa, unweighted and weighted.

use crate::two_raters::pairs::Pairs;
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
///
/// # Example
/// Two clinicians' diagnoses of 200 patients, from Fleiss, Cohen and Everitt (1969), who print .429:
/// ```
/// use agreement::{ContingencyTable, Weights, cohen_kappa};
///
/// let rows = vec![vec![106, 10, 4], vec![22, 28, 10], vec![2, 12, 6]];
/// let table = ContingencyTable::from_rows(rows).unwrap();
/// let kappa = cohen_kappa(&table, Weights::Identity);
/// assert_eq!(format!("{:.3}", kappa.estimate().unwrap()), "0.429"); // 3/7
/// let interval = kappa.interval().unwrap();
/// assert_eq!(format!("{:.3} to {:.3}", interval.lo, interval.hi), "0.323 to 0.534");
/// ```
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
    let discord = Discord::of(pairs, apart)?;
    if is_constant(&pairs.rows) || is_constant(&pairs.columns) {
        return Ok(Estimate { estimate: 0.0, se: None, interval: Err(Undefined::ConstantRater) });
    }
    let influence = |i, j| discord.influence(apart, i, j);
    Ok(pairs.linearised(discord.kappa(), discord.expected, influence))
}

/// The observed disagreement of two raters beside that expected by chance.
pub(crate) struct Discord {
    /// The disagreement expected from the two raters' margins, above 0.
    pub(crate) expected: f64,
    /// Observed over expected.
    ratio: f64,
    row_apart: Vec<f64>,
    column_apart: Vec<f64>,
}

impl Discord {
    pub(crate) fn of(
        pairs: &Pairs,
        apart: impl Fn(usize, usize) -> f64 + Copy,
    ) -> Result<Self, Undefined> {
        // How far each level of one rater lies, on average, from the levels of the *other*: a row
        // is averaged over the column margins, a column over the row margins. Swapping the margins
        // is a known mistake that symmetric tables do not show.
        let row_apart = averages(&pairs.columns, apart);
        let column_apart = averages(&pairs.rows, |column, row| apart(row, column));
        let expected: f64 = pairs.rows.iter().zip(&row_apart).map(|(p, apart)| p * apart).sum();
        if expected == 0.0 {
            return Err(Undefined::OneLevel);
        }
        Ok(Self { expected, ratio: pairs.mean(apart) / expected, row_apart, column_apart })
    }

    pub(crate) fn kappa(&self) -> f64 {
        1.0 - self.ratio
    }

    /// What an item with these levels adds to the linearised ratio, in units of `expected`.
    pub(crate) fn influence(&self, apart: impl Fn(usize, usize) -> f64, i: usize, j: usize) -> f64 {
        apart(i, j) - self.ratio * (self.row_apart[i] + self.column_apart[j])
    }

    /// The mean of [`Self::influence`] over the items.
    pub(crate) fn average(&self) -> f64 {
        -self.ratio * self.expected
    }
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

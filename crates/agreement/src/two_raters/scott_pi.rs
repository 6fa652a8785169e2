//! Scott's pi, unweighted and weighted.

use crate::two_raters::pairs::Pairs;
use crate::{ContingencyTable, Estimate, Measure, Undefined, Weights};

/// Scott's pi: the share of the disagreement expected by chance, given how often the two raters
/// together used the levels, that they avoided.
///
/// Unitless, from −1 to 1, never above Cohen's kappa. The standard error is the deviation of the
/// linearisation (divisor n), the interval normal.
///
/// Undefined for a table without items, where both raters used one and the same level, and for
/// custom weights of another scale. The estimate stands with standard error 0 and without an
/// interval where every item contributes the same, as in complete agreement.
///
/// Sources: W. A. Scott (1955), Reliability of content analysis: the case of nominal scale coding,
/// *Public Opinion Quarterly* 19:321–325; weights and variance: K. L. Gwet (2014), *Handbook of
/// Inter-Rater Reliability*, 4th edition, Advanced Analytics.
///
/// # Example
/// Feinstein and Cicchetti's table: together the raters use the levels .875 and .125 of the time:
/// ```
/// use agreement::{ContingencyTable, Weights, scott_pi};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// let pi = scott_pi(&table, Weights::Identity).estimate().unwrap();
/// assert_eq!(format!("{pi:.4}"), "0.3143"); // (0.85 - 0.78125) / (1 - 0.78125) = 11/35
/// ```
pub fn scott_pi(table: &ContingencyTable, weights: Weights) -> Measure {
    estimated(table, weights).into()
}

fn estimated(table: &ContingencyTable, weights: Weights) -> Result<Estimate, Undefined> {
    weights.fit(table.size())?;
    let pairs = Pairs::of(table)?;
    let apart = |i, j| weights.disagreement(i, j, table.size());

    let shares = pairs.shares();
    let level_apart: Vec<f64> = (0..table.size())
        .map(|level| shares.iter().enumerate().map(|(other, p)| p * apart(level, other)).sum())
        .collect();
    let expected: f64 = shares.iter().zip(&level_apart).map(|(p, apart)| p * apart).sum();
    if expected == 0.0 {
        return Err(Undefined::OneLevel);
    }
    let ratio = pairs.mean(apart) / expected;
    let influence = |i, j| apart(i, j) - ratio * (level_apart[i] + level_apart[j]);
    Ok(pairs.linearised(1.0 - ratio, expected, influence))
}

//! The test that agreement is what chance alone gives.

use super::{Alternative, Convention, Test, Tested};
use crate::two_raters::pairs::Pairs;
use crate::{ContingencyTable, Undefined, Weights};

/// Deviations below this are the rounding of sums of terms of size 1.
const NEGLIGIBLE: f64 = 1e-13;

/// Whether weighted kappa is 0: z, kappa over its standard error *under that hypothesis*, with the
/// normal distribution. That standard error serves this test only, never an interval.
///
/// z has the sign of kappa. Rejecting says only that the raters agree beyond chance, which is
/// little to ask of them: read kappa and its interval.
///
/// Undefined for a table without items, where a rater is constant, and where the levels that each
/// rater used are such that kappa is 0 however they are paired.
///
/// Source: J. L. Fleiss, J. Cohen and B. S. Everitt (1969), Large sample standard errors of kappa
/// and weighted kappa, *Psychological Bulletin* 72:323–327.
///
/// # Example
/// On two levels z² is Pearson's chi-squared of the table, here 100 (40 · 40 − 10 · 10)² / 50⁴:
/// ```
/// use agreement::{Alternative, ContingencyTable, Weights, kappa_zero};
///
/// let table = ContingencyTable::from_rows(vec![vec![40, 10], vec![10, 40]]).unwrap();
/// let test = kappa_zero(&table, Weights::Identity, Alternative::TwoSided);
/// assert_eq!(format!("{:.6}", test.statistic().unwrap().powi(2)), "36.000000");
/// ```
pub fn kappa_zero(table: &ContingencyTable, weights: Weights, alternative: Alternative) -> Test {
    z(table, weights)
        .map(|z| {
            Tested::plain(z, alternative.normal(z))
                .by(vec![Convention::Normal, alternative.convention()])
        })
        .into()
}

fn z(table: &ContingencyTable, weights: Weights) -> Result<f64, Undefined> {
    let pairs = Pairs::of(table)?;
    let size = table.size();
    let apart = |i: usize, j: usize| weights.disagreement(i, j, size);

    // Each level of one rater is averaged over the margins of the other.
    let average = |margins: &[f64], level: usize| -> f64 {
        margins.iter().enumerate().map(|(other, p)| p * apart(level, other)).sum()
    };
    let row_apart: Vec<f64> = (0..size).map(|i| average(&pairs.columns, i)).collect();
    let column_apart: Vec<f64> = (0..size).map(|j| average(&pairs.rows, j)).collect();
    let expected: f64 = pairs.rows.iter().zip(&row_apart).map(|(p, apart)| p * apart).sum();
    if expected == 0.0 {
        return Err(Undefined::OneLevel);
    }
    let used = |margins: &[f64]| margins.iter().filter(|p| **p > 0.0).count();
    if used(&pairs.rows) == 1 || used(&pairs.columns) == 1 {
        return Err(Undefined::ConstantRater);
    }

    // The published variance is a difference of two large terms; this is the same number as the
    // mean square, over independent raters, of what remains of a cell after its row and column.
    let (mut variance, mut largest) = (0.0, 0.0_f64);
    for (i, row) in pairs.rows.iter().enumerate().filter(|(_, p)| **p > 0.0) {
        for (j, column) in pairs.columns.iter().enumerate().filter(|(_, p)| **p > 0.0) {
            let remains = apart(i, j) - row_apart[i] - column_apart[j] + expected;
            variance += row * column * remains * remains;
            largest = largest.max(remains.abs());
        }
    }
    if largest <= NEGLIGIBLE {
        return Err(Undefined::NoVariation);
    }
    Ok((expected - pairs.mean(apart)) / variance.sqrt() * pairs.n.sqrt())
}

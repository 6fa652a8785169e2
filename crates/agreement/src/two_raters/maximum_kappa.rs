//! The largest kappa that two raters' use of the levels allows.

use crate::{ContingencyTable, Estimate, Measure, Undefined, Weights};

/// The largest value that Cohen's kappa can take with these margins: below 1 where the raters use
/// the levels differently often. A kappa far below its maximum is disagreement about items, one
/// near it disagreement about how often to use the levels.
///
/// Unitless, from 0 to 1. It has no standard error or interval formula.
///
/// Undefined for a table without items, where both raters used one and the same level, and for
/// custom weights, for which no formula gives it.
///
/// Sources: J. Cohen (1960), A coefficient of agreement for nominal scales, *Educational and
/// Psychological Measurement* 20:37–46; weighted: for distances that grow ever faster, matching the
/// raters' levels in order is best, A. J. Hoffman (1963), On simple linear programming problems,
/// *Convexity*, Proceedings of Symposia in Pure Mathematics 7:317–327.
///
/// # Example
/// With 90 and 10 items by one rater, 85 and 15 by the other, at most 95 can be alike:
/// ```
/// use agreement::{ContingencyTable, Weights, maximum_kappa};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// let most = maximum_kappa(&table, Weights::Identity).estimate().unwrap();
/// assert_eq!(format!("{most:.4}"), "0.7727"); // (0.95 - 0.78) / (1 - 0.78)
/// ```
pub fn maximum_kappa(table: &ContingencyTable, weights: Weights) -> Measure {
    let amounts = |margins: Vec<u64>| margins.into_iter().map(|n| n as f64).collect::<Vec<_>>();
    let (rows, columns) = (amounts(table.row_margins()), amounts(table.column_margins()));
    maximum_kappa_of_margins(&rows, &columns, weights)
}

/// The same of margins that are sums of weights, in any unit: one for each level of each rater.
///
/// Undefined as [`maximum_kappa`], and where the two have not the same levels or amounts.
///
/// # Example
/// ```
/// use agreement::{Weights, maximum_kappa_of_margins};
///
/// let most = maximum_kappa_of_margins(&[0.9, 0.1], &[0.85, 0.15], Weights::Identity);
/// assert_eq!(format!("{:.4}", most.estimate().unwrap()), "0.7727"); // (0.95 - 0.78) / (1 - 0.78)
/// ```
pub fn maximum_kappa_of_margins(rows: &[f64], columns: &[f64], weights: Weights) -> Measure {
    estimated(rows, columns, weights).into()
}

fn estimated(rows: &[f64], columns: &[f64], weights: Weights) -> Result<Estimate, Undefined> {
    if matches!(weights, Weights::Custom(_)) {
        return Err(Undefined::CustomWeights);
    }
    let n: f64 = rows.iter().sum();
    if n == 0.0 {
        return Err(Undefined::NoSharedItems);
    }
    let apart = |i, j| weights.disagreement(i, j, rows.len());
    let of_row = |(i, row): (usize, &f64)| {
        let column = move |(j, column): (usize, &f64)| row / n * (column / n) * apart(i, j);
        columns.iter().enumerate().map(column).sum::<f64>()
    };
    let expected: f64 = rows.iter().enumerate().map(of_row).sum();
    if expected == 0.0 {
        return Err(Undefined::OneLevel);
    }
    let least = match weights {
        Weights::Identity => {
            rows.iter().zip(columns).map(|(row, column)| (row - column).max(0.0)).sum()
        }
        _ => matched_in_order(rows.to_vec(), columns.to_vec(), apart),
    };
    let estimate = 1.0 - least / n / expected;
    Ok(Estimate { estimate, se: None, interval: Err(Undefined::NoFormula) })
}

/// The total disagreement where the k-th lowest level of one rater meets the k-th lowest of the
/// other.
fn matched_in_order(
    mut rows: Vec<f64>,
    mut columns: Vec<f64>,
    apart: impl Fn(usize, usize) -> f64,
) -> f64 {
    let (mut i, mut j, mut total) = (0, 0, 0.0);
    while i < rows.len() && j < columns.len() {
        let matched = rows[i].min(columns[j]);
        total += matched * apart(i, j);
        rows[i] -= matched;
        columns[j] -= matched;
        if rows[i] == 0.0 {
            i += 1;
        } else {
            j += 1;
        }
    }
    total
}

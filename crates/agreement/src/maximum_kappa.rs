//! The largest kappa that two raters' use of the levels allows.

use crate::pairs::Pairs;
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
pub fn maximum_kappa(table: &ContingencyTable, weights: Weights) -> Measure {
    estimated(table, weights).into()
}

fn estimated(table: &ContingencyTable, weights: Weights) -> Result<Estimate, Undefined> {
    if matches!(weights, Weights::Custom(_)) {
        return Err(Undefined::CustomWeights);
    }
    let pairs = Pairs::of(table)?;
    let apart = |i, j| weights.disagreement(i, j, table.size());
    let expected: f64 = (0..table.size())
        .flat_map(|i| (0..table.size()).map(move |j| (i, j)))
        .map(|(i, j)| pairs.rows[i] * pairs.columns[j] * apart(i, j))
        .sum();
    if expected == 0.0 {
        return Err(Undefined::OneLevel);
    }
    let rows = table.row_margins();
    let columns = table.column_margins();
    let least = match weights {
        Weights::Identity => {
            rows.iter().zip(&columns).map(|(row, column)| row.saturating_sub(*column)).sum::<u64>()
                as f64
        }
        _ => matched_in_order(rows, columns, apart),
    };
    let estimate = 1.0 - least / pairs.n / expected;
    Ok(Estimate { estimate, se: None, interval: Err(Undefined::NoFormula) })
}

/// The total disagreement where the k-th lowest level of one rater meets the k-th lowest of the
/// other.
fn matched_in_order(
    mut rows: Vec<u64>,
    mut columns: Vec<u64>,
    apart: impl Fn(usize, usize) -> f64,
) -> f64 {
    let (mut i, mut j, mut total) = (0, 0, 0.0);
    while i < rows.len() && j < columns.len() {
        let matched = rows[i].min(columns[j]);
        total += matched as f64 * apart(i, j);
        rows[i] -= matched;
        columns[j] -= matched;
        if rows[i] == 0 {
            i += 1;
        } else {
            j += 1;
        }
    }
    total
}

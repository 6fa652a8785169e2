//! Kendall's coefficient of concordance.

use crate::{Estimate, Measure, RatingMatrix, Undefined};

/// Kendall's W: how much the raters rank the items alike, corrected for ties. Only items rated by
/// all raters count.
///
/// Unitless, from 0 to 1 for the same ranks by all. It has no standard error or interval formula.
///
/// Undefined where fewer than two items were rated by all raters, and where every rater gave all of
/// those the same level.
///
/// Sources: M. G. Kendall and B. Babington Smith (1939), The problem of m rankings, *Annals of
/// Mathematical Statistics* 10:275–287; ties: M. G. Kendall (1962), *Rank Correlation Methods*,
/// 3rd edition, Griffin.
///
/// # Example
/// Two raters rank three items alike, a third exchanges two: 12 · 14 / (3² (3³ − 3)):
/// ```
/// use agreement::{RatingMatrix, kendall_w};
///
/// let rows = [[0, 0, 0], [1, 1, 2], [2, 2, 1]].map(|item| item.map(Some).to_vec());
/// let matrix = RatingMatrix::from_rows(3, &rows).unwrap();
/// assert_eq!(format!("{:.3}", kendall_w(&matrix).estimate().unwrap()), "0.778");
/// ```
pub fn kendall_w(matrix: &RatingMatrix) -> Measure {
    estimated(matrix).into()
}

fn estimated(matrix: &RatingMatrix) -> Result<Estimate, Undefined> {
    let complete = matrix.complete_rows();
    let n: f64 = complete.iter().map(|(count, _)| count).sum();
    if n == 0.0 {
        return Err(Undefined::NoCompleteItems);
    }
    if n < 2.0 {
        return Err(Undefined::FewerThanTwoItems);
    }
    let deviations: Vec<Vec<f64>> = (0..matrix.raters())
        .map(|rater| {
            let mut counts = vec![0.0; matrix.size()];
            complete.iter().for_each(|(count, levels)| counts[usize::from(levels[rater])] += count);
            midrank_deviations(&counts, n)
        })
        .collect();
    // The sum over items of the squared sum of ranks, and the same if all raters ranked alike,
    // both about the mean. Ties need no correction where midranks are squared as they are.
    let mut together = 0.0;
    let mut apart = 0.0;
    for (count, levels) in &complete {
        let own = || {
            levels
                .iter()
                .zip(&deviations)
                .map(|(&level, deviations)| deviations[usize::from(level)])
        };
        together += count / n * own().sum::<f64>().powi(2);
        apart += count / n * own().map(|deviation| deviation * deviation).sum::<f64>();
    }
    if apart == 0.0 {
        return Err(Undefined::OneLevelByEach);
    }
    let estimate = (together / apart / matrix.raters() as f64).min(1.0);
    Ok(Estimate { estimate, se: None, interval: Err(Undefined::NoFormula) })
}

/// For each level by how much its midrank differs from the mean rank, as a share of the items; 0
/// where a level holds all of them.
pub(crate) fn midrank_deviations(counts: &[f64], n: f64) -> Vec<f64> {
    let mut below = 0.0;
    counts
        .iter()
        .map(|&count| {
            let above = n - below - count;
            let deviation = (below - above) / (2.0 * n);
            below += count;
            deviation
        })
        .collect()
}

//! The agreement of any number of raters, not corrected for chance.

use crate::interval::wilson;
use crate::raters::items::Items;
use crate::two_raters::within_agreement::within_the_scale;
use crate::{Estimate, Measure, RatingMatrix, Undefined, Weights};

/// The proportion of items on which all raters are at most `k` levels apart by index, among the
/// items that all rated. `k` = 0 is the exact agreement of all.
///
/// A proportion, 0 to 1, which falls with the number of raters; with its binomial standard error
/// and the Wilson interval.
///
/// Undefined where no item was rated by all raters, and from `k` = K − 1 on, where it is 1 by definition.
///
/// Source of the interval: E. B. Wilson (1927), *Journal of the American Statistical Association*
/// 22:209–212.
///
/// # Example
/// Three raters agree on one of four items, and are within one level on three:
/// ```
/// use agreement::{RatingMatrix, agreement_of_all};
///
/// let rows = [[0, 0, 0], [0, 1, 1], [2, 1, 2], [0, 2, 2]].map(|item| item.map(Some).to_vec());
/// let matrix = RatingMatrix::from_rows(3, &rows).unwrap();
/// assert_eq!(agreement_of_all(&matrix, 0).estimate(), Some(0.25));
/// assert_eq!(agreement_of_all(&matrix, 1).estimate(), Some(0.75));
/// ```
pub fn agreement_of_all(matrix: &RatingMatrix, k: usize) -> Measure {
    of_all(matrix, k).into()
}

fn of_all(matrix: &RatingMatrix, k: usize) -> Result<Estimate, Undefined> {
    within_the_scale(matrix.size(), k)?;
    let (mut within, mut n) = (0, 0);
    for row in matrix.rows() {
        let Some(levels) = row.ratings().collect::<Option<Vec<usize>>>() else { continue };
        n += row.count();
        let lowest = levels.iter().min();
        if levels.iter().max().zip(lowest).is_some_and(|(highest, lowest)| highest - lowest <= k) {
            within += row.count();
        }
    }
    if n == 0 {
        return Err(Undefined::NoCompleteItems);
    }
    let proportion = within as f64 / n as f64;
    let se = (proportion * (1.0 - proportion) / n as f64).sqrt();
    Ok(Estimate { estimate: proportion, se: Some(se), interval: Ok(wilson(within, n)) })
}

/// The observed agreement of Fleiss' kappa and its kin: the mean over items of the share of pairs
/// of their ratings that agree, partial agreement counted by weights. Any ratings may be missing;
/// items with one do not count.
///
/// A proportion, 0 to 1. The standard error is that of a mean over items (divisor n − 1), the
/// interval normal.
///
/// Undefined where no item has two ratings and for custom weights of another scale. With a single
/// such item the estimate stands without a standard error; where every item contributes the same,
/// with standard error 0 and without an interval.
///
/// Source: J. L. Fleiss (1971), Measuring nominal scale agreement among many raters, *Psychological
/// Bulletin* 76:378–382.
///
/// # Example
/// Of the three pairs of raters, all agree on the first item and one on each of the others:
/// ```
/// use agreement::{RatingMatrix, Weights, pairwise_agreement};
///
/// let rows = [[0, 0, 0], [0, 1, 1], [1, 1, 0]].map(|item| item.map(Some).to_vec());
/// let matrix = RatingMatrix::from_rows(2, &rows).unwrap();
/// let agreement = pairwise_agreement(&matrix, Weights::Identity);
/// assert_eq!(format!("{:.4}", agreement.estimate().unwrap()), "0.5556"); // (1 + 1/3 + 1/3) / 3
/// ```
pub fn pairwise_agreement(matrix: &RatingMatrix, weights: Weights) -> Measure {
    pairwise(matrix, weights).into()
}

fn pairwise(matrix: &RatingMatrix, weights: Weights) -> Result<Estimate, Undefined> {
    weights.fit(matrix.size())?;
    let items = Items::of(matrix)?.only_pairable();
    let disagreement =
        |item: &crate::raters::items::Item| item.disagreement(weights, matrix.size());
    let influence: Vec<f64> = items.rows.iter().map(disagreement).collect();
    Ok(items.linearised(1.0 - items.mean(disagreement), 1.0, &influence, 1.0))
}

//! The Brennan–Prediger coefficient for any number of raters.

use crate::raters::items::{Chance, Items};
use crate::two_raters::brennan_prediger::chance_disagreement;
use crate::{Estimate, Measure, RatingMatrix, Undefined, Weights};

/// The Brennan–Prediger coefficient for any number of raters: the agreement of two ratings of an
/// item, corrected for a chance that gives every pair of levels alike. For two complete raters it
/// is [`crate::brennan_prediger_weighted`], with a standard error of divisor n − 1.
///
/// Unitless, at most 1. It depends on the declared number of levels. The standard error is the
/// deviation of the items' influence, the interval normal.
///
/// Undefined where no item has two ratings and for custom weights of another scale. With a single
/// item the estimate stands without a standard error; where every item contributes the same, with
/// standard error 0 and without an interval.
///
/// Sources: R. L. Brennan and D. J. Prediger (1981), Coefficient kappa: some uses, misuses, and
/// alternatives, *Educational and Psychological Measurement* 41:687–699; K. L. Gwet (2014),
/// *Handbook of Inter-Rater Reliability*, 4th edition, Advanced Analytics.
///
/// # Example
/// Krippendorff's four coders of twelve units, a dot where a rating is missing; irrCAC prints .77273:
/// ```
/// use agreement::{RatingMatrix, Weights, brennan_prediger_raters};
///
/// let units = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 .3..";
/// let level = |grade: char| grade.to_digit(10).map(|grade| grade as usize - 1);
/// let rows = units.split(' ').map(|unit| unit.chars().map(level).collect::<Vec<_>>());
/// let matrix = RatingMatrix::from_rows(5, &rows.collect::<Vec<_>>()).unwrap();
/// let coefficient = brennan_prediger_raters(&matrix, Weights::Identity);
/// assert_eq!(format!("{:.5}", coefficient.estimate().unwrap()), "0.77273"); // (9/11 - 1/5) / (4/5)
/// ```
pub fn brennan_prediger_raters(matrix: &RatingMatrix, weights: Weights) -> Measure {
    estimated(matrix, weights).into()
}

fn estimated(matrix: &RatingMatrix, weights: Weights) -> Result<Estimate, Undefined> {
    weights.fit(matrix.size())?;
    let items = Items::of(matrix)?;
    let disagreement = chance_disagreement(weights, items.size);
    let chance = Chance { disagreement, influence: vec![0.0; items.rows.len()] };
    Ok(items.corrected(weights, &chance))
}

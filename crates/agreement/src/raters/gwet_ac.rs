//! Gwet's AC1 and AC2 for any number of raters.

use crate::raters::items::{Chance, Items};
use crate::two_raters::gwet_ac2::chance_factor;
use crate::{Estimate, Measure, RatingMatrix, Undefined, Weights};

/// Gwet's AC1 (identity weights) or AC2 for any number of raters: agreement corrected for the
/// chance that follows from how evenly all raters together use the levels. For two complete raters
/// it is [`crate::gwet_ac2()`], with a standard error of divisor n − 1.
///
/// Unitless, at most 1. It depends on the declared number of levels. Items with one rating count in
/// the chance agreement only. The standard error is the deviation of the items' influence, in which
/// the number of items with two ratings varies with the sample; the published variance takes it as
/// fixed and overstates the error several-fold where many ratings are missing. The interval is
/// normal.
///
/// Undefined where no item has two ratings and for custom weights of another scale. With a single
/// item the estimate stands without a standard error; where every item contributes the same, with
/// standard error 0 and without an interval.
///
/// Sources: K. L. Gwet (2008), Computing inter-rater reliability and its variance in the presence
/// of high agreement, *British Journal of Mathematical and Statistical Psychology* 61:29–48; K. L.
/// Gwet (2014), *Handbook of Inter-Rater Reliability*, 4th edition, Advanced Analytics.
///
/// # Example
/// Krippendorff's four coders of twelve units, a dot where a rating is missing; irrCAC prints .77544:
/// ```
/// use agreement::{RatingMatrix, Weights, gwet_ac};
///
/// let units = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 .3..";
/// let level = |grade: char| grade.to_digit(10).map(|grade| grade as usize - 1);
/// let rows = units.split(' ').map(|unit| unit.chars().map(level).collect::<Vec<_>>());
/// let matrix = RatingMatrix::from_rows(5, &rows.collect::<Vec<_>>()).unwrap();
/// let ac1 = gwet_ac(&matrix, Weights::Identity);
/// assert_eq!(format!("{:.5}", ac1.estimate().unwrap()), "0.77544");
/// ```
pub fn gwet_ac(matrix: &RatingMatrix, weights: Weights) -> Measure {
    estimated(matrix, weights).into()
}

fn estimated(matrix: &RatingMatrix, weights: Weights) -> Result<Estimate, Undefined> {
    weights.fit(matrix.size())?;
    let items = Items::of(matrix)?;
    let shares = items.mean_shares();
    let factor = chance_factor(weights, items.size);
    let evenness: f64 = shares.iter().map(|share| share * (1.0 - share)).sum();
    // The derivative of share · (1 − share) is 1 − 2 share; the shares of an item add up to 1.
    let influence =
        items.rows.iter().map(|item| 2.0 * factor * item.mean(|level| shares[level])).collect();
    let chance = Chance { disagreement: 1.0 - factor * evenness, influence };
    Ok(items.corrected(weights, &chance))
}

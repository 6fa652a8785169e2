//! Fleiss' kappa for any number of raters, in two forms for missing ratings.

use crate::raters::items::{Chance, Items, apart_from};
use crate::{Estimate, Measure, RatingMatrix, Undefined, Weights};

/// Fleiss' kappa: the share of the disagreement expected by chance, given how often all raters
/// together used the levels, that two raters of an item avoided. How often is the mean over items
/// of the share of each item's ratings, so that every item counts alike, however often rated. For
/// two complete raters it is Scott's pi.
///
/// Unitless, at most 1. Items with one rating count in the chance agreement only. The standard
/// error is the deviation of the items' influence (divisor n − 1), the interval normal.
///
/// Undefined where no item has two ratings, where all ratings are of one level, and for custom
/// weights of another scale. With a single item the estimate stands without a standard error;
/// where every item contributes the same, with standard error 0 and without an interval.
///
/// Sources: J. L. Fleiss (1971), Measuring nominal scale agreement among many raters,
/// *Psychological Bulletin* 76:378–382; missing ratings and weights: K. L. Gwet (2014), *Handbook
/// of Inter-Rater Reliability*, 4th edition, Advanced Analytics.
///
/// # Example
/// Krippendorff's four coders of twelve units, a dot where a rating is missing; irrCAC prints .76117:
/// ```
/// use agreement::{RatingMatrix, Weights, fleiss_kappa};
///
/// let units = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 .3..";
/// let level = |grade: char| grade.to_digit(10).map(|grade| grade as usize - 1);
/// let rows = units.split(' ').map(|unit| unit.chars().map(level).collect::<Vec<_>>());
/// let matrix = RatingMatrix::from_rows(5, &rows.collect::<Vec<_>>()).unwrap();
/// let kappa = fleiss_kappa(&matrix, Weights::Identity);
/// assert_eq!(format!("{:.5}", kappa.estimate().unwrap()), "0.76117");
/// ```
pub fn fleiss_kappa(matrix: &RatingMatrix, weights: Weights) -> Measure {
    estimated(matrix, weights, |items| {
        let shares = items.mean_shares();
        let shift = vec![1.0; items.rows.len()];
        (shares, shift)
    })
    .into()
}

/// Fleiss' kappa where every *rating* counts alike in the chance agreement: how often the levels
/// were used is counted over all ratings of all items. The same as [`fleiss_kappa`] where all items
/// have the same number of ratings.
///
/// In all else as [`fleiss_kappa`].
///
/// # Example
/// Four of seven ratings are of the first level; by items it is half of them, and kappa 1/3:
/// ```
/// use agreement::{RatingMatrix, Weights, fleiss_kappa, fleiss_kappa_pooled};
///
/// let rows = [[Some(0), Some(0), Some(0)], [Some(1), Some(1), None], [Some(0), Some(1), None]];
/// let matrix = RatingMatrix::from_rows(2, &rows.map(Vec::from)).unwrap();
/// let pooled = fleiss_kappa_pooled(&matrix, Weights::Identity).estimate().unwrap();
/// assert_eq!(format!("{pooled:.4}"), "0.3194"); // (2/3 - 25/49) / (24/49) = 23/72
/// let by_items = fleiss_kappa(&matrix, Weights::Identity).estimate().unwrap();
/// assert_eq!(format!("{by_items:.4}"), "0.3333");
/// ```
pub fn fleiss_kappa_pooled(matrix: &RatingMatrix, weights: Weights) -> Measure {
    estimated(matrix, weights, |items| {
        let ratings = items.mean(|item| item.ratings);
        let mut shares = vec![0.0; items.size];
        for item in &items.rows {
            for &(level, raters) in &item.levels {
                shares[level] += item.count * raters / items.n / ratings;
            }
        }
        let shift = items.rows.iter().map(|item| item.ratings / ratings).collect();
        (shares, shift)
    })
    .into()
}

/// `levels` gives how often each level was used, and for each row by how much an item's own use of
/// the levels moves that.
fn estimated(
    matrix: &RatingMatrix,
    weights: Weights,
    levels: impl Fn(&Items) -> (Vec<f64>, Vec<f64>),
) -> Result<Estimate, Undefined> {
    weights.fit(matrix.size())?;
    let items = Items::of(matrix)?;
    let (shares, shift) = levels(&items);
    let level_apart = apart_from(&shares, weights);
    let disagreement: f64 = shares.iter().zip(&level_apart).map(|(p, apart)| p * apart).sum();
    if disagreement == 0.0 {
        return Err(Undefined::OneLevelByAll);
    }
    let own =
        |item: &crate::raters::items::Item| item.mean(|level| level_apart[level]) - disagreement;
    let influence =
        items.rows.iter().zip(shift).map(|(item, shift)| 2.0 * shift * own(item)).collect();
    Ok(items.corrected(weights, &Chance { disagreement, influence }))
}

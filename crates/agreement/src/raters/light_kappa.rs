//! Light's kappa: the mean of the kappas of all pairs of raters.

use crate::raters::items::Items;
use crate::two_raters::cohen_kappa::Discord;
use crate::two_raters::pairs::Pairs;
use crate::{Estimate, Measure, RatingMatrix, Undefined, Weights};

/// Light's kappa: the mean of Cohen's kappa over all pairs of raters, each pair on the items that
/// both rated. For two raters it is Cohen's kappa, with a standard error of divisor n − 1.
///
/// Unitless, at most 1. A pair in which one rater is constant counts with its kappa of 0. The
/// standard error is the deviation of the items' influence on the mean of the kappas (delta
/// method), the interval normal.
///
/// Undefined where a pair of raters has no item in common or used one and the same level on those,
/// and for custom weights of another scale. With a single item the estimate stands without a
/// standard error; where all raters but one are constant, without a standard error and an
/// interval; where every item contributes the same, with standard error 0 and without an interval.
///
/// Source: R. J. Light (1971), Measures of response agreement for qualitative data: some
/// generalizations and alternatives, *Psychological Bulletin* 76:365–377.
///
/// # Example
/// The first two raters agree on everything, and each with the third by chance: (1 + 0 + 0) / 3:
/// ```
/// use agreement::{RatingMatrix, Weights, light_kappa};
///
/// let rows = [[0, 0, 0], [0, 0, 1], [1, 1, 0], [1, 1, 1]].map(|item| item.map(Some).to_vec());
/// let matrix = RatingMatrix::from_rows(2, &rows).unwrap();
/// let kappa = light_kappa(&matrix, Weights::Identity).estimate().unwrap();
/// assert_eq!(format!("{kappa:.4}"), "0.3333");
/// ```
pub fn light_kappa(matrix: &RatingMatrix, weights: Weights) -> Measure {
    estimated(matrix, weights).into()
}

fn estimated(matrix: &RatingMatrix, weights: Weights) -> Result<Estimate, Undefined> {
    weights.fit(matrix.size())?;
    let items = Items::of(matrix)?;
    let apart = |i, j| weights.disagreement(i, j, items.size);
    let number = (matrix.raters() * (matrix.raters() - 1) / 2) as f64;

    let mut sum = 0.0;
    let mut influence = vec![0.0; items.rows.len()];
    let mut largest: f64 = 1.0;
    for first in 0..matrix.raters() {
        for second in first + 1..matrix.raters() {
            let undefined = Undefined::UndefinedPair { first, second };
            let table = matrix.table(first, second).map_err(|_| undefined)?;
            let pairs = Pairs::of(&table).map_err(|_| undefined)?;
            let discord = Discord::of(&pairs, apart).map_err(|_| undefined)?;
            sum += discord.kappa();

            let size = items.n / pairs.n / discord.expected / number;
            largest = largest.max(size);
            // Centred, because items that the pair does not share contribute nothing.
            for (item, influence) in items.rows.iter().zip(&mut influence) {
                if let Some((i, j)) = item.by_rater.rating(first).zip(item.by_rater.rating(second))
                {
                    *influence += size * (discord.influence(apart, i, j) - discord.average());
                }
            }
        }
    }
    let estimate = items.linearised(sum / number, 1.0, &influence, largest);
    if items.n >= 2.0 && estimate.se == Some(0.0) && items.at_most_one_rater_varies() {
        return Ok(Estimate { se: None, interval: Err(Undefined::ConstantRater), ..estimate });
    }
    Ok(estimate)
}

//! The mean difference between two raters.

use crate::interval::student_t;
use crate::scores::check;
use crate::two_raters::pairs::Pairs;
use crate::{ContingencyTable, Estimate, Measure, Undefined};

/// The mean over items of the first rater's score minus the second's: the bias of one rater
/// against the other. `scores` holds the number of each of the K levels, in the table's order.
///
/// In the unit of the scores; positive where the first rater scores higher. The standard error is
/// the standard deviation of the differences (divisor n − 1) over the root of n; the interval is
/// that of the paired t procedure, with n − 1 degrees of freedom.
///
/// Undefined for a table without items, for a number of scores other than K, and for scores that
/// are not numbers of at most 1e100 in size. With a single item the estimate stands without a
/// standard error or interval; where all differences are equal, with standard error 0 and without
/// an interval.
///
/// Source: Student (1908), The probable error of a mean, *Biometrika* 6:1–25.
///
/// # Example
/// The first rater's mean is .10, the second's .15:
/// ```
/// use agreement::{ContingencyTable, mean_difference};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// let difference = mean_difference(&table, &[0.0, 1.0]);
/// assert_eq!(format!("{:.4}", difference.estimate().unwrap()), "-0.0500");
/// assert_eq!(format!("{:.4}", difference.se().unwrap()), "0.0386"); // sqrt((0.15 - 0.05²) / 99)
/// ```
pub fn mean_difference(table: &ContingencyTable, scores: &[f64]) -> Measure {
    estimated(table, scores).into()
}

fn estimated(table: &ContingencyTable, scores: &[f64]) -> Result<Estimate, Undefined> {
    let pairs = Pairs::of(table)?;
    check(scores, table.size())?;
    let largest = largest_magnitude(scores);
    let difference = |i: usize, j: usize| (scores[i] - scores[j]) / largest;

    let estimate = largest * pairs.mean(difference);
    if pairs.n < 2.0 {
        let interval = Err(Undefined::FewerThanTwoItems);
        return Ok(Estimate { estimate, se: None, interval });
    }
    let freedom = pairs.n - 1.0;
    let se = largest * pairs.deviation(difference) / freedom.sqrt();
    let interval =
        if se > 0.0 { Ok(student_t(estimate, se, freedom)) } else { Err(pairs.no_variation()) };
    Ok(Estimate { estimate, se: Some(se), interval })
}

/// The largest absolute score, by which the scores are divided so that their differences are of
/// size 1; 1 where all are 0.
fn largest_magnitude(scores: &[f64]) -> f64 {
    let largest = scores.iter().fold(0.0, |largest: f64, score| largest.max(score.abs()));
    if largest == 0.0 { 1.0 } else { largest }
}

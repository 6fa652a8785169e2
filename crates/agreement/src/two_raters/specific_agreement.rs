//! The agreement of two raters on one level.

use crate::two_raters::pairs::Pairs;
use crate::{ContingencyTable, Estimate, Measure, Undefined};

/// The specific agreement on a level: of the ratings of that level by either rater, the share that
/// the other rater's rating of the item matches. For two levels these are the positive and the
/// negative agreement, which together show what one number hides where a level is rare.
///
/// A proportion, 0 to 1. The standard error is that of a ratio of means (divisor n), the interval
/// normal.
///
/// Undefined for a table without items, and for a level that is not on the scale or that neither
/// rater used. The estimate stands with standard error 0 and without an interval where the raters
/// agree on every item of the level, or on none.
///
/// Sources: R. L. Spitzer and J. L. Fleiss (1974), A re-analysis of the reliability of psychiatric
/// diagnosis, *British Journal of Psychiatry* 125:341–347; D. V. Cicchetti and A. R. Feinstein
/// (1990), High agreement but low kappa: II, *Journal of Clinical Epidemiology* 43:551–558.
///
/// # Example
/// Cicchetti and Feinstein's positive and negative agreement of a table with kappa .32:
/// ```
/// use agreement::{ContingencyTable, specific_agreement};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// assert_eq!(specific_agreement(&table, 0).estimate(), Some(160.0 / 175.0));
/// assert_eq!(specific_agreement(&table, 1).estimate(), Some(0.4)); // 10 / 25
/// ```
pub fn specific_agreement(table: &ContingencyTable, level: usize) -> Measure {
    estimated(table, level).into()
}

fn estimated(table: &ContingencyTable, level: usize) -> Result<Estimate, Undefined> {
    if level >= table.size() {
        return Err(Undefined::UnknownLevel { level, levels: table.size() });
    }
    let pairs = Pairs::of(table)?;
    let used = (pairs.rows[level] + pairs.columns[level]) / 2.0;
    if used == 0.0 {
        return Err(Undefined::UnusedLevel { level });
    }
    let is = |other: usize| if other == level { 1.0 } else { 0.0 };
    // From the side of the ratings that were not matched, which is exactly 0 where all were.
    let unmatched = |i, j| f64::abs(is(i) - is(j)) / 2.0;
    let ratio = (pairs.mean(unmatched) / used).min(1.0);
    let influence = |i, j| unmatched(i, j) - ratio * (is(i) + is(j)) / 2.0;
    Ok(pairs.linearised(1.0 - ratio, used, influence))
}

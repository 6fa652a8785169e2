//! Why kappa is low or high: prevalence and bias of a level.

use crate::two_raters::pairs::Pairs;
use crate::{ContingencyTable, Estimate, Measure, Undefined};

/// The prevalence index of a level: the share of items on which both raters gave it, minus the
/// share on which neither did. For two levels it is (a − d) / n; a scale of more is read as this
/// level against the rest.
///
/// A difference of proportions, from −1 to 1; far from 0, chance agreement is high and kappa low.
/// The standard error is that of a mean (divisor n), the interval normal.
///
/// Undefined for a table without items and for a level that is not on the scale. The estimate
/// stands with standard error 0 and without an interval where every item contributes the same.
///
/// Source: T. Byrt, J. Bishop and J. B. Carlin (1993), Bias, prevalence and kappa, *Journal of
/// Clinical Epidemiology* 46:423–429.
///
/// # Example
/// ```
/// use agreement::{ContingencyTable, prevalence_index};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// assert_eq!(prevalence_index(&table, 0).estimate(), Some(0.75)); // (80 - 5) / 100
/// ```
pub fn prevalence_index(table: &ContingencyTable, level: usize) -> Measure {
    mean(table, level, |i, j| match (i == level, j == level) {
        (true, true) => 1.0,
        (false, false) => -1.0,
        _ => 0.0,
    })
    .into()
}

/// The bias index of a level: the share of items to which the first rater gave it, minus the share
/// to which the second did. For two levels it is (b − c) / n.
///
/// A difference of proportions, from −1 to 1, signed where its source takes the absolute value; far
/// from 0, chance agreement is low and kappa high. The standard error is that of a mean (divisor
/// n), the interval normal.
///
/// Undefined and degenerate as [`prevalence_index`]. Same source.
///
/// # Example
/// ```
/// use agreement::{ContingencyTable, bias_index};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// assert_eq!(bias_index(&table, 0).estimate(), Some(0.05)); // (10 - 5) / 100
/// ```
pub fn bias_index(table: &ContingencyTable, level: usize) -> Measure {
    mean(table, level, |i, j| match (i == level, j == level) {
        (true, false) => 1.0,
        (false, true) => -1.0,
        _ => 0.0,
    })
    .into()
}

fn mean(
    table: &ContingencyTable,
    level: usize,
    value: impl Fn(usize, usize) -> f64,
) -> Result<Estimate, Undefined> {
    if level >= table.size() {
        return Err(Undefined::UnknownLevel { level, levels: table.size() });
    }
    let pairs = Pairs::of(table)?;
    Ok(pairs.linearised(pairs.mean(&value), 1.0, value))
}

//! Gwet's first-order agreement coefficient.

use crate::{ContingencyTable, Measure, Weights, gwet_ac2};

/// Gwet's AC1: agreement corrected for the chance that follows from how evenly the levels are used
/// by the two raters together, which keeps it high where one level is prevalent and kappa falls.
///
/// Unitless, at most 1. The standard error counts the items as a sample from an unlimited number
/// (divisor n), the interval is normal.
///
/// Undefined for a table without items. The estimate stands with standard error 0 and without an
/// interval where every item contributes the same, as in complete agreement.
///
/// Source: K. L. Gwet (2008), Computing inter-rater reliability and its variance in the presence
/// of high agreement, *British Journal of Mathematical and Statistical Psychology* 61:29–48.
///
/// # Example
/// Where kappa is .32 because one level prevails, chance is 2 · .875 · .125 here:
/// ```
/// use agreement::{ContingencyTable, gwet_ac1};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// let ac1 = gwet_ac1(&table).estimate().unwrap();
/// assert_eq!(format!("{ac1:.3}"), "0.808"); // (0.85 - 0.21875) / (1 - 0.21875)
/// ```
pub fn gwet_ac1(table: &ContingencyTable) -> Measure {
    gwet_ac2(table, Weights::Identity)
}

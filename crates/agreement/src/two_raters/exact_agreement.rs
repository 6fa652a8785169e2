//! The proportion of items on which two raters agree.

use crate::{ContingencyTable, Measure, within_agreement};

/// The proportion of items to which both raters gave the same level, not corrected for chance.
///
/// A proportion, 0 to 1, with its binomial standard error and the Wilson interval, which keeps its
/// width under complete agreement.
///
/// Undefined for a table without items.
///
/// Source of the interval: E. B. Wilson (1927), *Journal of the American Statistical Association*
/// 22:209–212.
///
/// # Example
/// ```
/// use agreement::{ContingencyTable, exact_agreement};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// assert_eq!(exact_agreement(&table).estimate(), Some(0.85));
/// ```
pub fn exact_agreement(table: &ContingencyTable) -> Measure {
    within_agreement(table, 0)
}

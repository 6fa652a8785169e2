//! The proportion of items on which two raters are close.

use crate::interval::wilson;
use crate::{ContingencyTable, Estimate, Measure, Undefined};

/// The proportion of items whose two levels are at most `k` apart by index, not corrected for
/// chance. `k` = 0 is the exact agreement.
///
/// A proportion, 0 to 1, with its binomial standard error and the Wilson interval, which keeps its
/// width where the standard error is 0.
///
/// Undefined for a table without items, and from `k` = K − 1 on, where it is 1 by definition.
///
/// Source of the interval: E. B. Wilson (1927), *Journal of the American Statistical Association*
/// 22:209–212.
///
/// # Example
/// Of 200 patients two clinicians put 6 two levels apart:
/// ```
/// use agreement::{ContingencyTable, within_agreement};
///
/// let rows = vec![vec![106, 10, 4], vec![22, 28, 10], vec![2, 12, 6]];
/// let table = ContingencyTable::from_rows(rows).unwrap();
/// assert_eq!(within_agreement(&table, 1).estimate(), Some(0.97));
/// ```
pub fn within_agreement(table: &ContingencyTable, k: usize) -> Measure {
    estimated(table, k).into()
}

fn estimated(table: &ContingencyTable, k: usize) -> Result<Estimate, Undefined> {
    within_the_scale(table.size(), k)?;
    let n = table.n();
    if n == 0 {
        return Err(Undefined::NoSharedItems);
    }
    let within: u64 = table
        .rows()
        .enumerate()
        .flat_map(|(i, row)| row.iter().enumerate().filter(move |(j, _)| i.abs_diff(*j) <= k))
        .map(|(_, count)| count)
        .sum();
    let proportion = within as f64 / n as f64;
    let se = (proportion * (1.0 - proportion) / n as f64).sqrt();
    Ok(Estimate { estimate: proportion, se: Some(se), interval: Ok(wilson(within, n)) })
}

/// Refuses to call it agreement that no two of `levels` levels are more than `k` apart.
pub(crate) fn within_the_scale(levels: usize, k: usize) -> Result<(), Undefined> {
    if k < levels - 1 { Ok(()) } else { Err(Undefined::WithinTheScale { levels }) }
}

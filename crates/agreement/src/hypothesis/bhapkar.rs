//! Bhapkar's test of marginal homogeneity.

use super::stuart_maxwell::quadratic_form;
use super::{Test, Tested};
use crate::{ContingencyTable, Undefined, Untestable};

/// Below this, 1 − X/N is the rounding of 0.
const NEGLIGIBLE: f64 = 1e-13;

/// Bhapkar's test of marginal homogeneity: the Stuart–Maxwell statistic X with the covariance
/// estimated without the hypothesis, which is X / (1 − X/N) with N the number of *all* items, those
/// agreed on included. It is larger than X, and the more powerful of the two.
///
/// Undefined for a table without items, where the raters agreed on every item, and where the
/// statistic is infinite: where one and the same step of a numbering of the levels leads from the
/// first rater's level to the second's for every item.
///
/// Source: V. P. Bhapkar (1966), A note on the equivalence of two test criteria for hypotheses in
/// categorical data, *Journal of the American Statistical Association* 61:228–235.
///
/// # Example
/// Unaided vision of 7,477 women, right eye by left (Stuart 1953), where X = 11.957:
/// ```
/// use agreement::{ContingencyTable, bhapkar};
///
/// let best_to_worst =
///     [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]];
/// let table = ContingencyTable::from_rows(best_to_worst.map(Vec::from).to_vec()).unwrap();
/// let test = bhapkar(&table);
/// assert_eq!(format!("{:.3}", test.statistic().unwrap()), "11.976"); // X / (1 - X / 7477)
/// assert_eq!(test.df(), Some(3.0));
/// ```
pub fn bhapkar(table: &ContingencyTable) -> Test {
    tested(table).into()
}

fn tested(table: &ContingencyTable) -> Result<Tested, Undefined> {
    let (statistic, df) = quadratic_form(table)?;
    let rest = 1.0 - statistic / table.n() as f64;
    if rest <= NEGLIGIBLE {
        return Err(Untestable::InfiniteStatistic.into());
    }
    Ok(Tested::chi_squared(statistic / rest, df))
}

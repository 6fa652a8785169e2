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

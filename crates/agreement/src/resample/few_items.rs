//! The interval of a coefficient of few items.

use super::jackknife;
use crate::interval::{fisher_z, student_t};
use crate::{ContingencyTable, Estimate, Interval, Measure, Undefined};

/// The interval of a coefficient between −1 and 1 of few items: its jackknife on Fisher's scale, with
/// Student's t of n − 1 degrees of freedom.
///
/// The standard error formulas of agreement coefficients hold for many items, and the distribution of a
/// coefficient of few is skew. docs/statistics.md has simulations of how often either interval covers the
/// coefficient. On Fisher's scale there is no interval where the coefficient is 1 without some item, as it
/// is where one item is all that raters disagree on; the jackknife of the coefficient itself is taken
/// there.
///
/// # Errors
/// Those of [`jackknife`](super::jackknife()); the coefficient's own where it is undefined;
/// [`Undefined::NoVariation`] where no item changes it.
///
/// Sources: the jackknife on a scale of stable variance, R. G. Miller (1974), The jackknife: a review,
/// *Biometrika* 61:1–15; Fisher's scale for quadratic kappa, which is Lin's concordance, L. I. Lin (1989),
/// A concordance correlation coefficient to evaluate reproducibility, *Biometrics* 45:255–268.
pub fn few_items_interval(
    table: &ContingencyTable,
    coefficient: impl Fn(&ContingencyTable) -> Measure,
) -> Result<Interval, Undefined> {
    let measure = coefficient(table);
    let Some(estimate) = measure.estimate() else {
        return Err(measure.undefined().unwrap_or(Undefined::NoSharedItems));
    };
    let freedom = table.n() as f64 - 1.0;
    let on_fishers_scale = jackknife(table, |table| match coefficient(table) {
        Measure::Estimated(found) if found.estimate.abs() < 1.0 => {
            Measure::Estimated(Estimate { estimate: found.estimate.atanh(), ..found })
        }
        Measure::Estimated(_) => Measure::Undefined(Undefined::Jackknife),
        undefined => undefined,
    });
    let interval = match on_fishers_scale {
        Ok(jackknife) if estimate.abs() < 1.0 => fisher_z(estimate, jackknife.se, freedom),
        _ => student_t(estimate, jackknife(table, coefficient)?.se, freedom),
    };
    if interval.lo < interval.hi { Ok(interval) } else { Err(Undefined::NoVariation) }
}

//! The test that several strata share one kappa.

use super::{Test, Tested, Untestable};
use crate::{ContingencyTable, Undefined, Weights, cohen_kappa};

/// Whether weighted kappa is the same in all strata, one table each, of different items: the sum
/// over strata of the squared distance from their pooled kappa, each over its squared standard
/// error, where the pooled kappa weighs each stratum by the inverse of its squared standard error.
/// Chi-squared with one degree of freedom less than there are strata.
///
/// Only for a few strata of some hundred items that are independent and use several levels. The
/// standard errors of small strata are too small: of six strata of 15, 30 and 90 items it rejects a true
/// hypothesis at 5 % in 20, 11 and 7 of 100 studies, and in 81, 59 and 22 where four in five items have
/// one level (examples/simulations/equal_kappas.rs). For others take [`crate::equal_kappas`].
///
/// The strata must not share items: two coefficients on the same items are dependent, and are
/// compared by resampling the items jointly.
///
/// Undefined for fewer than two strata, and where a stratum's kappa does not exist or has no
/// standard error above 0, since a certain stratum would outweigh all others.
///
/// Source: J. L. Fleiss (1981), *Statistical Methods for Rates and Proportions*, 2nd ed., Wiley,
/// section 13.1.
///
/// # Example
/// Patients of two cities, Landis and Koch (1977); kappas and standard errors of statsmodels give .343:
/// ```
/// use agreement::{ContingencyTable, Weights, kappa_equality};
///
/// let winnipeg = [[38, 5, 0, 1], [33, 11, 3, 0], [10, 14, 5, 6], [3, 7, 3, 10]];
/// let new_orleans = [[5, 3, 0, 0], [3, 11, 4, 0], [2, 13, 3, 4], [1, 2, 4, 14]];
/// let cities = [winnipeg, new_orleans]
///     .map(|city| ContingencyTable::from_rows(city.map(Vec::from).to_vec()).unwrap());
/// let test = kappa_equality(&cities, Weights::Identity);
/// assert_eq!(format!("{:.3}", test.p().unwrap()), "0.343");
/// ```
pub fn kappa_equality(strata: &[ContingencyTable], weights: Weights) -> Test {
    tested(strata, weights).into()
}

fn tested(strata: &[ContingencyTable], weights: Weights) -> Result<Tested, Undefined> {
    if strata.len() < 2 {
        return Err(Untestable::FewerThanTwoStrata.into());
    }
    let weighed: Vec<(f64, f64)> = strata
        .iter()
        .enumerate()
        .map(|(stratum, table)| {
            let kappa = cohen_kappa(table, weights);
            kappa
                .estimate()
                .zip(kappa.se().filter(|se| *se > 0.0))
                .ok_or(Untestable::Stratum { stratum })
        })
        .collect::<Result<_, _>>()?;
    let weight = |se: f64| 1.0 / (se * se);
    let total: f64 = weighed.iter().map(|&(_, se)| weight(se)).sum();
    let pooled = weighed.iter().map(|&(kappa, se)| weight(se) * kappa).sum::<f64>() / total;
    let statistic = weighed.iter().map(|&(kappa, se)| ((kappa - pooled) / se).powi(2)).sum();
    Ok(Tested::chi_squared(statistic, (strata.len() - 1) as f64))
}

//! What a bootstrap returns, and the bootstrap of a two-rater table.

use super::jackknife::{Jackknife, leave_one_out};
use super::kappa::Kappa;
use super::replicates::{FromDraws, OfCounts, Resampling, replicates};
use crate::interval::{basic, bca, percentile};
use crate::{
    ContingencyTable, Estimate, Interval, Measure, Method, Undefined, Weights, cohen_kappa,
};

/// Replicates that an interval needs: with fewer, a tail of 2.5 % holds none.
const FEWEST: usize = 40;

/// Values this close together do not vary but for rounding.
const NEGLIGIBLE: f64 = 1e-12;

/// An estimate with its bootstrap standard error and intervals.
///
/// Serialises as `{"estimate": x, "se": x or null, "percentile": {…}, "basic": {…}, "bca": {…},
/// "units": n, "replicates": B, "undefined_replicates": k, "seed": s}`, each interval as an
/// [`Interval`] or `{"undefined": "reason"}`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Bootstrap {
    /// The estimate from the data, in the unit and range of its coefficient.
    pub estimate: f64,
    /// The standard deviation of the replicates (divisor B − 1), at least 0; `None` with fewer
    /// than two defined ones.
    pub se: Option<f64>,
    /// Between quantiles of the replicates: B. Efron (1979), *Annals of Statistics* 7:1–26.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::serialize::value_or_reason"))]
    pub percentile: Result<Interval, Undefined>,
    /// Those quantiles reflected about the estimate: A. C. Davison and D. V. Hinkley (1997),
    /// *Bootstrap Methods and their Application*, Cambridge University Press, section 5.2.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::serialize::value_or_reason"))]
    pub basic: Result<Interval, Undefined>,
    /// Bias-corrected and accelerated: B. Efron (1987), *Journal of the American Statistical
    /// Association* 82:171–185; T. J. DiCiccio and B. Efron (1996), *Statistical Science*
    /// 11:189–228. The choice for coefficients near the end of their range.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::serialize::value_or_reason"))]
    pub bca: Result<Interval, Undefined>,
    /// The number of units that are resampled: items, or clusters.
    pub units: u64,
    /// B, the number of replicates drawn.
    pub replicates: usize,
    /// Replicates for which the coefficient does not exist. The standard error and the intervals
    /// are those of the others, so a share of more than a few percent means that the data hardly
    /// determine the coefficient.
    pub undefined_replicates: usize,
    /// The seed that gives these very numbers again.
    pub seed: u64,
}

impl Bootstrap {
    /// The share of replicates for which the coefficient does not exist, 0 to 1; 0 without
    /// replicates.
    pub fn undefined_share(&self) -> f64 {
        self.undefined_replicates as f64 / self.replicates.max(1) as f64
    }

    /// The estimate with the bootstrap standard error and the interval of one of the methods
    /// [`Method::BootstrapPercentile`], [`Method::BootstrapBasic`] and, for any other, BCa, or percentile
    /// where BCa does not exist.
    pub fn measure(&self, method: Method) -> Measure {
        let interval = match method {
            Method::BootstrapPercentile => &self.percentile,
            Method::BootstrapBasic => &self.basic,
            _ if self.bca.is_ok() => &self.bca,
            _ => &self.percentile,
        };
        Measure::Estimated(Estimate {
            estimate: self.estimate,
            se: self.se,
            interval: interval.clone(),
        })
    }

    /// From the measure of a statistic by its formula, how many units are of each kind, and its replicates.
    pub(crate) fn of_draws(
        measure: &Measure,
        weights: &[u64],
        resampling: Resampling,
        found: FromDraws,
        jackknife: Result<Jackknife, Undefined>,
    ) -> Result<Self, Undefined> {
        match measure {
            Measure::Undefined(reason) => Err(*reason),
            Measure::Estimated(Estimate { estimate, .. }) => {
                let units = weights.iter().sum();
                Ok(Self::of(*estimate, measure.undefined(), units, resampling, found, jackknife))
            }
        }
    }

    /// From an estimate, why it has no interval if that is known, and its replicates.
    pub(super) fn of(
        estimate: f64,
        known: Option<Undefined>,
        units: u64,
        resampling: Resampling,
        found: FromDraws,
        jackknife: Result<Jackknife, Undefined>,
    ) -> Self {
        let FromDraws { mut values, undefined } = found;
        let se = deviation(&values);
        values.sort_unstable_by(f64::total_cmp);
        let reason = no_interval(&values, known, units);
        let interval = |method: &dyn Fn() -> Result<Interval, Undefined>| match reason {
            Some(reason) => Err(reason),
            None => method(),
        };
        Self {
            estimate,
            se,
            percentile: interval(&|| Ok(percentile(&values))),
            basic: interval(&|| Ok(basic(estimate, &values))),
            bca: interval(&|| bca(estimate, &values, jackknife?.acceleration)),
            units,
            replicates: resampling.replicates,
            undefined_replicates: undefined,
            seed: resampling.seed,
        }
    }
}

/// The standard deviation of values in their order, with divisor one less than their number.
pub(crate) fn deviation(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    Some((squares / (values.len() - 1) as f64).sqrt())
}

fn no_interval(sorted: &[f64], known: Option<Undefined>, units: u64) -> Option<Undefined> {
    if units < 2 {
        return Some(known.unwrap_or(Undefined::FewerThanTwoItems));
    }
    if sorted.len() < FEWEST {
        return Some(Undefined::FewReplicates { defined: sorted.len(), needed: FEWEST });
    }
    let varies = sorted[sorted.len() - 1] - sorted[0] > NEGLIGIBLE;
    // That there is no formula says nothing about replicates.
    let known =
        known.filter(|why| !matches!(why, Undefined::NoFormula | Undefined::NoFiniteBounds));
    (!varies).then_some(known.unwrap_or(Undefined::NoVariation))
}

/// The bootstrap of any statistic of a two-rater table, with the items as units.
///
/// Each replicate is one multinomial draw of the occupied cells ([`crate::Units`]), so its cost does
/// not grow with n.
/// Where the items come in clusters whose ratings depend on each other, use
/// [`crate::bootstrap_clusters`]: this interval would be too short.
///
/// # Errors
/// The reason why the statistic does not exist for the table itself.
///
/// # Example
/// The standard error of a proportion by formula is √(.85 · .15 / 100):
/// ```
/// use agreement::{ContingencyTable, Resampling, bootstrap_table, exact_agreement};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// let found = bootstrap_table(&table, exact_agreement, Resampling::new(10_000, 1)).unwrap();
/// assert_eq!((found.estimate, found.units, found.undefined_replicates), (0.85, 100, 0));
/// assert!((found.se.unwrap() - 0.0357).abs() < 0.001);
/// ```
pub fn bootstrap_table(
    table: &ContingencyTable,
    statistic: impl Fn(&ContingencyTable) -> Measure + Sync,
    resampling: Resampling,
) -> Result<Bootstrap, Undefined> {
    let measure = statistic(table);
    let cells = table.occupied();
    bootstrap_cells(table, &measure, resampling, &|| {
        let (mut replicate, cells, statistic) = (table.clone(), &cells, &statistic);
        Box::new(move |counts| {
            replicate.refill(cells, counts);
            statistic(&replicate).estimate()
        })
    })
}

/// The bootstrap of [`cohen_kappa()`]: the same numbers as [`bootstrap_table`] gives, to rounding,
/// many times as fast.
///
/// # Errors
/// The reason why kappa does not exist for the table itself.
///
/// # Example
/// The formula of Fleiss, Cohen and Everitt has a standard error of .0536 for their own table:
/// ```
/// use agreement::{ContingencyTable, Resampling, Weights, bootstrap_kappa};
///
/// let rows = vec![vec![106, 10, 4], vec![22, 28, 10], vec![2, 12, 6]];
/// let table = ContingencyTable::from_rows(rows).unwrap();
/// let kappa = bootstrap_kappa(&table, Weights::Identity, Resampling::new(10_000, 1)).unwrap();
/// assert_eq!(format!("{:.3}", kappa.estimate), "0.429");
/// assert!((kappa.se.unwrap() - 0.0536).abs() < 0.002);
/// assert!(kappa.bca.unwrap().lo > 0.3);
/// ```
pub fn bootstrap_kappa(
    table: &ContingencyTable,
    weights: Weights,
    resampling: Resampling,
) -> Result<Bootstrap, Undefined> {
    let measure = cohen_kappa(table, weights);
    let cells = table.occupied();
    bootstrap_cells(table, &measure, resampling, &|| {
        let mut kappa = Kappa::new(table.size(), weights, cells.iter().map(|&(i, j, _)| (i, j)));
        Box::new(move |counts| kappa.value(counts.iter().map(|&count| count as f64)))
    })
}

/// With the items as units, one kind for each occupied cell.
fn bootstrap_cells<'a>(
    table: &ContingencyTable,
    measure: &Measure,
    resampling: Resampling,
    statistic: &(dyn Fn() -> OfCount<'a> + Sync),
) -> Result<Bootstrap, Undefined> {
    let counts: Vec<u64> = table.occupied().iter().map(|&(_, _, count)| count).collect();
    let jackknife = || {
        let (mut value, mut without) = (statistic(), counts.clone());
        leave_one_out(&counts, &mut |cell| {
            without[cell] -= 1;
            let value = value(&without);
            without[cell] += 1;
            value
        })
    };
    bootstrap_units(&counts, measure, resampling, statistic, &jackknife)
}

/// A statistic of the number of units of each kind, with its own scratch.
pub(crate) type OfCount<'a> = Box<dyn FnMut(&[u64]) -> Option<f64> + 'a>;

/// The bootstrap of units of which `weights[k]` are of kind k.
pub(crate) fn bootstrap_units<'a>(
    weights: &[u64],
    measure: &Measure,
    resampling: Resampling,
    statistic: &(dyn Fn() -> OfCount<'a> + Sync),
    jackknife: &dyn Fn() -> Result<Jackknife, Undefined>,
) -> Result<Bootstrap, Undefined> {
    if let Measure::Undefined(reason) = measure {
        return Err(*reason);
    }
    let of_counts = || -> OfCounts<'_> {
        let mut statistic = statistic();
        Box::new(move |counts, values| values[0] = statistic(counts))
    };
    let found = replicates(weights, resampling, 1, &of_counts).pop().unwrap_or_default();
    Bootstrap::of_draws(measure, weights, resampling, found, jackknife())
}

//! The plain jackknife over clusters.

use super::units::Evaluation;
use crate::interval::{fisher_z, student_t};
use crate::{Interval, Undefined};

/// A standard error this small is rounding.
const NEGLIGIBLE: f64 = 1e-12;

/// √((G − 1)/G Σ (θ₍₋g₎ − θ̄)²) in the unit of the statistic; none where it does not exist without
/// some cluster, or there is one cluster only.
pub(super) fn standard_error(evaluation: &Evaluation<'_>) -> Option<f64> {
    spread(evaluation, Some).ok()
}

/// The estimate ± t of G − 1 degrees of freedom times the standard error: on Fisher's scale for
/// coefficients, where it exists there.
///
/// Sources: J. W. Tukey (1958), Bias and confidence in not-quite large samples, *Annals of Mathematical
/// Statistics* 29:614; clusters: J. G. MacKinnon, M. Ø. Nielsen and M. D. Webb (2023), *Fast and reliable
/// jackknife and bootstrap methods for cluster-robust inference*, arXiv 2301.04527; a scale of stable
/// variance: R. G. Miller (1974), The jackknife: a review, *Biometrika* 61:1–15.
pub(super) fn interval(evaluation: &Evaluation<'_>) -> Result<Interval, Undefined> {
    let estimate = evaluation.estimate()?;
    let clusters = evaluation.clusters();
    if clusters < 2.0 {
        return Err(Undefined::FewClusters { clusters: clusters as usize, needed: 2 });
    }
    let freedom = clusters - 1.0;
    let inside = |value: f64| (value.abs() < 1.0).then(|| value.atanh());
    let on_fishers_scale = evaluation.statistic.on_fishers_scale() && estimate.abs() < 1.0;
    let (interval, se) = match spread(evaluation, inside) {
        Ok(se) if on_fishers_scale => (fisher_z(estimate, se, freedom), se),
        _ => {
            let se = spread(evaluation, Some)?;
            (student_t(estimate, se, freedom), se)
        }
    };
    if se > NEGLIGIBLE { Ok(interval) } else { Err(Undefined::ClustersAlike) }
}

/// The jackknife's standard error of the statistic on a scale.
fn spread(
    evaluation: &Evaluation<'_>,
    scale: impl Fn(f64) -> Option<f64>,
) -> Result<f64, Undefined> {
    let clusters: f64 = evaluation.without_each(evaluation.all()).map(|(_, count)| count).sum();
    if clusters < 2.0 {
        return Err(Undefined::FewClusters { clusters: clusters as usize, needed: 2 });
    }
    let mut values = Vec::new();
    for (value, count) in evaluation.without_each(evaluation.all()) {
        let value = value.ok().and_then(&scale).ok_or(Undefined::Jackknife)?;
        values.push((value, count));
    }
    let mean = values.iter().map(|(value, count)| value * count).sum::<f64>() / clusters;
    let squares: f64 = values.iter().map(|(value, count)| count * (value - mean).powi(2)).sum();
    Ok(((clusters - 1.0) / clusters * squares).sqrt())
}

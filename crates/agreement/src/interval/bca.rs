//! The bias-corrected and accelerated interval of a bootstrap.

use statrs::distribution::{ContinuousCDF, Normal};

use super::{Interval, Method, normal, percentile};
use crate::Undefined;

/// Replicates this close to the estimate are ties, which rounding must not break.
const TIE: f64 = 1e-12;

/// Quantiles of the sorted replicates at probabilities moved by the median bias of the replicates
/// and by the acceleration. Replicates equal to the estimate count half below it.
///
/// # Errors
/// [`Undefined::OneSidedReplicates`] where no replicate lies below the estimate or none above, and
/// [`Undefined::BeyondReplicates`] where a moved probability lies beyond the outermost replicate.
pub(crate) fn bca(estimate: f64, sorted: &[f64], acceleration: f64) -> Result<Interval, Undefined> {
    let below = sorted.partition_point(|&value| value < estimate - TIE);
    let not_above = sorted.partition_point(|&value| value <= estimate + TIE);
    let replicates = sorted.len() as f64;
    let share = (below + not_above) as f64 / (2.0 * replicates);
    if share <= 0.0 || share >= 1.0 {
        return Err(Undefined::OneSidedReplicates);
    }
    let standard = Normal::standard();
    let bias = standard.inverse_cdf(share);
    let bound = |quantile: f64| {
        let moved = bias + quantile;
        let scale = 1.0 - acceleration * moved;
        if scale <= 0.0 {
            return Err(Undefined::BeyondReplicates);
        }
        let probability = standard.cdf(bias + moved / scale);
        let rank = (replicates + 1.0) * probability;
        if (1.0..=replicates).contains(&rank) {
            Ok(percentile::quantile(sorted, probability))
        } else {
            Err(Undefined::BeyondReplicates)
        }
    };
    let reach = normal::quantile();
    let (lo, hi) = (bound(-reach)?, bound(reach)?);
    Ok(Interval::between(lo, hi, Method::BootstrapBca))
}

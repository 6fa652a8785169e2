//! Two one-sided tests of equivalence.

use super::counted::{LARGEST_VALUE, sorted};
use super::{Test, Tested, Untestable, tail};
use crate::Undefined;

/// Two one-sided t tests of equivalence: the hypothesis is that the mean of paired differences lies
/// outside `lower` to `upper`, so that a small p shows that it lies within. `differences` holds each
/// difference with the number of items that had it; the bounds are in its unit.
///
/// The statistic is the one of the two t values that belongs to the larger p-value, which is the p
/// of the procedure: (mean − lower) / se or (mean − upper) / se, with n − 1 degrees of freedom. At
/// level α it rejects where the interval at level 1 − 2α lies within the bounds.
///
/// Undefined without items, with one item, where all differences are equal, for values that are not
/// numbers of at most 1e100 in size, and for a lower bound that is not below the upper.
///
/// Source: D. J. Schuirmann (1987), A comparison of the two one-sided tests procedure and the power
/// approach for assessing the equivalence of average bioavailability, *Journal of Pharmacokinetics
/// and Biopharmaceutics* 15:657–680.
pub fn tost(differences: &[(f64, u64)], lower: f64, upper: f64) -> Test {
    tested(differences, lower, upper).into()
}

fn tested(differences: &[(f64, u64)], lower: f64, upper: f64) -> Result<Tested, Undefined> {
    if !(lower < upper && lower.abs() <= LARGEST_VALUE && upper.abs() <= LARGEST_VALUE) {
        return Err(Untestable::Margin.into());
    }
    let occurring = sorted(differences)?;
    let items: f64 = occurring.iter().map(|(_, count)| count).sum();
    if items < 2.0 {
        return Err(Undefined::FewerThanTwoItems);
    }
    // In units of the largest size, so that squares neither overflow nor vanish.
    let largest = occurring.iter().fold(0.0, |largest: f64, (size, _)| largest.max(size.abs()));
    let scale = if largest > 0.0 { largest } else { 1.0 };
    let mean_of = |term: &dyn Fn(f64) -> f64| {
        occurring.iter().map(|(difference, count)| count * term(difference / scale)).sum::<f64>()
            / items
    };
    let mean = mean_of(&|difference| difference);
    let deviation = mean_of(&|difference| (difference - mean).powi(2)).sqrt();
    // Deviations below this are rounding: 0.3 − 0.2 is not quite 0.2 − 0.1.
    if occurring.iter().all(|(difference, _)| (difference / scale - mean).abs() < 1e-13) {
        return Err(Undefined::NoVariation);
    }
    let df = items - 1.0;
    let se = deviation / df.sqrt();
    let above = (mean - lower / scale) / se;
    let below = (mean - upper / scale) / se;
    let (p_above, p_below) = (tail::student_t(above, df), tail::student_t(-below, df));
    let (statistic, p) = if p_above >= p_below { (above, p_above) } else { (below, p_below) };
    if !statistic.is_finite() {
        return Err(Untestable::Margin.into());
    }
    Ok(Tested { df: Some(df), ..Tested::plain(statistic, p) })
}

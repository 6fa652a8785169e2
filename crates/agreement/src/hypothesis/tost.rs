//! Two one-sided tests of equivalence.

use super::counted::LARGEST_VALUE;
use super::sample_mean::SampleMean;
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
///
/// # Example
/// Ninety of a hundred items do not differ, and five differ by a grade either way. The mean is 0, and
/// each of the two t is .1 / √(.1 / 99):
/// ```
/// use agreement::tost;
///
/// let test = tost(&[(-1.0, 5), (0.0, 90), (1.0, 5)], -0.1, 0.1);
/// assert_eq!(format!("{:.3}", test.statistic().unwrap().abs()), "3.146");
/// assert_eq!(format!("{:.4}", test.p().unwrap()), "0.0011");
/// ```
pub fn tost(differences: &[(f64, u64)], lower: f64, upper: f64) -> Test {
    if !ordered(lower, upper) {
        return Test::Undefined(Untestable::Margin.into());
    }
    match SampleMean::of(differences) {
        Ok(sample) => tost_of(&sample, lower, upper),
        Err(why) => Test::Undefined(why),
    }
}

/// The same of a mean whose standard error is known, such as one of values with weights.
///
/// Undefined for a lower bound that is not below the upper.
///
/// # Example
/// ```
/// use agreement::{SampleMean, tost_of};
///
/// let sample = SampleMean::known(0.0, 0.5, 10.0).unwrap();
/// let test = tost_of(&sample, -1.114, 1.114); // 2.228 standard errors to either side
/// assert_eq!(format!("{:.3}", test.p().unwrap()), "0.025");
/// ```
pub fn tost_of(sample: &SampleMean, lower: f64, upper: f64) -> Test {
    tested(sample, lower, upper).into()
}

fn ordered(lower: f64, upper: f64) -> bool {
    lower < upper && lower.abs() <= LARGEST_VALUE && upper.abs() <= LARGEST_VALUE
}

fn tested(sample: &SampleMean, lower: f64, upper: f64) -> Result<Tested, Undefined> {
    let (above, below) = match (sample.t(lower), sample.t(upper)) {
        (Ok(above), Ok(below)) if ordered(lower, upper) => (above, below),
        _ => return Err(Untestable::Margin.into()),
    };
    let df = sample.df;
    let (p_above, p_below) = (tail::student_t(above, df), tail::student_t(-below, df));
    let (statistic, p) = if p_above >= p_below { (above, p_above) } else { (below, p_below) };
    Ok(Tested { df: Some(df), ..Tested::plain(statistic, p) })
}

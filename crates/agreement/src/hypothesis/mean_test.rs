//! Student's t test of one mean.

use super::counted::LARGEST_VALUE;
use super::sample_mean::SampleMean;
use super::{Alternative, Convention, Test, Tested, Untestable, tail};
use crate::Undefined;
use crate::interval::student_t_quantile;

/// Student's t test of whether the mean of `values`, each with the number of items that had it, is
/// `value`. The statistic is (mean − value) / se, with n − 1 degrees of freedom.
///
/// By [`Alternative::Less`] it rejects at level α exactly where [`mean_bound`] from above at
/// confidence 1 − α lies at or below `value`.
///
/// Undefined without items, with one item, where all values are equal, and for values that are not
/// numbers of at most 1e100 in size.
///
/// Source: Student (1908), The probable error of a mean, *Biometrika* 6:1–25.
///
/// # Example
/// Student's sleep data (1908): R's t.test prints t = 4.0621, df = 9, p = .002833:
/// ```
/// use agreement::{Alternative, mean_test};
///
/// let hours = [0.0, 0.8, 1.0, 1.2, 1.3, 1.3, 1.4, 1.8, 2.4, 4.6].map(|hours| (hours, 1));
/// let test = mean_test(&hours, 0.0, Alternative::TwoSided);
/// assert_eq!(format!("{:.4}", test.statistic().unwrap()), "4.0621");
/// assert_eq!(test.df(), Some(9.0));
/// assert_eq!(format!("{:.6}", test.p().unwrap()), "0.002833");
/// ```
pub fn mean_test(values: &[(f64, u64)], value: f64, alternative: Alternative) -> Test {
    match SampleMean::of(values) {
        Ok(sample) => mean_test_of(&sample, value, alternative),
        Err(why) => Test::Undefined(why),
    }
}

/// The same of a mean whose standard error is known, such as one of values with weights.
///
/// Undefined for a `value` that is no number of at most 1e100 in size.
///
/// # Example
/// A t of 2.228 with 10 degrees of freedom is where p is .05:
/// ```
/// use agreement::{Alternative, SampleMean, mean_test_of};
///
/// let sample = SampleMean::known(3.228, 1.0, 10.0).unwrap();
/// let test = mean_test_of(&sample, 1.0, Alternative::TwoSided);
/// assert_eq!(format!("{:.3}", test.statistic().unwrap()), "2.228");
/// assert_eq!(format!("{:.3}", test.p().unwrap()), "0.050");
/// ```
pub fn mean_test_of(sample: &SampleMean, value: f64, alternative: Alternative) -> Test {
    tested(sample, value, alternative).into()
}

fn tested(sample: &SampleMean, value: f64, alternative: Alternative) -> Result<Tested, Undefined> {
    if value.is_nan() || value.abs() > LARGEST_VALUE {
        return Err(Untestable::ValueRange.into());
    }
    let (t, df) = (sample.t(value)?, sample.df);
    let p = alternative.doubled(tail::student_t(t, df), tail::student_t(-t, df));
    let conventions = vec![Convention::StudentT, alternative.convention()];
    Ok(Tested { df: Some(df), ..Tested::plain(t, p) }.by(conventions))
}

/// The one-sided bound of the mean at `confidence` (above 0.5 and below 1): from above for
/// [`Alternative::Less`], from below for [`Alternative::Greater`].
///
/// # Errors
/// As [`mean_test`]; [`Undefined::NoFormula`] for two sides or another confidence.
///
/// # Example
/// Student's sleep data (1908), 1.58 − 1.833 · 1.230/√10:
/// ```
/// use agreement::{Alternative, mean_bound};
///
/// let hours = [0.0, 0.8, 1.0, 1.2, 1.3, 1.3, 1.4, 1.8, 2.4, 4.6].map(|hours| (hours, 1));
/// let bound = mean_bound(&hours, 0.95, Alternative::Greater).unwrap();
/// assert_eq!(format!("{bound:.3}"), "0.867");
/// ```
pub fn mean_bound(
    values: &[(f64, u64)],
    confidence: f64,
    alternative: Alternative,
) -> Result<f64, Undefined> {
    mean_bound_of(&SampleMean::of(values)?, confidence, alternative)
}

/// The same of a mean whose standard error is known.
///
/// # Errors
/// [`Undefined::NoFormula`] for two sides or another confidence.
///
/// # Example
/// With 30 degrees of freedom t is 1.697 at .95:
/// ```
/// use agreement::{Alternative, SampleMean, mean_bound_of};
///
/// let sample = SampleMean::known(2.0, 1.0, 30.0).unwrap();
/// let bound = mean_bound_of(&sample, 0.95, Alternative::Less).unwrap();
/// assert_eq!(format!("{bound:.3}"), "3.697");
/// ```
pub fn mean_bound_of(
    sample: &SampleMean,
    confidence: f64,
    alternative: Alternative,
) -> Result<f64, Undefined> {
    let sign = match alternative {
        Alternative::Less => 1.0,
        Alternative::Greater => -1.0,
        Alternative::TwoSided | Alternative::TwoSidedDoubled => return Err(Undefined::NoFormula),
    };
    if !(confidence > 0.5 && confidence < 1.0) {
        return Err(Undefined::NoFormula);
    }
    let reach = student_t_quantile(sample.df, confidence) * sample.se;
    Ok((sample.mean + sign * reach) * sample.scale)
}

//! The share of items above a cut, corrected for a judge's known errors.

use crate::interval::normal_quantile;
use crate::{Estimate, Interval, Measure, Method, Undefined};

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// How many: from 0 to `of`, no whole number where items are weighted.
    pub count: f64,
    /// Of how many, above 0.
    pub of: f64,
}

/// A share corrected for a judge's errors.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RoganGladen {
    /// The share, 0 to 1, with its interval, both cut at 0 and 1.
    pub measure: Measure,
    /// The estimate before it was cut: outside 0 to 1 where the judge's share is smaller or larger
    /// than its errors alone would make it. The error rates then do not fit these items, or too few
    /// items tell them.
    pub uncut: f64,
}

/// Rogan and Gladen's estimate of the share of items with a property, from the share to which a
/// judge gives it, `judged`, and from the judge's error rates on other items of known property:
/// `specificity` of those without it were judged to be without, `sensitivity` of those with it to
/// have it.
///
/// (p + specificity − 1) / (specificity + sensitivity − 1). The interval is that of Lee and others: a
/// Wald interval from shares moved towards one half, with a bias correction. It treats all items as
/// independent, and the error rates to be the same in both sets of items.
///
/// # Errors
/// [`Undefined::NoItems`] where one of the three has no items or is no share, and [`Undefined::IndistinctJudge`] where sensitivity and specificity add up to
/// 1 or less.
///
/// Sources: W. J. Rogan and B. Gladen (1978), Estimating prevalence from the results of a screening
/// test, *American Journal of Epidemiology* 107:71–76; the interval: C. Lee and others (2025), How to
/// correctly report LLM-as-a-judge evaluations, arXiv 2511.21140, after J. Lang and J. Reiczigel
/// (2014), Confidence limits for prevalence of disease adjusted for estimated sensitivity and
/// specificity, *Preventive Veterinary Medicine* 113:13–22.
///
/// # Example
/// With specificity .9 and sensitivity .8, 30 % found are (.3 + .9 − 1) / (.8 + .9 − 1) there:
/// ```
/// use agreement::{Share, rogan_gladen};
///
/// let of_100 = |count| Share { count, of: 100.0 };
/// let found = rogan_gladen(of_100(30.0), of_100(90.0), of_100(80.0)).unwrap();
/// assert_eq!(format!("{:.4}", found.measure.estimate().unwrap()), "0.2857"); // 2/7
/// ```
pub fn rogan_gladen(
    judged: Share,
    specificity: Share,
    sensitivity: Share,
) -> Result<RoganGladen, Undefined> {
    let [p, q0, q1] = [judged.share()?, specificity.share()?, sensitivity.share()?];
    let informed = q0 + q1 - 1.0;
    if informed <= 1e-12 {
        return Err(Undefined::IndistinctJudge);
    }
    let uncut = (p + q0 - 1.0) / informed;
    let (se, interval) = match bounds(judged, specificity, sensitivity) {
        Some((se, lo, hi)) => {
            let [lo, hi] = [lo, hi].map(|bound| bound.clamp(0.0, 1.0));
            (Some(se), Ok(Interval::between(lo, hi, Method::Normal)))
        }
        None => (None, Err(Undefined::NoFiniteBounds)),
    };
    let estimate = uncut.clamp(0.0, 1.0);
    Ok(RoganGladen { measure: Measure::Estimated(Estimate { estimate, se, interval }), uncut })
}

/// The standard error and the two bounds, from shares moved towards one half.
fn bounds(judged: Share, specificity: Share, sensitivity: Share) -> Option<(f64, f64, f64)> {
    let z = normal_quantile();
    let (n, p) = judged.moved(z * z / 2.0);
    let (m0, q0) = specificity.moved(1.0);
    let (m1, q1) = sensitivity.moved(1.0);
    let informed = q0 + q1 - 1.0;
    if informed <= 0.0 {
        return None;
    }
    let share = (p + q0 - 1.0) / informed;
    let [p, q0, q1] = [p * (1.0 - p) / n, q0 * (1.0 - q0) / m0, q1 * (1.0 - q1) / m1];
    let bias = 2.0 * z * z * (share * q1 - (1.0 - share) * q0);
    let se = (p + (1.0 - share).powi(2) * q0 + share.powi(2) * q1).sqrt() / informed;
    Some((se, share + bias - z * se, share + bias + z * se))
}

impl Share {
    fn share(self) -> Result<f64, Undefined> {
        let possible =
            self.of > 0.0 && self.of.is_finite() && (0.0..=self.of).contains(&self.count);
        if possible { Ok(self.count / self.of) } else { Err(Undefined::NoItems) }
    }

    /// The items and the share after adding `more` items on each side.
    fn moved(self, more: f64) -> (f64, f64) {
        let items = self.of + 2.0 * more;
        (items, (self.count + more) / items)
    }
}

//! Intervals of shares of items.

use super::augmented::mass;
use super::units::Evaluation;
use super::{RatedItems, Unseen};
use crate::interval::{Method, UPPER_TAIL, normal_quantile, score_bounds, student_t_quantile};
use crate::statistic::Statistic;
use crate::{Interval, Undefined};

/// Wilson's interval. Where items come in clusters or with weights it is made for n / D items, the
/// design effect D being the larger of what clusters show and 1 + 0.1 (m − 1), with Student's t of
/// Gₑ − 1 degrees of freedom in the place of the normal quantile:
///
/// ```text
/// v = (G − 1)/G Σ ((a_g − p n_g) / (n − n_g))²,   D = max(v n / (p (1 − p)), 1 + 0.1 (m − 1))
/// ```
///
/// Sources: E. B. Wilson (1927), *Journal of the American Statistical Association* 22:209–212; an
/// effective number of items: E. L. Korn and B. I. Graubard (1998), Confidence intervals for proportions
/// with small expected number of positive counts estimated from survey data, *Survey Methodology*
/// 24:193–201.
pub(super) fn interval(evaluation: &Evaluation<'_>) -> Result<Interval, Undefined> {
    let p = evaluation.estimate()?;
    let n = evaluation.n();
    let is_share_of_one = |own: &[f64]| own[0] == 0.0 || own[0] == own[1];
    let all_or_nothing = evaluation.each().all(|(own, ..)| is_share_of_one(&own));
    if evaluation.independent() && all_or_nothing {
        return Ok(bounds(p, n, normal_quantile(), Method::Wilson));
    }
    let clusters = evaluation.clusters();
    let variance: f64 = evaluation
        .each()
        .map(|(own, _, count)| {
            let others = evaluation.all()[1] - own[1];
            count * ((own[0] - p * own[1]) / others).powi(2)
        })
        .sum::<f64>()
        * (clusters - 1.0)
        / clusters;
    let least = mass(evaluation);
    let seen = if p > 0.0 && p < 1.0 { variance * n / (p * (1.0 - p)) } else { 0.0 };
    let freedom = (evaluation.effective_clusters() - 1.0).max(1.0);
    let quantile = student_t_quantile(freedom, UPPER_TAIL);
    Ok(bounds(p, n / seen.max(least), quantile, Method::WilsonDesignEffect))
}

/// The bounds of the exact agreement, mapped: (K p − 1) / (K − 1).
pub(super) fn brennan_prediger(items: &RatedItems, unseen: Unseen) -> Result<Interval, Undefined> {
    let exact = |levels: super::Levels<'_>| {
        let (a, b) = (levels.of(0)?, levels.of(1)?);
        Some(f64::from(u8::from(a == b)))
    };
    let statistic = match items.raters {
        2 => Statistic::Share(&exact),
        _ => return augmented_brennan_prediger(items, unseen),
    };
    let found = interval(&Evaluation::of(items, &statistic)?)?;
    let size = items.size as f64;
    let mapped = |share: f64| (size * share - 1.0) / (size - 1.0);
    Ok(Interval { lo: mapped(found.lo), hi: mapped(found.hi), ..found })
}

fn augmented_brennan_prediger(items: &RatedItems, unseen: Unseen) -> Result<Interval, Undefined> {
    let statistic = Statistic::BrennanPrediger(crate::Weights::Identity);
    super::augmented::interval(&Evaluation::of(items, &statistic)?, unseen)
}

fn bounds(p: f64, n: f64, quantile: f64, method: Method) -> Interval {
    let (lo, hi) = score_bounds(p, n, quantile);
    Interval::between(lo.min(p), hi.max(p), method)
}

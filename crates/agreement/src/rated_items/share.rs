//! Intervals of shares of items.

use super::augmented::effect_of_size;
use super::units::Evaluation;
use super::{RatedItems, Unseen};
use crate::interval::{Method, UPPER_TAIL, normal_quantile, score_bounds, student_t_quantile};
use crate::statistic::Statistic;
use crate::{Interval, Undefined};

/// Wilson's interval. Where items come in clusters or with weights it is made for n / D items, the
/// design effect D being the larger of what clusters show and what clusters of such items are expected to
/// have, with Student's t of Gₑ − 1 degrees of freedom in the place of the normal quantile:
///
/// ```text
/// v = (G − 1)/G Σ ((a_g − p n_g) / (n − n_g))²,   u = (Σ (aᵢ − p)² + 1) / (n p (1 − p) + 1)
/// D = max(v n / (p (1 − p)), (1 + 0.1 (m − 1)) u),   u = 1 for items that have a thing or not
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
    let rows: Vec<([f64; 2], f64)> =
        evaluation.each().map(|(own, _, count)| ([own[0], own[1]], count)).collect();
    Ok(of_clusters(&rows, item_effect(evaluation, p)))
}

/// The interval of the share Σ a / Σ n of clusters (a, n), of which there are so many each, and u as
/// above. There is at least one item, and more than one cluster.
pub(crate) fn of_clusters(rows: &[([f64; 2], f64)], item_effect: f64) -> Interval {
    let held = || rows.iter().filter(|([_, own], _)| *own > 0.0);
    let sum =
        |of: &dyn Fn(&[f64; 2]) -> f64| -> f64 { held().map(|(own, count)| count * of(own)).sum() };
    let (a, n, squares) = (sum(&|own| own[0]), sum(&|own| own[1]), sum(&|own| own[1] * own[1]));
    let (clusters, effective) = (sum(&|_| 1.0), n * n / squares);
    let p = a / n;
    let variance =
        (clusters - 1.0) / clusters * sum(&|own| ((own[0] - p * own[1]) / (n - own[1])).powi(2));
    let least = effect_of_size(n / effective) * item_effect;
    let seen = if p > 0.0 && p < 1.0 { variance * n / (p * (1.0 - p)) } else { 0.0 };
    let quantile = student_t_quantile((effective - 1.0).max(1.0), UPPER_TAIL);
    bounds(p, n / seen.max(least), quantile, Method::WilsonDesignEffect)
}

/// The variance of items' values beside that of items that either have a thing or not: 1 where each has
/// it or not, less where values are shares of an item, such as of its pairs of ratings. One trial's worth
/// is added to both, so that items that hardly vary say no more than they do by their number.
fn item_effect(evaluation: &Evaluation<'_>, p: f64) -> f64 {
    let square = |(own, amount): ([f64; 2], f64)| match own {
        [value, count] if count > 0.0 => amount * (value - p).powi(2),
        _ => 0.0,
    };
    let seen: f64 = evaluation.each_item().map(square).sum();
    (seen + 1.0) / (evaluation.n() * p * (1.0 - p) + 1.0)
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

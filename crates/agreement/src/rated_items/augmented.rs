//! The jackknife after adding one pseudo-item: the default interval of a coefficient.

use super::units::Evaluation;
use crate::interval::{LEVEL, Method, UPPER_TAIL, student_t_quantile};
use crate::statistic::Statistic;
use crate::{Interval, Undefined};

/// What is assumed of disagreement that the items did not show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unseen {
    /// It is of one step.
    #[default]
    OneStep,
    /// It may be of any distance, each step further half as likely.
    AnyDistance,
    /// It is between any two levels alike: for levels without an order.
    AnyOther,
}

/// The correlation within clusters by which the pseudo-item grows with them.
const CORRELATION: f64 = 0.1;

/// The share of the pseudo-item on which all raters agree.
const AGREED: f64 = 2.0 / 3.0;

/// How much more the pseudo-item is where coefficients are subtracted: each of three raters' pairs sees
/// two thirds of its disagreement, and so as much as two raters do of theirs.
const OF_DIFFERENCE: f64 = 1.5;

/// The design effect of clusters that a pseudo-item represents.
fn cluster_effect(evaluation: &Evaluation<'_>) -> f64 {
    effect_of_size(evaluation.cluster_size())
}

/// The same of clusters of so many items.
pub(crate) fn effect_of_size(size: f64) -> f64 {
    1.0 + CORRELATION * (size.max(1.0) - 1.0)
}

/// How many items the pseudo-item is: the design effect of clusters, times that of weights, since
/// what is rare among heavy items is seen more rarely still.
fn mass(evaluation: &Evaluation<'_>) -> f64 {
    let of_statistic = match evaluation.statistic {
        Statistic::PairsDifference(..) => OF_DIFFERENCE,
        _ => 1.0,
    };
    cluster_effect(evaluation) * evaluation.weight_effect() * of_statistic
}

/// The interval of docs/statistics.md, "The default interval". With A the sums after adding
/// a pseudo-item, z = g(f(A)) and g Fisher's z:
///
/// ```text
/// d_g = g(f(A − T_g)) − z                       for each cluster g
/// e_p = (g(f(A − h row_p)) − z) / h             for each row p of the pseudo-item, h = min(1, A_p)
/// s²  = G/(G + 1) · (Σ d_g² + c² Σ B_p e_p²)
/// bounds g⁻¹(z ± t s), t with max(Gₑ − 1, 1) degrees of freedom, stretched to the estimate
/// ```
pub(super) fn interval(evaluation: &Evaluation<'_>, unseen: Unseen) -> Result<Interval, Undefined> {
    let scale = evaluation.statistic.scale(evaluation.items.size);
    // A coefficient can fall to −1 and below, where Fisher's scale ends.
    match on_scale(evaluation, unseen, scale) {
        Err(Undefined::NoFiniteBounds) if scale == Scale::Fisher => {
            on_scale(evaluation, unseen, Scale::Own { lowest: f64::NEG_INFINITY, highest: 1.0 })
        }
        outcome => outcome,
    }
}

/// On which scale an interval is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scale {
    /// Fisher's z, between −1 and 1.
    Fisher,
    /// The statistic's own, between two ends.
    Own {
        /// The lowest value that it can have.
        lowest: f64,
        /// The highest.
        highest: f64,
    },
}

impl Scale {
    fn to(self, value: f64) -> Result<f64, Undefined> {
        match self {
            Self::Own { .. } => Ok(value),
            Self::Fisher if value.abs() < 1.0 => Ok(value.atanh()),
            Self::Fisher => Err(Undefined::NoFiniteBounds),
        }
    }

    fn from(self, value: f64) -> f64 {
        match self {
            Self::Own { lowest, highest } => value.clamp(lowest, highest),
            Self::Fisher => value.tanh(),
        }
    }
}

fn on_scale(
    evaluation: &Evaluation<'_>,
    unseen: Unseen,
    scale: Scale,
) -> Result<Interval, Undefined> {
    let estimate = evaluation.estimate()?;
    let value = |sums: &[f64]| scale.to(evaluation.value(sums)?);
    let mass = mass(evaluation);
    let pseudo = rows(evaluation.items.raters, evaluation.items.size, unseen);
    let mut all = evaluation.all().to_vec();
    for (levels, share) in &pseudo {
        evaluation.add_pattern(levels, mass * share, &mut all);
    }
    let centre = value(&all)?;

    let (mut squares, mut bias) = (0.0, 0.0);
    for (without, count) in evaluation.without_each(&all) {
        let moved = scale.to(without?)? - centre;
        squares += count * moved * moved;
        bias += count * moved;
    }
    let mut without = vec![0.0; all.len()];
    for (levels, share) in &pseudo {
        let amount = (evaluation.amount_of(levels) + mass * share).min(1.0);
        without.copy_from_slice(&all);
        evaluation.add_pattern(levels, -amount, &mut without);
        let moved = (value(&without)? - centre) / amount;
        squares += mass * mass * share * moved * moved;
        bias += mass * share * moved;
    }
    let clusters = evaluation.clusters();
    let shrunk = clusters / (clusters + 1.0);
    let spread = (shrunk * squares).sqrt();
    let centre = match (evaluation.statistic.centre(), scale) {
        (Centre::Corrected, _) => centre - shrunk * bias,
        (Centre::Estimate, _) => scale.to(estimate)?,
        (Centre::Augmented, _) => centre,
    };
    let freedom = (evaluation.effective_clusters() - 1.0).max(1.0);
    let reach = student_t_quantile(freedom, UPPER_TAIL) * spread;
    Ok(Interval {
        lo: scale.from(centre - reach).min(estimate),
        hi: scale.from(centre + reach).max(estimate),
        level: LEVEL,
        method: Method::AugmentedJackknife,
        plain: None,
        cut: false,
    })
}

/// Where the interval has its middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Centre {
    /// At the statistic with the pseudo-item.
    Augmented,
    /// There, less the jackknife's estimate of its bias.
    Corrected,
    /// At the statistic without it.
    Estimate,
}

/// The rows of the pseudo-item and the share of each: all raters on one level, and one of them away
/// from the others.
fn rows(raters: usize, size: usize, unseen: Unseen) -> Vec<(Vec<u16>, f64)> {
    let level = |level: usize| level as u16;
    let mut rows: Vec<(Vec<u16>, f64)> =
        (0..size).map(|k| (vec![level(k); raters], AGREED / size as f64)).collect();
    let distance = |k: usize, l: usize| k.abs_diff(l);
    let likely = |apart: usize| match (unseen, apart) {
        (_, 0) => 0.0,
        (Unseen::OneStep, 1) => 1.0,
        (Unseen::OneStep, _) => 0.0,
        (Unseen::AnyOther, _) => 1.0,
        (Unseen::AnyDistance, apart) => 0.5_f64.powi(apart.min(1000) as i32),
    };
    let levels = || (0..size).flat_map(|k| (0..size).map(move |l| (k, l)));
    let all: f64 = levels().map(|(k, l)| likely(distance(k, l))).sum::<f64>() * raters as f64;
    for (others, own) in levels().filter(|(k, l)| likely(distance(*k, *l)) > 0.0) {
        for rater in 0..raters {
            let mut row = vec![level(others); raters];
            row[rater] = level(own);
            rows.push((row, (1.0 - AGREED) * likely(distance(others, own)) / all));
        }
    }
    // Of two raters, one a step up is the other a step down.
    rows.sort_by(|(a, _), (b, _)| a.cmp(b));
    rows.dedup_by(|(more, share), (kept, sum)| {
        let same = more == kept;
        *sum += if same { *share } else { 0.0 };
        same
    });
    rows
}

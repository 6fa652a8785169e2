//! The jackknife over the occupied cells of a table.

use crate::{ContingencyTable, Measure, Undefined};

/// What leaving out one item at a time says about a statistic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jackknife {
    /// The standard error √((n − 1)/n Σ (θᵢ − θ̄)²), in the unit of the statistic, at least 0.
    pub se: f64,
    /// The acceleration Σ (θ̄ − θᵢ)³ / (6 (Σ (θ̄ − θᵢ)²)^{3/2}) of the BCa interval, unitless; 0
    /// where the values do not vary.
    pub acceleration: f64,
}

/// The jackknife of any statistic of a two-rater table.
///
/// Items in the same cell are interchangeable, so the statistic is computed once for each occupied
/// cell with one item less in it, and its value counts as often as the cell: the cost does not grow
/// with n.
///
/// # Errors
/// [`Undefined::NoSharedItems`] and [`Undefined::FewerThanTwoItems`] for tables that small;
/// [`Undefined::Jackknife`] where the statistic does not exist without some item.
///
/// Sources: J. W. Tukey (1958), Bias and confidence in not-quite large samples, *Annals of
/// Mathematical Statistics* 29:614; acceleration: B. Efron (1987), Better bootstrap confidence
/// intervals, *Journal of the American Statistical Association* 82:171–185.
pub fn jackknife(
    table: &ContingencyTable,
    statistic: impl Fn(&ContingencyTable) -> Measure,
) -> Result<Jackknife, Undefined> {
    if table.n() == 0 {
        return Err(Undefined::NoSharedItems);
    }
    let cells = table.occupied();
    let mut counts: Vec<u64> = cells.iter().map(|&(_, _, count)| count).collect();
    let weights = counts.clone();
    let mut without = table.clone();
    leave_one_out(&weights, |cell| {
        counts[cell] -= 1;
        without.refill(&cells, &counts);
        counts[cell] += 1;
        statistic(&without).estimate()
    })
}

/// With more kinds of units than this the jackknife is that of a sample of them.
const KINDS: usize = 4096;

/// The jackknife as [`leave_one_out`] gives it, where a value costs much: of many kinds, every
/// k-th stands for all. The acceleration then has an error of about 0.4 / (√4096 √n), far below
/// what moves an interval.
pub(super) fn leave_one_out_of_many(
    weights: &[u64],
    mut value: impl FnMut(usize) -> Option<f64>,
) -> Result<Jackknife, Undefined> {
    let step = weights.len().div_ceil(KINDS).max(1);
    let sampled: Vec<u64> = weights.iter().step_by(step).copied().collect();
    let found = leave_one_out(&sampled, |kind| value(kind * step))?;
    let total = |weights: &[u64]| weights.iter().map(|&weight| weight as f64).sum::<f64>();
    // The sum of squares grows with the number of units, the acceleration falls with its root.
    let more = (total(weights) / total(&sampled)).sqrt();
    Ok(Jackknife { se: found.se * more, acceleration: found.acceleration / more })
}

/// The jackknife of units of which `weights[i]` are alike, from the statistic's `value` without
/// one unit of kind i.
pub(super) fn leave_one_out(
    weights: &[u64],
    mut value: impl FnMut(usize) -> Option<f64>,
) -> Result<Jackknife, Undefined> {
    let n: f64 = weights.iter().map(|&weight| weight as f64).sum();
    if n < 2.0 {
        return Err(Undefined::FewerThanTwoItems);
    }
    let values = (0..weights.len())
        .map(|unit| Ok((weights[unit] as f64, value(unit).ok_or(Undefined::Jackknife)?)))
        .collect::<Result<Vec<_>, Undefined>>()?;
    let mean = values.iter().map(|(weight, value)| weight * value).sum::<f64>() / n;
    let moment = |power| -> f64 {
        values.iter().map(|(weight, value)| weight * (mean - value).powi(power)).sum()
    };
    let squares = moment(2);
    let acceleration =
        if squares > 0.0 { moment(3) / (6.0 * squares * squares.sqrt()) } else { 0.0 };
    Ok(Jackknife { se: ((n - 1.0) / n * squares).sqrt(), acceleration })
}

#[cfg(test)]
mod tests {
    use super::{leave_one_out, leave_one_out_of_many};

    /// The mean of squares, whose distribution is skew, of kinds that come up to five times.
    #[test]
    fn a_part_of_the_kinds_says_what_all_say() {
        let kinds = 50_000;
        let weights: Vec<u64> = (0..kinds).map(|kind| 1 + kind % 5).collect();
        let value = |kind: usize| (kind as f64 / kinds as f64).powi(2);
        let n: f64 = weights.iter().map(|&weight| weight as f64).sum();
        let all: f64 =
            weights.iter().enumerate().map(|(kind, &weight)| weight as f64 * value(kind)).sum();
        let without = |kind: usize| Some((all - value(kind)) / (n - 1.0));
        let (part, whole) =
            (leave_one_out_of_many(&weights, without), leave_one_out(&weights, without));
        let (Ok(part), Ok(whole)) = (part, whole) else { panic!("both exist") };
        assert!((part.se / whole.se - 1.0).abs() < 0.01, "{part:?}, {whole:?}");
        assert!((part.acceleration / whole.acceleration - 1.0).abs() < 0.02, "{part:?}, {whole:?}");
        let few = &weights[..4_000];
        assert_eq!(leave_one_out_of_many(few, without), leave_one_out(few, without));
    }
}

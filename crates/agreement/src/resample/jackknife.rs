//! The jackknife over the occupied cells of a table.

use crate::{ContingencyTable, Measure, Undefined};

/// What leaving out one item at a time says about a statistic.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
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
///
/// # Example
/// Of a mean the jackknife gives the standard error with divisor n − 1, √(.85 · .15 / 99):
/// ```
/// use agreement::{ContingencyTable, exact_agreement, jackknife};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// let found = jackknife(&table, exact_agreement).unwrap();
/// assert_eq!(format!("{:.5}", found.se), "0.03589");
/// ```
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
    leave_one_out(&weights, &mut |cell| {
        counts[cell] -= 1;
        without.refill(&cells, &counts);
        counts[cell] += 1;
        statistic(&without).estimate()
    })
}

/// With more kinds of units than this the jackknife is that of so many units.
const SAMPLE: usize = 512;

/// The jackknife as [`leave_one_out`] gives it, where a value costs much: where there are many
/// kinds, units spaced evenly over them represent all. The acceleration then has an error of about
/// 0.4 / √(512 n), which moves a bound by less than a hundredth of a standard error.
pub fn leave_one_out_of_many(
    weights: &[u64],
    value: &mut dyn FnMut(usize) -> Option<f64>,
) -> Result<Jackknife, Undefined> {
    if weights.len() <= SAMPLE {
        return leave_one_out(weights, value);
    }
    let (kinds, sampled) = spaced_evenly(weights);
    let found = leave_one_out(&sampled, &mut |at| value(kinds[at]))?;
    let n: f64 = weights.iter().map(|&weight| weight as f64).sum();
    // The sum of squares grows with the number of units, the acceleration falls with its root.
    let more = (n / SAMPLE as f64).sqrt();
    Ok(Jackknife { se: found.se * more, acceleration: found.acceleration / more })
}

/// The kinds of [`SAMPLE`] of the units, and how many are of each.
fn spaced_evenly(weights: &[u64]) -> (Vec<usize>, Vec<u64>) {
    let n: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    let (mut kinds, mut sampled) = (Vec::<usize>::new(), Vec::<u64>::new());
    let (mut next, mut up_to) = (0, 0);
    for (kind, &weight) in weights.iter().enumerate() {
        up_to += u128::from(weight);
        let before = next;
        // The unit in the middle of each of the spaces.
        while next < SAMPLE as u128 && (2 * next + 1) * n < 2 * SAMPLE as u128 * up_to {
            next += 1;
        }
        if next > before {
            kinds.push(kind);
            sampled.push((next - before) as u64);
        }
    }
    (kinds, sampled)
}

/// The jackknife of units of which `weights[i]` are alike, from the statistic's `value` without
/// one unit of kind i.
pub fn leave_one_out(
    weights: &[u64],
    value: &mut dyn FnMut(usize) -> Option<f64>,
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

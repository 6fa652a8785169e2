//! The permutation test of two groups.

use super::counted::LARGEST_VALUE;
use super::extreme::Extreme;
use super::rank::MOST_STEPS;
use super::{Alternative, Convention, MonteCarlo, Test, Tested, Untestable};
use crate::draw::Draw;

/// Up to this many values all ways to divide them are enumerated: 20 into two tens are 184,756.
const FEW: usize = 20;

/// Sums that differ by less than this share of the sum of all sizes are equal but for rounding.
const ROUNDING: f64 = 1e-12;

/// The permutation test of whether two groups come from one distribution, by their means.
///
/// The statistic is the mean of the first group less that of the second. All ways to share the values
/// out between groups of these sizes are enumerated for up to 20 values in all; above, `monte_carlo`
/// draws random ones, seeded and recorded, with p = (b + 1)/(B + 1). Where all values are equal p
/// is 1.
///
/// Undefined for an empty group, for values that are not numbers of at most 1e100 in size, and for
/// no replicates or too many values to draw.
///
/// Sources: E. J. G. Pitman (1937), Significance tests which may be applied to samples from any
/// populations, *Supplement to the Journal of the Royal Statistical Society* 4:119–130; Monte Carlo
/// p: B. Phipson and G. K. Smyth (2010), *Statistical Applications in Genetics and Molecular Biology*
/// 9:39.
pub fn permutation_of_groups(
    first: &[f64],
    second: &[f64],
    monte_carlo: MonteCarlo,
    alternative: Alternative,
) -> Test {
    tested(first, second, monte_carlo, alternative).into()
}

fn tested(
    first: &[f64],
    second: &[f64],
    monte_carlo: MonteCarlo,
    alternative: Alternative,
) -> Result<Tested, Untestable> {
    if first.is_empty() || second.is_empty() {
        return Err(Untestable::EmptySample);
    }
    let mut values: Vec<f64> = first.iter().chain(second).copied().collect();
    if !values.iter().all(|value| value.abs() <= LARGEST_VALUE) {
        return Err(Untestable::ValueRange);
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let statistic = mean(first) - mean(second);
    // The difference of means grows with the first group's sum of deviations from the common mean,
    // whose expectation is 0.
    let common = mean(&values);
    values.iter_mut().for_each(|value| *value -= common);
    let observed = values[..first.len()].iter().sum();
    let size = values.iter().map(|value| value.abs()).sum::<f64>() + common.abs();
    let mut extreme = Extreme::than(observed, ROUNDING * size);
    if values.len() <= FEW {
        each_choice(&values, first.len(), 0.0, &mut |sum| extreme.count(sum));
        let conventions = vec![Convention::ExactConditional, alternative.convention()];
        return Ok(Tested::plain(statistic, extreme.p(alternative, 0.0)).by(conventions));
    }
    if monte_carlo.replicates == 0 {
        return Err(Untestable::NoReplicates);
    }
    if values.len() as f64 * f64::from(monte_carlo.replicates) > MOST_STEPS {
        return Err(Untestable::TooManyItems);
    }
    let mut draw = Draw::new(monte_carlo.seed, 0);
    for _ in 0..monte_carlo.replicates {
        draw.shuffle(&mut values);
        extreme.count(values[..first.len()].iter().sum());
    }
    let conventions = vec![Convention::MonteCarlo, alternative.convention()];
    let tested = Tested::plain(statistic, extreme.p(alternative, 1.0)).by(conventions);
    Ok(Tested { monte_carlo: Some(monte_carlo), ..tested })
}

/// Visits the sum of every choice of `chosen` of the values.
fn each_choice(values: &[f64], chosen: usize, sum: f64, visit: &mut impl FnMut(f64)) {
    match values {
        _ if chosen == 0 => visit(sum),
        [value, rest @ ..] if values.len() >= chosen => {
            each_choice(rest, chosen - 1, sum + value, visit);
            each_choice(rest, chosen, sum, visit);
        }
        _ => {}
    }
}

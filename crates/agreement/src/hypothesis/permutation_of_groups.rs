//! The permutation test of two groups.

use super::counted::LARGEST_VALUE;
use super::extreme::{Extreme, Whole, narrow};
use super::rank::MOST_STEPS;
use super::{Alternative, Convention, MonteCarlo, Test, Tested, Untestable};
use crate::Rational;
use crate::draw::Draw;
use num_bigint::BigInt;
use num_traits::Signed;

/// Up to this many values all ways to divide them are enumerated: 20 into two tens are 184,756.
const FEW: usize = 20;

/// The permutation test of whether two groups come from one distribution, by their means.
///
/// The statistic is the mean of the first group less that of the second. All ways to share the values
/// out between groups of these sizes are enumerated for up to 20 values in all; above, `monte_carlo`
/// draws random ones, seeded and recorded, with p = (b + 1)/(B + 1). Sums are compared as whole
/// multiples of a common denominator, so that ties are ties. Where all values are equal p is 1.
///
/// Undefined for an empty group, for values above 1e100 in size, and for
/// no replicates or too many values to draw.
///
/// Sources: E. J. G. Pitman (1937), Significance tests which may be applied to samples from any
/// populations, *Supplement to the Journal of the Royal Statistical Society* 4:119–130; Monte Carlo
/// p: B. Phipson and G. K. Smyth (2010), *Statistical Applications in Genetics and Molecular Biology*
/// 9:39.
///
/// # Example
/// Of the six ways to divide four values into pairs, one has a first mean as small:
/// ```
/// use agreement::{Alternative, MonteCarlo, Rational, permutation_of_groups};
///
/// let whole = |number| Rational::quotient(number, 1).unwrap();
/// let (first, second) = ([whole(0), whole(1)], [whole(2), whole(3)]);
/// let monte_carlo = MonteCarlo { seed: 1, replicates: 9_999 }; // not needed for so few
/// let test = permutation_of_groups(&first, &second, monte_carlo, Alternative::Less);
/// assert_eq!((test.statistic(), test.p()), (Some(-2.0), Some(1.0 / 6.0)));
/// ```
pub fn permutation_of_groups(
    first: &[Rational],
    second: &[Rational],
    monte_carlo: MonteCarlo,
    alternative: Alternative,
) -> Test {
    tested(first, second, monte_carlo, alternative).into()
}

fn tested(
    first: &[Rational],
    second: &[Rational],
    monte_carlo: MonteCarlo,
    alternative: Alternative,
) -> Result<Tested, Untestable> {
    let means = Rational::mean(first).zip(Rational::mean(second));
    let (of_first, of_second) = means.ok_or(Untestable::EmptySample)?;
    let values = first.iter().chain(second);
    if values.clone().any(|value| value.to_f64().abs() > LARGEST_VALUE) {
        return Err(Untestable::ValueRange);
    }
    // The difference of means grows with the first group's sum of deviations from the common mean,
    // whose expectation is 0. Times the number of values they are whole.
    let (whole, _) = Rational::whole_multiples(values);
    let common: BigInt = whole.iter().sum();
    let deviations: Vec<BigInt> = whole.iter().map(|value| value * whole.len() - &common).collect();
    let total: BigInt = deviations.iter().map(BigInt::abs).sum();
    let (p, drawn) = match narrow(&deviations, &total) {
        Some(deviations) => p(deviations, first.len(), monte_carlo, alternative)?,
        None => p(deviations, first.len(), monte_carlo, alternative)?,
    };
    let how = if drawn { Convention::MonteCarlo } else { Convention::ExactConditional };
    let tested = Tested::plain((&of_first - &of_second).to_f64(), p);
    let monte_carlo = drawn.then_some(monte_carlo);
    Ok(Tested { monte_carlo, ..tested }.by(vec![how, alternative.convention()]))
}

/// The p-value, and whether divisions were drawn.
fn p<T: Whole>(
    mut values: Vec<T>,
    size: usize,
    monte_carlo: MonteCarlo,
    alternative: Alternative,
) -> Result<(f64, bool), Untestable> {
    let of_first = |values: &[T]| values[..size].iter().cloned().fold(T::zero(), T::add);
    let mut extreme = Extreme::than(of_first(&values));
    if values.len() <= FEW {
        each_choice(&values, size, T::zero(), &mut |sum| extreme.count(sum));
        return Ok((extreme.p(alternative, 0), false));
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
        extreme.count(&of_first(&values));
    }
    Ok((extreme.p(alternative, 1), true))
}

/// Visits the sum of every choice of `chosen` of the values.
fn each_choice<T: Whole>(values: &[T], chosen: usize, sum: T, visit: &mut impl FnMut(&T)) {
    match values {
        _ if chosen == 0 => visit(&sum),
        [value, rest @ ..] if values.len() >= chosen => {
            each_choice(rest, chosen - 1, sum.clone() + value.clone(), visit);
            each_choice(rest, chosen, sum, visit);
        }
        _ => {}
    }
}

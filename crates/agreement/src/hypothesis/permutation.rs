//! The permutation test of a mean difference.

use super::counted::LARGEST_VALUE;
use super::extreme::{Extreme, Whole, narrow};
use super::rank::MOST_STEPS;
use super::{Alternative, Convention, MonteCarlo, Test, Tested, Untestable};
use crate::Rational;
use crate::draw::Draw;
use num_bigint::BigInt;
use num_traits::{Signed, Zero};

/// Up to this many differences other than 0 all signs are enumerated: 2²⁰ is 1,048,576.
const FEW: u64 = 20;

/// The paired permutation test of whether differences are symmetric about 0, by their mean.
/// `differences` holds each difference with the number of items that had it.
///
/// The statistic is the mean difference over all items, in the unit of the differences. Each
/// difference keeps its size and takes either sign: all signs where at most 20 differences are not
/// 0, else `monte_carlo.replicates` random ones, seeded and recorded, with p = (b + 1)/(B + 1). Sums
/// are compared as whole multiples of a common denominator, so that ties are ties.
///
/// Undefined without items, where all differences are 0, for differences above 1e100 in size, and for
/// no replicates or too many items to draw.
///
/// Sources: R. A. Fisher (1935), *The Design of Experiments*, section 21; Monte Carlo p:
/// B. Phipson and G. K. Smyth (2010), *Statistical Applications in Genetics and Molecular Biology*
/// 9:39.
///
/// # Example
/// Darwin's 15 pairs of maize plants: Fisher (1935) counts 863 of the 2¹⁵ signs with a sum as large:
/// ```
/// use agreement::{Alternative, MonteCarlo, Rational, permutation};
///
/// let eighths = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
/// let differences = eighths.map(|eighths| (Rational::quotient(eighths, 8).unwrap(), 1));
/// let monte_carlo = MonteCarlo { seed: 1, replicates: 9_999 }; // not needed for so few
/// let test = permutation(&differences, monte_carlo, Alternative::Greater);
/// assert_eq!(test.p(), Some(863.0 / 32768.0));
/// ```
pub fn permutation(
    differences: &[(Rational, u64)],
    monte_carlo: MonteCarlo,
    alternative: Alternative,
) -> Test {
    tested(differences, monte_carlo, alternative).into()
}

fn tested(
    differences: &[(Rational, u64)],
    monte_carlo: MonteCarlo,
    alternative: Alternative,
) -> Result<Tested, Untestable> {
    let occurring = differences.iter().filter(|(_, count)| *count > 0);
    if occurring.clone().any(|(difference, _)| difference.to_f64().abs() > LARGEST_VALUE) {
        return Err(Untestable::ValueRange);
    }
    let counts: Vec<u64> = occurring.clone().map(|(_, count)| *count).collect();
    if counts.is_empty() {
        return Err(Untestable::EmptySample);
    }
    let (whole, denominator) = Rational::whole_multiples(occurring.map(|(value, _)| value));
    let weighed = |of: fn(&BigInt) -> BigInt| -> BigInt {
        whole.iter().zip(&counts).map(|(value, count)| of(value) * count).sum()
    };
    let total = weighed(BigInt::abs);
    if total.is_zero() {
        return Err(Untestable::NoDifferences);
    }
    let items: BigInt = counts.iter().sum();
    let mean = Rational::of_whole(weighed(BigInt::clone), denominator * items).to_f64();
    let (p, drawn) = match narrow(&whole, &total) {
        Some(whole) => p(&whole, &counts, monte_carlo, alternative)?,
        None => p(&whole, &counts, monte_carlo, alternative)?,
    };
    let how = if drawn { Convention::MonteCarlo } else { Convention::ExactConditional };
    let monte_carlo = drawn.then_some(monte_carlo);
    let conventions = vec![how, alternative.convention()];
    Ok(Tested { monte_carlo, ..Tested::plain(mean, p) }.by(conventions))
}

/// The p-value, and whether signs were drawn.
fn p<T: Whole>(
    differences: &[T],
    counts: &[u64],
    monte_carlo: MonteCarlo,
    alternative: Alternative,
) -> Result<(f64, bool), Untestable> {
    let signed: Vec<(T, u64)> = differences
        .iter()
        .zip(counts)
        .filter(|(difference, _)| !difference.is_zero())
        .map(|(difference, count)| (difference.abs(), *count))
        .collect();
    let times =
        |size: &T, factor: i128| size.clone() * T::from_i128(factor).unwrap_or_else(T::zero);
    let observed = differences
        .iter()
        .zip(counts)
        .fold(T::zero(), |sum, (value, count)| sum + times(value, i128::from(*count)));
    let mut extreme = Extreme::than(observed);
    let flipped = signed.iter().fold(0, |all: u64, (_, count)| all.saturating_add(*count));
    if flipped <= FEW {
        let sizes: Vec<T> = signed
            .into_iter()
            .flat_map(|(size, count)| std::iter::repeat_n(size, count as usize))
            .collect();
        each_sign(&sizes, T::zero(), &mut |sum| extreme.count(sum));
        return Ok((extreme.p(alternative, 0), false));
    }
    if monte_carlo.replicates == 0 {
        return Err(Untestable::NoReplicates);
    }
    let words = flipped as f64 / 64.0 + signed.len() as f64;
    if words * f64::from(monte_carlo.replicates) > MOST_STEPS {
        return Err(Untestable::TooManyItems);
    }
    let mut draw = Draw::new(monte_carlo.seed, 0);
    for _ in 0..monte_carlo.replicates {
        // The differences of one size and count are flipped together: only how many are positive
        // matters.
        let sum = signed.iter().fold(T::zero(), |sum, (size, count)| {
            sum + times(size, 2 * i128::from(draw.heads(*count)) - i128::from(*count))
        });
        extreme.count(&sum);
    }
    Ok((extreme.p(alternative, 1), true))
}

fn each_sign<T: Whole>(sizes: &[T], sum: T, visit: &mut impl FnMut(&T)) {
    match sizes {
        [] => visit(&sum),
        [size, rest @ ..] => {
            each_sign(rest, sum.clone() + size.clone(), visit);
            each_sign(rest, sum - size.clone(), visit);
        }
    }
}

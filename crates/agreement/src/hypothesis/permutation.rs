//! The permutation test of a mean difference.

use super::counted::sorted;
use super::extreme::Extreme;
use super::rank::MOST_STEPS;
use super::{Alternative, Convention, MonteCarlo, Test, Tested, Untestable};
use crate::draw::Draw;

/// Up to this many differences other than 0 all signs are enumerated: 2²⁰ is 1,048,576.
const FEW: u64 = 20;

/// Sums that differ by less than this share of the sum of all sizes are equal but for rounding.
const ROUNDING: f64 = 1e-12;

/// The paired permutation test of whether differences are symmetric about 0, by their mean.
/// `differences` holds each difference with the number of items that had it.
///
/// The statistic is the mean difference over all items, in the unit of the differences. Each
/// difference keeps its size and takes either sign: all signs where at most 20 differences are not
/// 0, else `monte_carlo.replicates` random ones, seeded and recorded, with p = (b + 1)/(B + 1).
///
/// Undefined without items, where all differences are 0, for differences that are not numbers of at
/// most 1e100 in size, and for no replicates or too many items to draw.
///
/// Sources: R. A. Fisher (1935), *The Design of Experiments*, section 21; Monte Carlo p:
/// B. Phipson and G. K. Smyth (2010), *Statistical Applications in Genetics and Molecular Biology*
/// 9:39.
pub fn permutation(
    differences: &[(f64, u64)],
    monte_carlo: MonteCarlo,
    alternative: Alternative,
) -> Test {
    tested(differences, monte_carlo, alternative).into()
}

fn tested(
    differences: &[(f64, u64)],
    monte_carlo: MonteCarlo,
    alternative: Alternative,
) -> Result<Tested, Untestable> {
    let occurring = sorted(differences)?;
    let largest = occurring.iter().fold(0.0, |largest: f64, (size, _)| largest.max(size.abs()));
    if largest == 0.0 {
        return Err(Untestable::NoDifferences);
    }
    let items: f64 = occurring.iter().map(|(_, count)| count).sum();
    let sum: f64 = occurring.iter().map(|(difference, count)| difference / largest * count).sum();
    let mean = sum / items * largest;

    let signed: Vec<(f64, u64)> = differences
        .iter()
        .map(|&(difference, count)| (difference.abs() / largest, count))
        .filter(|&(size, count)| size > 0.0 && count > 0)
        .collect();
    let total: f64 = signed.iter().map(|&(size, count)| size * count as f64).sum();
    let extreme = Extreme::than(sum, ROUNDING * total);
    let flipped: u64 = signed.iter().fold(0, |all: u64, (_, count)| all.saturating_add(*count));
    if flipped <= FEW {
        let p = enumerated(&signed, extreme).p(alternative, 0.0);
        let conventions = vec![Convention::ExactConditional, alternative.convention()];
        return Ok(Tested::plain(mean, p).by(conventions));
    }
    let p = drawn(&signed, flipped, monte_carlo, extreme)?.p(alternative, 1.0);
    let conventions = vec![Convention::MonteCarlo, alternative.convention()];
    Ok(Tested { monte_carlo: Some(monte_carlo), ..Tested::plain(mean, p) }.by(conventions))
}

fn enumerated(signed: &[(f64, u64)], mut extreme: Extreme) -> Extreme {
    let sizes: Vec<f64> = signed
        .iter()
        .flat_map(|&(size, count)| std::iter::repeat_n(size, count as usize))
        .collect();
    each_sign(&sizes, 0.0, &mut |sum| extreme.count(sum));
    extreme
}

fn each_sign(sizes: &[f64], sum: f64, visit: &mut impl FnMut(f64)) {
    match sizes {
        [] => visit(sum),
        [size, rest @ ..] => {
            each_sign(rest, sum + size, visit);
            each_sign(rest, sum - size, visit);
        }
    }
}

/// The differences of one size and count are flipped together: only how many are positive matters.
fn drawn(
    signed: &[(f64, u64)],
    flipped: u64,
    monte_carlo: MonteCarlo,
    mut extreme: Extreme,
) -> Result<Extreme, Untestable> {
    let replicates = monte_carlo.replicates;
    if replicates == 0 {
        return Err(Untestable::NoReplicates);
    }
    let words = flipped as f64 / 64.0 + signed.len() as f64;
    if words * f64::from(replicates) > MOST_STEPS {
        return Err(Untestable::TooManyItems);
    }
    let mut draw = Draw::new(monte_carlo.seed, 0);
    for _ in 0..replicates {
        let positive_less_negative =
            |(size, count): &(f64, u64)| size * (2.0 * draw.heads(*count) as f64 - *count as f64);
        extreme.count(signed.iter().map(positive_less_negative).sum());
    }
    Ok(extreme)
}

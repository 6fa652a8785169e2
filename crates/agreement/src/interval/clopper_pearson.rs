//! The exact binomial interval for a proportion.

use super::{Interval, LEVEL, Method, wilson};
use crate::hypothesis::tail::Trials;

/// The probability beyond each bound.
const TAIL: f64 = (1.0 - LEVEL) / 2.0;

/// Newton takes about five steps; halving to the last digit takes about fifty.
const MOST_STEPS: usize = 100;

/// A step below this share of the chance ends the search: the one after it would be its square.
const NEGLIGIBLE: f64 = 1e-13;

/// The interval for a proportion of `successes` in `n` > 0 trials whose bounds are the chances
/// under which as many, or as few, successes have probability 0.025. Its coverage is at least
/// [`LEVEL`] for every chance, and mostly more.
///
/// Source: C. J. Clopper and E. S. Pearson (1934), The use of confidence or fiducial limits
/// illustrated in the case of the binomial, *Biometrika* 26:404–413.
pub(crate) fn clopper_pearson(successes: u64, n: u64) -> Interval {
    let near = wilson(successes, n);
    let (x, rest) = (successes as f64, (n - successes) as f64);
    // The derivative of P(X ≤ k) towards the chance is −(n − k)/(1 − chance) times P(X = k), that
    // of P(X ≥ k) is k/chance times P(X = k).
    let as_few = |chance: f64| {
        let trials = Trials::new(n, chance);
        (trials.at_most(successes), -rest / (1.0 - chance) * trials.exactly(successes))
    };
    let as_many = |chance: f64| {
        let trials = Trials::new(n, chance);
        let failures = n - successes;
        (trials.mirrored().at_most(failures), x / chance * trials.exactly(successes))
    };
    let proportion = x / n as f64;
    let lo = if successes == 0 { 0.0 } else { solved(near.lo, 0.0, proportion, as_many) };
    let hi = if successes == n { 1.0 } else { solved(near.hi, proportion, 1.0, as_few) };
    Interval::between(lo, hi, Method::ClopperPearson)
}

/// The chance between `low` and `high` at which a probability, given with its derivative, is
/// [`TAIL`]: by Newton's steps on its logarithm from a guess, or by halving where a step leaves what
/// is known to enclose the chance. statrs 0.19.1 has an inverse of the incomplete beta function,
/// which does not return for 10^9 trials.
fn solved(guess: f64, mut low: f64, mut high: f64, probability: impl Fn(f64) -> (f64, f64)) -> f64 {
    let mut chance = guess;
    for _ in 0..MOST_STEPS {
        if !(low < chance && chance < high) {
            chance = low + (high - low) / 2.0;
        }
        let (tail, derivative) = probability(chance);
        if (tail > TAIL) == (derivative < 0.0) {
            low = chance;
        } else {
            high = chance;
        }
        let step = (tail / TAIL).ln() * tail / derivative;
        chance -= step;
        if step.abs() <= NEGLIGIBLE * chance {
            break;
        }
    }
    chance.clamp(low, high)
}

//! Counting permutations that are as extreme as what was observed.

use super::Alternative;
use num_bigint::BigInt;
use num_traits::{FromPrimitive, Signed, ToPrimitive};

/// Whole numbers in which permutations are added up, so that equal sums are equal.
pub(super) trait Whole: Clone + Ord + Signed + FromPrimitive {}

impl Whole for i128 {}
impl Whole for BigInt {}

/// The numbers in 128 bits, where no sum of them with any signs leaves these.
pub(super) fn narrow(numbers: &[BigInt], total: &BigInt) -> Option<Vec<i128>> {
    if total.bits() > 120 {
        return None;
    }
    numbers.iter().map(ToPrimitive::to_i128).collect()
}

/// How many permutations gave a result as extreme as the one observed, whose expectation is 0.
pub(super) struct Extreme<T> {
    observed: T,
    far: u64,
    greater: u64,
    less: u64,
    all: u64,
}

impl<T: Whole> Extreme<T> {
    pub(super) fn than(observed: T) -> Self {
        Self { observed, far: 0, greater: 0, less: 0, all: 0 }
    }

    pub(super) fn count(&mut self, result: &T) {
        self.far += u64::from(result.abs() >= self.observed.abs());
        self.greater += u64::from(*result >= self.observed);
        self.less += u64::from(*result <= self.observed);
        self.all += 1;
    }

    /// The p-value, with `besides` = 1 where the observed result was not itself counted.
    pub(super) fn p(&self, alternative: Alternative, besides: u64) -> f64 {
        let share = |count: u64| (count + besides) as f64 / (self.all + besides) as f64;
        match alternative {
            Alternative::TwoSided => share(self.far),
            _ => alternative.doubled(share(self.greater), share(self.less)),
        }
    }
}

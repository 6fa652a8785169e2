//! Chance that comes out the same again: each case has dice of its own.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use study::Digest;

/// The chance of one case.
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The dice of case number `case` of `part`, which no other case has.
    pub fn new(seed: u64, part: &str, case: u64) -> Self {
        Self(ChaCha8Rng::from_seed(Digest::of(&(seed, part, case)).seed()))
    }

    /// A number below `limit`, which is 0 where the limit is.
    pub fn below(&mut self, limit: usize) -> usize {
        // The remainder prefers small numbers, by far less than matters here.
        if limit == 0 { 0 } else { (self.0.next_u64() % limit as u64) as usize }
    }

    /// One of `all`.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }

    /// True in half of the cases.
    pub fn coin(&mut self) -> bool {
        self.below(2) == 0
    }
}

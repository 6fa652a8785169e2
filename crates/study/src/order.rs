//! Seeded draws that are the same on every machine and in every release.
//!
//! ChaCha8's stream is fixed by its specification; the draws from it are written out here because
//! a library's `shuffle` may change what it does with the stream from one release to the next.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use std::collections::HashSet;

/// Without vowels, so that no word appears, and without 0, 1, l and o, so that none is misread.
const ID_LETTERS: &[u8] = b"23456789bcdfghjkmnpqrstvwxyz";
const ID_LENGTH: usize = 7;

pub(crate) struct Draw(ChaCha8Rng);

impl Draw {
    pub(crate) fn new(seed: [u8; 32]) -> Self {
        Self(ChaCha8Rng::from_seed(seed))
    }

    /// A uniform number below `bound`: values from the incomplete last cycle are drawn again.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        let limit = u64::MAX - u64::MAX % bound;
        loop {
            let value = self.0.next_u64();
            if value < limit {
                return (value % bound) as usize;
            }
        }
    }

    /// True with this probability. The 53 bits are what a double holds, so nothing is rounded.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        let uniform = (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        uniform < probability
    }

    /// Fisher and Yates's shuffle.
    pub(crate) fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.below(last + 1));
        }
    }

    /// `count` different identifiers.
    pub(crate) fn ids(&mut self, count: usize) -> Vec<String> {
        let mut taken = HashSet::with_capacity(count);
        let mut ids = Vec::with_capacity(count);
        while ids.len() < count {
            let id: String = (0..ID_LENGTH)
                .map(|_| char::from(ID_LETTERS[self.below(ID_LETTERS.len())]))
                .collect();
            if taken.insert(id.clone()) {
                ids.push(id);
            }
        }
        ids
    }
}

//! Seeded draws that are the same on every machine and in every release.
//!
//! ChaCha8's stream is fixed by its specification; the draws from it are written out here because
//! a library's `shuffle` may change what it does with the stream from one release to the next.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    /// The stream whose 32-byte key is the seed, lowest byte first, and zeros.
    pub(super) fn new(seed: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A uniform number below `bound`: values from the incomplete last cycle are drawn again.
    fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        let limit = u64::MAX - u64::MAX % bound;
        loop {
            let value = self.0.next_u64();
            if value < limit {
                return (value % bound) as usize;
            }
        }
    }

    /// Fisher and Yates's shuffle.
    pub(super) fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.below(last + 1));
        }
    }

    /// How many of `coins` fair coins show heads.
    pub(super) fn heads(&mut self, coins: u64) -> u64 {
        let mut heads = 0;
        for _ in 0..coins / 64 {
            heads += u64::from(self.0.next_u64().count_ones());
        }
        let rest = coins % 64;
        if rest > 0 {
            heads += u64::from((self.0.next_u64() & ((1 << rest) - 1)).count_ones());
        }
        heads
    }
}

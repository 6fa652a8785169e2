//! Seeded draws that are the same on every machine and in every release.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// A stream of random numbers.
///
/// ChaCha8 with the seed's 8 bytes, least significant first, and 24 zero bytes as its key, and
/// `stream` as its nonce. Its output is fixed by its specification, and every draw from it is
/// written out in this crate with additions, multiplications, divisions and square roots alone, so
/// that no library and no platform changes a number.
///
/// Source: D. J. Bernstein (2008), ChaCha, a variant of Salsa20, *Workshop Record of SASC*.
#[derive(Clone, Debug)]
pub struct Draw(ChaCha8Rng);

impl Draw {
    /// The stream number `stream` of a seed. Streams are independent of each other.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut generator = ChaCha8Rng::from_seed(key);
        generator.set_stream(stream);
        Self(generator)
    }

    /// The next 64 bits.
    #[inline]
    pub(super) fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A uniform number in [0, 1): the upper 53 of 64 bits.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }
}

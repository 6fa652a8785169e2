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
///
/// # Example
/// The same numbers on every machine:
/// ```
/// use agreement::Draw;
///
/// let (mut first, mut again, mut other) = (Draw::new(1, 0), Draw::new(1, 0), Draw::new(1, 1));
/// let drawn: Vec<f64> = (0..1_000).map(|_| first.unit()).collect();
/// assert!(drawn.iter().all(|number| *number == again.unit()));
/// assert!(drawn.iter().any(|number| *number != other.unit()));
/// assert!((drawn.iter().sum::<f64>() / 1_000.0 - 0.5).abs() < 0.03);
/// ```
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
    pub(crate) fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A uniform number in [0, 1): the upper 53 of 64 bits.
    #[inline]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// A uniform number below `bound`: values from the incomplete last cycle are drawn again.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        let limit = u64::MAX - u64::MAX % bound;
        loop {
            let value = self.bits();
            if value < limit {
                return (value % bound) as usize;
            }
        }
    }

    /// Fisher and Yates's shuffle.
    pub(crate) fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.below(last + 1));
        }
    }

    /// How many of `coins` fair coins show heads.
    pub(crate) fn heads(&mut self, coins: u64) -> u64 {
        let mut heads = 0;
        for _ in 0..coins / 64 {
            heads += u64::from(self.bits().count_ones());
        }
        let rest = coins % 64;
        if rest > 0 {
            heads += u64::from((self.bits() & ((1 << rest) - 1)).count_ones());
        }
        heads
    }
}

//! Logarithm and exponential from additions, multiplications and divisions alone.
//!
//! The standard library's differ in the last digit from one platform to the next, and one digit
//! decides now and then whether a draw is accepted. These are the same everywhere, to within a few
//! units in the last place.

use std::f64::consts::{LN_2, SQRT_2};

/// Bits of the fraction of a double, and the offset of its exponent.
const FRACTION: u32 = 52;
const OFFSET: i64 = 1023;

/// ln(1 + x) for x > −1.
pub fn ln_1p(x: f64) -> f64 {
    // Where the series of ln(1 + x) itself converges fast, adding the 1 would lose digits.
    if (-0.25..=0.4).contains(&x) { twice_artanh(x / (2.0 + x)) } else { ln(1.0 + x) }
}

/// ln x for normal x > 0.
pub fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let mut exponent = (bits >> FRACTION) as i64 - OFFSET;
    let mut fraction = f64::from_bits(bits & ((1 << FRACTION) - 1) | (OFFSET as u64) << FRACTION);
    if fraction > SQRT_2 {
        fraction /= 2.0;
        exponent += 1;
    }
    exponent as f64 * LN_2 + twice_artanh((fraction - 1.0) / (fraction + 1.0))
}

/// ln((1 + s)/(1 − s)) for |s| ≤ 0.172.
fn twice_artanh(s: f64) -> f64 {
    let square = s * s;
    let fourth = square * square;
    // Σ s^{2k} / (2k + 1), even and odd k apart so that neither waits for the other.
    let even = (0..6).rev().fold(0.0, |sum, k| sum * fourth + 1.0 / f64::from(4 * k + 1));
    let odd = (0..6).rev().fold(0.0, |sum, k| sum * fourth + 1.0 / f64::from(4 * k + 3));
    2.0 * s * (even + square * odd)
}

/// eˣ for −700 ≤ x ≤ 0.
pub fn exp(x: f64) -> f64 {
    let power = (x / LN_2 - 0.5) as i64;
    let rest = x - power as f64 * LN_2;
    let series = (1..18).rev().fold(1.0, |sum, k| 1.0 + sum * rest / f64::from(k));
    series * f64::from_bits(((OFFSET + power) as u64) << FRACTION)
}

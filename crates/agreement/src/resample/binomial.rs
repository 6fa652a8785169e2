//! Exact binomial draws at a cost that does not grow with n.

use super::Draw;
use super::elementary::{exp, ln, ln_1p};

/// From this expected number of successes on, the rejection method applies; below it, searching
/// from 0 upwards is as fast.
const MANY: f64 = 10.0;

/// Up to this distance from the mode, a probability is computed from neighbour to neighbour.
const NEAR: f64 = 20.0;

/// A probability of success, prepared for draws with varying n.
#[derive(Clone, Copy, Debug)]
pub struct Binomial {
    /// The smaller of the two probabilities, at most ½.
    p: f64,
    /// Whether that is the probability of failure.
    flipped: bool,
    /// p / (1 − p).
    odds: f64,
    /// ln(1 − p).
    ln_failure: f64,
}

impl Binomial {
    /// Success with probability `part` / `whole`, a ratio of counts. `whole` is at least 1 and
    /// `part` at most `whole`; what goes beyond is cut off.
    pub fn new(part: u64, whole: u64) -> Self {
        let whole = whole.max(1);
        let part = part.min(whole);
        let flipped = part > whole - part;
        let part = if flipped { whole - part } else { part };
        let p = part as f64 / whole as f64;
        Self { p, flipped, odds: part as f64 / (whole - part) as f64, ln_failure: ln_1p(-p) }
    }

    /// The number of successes in `n` trials, from 0 to `n`. Exact: the probability of every
    /// number is right to the rounding of doubles, up to n of about 2^53.
    ///
    /// W. Hörmann (1993), The generation of binomial random variates, *Journal of Statistical
    /// Computation and Simulation* 46:101–110, algorithm BTRS: transformed rejection with squeeze;
    /// sequential inversion where few successes are expected.
    #[inline]
    pub fn draw(&self, n: u64, draw: &mut Draw) -> u64 {
        let successes =
            if n as f64 * self.p >= MANY { self.reject(n, draw) } else { self.search(n, draw) };
        if self.flipped { n - successes } else { successes }
    }

    /// Sequential inversion: walks up from 0 until the uniform number is used up.
    fn search(&self, n: u64, draw: &mut Draw) -> u64 {
        if n == 0 || self.p == 0.0 {
            return 0;
        }
        let mut left = draw.unit();
        let mut probability = exp(n as f64 * self.ln_failure);
        let mut successes = 0;
        // The probabilities fall below any uniform number's resolution long before n is reached,
        // where n is large; rounding may leave a remainder that none of them takes.
        while left >= probability && successes < n && probability > 0.0 {
            left -= probability;
            successes += 1;
            probability *= self.odds * (n - successes + 1) as f64 / successes as f64;
        }
        successes
    }

    /// Transformed rejection; needs an expected number of at least 10.
    #[inline]
    fn reject(&self, n: u64, draw: &mut Draw) -> u64 {
        let trials = n as f64;
        let mean = trials * self.p;
        let deviation = (mean * (1.0 - self.p)).sqrt();
        let b = 1.15 + 2.53 * deviation;
        let a = -0.0873 + 0.0248 * b + 0.01 * self.p;
        let squeeze = 0.92 - 4.2 / b;
        loop {
            let u = draw.unit() - 0.5;
            let v = draw.unit();
            let us = 0.5 - u.abs();
            let value = (2.0 * a / us + b) * u + mean + 0.5;
            if us >= 0.07 && v <= squeeze {
                return (value as u64).min(n);
            }
            if value < 0.0 || value >= trials + 1.0 {
                continue;
            }
            // Cutting off is the floor here, and several times as fast where no instruction
            // for the floor may be assumed.
            let successes = value as u64 as f64;
            let alpha = (2.83 + 5.1 / b) * deviation;
            if self.accepts(v * alpha / (a / (us * us) + b), successes, trials) {
                return (successes as u64).min(n);
            }
        }
    }

    /// Whether `v` is at most the probability of `successes` over that of the mode: by the ratios
    /// of neighbours where they are few, else by bounds of the logarithm (V. Kachitvichyanukul and
    /// B. W. Schmeiser 1988, Binomial random variate generation, *Communications of the ACM*
    /// 31:216–222, step 5.2), and where these do not decide, by the logarithm.
    fn accepts(&self, v: f64, successes: f64, trials: f64) -> bool {
        let mode = self.mode(trials);
        let apart = (successes - mode).abs();
        if apart <= NEAR {
            let (from, to) = if successes > mode { (mode, successes) } else { (successes, mode) };
            let mut ratio = 1.0;
            let mut k = from + 1.0;
            while k <= to {
                ratio *= self.odds * (trials + 1.0 - k) / k;
                k += 1.0;
            }
            return if successes > mode { v <= ratio } else { v * ratio <= 1.0 };
        }
        let ln_v = ln(v);
        let variance = trials * self.p * (1.0 - self.p);
        if apart < variance / 2.0 - 1.0 {
            let slack =
                apart / variance * ((apart * (apart / 3.0 + 0.625) + 1.0 / 6.0) / variance + 0.5);
            let normal = -apart * apart / (2.0 * variance);
            if ln_v < normal - slack {
                return true;
            }
            if ln_v > normal + slack {
                return false;
            }
        }
        ln_v <= self.ln_to_mode(successes, trials)
    }

    /// The most probable number of successes.
    fn mode(&self, trials: f64) -> f64 {
        ((trials + 1.0) * self.p) as u64 as f64
    }

    /// The logarithm of the probability of `successes` over that of the mode.
    ///
    /// With Stirling's formula for both, the terms of the size of n cancel and are left out, so
    /// that the rest keeps its digits at any n.
    #[cold]
    fn ln_to_mode(&self, successes: f64, trials: f64) -> f64 {
        let mode = self.mode(trials);
        let (failures, mode_failures) = (trials - successes, trials - mode);
        let beyond = successes - mode;
        beyond * ln(self.odds * (failures + 1.0) / (successes + 1.0))
            - (mode + 0.5) * ln_1p(beyond / (mode + 1.0))
            - (mode_failures + 0.5) * ln_1p(-beyond / (mode_failures + 1.0))
            + stirling_rest(mode)
            + stirling_rest(mode_failures)
            - stirling_rest(successes)
            - stirling_rest(failures)
    }
}

/// ln k! − ((k + ½) ln(k + 1) − (k + 1) + ½ ln 2π), by Stirling's series for k + 1.
fn stirling_rest(k: f64) -> f64 {
    const SMALL: [f64; 10] = [
        0.081_061_466_795_327_26,
        0.041_340_695_955_409_29,
        0.027_677_925_684_998_34,
        0.020_790_672_103_765_09,
        0.016_644_691_189_821_19,
        0.013_876_128_823_070_75,
        0.011_896_709_945_891_77,
        0.010_411_265_261_972_09,
        0.009_255_462_182_712_732,
        0.008_330_563_433_362_87,
    ];
    if let Some(&rest) = SMALL.get(k as usize) {
        return rest;
    }
    let x = k + 1.0;
    let square = x * x;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - 1.0 / 1680.0 / square) / square) / square) / x
}

//! Binomial probabilities for up to 10^15 trials.

use std::f64::consts::TAU;

/// Ends the continued fraction; its terms approach 1 from both sides.
const CONVERGED: f64 = 1e-16;

/// Keeps the continued fraction from dividing by zero.
const TINY: f64 = 1e-300;

/// P(X = successes) for `n` trials, each successful with probability `chance`, 0 < chance < 1.
///
/// Source: C. Loader (2000), Fast and accurate computation of binomial probabilities, Lucent
/// Technologies. A difference of three logarithms of factorials has lost its first four digits at
/// n = 10^12; the deviance form loses none.
pub(crate) fn exactly(successes: u64, n: u64, chance: f64) -> f64 {
    let (x, rest, total) = (successes as f64, (n - successes) as f64, n as f64);
    if successes == 0 {
        return (total * (-chance).ln_1p()).exp();
    }
    if successes == n {
        return (total * chance.ln()).exp();
    }
    let exponent = stirling_error(total)
        - stirling_error(x)
        - stirling_error(rest)
        - deviance(x, total * chance)
        - deviance(rest, total * (1.0 - chance));
    exponent.exp() * (total / (TAU * x * rest)).sqrt()
}

/// P(X ≤ successes), with all digits also where it is tiny.
pub(crate) fn at_most(successes: u64, n: u64, chance: f64) -> f64 {
    if successes >= n {
        return 1.0;
    }
    if successes as f64 > n as f64 * chance {
        // The other tail is the smaller one: X > successes is n − X < n − successes.
        return 1.0 - at_most(n - successes - 1, n, 1.0 - chance);
    }
    let sum = exactly(successes, n, chance)
        * chance
        * fraction((n - successes) as f64, successes as f64 + 1.0, 1.0 - chance);
    sum.min(1.0)
}

/// The continued fraction of the incomplete beta function I_x(a, b), without its leading power,
/// for x below its mean; by Lentz's method. The number of terms grows with the root of a + b.
///
/// Source: M. Abramowitz and I. A. Stegun (1964), *Handbook of Mathematical Functions*, 26.5.8.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut above = 1.0;
    let mut below = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut value = below;
    let mut m = 1.0;
    loop {
        let mut last = 1.0;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        for coefficient in [even, odd] {
            below = 1.0 / away_from_zero(1.0 + coefficient * below);
            above = away_from_zero(1.0 + coefficient / above);
            last = above * below;
            value *= last;
        }
        if (last - 1.0).abs() <= CONVERGED || m > 1e8 {
            return value;
        }
        m += 1.0;
    }
}

/// ln n! − ln(√(2πn) (n/e)^n).
fn stirling_error(n: f64) -> f64 {
    if n <= 15.0 {
        let factorial: f64 = (2..=n as u32).map(f64::from).product();
        return factorial.ln() - 0.5 * (TAU * n).ln() - n * n.ln() + n;
    }
    let square = n * n;
    (1.0 / 12.0
        - (1.0 / 360.0
            - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / (1188.0 * square)) / square) / square)
            / square)
        / n
}

/// x ln(x/mean) + mean − x, by its series where the two are close.
fn deviance(x: f64, mean: f64) -> f64 {
    let gap = x - mean;
    if gap.abs() >= 0.1 * (x + mean) {
        return x * (x / mean).ln() - gap;
    }
    let ratio = gap / (x + mean);
    let mut sum = gap * ratio;
    let mut power = 2.0 * x * ratio;
    for odd in (3..).step_by(2) {
        power *= ratio * ratio;
        let next = sum + power / f64::from(odd);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

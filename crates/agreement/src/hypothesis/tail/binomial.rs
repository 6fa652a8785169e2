//! Binomial probabilities for up to 10^15 trials.

use std::f64::consts::TAU;

/// Terms below this share of the sum no longer change it.
const NEGLIGIBLE: f64 = 1e-18;

/// More trials than this are hardly a count of ratings, and take seconds to add up.
pub(crate) const MOST_TRIALS: u64 = 1_000_000_000_000_000;

/// Independent trials with one chance of success, 0 < chance < 1.
#[derive(Clone, Copy)]
pub(crate) struct Trials {
    n: u64,
    chance: f64,
    /// 1 − chance, held apart because one of the two may be too small to be told from the other.
    failure: f64,
}

impl Trials {
    pub(crate) fn new(n: u64, chance: f64) -> Self {
        Self { n, chance, failure: 1.0 - chance }
    }

    /// The same trials with failures counted as successes.
    pub(crate) fn mirrored(self) -> Self {
        Self { n: self.n, chance: self.failure, failure: self.chance }
    }

    /// P(X = successes), for `successes` ≤ n.
    ///
    /// Source: C. Loader (2000), Fast and accurate computation of binomial probabilities, Lucent
    /// Technologies. A difference of three logarithms of factorials has lost its first four digits
    /// at n = 10^12; the deviance form loses none.
    pub(crate) fn exactly(self, successes: u64) -> f64 {
        let (x, rest, total) = (successes as f64, (self.n - successes) as f64, self.n as f64);
        // The logarithm of the larger of the two chances, from the smaller.
        let logarithm =
            |chance: f64, other: f64| if other < 0.5 { (-other).ln_1p() } else { chance.ln() };
        if successes == 0 {
            return (total * logarithm(self.failure, self.chance)).exp();
        }
        if successes == self.n {
            return (total * logarithm(self.chance, self.failure)).exp();
        }
        let exponent = stirling_error(total)
            - stirling_error(x)
            - stirling_error(rest)
            - deviance(x, total * self.chance)
            - deviance(rest, total * self.failure);
        exponent.exp() * (total / (TAU * x * rest)).sqrt()
    }

    /// P(X ≤ successes), with all digits also where it is tiny: the terms from `successes` down,
    /// each by its ratio to the one before. At most some ten standard deviations of X matter.
    pub(crate) fn at_most(self, successes: u64) -> f64 {
        if successes >= self.n {
            return 1.0;
        }
        if successes as f64 > self.n as f64 * self.chance {
            // The other tail is the smaller one: X > successes is n − X < n − successes.
            return 1.0 - self.mirrored().at_most(self.n - successes - 1);
        }
        let odds = self.failure / self.chance;
        let mut more = (self.n - successes) as f64;
        let mut fewer = successes as f64;
        let (mut term, mut sum) = (1.0, 1.0);
        while term > NEGLIGIBLE * sum {
            more += 1.0;
            term *= fewer / more * odds;
            sum += term;
            fewer -= 1.0;
        }
        (self.exactly(successes) * sum).min(1.0)
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

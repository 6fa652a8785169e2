//! The reference distributions of rank tests.

use super::{Alternative, Convention, Tested};

/// How a rank test turns its statistic into a p-value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RankDistribution {
    /// The exact distribution given the ties and zeros that occurred. It takes memory and time in
    /// proportion to powers of the number of items, and is refused where that is too much.
    ExactConditional,
    /// The normal approximation, its variance given the ties that occurred.
    Normal,
    /// The same after moving the statistic by one half towards its expectation, never past it.
    ContinuityCorrected,
}

impl RankDistribution {
    pub(super) fn convention(self) -> Vec<Convention> {
        match self {
            Self::ExactConditional => vec![Convention::ExactConditional],
            Self::Normal => vec![Convention::Normal],
            Self::ContinuityCorrected => vec![Convention::Normal, Convention::ContinuityCorrected],
        }
    }
}

/// The largest number of additions that an exact distribution may take: a few seconds.
pub(super) const MOST_STEPS: f64 = 2e9;

/// The p-value of a statistic that is normal with the given distance from its expectation.
pub(super) fn normal(gap: f64, deviation: f64, corrected: bool, alternative: Alternative) -> f64 {
    let half = if corrected { 0.5 } else { 0.0 };
    let moved = match alternative {
        Alternative::Greater => gap - half,
        Alternative::Less => gap + half,
        Alternative::TwoSided | Alternative::TwoSidedDoubled => (gap.abs() - half).max(0.0),
    };
    alternative.normal(moved / deviation)
}

/// The p-value of `observed` under probabilities of the whole numbers from 0 on, whose expectation
/// is half of `doubled_mean`.
pub(super) fn exact(
    probabilities: &[f64],
    observed: usize,
    doubled_mean: f64,
    alternative: Alternative,
) -> f64 {
    let from_mean = |value: usize| (2.0 * value as f64 - doubled_mean).abs();
    let beyond = |counts: &dyn Fn(usize) -> bool| -> f64 {
        probabilities.iter().enumerate().filter(|(value, _)| counts(*value)).map(|(_, p)| p).sum()
    };
    let greater = || beyond(&|value| value >= observed);
    let less = || beyond(&|value| value <= observed);
    match alternative {
        Alternative::TwoSided => beyond(&|value| from_mean(value) >= from_mean(observed)),
        Alternative::TwoSidedDoubled => 2.0 * greater().min(less()),
        Alternative::Greater => greater(),
        Alternative::Less => less(),
    }
    .min(1.0)
}

/// The largest number that divides all of the whole numbers given.
pub(super) fn common_divisor(numbers: &[f64]) -> f64 {
    numbers.iter().fold(0.0, |mut a: f64, &b| {
        let mut b = b;
        while b != 0.0 {
            (a, b) = (b, a % b);
        }
        a
    })
}

impl Tested {
    /// A rank statistic with its conventions: the statistic's own, the distribution's, the
    /// alternative's.
    pub(super) fn ranked(
        statistic: f64,
        p: f64,
        own: &[Convention],
        distribution: RankDistribution,
        alternative: Alternative,
    ) -> Self {
        let conventions = [own, &distribution.convention(), &[alternative.convention()]].concat();
        Self::plain(statistic, p).by(conventions)
    }
}

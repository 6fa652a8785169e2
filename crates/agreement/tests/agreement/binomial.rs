//! The binomial sampler against exact probabilities, with fixed seeds.

use agreement::{Binomial, Draw};
use statrs::distribution::{ChiSquared, ContinuousCDF, Discrete};

/// Trials, successes among a whole that give the probability: few and many expected, both sides of
/// one half, the border between the two algorithms, and values far from the mode.
const CASES: [(u64, u64, u64); 14] = [
    (1, 1, 3),
    (7, 1, 2),
    (12, 11, 12),
    (40, 1, 4),
    (41, 3, 4),
    (100, 1, 2),
    (100, 1, 10),
    (100, 99, 1000),
    (300, 1, 20),
    (1000, 2, 3),
    (3600, 1, 7),
    (100_000, 1, 9000),
    (1_000_000, 1, 2),
    (1_000_000, 31, 1_000_000),
];

/// The p value of Pearson's chi-squared statistic of `draws` draws, with cells of at least 20
/// expected draws.
fn chi_squared_p(n: u64, part: u64, whole: u64, draws: u32) -> f64 {
    let exact = statrs::distribution::Binomial::new(part as f64 / whole as f64, n).unwrap();
    let binomial = Binomial::new(part, whole);
    let mut draw = Draw::new(20, n);
    let mut found = std::collections::BTreeMap::new();
    for _ in 0..draws {
        *found.entry(binomial.draw(n, &mut draw)).or_insert(0.0) += 1.0;
    }
    let mean = n as f64 * part as f64 / whole as f64;
    let reach = 12.0 * mean.sqrt() + 30.0;
    let (first, last) = ((mean - reach).max(0.0) as u64, ((mean + reach) as u64).min(n));
    let (mut statistic, mut cells) = (0.0, 0.0);
    let (mut seen, mut expected, mut left) = (0.0, 0.0, f64::from(draws));
    for k in first..=last {
        seen += found.remove(&k).unwrap_or(0.0);
        expected += f64::from(draws) * exact.pmf(k);
        if expected >= 20.0 && left - expected >= 20.0 {
            let difference: f64 = seen - expected;
            statistic += difference * difference / expected;
            left -= expected;
            cells += 1.0;
            (seen, expected) = (0.0, 0.0);
        }
    }
    assert!(found.is_empty(), "impossible values for n {n}, p {part}/{whole}: {found:?}");
    statistic += (seen - left).powi(2) / left;
    1.0 - ChiSquared::new(cells).unwrap().cdf(statistic)
}

#[test]
fn draws_have_the_exact_distribution() {
    for (n, part, whole) in CASES {
        let p = chi_squared_p(n, part, whole, 400_000);
        assert!(p > 1e-3, "n {n}, p {part}/{whole}: chi-squared p {p}");
    }
}

#[test]
fn certain_outcomes() {
    let mut draw = Draw::new(1, 0);
    for n in [0, 1, 10, 1_000_000_000_000, u64::MAX] {
        assert_eq!(Binomial::new(0, 5).draw(n, &mut draw), 0);
        assert_eq!(Binomial::new(5, 5).draw(n, &mut draw), n);
        assert_eq!(Binomial::new(9, 5).draw(n, &mut draw), n);
        assert_eq!(Binomial::new(0, 0).draw(n, &mut draw), 0);
    }
    assert_eq!(Binomial::new(1, 2).draw(0, &mut draw), 0);
}

/// Mean and variance of 20,000 draws within five standard errors.
#[test]
fn moments_of_huge_numbers_of_trials() {
    for (n, part, whole) in [
        (1_000_000_000_000, 1, 3),
        (1_000_000_000_000, 999_999_999_999, 1_000_000_000_000),
        (1_000_000_000_000, 1, 30_000_000_000),
        (u64::MAX, 1, 2),
    ] {
        let (binomial, mut draw) = (Binomial::new(part, whole), Draw::new(3, 0));
        let p = part as f64 / whole as f64;
        let mean = n as f64 * p;
        let variance = mean * ((whole - part) as f64 / whole as f64);
        let draws = 20_000.0;
        let scores: Vec<f64> = (0..20_000)
            .map(|_| (binomial.draw(n, &mut draw) as f64 - mean) / variance.sqrt())
            .collect();
        let average = scores.iter().sum::<f64>() / draws;
        let spread = scores.iter().map(|score| score * score).sum::<f64>() / draws;
        assert!(average.abs() < 5.0 / f64::sqrt(draws), "{n} {part}/{whole}: mean {average}");
        let tolerance = 5.0 * ((2.0 + 1.0 / variance) / draws).sqrt();
        assert!((spread - 1.0).abs() < tolerance, "{n} {part}/{whole}: variance {spread}");
    }
}

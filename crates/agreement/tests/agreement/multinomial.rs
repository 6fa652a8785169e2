//! The multinomial sampler: conservation of n, its distribution, and its fixed bytes.

use agreement::{Draw, Multinomial};
use proptest::prelude::*;
use statrs::distribution::{ChiSquared, ContinuousCDF};

fn draw(weights: &[u64], n: u64, draw: &mut Draw) -> Vec<u64> {
    let mut counts = vec![9; weights.len()];
    Multinomial::new(weights).draw(n, draw, &mut counts, &mut Vec::new());
    counts
}

/// One million items fall on kinds as their weights say, whether drawn one by one or split.
#[test]
fn counts_follow_the_weights() {
    let weights = [5, 0, 80, 1, 14, 300, 300, 2, 7, 41];
    let total: u64 = weights.iter().sum();
    for (n, times) in [(7, 150_000), (60, 20_000), (1_000, 1_000), (1_000_000, 1)] {
        let multinomial = Multinomial::new(&weights);
        let (mut stream, mut held) = (Draw::new(4, n), Vec::new());
        let (mut counts, mut sums) = ([0; 10], [0; 10]);
        for _ in 0..times {
            multinomial.draw(n, &mut stream, &mut counts, &mut held);
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        let items = (n * times) as f64;
        let statistic: f64 = weights
            .iter()
            .zip(sums)
            .filter(|&(&weight, _)| weight > 0)
            .map(|(&weight, sum)| {
                let expected = items * weight as f64 / total as f64;
                (sum as f64 - expected).powi(2) / expected
            })
            .sum();
        let p = 1.0 - ChiSquared::new(8.0).unwrap().cdf(statistic);
        assert!(p > 1e-3, "n {n}: chi-squared p {p}");
        assert_eq!(sums[1], 0);
    }
}

/// The covariance of two kinds is −n p q, which independent draws would not give.
#[test]
fn kinds_compete() {
    let weights = [3, 2, 5];
    let multinomial = Multinomial::new(&weights);
    for n in [5, 1_000] {
        let (mut stream, mut held, mut counts) = (Draw::new(5, n), Vec::new(), [0; 3]);
        let draws = 100_000;
        let mut product = 0.0;
        for _ in 0..draws {
            multinomial.draw(n, &mut stream, &mut counts, &mut held);
            product += (counts[0] as f64 - 0.3 * n as f64) * (counts[1] as f64 - 0.2 * n as f64);
        }
        let correlation = product / f64::from(draws) / (n as f64 * 0.06);
        assert!((correlation + 1.0).abs() < 0.05, "n {n}: {correlation}");
    }
}

/// These numbers may never change: published intervals are to be found again from their seed. They
/// come from drawing items one by one, from rejection and from sequential inversion.
#[test]
fn the_same_seed_gives_these_numbers_for_ever() {
    let mut stream = Draw::new(42, 7);
    let weights = [1, 500, 40, 3_000, 2];
    let drawn = [12, 3_543, 1_000_000_000_000].map(|n| draw(&weights, n, &mut stream));
    assert_eq!(
        drawn,
        [
            vec![0, 0, 0, 12, 0],
            vec![1, 472, 48, 3020, 2],
            vec![282_258_374, 141_123_433_997, 11_289_781_435, 846_740_024_139, 564_502_055]
        ]
    );
}

#[test]
fn no_kind_or_one_kind() {
    let mut stream = Draw::new(6, 0);
    assert_eq!(draw(&[], 5, &mut stream), [0; 0]);
    assert_eq!(draw(&[0, 0], 5, &mut stream), [0, 0]);
    assert_eq!(draw(&[0, 3], 5, &mut stream), [0, 5]);
    assert_eq!(draw(&[1, 1], 0, &mut stream), [0, 0]);
}

proptest! {
    #[test]
    fn n_is_conserved(
        weights in prop::collection::vec(prop_oneof![Just(0), 0..=3u64, 0..=1_000_000_000_000u64], 1..200),
        n in prop_oneof![0..=500u64, 0..=1_000_000_000_000_000u64],
        seed: u64,
    ) {
        let counts = draw(&weights, n, &mut Draw::new(seed, 0));
        let possible = weights.iter().any(|&weight| weight > 0);
        prop_assert_eq!(counts.iter().sum::<u64>(), if possible { n } else { 0 });
        prop_assert!(weights.iter().zip(&counts).all(|(&weight, &count)| weight > 0 || count == 0));
    }
}

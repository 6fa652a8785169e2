//! Drawing units with replacement: exact margins and covariance, in both forms, and conservation.

use agreement::{Draw, Units};
use proptest::prelude::*;
use statrs::distribution::{Binomial, ChiSquared, ContinuousCDF, Discrete};

/// Each kind's number is binomial, that of the commonest kind, which takes the rest, too.
#[test]
fn margins_are_binomial() {
    let cases: [&[u64]; 5] =
        [&[5, 3, 2], &[60, 1, 0, 9, 30], &[2, 90, 8], &[700, 50, 250], &[11; 20]];
    for (case, weights) in cases.into_iter().enumerate() {
        let (n, draws) = (weights.iter().sum::<u64>(), 200_000);
        let units = Units::new(weights);
        let (mut draw, mut held) = (Draw::new(12, case as u64), Vec::new());
        let mut counts = vec![0; units.kinds()];
        let mut found = vec![vec![0.0; n as usize + 1]; units.kinds()];
        for _ in 0..draws {
            units.draw(&mut draw, &mut counts, &mut held);
            found.iter_mut().zip(&counts).for_each(|(found, &count)| found[count as usize] += 1.0);
        }
        for (found, &weight) in found.iter().zip(weights).filter(|(_, weight)| **weight > 0) {
            let exact = Binomial::new(weight as f64 / n as f64, n).unwrap();
            let (mut statistic, mut cells) = (0.0, -1.0);
            let (mut seen, mut expected, mut left) = (0.0, 0.0, f64::from(draws));
            for k in 0..=n {
                seen += found[k as usize];
                expected += f64::from(draws) * exact.pmf(k);
                if (expected >= 20.0 && left - expected >= 20.0) || k == n {
                    let expected_here = if k == n { left } else { expected };
                    statistic += (seen - expected_here).powi(2) / expected_here;
                    left -= expected;
                    cells += 1.0;
                    (seen, expected) = (0.0, 0.0);
                }
            }
            let p = 1.0 - ChiSquared::new(cells).unwrap().cdf(statistic);
            // Some forty kinds are tested.
            assert!(p > 1e-4, "{weights:?}, {weight}: chi-squared p {p}");
        }
    }
}

/// Kinds compete: their covariance is −n p q, for the tables' largest n too.
#[test]
fn covariances_are_multinomial() {
    for weights in [[30u64, 20, 50], [300_000, 200_000, 500_000]] {
        let n = weights.iter().sum::<u64>() as f64;
        let units = Units::new(&weights);
        let (mut draw, mut held, mut counts) = (Draw::new(13, 0), Vec::new(), [0; 3]);
        let draws = 100_000;
        let mut products = [0.0; 3];
        for _ in 0..draws {
            units.draw(&mut draw, &mut counts, &mut held);
            let apart = |k: usize| counts[k] as f64 - weights[k] as f64;
            products[0] += apart(0) * apart(1) / (-n * 0.06);
            products[1] += apart(1) * apart(2) / (-n * 0.10);
            products[2] += apart(2) * apart(2) / (n * 0.25);
        }
        for product in products {
            let ratio = product / f64::from(draws);
            assert!((ratio - 1.0).abs() < 0.05, "{weights:?}: {products:?}");
        }
    }
}

proptest! {
    #[test]
    fn as_many_are_drawn_as_there_are(
        weights in prop::collection::vec(
            prop_oneof![Just(0), 0..=3u64, 0..=2_000u64, 0..=1_000_000_000_000u64], 0..60),
        seed: u64,
    ) {
        let units = Units::new(&weights);
        let mut counts = vec![9; weights.len()];
        units.draw(&mut Draw::new(seed, 0), &mut counts, &mut Vec::new());
        prop_assert_eq!(counts.iter().sum::<u64>(), weights.iter().sum::<u64>());
        prop_assert!(weights.iter().zip(&counts).all(|(&weight, &count)| weight > 0 || count == 0));
    }
}

//! Two groups: scipy, and where all values are equal.

use crate::support::close;
use agreement::{Alternative, MonteCarlo, Rational, Test, Untestable, permutation_of_groups};
use proptest::prelude::*;

const NONE: MonteCarlo = MonteCarlo { seed: 1, replicates: 0 };

fn test(first: &[f64], second: &[f64], alternative: Alternative) -> Test {
    permutation_of_groups(&exact(first), &exact(second), NONE, alternative)
}

fn exact(values: &[f64]) -> Vec<Rational> {
    values.iter().map(|value| Rational::of(*value).unwrap()).collect()
}

/// By scipy 1.17.1, `permutation_test()` over all divisions, which doubles the smaller tail; as far
/// from 0 on either side are 22 of 56 by counting.
#[test]
fn few_values_are_divided_in_every_way() {
    let (first, second) = ([1.0, 2.0, 2.0, 5.0, 7.5], [0.0, 2.0, 3.0]);
    for (alternative, p) in [
        (Alternative::Greater, 0.23214285714285715),
        (Alternative::Less, 0.875),
        (Alternative::TwoSidedDoubled, 0.4642857142857143),
        (Alternative::TwoSided, 22.0 / 56.0),
    ] {
        let test = test(&first, &second, alternative);
        close(test.statistic().unwrap(), 1.8333333333333333, 1e-12);
        close(test.p().unwrap(), p, 1e-12);
    }
}

#[test]
fn three_and_three_values_reach_one_in_twenty() {
    let best = test(&[4.0, 5.0, 6.0], &[1.0, 2.0, 3.0], Alternative::Greater);
    assert_eq!((best.statistic(), best.p()), (Some(3.0), Some(1.0 / 20.0)));
}

#[test]
fn many_values_are_drawn_and_the_seed_draws_them_again() {
    let first: Vec<Rational> = (0..15).map(Rational::from).collect();
    let second: Vec<Rational> = (5..20).map(Rational::from).collect();
    let drawn = |seed| {
        let monte_carlo = MonteCarlo { seed, replicates: 9_999 };
        permutation_of_groups(&first, &second, monte_carlo, Alternative::Less)
    };
    assert_eq!(drawn(1), drawn(1));
    // By the normal approximation about 0.0014, from −5 over √(s²(1/15 + 1/15)).
    let p = drawn(1).p().unwrap();
    assert!((0.0005..0.004).contains(&p), "{p}");
    assert_eq!(
        permutation_of_groups(&first, &second, NONE, Alternative::Less).undefined(),
        Some(Untestable::NoReplicates.into())
    );
}

#[test]
fn equal_values_say_nothing() {
    let test = test(&[0.1, 0.1], &[0.1], Alternative::Greater);
    assert_eq!((test.statistic(), test.p()), (Some(0.0), Some(1.0)));
}

#[test]
fn what_cannot_be_tested_is_undefined() {
    let reason = |first: &[f64], second: &[f64]| test(first, second, Alternative::Less).undefined();
    assert_eq!(reason(&[], &[1.0]), Some(Untestable::EmptySample.into()));
    assert_eq!(reason(&[1.0], &[]), Some(Untestable::EmptySample.into()));
    assert_eq!(reason(&[1.0], &[1e101]), Some(Untestable::ValueRange.into()));
}

proptest! {
    #[test]
    fn few_values_are_divided_as_whole_numbers_are(
        values in prop::collection::vec(-4i64..=4, 2..=9),
        size in 1usize..=8,
        denominator in prop::sample::select(vec![1u64, 3, 5, 6, 7]),
    ) {
        prop_assume!(size < values.len());
        let (n, all): (i64, i64) = (values.len() as i64, values.iter().sum());
        let deviation = |sum: i64| n * sum - size as i64 * all;
        let observed = deviation(values[..size].iter().sum());
        let sums: Vec<i64> = (0u32..1 << n)
            .filter(|chosen| chosen.count_ones() as usize == size)
            .map(|chosen| {
                let taken = values.iter().enumerate().filter(|(i, _)| chosen >> i & 1 == 1);
                deviation(taken.map(|(_, value)| value).sum())
            })
            .collect();
        let share = |counts: &dyn Fn(i64) -> bool| {
            sums.iter().filter(|sum| counts(**sum)).count() as f64 / sums.len() as f64
        };
        let values: Vec<Rational> =
            values.iter().map(|value| Rational::quotient(*value, denominator).unwrap()).collect();
        let (first, second) = values.split_at(size);
        for (alternative, expected) in [
            (Alternative::TwoSided, share(&|sum| sum.abs() >= observed.abs())),
            (Alternative::Greater, share(&|sum| sum >= observed)),
            (Alternative::Less, share(&|sum| sum <= observed)),
        ] {
            let test = permutation_of_groups(first, second, NONE, alternative);
            prop_assert_eq!(test.p(), Some(expected), "{:?}", alternative);
        }
    }
}

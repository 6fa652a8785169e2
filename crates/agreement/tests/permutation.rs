//! The paired permutation test: Fisher's example, enumeration, draws and degenerate inputs.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use agreement::{Alternative, MonteCarlo, Untestable, permutation};
use common::close;
use proptest::prelude::*;
use serde_json::json;

use Alternative::{Greater, Less, TwoSided, TwoSidedDoubled};

const DRAWN: MonteCarlo = MonteCarlo { seed: 11, replicates: 9_999 };

/// Darwin's 15 pairs of maize plants: 1,726 of the 2¹⁵ = 32,768 signs give a sum of at least 314 in
/// size, as counted in R. A. Fisher (1935), *The Design of Experiments*, section 21.
#[test]
fn published_differences() {
    let maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
        .map(|difference| (f64::from(difference), 1));
    let test = permutation(&maize, DRAWN, TwoSided);
    close(test.statistic().unwrap(), 314.0 / 15.0, 1e-13);
    close(test.p().unwrap(), 1726.0 / 32768.0, 1e-15);
    assert_eq!(
        serde_json::to_value(&test).unwrap()["convention"],
        json!(["exact-conditional", "two-sided"])
    );
}

/// 21 signs or more are drawn; here the exact answer is binomial: P(X ≥ 20) for 30 fair coins.
#[test]
fn draws_are_reproducible_and_recorded() {
    let differences = [(1.0, 20), (-1.0, 10), (0.0, 70)];
    let test = |seed| permutation(&differences, MonteCarlo { seed, ..DRAWN }, Greater);
    close(test(1).statistic().unwrap(), 0.1, 1e-15);
    assert_eq!(test(1), test(1));
    assert_ne!(test(1), test(2));
    assert_eq!(
        serde_json::to_value(test(1)).unwrap()["monte_carlo"],
        json!({ "seed": 1, "replicates": 9_999 })
    );
    // Four standard errors of 9,999 draws.
    close(test(1).p().unwrap(), 0.04936857, 4.0 * 0.0022);
    // (b + 1)/(B + 1) with b = 0.
    let certain = permutation(&[(1.0, 1_000)], DRAWN, TwoSided);
    close(certain.p().unwrap(), 1e-4, 1e-18);
}

#[test]
fn what_has_no_sign_is_undefined() {
    let reason = |differences: &[(f64, u64)], replicates| {
        let monte_carlo = MonteCarlo { seed: 1, replicates };
        permutation(differences, monte_carlo, TwoSided).undefined()
    };
    assert_eq!(reason(&[(0.0, 6)], 9), Some(Untestable::NoDifferences.into()));
    assert_eq!(reason(&[], 9), Some(Untestable::EmptySample.into()));
    assert_eq!(reason(&[(f64::INFINITY, 6)], 9), Some(Untestable::ValueRange.into()));
    assert_eq!(reason(&[(1.0, 21)], 0), Some(Untestable::NoReplicates.into()));
    assert_eq!(reason(&[(1.0, u64::MAX)], 9), Some(Untestable::TooManyItems.into()));
    assert_eq!(reason(&[(1.0, 20)], 0), None);
}

proptest! {
    #[test]
    fn few_differences_are_enumerated(
        differences in prop::collection::vec(-5i32..=5, 1..=10), tenths: bool,
    ) {
        prop_assume!(differences.iter().any(|difference| *difference != 0));
        let observed: i32 = differences.iter().sum();
        let sums: Vec<i32> = (0u32..1 << differences.len())
            .map(|signs| {
                let signed = |(i, size): (usize, &i32)| if signs >> i & 1 == 1 { *size } else { -size };
                differences.iter().enumerate().map(signed).sum()
            })
            .collect();
        let share = |counts: &dyn Fn(i32) -> bool| {
            sums.iter().filter(|sum| counts(**sum)).count() as f64 / sums.len() as f64
        };
        let (greater, less) = (share(&|sum| sum >= observed), share(&|sum| sum <= observed));
        let expected = [
            (TwoSided, share(&|sum| sum.abs() >= observed.abs())),
            (TwoSidedDoubled, (2.0 * greater.min(less)).min(1.0)),
            (Greater, greater),
            (Less, less),
        ];
        // Tenths are not exact in binary, which must not break ties.
        let unit = if tenths { 0.1 } else { 1.0 };
        let counted: Vec<(f64, u64)> =
            differences.iter().map(|&difference| (f64::from(difference) * unit, 1)).collect();
        for (alternative, expected) in expected {
            let test = permutation(&counted, DRAWN, alternative);
            let mean = f64::from(observed) * unit / differences.len() as f64;
            close(test.statistic().unwrap(), mean, 1e-14);
            close(test.p().unwrap(), expected, 1e-14);
        }
    }
}

//! Equivalence of paired means: statsmodels, and where it is degenerate.

use crate::support::{close, close_test};
use agreement::{Undefined, Untestable, tost};
use proptest::prelude::*;

const DIFFERENCES: [(f64, u64); 5] = [(-0.2, 1), (-0.1, 3), (0.0, 4), (0.1, 1), (0.3, 2)];

/// By statsmodels 0.15.0, ttost_paired(): the larger p belongs to the nearer bound.
#[test]
fn the_larger_p_decides() {
    close_test(&tost(&DIFFERENCES, -0.3, 0.3), [-5.837637722948998, 10.0, 8.21693587971278e-05]);
    close_test(&tost(&DIFFERENCES, -0.1, 0.4), [2.448041625752806, 10.0, 0.017186387993595967]);
}

/// Counts to 10^12, where statrs' own t distribution has no digits left.
#[test]
fn many_items() {
    let million_million = 1_000_000_000_000;
    let differences = [(1.0, million_million), (-1.0, million_million)];
    // The standard error is 1/√(2·10^12 − 1); two of them.
    let test = tost(&differences, -2.0 / 2e12_f64.sqrt(), 1.0);
    close(test.statistic().unwrap(), 2.0, 1e-9);
    close(test.p().unwrap(), 0.022750131948179195, 1e-10);
}

#[test]
fn what_cannot_be_tested_is_undefined() {
    let reason =
        |differences: &[(f64, u64)], lower, upper| tost(differences, lower, upper).undefined();
    assert_eq!(reason(&[], -1.0, 1.0), Some(Untestable::EmptySample.into()));
    assert_eq!(reason(&[(0.5, 1)], -1.0, 1.0), Some(Undefined::FewerThanTwoItems));
    assert_eq!(reason(&[(0.5, 9)], -1.0, 1.0), Some(Undefined::NoVariation));
    assert_eq!(reason(&[(f64::NAN, 9)], -1.0, 1.0), Some(Untestable::ValueRange.into()));
    for (lower, upper) in [(1.0, 1.0), (1.0, -1.0), (f64::NAN, 1.0), (-1.0, f64::INFINITY)] {
        assert_eq!(reason(&DIFFERENCES, lower, upper), Some(Untestable::Margin.into()));
    }
}

proptest! {
    #[test]
    fn a_wider_margin_never_raises_p(
        differences in prop::collection::vec((-4i32..=4, 0..=1_000_000_000_000u64), 1..=9),
        lower in -3.0..0.0, upper in 0.0..3.0, wider in 0.0..3.0,
    ) {
        let differences: Vec<(f64, u64)> =
            differences.iter().map(|&(size, count)| (f64::from(size), count)).collect();
        let p = |lower, upper| tost(&differences, lower, upper).p();
        let both = p(lower, upper).zip(p(lower - wider, upper + wider));
        prop_assume!(both.is_some());
        let (narrow, wide) = both.unwrap();
        prop_assert!((0.0..=1.0).contains(&narrow) && wide <= narrow + 1e-15);
    }
}

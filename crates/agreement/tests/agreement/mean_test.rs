//! One mean: scipy, and where it is degenerate.

use crate::support::{close, close_test};
use agreement::{Alternative, Undefined, Untestable, mean_bound, mean_test};
use proptest::prelude::*;

const VALUES: [(f64, u64); 6] = [(0.2, 1), (0.9, 1), (1.4, 1), (0.4, 1), (1.1, 1), (0.7, 1)];

/// By scipy 1.17.1, `ttest_1samp()`.
#[test]
fn each_side_has_its_own_p() {
    let t = -3.9484451654142685;
    for (alternative, p) in [
        (Alternative::Less, 0.005433815988601085),
        (Alternative::Greater, 0.994566184011399),
        (Alternative::TwoSided, 0.01086763197720217),
    ] {
        close_test(&mean_test(&VALUES, 1.5, alternative), [t, 5.0, p]);
    }
}

/// By scipy 1.17.1, `ttest_1samp().confidence_interval()`.
#[test]
fn a_bound_has_its_confidence() {
    close(mean_bound(&VALUES, 0.95, Alternative::Less).unwrap(), 1.1490767944653688, 1e-10);
    close(mean_bound(&VALUES, 0.9, Alternative::Greater).unwrap(), 0.5154514564562183, 1e-10);
    assert_eq!(mean_bound(&VALUES, 0.95, Alternative::TwoSided), Err(Undefined::NoFormula));
    assert_eq!(mean_bound(&VALUES, 0.4, Alternative::Less), Err(Undefined::NoFormula));
}

#[test]
fn what_cannot_be_tested_is_undefined() {
    let reason =
        |values: &[(f64, u64)], value| mean_test(values, value, Alternative::Less).undefined();
    assert_eq!(reason(&[], 0.0), Some(Untestable::EmptySample.into()));
    assert_eq!(reason(&[(0.5, 1)], 0.0), Some(Undefined::FewerThanTwoItems));
    assert_eq!(reason(&[(0.5, 9)], 0.0), Some(Undefined::NoVariation));
    assert_eq!(reason(&[(f64::NAN, 9)], 0.0), Some(Untestable::ValueRange.into()));
    assert_eq!(reason(&VALUES, f64::NAN), Some(Untestable::ValueRange.into()));
}

proptest! {
    #[test]
    fn it_rejects_where_the_bound_lies_on_the_claimed_side(
        values in prop::collection::vec((-4i32..=4, 1..=50u64), 2..=9), value in -4.0..4.0,
    ) {
        let values: Vec<(f64, u64)> =
            values.iter().map(|&(size, count)| (f64::from(size), count)).collect();
        let p = mean_test(&values, value, Alternative::Less).p();
        prop_assume!(p.is_some());
        let p = p.unwrap();
        let bound = mean_bound(&values, 0.95, Alternative::Less).unwrap();
        prop_assert!((p - 0.05).abs() < 1e-9 || (p <= 0.05) == (bound <= value));
    }
}

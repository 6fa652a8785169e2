//! The test that strata share one kappa, and which strata it refuses.

use crate::support::{close_test, new_orleans, table, winnipeg};
use agreement::{ContingencyTable, Untestable, Weights, kappa_equality};

/// The two cities of Landis and Koch (1977), from the estimates and standard errors of statsmodels
/// 0.15.0, cohens_kappa(), with numpy.
#[test]
fn published_tables() {
    let cities = [winnipeg(), new_orleans()];
    let expected = [
        (Weights::Identity, [0.9008761887472083, 1.0, 0.34254688136143674]),
        (Weights::Linear, [1.1888658524773295, 1.0, 0.27555844669125984]),
        (Weights::Quadratic, [1.0404548882120292, 1.0, 0.3077157005507605]),
    ];
    for (weights, expected) in expected {
        close_test(&kappa_equality(&cities, weights), expected);
    }
}

#[test]
fn equal_strata_are_equal() {
    let same = kappa_equality(&[winnipeg(), winnipeg(), winnipeg()], Weights::Linear);
    close_test(&same, [0.0, 2.0, 1.0]);
}

#[test]
fn strata_without_a_standard_error_are_refused() {
    let reason =
        |strata: &[ContingencyTable]| kappa_equality(strata, Weights::Identity).undefined();
    assert_eq!(reason(&[]), Some(Untestable::FewerThanTwoStrata.into()));
    assert_eq!(reason(&[winnipeg()]), Some(Untestable::FewerThanTwoStrata.into()));
    let (complete, constant) = (table([[5, 0], [0, 5]]), table([[5, 2], [0, 0]]));
    let empty = ContingencyTable::empty(2).unwrap();
    for unusable in [complete, constant, empty] {
        let reason = reason(&[winnipeg(), unusable, new_orleans()]);
        assert_eq!(reason, Some(Untestable::Stratum { stratum: 1 }.into()));
    }
}

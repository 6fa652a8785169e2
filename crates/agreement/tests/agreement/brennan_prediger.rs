//! The Brennan–Prediger coefficient against irrCAC, and where it is degenerate.

use crate::support::{close, table, winnipeg};
use agreement::{Undefined, brennan_prediger};

/// By Python irrCAC 0.4.4, CAC(...).bp() with 12 digits, whose standard error divides by n − 1.
#[test]
fn published_table() {
    let coefficient = brennan_prediger(&winnipeg());
    close(coefficient.estimate().unwrap(), 0.23937360179, 1e-9);
    close(coefficient.se().unwrap(), 0.054252662987 * (148.0f64 / 149.0).sqrt(), 1e-9);
}

#[test]
fn on_two_levels_is_twice_the_agreement_minus_one() {
    close(
        brennan_prediger(&table([[118, 5], [2, 0]])).estimate().unwrap(),
        2.0 * 118.0 / 125.0 - 1.0,
        1e-12,
    );
}

#[test]
fn depends_on_the_declared_levels() {
    let two = brennan_prediger(&table([[5, 1], [1, 5]])).estimate().unwrap();
    let three = brennan_prediger(&table([[5, 1, 0], [1, 5, 0], [0, 0, 0]])).estimate().unwrap();
    close(two, 2.0 / 3.0, 1e-12);
    close(three, 0.75, 1e-12);
}

#[test]
fn complete_disagreement_reaches_the_lower_end_without_an_interval() {
    let coefficient = brennan_prediger(&table([[0, 3, 0], [0, 0, 2], [4, 0, 0]]));
    close(coefficient.estimate().unwrap(), -0.5, 1e-12);
    assert_eq!(coefficient.undefined(), Some(Undefined::NoVariation));
}

#[test]
fn one_item_has_no_interval() {
    let coefficient = brennan_prediger(&table([[1, 0], [0, 0]]));
    assert_eq!(coefficient.undefined(), Some(Undefined::FewerThanTwoItems));
}

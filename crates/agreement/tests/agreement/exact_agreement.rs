//! Exact agreement and its Wilson interval.

use crate::support::{close, close_measure, couples, table};
use agreement::{Method, Undefined, exact_agreement};

/// Bounds by statsmodels 0.15.0, proportion_confint(33, 91, method="wilson").
#[test]
fn published_table() {
    let proportion = 33.0 / 91.0;
    let se = f64::sqrt(proportion * (1.0 - proportion) / 91.0);
    close_measure(
        &exact_agreement(&couples()),
        [proportion, se, 0.27128512248894454, 0.4651170763926159],
    );
}

/// Bounds by statsmodels 0.15.0, proportion_confint(10, 10, method="wilson").
#[test]
fn the_interval_keeps_its_width_at_the_ends() {
    let complete = exact_agreement(&table([[6, 0], [0, 4]]));
    assert_eq!((complete.estimate(), complete.se()), (Some(1.0), Some(0.0)));
    let interval = complete.interval().unwrap();
    close(interval.lo, 0.7224672001371106, 1e-12);
    assert_eq!((interval.hi, interval.method), (1.0, Method::Wilson));

    let none = exact_agreement(&table([[0, 6], [4, 0]]));
    let interval = none.interval().unwrap();
    assert_eq!((none.estimate(), interval.lo), (Some(0.0), 0.0));
    close(interval.hi, 0.27753279986288926, 1e-12);
}

#[test]
fn no_items_is_undefined() {
    assert_eq!(
        exact_agreement(&table([[0, 0], [0, 0]])).undefined(),
        Some(Undefined::NoSharedItems)
    );
}

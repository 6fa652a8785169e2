//! Agreement within k levels.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use agreement::{exact_agreement, within_agreement};
use common::{close_measure, couples};

/// Bounds by statsmodels 0.15.0, proportion_confint(68, 91, method="wilson").
#[test]
fn published_table() {
    let proportion = 68.0 / 91.0;
    let se = f64::sqrt(proportion * (1.0 - proportion) / 91.0);
    close_measure(
        &within_agreement(&couples(), 1),
        [proportion, se, 0.6492032145567588, 0.8252728274564323],
    );
}

#[test]
fn grows_with_k_from_exact_to_all() {
    let within = |k| within_agreement(&couples(), k).estimate().unwrap();
    assert_eq!(within_agreement(&couples(), 0), exact_agreement(&couples()));
    assert!(within(0) < within(1) && within(1) < within(2) && within(2) < within(3));
    assert_eq!((within(3), within(usize::MAX)), (1.0, 1.0));
}

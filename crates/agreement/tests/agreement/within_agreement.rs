//! Agreement within k levels.

use crate::support::{close_measure, couples};
use agreement::{
    Measure, RatingMatrix, Undefined, agreement_of_all, exact_agreement, within_agreement,
};

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
fn grows_with_k_and_says_nothing_once_k_spans_the_scale() {
    let within = |k| within_agreement(&couples(), k).estimate().unwrap();
    assert_eq!(within_agreement(&couples(), 0), exact_agreement(&couples()));
    assert!(within(0) < within(1) && within(1) < within(2));
    let reason = Undefined::WithinTheScale { levels: 4 };
    let of_all = RatingMatrix::from_table(&couples());
    for k in [3, 1000] {
        assert_eq!(within_agreement(&couples(), k), Measure::Undefined(reason));
        assert_eq!(agreement_of_all(&of_all, k), Measure::Undefined(reason));
    }
    let two = Undefined::WithinTheScale { levels: 2 }.to_string();
    assert!(two.starts_with("on 2 grades any two are at most 1 apart: it is 1 whatever"), "{two}");
}

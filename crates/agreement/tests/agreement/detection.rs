//! What a judge finds of what raters find.

use crate::support::{close, close_measure, couples, table};
use agreement::{
    Undefined, Untestable, miss_rate, negative_predictive_value, positive_predictive_value,
    sensitivity, specificity,
};

/// From the counts of the table, by hand; the bounds of 36 in 52 from the formula, worked out in
/// Python.
#[test]
fn shares_of_a_published_table() {
    // Rows 2 to 4 of the couples hold 72 items, 67 of them in columns 2 to 4.
    let missed = miss_rate(&couples());
    close(missed.estimate().unwrap(), 5.0 / 72.0, 1e-15);
    close(sensitivity(&couples(), 1).estimate().unwrap(), 67.0 / 72.0, 1e-15);
    close_measure(
        &sensitivity(&couples(), 2),
        [36.0 / 52.0, f64::sqrt(36.0 * 16.0 / 52.0_f64.powi(3)), LO, HI],
    );
    close(specificity(&couples(), 2).estimate().unwrap(), 24.0 / 39.0, 1e-15);
    close(positive_predictive_value(&couples(), 2).estimate().unwrap(), 36.0 / 51.0, 1e-15);
    close(negative_predictive_value(&couples(), 2).estimate().unwrap(), 24.0 / 40.0, 1e-15);
}

const LO: f64 = 0.557_304_111_752_943_4;
const HI: f64 = 0.800_852_720_507_109_6;

#[test]
fn the_miss_rate_is_what_sensitivity_leaves() {
    let (missed, found) = (miss_rate(&couples()), sensitivity(&couples(), 1));
    close(missed.estimate().unwrap() + found.estimate().unwrap(), 1.0, 1e-15);
    close(missed.interval().unwrap().lo, 1.0 - found.interval().unwrap().hi, 1e-14);
}

#[test]
fn a_judge_that_misses_all_has_an_interval_all_the_same() {
    let blind = miss_rate(&table([[5, 0], [10, 0]]));
    assert_eq!(blind.estimate(), Some(1.0));
    // 10 of 10: n / (n + z²).
    close(blind.interval().unwrap().lo, 0.722_467_200_137_110_7, 1e-12);
}

#[test]
fn nothing_to_find_is_undefined() {
    assert_eq!(miss_rate(&table([[5, 2], [0, 0]])).undefined(), Some(Undefined::NoItems));
    for cut in [0, 2, 7] {
        let undefined = specificity(&table([[5, 2], [0, 0]]), cut).undefined();
        assert_eq!(undefined, Some(Untestable::Cut { cut, levels: 2 }.into()));
    }
}

//! Intraclass correlation against its published example, and where it is degenerate.

use crate::support::{close, four_judges, table};
use agreement::{IccForm, Method, RatingMatrix, Undefined, icc};

const SCORES: [f64; 10] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0];

/// P. E. Shrout and J. L. Fleiss (1979), *Psychological Bulletin* 86:420–428, table 4; bounds as
/// printed by R psych 2.2.9, ICC().
#[test]
fn published_estimates() {
    let published = [
        (0.17, -0.13, 0.72),
        (0.29, 0.019, 0.76),
        (0.71, 0.34, 0.95),
        (0.44, -0.88, 0.91),
        (0.62, 0.071, 0.93),
        (0.91, 0.68, 0.99),
    ];
    for (form, (estimate, lo, hi)) in IccForm::ALL.into_iter().zip(published) {
        let found = icc(&four_judges(), form, &SCORES);
        let interval = found.interval().unwrap();
        assert_eq!(interval.method, Method::F);
        close(found.estimate().unwrap(), estimate, 0.005);
        close(interval.lo, lo, 0.006);
        close(interval.hi, hi, 0.006);
    }
}

#[test]
fn millions_of_millions_of_items_have_an_interval() {
    let million_million = 1_000_000_000_000;
    let few = table([[400, 100], [100, 400]]);
    let many = table([[4, 1], [1, 4]].map(|row| row.map(|count| count * million_million)));
    let bounds = |counts, form| {
        let found = icc(&RatingMatrix::from_table(&counts), form, &[0.0, 1.0]);
        let interval = found.interval().unwrap().clone();
        (found.estimate().unwrap(), interval.hi - interval.lo)
    };
    for form in [IccForm::OneWay, IccForm::TwoWayMixed] {
        let (few, few_width) = bounds(few.clone(), form);
        let (many, many_width) = bounds(many.clone(), form);
        close(few, 0.6, 1e-3);
        close(many, 0.6, 1e-9);
        // The width goes with the root of the number of items: 10^13 here, 10^3 there.
        close(many_width / few_width * 1e5, 1.0, 5e-3);
    }
}

/// From a million degrees of freedom on the quantile of F comes from an expansion.
#[test]
fn the_interval_does_not_jump_where_the_quantile_changes_its_method() {
    let width = |fold: u64| {
        let counts = table([[4, 1], [1, 4]].map(|row| row.map(|count| count * fold)));
        let n = counts.n() as f64;
        let found = icc(&RatingMatrix::from_table(&counts), IccForm::OneWay, &[0.0, 1.0]);
        let interval = found.interval().unwrap();
        (interval.hi - interval.lo) * n.sqrt()
    };
    close(width(99_999) / width(100_001), 1.0, 1e-9);
}

#[test]
fn items_with_the_same_mean_have_no_correlation_of_means() {
    let opposed = RatingMatrix::from_table(&table([[0, 10], [10, 0]]));
    for form in [IccForm::OneWay, IccForm::TwoWayMixed] {
        let found = icc(&opposed, form, &[0.0, 1.0]);
        assert_eq!(found.estimate(), Some(-1.0));
        assert_eq!(found.undefined(), Some(Undefined::NoItemVariance));
    }
    for form in [IccForm::OneWayMean, IccForm::TwoWayRandomMean, IccForm::TwoWayMixedMean] {
        let found = icc(&opposed, form, &[0.0, 1.0]);
        assert_eq!((found.estimate(), found.undefined()), (None, Some(Undefined::NoItemVariance)));
    }
}

#[test]
fn degenerate_ratings_are_undefined_with_a_reason() {
    let of = |rows: &[Vec<Option<usize>>]| {
        let matrix = RatingMatrix::from_rows(2, rows).unwrap();
        icc(&matrix, IccForm::OneWay, &[0.0, 1.0]).undefined().unwrap()
    };
    assert_eq!(of(&[vec![Some(0), None], vec![None, Some(1)]]), Undefined::NoCompleteItems);
    assert_eq!(of(&[vec![Some(0), Some(1)]]), Undefined::FewerThanTwoItems);
    assert_eq!(of(&[vec![Some(1), Some(1)], vec![Some(1), Some(1)]]), Undefined::OneLevelByAll);
    assert_eq!(of(&[vec![Some(0), Some(0)], vec![Some(1), Some(1)]]), Undefined::CompleteAgreement);
}

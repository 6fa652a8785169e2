//! The mean difference against scipy, and where it is degenerate.

use crate::support::{close, close_measure, new_orleans, table, winnipeg};
use agreement::{Method, Undefined, mean_difference};

const GRADES: [f64; 4] = [0.0, 1.0, 2.0, 3.0];

/// By scipy 1.17.1, ttest_rel(first, second).confidence_interval().
#[test]
fn published_tables() {
    let winnipeg = mean_difference(&winnipeg(), &GRADES);
    close_measure(
        &winnipeg,
        [0.5100671140939598, 0.07655365181164324, 0.358787720780697, 0.6613465074072226],
    );
    assert_eq!(winnipeg.interval().unwrap().method, Method::StudentT);

    let new_orleans = mean_difference(&new_orleans(), &GRADES);
    close_measure(
        &new_orleans,
        [0.2898550724637681, 0.10343925752838307, 0.08344524777570916, 0.4962648971518271],
    );
}

/// The quantile on both sides of the point where the series takes over, and far beyond:
/// scipy 1.17.1, t.ppf(0.975, freedom).
#[test]
fn the_quantile_is_right_for_any_number_of_items() {
    let quantiles = [
        (1, 12.706204736174694),
        (9_999, 1.960201263621357),
        (10_000, 1.960201239890626),
        (10_001, 1.960201216164641),
        (100_000, 1.9599877075346095),
        (1_000_000, 1.959966356814107),
        (1_000_000_000, 1.959963986912325),
    ];
    for (freedom, expected) in quantiles {
        let measure = mean_difference(&table([[freedom, 0], [1, 0]]), &[0.0, 1.0]);
        let reach = measure.interval().unwrap().hi - measure.estimate().unwrap();
        close(reach / measure.se().unwrap(), expected, 1e-9);
    }
}

#[test]
fn is_in_the_unit_of_the_scores() {
    let scaled = GRADES.map(|grade| 10.0 * grade + 5.0);
    let (plain, scaled) =
        (mean_difference(&winnipeg(), &GRADES), mean_difference(&winnipeg(), &scaled));
    close(scaled.estimate().unwrap(), 10.0 * plain.estimate().unwrap(), 1e-9);
    close(scaled.se().unwrap(), 10.0 * plain.se().unwrap(), 1e-9);
}

#[test]
fn equal_differences_have_no_interval() {
    // 0.3 − 0.2 and 0.2 − 0.1 differ in the last digit; that is not variation.
    let shifted = mean_difference(&table([[0, 0, 0], [5, 0, 0], [0, 5, 0]]), &[0.1, 0.2, 0.3]);
    close(shifted.estimate().unwrap(), 0.1, 1e-12);
    assert_eq!(shifted.se(), Some(0.0));
    assert_eq!(shifted.undefined(), Some(Undefined::NoVariation));

    let equal = mean_difference(&table([[5, 0], [0, 3]]), &[0.0, 1.0]);
    assert_eq!((equal.estimate(), equal.se()), (Some(0.0), Some(0.0)));
    assert_eq!(equal.undefined(), Some(Undefined::CompleteAgreement));

    let worthless = mean_difference(&table([[5, 2], [0, 3]]), &[0.0, 0.0]);
    assert_eq!((worthless.estimate(), worthless.se()), (Some(0.0), Some(0.0)));
}

#[test]
fn one_item_has_an_estimate_only() {
    let single = mean_difference(&table([[0, 0], [1, 0]]), &[0.0, 1.0]);
    assert_eq!((single.estimate(), single.se()), (Some(1.0), None));
    assert_eq!(single.undefined(), Some(Undefined::FewerThanTwoItems));
}

#[test]
fn scores_must_fit_the_levels() {
    let table = table([[3, 1], [0, 4]]);
    let reason = |scores: &[f64]| mean_difference(&table, scores).undefined();
    assert_eq!(reason(&GRADES), Some(Undefined::ScoreCount { levels: 2, scores: 4 }));
    for bad in [f64::NAN, f64::INFINITY, -1e101] {
        assert_eq!(reason(&[0.0, bad]), Some(Undefined::ScoreRange));
    }
    assert_eq!(reason(&[-1e100, 1e100]), None);
}

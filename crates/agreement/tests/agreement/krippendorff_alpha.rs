//! Krippendorff's alpha and the coefficients beside it, against published tables.

use crate::support::{close, four_coders, table};
use agreement::{Distance, Measure, RatingMatrix, Undefined, krippendorff_alpha};

const SCORES: [f64; 5] = [1.0, 2.0, 3.0, 4.0, 5.0];

fn of_two(rows: [[u64; 3]; 3], distance: Distance) -> Measure {
    krippendorff_alpha(&RatingMatrix::from_table(&table(rows)), distance)
}

/// K. Krippendorff (2011), Computing Krippendorff's alpha-reliability, University of Pennsylvania,
/// section C: four coders, twelve units, seven ratings missing.
#[test]
fn published_estimates() {
    let published = [
        (Distance::Nominal, 0.743),
        (Distance::Ordinal, 0.815),
        (Distance::Interval(&SCORES), 0.849),
        (Distance::Ratio(&SCORES), 0.797),
    ];
    for (distance, expected) in published {
        let alpha = krippendorff_alpha(&four_coders(), distance).estimate().unwrap();
        close(alpha, expected, 5e-4);
    }
}

#[test]
fn interval_alpha_does_not_depend_on_the_unit_and_ratio_alpha_on_the_scale() {
    let fahrenheit = SCORES.map(|score| 32.0 + 1.8 * score);
    let tenfold = SCORES.map(|score| 10.0 * score);
    let alpha = |distance| krippendorff_alpha(&four_coders(), distance);
    let same = |a: Measure, b: Measure| {
        close(a.estimate().unwrap(), b.estimate().unwrap(), 1e-12);
        close(a.se().unwrap(), b.se().unwrap(), 1e-12);
    };
    same(alpha(Distance::Interval(&SCORES)), alpha(Distance::Interval(&fahrenheit)));
    same(alpha(Distance::Ratio(&SCORES)), alpha(Distance::Ratio(&tenfold)));
}

#[test]
fn an_unused_level_does_not_move_ordinal_alpha() {
    let with_unused = of_two([[5, 0, 2], [0, 0, 0], [1, 0, 7]], Distance::Ordinal);
    let without = RatingMatrix::from_table(&table([[5, 2], [1, 7]]));
    let without = krippendorff_alpha(&without, Distance::Ordinal);
    close(with_unused.estimate().unwrap(), without.estimate().unwrap(), 1e-12);
    close(with_unused.se().unwrap(), without.se().unwrap(), 1e-12);
}

#[test]
fn where_alpha_does_not_exist() {
    let one_level = of_two([[0, 0, 0], [0, 9, 0], [0, 0, 0]], Distance::Ordinal);
    assert_eq!(one_level, Measure::Undefined(Undefined::OneLevelByAll));
    let one_score = of_two([[3, 1, 0], [1, 3, 0], [0, 0, 0]], Distance::Interval(&[2.0, 2.0, 7.0]));
    assert_eq!(one_score, Measure::Undefined(Undefined::OneLevelByAll));
    let single = RatingMatrix::from_rows(2, &[vec![Some(0), None], vec![None, Some(1)]]).unwrap();
    let single = krippendorff_alpha(&single, Distance::Nominal);
    assert_eq!(single, Measure::Undefined(Undefined::NoPairableItems));
}

#[test]
fn scores_must_fit() {
    let alpha = |distance| of_two([[3, 1, 0], [1, 3, 0], [0, 0, 1]], distance).undefined().unwrap();
    let few = Undefined::ScoreCount { levels: 3, scores: 2 };
    assert_eq!(alpha(Distance::Interval(&[0.0, 1.0])), few);
    assert_eq!(alpha(Distance::Interval(&[0.0, 1.0, f64::NAN])), Undefined::ScoreRange);
    assert_eq!(alpha(Distance::Ratio(&[-1.0, 0.0, 1.0])), Undefined::NegativeScore);
}

#[test]
fn one_item_has_no_standard_error_and_complete_agreement_no_interval() {
    let one = of_two([[0, 1, 0], [0, 0, 0], [0, 0, 0]], Distance::Nominal);
    assert_eq!((one.estimate(), one.se()), (Some(0.0), None));
    assert_eq!(one.undefined(), Some(Undefined::FewerThanTwoItems));
    let complete = of_two([[4, 0, 0], [0, 2, 0], [0, 0, 3]], Distance::Ordinal);
    assert_eq!(complete.estimate(), Some(1.0));
    assert_eq!(complete.undefined(), Some(Undefined::CompleteAgreement));
}

//! What must hold for any number of raters with any ratings missing.

use crate::support::close;
use agreement::{
    ContingencyTable, Distance, IccForm, Measure, RatingMatrix, Weights, agreement_of_all,
    brennan_prediger_raters, brennan_prediger_weighted, cohen_kappa, conger_kappa, diagnosis,
    fleiss_kappa, fleiss_kappa_pooled, gwet_ac, gwet_ac2, icc, kendall_w, krippendorff_alpha,
    light_kappa, lin_concordance, maximum_kappa, pairwise_agreement, scott_pi, specific_agreement,
};
use proptest::prelude::*;

const KINDS: [Weights; 4] =
    [Weights::Identity, Weights::Linear, Weights::Quadratic, Weights::GwetOrdinal];

type Coefficient = fn(&RatingMatrix, Weights) -> Measure;

const CHANCE_CORRECTED: [Coefficient; 6] = [
    fleiss_kappa,
    fleiss_kappa_pooled,
    conger_kappa,
    light_kappa,
    brennan_prediger_raters,
    gwet_ac,
];

/// Levels of each rater and how many items were rated so.
type Row = (Vec<Option<usize>>, u64);

/// A number of levels and rows.
fn ratings(
    raters: std::ops::RangeInclusive<usize>,
    levels: usize,
    count: impl Strategy<Value = u64> + Clone + 'static,
) -> impl Strategy<Value = (usize, Vec<Row>)> {
    (raters, 2..=levels).prop_flat_map(move |(raters, size)| {
        let rating =
            prop_oneof![1 => Just(None), 1 => Just(Some(0)), 3 => (0..size).prop_map(Some)];
        let row = (prop::collection::vec(rating, raters), count.clone());
        (Just(size), prop::collection::vec(row, 1..12))
    })
}

fn read(size: usize, rows: &[Row]) -> RatingMatrix {
    let mut matrix = RatingMatrix::empty(rows[0].0.len(), size).unwrap();
    rows.iter().for_each(|(ratings, count)| matrix.record_many(ratings, *count).unwrap());
    matrix
}

fn indices(size: usize) -> Vec<f64> {
    (0..size).map(|level| level as f64).collect()
}

/// Every measure of a matrix, each with a least and a greatest value.
fn all(matrix: &RatingMatrix) -> Vec<(Measure, f64, f64)> {
    let scores = indices(matrix.size());
    let mut found = nominal(matrix);
    for weights in KINDS {
        found.extend(CHANCE_CORRECTED.map(|coefficient| coefficient(matrix, weights)));
    }
    for distance in [Distance::Ordinal, Distance::Interval(&scores), Distance::Ratio(&scores)] {
        found.push(krippendorff_alpha(matrix, distance));
    }
    found.extend(IccForm::ALL.map(|form| icc(matrix, form, &scores)));
    let proportions = [
        kendall_w(matrix),
        agreement_of_all(matrix, 1),
        pairwise_agreement(matrix, Weights::Linear),
    ];
    let unbounded = found.into_iter().map(|measure| (measure, f64::NEG_INFINITY, 1.0));
    unbounded.chain(proportions.map(|measure| (measure, 0.0, 1.0))).collect()
}

/// The measures that do not know an order of levels.
fn nominal(matrix: &RatingMatrix) -> Vec<Measure> {
    let mut found =
        CHANCE_CORRECTED.map(|coefficient| coefficient(matrix, Weights::Identity)).to_vec();
    found.push(krippendorff_alpha(matrix, Distance::Nominal));
    found.push(agreement_of_all(matrix, 0));
    found.push(pairwise_agreement(matrix, Weights::Identity));
    found
}

/// Estimates to 1e-9 relative to their size, standard errors to 1e-6: where items barely vary they
/// are the root of a rounded number.
#[track_caller]
fn same(a: &Measure, b: &Measure) {
    let near = |a: f64, b: f64, tolerance| close(a, b, tolerance * b.abs().max(1.0));
    assert_eq!(a.estimate().is_some(), b.estimate().is_some(), "{a:?} {b:?}");
    if let Some((a, b)) = a.estimate().zip(b.estimate()) {
        near(a, b, 1e-9);
    }
    assert_eq!(a.se().is_some(), b.se().is_some(), "{a:?} {b:?}");
    if let Some((a, b)) = a.se().zip(b.se()) {
        near(a, b, 1e-6);
    }
}

/// The standard error from leaving out each item once: one value for each row.
fn jackknife(matrix: &RatingMatrix, coefficient: impl Fn(&RatingMatrix) -> Measure) -> f64 {
    let counts: Vec<u64> = matrix.rows().map(|row| row.count()).collect();
    let without = |row: usize| {
        let mut counts = counts.clone();
        counts[row] -= 1;
        coefficient(&matrix.with_counts(counts).unwrap()).estimate().unwrap()
    };
    let values: Vec<(f64, f64)> =
        (0..counts.len()).map(|row| (counts[row] as f64, without(row))).collect();
    let n = matrix.items() as f64;
    let mean = values.iter().map(|(count, value)| count * value).sum::<f64>() / n;
    let squares: f64 = values.iter().map(|(count, value)| count * (value - mean).powi(2)).sum();
    ((n - 1.0) / n * squares).sqrt()
}

proptest! {
    #[test]
    fn any_matrix_gives_finite_numbers_in_range(
        (size, rows) in prop_oneof![
            ratings(2..=4, 11, prop_oneof![Just(1), 0..5u64, 0..=1_000_000_000_000u64]),
            ratings(2..=50, 11, 0..3u64),
        ],
    ) {
        for (measure, least, most) in all(&read(size, &rows)) {
            let Some(estimate) = measure.estimate() else { continue };
            prop_assert!(estimate.is_finite(), "{measure:?}");
            prop_assert!((least - 1e-9..=most + 1e-9).contains(&estimate), "{measure:?}");
            prop_assert!(measure.se().is_none_or(|se| se.is_finite() && se >= 0.0), "{measure:?}");
            if let Some(interval) = measure.interval() {
                prop_assert!(interval.lo.is_finite() && interval.hi.is_finite(), "{measure:?}");
                prop_assert!(interval.lo <= interval.hi, "{measure:?}");
            }
        }
    }

    #[test]
    fn nothing_changes_with_the_order_of_raters_or_items(
        (size, rows, order) in ratings(2..=6, 5, 0..20u64).prop_flat_map(|(size, rows)| {
            let order: Vec<usize> = (0..rows[0].0.len()).collect();
            (Just(size), Just(rows), Just(order).prop_shuffle())
        }),
    ) {
        let moved: Vec<Row> = rows
            .iter()
            .rev()
            .map(|(levels, count)| (order.iter().map(|&rater| levels[rater]).collect(), *count))
            .collect();
        for (a, b) in all(&read(size, &rows)).iter().zip(all(&read(size, &moved))) {
            same(&a.0, &b.0);
        }
    }

    #[test]
    fn counts_and_rows_give_the_same(((size, rows), spare) in (ratings(2..=5, 5, 0..6u64), 0usize..5)) {
        let counted = read(size, &rows);
        let mut single = RatingMatrix::empty(counted.raters(), size).unwrap();
        for (levels, count) in &rows {
            (0..*count).for_each(|_| single.record(levels).unwrap());
            // A row that was never drawn says nothing.
            (0..spare).for_each(|_| single.record_many(levels, 0).unwrap());
        }
        prop_assert_eq!(counted.patterns(), single.patterns());
        for ((a, b), c) in all(&counted).iter().zip(all(&single)).zip(all(&counted.patterns())) {
            same(&a.0, &b.0);
            same(&a.0, &c.0);
        }
    }

    #[test]
    fn unweighted_coefficients_ignore_the_order_of_levels(
        (rows, order) in ratings(2..=6, 5, 0..20u64).prop_flat_map(|(size, rows)| {
            (Just(rows), Just((0..size).collect::<Vec<_>>()).prop_shuffle())
        }),
    ) {
        let relabelled: Vec<Row> = rows
            .iter()
            .map(|(levels, count)| (levels.iter().map(|level| Some(order[(*level)?])).collect(), *count))
            .collect();
        let size = order.len();
        for (a, b) in nominal(&read(size, &rows)).iter().zip(nominal(&read(size, &relabelled))) {
            same(a, &b);
        }
    }

    /// The table forms divide by n, those of many raters by n − 1.
    #[test]
    fn two_complete_raters_are_a_table(
        rows in (2usize..=6).prop_flat_map(|size| {
            let cell = prop_oneof![2 => Just(0), 3 => 0..=50u64];
            prop::collection::vec(prop::collection::vec(cell, size), size)
        }),
    ) {
        let table = ContingencyTable::from_rows(rows).unwrap();
        let matrix = RatingMatrix::from_table(&table);
        prop_assume!(table.n() > 1);
        let n = table.n() as f64;
        let scores = indices(table.size());
        for weights in KINDS {
            let cohen = cohen_kappa(&table, weights);
            let forms = [
                (fleiss_kappa(&matrix, weights), scott_pi(&table, weights)),
                (fleiss_kappa_pooled(&matrix, weights), scott_pi(&table, weights)),
                (conger_kappa(&matrix, weights), cohen.clone()),
                (light_kappa(&matrix, weights), cohen),
                (brennan_prediger_raters(&matrix, weights), brennan_prediger_weighted(&table, weights)),
                (gwet_ac(&matrix, weights), gwet_ac2(&table, weights)),
            ];
            for (many, two) in forms {
                prop_assert_eq!(many.estimate().is_some(), two.estimate().is_some());
                if let Some((many, two)) = many.estimate().zip(two.estimate()) {
                    close(many, two, 1e-12);
                }
                prop_assert_eq!(many.se().is_some(), two.se().is_some(), "{:?} {:?}", many, two);
                if let Some((many, two)) = many.se().zip(two.se()) {
                    close(many * ((n - 1.0) / n).sqrt(), two, 1e-9);
                }
            }
        }
        // Alpha is pi with the small-sample factor of 2n ratings.
        let closed = |pi: Measure| pi.estimate().map(|pi| 1.0 - (1.0 - 0.5 / n) * (1.0 - pi));
        for (distance, weights) in [
            (Distance::Nominal, Weights::Identity),
            (Distance::Interval(&scores), Weights::Quadratic),
        ] {
            let alpha = krippendorff_alpha(&matrix, distance).estimate();
            let expected = closed(scott_pi(&table, weights));
            prop_assert_eq!(alpha.is_some(), expected.is_some());
            if let Some((alpha, expected)) = alpha.zip(expected) {
                close(alpha, expected, 1e-12);
            }
        }
    }

    #[test]
    fn complete_agreement_is_one(
        (levels, raters) in (prop::collection::vec(0usize..5, 2..20), 2usize..8),
    ) {
        prop_assume!(levels.iter().any(|level| *level != levels[0]));
        let rows: Vec<Vec<_>> = levels.iter().map(|&level| vec![Some(level); raters]).collect();
        for (measure, _, _) in all(&RatingMatrix::from_rows(5, &rows).unwrap()) {
            close(measure.estimate().unwrap(), 1.0, 1e-12);
            prop_assert!(measure.se().is_none_or(|se| se == 0.0), "{measure:?}");
        }
    }

    /// No row is rare here, so the influence and the jackknife agree but for terms of size 1/n.
    #[test]
    fn standard_errors_agree_with_the_jackknife_at_large_n(
        (size, rows) in ratings(3..=4, 4, 2_000u64..20_000),
    ) {
        let matrix = read(size, &rows).patterns();
        let scores = indices(size);
        let alpha = |distance| move |matrix: &RatingMatrix| krippendorff_alpha(matrix, distance);
        let mut compared = 0;
        let mut check = |coefficient: &dyn Fn(&RatingMatrix) -> Measure| {
            let Some(se) = coefficient(&matrix).se().filter(|&se| se > 1e-6) else { return };
            compared += 1;
            let tolerance = 2e-3 * se + 1.0 / matrix.items() as f64;
            close(jackknife(&matrix, coefficient), se, tolerance);
        };
        for weights in KINDS {
            CHANCE_CORRECTED.iter().for_each(|coefficient| check(&|matrix| coefficient(matrix, weights)));
        }
        check(&alpha(Distance::Nominal));
        check(&alpha(Distance::Ordinal));
        check(&alpha(Distance::Interval(&scores)));
        check(&alpha(Distance::Ratio(&scores)));
        prop_assume!(compared > 0);
    }

    #[test]
    fn what_explains_kappa_is_finite_and_in_range(
        rows in (2usize..=11).prop_flat_map(|size| {
            let cell = prop_oneof![2 => Just(0), 1 => 0..=3u64, 3 => 0..=1_000_000_000_000u64];
            prop::collection::vec(prop::collection::vec(cell, size), size)
        }),
    ) {
        let table = ContingencyTable::from_rows(rows).unwrap();
        for weights in KINDS {
            let maximum = maximum_kappa(&table, weights).estimate();
            prop_assert_eq!(maximum.is_some(), cohen_kappa(&table, weights).estimate().is_some());
            if let Some((kappa, maximum)) = cohen_kappa(&table, weights).estimate().zip(maximum) {
                prop_assert!(kappa <= maximum + 1e-12 && maximum <= 1.0, "{kappa} {maximum}");
            }
            for finding in diagnosis(&table, weights) {
                prop_assert!(!finding.to_string().contains("NaN"), "{finding:?}");
            }
        }
        for level in 0..table.size() {
            let specific = specific_agreement(&table, level).estimate();
            prop_assert!(specific.is_none_or(|specific| (0.0..=1.0).contains(&specific)));
        }
        let lin = lin_concordance(&table, &indices(table.size())).estimate();
        prop_assert!(lin.is_none_or(|lin| (-1.0 - 1e-12..=1.0).contains(&lin)));
    }
}

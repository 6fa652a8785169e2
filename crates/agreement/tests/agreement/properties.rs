//! What must hold for any table.

use crate::support::close;
use agreement::{
    ContingencyTable, Measure, WeightMatrix, Weights, brennan_prediger, brennan_prediger_weighted,
    cohen_kappa, exact_agreement, gwet_ac1, gwet_ac2, mean_difference, scott_pi, within_agreement,
};
use proptest::prelude::*;

const KINDS: [Weights; 4] =
    [Weights::Identity, Weights::Linear, Weights::Quadratic, Weights::GwetOrdinal];

/// Weighted Brennan–Prediger and AC2 reach 1 − 1/d, where d is the mean disagreement of two levels
/// drawn evenly: above 1/6 for quadratic and ordinal weights on a long scale.
const LEAST: f64 = -5.0;

type Rows = Vec<Vec<u64>>;

/// Rows of 2 to `largest` levels; many cells empty or nearly so, so that constant raters,
/// unused levels and rare disagreements occur.
fn rows(largest: usize, count: u64) -> impl Strategy<Value = Rows> {
    let cell = prop_oneof![2 => Just(0), 1 => 0..=3u64, 3 => 0..=count];
    (2..=largest).prop_flat_map(move |size| {
        prop::collection::vec(prop::collection::vec(cell.clone(), size), size)
    })
}

fn read(rows: &Rows) -> ContingencyTable {
    ContingencyTable::from_rows(rows.clone()).unwrap()
}

fn transposed(rows: &Rows) -> Rows {
    (0..rows.len()).map(|j| rows.iter().map(|row| row[j]).collect()).collect()
}

fn scores(rows: &Rows) -> Vec<f64> {
    (0..rows.len()).map(|level| level as f64).collect()
}

fn chance_corrected(table: &ContingencyTable) -> Vec<Measure> {
    let weighted = [cohen_kappa, scott_pi, gwet_ac2, brennan_prediger_weighted]
        .map(|coefficient| KINDS.map(|weights| coefficient(table, weights)));
    let unweighted = [gwet_ac1(table), brennan_prediger(table)];
    weighted.into_iter().flatten().chain(unweighted).collect()
}

#[track_caller]
fn same(a: &Measure, b: &Measure) {
    assert_eq!(a.undefined(), b.undefined());
    assert_eq!(
        (a.estimate().is_some(), a.se().is_some()),
        (b.estimate().is_some(), b.se().is_some())
    );
    for (a, b) in [a.estimate().zip(b.estimate()), a.se().zip(b.se())].into_iter().flatten() {
        close(a, b, 1e-10);
    }
}

/// The mean, variances and covariance of the two raters' level indices, from the counts.
fn moments(rows: &Rows) -> [f64; 5] {
    let cells = || {
        rows.iter().enumerate().flat_map(|(i, row)| {
            row.iter().enumerate().map(move |(j, &count)| (i as f64, j as f64, count as f64))
        })
    };
    let n: f64 = cells().map(|(_, _, count)| count).sum();
    let mean = |value: &dyn Fn(f64, f64) -> f64| {
        cells().map(|(i, j, count)| count * value(i, j)).sum::<f64>() / n
    };
    let (first, second) = (mean(&|i, _| i), mean(&|_, j| j));
    [
        first,
        second,
        mean(&|i, _| (i - first).powi(2)),
        mean(&|_, j| (j - second).powi(2)),
        mean(&|i, j| (i - first) * (j - second)),
    ]
}

/// The standard error from leaving out each item once: one value for each occupied cell.
fn jackknife(rows: &Rows, coefficient: impl Fn(&ContingencyTable) -> Measure) -> f64 {
    let mut values = Vec::new();
    for (i, j) in (0..rows.len()).flat_map(|i| (0..rows.len()).map(move |j| (i, j))) {
        if rows[i][j] > 0 {
            let mut without = rows.clone();
            without[i][j] -= 1;
            values.push((rows[i][j] as f64, coefficient(&read(&without)).estimate().unwrap()));
        }
    }
    let n: f64 = values.iter().map(|(count, _)| count).sum();
    let mean = values.iter().map(|(count, value)| count * value).sum::<f64>() / n;
    let squares: f64 = values.iter().map(|(count, value)| count * (value - mean).powi(2)).sum();
    ((n - 1.0) / n * squares).sqrt()
}

proptest! {
    #[test]
    fn nothing_changes_when_the_raters_change_places(rows in rows(6, 50)) {
        let (table, swapped) = (read(&rows), read(&transposed(&rows)));
        for (a, b) in chance_corrected(&table).iter().zip(&chance_corrected(&swapped)) {
            same(a, b);
        }
        same(&exact_agreement(&table), &exact_agreement(&swapped));
        same(&within_agreement(&table, 1), &within_agreement(&swapped, 1));
    }

    #[test]
    fn the_mean_difference_changes_sign_when_the_raters_change_places(rows in rows(6, 50)) {
        let difference = mean_difference(&read(&rows), &scores(&rows));
        let swapped = mean_difference(&read(&transposed(&rows)), &scores(&rows));
        prop_assert_eq!(difference.undefined(), swapped.undefined());
        if let Some((a, b)) = difference.estimate().zip(swapped.estimate()) {
            close(a, -b, 1e-12);
        }
        if let Some((a, b)) = difference.interval().zip(swapped.interval()) {
            close(a.lo, -b.hi, 1e-12);
        }
    }

    #[test]
    fn unweighted_coefficients_ignore_the_order_of_levels(
        (rows, order) in rows(6, 50).prop_flat_map(|rows| {
            let order: Vec<usize> = (0..rows.len()).collect();
            (Just(rows), Just(order).prop_shuffle())
        }),
    ) {
        let relabelled: Rows = order.iter().map(|&i| order.iter().map(|&j| rows[i][j]).collect()).collect();
        let (table, relabelled) = (read(&rows), read(&relabelled));
        same(&cohen_kappa(&table, Weights::Identity), &cohen_kappa(&relabelled, Weights::Identity));
        same(&scott_pi(&table, Weights::Identity), &scott_pi(&relabelled, Weights::Identity));
        same(&gwet_ac1(&table), &gwet_ac1(&relabelled));
        same(&brennan_prediger(&table), &brennan_prediger(&relabelled));
    }

    #[test]
    fn more_of_the_same_changes_the_standard_error_only(rows in rows(6, 50), factor in 2u64..1000) {
        let scaled: Rows = rows.iter().map(|row| row.iter().map(|count| count * factor).collect()).collect();
        for (a, b) in chance_corrected(&read(&rows)).iter().zip(&chance_corrected(&read(&scaled))) {
            prop_assert_eq!(a.estimate().is_some(), b.estimate().is_some());
            if let Some((a, b)) = a.estimate().zip(b.estimate()) {
                close(a, b, 1e-12);
            }
            if let Some((a, b)) = a.se().zip(b.se()) {
                close(a, b * (factor as f64).sqrt(), 1e-10);
            }
        }
    }

    #[test]
    fn complete_agreement_is_one(counts in prop::collection::vec(1u64..50, 2..=11)) {
        let size = counts.len();
        let diagonal = |i: usize| (0..size).map(|j| if i == j { counts[i] } else { 0 }).collect();
        let table = read(&(0..size).map(diagonal).collect());
        for measure in chance_corrected(&table) {
            prop_assert_eq!((measure.estimate(), measure.se()), (Some(1.0), Some(0.0)));
            prop_assert_eq!(measure.interval(), None);
        }
        prop_assert_eq!(exact_agreement(&table).estimate(), Some(1.0));
    }

    #[test]
    fn any_table_gives_finite_numbers_in_range(rows in rows(11, 1_000_000_000_000)) {
        let table = read(&rows);
        let largest = (rows.len() - 1) as f64;
        let proportions = [exact_agreement(&table), within_agreement(&table, 1)];
        let difference = mean_difference(&table, &scores(&rows));
        let ranges = chance_corrected(&table).into_iter().map(|measure| (measure, LEAST, 1.0))
            .chain(proportions.clone().map(|measure| (measure, 0.0, 1.0)))
            .chain([(difference, -largest, largest)]);
        for (measure, least, most) in ranges {
            let Some(estimate) = measure.estimate() else { continue };
            prop_assert!((least - 1e-12..=most + 1e-12).contains(&estimate), "{measure:?}");
            prop_assert!(measure.se().is_none_or(|se| se.is_finite() && se >= 0.0), "{measure:?}");
            if let Some(interval) = measure.interval() {
                prop_assert!(interval.lo.is_finite() && interval.hi.is_finite(), "{measure:?}");
                prop_assert!(interval.lo <= estimate && estimate <= interval.hi + 1e-15, "{measure:?}");
            }
        }
        for measure in proportions {
            let interval = measure.interval();
            prop_assert!(interval.is_none_or(|i| 0.0 <= i.lo && i.lo < i.hi && i.hi <= 1.0), "{measure:?}");
        }
    }

    /// J. L. Fleiss and J. Cohen (1973): quadratic kappa is Lin's concordance of the level indices.
    #[test]
    fn quadratic_kappa_is_lins_concordance(rows in rows(8, 50)) {
        let kappa = cohen_kappa(&read(&rows), Weights::Quadratic).estimate();
        prop_assume!(kappa.is_some());
        let [first, second, first_variance, second_variance, covariance] = moments(&rows);
        let concordance =
            2.0 * covariance / (first_variance + second_variance + (first - second).powi(2));
        close(kappa.unwrap(), concordance, 1e-10);
    }

    #[test]
    fn kappa_ignores_the_unit_of_the_weights(rows in rows(6, 50), slope in 0.2f64..1.0) {
        let table = read(&rows);
        let weight = |i: usize, j: usize| {
            if i == j { 1.0 } else { 1.0 - slope * (1.0 - Weights::Linear.agreement(i, j, rows.len())) }
        };
        let custom: Vec<Vec<f64>> =
            (0..rows.len()).map(|i| (0..rows.len()).map(|j| weight(i, j)).collect()).collect();
        let custom = WeightMatrix::from_rows(&custom).unwrap();
        for coefficient in [cohen_kappa, scott_pi, brennan_prediger_weighted] {
            same(&coefficient(&table, Weights::Linear), &coefficient(&table, Weights::Custom(&custom)));
        }
    }

    /// No cell is rare here, so the linearisation and the jackknife agree to about 1/n.
    #[test]
    fn standard_errors_agree_with_the_jackknife_at_large_n(
        rows in (2usize..=4).prop_flat_map(|size| {
            prop::collection::vec(prop::collection::vec(2_000u64..20_000, size), size)
        }),
    ) {
        let table = read(&rows);
        let coefficients: [fn(&ContingencyTable) -> Measure; 9] = [
            |table| cohen_kappa(table, Weights::Identity),
            |table| cohen_kappa(table, Weights::Linear),
            |table| cohen_kappa(table, Weights::Quadratic),
            |table| scott_pi(table, Weights::Identity),
            |table| scott_pi(table, Weights::GwetOrdinal),
            gwet_ac1,
            |table| gwet_ac2(table, Weights::Quadratic),
            brennan_prediger,
            |table| brennan_prediger_weighted(table, Weights::Linear),
        ];
        for coefficient in coefficients {
            let se = coefficient(&table).se().unwrap();
            close(jackknife(&rows, coefficient) / se, 1.0, 1e-3);
        }
    }
}

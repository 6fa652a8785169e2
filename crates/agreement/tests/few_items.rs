//! The interval of a coefficient of few items.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use agreement::{Method, Undefined, Weights, cohen_kappa, few_items_interval};
use common::{close, table};

fn interval<const K: usize>(
    rows: [[u64; K]; K],
    weights: Weights<'_>,
) -> Result<(f64, f64, Method), Undefined> {
    let found = few_items_interval(&table(rows), |table| cohen_kappa(table, weights))?;
    assert_eq!(found.level, 0.95);
    Ok((found.lo, found.hi, found.method))
}

/// Leaving out each item in turn, one by one, in numpy 2.4.6; quantiles by scipy 1.17.1.
#[test]
fn bounds_are_those_of_leaving_out_each_item_on_fishers_scale() {
    let rows = [[5, 2, 0], [1, 4, 1], [0, 1, 3]];
    for (weights, lo, hi) in [
        (Weights::Quadratic, 0.379_530_957_543_347_5, 0.915_915_715_146_139_7),
        (Weights::Identity, 0.050_433_064_821_569_33, 0.829_660_300_862_931_2),
    ] {
        let (found_lo, found_hi, method) = interval(rows, weights).unwrap();
        close(found_lo, lo, 1e-12);
        close(found_hi, hi, 1e-12);
        assert_eq!(method, Method::FisherZ);
    }
}

/// Without the one disagreement kappa is 1, for which Fisher's scale has no place; the same sources.
#[test]
fn one_disagreement_is_left_out_on_the_coefficients_own_scale() {
    let (lo, hi, method) = interval([[5, 1], [0, 4]], Weights::Identity).unwrap();
    close(lo, 0.341_483_471_930_895_4, 1e-12);
    close(hi, 1.258_516_528_069_104_6, 1e-12);
    assert_eq!(method, Method::StudentT);
}

#[test]
fn where_no_item_changes_the_coefficient_there_is_none() {
    for (rows, reason) in [
        ([[5, 0], [0, 4]], Undefined::NoVariation),
        ([[5, 0], [4, 0]], Undefined::NoVariation),
        ([[5, 0], [0, 1]], Undefined::Jackknife),
        ([[0, 0], [0, 0]], Undefined::NoSharedItems),
    ] {
        assert_eq!(interval(rows, Weights::Identity), Err(reason), "{rows:?}");
    }
}

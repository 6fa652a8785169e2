//! What must hold for the hypothesis tests of any table.

use crate::support::close;
use agreement::{
    Alternative, ContingencyTable, McNemar, Test, Weights, bhapkar, bowker, kappa_equality,
    kappa_zero, mcnemar, stuart_maxwell,
};
use proptest::prelude::*;

const KINDS: [Weights; 3] = [Weights::Identity, Weights::Linear, Weights::Quadratic];
const FORMS: [McNemar; 4] =
    [McNemar::ChiSquared, McNemar::ContinuityCorrected, McNemar::Exact, McNemar::MidP];

type Rows = Vec<Vec<u64>>;

/// Rows of 2 to `largest` levels; many cells empty or nearly so.
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

/// Every test of one table that does not depend on which rater is first.
fn symmetric(table: &ContingencyTable) -> Vec<Test> {
    let mut tests = vec![bowker(table), stuart_maxwell(table), bhapkar(table)];
    for weights in KINDS {
        tests.push(kappa_zero(table, weights, Alternative::Greater));
        tests.push(kappa_equality(&[table.clone(), table.clone()], weights));
    }
    for cut in 1..table.size() {
        tests.extend(FORMS.map(|form| mcnemar(table, cut, form)));
    }
    tests
}

#[track_caller]
fn same(a: &Test, b: &Test) {
    assert_eq!((a.undefined(), a.df()), (b.undefined(), b.df()));
    let values = [a.statistic().zip(b.statistic()), a.p().zip(b.p())];
    for (a, b) in values.into_iter().flatten() {
        close(a, b, 1e-9 * a.abs().max(1.0));
    }
}

proptest! {
    #[test]
    fn nothing_changes_when_the_raters_change_places(rows in rows(6, 50)) {
        let (there, back) = (symmetric(&read(&rows)), symmetric(&read(&transposed(&rows))));
        for (a, b) in there.iter().zip(&back) {
            same(a, b);
        }
    }

    #[test]
    fn tests_of_the_margins_ignore_the_order_of_levels(
        (rows, order) in rows(6, 50).prop_flat_map(|rows| {
            let order: Vec<usize> = (0..rows.len()).collect();
            (Just(rows), Just(order).prop_shuffle())
        }),
    ) {
        let relabelled: Rows =
            order.iter().map(|&i| order.iter().map(|&j| rows[i][j]).collect()).collect();
        let (table, relabelled) = (read(&rows), read(&relabelled));
        for test in [bowker, stuart_maxwell, bhapkar] {
            same(&test(&table), &test(&relabelled));
        }
    }

    #[test]
    fn on_two_levels_all_are_mcnemar(rows in rows(2, 50)) {
        let table = read(&rows);
        let chi_squared = mcnemar(&table, 1, McNemar::ChiSquared);
        same(&chi_squared, &stuart_maxwell(&table));
        if chi_squared.undefined().is_none() {
            same(&chi_squared, &bowker(&table));
        }
    }

    /// X / (1 − X/N) is at least X.
    #[test]
    fn bhapkar_exceeds_stuart_maxwell(rows in rows(6, 50)) {
        let table = read(&rows);
        let pair = bhapkar(&table).statistic().zip(stuart_maxwell(&table).statistic());
        prop_assume!(pair.is_some());
        let (bhapkar, stuart_maxwell) = pair.unwrap();
        prop_assert!(bhapkar >= stuart_maxwell - 1e-9);
    }

    #[test]
    fn mcnemar_is_the_sum_of_its_binomial_terms(first in 0u64..30, second in 0u64..30) {
        let table = read(&vec![vec![1, first], vec![second, 1]]);
        let n = first + second;
        let fewer = first.min(second);
        let mut term = 0.5_f64.powi(n as i32);
        let mut tail = term;
        for k in 0..fewer {
            term *= (n - k) as f64 / (k + 1) as f64;
            tail += term;
        }
        let exact = mcnemar(&table, 1, McNemar::Exact).p().unwrap();
        close(exact, (2.0 * tail).min(1.0), 1e-13);
        let mid = mcnemar(&table, 1, McNemar::MidP).p().unwrap();
        close(mid, (2.0 * tail - term).min(1.0), 1e-13);
        prop_assert!(mid <= exact);
    }

    #[test]
    fn any_table_gives_finite_numbers_in_range(rows in rows(11, 1_000_000_000_000)) {
        for test in symmetric(&read(&rows)) {
            if test.undefined().is_some() {
                continue;
            }
            prop_assert!(test.p().is_some_and(|p| (0.0..=1.0).contains(&p)), "{test:?}");
            prop_assert!(test.statistic().is_some_and(f64::is_finite), "{test:?}");
            prop_assert!(test.df().is_none_or(|df| df >= 0.0), "{test:?}");
        }
    }
}

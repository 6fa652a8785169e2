//! Spearman's correlation: published values, enumeration, draws and degenerate inputs.

use crate::support::close;
use agreement::{
    Alternative, CorrelationDistribution, MonteCarlo, Rational, Test, Untestable, spearman,
};
use proptest::prelude::*;
use serde_json::json;

use Alternative::{Greater, Less, TwoSided, TwoSidedDoubled};

const DRAWN: CorrelationDistribution =
    CorrelationDistribution::Permutation(MonteCarlo { seed: 7, replicates: 20_000 });

fn rows(first: &[i32], second: &[i32]) -> Vec<(f64, f64, u64)> {
    first.iter().zip(second).map(|(a, b)| (f64::from(*a), f64::from(*b), 1)).collect()
}

/// Lightness and panel score of canned tuna, ρ = .6, exact p = .0484 one-sided: M. Hollander and
/// D. A. Wolfe (1973), *Nonparametric Statistical Methods*, Wiley, p. 187; as printed by R 4.2.2,
/// cor.test(method = "spearman", alternative = "greater").
#[test]
fn published_pairs() {
    let tuna =
        rows(&[444, 459, 419, 533, 447, 441, 507, 452, 601], &[26, 31, 25, 50, 36, 40, 52, 28, 38]);
    let test = spearman(&tuna, DRAWN, Greater);
    close(test.statistic().unwrap(), 0.6, 1e-15);
    close(test.p().unwrap(), 0.0484, 5e-5);
    assert_eq!(
        serde_json::to_value(&test).unwrap()["convention"],
        json!(["exact-conditional", "greater"])
    );
}

/// By scipy 1.17.1, spearmanr(); the second with ties.
#[test]
fn t_approximation() {
    let untied =
        rows(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], &[3, 1, 0, 2, 5, 4, 8, 6, 7, 11, 9, 10]);
    let tied = rows(&[0, 0, 1, 1, 2, 2, 3, 3], &[0, 1, 0, 2, 1, 3, 2, 3]);
    for (pairs, rho, df, p) in [
        (untied, 0.9020979020979022, 10.0, 5.9978574465376914e-5),
        (tied, 0.7, 6.0, 0.05322374999999995),
    ] {
        let test = spearman(&pairs, CorrelationDistribution::StudentT, TwoSided);
        close(test.statistic().unwrap(), rho, 1e-14);
        assert_eq!(test.df(), Some(df));
        close(test.p().unwrap(), p, 1e-13);
    }
}

/// By mpmath 1.3, incomplete beta function: beyond 1,000 degrees of freedom a series takes over.
#[test]
fn t_tails_are_right_for_any_number_of_items() {
    // ρ is 0.1 exactly: 11 pairs agree for every 9 that do not.
    for (items, p) in [
        (40, 0.2696266901272352),
        (1000, 0.0007720580537005471),
        (1040, 0.000620854563836717),
        (10000, 5.985252118260277e-24),
        (100000, 7.321146768957126e-221),
    ] {
        let (same, other) = (items / 40 * 11, items / 40 * 9);
        let pairs = [(0.0, 0.0, same), (1.0, 1.0, same), (0.0, 1.0, other), (1.0, 0.0, other)];
        let test = spearman(&pairs, CorrelationDistribution::StudentT, Greater);
        close(test.statistic().unwrap(), 0.1, 1e-14);
        close(test.p().unwrap() / p, 1.0, 1e-10);
    }
}

#[test]
fn draws_are_reproducible_and_recorded() {
    let pairs: Vec<(f64, f64, u64)> =
        (0..30).map(|i| (f64::from(i), f64::from(i * 7 % 30 + i), 1)).collect();
    let test = |seed| {
        let drawn = CorrelationDistribution::Permutation(MonteCarlo { seed, replicates: 999 });
        spearman(&pairs, drawn, TwoSided)
    };
    assert_eq!(test(3), test(3));
    assert_eq!(
        serde_json::to_value(test(3)).unwrap()["monte_carlo"],
        json!({ "seed": 3, "replicates": 999 })
    );
    // (b + 1)/(B + 1) is a multiple of 1/1000 and never 0.
    let p = test(3).p().unwrap() * 1000.0;
    close(p, p.round(), 1e-9);
    assert!(p >= 0.5, "{p}");
    // Within four standard errors of the t approximation, which is good here.
    let approximate = spearman(&pairs, CorrelationDistribution::StudentT, TwoSided).p().unwrap();
    let error = (approximate * (1.0 - approximate) / 999.0).sqrt();
    close(p / 1000.0, approximate, 4.0 * error + 0.005);
}

#[test]
fn what_cannot_be_ranked_is_undefined() {
    let reason = |pairs: &[(f64, f64, u64)], distribution| {
        spearman(pairs, distribution, TwoSided).undefined()
    };
    for distribution in [DRAWN, CorrelationDistribution::StudentT] {
        let constant = rows(&[1, 1, 1, 1], &[1, 2, 3, 4]);
        assert_eq!(reason(&constant, distribution), Some(Untestable::ConstantValues.into()));
        let two = rows(&[1, 2], &[1, 2]);
        assert_eq!(reason(&two, distribution), Some(Untestable::FewerThanThreeItems.into()));
        assert_eq!(reason(&[], distribution), Some(Untestable::EmptySample.into()));
        let infinite = [(1.0, f64::INFINITY, 5)];
        assert_eq!(reason(&infinite, distribution), Some(Untestable::ValueRange.into()));
    }
    let perfect = rows(&[1, 2, 3, 4, 5], &[2, 4, 6, 8, 10]);
    let t = reason(&perfect, CorrelationDistribution::StudentT);
    assert_eq!(t, Some(Untestable::PerfectCorrelation.into()));
    close(spearman(&perfect, DRAWN, Greater).p().unwrap(), 1.0 / 120.0, 1e-15);

    let none = CorrelationDistribution::Permutation(MonteCarlo { seed: 1, replicates: 0 });
    let many = [(1.0, 2.0, 1_000_000_000_000), (2.0, 1.0, 1_000_000_000_000)];
    assert_eq!(reason(&many, none), Some(Untestable::NoReplicates.into()));
    assert_eq!(reason(&many, DRAWN), Some(Untestable::TooManyItems.into()));
}

/// Twice the midranks less their mean, by comparison of all pairs.
fn doubled_ranks(values: &[i32]) -> Vec<i64> {
    let rank = |value: &i32| values.iter().map(|other| value.cmp(other) as i64).sum();
    values.iter().map(rank).collect()
}

/// ρ from its definition.
fn rho(first: &[i32], second: &[i32]) -> f64 {
    let (a, b) = (doubled_ranks(first), doubled_ranks(second));
    let sum = |a: &[i64], b: &[i64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<i64>() as f64;
    sum(&a, &b) / (sum(&a, &a) * sum(&b, &b)).sqrt()
}

fn orders(items: usize) -> Vec<Vec<usize>> {
    if items == 0 {
        return vec![vec![]];
    }
    let insert = |order: Vec<usize>| {
        (0..items).map(move |place| {
            let mut longer = order.clone();
            longer.insert(place, items - 1);
            longer
        })
    };
    orders(items - 1).into_iter().flat_map(insert).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn few_items_are_enumerated(
        pairs in prop::collection::vec((0i32..=4, 0i32..=4), 3..=6),
        denominator in prop::sample::select(vec![1u64, 3, 5, 6, 7]),
    ) {
        let (first, second): (Vec<i32>, Vec<i32>) = pairs.into_iter().unzip();
        let varies = |values: &[i32]| values.iter().any(|value| *value != values[0]);
        prop_assume!(varies(&first) && varies(&second));
        // rho is this sum of products over what no order changes.
        let (ranks, others) = (doubled_ranks(&first), doubled_ranks(&second));
        let product = |order: &[usize]| -> i64 {
            ranks.iter().zip(order).map(|(rank, &place)| rank * others[place]).sum()
        };
        let all: Vec<i64> = orders(first.len()).iter().map(|order| product(order)).collect();
        let observed = product(&(0..first.len()).collect::<Vec<_>>());
        let share = |counts: &dyn Fn(i64) -> bool| {
            all.iter().filter(|sum| counts(**sum)).count() as f64 / all.len() as f64
        };
        let (greater, less) = (share(&|sum| sum >= observed), share(&|sum| sum <= observed));
        let expected = [
            (TwoSided, share(&|sum| sum.abs() >= observed.abs())),
            (TwoSidedDoubled, (2.0 * greater.min(less)).min(1.0)),
            (Greater, greater),
            (Less, less),
        ];
        let part = |value: i32| Rational::quotient(value.into(), denominator).unwrap().to_f64();
        let pairs: Vec<(f64, f64, u64)> =
            first.iter().zip(&second).map(|(a, b)| (part(*a), part(*b), 1)).collect();
        for (alternative, expected) in expected {
            let test = spearman(&pairs, DRAWN, alternative);
            close(test.statistic().unwrap(), rho(&first, &second), 1e-12);
            prop_assert_eq!(test.p(), Some(expected), "{:?}", alternative);
        }
    }

    #[test]
    fn exchanged_values_change_nothing_and_no_count_gives_nan(
        pairs in prop::collection::vec((0i32..=10, 0i32..=10, 0..=1_000_000_000_000u64), 1..=21),
    ) {
        let forth: Vec<_> =
            pairs.iter().map(|&(a, b, count)| (f64::from(a), f64::from(b), count)).collect();
        let back: Vec<_> = forth.iter().map(|&(a, b, count)| (b, a, count)).collect();
        let test = |pairs| -> Test { spearman(pairs, CorrelationDistribution::StudentT, Greater) };
        let (a, b) = (test(&forth), test(&back));
        prop_assert_eq!(a.undefined(), b.undefined());
        if let Some((a, b)) = a.statistic().zip(b.statistic()) {
            close(a, b, 1e-12);
            prop_assert!((-1.0..=1.0).contains(&a));
        }
        prop_assert!(a.p().is_none_or(|p| (0.0..=1.0).contains(&p)), "{a:?}");
    }
}

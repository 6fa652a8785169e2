//! The permutation test that strata share one kappa: enumeration, clusters, its level and what it
//! refuses.

use crate::support::{close, table};
use agreement::{
    ContingencyTable, Draw, EqualKappas, MonteCarlo, Part, Permuted, Undefined, Untestable,
    Weights, equal_kappas,
};

const DRAWN: MonteCarlo = MonteCarlo { seed: 5, replicates: 9_999 };

/// Items of two raters on three levels, each with its cluster and stratum.
fn parts(items: &[(usize, usize, usize, usize)]) -> Vec<Part> {
    let part = |&(cluster, stratum, row, column): &(usize, usize, usize, usize)| {
        let mut table = ContingencyTable::empty(3).unwrap();
        table.record(row, column).unwrap();
        Part { cluster, stratum, table }
    };
    items.iter().map(part).collect()
}

fn test(parts: &[Part]) -> EqualKappas {
    equal_kappas(parts, Weights::Quadratic, DRAWN).unwrap()
}

/// Ten items of their own clusters, five in each stratum.
const ITEMS: [(usize, usize); 10] =
    [(0, 0), (0, 0), (1, 1), (2, 2), (2, 2), (0, 1), (1, 0), (1, 2), (2, 1), (0, 2)];

/// The statistic by its definition: the tables with one item added are given as shares.
fn statistic(strata: [&[(usize, usize)]; 2]) -> f64 {
    let all: Vec<(usize, usize)> = strata.concat();
    let weighed = strata.map(|items| {
        let n = items.len() as f64 + 1.0;
        let mut shares = [[0.0; 3]; 3];
        items.iter().for_each(|&(i, j)| shares[i][j] += 1.0 / n);
        all.iter().for_each(|&(i, j)| shares[i][j] += 1.0 / n / all.len() as f64);
        let agree = |i: usize, j: usize| 1.0 - (i as f64 - j as f64).powi(2) / 4.0;
        let row = |i: usize| (0..3).map(|j| shares[i][j]).sum::<f64>();
        let column = |j: usize| (0..3).map(|i| shares[i][j]).sum::<f64>();
        let sum = |of: &dyn Fn(usize, usize) -> f64| {
            (0..9).map(|cell| of(cell / 3, cell % 3)).sum::<f64>()
        };
        let observed = sum(&|i, j| shares[i][j] * agree(i, j));
        let expected = sum(&|i, j| row(i) * column(j) * agree(i, j));
        let kappa = (observed - expected) / (1.0 - expected);
        // Fleiss, Cohen and Everitt (1969), formula 13.
        let of_row = |i: usize| (0..3).map(|j| column(j) * agree(i, j)).sum::<f64>();
        let of_column = |j: usize| (0..3).map(|i| row(i) * agree(i, j)).sum::<f64>();
        let squares = sum(&|i, j| {
            shares[i][j] * (agree(i, j) - (of_row(i) + of_column(j)) * (1.0 - kappa)).powi(2)
        });
        let variance =
            (squares - (kappa - expected * (1.0 - kappa)).powi(2)) / (n * (1.0 - expected).powi(2));
        (kappa.atanh(), (1.0 - kappa * kappa).powi(2) / variance)
    });
    let total: f64 = weighed.iter().map(|(_, weight)| weight).sum();
    let mean = weighed.iter().map(|(z, weight)| z * weight).sum::<f64>() / total;
    weighed.iter().map(|(z, weight)| weight * (z - mean).powi(2)).sum()
}

/// All 252 ways to share the ten items out between the strata, by the definition.
#[test]
fn draws_approach_the_enumeration() {
    let items: Vec<_> = ITEMS
        .iter()
        .enumerate()
        .map(|(item, &(row, column))| (item, item / 5, row, column))
        .collect();
    let found = test(&parts(&items));
    let observed = statistic([&ITEMS[..5], &ITEMS[5..]]);
    close(found.statistic, observed, 1e-10);
    let mut reached = 0;
    let ways = (0u32..1 << 10).filter(|way| way.count_ones() == 5);
    for way in ways.clone() {
        let (first, second): (Vec<_>, Vec<_>) =
            (0..10).partition(|item: &usize| way >> item & 1 == 1);
        let of = |items: Vec<usize>| items.into_iter().map(|item| ITEMS[item]).collect::<Vec<_>>();
        reached += u32::from(statistic([&of(first), &of(second)]) >= observed - 1e-9);
    }
    let exact = f64::from(reached) / ways.count() as f64;
    // Four standard errors of 9,999 draws.
    close(found.p, exact, 4.0 * (exact * (1.0 - exact) / 9_999.0).sqrt() + 1e-4);
    assert_eq!(found.permuted, Permuted::Items);
}

/// Two clusters of two strata have 4 arrangements, of which exchanging all strata gives the same
/// statistic.
#[test]
fn arrangements_with_the_same_tables_are_tied() {
    let mut items = Vec::new();
    for (item, &(row, column)) in ITEMS.iter().enumerate() {
        items.push((item / 5, item % 2, row, column));
    }
    let found = test(&parts(&items));
    assert_eq!(found.permuted, Permuted::WithinClusters);
    assert!(found.p > 0.48, "at least half of all arrangements are tied: {}", found.p);
}

#[test]
fn clusters_in_one_stratum_are_exchanged_whole() {
    // Each stratum has the same tables, so that nothing lies further apart in any arrangement.
    let cluster = |cluster, stratum| Part {
        cluster,
        stratum,
        table: table([[3, 1, 0], [1, 2, 1], [0, 1, 2]]),
    };
    let found = test(&[cluster(0, 0), cluster(1, 0), cluster(2, 1), cluster(3, 1)]);
    assert_eq!((found.permuted, found.p), (Permuted::Clusters, 1.0));
    close(found.statistic, 0.0, 1e-12);
    // However the caller cut a cluster up.
    let (mut cut, whole) = (parts(&[(7, 0, 0, 0), (7, 0, 1, 2), (8, 1, 2, 2)]), cluster(9, 0));
    cut.push(whole);
    assert_eq!(test(&cut).permuted, Permuted::Clusters);
}

#[test]
fn strata_without_a_kappa_stay_in_and_are_counted() {
    let mut items: Vec<_> = ITEMS
        .iter()
        .enumerate()
        .map(|(item, &(row, column))| (item, item / 5, row, column))
        .collect();
    items.extend((10..13).map(|item| (item, 2, 0, 0)));
    let found = test(&parts(&items));
    assert!(found.p > 0.0 && found.p <= 1.0, "{found:?}");
    // The third stratum draws three of the five items graded 0 by both: 10 of 286, and a little
    // more, since others may be of one grade too.
    let expected = 9_999.0 * 10.0 / 286.0;
    assert!((f64::from(found.without_kappa) - expected).abs() < 120.0, "{found:?}");
}

#[test]
fn the_same_seed_gives_the_same_p() {
    let items: Vec<_> = ITEMS
        .iter()
        .enumerate()
        .map(|(item, &(row, column))| (item, item / 5, row, column))
        .collect();
    let with = |seed| {
        equal_kappas(&parts(&items), Weights::Linear, MonteCarlo { seed, replicates: 999 }).unwrap()
    };
    assert_eq!(with(1), with(1));
    assert_ne!(with(1).p, with(2).p);
    assert_eq!(with(1).monte_carlo, MonteCarlo { seed: 1, replicates: 999 });
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let whole = |stratum, table| Part { cluster: stratum, stratum, table };
    let varied = || table([[3, 1], [1, 3]]);
    let reason = |parts: &[Part]| equal_kappas(parts, Weights::Identity, DRAWN).unwrap_err();
    let few: Undefined = Untestable::FewerThanTwoStrata.into();
    assert_eq!(reason(&[]), few);
    assert_eq!(reason(&[whole(0, varied())]), few);
    assert_eq!(reason(&[whole(0, varied()), whole(1, ContingencyTable::empty(2).unwrap())]), few);
    let large = table([[1, 1, 0], [0, 1, 0], [0, 0, 1]]);
    let differ: Undefined = Untestable::TablesDiffer.into();
    assert_eq!(reason(&[whole(0, varied()), whole(1, large)]), differ);
    let complete = || table([[3, 0], [0, 3]]);
    let agreed = reason(&[whole(0, complete()), whole(1, complete())]);
    assert_eq!(agreed, Undefined::CompleteAgreement);
    let one = || table([[3, 0], [0, 0]]);
    assert_eq!(reason(&[whole(0, one()), whole(1, one())]), Undefined::OneLevel);
    let constant = || table([[3, 0], [2, 0]]);
    assert_eq!(reason(&[whole(0, constant()), whole(1, constant())]), Undefined::ConstantRater);
    let two = [whole(0, varied()), whole(1, varied())];
    let none = MonteCarlo { seed: 1, replicates: 0 };
    let found = equal_kappas(&two, Weights::Identity, none).unwrap_err();
    assert_eq!(found, Untestable::NoReplicates.into());
}

/// A slice of the simulation in examples/equal_kappas.rs: six strata of 15 items of which four in five
/// have the lowest grade. The chi-squared test rejects in about 80 % of such studies. Of 300 studies 15
/// are expected; 4 to 31 has probability .999.
#[test]
fn the_level_holds_where_one_grade_prevails() {
    let mut draw = Draw::new(11, 1);
    let mut rejected = 0;
    for seed in 0..300 {
        let grade = |draw: &mut Draw| match draw.unit() {
            unit if unit < 0.8 => 0,
            unit if unit < 0.9 => 1,
            _ => 2,
        };
        let mut items = Vec::new();
        for item in 0..90 {
            let first = grade(&mut draw);
            let second = if draw.unit() < 0.6 { first } else { grade(&mut draw) };
            items.push((item, item % 6, first, second));
        }
        let monte_carlo = MonteCarlo { seed, replicates: 99 };
        let found = equal_kappas(&parts(&items), Weights::Quadratic, monte_carlo).unwrap();
        rejected += u32::from(found.p <= 0.05);
    }
    assert!((4..=31).contains(&rejected), "{rejected} of 300");
}

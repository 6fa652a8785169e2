//! The difference of two dependent coefficients by joint resampling.

use std::num::NonZeroUsize;

use crate::support::close;
use agreement::{
    ContingencyTable, Draw, JointCounts, Measure, Multinomial, Resampling, TableError, Undefined,
    Weights, bootstrap_difference, bootstrap_difference_clusters, bootstrap_table, cohen_kappa,
    exact_agreement,
};

fn kappa(table: &ContingencyTable) -> Measure {
    cohen_kappa(table, Weights::Linear)
}

/// Items rated (judge, human, human), judge by the first human against human by human.
fn joint(items: &[(usize, usize, usize)]) -> JointCounts {
    let mut joint = JointCounts::empty(3).unwrap();
    for &(a, b, c) in items {
        joint.record(Some((a, b)), Some((b, c))).unwrap();
    }
    joint
}

/// Raters who see the same item alike more often than not.
fn items(n: usize) -> Vec<(usize, usize, usize)> {
    let level = |x: usize| match x % 10 {
        0..5 => 0,
        5..8 => 1,
        _ => 2,
    };
    let (multinomial, mut draw) = (Multinomial::new(&[70, 20, 10]), Draw::new(2, 0));
    let mut shift = || {
        let mut counts = [0; 3];
        multinomial.draw(1, &mut draw, &mut counts, &mut Vec::new());
        counts.iter().position(|&count| count == 1).unwrap()
    };
    (0..n)
        .map(|x| {
            let truth = level(x);
            ((truth + shift()) % 3, (truth + shift()) % 3, (truth + shift()) % 3)
        })
        .collect()
}

/// A proportion's difference over items has the standard error of a paired difference.
#[test]
fn dependence_is_kept() {
    let rated = items(400);
    let found =
        bootstrap_difference(&joint(&rated), exact_agreement, Resampling::new(4_000, 1)).unwrap();
    let each: Vec<f64> = rated
        .iter()
        .map(|&(a, b, c)| f64::from(u8::from(a == b)) - f64::from(u8::from(b == c)))
        .collect();
    let mean = each.iter().sum::<f64>() / 400.0;
    let variance = each.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 400.0;
    close(found.first - found.second, mean, 1e-12);
    close(found.difference.estimate, mean, 1e-12);
    close(found.difference.se.unwrap() / (variance / 400.0).sqrt(), 1.0, 0.05);
    assert!(found.difference.bca.is_ok());
}

#[test]
fn a_coefficient_does_not_differ_from_itself() {
    let mut same = JointCounts::empty(3).unwrap();
    for (a, b, _) in items(90) {
        same.record(Some((a, b)), Some((a, b))).unwrap();
    }
    let found = bootstrap_difference(&same, kappa, Resampling::new(300, 1)).unwrap().difference;
    assert_eq!((found.estimate, found.se), (0.0, Some(0.0)));
    assert_eq!(found.percentile, Err(Undefined::NoVariation));
}

/// Items that are in one table only give independent coefficients: the variances add up.
#[test]
fn items_may_be_missing_from_a_table() {
    let mut apart = JointCounts::empty(3).unwrap();
    for (k, (a, b, c)) in items(600).into_iter().enumerate() {
        let (first, second) = if k % 2 == 0 { (Some((a, b)), None) } else { (None, Some((b, c))) };
        apart.record(first, second).unwrap();
    }
    let resampling = Resampling::new(4_000, 1);
    let found = bootstrap_difference(&apart, kappa, resampling).unwrap().difference;
    let se = |table| bootstrap_table(table, kappa, resampling).unwrap().se.unwrap();
    close(found.se.unwrap() / se(apart.first()).hypot(se(apart.second())), 1.0, 0.05);
    assert_eq!(found.units, 600);
}

#[test]
fn clusters_of_one_item_are_items() {
    let rated = items(150);
    let singles: Vec<JointCounts> = rated.iter().map(|&item| joint(&[item])).collect();
    let resampling = Resampling::new(6_000, 4);
    let items = bootstrap_difference(&joint(&rated), kappa, resampling).unwrap();
    let clusters = bootstrap_difference_clusters(&singles, kappa, resampling).unwrap();
    assert_eq!((clusters.first, clusters.second), (items.first, items.second));
    let (items, clusters) = (items.difference, clusters.difference);
    close(clusters.se.unwrap() / items.se.unwrap(), 1.0, 0.05);
    let threads = resampling.on_threads(NonZeroUsize::new(3).unwrap());
    let together = bootstrap_difference_clusters(&singles, kappa, threads).unwrap();
    assert_eq!(together.difference, clusters);
    let few = Undefined::FewClusters { clusters: 9, needed: 10 };
    assert_eq!(bootstrap_difference_clusters(&singles[..9], kappa, resampling), Err(few));
}

#[test]
fn what_cannot_be_compared() {
    let mut joint = JointCounts::empty(2).unwrap();
    assert_eq!(JointCounts::empty(1), Err(TableError::Levels { found: 1 }));
    let off = joint.record(Some((0, 1)), Some((0, 2)));
    assert_eq!(off, Err(TableError::UnknownLevel { level: 2, size: 2 }));
    assert_eq!((joint.first().n(), joint.second().n()), (0, 0));
    joint.record(Some((0, 1)), None).unwrap();
    let found = bootstrap_difference(&joint, kappa, Resampling::new(100, 1));
    assert_eq!(found, Err(Undefined::NoSharedItems));
}

#[test]
fn json_holds_both_coefficients() {
    let found = bootstrap_difference(&joint(&items(50)), kappa, Resampling::new(100, 1)).unwrap();
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json["first"], found.first);
    assert_eq!(json["difference"]["percentile"]["method"], "bootstrap-percentile");
}

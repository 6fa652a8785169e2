//! The cluster bootstrap of any number of raters: against that of items where they coincide, of two
//! raters, its bytes, and what must hold for any clusters.

use std::num::NonZeroUsize;

use crate::support::{close, fourteen_raters, table};
use agreement::{
    Bootstrap, ContingencyTable, Distance, IccForm, LevelCounts, Measure, RatingMatrix, Resampling,
    Undefined, Weights, agreement_of_all, bootstrap_alpha, bootstrap_alpha_clusters,
    bootstrap_clusters_kappa, bootstrap_ratings, bootstrap_ratings_clusters,
    brennan_prediger_raters, conger_kappa, fleiss_kappa, gwet_ac, icc, kendall_w,
    krippendorff_alpha, light_kappa, pairwise_agreement,
};
use proptest::prelude::*;

fn fleiss(matrix: &RatingMatrix) -> Measure {
    fleiss_kappa(matrix, Weights::Linear)
}

fn ordinal(matrix: &RatingMatrix) -> Measure {
    krippendorff_alpha(matrix, Distance::Ordinal)
}

fn matrix(rows: &[[Option<usize>; 3]]) -> RatingMatrix {
    let mut matrix = RatingMatrix::empty(3, 4).unwrap();
    rows.iter().for_each(|row| matrix.record(row).unwrap());
    matrix
}

/// Sixty clusters of one to four items, with ratings missing.
fn sixty() -> Vec<RatingMatrix> {
    (0..60)
        .map(|k| {
            let item = |i: usize| {
                let third = (k + i) % 5;
                [Some(k % 4), Some((k + i) % 3), (third < 4).then_some(third)]
            };
            matrix(&(0..1 + k % 4).map(item).collect::<Vec<_>>())
        })
        .collect()
}

#[track_caller]
fn alike(a: &Bootstrap, b: &Bootstrap) {
    let se = b.se.unwrap();
    assert_eq!(a.units, b.units);
    close(a.estimate, b.estimate, 1e-12);
    close(a.se.unwrap() / se, 1.0, 0.05);
    for (a, b) in [(&a.percentile, &b.percentile), (&a.bca, &b.bca)] {
        close((a.as_ref().unwrap().lo - b.as_ref().unwrap().lo) / se, 0.0, 0.15);
        close((a.as_ref().unwrap().hi - b.as_ref().unwrap().hi) / se, 0.0, 0.15);
    }
}

fn levels(clusters: &[RatingMatrix]) -> Vec<LevelCounts> {
    clusters.iter().map(LevelCounts::from).collect()
}

/// Clusters of one item are items.
#[test]
fn clusters_of_one_item_are_items() {
    let items = [
        [Some(0), Some(0), None],
        [Some(0), Some(1), Some(0)],
        [Some(1), Some(1), Some(1)],
        [Some(2), None, Some(3)],
        [None, Some(2), Some(2)],
        [Some(3), Some(3), Some(2)],
        [Some(0), Some(2), Some(1)],
    ];
    let rows: Vec<_> = (0..90).map(|k| items[k * k % 17 % 7]).collect();
    let singles: Vec<RatingMatrix> = rows.iter().map(|row| matrix(&[*row])).collect();
    let (pooled, resampling) = (matrix(&rows), Resampling::new(8_000, 2));
    let statistics: [fn(&RatingMatrix) -> Measure; 3] = [fleiss, ordinal, kendall_w];
    for statistic in statistics {
        let by_item = bootstrap_ratings(&pooled, statistic, resampling).unwrap();
        alike(&bootstrap_ratings_clusters(&singles, statistic, resampling).unwrap(), &by_item);
    }
    let by_item =
        bootstrap_alpha(&LevelCounts::from(&pooled), Distance::Ordinal, resampling).unwrap();
    let found = bootstrap_alpha_clusters(&levels(&singles), Distance::Ordinal, resampling).unwrap();
    alike(&found, &by_item);
}

/// Ten equal items in each of forty clusters carry as much as forty items.
#[test]
fn equal_items_in_a_cluster_count_once() {
    let item = |k: usize| [Some(k % 4), Some(k % 3), Some(k % 2)];
    let once = matrix(&(0..40).map(item).collect::<Vec<_>>());
    let ten: Vec<RatingMatrix> = (0..40).map(|k| matrix(&[item(k); 10])).collect();
    let resampling = Resampling::new(6_000, 4);
    let found = bootstrap_ratings_clusters(&ten, fleiss, resampling).unwrap();
    alike(&found, &bootstrap_ratings(&once, fleiss, resampling).unwrap());
}

#[test]
fn the_fast_forms_say_the_same() {
    let resampling = Resampling::new(8_000, 5);
    let general = bootstrap_ratings_clusters(&sixty(), ordinal, resampling).unwrap();
    let fast = bootstrap_alpha_clusters(&levels(&sixty()), Distance::Ordinal, resampling).unwrap();
    alike(&fast, &general);

    let tables: Vec<ContingencyTable> = (0..60u64)
        .map(|k| table([[20 + k % 7, k % 3, 0], [k % 5, 9, k % 2], [0, k % 4, 1 + k % 11]]))
        .collect();
    let matrices: Vec<_> = tables.iter().map(RatingMatrix::from_table).collect();
    let conger = |matrix: &RatingMatrix| conger_kappa(matrix, Weights::Quadratic);
    let general = bootstrap_ratings_clusters(&matrices, conger, resampling).unwrap();
    alike(&general, &bootstrap_clusters_kappa(&tables, Weights::Quadratic, resampling).unwrap());
}

#[test]
fn bytes_depend_on_the_seed_alone() {
    let resampling = Resampling::new(500, 8);
    let together = resampling.on_threads(NonZeroUsize::new(5).unwrap());
    let mut reversed = sixty();
    reversed.reverse();
    let alone = bootstrap_ratings_clusters(&sixty(), fleiss, resampling).unwrap();
    assert_eq!(bootstrap_ratings_clusters(&sixty(), fleiss, together).unwrap(), alone);
    let found = bootstrap_ratings_clusters(&reversed, fleiss, resampling).unwrap();
    assert_eq!(found.percentile, alone.percentile);
    let of = |clusters: &[RatingMatrix], how| {
        bootstrap_alpha_clusters(&levels(clusters), Distance::Ordinal, how).unwrap()
    };
    assert_eq!(of(&sixty(), together), of(&sixty(), resampling));
    assert_eq!(of(&reversed, resampling).percentile, of(&sixty(), resampling).percentile);
}

#[test]
fn clusters_that_cannot_be_resampled() {
    let resampling = Resampling::new(100, 1);
    let of = |clusters: &[RatingMatrix]| bootstrap_ratings_clusters(clusters, fleiss, resampling);
    let alpha = |clusters: &[RatingMatrix]| {
        bootstrap_alpha_clusters(&levels(clusters), Distance::Nominal, resampling)
    };
    let few = Err(Undefined::FewClusters { clusters: 9, needed: 10 });
    assert_eq!((of(&sixty()[..9]), alpha(&sixty()[..9])), (few.clone(), few.clone()));
    // A cluster in which nobody rated is none.
    let mut nine = sixty()[..9].to_vec();
    nine.extend([matrix(&[]), matrix(&[[None; 3]])]);
    assert_eq!((of(&nine), alpha(&nine)), (few.clone(), few));
    let none = Err(Undefined::NoPairableItems);
    for empty in [vec![], vec![matrix(&[]); 12]] {
        assert_eq!((of(&empty), alpha(&empty)), (none.clone(), none.clone()));
    }
    let mut mixed = sixty();
    mixed[30] = fourteen_raters();
    let mixed_up = Err(Undefined::ClusterLevels);
    assert_eq!((of(&mixed), alpha(&mixed)), (mixed_up.clone(), mixed_up.clone()));
    let mut huge = matrix(&[[Some(1); 3]]);
    huge.record_many(&[Some(0), Some(1), Some(2)], 1 << 60).unwrap();
    assert!(of(&vec![huge.clone(); 12]).is_ok());
    assert_eq!(of(&vec![huge; 40]), mixed_up);
}

/// Every statistic, for clusters of items with any ratings missing.
fn all(clusters: &[RatingMatrix], resampling: Resampling) -> Vec<Result<Bootstrap, Undefined>> {
    const SCORES: [f64; 3] = [0.0, 1.0, 2.0];
    type Statistic = fn(&RatingMatrix) -> Measure;
    let statistics: [Statistic; 11] = [
        |matrix| fleiss_kappa(matrix, Weights::Identity),
        |matrix| conger_kappa(matrix, Weights::Linear),
        |matrix| light_kappa(matrix, Weights::Quadratic),
        |matrix| gwet_ac(matrix, Weights::GwetOrdinal),
        |matrix| brennan_prediger_raters(matrix, Weights::Linear),
        |matrix| pairwise_agreement(matrix, Weights::Identity),
        |matrix| agreement_of_all(matrix, 1),
        |matrix| krippendorff_alpha(matrix, Distance::Ordinal),
        |matrix| icc(matrix, IccForm::OneWay, &SCORES),
        |matrix| icc(matrix, IccForm::TwoWayRandomMean, &SCORES),
        kendall_w,
    ];
    let mut pooled = RatingMatrix::empty(3, 3).unwrap();
    for row in clusters.iter().flat_map(RatingMatrix::rows) {
        pooled.record_many(&row.ratings().collect::<Vec<_>>(), row.count()).unwrap();
    }
    let both = |statistic: Statistic| {
        [
            bootstrap_ratings_clusters(clusters, statistic, resampling),
            bootstrap_ratings(&pooled, statistic, resampling),
        ]
    };
    let mut found: Vec<_> = statistics.into_iter().flat_map(both).collect();
    found.push(bootstrap_alpha_clusters(&levels(clusters), Distance::Ordinal, resampling));
    found
}

fn clusters() -> impl Strategy<Value = Vec<RatingMatrix>> {
    let rating = prop_oneof![1 => Just(None), 1 => Just(Some(0)), 2 => (0..3usize).prop_map(Some)];
    let row = (prop::array::uniform3(rating), 0..4u64);
    let cluster = prop::collection::vec(row, 0..4).prop_map(|rows| {
        let mut matrix = RatingMatrix::empty(3, 3).unwrap();
        rows.iter().for_each(|(row, count)| matrix.record_many(row, *count).unwrap());
        matrix
    });
    prop::collection::vec(cluster, 8..16)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn numbers_are_finite_and_bounds_in_order(clusters in clusters()) {
        for found in all(&clusters, Resampling::new(60, 1)).into_iter().flatten() {
            prop_assert!(found.estimate.is_finite());
            prop_assert!(found.se.is_none_or(|se| se.is_finite() && se >= 0.0));
            for interval in [found.percentile, found.basic, found.bca].into_iter().flatten() {
                prop_assert!(interval.lo.is_finite() && interval.hi.is_finite());
                prop_assert!(interval.lo <= interval.hi);
            }
        }
    }
}

//! The cluster bootstrap: against the bootstrap of items where they coincide, its bytes, and when
//! there are too few clusters.

use std::num::NonZeroUsize;

use crate::support::{close, table, winnipeg};
use agreement::{
    ContingencyTable, Resampling, Undefined, Weights, bootstrap_clusters, bootstrap_clusters_kappa,
    bootstrap_kappa, cohen_kappa, exact_agreement,
};

fn kappa(table: &ContingencyTable) -> agreement::Measure {
    cohen_kappa(table, Weights::Linear)
}

/// One cluster for each item of a table.
fn single_items(table: &ContingencyTable) -> Vec<ContingencyTable> {
    let size = table.size();
    let cells = (0..size).flat_map(|i| (0..size).map(move |j| (i, j)));
    cells
        .flat_map(|(i, j)| {
            let mut single = ContingencyTable::empty(size).unwrap();
            single.record(i, j).unwrap();
            vec![single; table.count(i, j).unwrap() as usize]
        })
        .collect()
}

/// Clusters of one item are items: the same kinds in another order.
#[test]
fn clusters_of_one_item_are_items() {
    let resampling = Resampling::new(10_000, 3);
    let items = bootstrap_kappa(&winnipeg(), Weights::Linear, resampling).unwrap();
    let clusters =
        bootstrap_clusters_kappa(&single_items(&winnipeg()), Weights::Linear, resampling).unwrap();
    assert_eq!(clusters.units, 149);
    close(clusters.estimate, items.estimate, 1e-14);
    close(clusters.se.unwrap() / items.se.unwrap(), 1.0, 0.04);
    for (a, b) in [(clusters.percentile, items.percentile), (clusters.bca, items.bca)] {
        close(a.as_ref().unwrap().lo, b.as_ref().unwrap().lo, 0.01);
        close(a.unwrap().hi, b.unwrap().hi, 0.01);
    }
}

/// Forty clusters of ten equal items carry as much as forty items.
#[test]
fn equal_items_in_a_cluster_count_once() {
    let clusters: Vec<_> = (0..40)
        .map(|k| if k % 4 == 0 { table([[0, 10], [0, 0]]) } else { table([[10, 0], [0, 0]]) })
        .collect();
    let found = bootstrap_clusters(&clusters, exact_agreement, Resampling::new(4_000, 1)).unwrap();
    close(found.estimate, 0.75, 1e-15);
    close(found.se.unwrap(), (0.75f64 * 0.25 / 40.0).sqrt(), 0.003);
}

fn sixty() -> Vec<ContingencyTable> {
    (0..60u64)
        .map(|k| table([[20 + k % 7, k % 3, 0], [k % 5, 9, k % 2], [0, k % 4, 1 + k % 11]]))
        .collect()
}

#[test]
fn both_forms_agree_on_any_number_of_threads() {
    let resampling = Resampling::new(500, 8);
    let fast = bootstrap_clusters_kappa(&sixty(), Weights::Linear, resampling).unwrap();
    let general = bootstrap_clusters(&sixty(), kappa, resampling).unwrap();
    for (a, b) in [
        (&fast.percentile, &general.percentile),
        (&fast.basic, &general.basic),
        (&fast.bca, &general.bca),
    ] {
        close(a.as_ref().unwrap().lo, b.as_ref().unwrap().lo, 1e-12);
        close(a.as_ref().unwrap().hi, b.as_ref().unwrap().hi, 1e-12);
    }
    let together = resampling.on_threads(NonZeroUsize::new(5).unwrap());
    assert_eq!(bootstrap_clusters_kappa(&sixty(), Weights::Linear, together).unwrap(), fast);
    let mut reversed = sixty();
    reversed.reverse();
    assert_eq!(bootstrap_clusters_kappa(&reversed, Weights::Linear, resampling).unwrap(), fast);
}

#[test]
fn clusters_that_cannot_be_resampled() {
    let resampling = Resampling::new(100, 1);
    let of = |clusters: &[ContingencyTable]| bootstrap_clusters(clusters, kappa, resampling);
    for few in [0, 1, 9] {
        let reason = Undefined::FewClusters { clusters: few, needed: 10 };
        assert_eq!(of(&sixty()[..few]), Err(reason));
    }
    let mut mixed = sixty();
    mixed[30] = table([[1, 0], [0, 1]]);
    assert_eq!(of(&mixed), Err(Undefined::ClusterLevels));
    let empty = vec![ContingencyTable::empty(3).unwrap(); 12];
    assert_eq!(of(&empty), Err(Undefined::NoSharedItems));
    let huge = vec![table([[1_000_000_000_000, 5], [7, 1_000_000_000_000]]); 5_000];
    assert!(of(&huge).is_ok());
}

//! Statistics of sums over clusters.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use agreement::{Measure, Method, Resampling, Undefined, measure_clusters};

fn mean(sums: &[f64]) -> Option<f64> {
    (sums[1] > 0.0).then(|| sums[0] / sums[1])
}

fn measured(clusters: &[(f64, f64)]) -> Measure {
    let rows: Vec<Vec<f64>> = clusters.iter().map(|&(sum, n)| vec![sum, n]).collect();
    measure_clusters(&rows, mean, Resampling::new(2_000, 1))
}

/// Student's t quantile at 0.975 with 3 degrees of freedom is 3.182446.
#[test]
fn few_clusters_of_equal_weight_give_the_t_interval_of_their_values() {
    let measure = measured(&[(1.0, 1.0), (2.0, 1.0), (4.0, 1.0), (5.0, 1.0)]);
    let se = (10.0_f64 / 3.0 / 4.0).sqrt();
    assert_eq!(measure.estimate(), Some(3.0));
    assert!((measure.se().unwrap() - se).abs() < 1e-12, "{measure:?}");
    let interval = measure.interval().unwrap();
    assert_eq!(interval.method, Method::StudentT);
    assert!((interval.hi - 3.0 - 3.182_446_305 * se).abs() < 1e-8, "{interval:?}");
}

#[test]
fn many_clusters_are_resampled_whole() {
    let values: Vec<(f64, f64)> = (0..20).map(|at| (5.0 * f64::from(at % 4), 5.0)).collect();
    let measure = measured(&values);
    assert_eq!(measure.estimate(), Some(1.5));
    // The spread of 20 clusters' values, not of their 100 items.
    assert!((measure.se().unwrap() - (1.25_f64 / 20.0).sqrt()).abs() < 0.01, "{measure:?}");
    assert_eq!(measure.interval().unwrap().method, Method::BootstrapBca);
    let shuffled: Vec<(f64, f64)> = values.into_iter().rev().collect();
    assert_eq!(measured(&shuffled), measure, "the order of clusters changes nothing");
}

#[test]
fn amounts_below_zero_are_amounts() {
    let values: Vec<(f64, f64)> = (0..14).map(|at| (f64::from(at % 5), 1.0)).collect();
    for (clusters, shift) in [(4, 2.0), (14, 2.0)] {
        let above = measured(&values[..clusters]);
        let below: Vec<(f64, f64)> =
            values[..clusters].iter().map(|(sum, n)| (sum - shift, *n)).collect();
        let below = measured(&below);
        assert!((above.estimate().unwrap() - shift - below.estimate().unwrap()).abs() < 1e-12);
        assert!((above.se().unwrap() - below.se().unwrap()).abs() < 0.05, "{above:?}, {below:?}");
    }
}

#[test]
fn what_cannot_be_said_is_not_said() {
    assert_eq!(measured(&[]), Measure::Undefined(Undefined::NoItems));
    assert_eq!(measured(&[(0.0, 0.0), (0.0, 0.0)]), Measure::Undefined(Undefined::NoItems));
    let one = measured(&[(3.0, 2.0)]);
    assert_eq!(one.estimate(), Some(1.5));
    assert_eq!(one.undefined(), Some(Undefined::FewClusters { clusters: 1, needed: 2 }));
    for clusters in [4, 14] {
        let same = measured(&vec![(2.0, 2.0); clusters]);
        assert_eq!(
            (same.estimate(), same.undefined()),
            (Some(1.0), Some(Undefined::ClustersAlike))
        );
    }
    assert_eq!(measured(&[(3.0, 2.0), (0.0, 0.0)]).undefined(), Some(Undefined::Jackknife));
}

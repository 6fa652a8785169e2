//! Statistics of sums over clusters.

use agreement::{
    Draw, Measure, Method, Undefined, difference_clusters, gap_clusters, mean_clusters,
    measure_clusters, rate_clusters, rate_step, share_clusters,
};

fn mean(sums: &[f64]) -> Option<f64> {
    (sums[1] > 0.0).then(|| sums[0] / sums[1])
}

fn measured(clusters: &[(f64, f64)]) -> Measure {
    let rows: Vec<Vec<f64>> = clusters.iter().map(|&(sum, n)| vec![sum, n]).collect();
    measure_clusters(&rows, mean)
}

/// Student's t quantile at 0.975 with 3 degrees of freedom is 3.182446.
#[test]
fn clusters_of_equal_weight_give_the_t_interval_of_their_values() {
    let measure = measured(&[(1.0, 1.0), (2.0, 1.0), (4.0, 1.0), (5.0, 1.0)]);
    let se = (10.0_f64 / 3.0 / 4.0).sqrt();
    assert_eq!(measure.estimate(), Some(3.0));
    assert!((measure.se().unwrap() - se).abs() < 1e-12, "{measure:?}");
    let interval = measure.interval().unwrap();
    assert_eq!(interval.method, Method::StudentT);
    assert!((interval.hi - 3.0 - 3.182_446_305 * se).abs() < 1e-8, "{interval:?}");
}

/// Student's t quantile at 0.975 with 19 degrees of freedom is 2.093024.
#[test]
fn many_clusters_have_the_same_interval_as_few() {
    let values: Vec<(f64, f64)> = (0..20).map(|at| (5.0 * f64::from(at % 4), 5.0)).collect();
    let measure = measured(&values);
    assert_eq!(measure.estimate(), Some(1.5));
    // The spread of 20 clusters' values, not of their 100 items.
    let se = (25.0_f64 / 19.0 / 20.0).sqrt();
    assert!((measure.se().unwrap() - se).abs() < 1e-12, "{measure:?}");
    let interval = measure.interval().unwrap();
    assert_eq!(interval.method, Method::StudentT, "no other method from ten clusters on");
    assert!((interval.hi - 1.5 - 2.093_024_054 * se).abs() < 1e-8, "{interval:?}");
}

/// A ratio with unequal sizes, by hand: 7/6, and without each of the three 3/4, 4/5 and 7/3.
#[test]
fn clusters_of_unequal_size_are_left_out_whole() {
    let clusters = [(4.0, 2.0), (3.0, 1.0), (0.0, 3.0)];
    let without = [3.0 / 4.0, 4.0 / 5.0, 7.0 / 3.0];
    let average = without.iter().sum::<f64>() / 3.0;
    let squares: f64 = without.iter().map(|value| (value - average) * (value - average)).sum();
    let measure = measured(&clusters);
    assert!((measure.estimate().unwrap() - 7.0 / 6.0).abs() < 1e-15);
    assert!((measure.se().unwrap() - (2.0 / 3.0 * squares).sqrt()).abs() < 1e-12, "{measure:?}");
}

#[test]
fn amounts_below_zero_are_amounts() {
    let values: Vec<(f64, f64)> = (0..14).map(|at| (f64::from(at % 5), 1.0)).collect();
    for clusters in [4, 14] {
        let above = measured(&values[..clusters]);
        let below: Vec<(f64, f64)> =
            values[..clusters].iter().map(|(sum, n)| (sum - 2.0, *n)).collect();
        let below = measured(&below);
        assert!((above.estimate().unwrap() - 2.0 - below.estimate().unwrap()).abs() < 1e-12);
        assert!((above.se().unwrap() - below.se().unwrap()).abs() < 1e-12, "{above:?}, {below:?}");
    }
}

/// A third of each of three is not quite one: what is left without a cluster must still be nothing.
#[test]
fn nothing_is_left_where_the_only_amounts_are_left_out() {
    let third = 1.0 / 3.0;
    let rows = [(0.1, third), (0.2, third), (0.3, third)].map(|(sum, n)| vec![sum, n, 0.0]);
    let mut rows = rows.to_vec();
    rows.push(vec![0.0, 0.0, 0.7]);
    let of_third = |sums: &[f64]| (sums[2] > 0.0).then(|| sums[0] / sums[2]);
    assert_eq!(measure_clusters(&rows, of_third).undefined(), Some(Undefined::Jackknife));
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

/// Grades 0 to 4 of five responses per cluster that share most of how they vary. `examples/mean_coverage.rs`
/// has the table; 2,000 samples leave a standard error of 0.005, and bounds of four of them.
#[test]
fn nine_and_ten_clusters_cover_as_they_say_and_are_as_wide() {
    let mut draw = Draw::new(20_261_128, 0);
    let widths = [9_usize, 10].map(|clusters| {
        let (mut covered, mut width) = (0, 0.0);
        for _ in 0..2_000 {
            let rows: Vec<Vec<f64>> = (0..clusters)
                .map(|_| {
                    // Mean 2 by symmetry, whatever is shared.
                    let shared = draw.unit();
                    let grade = |own: f64| (5.0 * (0.6 * shared + 0.4 * own)).floor();
                    vec![(0..5).map(|_| grade(draw.unit())).sum(), 5.0]
                })
                .collect();
            let measure = measure_clusters(&rows, mean);
            let interval = measure.interval().unwrap();
            covered += u32::from(interval.lo <= 2.0 && 2.0 <= interval.hi);
            width += (interval.hi - interval.lo) / 2_000.0;
        }
        let share = f64::from(covered) / 2_000.0;
        assert!((0.93..=0.97).contains(&share), "{clusters} clusters covered {share}");
        width
    });
    let shorter = widths[1] / widths[0];
    assert!(shorter > 0.9, "the tenth cluster shortens by what it adds, not by a rule: {shorter}");
}

/// Ten scenarios of one response each, all without a thing: Wilson's for ten trials with t of 9 degrees
/// of freedom, 2.262157.
#[test]
fn a_share_that_no_cluster_has_keeps_a_width() {
    let share = share_clusters(&[[0.0, 1.0]; 10]);
    let interval = share.interval().unwrap();
    let t2 = 2.262_157_163_f64.powi(2);
    assert_eq!((share.estimate(), interval.lo), (Some(0.0), 0.0));
    assert!((interval.hi - t2 / (10.0 + t2)).abs() < 1e-8, "{interval:?}");
    assert_eq!(interval.method, Method::WilsonDesignEffect);
}

/// Four clusters of one grade each on a scale of 0 to 2, by hand: with the pseudo-item 5 items that add
/// up to 5; leaving out 0, 1, 1, 2 moves the mean by 1/4, 0, 0, −1/4; the thirds of it by 1/14, 0, −1/14.
#[test]
fn a_mean_has_the_jackknife_after_adding_every_grade_alike() {
    let mean =
        mean_clusters(&[[0.0, 1.0], [1.0, 1.0], [1.0, 1.0], [2.0, 1.0]], &[0.0, 1.0, 2.0], 1.0);
    let moved = 2.0 / 16.0 + 3.0 * 2.0 / 14.0_f64.powi(2);
    let spread = (4.0 / 5.0 * moved).sqrt();
    let interval = mean.interval().unwrap();
    assert!((interval.hi - (1.0 + 3.182_446_305 * spread).min(2.0)).abs() < 1e-8, "{interval:?}");
    assert!((interval.lo - (1.0 - 3.182_446_305 * spread).max(0.0)).abs() < 1e-8, "{interval:?}");
    assert_eq!(interval.method, Method::AugmentedJackknife);
    assert!(interval.plain.is_some(), "the plain one is beside it");
}

/// Eight clusters, and a design effect of 2: 10 items that add up to 10; leaving out 0 and 2 moves the mean
/// by 1/9, the thirds of the pseudo-item at 0 and 2 by 1/14.
#[test]
fn the_pseudo_item_of_a_mean_grows_by_the_effect_of_weights() {
    let clusters = [0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0].map(|grade| [grade, 1.0]);
    let mean = mean_clusters(&clusters, &[0.0, 1.0, 2.0], 2.0);
    let spread = (8.0 / 9.0 * (2.0 / 81.0 + 3.0 * 2.0 / 14.0_f64.powi(2))).sqrt();
    let lo = mean.interval().unwrap().lo;
    assert!((lo - (1.0 - 2.364_624_252 * spread)).abs() < 1e-8, "{lo}");
}

#[test]
fn nothing_has_no_share_and_no_mean() {
    for measure in [share_clusters(&[]), mean_clusters(&[[0.0, 0.0]], &[0.0, 1.0], 1.0)] {
        assert_eq!(measure.undefined(), Some(Undefined::NoItems));
    }
}

/// Four pairs with a mean gap of .5 and a standard error of √(1/12); t with 3 degrees of freedom is 3.1824463.
#[test]
fn a_gap_allows_for_a_pair_of_which_a_third_is_a_grade_apart() {
    let rows: Vec<Vec<f64>> = [0.0, 0.0, 1.0, 1.0].iter().map(|gap| vec![*gap, 1.0]).collect();
    let ratio = |sums: &[f64]| Some(sums[0] / sums[1]);
    let gap = gap_clusters(&rows, 1.0, ratio);
    let interval = gap.interval().unwrap();
    let reach = 3.182_446_305_284_263 * (1.0_f64 / 12.0 + 1.0 / 48.0).sqrt();
    assert!((interval.hi - 0.5 - reach).abs() < 1e-9, "{interval:?}");
    assert!((gap.se().unwrap() - (1.0_f64 / 12.0).sqrt()).abs() < 1e-12);
    let plain = measure_clusters(&rows, ratio);
    assert_eq!(interval.plain.unwrap().hi, plain.interval().unwrap().hi);
    let equal = gap_clusters(&vec![vec![0.0, 1.0]; 6], 1.0, ratio);
    let hi = equal.interval().unwrap().hi;
    let t5 = 2.570_581_835_636_314;
    assert!((hi - t5 / 108.0_f64.sqrt()).abs() < 1e-9, "pairs that do not differ have one: {hi}");
    assert!(gap_clusters(&rows[..1], 1.0, ratio).interval().is_none());
}

/// Two clusters of two items: the pseudo-item is 1.1 of 4 items.
#[test]
fn a_mean_difference_allows_for_an_item_of_which_a_third_is_a_grade_apart() {
    let difference = difference_clusters(&[[1.0, 2.0], [1.0, 2.0]], 1.0);
    let interval = difference.interval().unwrap();
    let reach = 12.706_204_736_174_7 * (1.1 / 4.0) / 3.0_f64.sqrt();
    assert!((interval.hi - 0.5 - reach).abs() < 1e-6, "{interval:?}");
    assert_eq!(difference.se(), Some(0.0));
}

/// Three pairs with two trials on either side: the pseudo-trial is 1.1 of 6. Student's t quantile at 0.975
/// with 2 degrees of freedom is 4.302653.
#[test]
fn a_difference_of_rates_allows_for_a_trial_of_which_a_third_differ() {
    let trials = [[2.0, 2.0]; 3];
    let step = rate_step(&trials, 1.0);
    assert!((step - 1.1 / 6.0).abs() < 1e-12, "{step}");
    let difference =
        |sums: &[f64]| (sums[1] * sums[3] > 0.0).then(|| sums[0] / sums[1] - sums[2] / sums[3]);
    let alike = vec![vec![1.0, 2.0, 1.0, 2.0]; 3];
    let interval = rate_clusters(&alike, step, difference);
    let (hi, t2) = (interval.interval().unwrap().hi, 4.302_652_729_696_142);
    assert!(
        (hi - t2 * step / 3.0_f64.sqrt()).abs() < 1e-9,
        "rates that do not differ have one: {hi}"
    );
    let rows = vec![vec![2.0, 2.0, 1.0, 2.0], vec![1.0, 2.0, 1.0, 2.0], vec![2.0, 2.0, 0.0, 2.0]];
    let found = rate_clusters(&rows, step, difference);
    let (se, interval) = (found.se().unwrap(), found.interval().unwrap());
    let reach = t2 * (se * se + step * step / 3.0).sqrt();
    assert!((interval.hi - 0.5 - reach).abs() < 1e-9, "{interval:?}");
    assert_eq!(interval.method, Method::AugmentedJackknife);
    let uneven = rate_step(&[[1.0, 3.0]], 2.0);
    let by_hand = 1.1 * 2.0 * (1.0 + 1.0 / 3.0) / 2.0;
    assert!((uneven - by_hand).abs() < 1e-12, "{uneven}");
}

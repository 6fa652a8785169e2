//! A mean corrected for a judge's errors.

use crate::support::close;
use agreement::{
    JudgedLevels, Method, Resampling, Share, Undefined, bootstrap_corrected_mean,
    bootstrap_corrected_mean_clusters, corrected_levels, corrected_mean, rogan_gladen,
};
use proptest::prelude::*;

const SCORES: [f64; 3] = [0.0, 1.0, 2.0];

/// Rows of known items by the rater's level, and of items of interest by the judge's.
fn items<const K: usize>(known: [[u64; K]; K], judged: [u64; K]) -> JudgedLevels {
    let mut items = JudgedLevels::empty(K);
    for (rated, row) in known.iter().enumerate() {
        for (judge, &count) in row.iter().enumerate().filter(|(_, count)| **count > 0) {
            items.record_known(rated, judge, count as f64);
        }
    }
    for (judge, &count) in judged.iter().enumerate() {
        (0..count).for_each(|_| items.record_judged(judge));
    }
    items
}

/// With π = (0.5, 0.3, 0.2) these errors give Mᵀπ = (0.51, 0.29, 0.2) of 100 items.
#[test]
fn the_errors_are_undone() {
    let items = items([[9, 1, 0], [2, 6, 2], [0, 3, 7]], [51, 29, 20]);
    let levels = corrected_levels(&items).unwrap();
    for (found, expected) in levels.shares.iter().zip([0.5, 0.3, 0.2]) {
        close(*found, expected, 1e-12);
    }
    assert!(!levels.cut);
    let mean = corrected_mean(&items, &SCORES);
    close(mean.estimate().unwrap(), 0.7, 1e-12);
    assert_eq!(mean.undefined(), Some(Undefined::NoFormula));
}

#[test]
fn levels_that_no_rater_gave_do_not_occur() {
    let levels = corrected_levels(&items([[8, 2, 0], [0, 0, 0], [0, 3, 7]], [44, 24, 32]));
    let levels = levels.unwrap();
    assert_eq!(levels.shares[1], 0.0);
    close(levels.shares.iter().sum(), 1.0, 1e-12);
    assert!(!levels.cut);
}

#[test]
fn what_cannot_be_undone_is_undefined() {
    let alike = items([[5, 5, 0], [10, 10, 0], [0, 3, 7]], [40, 40, 20]);
    assert_eq!(corrected_levels(&alike), Err(Undefined::IndistinctJudge));
    // The middle row is the mean of the others.
    let mixed = items([[8, 2, 0], [4, 2, 4], [0, 2, 8]], [40, 40, 20]);
    assert_eq!(corrected_levels(&mixed), Err(Undefined::IndistinctJudge));
    assert_eq!(corrected_levels(&items([[0; 3]; 3], [1, 2, 3])), Err(Undefined::NoItems));
    let none = corrected_levels(&items([[1, 0, 0]; 3], [0; 3]));
    assert_eq!(none, Err(Undefined::NoItems));
    let scores = corrected_mean(&items([[9, 1], [1, 9]], [1, 1]), &SCORES).undefined();
    assert_eq!(scores, Some(Undefined::ScoreCount { levels: 2, scores: 3 }));
}

#[test]
fn two_levels_are_rogan_and_gladen() {
    for judged in [0, 3, 9, 10, 40, 75, 90, 100] {
        let found = corrected_levels(&items([[36, 4], [15, 45]], [100 - judged, judged])).unwrap();
        let (specificity, sensitivity) =
            (Share { count: 36.0, of: 40.0 }, Share { count: 45.0, of: 60.0 });
        let share = Share { count: judged as f64, of: 100.0 };
        let expected = rogan_gladen(share, specificity, sensitivity).unwrap();
        close(found.shares[1], expected.measure.estimate().unwrap(), 1e-12);
        assert_eq!(found.cut, !(-1e-12..=1.0 + 1e-12).contains(&expected.uncut), "{judged}");
    }
}

/// The delta method for two levels, from the variances of the three shares.
#[test]
fn the_bootstrap_has_the_standard_error_of_the_formula() {
    let (known, judged) = ([[360, 40], [150, 450]], [600_u64, 400_u64]);
    let mut units = Vec::new();
    for (rated, row) in known.iter().enumerate() {
        for (judge, &count) in row.iter().enumerate() {
            let mut unit = JudgedLevels::empty(2);
            unit.record_known(rated, judge, 1.0);
            units.extend(std::iter::repeat_n(unit, count));
        }
    }
    for (judge, &count) in judged.iter().enumerate() {
        let mut unit = JudgedLevels::empty(2);
        unit.record_judged(judge);
        units.extend(std::iter::repeat_n(unit, count as usize));
    }
    let how = Resampling::new(2_000, 3);
    let found = bootstrap_corrected_mean(&units, &[0.0, 1.0], how).unwrap();
    let (p, q0, q1) = (0.4_f64, 0.9_f64, 0.75_f64);
    let share = (p + q0 - 1.0) / (q0 + q1 - 1.0);
    close(found.estimate, share, 1e-12);
    let variance = p * (1.0 - p) / 1_000.0
        + (1.0 - share).powi(2) * q0 * (1.0 - q0) / 400.0
        + share.powi(2) * q1 * (1.0 - q1) / 600.0;
    close(found.se.unwrap() / (variance.sqrt() / (q0 + q1 - 1.0)), 1.0, 0.05);
    let interval = found.measure(Method::BootstrapBca).interval().cloned().unwrap();
    assert!(interval.lo < share && share < interval.hi);
    // Pairs of alike items are worth one.
    let pairs: Vec<JudgedLevels> = units
        .iter()
        .map(|unit| {
            let mut pair = unit.clone();
            for (rated, judge) in (0..2).flat_map(|rated| (0..2).map(move |judge| (rated, judge))) {
                let mut same = JudgedLevels::empty(2);
                same.record_known(rated, judge, 1.0);
                if *unit == same {
                    pair.record_known(rated, judge, 1.0);
                }
            }
            for judge in 0..2 {
                let mut same = JudgedLevels::empty(2);
                same.record_judged(judge);
                if *unit == same {
                    pair.record_judged(judge);
                }
            }
            pair
        })
        .collect();
    let clustered = bootstrap_corrected_mean_clusters(&pairs, &[0.0, 1.0], how).unwrap();
    close(clustered.se.unwrap(), found.se.unwrap(), 1e-12);
    let few = bootstrap_corrected_mean_clusters(&pairs[..9], &[0.0, 1.0], how);
    assert_eq!(few, Err(Undefined::FewClusters { clusters: 9, needed: 10 }));
}

proptest! {
    /// No point of a fine grid over the simplex explains the judge's grades better.
    #[test]
    fn the_nearest_shares_are_found(
        known in proptest::array::uniform3(proptest::array::uniform3(0u64..9)),
        judged in proptest::array::uniform3(0u64..30),
    ) {
        let items = items(known, judged);
        let levels = corrected_levels(&items);
        prop_assume!(levels.is_ok());
        let levels = levels.unwrap();
        let total: f64 = judged.iter().sum::<u64>() as f64;
        let sums = known.map(|row| row.iter().sum::<u64>());
        let misfit = |shares: &[f64]| {
            let explained = |b: usize| (0..3)
                .filter(|&a| sums[a] > 0)
                .map(|a| shares[a] * known[a][b] as f64 / sums[a] as f64)
                .sum::<f64>();
            (0..3).map(|b| (explained(b) - judged[b] as f64 / total).powi(2)).sum::<f64>()
        };
        close(levels.shares.iter().sum(), 1.0, 1e-9);
        prop_assert!(levels.shares.iter().all(|share| *share >= 0.0));
        let found = misfit(&levels.shares);
        for i in 0..=40 {
            for j in 0..=40 - i {
                let mut shares = [i, j, 40 - i - j].map(|part| f64::from(part) / 40.0);
                if (0..3).any(|a| sums[a] == 0 && shares[a] > 0.0) { continue }
                shares.iter_mut().for_each(|share| *share = share.max(0.0));
                prop_assert!(found <= misfit(&shares) + 1e-9, "{levels:?}, better: {shares:?}");
            }
        }
    }
}

/// The judge calls half of the harmless harmful, and nothing of what is to be judged.
#[test]
fn a_mean_cut_at_the_end_of_its_range_says_so() {
    let known = |rated, judged| {
        let mut unit = JudgedLevels::empty(2);
        unit.record_known(rated, judged, 1.0);
        unit
    };
    let mut items = Vec::new();
    for _ in 0..20 {
        items.extend([known(0, 0), known(0, 1), known(1, 1), known(1, 1)]);
        let mut other = JudgedLevels::empty(2);
        other.record_judged(0);
        items.push(other);
    }
    let found = bootstrap_corrected_mean(&items, &[0.0, 1.0], Resampling::new(400, 1)).unwrap();
    assert_eq!(found.estimate, 0.0);
    assert_eq!(found.bca, Err(Undefined::CutCorrection));
    assert_eq!(found.percentile, Err(Undefined::CutCorrection));
}

//! Wilcoxon's signed rank test: published values, conventions, and enumeration of all signs.

use crate::support::close;
use agreement::{Alternative, RankDistribution, Test, Untestable, Zeros, wilcoxon};
use proptest::prelude::*;
use serde_json::json;

use Alternative::{Greater, Less, TwoSided, TwoSidedDoubled};
use RankDistribution::{ContinuityCorrected, ExactConditional, Normal};

/// Darwin's 15 pairs of maize plants, crossed less self-fertilised, in eighths of an inch:
/// R. A. Fisher (1935), *The Design of Experiments*, section 17.
const MAIZE: [i32; 15] = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

fn counted(differences: &[i32]) -> Vec<(f64, u64)> {
    differences.iter().map(|&difference| (f64::from(difference), 1)).collect()
}

fn two_sided(differences: &[i32], zeros: Zeros, distribution: RankDistribution) -> Test {
    wilcoxon(&counted(differences), zeros, distribution, TwoSided)
}

/// 1,352 of the 2¹⁵ signs give a sum as far from the middle, without ties or zeros; by scipy 1.17.1,
/// wilcoxon(method="exact") and (method="approx", correction=True).
#[test]
fn published_differences() {
    let exact = two_sided(&MAIZE, Zeros::Dropped, ExactConditional);
    close(exact.statistic().unwrap(), 96.0, 0.0);
    close(exact.p().unwrap(), 0.041259765625, 1e-15);
    let corrected = two_sided(&MAIZE, Zeros::Dropped, ContinuityCorrected);
    close(corrected.p().unwrap(), 0.043772323763041174, 1e-12);
}

#[test]
fn a_result_names_its_conventions() {
    let test = two_sided(&[3, -1, 0, 2], Zeros::Ranked, ContinuityCorrected);
    assert_eq!(
        serde_json::to_value(&test).unwrap(),
        json!({
            "statistic": 7.0,
            "p": test.p().unwrap(),
            "convention": [
                "positive-rank-sum", "zeros-ranked", "normal", "continuity-corrected", "two-sided"
            ],
        })
    );
}

/// W⁺ is at its expectation, and half a step from it.
#[test]
fn the_correction_stops_at_the_expectation() {
    for differences in [&[1, -1][..], &[2][..]] {
        let test = two_sided(differences, Zeros::Dropped, ContinuityCorrected);
        close(test.p().unwrap(), 1.0, 0.0);
    }
}

#[test]
fn what_has_no_sign_is_undefined() {
    for zeros in [Zeros::Dropped, Zeros::Ranked] {
        for distribution in [ExactConditional, Normal, ContinuityCorrected] {
            let reason = |differences: &[(f64, u64)]| {
                wilcoxon(differences, zeros, distribution, TwoSided).undefined()
            };
            assert_eq!(reason(&[(0.0, 6)]), Some(Untestable::NoDifferences.into()));
            assert_eq!(reason(&[]), Some(Untestable::EmptySample.into()));
            assert_eq!(reason(&[(1.0, 0)]), Some(Untestable::EmptySample.into()));
            assert_eq!(reason(&[(f64::NAN, 1)]), Some(Untestable::ValueRange.into()));
        }
    }
}

#[test]
fn a_long_exact_distribution_is_refused() {
    let huge = [(1.0, 1_000_000_000_000), (-2.0, 1_000_000_000_000), (0.0, 5)];
    let reason = |distribution| wilcoxon(&huge, Zeros::Ranked, distribution, TwoSided).undefined();
    assert_eq!(reason(ExactConditional), Some(Untestable::TooManyItems.into()));
    assert_eq!(reason(ContinuityCorrected), None);
}

/// Twice the midranks of the absolute differences, from their definition.
fn doubled_midranks(sizes: &[i32]) -> Vec<i64> {
    let rank = |size: &i32| {
        let below = sizes.iter().filter(|other| *other < size).count() as i64;
        let same = sizes.iter().filter(|other| *other == size).count() as i64;
        2 * below + same + 1
    };
    sizes.iter().map(rank).collect()
}

proptest! {
    #[test]
    fn exact_is_the_enumeration_of_all_signs(
        differences in prop::collection::vec(-4i32..=4, 1..=11), ranked: bool,
    ) {
        let zeros = if ranked { Zeros::Ranked } else { Zeros::Dropped };
        let kept: Vec<i32> =
            differences.iter().copied().filter(|difference| ranked || *difference != 0).collect();
        let sizes: Vec<i32> = kept.iter().map(|difference| difference.abs()).collect();
        let ranks: Vec<(i64, bool)> = doubled_midranks(&sizes)
            .into_iter()
            .zip(&kept)
            .filter(|(_, difference)| **difference != 0)
            .map(|(rank, difference)| (rank, *difference > 0))
            .collect();
        prop_assume!(!ranks.is_empty());
        let observed: i64 = ranks.iter().filter(|(_, up)| *up).map(|(rank, _)| rank).sum();
        let total: i64 = ranks.iter().map(|(rank, _)| rank).sum();
        let sums: Vec<i64> = (0u32..1 << ranks.len())
            .map(|signs| {
                let up = |i: &usize| signs >> i & 1 == 1;
                (0..ranks.len()).filter(up).map(|i| ranks[i].0).sum()
            })
            .collect();
        let share = |counts: &dyn Fn(i64) -> bool| {
            sums.iter().filter(|sum| counts(**sum)).count() as f64 / sums.len() as f64
        };
        let far = (2 * observed - total).abs();
        let expected = [
            (TwoSided, share(&|sum| (2 * sum - total).abs() >= far)),
            (Greater, share(&|sum| sum >= observed)),
            (Less, share(&|sum| sum <= observed)),
        ];
        for (alternative, expected) in expected {
            let test = wilcoxon(&counted(&differences), zeros, ExactConditional, alternative);
            close(test.statistic().unwrap(), observed as f64 / 2.0, 0.0);
            close(test.p().unwrap(), expected, 1e-14);
        }
    }

    #[test]
    fn opposite_signs_exchange_the_tails(
        differences in prop::collection::vec((-4i32..=4, 0u64..8), 1..=9),
    ) {
        let up: Vec<(f64, u64)> =
            differences.iter().map(|&(size, count)| (f64::from(size), count)).collect();
        let down: Vec<(f64, u64)> = up.iter().map(|&(size, count)| (-size, count)).collect();
        for zeros in [Zeros::Dropped, Zeros::Ranked] {
            for distribution in [ExactConditional, Normal, ContinuityCorrected] {
                let p = |differences, alternative| {
                    wilcoxon(differences, zeros, distribution, alternative).p()
                };
                let pairs = [
                    (p(&up, TwoSided), p(&down, TwoSided)),
                    (p(&up, TwoSided), p(&up, TwoSidedDoubled)),
                    (p(&up, Greater), p(&down, Less)),
                ];
                for (a, b) in pairs {
                    prop_assert_eq!(a.is_some(), b.is_some());
                    if let Some((a, b)) = a.zip(b) {
                        prop_assert!((0.0..=1.0).contains(&a));
                        close(a, b, 1e-12);
                    }
                }
            }
        }
    }

    #[test]
    fn counts_and_rows_give_the_same(differences in prop::collection::vec(-3i32..=3, 1..=30)) {
        let rows = counted(&differences);
        let counts: Vec<(f64, u64)> = (-3..=3)
            .map(|size| {
                let same = differences.iter().filter(|difference| **difference == size);
                (f64::from(size), same.count() as u64)
            })
            .collect();
        for distribution in [ExactConditional, Normal, ContinuityCorrected] {
            let test = |items| wilcoxon(items, Zeros::Ranked, distribution, Greater);
            prop_assert_eq!(test(&rows), test(&counts));
        }
    }

    #[test]
    fn no_count_gives_nan(
        differences in prop::collection::vec((-10i32..=10, 0..=1_000_000_000_000u64), 1..=21),
    ) {
        let differences: Vec<(f64, u64)> =
            differences.iter().map(|&(size, count)| (f64::from(size), count)).collect();
        for distribution in [ExactConditional, Normal, ContinuityCorrected] {
            for alternative in [TwoSided, TwoSidedDoubled, Greater, Less] {
                let test = wilcoxon(&differences, Zeros::Ranked, distribution, alternative);
                prop_assert!(test.p().is_none_or(|p| (0.0..=1.0).contains(&p)), "{test:?}");
                prop_assert!(test.statistic().is_none_or(f64::is_finite), "{test:?}");
            }
        }
    }
}

//! The Mann–Whitney test: published values, conventions, and enumeration of all ways to share.

use crate::support::close;
use agreement::{Alternative, RankDistribution, Untestable, mann_whitney};
use proptest::prelude::*;
use serde_json::json;

use Alternative::{Greater, Less, TwoSided, TwoSidedDoubled};
use RankDistribution::{ContinuityCorrected, ExactConditional, Normal};

fn counted(values: &[i32]) -> Vec<(f64, u64)> {
    values.iter().map(|&value| (f64::from(value), 1)).collect()
}

/// Permeability of the placenta at term and at 12 to 26 weeks, in units of 0.01, U = 35: M.
/// Hollander and D. A. Wolfe (1973), *Nonparametric Statistical Methods*, Wiley, section 4.1;
/// p = .1272 as printed by R 4.2.2, example(wilcox.test).
#[test]
fn published_samples() {
    let term = counted(&[80, 83, 189, 104, 145, 138, 191, 164, 73, 146]);
    let weeks = counted(&[115, 88, 90, 74, 121]);
    let test = mann_whitney(&term, &weeks, ExactConditional, Greater);
    close(test.statistic().unwrap(), 35.0, 0.0);
    close(test.p().unwrap(), 0.1272, 5e-5);
}

#[test]
fn a_result_names_its_conventions() {
    let test = mann_whitney(&[(1.0, 2)], &[(0.0, 1), (1.0, 1)], ExactConditional, TwoSidedDoubled);
    assert_eq!(
        serde_json::to_value(&test).unwrap(),
        json!({
            "statistic": 3.0,
            "p": 1.0,
            "convention": ["first-sample-wins", "exact-conditional", "two-sided-doubled"],
        })
    );
}

#[test]
fn equal_values_have_an_exact_answer_only() {
    let (first, second) = ([(2.0, 5)], [(2.0, 6)]);
    let exact = mann_whitney(&first, &second, ExactConditional, TwoSided);
    close(exact.statistic().unwrap(), 15.0, 0.0);
    close(exact.p().unwrap(), 1.0, 1e-14);
    for distribution in [Normal, ContinuityCorrected] {
        let reason = mann_whitney(&first, &second, distribution, TwoSided).undefined();
        assert_eq!(reason, Some(Untestable::AllEqual.into()));
    }
}

#[test]
fn samples_are_checked() {
    let reason = |first: &[(f64, u64)], second: &[(f64, u64)]| {
        mann_whitney(first, second, ExactConditional, TwoSided).undefined()
    };
    assert_eq!(reason(&[], &[(1.0, 1)]), Some(Untestable::EmptySample.into()));
    assert_eq!(reason(&[(1.0, 1)], &[(1.0, 0)]), Some(Untestable::EmptySample.into()));
    assert_eq!(reason(&[(1.0, 1)], &[(f64::NAN, 1)]), Some(Untestable::ValueRange.into()));
    let million = [(1.0, 1_000_000)];
    assert_eq!(reason(&million, &[(2.0, 1_000_000)]), Some(Untestable::TooManyItems.into()));
    // One item among 300 is quick, on either side.
    let many: Vec<(f64, u64)> = (0..300).map(|value| (f64::from(value), 1)).collect();
    assert_eq!(reason(&many, &[(4.5, 1)]), None);
    assert_eq!(reason(&[(4.5, 1)], &many), None);
    // −0 is 0, whatever its bits.
    for (zero, other) in [(0.0, -0.0), (-0.0, 0.0)] {
        let test = mann_whitney(&[(zero, 1)], &[(other, 1)], ExactConditional, TwoSided);
        assert_eq!(test.statistic(), Some(0.5));
    }
}

/// Twice the number of pairs that the first sample wins, from the definition.
fn doubled_wins(first: &[i32], second: &[i32]) -> i64 {
    let pairs = first.iter().flat_map(|a| second.iter().map(move |b| a.cmp(b) as i64 + 1));
    pairs.sum()
}

proptest! {
    #[test]
    fn exact_is_the_enumeration_of_all_ways_to_share(
        first in prop::collection::vec(0i32..=4, 1..=5),
        second in prop::collection::vec(0i32..=4, 1..=5),
    ) {
        let pooled = [first.clone(), second.clone()].concat();
        let observed = doubled_wins(&first, &second);
        let middle = (first.len() * second.len()) as i64;
        let wins: Vec<i64> = (0u32..1 << pooled.len())
            .filter(|chosen| chosen.count_ones() as usize == first.len())
            .map(|chosen| {
                let (mut a, mut b) = (Vec::new(), Vec::new());
                for (i, value) in pooled.iter().enumerate() {
                    if chosen >> i & 1 == 1 { a.push(*value) } else { b.push(*value) }
                }
                doubled_wins(&a, &b)
            })
            .collect();
        let share = |counts: &dyn Fn(i64) -> bool| {
            wins.iter().filter(|wins| counts(**wins)).count() as f64 / wins.len() as f64
        };
        let (greater, less) = (share(&|wins| wins >= observed), share(&|wins| wins <= observed));
        let expected = [
            (TwoSided, share(&|wins| (wins - middle).abs() >= (observed - middle).abs())),
            (TwoSidedDoubled, (2.0 * greater.min(less)).min(1.0)),
            (Greater, greater),
            (Less, less),
        ];
        for (alternative, expected) in expected {
            let test =
                mann_whitney(&counted(&first), &counted(&second), ExactConditional, alternative);
            close(test.statistic().unwrap(), observed as f64 / 2.0, 0.0);
            close(test.p().unwrap(), expected, 1e-13);
        }
    }

    #[test]
    fn exchanged_samples_exchange_the_tails(
        first in prop::collection::vec((0i32..=4, 1u64..=5), 1..=4),
        second in prop::collection::vec((0i32..=4, 1u64..=5), 1..=4),
    ) {
        let sample = |values: &[(i32, u64)]| -> Vec<(f64, u64)> {
            values.iter().map(|&(value, count)| (f64::from(value), count)).collect()
        };
        let (first, second) = (sample(&first), sample(&second));
        for distribution in [ExactConditional, Normal, ContinuityCorrected] {
            let p = |a, b, alternative| mann_whitney(a, b, distribution, alternative).p();
            for (there, back) in
                [(TwoSided, TwoSided), (TwoSidedDoubled, TwoSidedDoubled), (Greater, Less)]
            {
                let (a, b) = (p(&first, &second, there), p(&second, &first, back));
                prop_assert_eq!(a.is_some(), b.is_some());
                if let Some((a, b)) = a.zip(b) {
                    prop_assert!((0.0..=1.0).contains(&a));
                    close(a, b, 1e-12);
                }
            }
        }
    }

    #[test]
    fn no_count_gives_nan(
        values in prop::collection::vec((0i32..=10, 0i32..=10, 1..=1_000_000_000_000u64), 1..=21),
    ) {
        let first: Vec<_> = values.iter().map(|&(a, _, count)| (f64::from(a), count)).collect();
        let second: Vec<_> = values.iter().map(|&(_, b, count)| (f64::from(b), count)).collect();
        for distribution in [ExactConditional, Normal, ContinuityCorrected] {
            for alternative in [TwoSided, TwoSidedDoubled, Greater, Less] {
                let test = mann_whitney(&first, &second, distribution, alternative);
                prop_assert!(test.p().is_none_or(|p| (0.0..=1.0).contains(&p)), "{test:?}");
                prop_assert!(test.statistic().is_none_or(f64::is_finite), "{test:?}");
            }
        }
    }
}

//! The paired permutation test: Fisher's example, enumeration, draws and degenerate inputs.

use crate::support::close;
use agreement::{Alternative, MonteCarlo, Rational, Untestable, permutation};
use proptest::prelude::*;
use serde_json::json;

use Alternative::{Greater, Less, TwoSided, TwoSidedDoubled};

const DRAWN: MonteCarlo = MonteCarlo { seed: 11, replicates: 9_999 };

fn whole(number: i64) -> Rational {
    Rational::from(number)
}

/// Darwin's 15 pairs of maize plants: 1,726 of the 2¹⁵ = 32,768 signs give a sum of at least 314 in
/// size, as counted in R. A. Fisher (1935), *The Design of Experiments*, section 21.
#[test]
fn published_differences() {
    let maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
        .map(|difference| (Rational::from(difference), 1));
    let test = permutation(&maize, DRAWN, TwoSided);
    close(test.statistic().unwrap(), 314.0 / 15.0, 1e-13);
    close(test.p().unwrap(), 1726.0 / 32768.0, 1e-15);
    assert_eq!(
        serde_json::to_value(&test).unwrap()["convention"],
        json!(["exact-conditional", "two-sided"])
    );
}

/// 21 signs or more are drawn; here the exact answer is binomial: P(X ≥ 20) for 30 fair coins.
#[test]
fn draws_are_reproducible_and_recorded() {
    let differences = [(1, 20), (-1, 10), (0, 70)].map(|(value, count)| (whole(value), count));
    let test = |seed| permutation(&differences, MonteCarlo { seed, ..DRAWN }, Greater);
    close(test(1).statistic().unwrap(), 0.1, 1e-15);
    assert_eq!(test(1), test(1));
    assert_ne!(test(1), test(2));
    assert_eq!(
        serde_json::to_value(test(1)).unwrap()["monte_carlo"],
        json!({ "seed": 1, "replicates": 9_999 })
    );
    // Four standard errors of 9,999 draws.
    close(test(1).p().unwrap(), 0.04936857, 4.0 * 0.0022);
    // (b + 1)/(B + 1) with b = 0.
    let certain = permutation(&[(whole(1), 1_000)], DRAWN, TwoSided);
    close(certain.p().unwrap(), 1e-4, 1e-18);
}

#[test]
fn what_has_no_sign_is_undefined() {
    let reason = |differences: &[(Rational, u64)], replicates| {
        let monte_carlo = MonteCarlo { seed: 1, replicates };
        permutation(differences, monte_carlo, TwoSided).undefined()
    };
    assert_eq!(reason(&[(whole(0), 6)], 9), Some(Untestable::NoDifferences.into()));
    assert_eq!(reason(&[], 9), Some(Untestable::EmptySample.into()));
    assert_eq!(reason(&[(whole(1), 0)], 9), Some(Untestable::EmptySample.into()));
    let large = Rational::of(1e101).unwrap();
    assert_eq!(reason(&[(large, 6)], 9), Some(Untestable::ValueRange.into()));
    assert_eq!(reason(&[(whole(1), 21)], 0), Some(Untestable::NoReplicates.into()));
    assert_eq!(reason(&[(whole(1), u64::MAX)], 9), Some(Untestable::TooManyItems.into()));
    assert_eq!(reason(&[(whole(1), 20)], 0), None);
}

/// Differences of hit rates of three actions each: 18 of the 2⁸ = 256 signs give a sum of at least
/// 10/3 in size, 10 of them of just that.
#[test]
fn thirds_are_tied_where_their_sums_are_equal() {
    let thirds = [2, 2, 2, 2, 3, 2, -1, -1].map(|third| (Rational::quotient(third, 3).unwrap(), 1));
    let test = permutation(&thirds, DRAWN, TwoSided);
    assert_eq!(test.p(), Some(18.0 / 256.0), "rounded to 1e-9, ties are lost and p is 0.03125");
    assert_eq!(test.statistic(), Some(11.0 / 24.0));
}

/// Means of 1 to 100 responses have a common denominator that 128 bits do not hold.
#[test]
fn common_denominators_may_have_any_size() {
    let differences: Vec<(Rational, u64)> =
        (90..=109).map(|denominator| (Rational::quotient(1, denominator).unwrap(), 1)).collect();
    let test = permutation(&differences, DRAWN, TwoSided);
    assert_eq!(test.p(), Some(2.0 / 1_048_576.0), "no other signs reach the sum of all");
    // 20 pairs of equal sizes: a sum of 0 is reached by every draw of signs.
    let negative = (90..=109).map(|denominator| (Rational::quotient(-1, denominator).unwrap(), 1));
    let both: Vec<(Rational, u64)> = differences.into_iter().chain(negative).collect();
    let drawn = permutation(&both, MonteCarlo { seed: 3, replicates: 999 }, TwoSided);
    assert_eq!((drawn.statistic(), drawn.p()), (Some(0.0), Some(1.0)));
}

proptest! {
    #[test]
    fn few_differences_are_enumerated(
        differences in prop::collection::vec(-5i64..=5, 1..=10),
        denominator in prop::sample::select(vec![1u64, 3, 5, 6, 7, 10]),
    ) {
        prop_assume!(differences.iter().any(|difference| *difference != 0));
        let observed: i64 = differences.iter().sum();
        let sums: Vec<i64> = (0u32..1 << differences.len())
            .map(|signs| {
                let signed = |(i, size): (usize, &i64)| if signs >> i & 1 == 1 { *size } else { -size };
                differences.iter().enumerate().map(signed).sum()
            })
            .collect();
        let share = |counts: &dyn Fn(i64) -> bool| {
            sums.iter().filter(|sum| counts(**sum)).count() as f64 / sums.len() as f64
        };
        let (greater, less) = (share(&|sum| sum >= observed), share(&|sum| sum <= observed));
        let expected = [
            (TwoSided, share(&|sum| sum.abs() >= observed.abs())),
            (TwoSidedDoubled, (2.0 * greater.min(less)).min(1.0)),
            (Greater, greater),
            (Less, less),
        ];
        let counted: Vec<(Rational, u64)> = differences
            .iter()
            .map(|&difference| (Rational::quotient(difference, denominator).unwrap(), 1))
            .collect();
        for (alternative, expected) in expected {
            let test = permutation(&counted, DRAWN, alternative);
            let mean = observed as f64 / (denominator as f64 * differences.len() as f64);
            close(test.statistic().unwrap(), mean, 1e-14);
            prop_assert_eq!(test.p(), Some(expected), "{:?}", alternative);
        }
    }
}

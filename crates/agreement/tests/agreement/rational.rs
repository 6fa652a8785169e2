//! Exact numbers: what 64-bit numbers they come from, and when they are equal.

use agreement::{Alternative, RankDistribution, Rational, Zeros, wilcoxon};
use proptest::prelude::*;

fn quotient(numerator: i64, denominator: u64) -> Rational {
    Rational::quotient(numerator, denominator).unwrap()
}

#[test]
fn numbers_written_as_decimals_are_those_decimals() {
    for (number, numerator, denominator) in [
        (0.1, 1, 10),
        (-0.25, -1, 4),
        (0.3, 3, 10),
        (2.5, 5, 2),
        (7.0, 7, 1),
        (0.0, 0, 1),
        (-0.0, 0, 1),
    ] {
        assert_eq!(Rational::of(number), Rational::quotient(numerator, denominator), "{number}");
    }
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(Rational::of(number), None, "{number} is no number");
    }
    for number in [f64::MAX, f64::MIN_POSITIVE, 5e-324, std::f64::consts::PI] {
        assert_eq!(
            Rational::of(number).unwrap().to_f64(),
            number,
            "what is no quotient stays itself"
        );
    }
    assert_eq!(Rational::quotient(1, 0), None);
}

#[test]
fn differences_of_means_are_equal_where_they_are() {
    let difference = &quotient(4, 5) - &quotient(3, 5);
    assert_eq!(difference, quotient(1, 5), "0.8 - 0.6 is 0.2");
    assert_eq!(Rational::mean(&[quotient(1, 3), quotient(1, 6)]), Some(quotient(1, 4)));
    assert_eq!(Rational::mean(&[]), None);
    let mut sum = Rational::default();
    for part in [quotient(1, 3), quotient(1, 6), quotient(0, 1)] {
        sum += &part;
    }
    assert_eq!(sum, quotient(1, 2), "nothing is rounded on the way");
    assert_eq!(sum.over(&quotient(3, 1)), Some(quotient(1, 6)));
    assert_eq!(sum.over(&quotient(0, 1)), None, "nothing is over 0");
}

/// Differences of OH in thirds: without exact numbers 2/3 - 1/3 and 1/3 - 0 have different ranks.
#[test]
fn ranks_of_exact_differences_are_tied() {
    let gaps = [(2, 1), (1, 0), (3, 2), (0, 1)]
        .map(|(a, b)| ((&quotient(a, 3) - &quotient(b, 3)).to_f64(), 1));
    let test =
        wilcoxon(&gaps, Zeros::Dropped, RankDistribution::ExactConditional, Alternative::Greater);
    assert_eq!((test.statistic(), test.p()), (Some(7.5), Some(5.0 / 16.0)), "all four are tied");
}

proptest! {
    #[test]
    fn one_division_is_undone(numerator in -(1i64 << 26)..=1 << 26, denominator in 1u64..=1 << 26) {
        let computed = numerator as f64 / denominator as f64;
        prop_assert_eq!(Rational::of(computed), Rational::quotient(numerator, denominator));
        prop_assert_eq!(quotient(numerator, denominator).to_f64(), computed);
    }

    #[test]
    fn order_is_kept(a in -2000i64..2000, b in 1u64..500, c in -2000i64..2000, d in 1u64..500) {
        let (first, second) = (quotient(a, b), quotient(c, d));
        let exact = (a * d as i64).cmp(&(c * b as i64));
        prop_assert_eq!(first.cmp(&second), exact);
        prop_assert_eq!(first.to_f64().total_cmp(&second.to_f64()), exact);
    }
}

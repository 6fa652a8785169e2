//! The agreement weights, by level index.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use agreement::Weights;

#[test]
fn each_kind_on_four_levels() {
    let from_the_lowest = |weights: Weights| [0, 1, 2, 3].map(|j| weights.agreement(0, j, 4));
    assert_eq!(from_the_lowest(Weights::Identity), [1.0, 0.0, 0.0, 0.0]);
    assert_eq!(from_the_lowest(Weights::Linear), [1.0, 1.0 - 1.0 / 3.0, 1.0 - 2.0 / 3.0, 0.0]);
    assert_eq!(from_the_lowest(Weights::Quadratic), [1.0, 1.0 - 1.0 / 9.0, 1.0 - 4.0 / 9.0, 0.0]);
}

#[test]
fn on_two_levels_all_kinds_are_the_same() {
    for (i, j) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let unweighted = Weights::Identity.agreement(i, j, 2);
        assert_eq!(Weights::Linear.agreement(i, j, 2), unweighted);
        assert_eq!(Weights::Quadratic.agreement(i, j, 2), unweighted);
    }
}

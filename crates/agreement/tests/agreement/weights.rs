//! The agreement weights, by level index.

use agreement::{ContingencyTable, Undefined, WeightError, WeightMatrix, Weights, cohen_kappa};

#[test]
fn each_kind_on_four_levels() {
    let from_the_lowest = |weights: Weights| [0, 1, 2, 3].map(|j| weights.agreement(0, j, 4));
    assert_eq!(from_the_lowest(Weights::Identity), [1.0, 0.0, 0.0, 0.0]);
    assert_eq!(from_the_lowest(Weights::Linear), [1.0, 1.0 - 1.0 / 3.0, 1.0 - 2.0 / 3.0, 0.0]);
    assert_eq!(from_the_lowest(Weights::Quadratic), [1.0, 1.0 - 1.0 / 9.0, 1.0 - 4.0 / 9.0, 0.0]);
    let ordinal = from_the_lowest(Weights::GwetOrdinal);
    for (found, expected) in ordinal.into_iter().zip([1.0, 5.0 / 6.0, 0.5, 0.0]) {
        assert!((found - expected).abs() < 1e-15);
    }
}

#[test]
fn on_two_levels_all_kinds_are_the_same() {
    for (i, j) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let unweighted = Weights::Identity.agreement(i, j, 2);
        assert_eq!(Weights::Linear.agreement(i, j, 2), unweighted);
        assert_eq!(Weights::Quadratic.agreement(i, j, 2), unweighted);
        assert_eq!(Weights::GwetOrdinal.agreement(i, j, 2), unweighted);
    }
}

#[test]
fn custom_weights_are_as_given() {
    let rows = vec![vec![1.0, 0.0, 0.25], vec![0.0, 1.0, 0.5], vec![0.25, 0.5, 1.0]];
    let matrix = WeightMatrix::from_rows(&rows).unwrap();
    assert_eq!(matrix.size(), 3);
    for (i, j) in (0..3).flat_map(|i| (0..3).map(move |j| (i, j))) {
        assert_eq!(Weights::Custom(&matrix).agreement(i, j, 3), rows[i][j]);
    }
}

#[test]
fn custom_weights_that_make_no_sense_are_refused() {
    let refused = |rows: &[Vec<f64>]| WeightMatrix::from_rows(rows).unwrap_err();
    assert_eq!(
        refused(&[vec![1.0, 0.0], vec![0.0]]),
        WeightError::NotSquare { row: 1, found: 1, expected: 2 }
    );
    assert_eq!(
        refused(&[vec![1.0, 0.0], vec![0.0, 0.9]]),
        WeightError::Diagonal { level: 1, found: 0.9 }
    );
    for wrong in [-0.1, 1.0, 2.0, f64::INFINITY] {
        assert_eq!(
            refused(&[vec![1.0, wrong], vec![wrong, 1.0]]),
            WeightError::Range { row: 0, column: 1, found: wrong }
        );
    }
    let nan = refused(&[vec![1.0, f64::NAN], vec![0.0, 1.0]]);
    assert!(matches!(nan, WeightError::Range { row: 0, column: 1, .. }));
    assert_eq!(
        refused(&[vec![1.0, 0.25], vec![0.5, 1.0]]),
        WeightError::NotSymmetric { row: 0, column: 1, found: 0.25, opposite: 0.5 }
    );
}

#[test]
fn custom_weights_for_another_scale_are_undefined() {
    let matrix = WeightMatrix::from_rows(&[vec![1.0, 0.0], vec![0.0, 1.0]]).unwrap();
    let table = ContingencyTable::from_rows(vec![vec![1, 2, 3]; 3]).unwrap();
    assert_eq!(
        cohen_kappa(&table, Weights::Custom(&matrix)).undefined(),
        Some(Undefined::WeightCount { levels: 3, weights: 2 })
    );
}

//! Cohen's kappa against published tables, and where it is degenerate.

use crate::support::{close, close_measure, couples, new_orleans, table, winnipeg};
use agreement::{ContingencyTable, Undefined, Weights, cohen_kappa};

const KINDS: [Weights; 3] = [Weights::Identity, Weights::Linear, Weights::Quadratic];

/// Estimates as printed by R vcd 1.4-11, Kappa(); checked with scikit-learn 1.9.1.
#[test]
fn published_estimates() {
    let published: [(ContingencyTable, [f64; 3]); 3] = [
        (couples(), [0.1293, 0.2374, 0.3320]),
        (winnipeg(), [0.2079, 0.3797, 0.5246]),
        (new_orleans(), [0.2965, 0.4773, 0.6256]),
    ];
    for (table, expected) in published {
        for (weights, expected) in KINDS.into_iter().zip(expected) {
            close(cohen_kappa(&table, weights).estimate().unwrap(), expected, 5e-5);
        }
    }
}

/// Estimate, standard error and bounds by statsmodels 0.15.0, cohens_kappa(). The margins of these
/// tables differ, so a standard error with row and column margins swapped would not pass.
#[test]
fn standard_errors_on_asymmetric_tables() {
    let unweighted = cohen_kappa(&winnipeg(), Weights::Identity);
    close_measure(
        &unweighted,
        [0.20794246404002498, 0.05045536524087699, 0.10905176534109196, 0.306833162738958],
    );
    let linear = cohen_kappa(&winnipeg(), Weights::Linear);
    close_measure(
        &linear,
        [0.3797305479866787, 0.05166682621833396, 0.27846542940325436, 0.48099566657010306],
    );
    let quadratic = cohen_kappa(&new_orleans(), Weights::Quadratic);
    close_measure(
        &quadratic,
        [0.6255813953488373, 0.07873187381406194, 0.47126975823792366, 0.7798930324597508],
    );
}

/// Also by scikit-learn 1.9.1, cohen_kappa_score(weights="linear", labels=[0, 1, 2, 3]).
#[test]
fn an_unused_middle_level_counts_and_an_unused_end_level_does_not() {
    let linear = |rows| {
        cohen_kappa(&ContingencyTable::from_rows(rows).unwrap(), Weights::Linear)
            .estimate()
            .unwrap()
    };
    let three = linear(vec![vec![6, 2, 1], vec![1, 5, 0], vec![0, 3, 9]]);
    let end = linear(vec![vec![6, 2, 1, 0], vec![1, 5, 0, 0], vec![0, 3, 9, 0], vec![0; 4]]);
    let middle = linear(vec![vec![6, 2, 0, 1], vec![1, 5, 0, 0], vec![0; 4], vec![0, 3, 0, 9]]);
    close(three, 37.0 / 55.0, 1e-12);
    close(end, three, 1e-12);
    close(middle, 115.0 / 169.0, 1e-12);
}

#[test]
fn one_level_by_both_raters_is_undefined() {
    for weights in KINDS {
        let kappa = cohen_kappa(&table([[0, 0, 0], [0, 25, 0], [0, 0, 0]]), weights);
        assert_eq!(kappa.estimate(), None);
        assert_eq!(kappa.undefined(), Some(Undefined::OneLevel));
    }
}

#[test]
fn a_constant_rater_gives_zero_without_uncertainty() {
    for weights in KINDS {
        for table in
            [table([[15, 6, 3], [0, 0, 0], [0, 0, 0]]), table([[0, 0, 7], [0, 0, 2], [0, 0, 1]])]
        {
            let kappa = cohen_kappa(&table, weights);
            assert_eq!((kappa.estimate(), kappa.se()), (Some(0.0), None));
            assert_eq!(kappa.undefined(), Some(Undefined::ConstantRater));
        }
    }
}

#[test]
fn complete_disagreement_has_a_zero_standard_error_and_no_interval() {
    let kappa = cohen_kappa(&table([[0, 10], [10, 0]]), Weights::Identity);
    assert_eq!((kappa.estimate(), kappa.se()), (Some(-1.0), Some(0.0)));
    assert_eq!(kappa.undefined(), Some(Undefined::NoVariation));
}

/// Values of the 1969 formula in exact rational arithmetic. A zero test on the rounded variance
/// would take the first table for complete agreement and the second for a constant rater.
#[test]
fn single_disagreements_in_huge_tables_are_seen() {
    let (million, million_million) = (1_000_000, 1_000_000_000_000);
    let extreme = [
        ([[million_million, 1], [0, million_million]], 0.999999999999, 9.9999999999925e-13),
        ([[million, 1], [1, 0]], -9.99999000001e-7, 7.071060740801199e-7),
    ];
    for (rows, estimate, se) in extreme {
        let kappa = cohen_kappa(&table(rows), Weights::Identity);
        close(kappa.estimate().unwrap(), estimate, 1e-15);
        close(kappa.se().unwrap() / se, 1.0, 1e-6);
        assert_eq!(kappa.undefined(), None);
    }
}

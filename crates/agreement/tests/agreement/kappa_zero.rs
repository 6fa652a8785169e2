//! The test that kappa is 0 against statsmodels, and where it is degenerate.

use crate::support::{close, new_orleans, table, winnipeg};
use agreement::{Alternative, ContingencyTable, Undefined, Weights, kappa_zero};

const KINDS: [Weights; 3] = [Weights::Identity, Weights::Linear, Weights::Quadratic];

/// By statsmodels 0.15.0, cohens_kappa(): z_value and pvalue_two_sided. The margins of these tables
/// differ, so a standard error with row and column margins swapped would not pass.
#[test]
fn published_tables() {
    let published = [
        (winnipeg(), Weights::Identity, 4.559383482842501, 5.130401216918648e-06),
        (winnipeg(), Weights::Linear, 7.161962436312927, 7.953021740189495e-13),
        (winnipeg(), Weights::Quadratic, 7.195232664926374, 6.235434508815728e-13),
        (new_orleans(), Weights::Identity, 4.352608790940928, 1.3452707817985982e-05),
        (new_orleans(), Weights::Linear, 5.787394544802023, 7.148653723303945e-09),
        (new_orleans(), Weights::Quadratic, 5.4118259667165765, 6.23853055062304e-08),
    ];
    for (table, weights, z, p) in published {
        let test = kappa_zero(&table, weights, Alternative::TwoSided);
        close(test.statistic().unwrap(), z, 1e-9);
        close(test.p().unwrap() / p, 1.0, 1e-9);
    }
}

#[test]
fn one_sided_probabilities_add_up_to_one() {
    for weights in KINDS {
        let p = |alternative| kappa_zero(&winnipeg(), weights, alternative).p().unwrap();
        close(p(Alternative::Greater) + p(Alternative::Less), 1.0, 1e-15);
        close(2.0 * p(Alternative::Greater), p(Alternative::TwoSided), 1e-15);
    }
}

/// A disagreement is negative evidence: κ = −1 on four items, z = −2.
#[test]
fn z_has_the_sign_of_kappa() {
    let opposed = table([[0, 2], [2, 0]]);
    let test = kappa_zero(&opposed, Weights::Identity, Alternative::Less);
    close(test.statistic().unwrap(), -2.0, 1e-14);
    close(test.p().unwrap(), 0.022750131948179195, 1e-14);
}

#[test]
fn without_discrimination_there_is_no_test() {
    let reason = |table: ContingencyTable, weights| {
        kappa_zero(&table, weights, Alternative::TwoSided).undefined()
    };
    for weights in KINDS {
        let empty = ContingencyTable::empty(3).unwrap();
        assert_eq!(reason(empty, weights), Some(Undefined::NoSharedItems));
        assert_eq!(reason(table([[7, 0], [0, 0]]), weights), Some(Undefined::OneLevel));
        assert_eq!(reason(table([[7, 2], [0, 0]]), weights), Some(Undefined::ConstantRater));
    }
    // Every item is two levels apart on average, whatever the pairing.
    let disjoint = table([[0, 0, 3, 4], [0, 0, 2, 6], [0; 4], [0; 4]]);
    assert_eq!(reason(disjoint.clone(), Weights::Identity), Some(Undefined::NoVariation));
    assert_eq!(reason(disjoint.clone(), Weights::Linear), Some(Undefined::NoVariation));
    assert_eq!(reason(disjoint, Weights::Quadratic), None);
}

//! The kappas and AC of any number of raters against published values, and where degenerate.

use crate::support::{close, four_coders, four_judges, fourteen_raters, table};
use agreement::{
    Measure, RatingMatrix, Undefined, Weights, brennan_prediger_raters, conger_kappa, fleiss_kappa,
    fleiss_kappa_pooled, gwet_ac, kendall_w, light_kappa,
};

type Coefficient = fn(&RatingMatrix, Weights) -> Measure;

/// J. L. Fleiss (1971): 0.210.
#[test]
fn fleiss_example() {
    for coefficient in [fleiss_kappa, fleiss_kappa_pooled] {
        let kappa = coefficient(&fourteen_raters(), Weights::Identity);
        close(kappa.estimate().unwrap(), 0.20993, 5e-6);
    }
}

/// K. L. Gwet (2014), *Handbook of Inter-Rater Reliability*, four raters and twelve subjects; the
/// digits are those of the package irrCAC. Its standard errors take the number of subjects with
/// two ratings as fixed and are not reproduced.
#[test]
fn gwet_example() {
    let published: [(Coefficient, [f64; 3]); 3] = [
        (gwet_ac, [0.77544, 0.85874, 0.91400]),
        (fleiss_kappa, [0.76117, 0.81794, 0.86494]),
        (brennan_prediger_raters, [0.77273, 0.84848, 0.90152]),
    ];
    for (coefficient, expected) in published {
        let kinds = [Weights::Identity, Weights::Linear, Weights::Quadratic];
        for (weights, expected) in kinds.into_iter().zip(expected) {
            let found = coefficient(&four_coders(), weights).estimate().unwrap();
            close(found, expected, 5e-6);
        }
    }
}

/// Estimate and standard error by the definition, the error from a complex-step derivative.
#[test]
fn conger_kappa_counts_each_raters_levels_over_the_items_rated() {
    let expected = [
        (Weights::Identity, 0.7620668936511116, 0.1329678525230545),
        (Weights::Linear, 0.8131370328425822, 0.12471379724084226),
        (Weights::Quadratic, 0.8571682240916252, 0.11973513142672432),
    ];
    for (weights, estimate, se) in expected {
        let found = conger_kappa(&four_coders(), weights);
        close(found.estimate().unwrap(), estimate, 1e-12);
        close(found.se().unwrap(), se, 1e-9);
    }
}

#[test]
fn three_raters_of_whom_two_are_constant_say_nothing() {
    let rows: Vec<_> = [0, 1, 2, 0].map(|level| vec![Some(1), Some(1), Some(level)]).to_vec();
    let matrix = RatingMatrix::from_rows(3, &rows).unwrap();
    let conger = conger_kappa(&matrix, Weights::Linear);
    close(conger.estimate().unwrap(), 0.0, 1e-15);
    assert_eq!((conger.se(), conger.undefined()), (None, Some(Undefined::ConstantRater)));
    let light = light_kappa(&matrix, Weights::Linear);
    assert_eq!(light.undefined(), Some(Undefined::UndefinedPair { first: 0, second: 1 }));
}

#[test]
fn what_cannot_be_estimated_is_undefined_with_a_reason() {
    let one_level = RatingMatrix::from_table(&table([[0, 0], [0, 4]]));
    for coefficient in [fleiss_kappa, fleiss_kappa_pooled, conger_kappa] {
        let found = coefficient(&one_level, Weights::Identity);
        assert_eq!(found, Measure::Undefined(Undefined::OneLevelByAll));
    }
    let unpaired = RatingMatrix::from_rows(2, &[vec![Some(0), None], vec![None, Some(1)]]).unwrap();
    let all: [Coefficient; 6] = [
        fleiss_kappa,
        fleiss_kappa_pooled,
        conger_kappa,
        light_kappa,
        brennan_prediger_raters,
        gwet_ac,
    ];
    for coefficient in all {
        let found = coefficient(&unpaired, Weights::Quadratic);
        assert_eq!(found, Measure::Undefined(Undefined::NoPairableItems));
        let single = RatingMatrix::from_table(&table([[0, 1], [0, 0]]));
        let single = coefficient(&single, Weights::Identity);
        assert_eq!((single.se(), single.undefined()), (None, Some(Undefined::FewerThanTwoItems)));
    }
}

/// In exact rational arithmetic, with midranks.
#[test]
fn concordance_of_ranks() {
    let w = kendall_w(&four_judges());
    close(w.estimate().unwrap(), 479.0 / 540.0, 1e-12);
    assert_eq!(w.undefined(), Some(Undefined::NoFormula));
    let constant = RatingMatrix::from_table(&table([[0, 9], [0, 0]]));
    assert_eq!(kendall_w(&constant), Measure::Undefined(Undefined::OneLevelByEach));
}

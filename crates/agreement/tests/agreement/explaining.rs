//! The quantities that are beside kappa: Lin's concordance, specific agreement, maximum kappa,
//! prevalence and bias, the agreement of all raters.

use crate::support::{close, four_coders, fourteen_raters, table, winnipeg};
use agreement::{
    Measure, RatingMatrix, Undefined, WeightMatrix, Weights, agreement_of_all, bias_index,
    cohen_kappa, lin_concordance, maximum_kappa, pairwise_agreement, prevalence_index,
    specific_agreement, within_agreement,
};

/// A. R. Feinstein and D. V. Cicchetti (1990), *Journal of Clinical Epidemiology* 43:543–549.
fn paradox() -> agreement::ContingencyTable {
    table([[80, 10], [5, 5]])
}

#[test]
fn concordance_of_even_scores_is_quadratic_kappa() {
    let concordance = lin_concordance(&winnipeg(), &[3.0, 5.0, 7.0, 9.0]);
    let kappa = cohen_kappa(&winnipeg(), Weights::Quadratic);
    close(concordance.estimate().unwrap(), kappa.estimate().unwrap(), 1e-12);
    close(concordance.se().unwrap(), kappa.se().unwrap(), 1e-12);
    let equal = lin_concordance(&winnipeg(), &[1.0; 4]);
    assert_eq!(equal, Measure::Undefined(Undefined::OneLevel));
    let short = lin_concordance(&winnipeg(), &[1.0]).undefined();
    assert_eq!(short, Some(Undefined::ScoreCount { levels: 4, scores: 1 }));
}

/// D. V. Cicchetti and A. R. Feinstein (1990), *Journal of Clinical Epidemiology* 43:551–558: the
/// positive agreement is 2a / (2a + b + c). The standard error is that of the ratio, by hand.
#[test]
fn specific_agreement_by_hand() {
    let positive = specific_agreement(&paradox(), 0);
    let negative = specific_agreement(&paradox(), 1);
    close(positive.estimate().unwrap(), 160.0 / 175.0, 1e-12);
    close(negative.estimate().unwrap(), 10.0 / 25.0, 1e-12);
    // Deviations −.6 for the 5 items on which both, and .2 for the 15 on which one rater gave it.
    let deviations: f64 = 5.0 * 0.6 * 0.6 + 15.0 * 0.2 * 0.2;
    close(negative.se().unwrap(), deviations.sqrt() / 12.5, 1e-12);
    let unused = specific_agreement(&table([[3, 1, 0], [2, 4, 0], [0, 0, 0]]), 2);
    assert_eq!(unused.undefined(), Some(Undefined::UnusedLevel { level: 2 }));
    let beyond = specific_agreement(&paradox(), 2);
    assert_eq!(beyond.undefined(), Some(Undefined::UnknownLevel { level: 2, levels: 2 }));
}

/// T. Byrt, J. Bishop and J. B. Carlin (1993), *Journal of Clinical Epidemiology* 46:423–429: kappa
/// is (PABAK − PI² + BI²) / (1 − PI² + BI²).
#[test]
fn prevalence_and_bias_give_kappa() {
    let prevalence = prevalence_index(&paradox(), 0).estimate().unwrap();
    let bias = bias_index(&paradox(), 0).estimate().unwrap();
    close(prevalence, 0.75, 1e-12);
    close(bias, 0.05, 1e-12);
    close(prevalence_index(&paradox(), 1).estimate().unwrap(), -0.75, 1e-12);
    close(bias_index(&paradox(), 1).estimate().unwrap(), -0.05, 1e-12);
    let effects = bias * bias - prevalence * prevalence;
    let kappa = cohen_kappa(&paradox(), Weights::Identity).estimate().unwrap();
    close((0.7 + effects) / (1.0 + effects), kappa, 1e-12);
    let beyond = bias_index(&paradox(), 2).undefined();
    assert_eq!(beyond, Some(Undefined::UnknownLevel { level: 2, levels: 2 }));
}

#[test]
fn maximum_kappa_by_hand() {
    let maximum = |table, weights| maximum_kappa(&table, weights).estimate().unwrap();
    // Rows (90, 10), columns (85, 15): at most 95 agree, where 78 are expected to.
    close(maximum(paradox(), Weights::Identity), (0.95 - 0.78) / 0.22, 1e-12);
    // Rows (2, 2, 0), columns (0, 2, 2): unweighted two may agree; in order each is one apart.
    let shifted = table([[0, 0, 2], [0, 2, 0], [0, 0, 0]]);
    close(maximum(shifted.clone(), Weights::Identity), 1.0 - 0.5 / 0.75, 1e-12);
    close(maximum(shifted.clone(), Weights::Linear), 1.0 - 0.5 / 0.5, 1e-12);
    close(maximum(shifted, Weights::Quadratic), 1.0 - 0.25 / 0.375, 1e-12);
    assert_eq!(maximum(table([[1, 5], [5, 9]]), Weights::Linear), 1.0);
    let custom = WeightMatrix::from_rows(&[vec![1.0, 0.5], vec![0.5, 1.0]]).unwrap();
    let custom = maximum_kappa(&paradox(), Weights::Custom(&custom)).undefined();
    assert_eq!(custom, Some(Undefined::CustomWeights));
}

#[test]
fn agreement_of_all_counts_the_items_that_all_rated() {
    let exact = agreement_of_all(&four_coders(), 0);
    close(exact.estimate().unwrap(), 5.0 / 8.0, 1e-15);
    close(agreement_of_all(&four_coders(), 1).estimate().unwrap(), 7.0 / 8.0, 1e-15);
    let of_two = RatingMatrix::from_table(&winnipeg());
    assert_eq!(agreement_of_all(&of_two, 1), within_agreement(&winnipeg(), 1));
    let never = RatingMatrix::from_rows(2, &[vec![Some(0), None]]).unwrap();
    assert_eq!(agreement_of_all(&never, 0), Measure::Undefined(Undefined::NoCompleteItems));
}

/// The observed agreement of Fleiss' example is .378, that of Gwet's .81818.
#[test]
fn pairwise_agreement_of_published_examples() {
    let of = |matrix| pairwise_agreement(&matrix, Weights::Identity).estimate().unwrap();
    close(of(fourteen_raters()), 0.378, 5e-4);
    close(of(four_coders()), 9.0 / 11.0, 1e-12);
}

//! Expected tables: against their definitions, the margins and the agreement asked for.

use crate::support::{close, new_orleans, winnipeg};
use agreement::{
    ContingencyTable, Disagreements, Distance, ExpectationError, Goal, KappaFormula, Measure,
    RatingMatrix, Undefined, Weights, cohen_kappa, exact_agreement, expected_table, gwet_ac2,
    krippendorff_alpha, maximum_kappa,
};
use proptest::prelude::*;

const HARM: [f64; 5] = [0.45, 0.25, 0.15, 0.10, 0.05];
const HARSHER: [f64; 5] = [0.30, 0.25, 0.20, 0.15, 0.10];
const BOTH: [Disagreements; 2] = [Disagreements::Anywhere, Disagreements::Near];

fn shares(table: &ContingencyTable) -> Vec<Vec<f64>> {
    let n = table.n() as f64;
    table.rows().map(|row| row.iter().map(|&count| count as f64 / n).collect()).collect()
}

fn quadratic(table: &ContingencyTable) -> Measure {
    cohen_kappa(table, Weights::Quadratic)
}

#[track_caller]
fn has_margins(table: &ContingencyTable, first: &[f64], second: &[f64]) {
    let n = table.n() as f64;
    for (found, expected) in [(table.row_margins(), first), (table.column_margins(), second)] {
        for (count, share) in found.into_iter().zip(expected) {
            close(count as f64 / n, *share, 1e-9);
        }
    }
}

/// Every weighted kappa of the mixture of agreement and independence is the share of agreement, and
/// every cell is that of the definition.
#[test]
fn the_mixture_is_that_of_its_definition() {
    let table = expected_table(&HARM, &HARM, Disagreements::Anywhere, quadratic, 0.6).unwrap();
    for (i, row) in shares(&table).iter().enumerate() {
        for (j, share) in row.iter().enumerate() {
            let agreed = if i == j { 0.6 * HARM[i] } else { 0.0 };
            close(*share, 0.4 * HARM[i] * HARM[j] + agreed, 1e-6);
        }
    }
    for weights in [Weights::Identity, Weights::Linear, Weights::Quadratic] {
        close(cohen_kappa(&table, weights).estimate().unwrap(), 0.6, 1e-6);
    }
}

/// All local odds ratios of the uniform association model are alike.
#[test]
fn near_disagreements_have_one_local_odds_ratio() {
    let table = expected_table(&HARM, &HARSHER, Disagreements::Near, quadratic, 0.5).unwrap();
    let p = shares(&table);
    let odds = |i: usize, j: usize| p[i][j] * p[i + 1][j + 1] / p[i][j + 1] / p[i + 1][j];
    for i in 0..4 {
        for j in 0..4 {
            close(odds(i, j) / odds(0, 0), 1.0, 1e-6);
        }
    }
    let apart = |distance| -> f64 { (0..5 - distance).map(|i| p[i][i + distance]).sum() };
    assert!(apart(1) > apart(2) && apart(2) > apart(3) && apart(3) > apart(4));
}

#[test]
fn any_agreement_can_be_asked_for() {
    type Agreement = fn(&ContingencyTable) -> Measure;
    let agreements: [Agreement; 6] = [
        quadratic,
        |table| cohen_kappa(table, Weights::Identity),
        |table| gwet_ac2(table, Weights::Linear),
        |table| krippendorff_alpha(&RatingMatrix::from_table(table), Distance::Ordinal),
        |table| krippendorff_alpha(&RatingMatrix::from_table(table), Distance::Nominal),
        exact_agreement,
    ];
    for agreement in agreements {
        for disagreements in BOTH {
            for second in [HARM, HARSHER] {
                let make =
                    |wanted| expected_table(&HARM, &second, disagreements, agreement, wanted);
                let Err(ExpectationError::Unattainable { least, most, .. }) = make(2.0) else {
                    panic!("2 is no agreement");
                };
                let wanted = 0.4 * least + 0.6 * most;
                let table = make(wanted).unwrap();
                close(agreement(&table).estimate().unwrap(), wanted, 1e-6);
                has_margins(&table, &HARM, &second);
            }
        }
    }
}

/// The bound is the largest weighted kappa that the margins allow; at it the table is M.
#[test]
fn the_most_agreement_is_the_maximum_kappa() {
    for weights in [Weights::Identity, Weights::Linear, Weights::Quadratic] {
        let kappa = |table: &ContingencyTable| cohen_kappa(table, weights);
        let make = |wanted| expected_table(&HARM, &HARSHER, Disagreements::Anywhere, kappa, wanted);
        let bound = maximum_kappa(&make(0.2).unwrap(), weights).estimate().unwrap();
        close(kappa(&make(bound - 1e-5).unwrap()).estimate().unwrap(), bound - 1e-5, 1e-6);
        assert!(matches!(make(bound + 1e-5), Err(ExpectationError::Unattainable { .. })));
    }
    for disagreements in BOTH {
        let chance = expected_table(&HARM, &HARSHER, disagreements, quadratic, 0.0).unwrap();
        has_margins(&chance, &HARM, &HARSHER);
        let bound = maximum_kappa(&chance, Weights::Quadratic).estimate().unwrap();
        let found = expected_table(&HARM, &HARSHER, disagreements, quadratic, 0.99).unwrap_err();
        let ExpectationError::Unattainable { least, most, wanted } = found else { panic!() };
        close(least, 0.0, 1e-9);
        close(most, bound, 1e-9);
        close(wanted, 0.99, 0.0);
        let at = expected_table(&HARM, &HARSHER, disagreements, quadratic, bound).unwrap();
        close(at.count(4, 4).unwrap() as f64 / at.n() as f64, 0.05, 1e-9);
        let agreed = expected_table(&HARM, &HARM, disagreements, quadratic, 1.0).unwrap();
        close(exact_agreement(&agreed).estimate().unwrap(), 1.0, 0.0);
    }
}

#[test]
fn shares_that_make_no_table() {
    let table = |first: &[f64], second: &[f64], wanted| {
        expected_table(first, second, Disagreements::Anywhere, quadratic, wanted).unwrap_err()
    };
    assert_eq!(table(&[1.0], &[1.0], 0.5), ExpectationError::Levels { found: 1 });
    let lengths = ExpectationError::Lengths { first: 2, second: 5 };
    assert_eq!(table(&[0.5, 0.5], &HARM, 0.5), lengths);
    let share = ExpectationError::Share { level: 1, found: -0.5 };
    assert_eq!(
        table(&[1.5, -0.5], &[0.5, 0.5], 0.5),
        ExpectationError::Share { level: 0, found: 1.5 }
    );
    assert_eq!(table(&[0.5, -0.5], &[0.5, 0.5], 0.5), share);
    assert_eq!(table(&[0.5, 0.4], &[0.5, 0.5], 0.5), ExpectationError::Sum { found: 0.9 });
    assert!(matches!(table(&[f64::NAN, 0.4], &[0.5, 0.5], 0.5), ExpectationError::Share { .. }));
    let one = ExpectationError::Undefined(Undefined::OneLevel);
    assert_eq!(table(&[1.0, 0.0], &[1.0, 0.0], 0.5), one);
    for wanted in [-0.1, 1.1, f64::NAN] {
        let refused = table(&HARM, &HARM, wanted);
        assert!(matches!(refused, ExpectationError::Unattainable { .. }), "{wanted}");
    }
}

/// Two published tables need a number of items between those of the two kinds of disagreements.
/// All six numbers were computed apart in Python 3.11.
#[test]
fn published_tables_lie_between_the_two_kinds() {
    let items = |table: &ContingencyTable| {
        let goal = Goal::HalfWidth { width: 0.15, assurance: 0.8 };
        KappaFormula::new(table, Weights::Quadratic, 1.0).unwrap().items(goal).unwrap()
    };
    for (published, [near, real, anywhere]) in
        [(winnipeg(), [89, 92, 112]), (new_orleans(), [60, 74, 99])]
    {
        let n = published.n() as f64;
        let margin = |counts: Vec<u64>| counts.iter().map(|c| *c as f64 / n).collect::<Vec<_>>();
        let (first, second) = (margin(published.row_margins()), margin(published.column_margins()));
        let kappa = quadratic(&published).estimate().unwrap();
        let made = |kind| items(&expected_table(&first, &second, kind, quadratic, kappa).unwrap());
        assert_eq!(items(&published), real);
        assert_eq!(made(Disagreements::Near), near);
        assert_eq!(made(Disagreements::Anywhere), anywhere);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever the shares, unused levels included: the margins are kept and the kappa is met.
    #[test]
    fn margins_and_kappa_are_met(
        weights in prop::collection::vec((0u32..20, 0u32..20), 2..7),
        place in 0.02..0.95f64,
        near in any::<bool>(),
    ) {
        let sums = weights.iter().fold((0, 0), |sum, w| (sum.0 + w.0, sum.1 + w.1));
        prop_assume!(sums.0 > 0 && sums.1 > 0);
        let first: Vec<f64> = weights.iter().map(|w| f64::from(w.0) / f64::from(sums.0)).collect();
        let second: Vec<f64> = weights.iter().map(|w| f64::from(w.1) / f64::from(sums.1)).collect();
        let disagreements = BOTH[usize::from(near)];
        let most = match expected_table(&first, &second, disagreements, quadratic, 2.0) {
            Err(ExpectationError::Unattainable { most, .. }) => most,
            Err(ExpectationError::Undefined(_)) => return Ok(()),
            other => panic!("{other:?}"),
        };
        let wanted = place * most;
        let table = expected_table(&first, &second, disagreements, quadratic, wanted).unwrap();
        has_margins(&table, &first, &second);
        close(quadratic(&table).estimate().unwrap(), wanted, 1e-6);
    }
}

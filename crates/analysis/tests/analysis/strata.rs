//! Agreement within models, categories and framings.

use crate::support::{formula, graded, put};
use agreement::{ContingencyTable, MonteCarlo, Part, Permuted, Weights, cohen_kappa, equal_kappas};
use analysis::{AgreementReport, Equality, StratifiedBy, compare};
use study::{Framing, Grade, ItemDesign, RaterScores};

const FIRST: [Grade; 12] = [0, 0, 1, 2, 2, 1, 0, 0, 1, 2, 2, 1];
const SECOND: [Grade; 12] = [0, 1, 1, 2, 1, 1, 0, 0, 2, 2, 2, 0];

/// The items by turns of the models x and y, all asked by laypeople, the last one unplaced.
fn placed(name: &str, grades: &[Grade]) -> RaterScores {
    let mut scores = graded(name, grades);
    for item in 0..grades.len() - 1 {
        let design = ItemDesign {
            scenario: format!("s{item}"),
            model: Some(["x", "y"][item % 2].into()),
            framing: Some(Framing::Layperson),
            ..ItemDesign::default()
        };
        scores.designs.insert(item.to_string(), design);
    }
    scores
}

fn table(items: impl Iterator<Item = usize>) -> ContingencyTable {
    let mut table = ContingencyTable::empty(3).unwrap();
    for item in items {
        table.record(FIRST[item] as usize, SECOND[item] as usize).unwrap();
    }
    table
}

#[test]
fn each_model_has_its_own_table() {
    let report = compare(&placed("A", &FIRST), &placed("B", &SECOND), false, formula()).unwrap();
    let [models] = report.strata.as_slice() else { panic!("{:?}", report.strata) };
    assert_eq!((models.by, models.axis.as_str()), (StratifiedBy::Model, "tone"));
    assert_eq!(models.strata.keys().collect::<Vec<_>>(), ["x", "y"]);
    let (x, y) = (table((0..11).step_by(2)), table((1..11).step_by(2)));
    let counts = |row: &[u64]| row.iter().map(|&count| count as f64).collect();
    assert_eq!(models.strata["x"].table, x.rows().map(counts).collect::<Vec<Vec<f64>>>());
    assert_eq!(models.strata["y"].kappa.0, cohen_kappa(&y, Weights::Identity).within(-1.0, 1.0));
    let Equality::Made { statistic, p, p_holm, replicates, seed, permuted, .. } = models.equality
    else {
        panic!("{:?}", models.equality)
    };
    let parts: Vec<Part> = (0..11)
        .map(|item| Part { cluster: item, stratum: item % 2, table: table([item].into_iter()) })
        .collect();
    let monte_carlo = MonteCarlo { seed: 7, replicates: 9_999 };
    let expected = equal_kappas(&parts, Weights::Quadratic, monte_carlo).unwrap();
    assert!((statistic - expected.statistic).abs() < 1e-12, "the same tables");
    assert!((p - expected.p).abs() < 0.03, "the same permutations of other names");
    assert_eq!((replicates, seed, permuted), (9_999, 7, Permuted::Items));
    assert_eq!(p_holm, p, "one test is its own family");
}

#[test]
fn a_stratum_without_a_kappa_stays_in_the_test() {
    let (mut first, mut second) = (placed("A", &FIRST), placed("B", &SECOND));
    for scores in [&mut first, &mut second] {
        for item in ["0", "2"] {
            scores.designs.get_mut(item).unwrap().model = Some("z".into());
            put(scores, item, [("tone", study::Score::Grade(1))]);
        }
    }
    let report = compare(&first, &second, false, formula()).unwrap();
    assert_eq!(report.strata[0].strata["z"].kappa_quadratic.0.estimate(), None, "it is 0/0");
    assert!(report.strata[0].equality.p().is_some(), "{:?}", report.strata[0].equality);
}

/// What exchanged its strata, by how items are named after scenarios.
fn permuted(scenario: impl Fn(usize) -> String, model: impl Fn(usize) -> usize) -> Permuted {
    let placed = |name, grades| {
        let mut scores = placed(name, grades);
        for (item, design) in &mut scores.designs {
            let item: usize = item.parse().unwrap();
            design.scenario = scenario(item);
            design.model = Some(["x", "y"][model(item)].into());
        }
        scores
    };
    let report: AgreementReport =
        compare(&placed("A", &FIRST), &placed("B", &SECOND), false, formula()).unwrap();
    match report.strata[0].equality {
        Equality::Made { permuted, .. } => permuted,
        Equality::Undefined { ref undefined } => panic!("{undefined}"),
    }
}

#[test]
fn scenarios_that_every_model_answers_exchange_models_within_them() {
    let pair = |item: usize| format!("s{}", item / 2);
    assert_eq!(permuted(pair, |item| item % 2), Permuted::WithinClusters);
    assert_eq!(permuted(pair, |item| item / 2 % 2), Permuted::Clusters, "whole scenarios");
    assert_eq!(permuted(|item| format!("s{item}"), |item| item % 2), Permuted::Items);
}

#[test]
fn the_framings_of_a_pair_are_exchanged_within_it() {
    let placed = |name, grades| {
        let mut scores = placed(name, grades);
        for (item, design) in &mut scores.designs {
            let item: usize = item.parse().unwrap();
            design.pair = Some(format!("pair{}", item / 2));
            design.framing = Some([Framing::Layperson, Framing::Physician][item % 2]);
        }
        scores
    };
    let report = compare(&placed("A", &FIRST), &placed("B", &SECOND), false, formula()).unwrap();
    let framing = report.strata.iter().find(|strata| strata.by == StratifiedBy::Framing).unwrap();
    let json = serde_json::to_value(&framing.equality).unwrap();
    assert_eq!(json["permuted"], "within clusters");
    assert_eq!((&json["method"], &json["replicates"]), (&"permutation".into(), &9_999.into()));
}

#[test]
fn what_has_one_stratum_is_not_divided_and_sealed_files_are_not_either() {
    let report = compare(&placed("A", &FIRST), &placed("B", &SECOND), false, formula()).unwrap();
    assert!(report.strata.iter().all(|strata| strata.by != StratifiedBy::Framing));
    let sealed = compare(&graded("A", &FIRST), &graded("B", &SECOND), false, formula()).unwrap();
    assert_eq!(sealed.strata, []);
}

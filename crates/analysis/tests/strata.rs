//! Agreement within models, categories and framings.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use agreement::{ContingencyTable, Weights, cohen_kappa, kappa_equality};
use analysis::{StratifiedBy, compare};
use study::{Framing, Grade, Place, RaterScores};
use support::{formula, graded};

const FIRST: [Grade; 12] = [0, 0, 1, 2, 2, 1, 0, 0, 1, 2, 2, 1];
const SECOND: [Grade; 12] = [0, 1, 1, 2, 1, 1, 0, 0, 2, 2, 2, 0];

/// The items by turns of the models x and y, all asked by laypeople, the last one unplaced.
fn placed(name: &str, grades: &[Grade]) -> RaterScores {
    let mut scores = graded(name, grades);
    for item in 0..grades.len() - 1 {
        let place = Place {
            scenario: format!("s{item}"),
            model: Some(["x", "y"][item % 2].into()),
            category: None,
            framing: Some(Framing::Layperson),
            pair: None,
            period: None,
        };
        scores.places.insert(item.to_string(), place);
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
    assert_eq!(models.strata["y"].kappa.0, cohen_kappa(&y, Weights::Identity));
    assert_eq!(models.equality.test, kappa_equality(&[x, y], Weights::Quadratic));
    assert_eq!(models.equality.p_holm, models.equality.test.p(), "one test is its own family");
}

#[test]
fn a_stratum_without_a_standard_error_is_left_out_of_the_test_by_name() {
    let (mut first, mut second) = (placed("A", &FIRST), placed("B", &SECOND));
    for scores in [&mut first, &mut second] {
        for item in ["0", "2"] {
            scores.places.get_mut(item).unwrap().model = Some("z".into());
            scores.items.insert(item.into(), [("tone".into(), study::Score::Grade(1))].into());
        }
    }
    let report = compare(&first, &second, false, formula()).unwrap();
    assert_eq!(report.strata[0].left_out, ["z"]);
    assert_eq!(report.strata[0].equality.test.df(), Some(1.0), "x and y are compared");
}

#[test]
fn what_has_one_stratum_is_not_divided_and_sealed_files_are_not_either() {
    let report = compare(&placed("A", &FIRST), &placed("B", &SECOND), false, formula()).unwrap();
    assert!(report.strata.iter().all(|strata| strata.by != StratifiedBy::Framing));
    let sealed = compare(&graded("A", &FIRST), &graded("B", &SECOND), false, formula()).unwrap();
    assert_eq!(sealed.strata, []);
}

//! Items that were drawn with known probabilities represent those that were not.

use crate::support::{drawn, effort, graded};
use agreement::{
    ContingencyTable, Distance, RatingMatrix, Statistic, Unseen, Weights, cohen_kappa,
    krippendorff_alpha, maximum_kappa,
};
use agreement::{RatedItem, RatedItems};
use analysis::{Intervals, JudgeQuestion, compare, compare_panel, validate_judges};
use std::collections::BTreeMap;
use study::{Checklist, Grade, RaterScores, Reference};

const FIRST: [Grade; 16] = [0, 0, 1, 2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 1, 1, 2];
const SECOND: [Grade; 16] = [0, 1, 1, 2, 1, 1, 0, 0, 2, 2, 2, 0, 0, 0, 1, 2];
const THIRD: [Grade; 16] = [0, 0, 2, 2, 2, 0, 0, 0, 1, 2, 1, 1, 1, 0, 1, 2];

/// Items that the first rater grades above 0 were drawn for certain, of the others every fourth.
fn probability(item: usize) -> f64 {
    if FIRST[item] > 0 { 1.0 } else { 0.25 }
}

fn probabilities() -> BTreeMap<usize, f64> {
    (0..16).map(|item| (item, probability(item))).collect()
}

fn rated(name: &str, grades: &[Grade]) -> RaterScores {
    RaterScores { designs: drawn(&probabilities()), ..graded(name, grades) }
}

/// Each item as often as it represents items.
fn repeated() -> impl Iterator<Item = usize> {
    (0..16).flat_map(|item| std::iter::repeat_n(item, (1.0 / probability(item)) as usize))
}

#[test]
fn two_raters_agree_as_if_every_item_stood_as_often_as_it_stands_for() {
    let (a, b) = (rated("A", &FIRST), rated("B", &SECOND));
    let report = compare(&a, &b, false, effort(Intervals::Auto)).unwrap();
    let found = &report.axes["tone"];
    let mut table = ContingencyTable::empty(3).unwrap();
    for item in repeated() {
        table.record(FIRST[item] as usize, SECOND[item] as usize).unwrap();
    }
    let kappa = found.measures.kappa_quadratic.0.estimate().unwrap();
    assert!((kappa - cohen_kappa(&table, Weights::Quadratic).estimate().unwrap()).abs() < 1e-12);
    let largest = maximum_kappa(&table, Weights::Quadratic).estimate().unwrap();
    assert!((found.maximum_kappa.0.estimate().unwrap() - largest).abs() < 1e-12);
    let cells: Vec<Vec<f64>> =
        table.rows().map(|row| row.iter().map(|count| *count as f64).collect()).collect();
    assert_eq!(found.measures.table, cells);
    assert_eq!(found.measures.n, 16, "items, not what they represent");
    let plain =
        compare(&graded("A", &FIRST), &graded("B", &SECOND), false, effort(Intervals::Auto));
    let plain = &plain.unwrap().axes["tone"];
    let unweighted = found.measures.unweighted.as_ref().unwrap();
    assert_eq!(unweighted.kappa_quadratic, plain.measures.kappa_quadratic);
    assert!(unweighted.unweighted.is_none() && plain.measures.unweighted.is_none());
}

#[test]
fn the_interval_is_that_of_weighted_items() {
    let (a, b) = (rated("A", &FIRST), rated("B", &SECOND));
    let report = compare(&a, &b, false, effort(Intervals::Auto)).unwrap();
    let item = |item: usize| RatedItem {
        weight: 1.0 / probability(item),
        ..RatedItem::new(item, vec![Some(FIRST[item] as usize), Some(SECOND[item] as usize)])
    };
    let items = RatedItems::new(2, 3, (0..16).map(item)).unwrap();
    let expected = items.measure(&Statistic::CohenKappa(Weights::Linear), Unseen::OneStep);
    assert_eq!(report.axes["tone"].measures.kappa_linear.0, expected);
}

#[test]
fn agreement_and_judge_validation_print_the_same_digits() {
    let (human, judge) = (rated("A", &FIRST), rated("B", &SECOND));
    let report = compare(&human, &judge, false, effort(Intervals::Auto)).unwrap();
    let question = JudgeQuestion {
        humans: &[human],
        judges: &[judge],
        reference: Reference::Average,
        epsilon: 0.2,
        across_rubrics: false,
    };
    let validated = validate_judges(question, effort(Intervals::Auto)).unwrap();
    let beside = &validated.judges["B"].axes["tone"].measures;
    let agreement = &report.axes["tone"].measures;
    assert_eq!(beside.agreement.kappa_quadratic, agreement.kappa_quadratic);
    assert_eq!(beside.agreement.exact, agreement.exact);
    assert_eq!(
        beside.unweighted.as_ref().unwrap().agreement.ac2,
        agreement.unweighted.as_ref().unwrap().ac2
    );
}

#[test]
fn a_panel_is_weighted_as_two_raters_are() {
    let raters = [rated("A", &FIRST), rated("B", &SECOND), rated("C", &THIRD)];
    let axis = &compare_panel(&raters, false, effort(Intervals::Auto)).unwrap().axes["tone"];
    let mut matrix = RatingMatrix::empty(3, 3).unwrap();
    for item in repeated() {
        let levels = [FIRST, SECOND, THIRD].map(|grades| Some(grades[item] as usize));
        matrix.record(&levels).unwrap();
    }
    let expected = krippendorff_alpha(&matrix, Distance::Ordinal).estimate().unwrap();
    // Alpha corrects for the number of ratings, which are not more than were made.
    let found = axis.coefficients.alpha_ordinal.0.estimate().unwrap();
    assert!((found - expected).abs() < 0.02, "{found} beside {expected}");
    assert_eq!((axis.items, axis.pairable, axis.complete), (16, 16, 16));
    let unweighted = axis.coefficients.unweighted.as_ref().unwrap();
    let plain = [graded("A", &FIRST), graded("B", &SECOND), graded("C", &THIRD)];
    let plain = &compare_panel(&plain, false, effort(Intervals::Auto)).unwrap().axes["tone"];
    assert_eq!(unweighted.alpha_ordinal, plain.coefficients.alpha_ordinal);
    assert!(axis.pairs.iter().all(|pair| pair.measures.unweighted.is_some()));
}

#[test]
fn nothing_is_weighted_where_probabilities_are_alike_or_missing() {
    let compared = |probabilities: &BTreeMap<usize, f64>| {
        let a = RaterScores { designs: drawn(probabilities), ..graded("A", &FIRST) };
        compare(&a, &graded("B", &SECOND), false, effort(Intervals::Auto)).unwrap()
    };
    let alike = compared(&(0..16).map(|item| (item, 0.3)).collect());
    assert!(alike.axes["tone"].measures.unweighted.is_none());
    let mut some = probabilities();
    some.remove(&3);
    let report = compared(&some);
    assert!(report.axes["tone"].measures.unweighted.is_none());
    let caution = "TONE: The key gives inclusion probabilities for 15 of 16 rated responses only";
    assert!(report.cautions.iter().any(|one| one.starts_with(caution)), "{:?}", report.cautions);
}

#[test]
fn strata_and_critical_actions_are_weighted_too() {
    let of = |name: &str, grades: &[Grade]| {
        let mut scores = rated(name, grades);
        for (item, design) in &mut scores.designs {
            let item: usize = item.parse().unwrap();
            design.model = Some(if item < 8 { "m" } else { "n" }.into());
            let codes = vec![Some(usize::from(grades[item] > 0))];
            scores.checklist.items.insert(item.to_string(), codes);
        }
        let codes = ["miss", "hit"].map(String::from).to_vec();
        scores.checklist = Checklist { codes, ..scores.checklist };
        scores
    };
    let (a, b) = (of("A", &FIRST), of("B", &SECOND));
    let report = compare(&a, &b, false, effort(Intervals::Auto)).unwrap();
    let sums = |table: &[Vec<f64>]| table.iter().flatten().sum::<f64>();
    let models = &report.strata[0].strata;
    // Eight responses of m, of which the first rater gives four a 0.
    assert_eq!(sums(&models["m"].table), 4.0 * 4.0 + 4.0);
    assert_eq!(sums(&models["m"].unweighted.as_ref().unwrap().table), 8.0);
    let actions = &report.actions.as_ref().unwrap().all;
    assert_eq!(sums(&actions.table), 5.0 * 4.0 + 11.0);
    assert_eq!(sums(&actions.unweighted.as_ref().unwrap().table), 16.0);
}

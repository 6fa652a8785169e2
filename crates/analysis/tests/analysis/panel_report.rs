//! Agreement among several raters.

use crate::support::{ABSTAINED, effort, formula, graded, rater, scale, take_out};
use agreement::{Distance, RatingMatrix, Weights, fleiss_kappa, gwet_ac, krippendorff_alpha};
use analysis::{CompareError, Intervals, PanelReport, compare, compare_panel};
use study::{Grade, ItemDesign, RaterScores};

const RATINGS: [[Grade; 8]; 3] =
    [[0, 1, 2, 2, 0, 1, 0, 2], [0, 1, 1, 2, 0, 2, 0, 2], [1, 1, 2, 2, 0, 0, 0, 1]];

fn raters() -> Vec<RaterScores> {
    let names = ["A", "B", "C"];
    names.iter().zip(&RATINGS).map(|(name, grades)| graded(name, grades)).collect()
}

fn matrix() -> RatingMatrix {
    let rows: Vec<Vec<Option<usize>>> = (0..8)
        .map(|item| RATINGS.iter().map(|grades| Some(grades[item] as usize)).collect())
        .collect();
    RatingMatrix::from_rows(3, &rows).unwrap()
}

fn panel(raters: &[RaterScores]) -> PanelReport {
    compare_panel(raters, false, formula()).unwrap()
}

#[test]
fn the_coefficients_are_those_of_the_matrix() {
    let report = panel(&raters());
    let axis = &report.axes["tone"];
    let matrix = matrix();
    assert_eq!(report.raters, ["A", "B", "C"]);
    assert_eq!((axis.items, axis.pairable), (8, 8));
    assert_eq!(
        axis.coefficients.alpha_ordinal.0,
        krippendorff_alpha(&matrix, Distance::Ordinal).within(-1.0, 1.0)
    );
    assert_eq!(axis.coefficients.ac2.0, gwet_ac(&matrix, Weights::Quadratic).within(-1.0, 1.0));
    assert_eq!(
        axis.coefficients.fleiss_kappa.0,
        fleiss_kappa(&matrix, Weights::Identity).within(-1.0, 1.0)
    );
    assert_eq!(axis.raters[2].counts, [3, 3, 2]);
}

#[test]
fn each_pair_is_what_the_two_alone_give() {
    let raters = raters();
    let report = panel(&raters);
    let places: Vec<_> =
        report.axes["tone"].pairs.iter().map(|pair| (pair.first, pair.second)).collect();
    assert_eq!(places, [(0, 1), (0, 2), (1, 2)]);
    let alone = compare(&raters[0], &raters[2], false, formula()).unwrap();
    assert_eq!(report.axes["tone"].pairs[1].measures, alone.axes["tone"].measures);
}

#[test]
fn items_that_some_did_not_grade_count_for_the_others() {
    let mut raters = raters();
    take_out(&mut raters[0], "0");
    raters[1] = rater("B", &[("0", ABSTAINED), ("9", study::Score::Grade(1))]);
    let report = panel(&raters);
    let axis = &report.axes["tone"];
    assert_eq!((axis.items, axis.pairable), (9, 7), "0 and 9 have one grade each");
    assert_eq!(axis.unpaired, ["0", "9"]);
    assert_eq!(axis.raters[1].graded, 1);
    assert_eq!(axis.raters[1].excluded.values().sum::<u64>(), 1);
}

#[test]
fn scenarios_that_repeat_are_what_intervals_take_as_independent() {
    let mut raters: Vec<RaterScores> = ["A", "B", "C"]
        .iter()
        .zip(&RATINGS)
        .map(|(name, grades)| graded(name, &grades.repeat(3)))
        .collect();
    for item in 0..24 {
        let design = ItemDesign { scenario: format!("s{}", item % 12), ..ItemDesign::default() };
        raters[1].designs.insert(item.to_string(), design);
    }
    let report = compare_panel(&raters, false, effort(Intervals::Auto)).unwrap();
    let axis = &report.axes["tone"];
    assert_eq!(axis.intervals, Intervals::Scenarios);
    let method = axis.coefficients.alpha_ordinal.0.interval().unwrap().method.to_string();
    assert_eq!(method, "augmented jackknife");
    assert_eq!(report.resampling, None, "nothing is drawn");
    let drawn = compare_panel(&raters, false, effort(Intervals::Scenarios)).unwrap();
    let method =
        drawn.axes["tone"].coefficients.alpha_ordinal.0.interval().unwrap().method.to_string();
    assert_eq!(method, "bootstrap BCa");
    assert_eq!(drawn.resampling.unwrap().replicates, 400);
}

#[test]
fn one_rater_cannot_agree_and_all_must_share_an_axis() {
    assert_eq!(compare_panel(&raters()[..1], false, formula()), Err(CompareError::TooFewRaters));
    let mut raters = raters();
    raters[0].scales = vec![scale("a", 0..=2), scale("b", 0..=2)];
    raters[1].scales = vec![scale("a", 0..=2)];
    raters[2].scales = vec![scale("b", 0..=2)];
    assert_eq!(compare_panel(&raters, false, formula()), Err(CompareError::NoAxisOfAll));
}

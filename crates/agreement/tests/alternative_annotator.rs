//! The alternative annotator test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use agreement::{
    AlternativeAnnotator, Closeness, RatingMatrix, Undefined, alternative_annotator,
    alternative_annotator_clusters,
};
use common::{close, judge_reference};

const SCORES: [f64; 5] = [0.0, 1.0, 2.0, 3.0, 4.0];

fn matrix(rows: &[Vec<usize>]) -> RatingMatrix {
    let rows: Vec<Vec<Option<usize>>> =
        rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
    RatingMatrix::from_rows(5, &rows).unwrap()
}

/// The program of the paper's authors, on 3 annotators and 60 items.
#[test]
fn the_authors_program_gives_the_same() {
    let Some((inputs, rows)) = judge_reference("A1") else { return };
    let column = |column: &serde_json::Value| -> Vec<usize> {
        serde_json::from_value(column.clone()).unwrap()
    };
    let a1 = &inputs["A1"];
    let columns =
        [&a1["judge"], &a1["humans"]["h0"], &a1["humans"]["h1"], &a1["humans"]["h2"]].map(column);
    let items: Vec<Vec<usize>> =
        (0..60).map(|item| columns.iter().map(|column| column[item]).collect()).collect();
    let mut compared = 0;
    for row in &rows {
        let name = row["fun"].as_str().unwrap();
        let closeness = match name {
            _ if name.contains("accuracy") => Closeness::Exact,
            _ if name.contains("neg_rmse") => Closeness::Distance,
            other => panic!("{other}"),
        };
        let epsilon = name.split_once("epsilon=").unwrap().1.trim_end_matches(')');
        let epsilon = epsilon.parse().unwrap();
        let found = alternative_annotator(&matrix(&items), &SCORES, closeness, epsilon).unwrap();
        close(found.winning_rate, row["winning_rate"].as_f64().unwrap(), 1e-9);
        let advantage = found.advantage.estimate().unwrap();
        close(advantage, row["advantage_prob"].as_f64().unwrap(), 1e-9);
        compared += 1;
    }
    assert_eq!(compared, 6);
}

/// Forty items on which two annotators and the judge say 0, and a third says 1 on ten of them.
fn one_errs() -> Vec<Vec<usize>> {
    (0..40).map(|item| vec![0, usize::from(item < 10), 0, 0]).collect()
}

/// The mean of d is −0.25 with standard error 0.0693; p by integrating the density of Student's t
/// with 39 degrees of freedom.
#[test]
fn p_is_that_of_a_one_sided_t_test() {
    for (epsilon, p) in [(0.2, 5.411_872_423e-8), (0.0, 4.362_867_788e-4)] {
        let found = alternative_annotator(&matrix(&one_errs()), &SCORES, Closeness::Exact, epsilon);
        let found = found.unwrap();
        let against = &found.annotators[0];
        assert_eq!(
            (against.annotator, against.n, against.judge, against.human),
            (1, 40, 1.0, 0.75)
        );
        close(against.p / p, 1.0, 1e-6);
    }
}

#[test]
fn a_judge_that_never_differs_wins_only_above_no_advantage() {
    let test = |epsilon| {
        let items: Vec<Vec<usize>> = (0..30).map(|item| vec![item % 5; 4]).collect();
        alternative_annotator(&matrix(&items), &SCORES, Closeness::Exact, epsilon).unwrap()
    };
    assert_eq!((test(0.1).winning_rate, test(0.1).passed), (1.0, true));
    assert_eq!((test(0.0).winning_rate, test(0.0).passed), (0.0, false));
    assert_eq!(test(0.1).advantage.undefined(), Some(Undefined::NoVariation));
}

#[test]
fn distance_sees_what_exactness_does_not() {
    // The judge is one level off, the first annotator three.
    let items: Vec<Vec<usize>> = (0..30).map(|_| vec![1, 3, 0, 0]).collect();
    let against = |closeness| {
        let found = alternative_annotator(&matrix(&items), &SCORES, closeness, 0.2).unwrap();
        (found.annotators[0].judge, found.annotators[0].human)
    };
    assert_eq!(against(Closeness::Exact), (1.0, 1.0));
    assert_eq!(against(Closeness::Distance), (1.0, 0.0));
}

#[test]
fn annotators_with_few_items_are_left_out_with_their_ratings() {
    let mut rows: Vec<Vec<Option<usize>>> =
        one_errs().iter().map(|row| row.iter().copied().map(Some).collect()).collect();
    rows.iter_mut().enumerate().for_each(|(item, row)| row.push((item < 29).then_some(4)));
    let found = alternative_annotator(
        &RatingMatrix::from_rows(5, &rows).unwrap(),
        &SCORES,
        Closeness::Exact,
        0.2,
    );
    let without =
        alternative_annotator(&matrix(&one_errs()), &SCORES, Closeness::Exact, 0.2).unwrap();
    assert_eq!(found.unwrap(), AlternativeAnnotator { left_out: vec![4], ..without });
}

#[test]
fn what_is_missing_is_said() {
    let two: Vec<Vec<usize>> = (0..40).map(|_| vec![0; 3]).collect();
    let refused = alternative_annotator(&matrix(&two), &SCORES, Closeness::Exact, 0.2);
    let few = Undefined::FewAnnotators { annotators: 2, needed: 3, items: 30 };
    assert_eq!(refused, Err(few));
    let short = matrix(&one_errs()[..29]);
    let refused = alternative_annotator(&short, &SCORES, Closeness::Exact, 0.2);
    assert_eq!(refused, Err(Undefined::FewAnnotators { annotators: 0, needed: 3, items: 30 }));
    let refused = alternative_annotator(&matrix(&one_errs()), &SCORES[1..], Closeness::Exact, 0.2);
    assert_eq!(refused, Err(Undefined::ScoreCount { levels: 5, scores: 4 }));
    let refused = alternative_annotator(&matrix(&one_errs()), &SCORES, Closeness::Exact, f64::NAN);
    assert_eq!(refused, Err(Undefined::ScoreRange));
}

#[test]
fn clusters_of_one_item_change_nothing_and_alike_items_do() {
    let mut items = one_errs();
    items[35..].iter_mut().for_each(|item| item[0] = 1);
    let one = alternative_annotator(&matrix(&items), &SCORES, Closeness::Exact, 0.2).unwrap();
    let clustered = |size: usize| {
        let clusters: Vec<RatingMatrix> = items.chunks(size).map(matrix).collect();
        alternative_annotator_clusters(&clusters, &SCORES, Closeness::Exact, 0.2).unwrap()
    };
    assert_eq!(clustered(1).units, 40);
    close(clustered(1).annotators[0].p, one.annotators[0].p, 1e-18);
    close(clustered(1).advantage.se().unwrap(), one.advantage.se().unwrap(), 1e-15);
    // Whole clusters err or do not: ten items are worth two.
    assert_eq!(clustered(5).units, 8);
    assert!(clustered(5).annotators[0].p > 10.0 * one.annotators[0].p);
    assert!(clustered(5).advantage.se() > one.advantage.se());
    assert_eq!(clustered(5).advantage.estimate(), one.advantage.estimate());
}

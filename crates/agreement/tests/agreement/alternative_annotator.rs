//! The alternative annotator test.

use crate::support::{close, judge_reference};
use agreement::{
    AlternativeAnnotator, Annotated, AnnotatorTest, Closeness, Draw, Undefined,
    alternative_annotator, alternative_annotator_by_level,
};

const SCORES: [f64; 5] = [0.0, 1.0, 2.0, 3.0, 4.0];

fn annotated(rows: &[Vec<Option<usize>>]) -> Vec<Annotated> {
    let item = |(cluster, row): (usize, &Vec<Option<usize>>)| Annotated {
        levels: row.clone(),
        weight: 1.0,
        cluster,
    };
    rows.iter().enumerate().map(item).collect()
}

fn complete(rows: &[Vec<usize>]) -> Vec<Annotated> {
    let rows: Vec<Vec<Option<usize>>> =
        rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
    annotated(&rows)
}

fn by(closeness: Closeness, epsilon: f64) -> AnnotatorTest {
    AnnotatorTest { closeness, epsilon, balanced: false }
}

fn exact(items: &[Annotated], epsilon: f64) -> Result<AlternativeAnnotator, Undefined> {
    alternative_annotator(items, &SCORES, by(Closeness::Exact, epsilon))
}

/// The program of the paper's authors, on 3 annotators and 60 items.
#[test]
fn the_authors_program_gives_the_same() {
    let (inputs, rows) = judge_reference("A1");
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
        let test = by(closeness, epsilon);
        let found = alternative_annotator(&complete(&items), &SCORES, test).unwrap();
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
        let found = exact(&complete(&one_errs()), epsilon).unwrap();
        let against = &found.annotators[0];
        assert_eq!(
            (against.annotator, against.n, against.judge, against.human),
            (1, 40, 1.0, 0.75)
        );
        close(against.p.unwrap() / p, 1.0, 1e-6);
    }
}

#[test]
fn a_judge_that_never_differs_has_no_t_test_and_wins_where_that_is_improbable() {
    let test = |epsilon, clusters: usize| {
        let items: Vec<Vec<usize>> = (0..30).map(|item| vec![item % 5; 4]).collect();
        let mut items = complete(&items);
        items.iter_mut().for_each(|item| item.cluster %= clusters);
        exact(&items, epsilon).unwrap()
    };
    // 0.8^30 times 3 (1 + 1/2 + 1/3) / 3 of Benjamini and Yekutieli, all three being alike.
    let all = test(0.2, 30);
    assert_eq!((all.winning_rate, all.passed), (1.0, true));
    assert_eq!(all.annotators[0].p, Err(Undefined::DifferencesAlike));
    close(all.annotators[0].p_adjusted, 0.8_f64.powi(30) * 11.0 / 6.0, 1e-12);
    assert_eq!(test(0.0, 30).winning_rate, 0.0, "no allowance, no win");
    // Six scenarios in which nothing differs are less improbable: .26.
    assert_eq!((test(0.2, 6).winning_rate, test(0.2, 6).passed), (0.0, false));
    let interval = all.advantage.interval().unwrap();
    assert!(interval.lo > 0.8 && interval.lo < 0.9 && interval.hi == 1.0, "{interval:?}");
}

/// 38 of 40 items, one annotator off on two: the old interval ended above 1.
#[test]
fn the_advantage_stays_a_share() {
    let rows: Vec<Vec<usize>> = (0..40).map(|item| vec![usize::from(item < 2), 0, 0, 0]).collect();
    let found = exact(&complete(&rows), 0.2).unwrap();
    let interval = found.advantage.interval().unwrap();
    close(found.advantage.estimate().unwrap(), 0.95, 1e-12);
    assert!(interval.lo > 0.7 && interval.lo < 0.9, "{interval:?}");
    assert!(interval.hi > 0.95 && interval.hi < 1.0, "{interval:?}");
}

#[test]
fn distance_sees_what_exactness_does_not() {
    // The judge is one level off, the first annotator three.
    let items: Vec<Vec<usize>> = (0..30).map(|_| vec![1, 3, 0, 0]).collect();
    let against = |closeness| {
        let test = by(closeness, 0.2);
        let found = alternative_annotator(&complete(&items), &SCORES, test).unwrap();
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
    let mut found = exact(&annotated(&rows), 0.2).unwrap();
    assert_eq!(std::mem::take(&mut found.left_out), [4]);
    assert_eq!(found, exact(&complete(&one_errs()), 0.2).unwrap());
}

#[test]
fn what_is_missing_is_said() {
    let one: Vec<Vec<usize>> = (0..40).map(|_| vec![0; 2]).collect();
    let few = |annotators| Err(Undefined::FewAnnotators { annotators, needed: 2, items: 30 });
    assert_eq!(exact(&complete(&one), 0.2), few(0), "nobody else says how close it is");
    assert_eq!(exact(&complete(&one_errs()[..29]), 0.2), few(0));
    assert_eq!(exact(&[], 0.2), few(0));
    let all = complete(&one_errs());
    let short = alternative_annotator(&all, &SCORES[..1], by(Closeness::Exact, 0.2));
    assert_eq!(short, Err(Undefined::UnknownLevel { level: 1, levels: 1 }));
    assert_eq!(exact(&all, f64::NAN), Err(Undefined::ScoreRange));
    let mut all = all;
    all[3].weight = 0.0;
    assert_eq!(exact(&all, 0.2), Err(Undefined::SamplingWeight));
}

#[test]
fn clusters_of_alike_items_count_less() {
    let mut items = one_errs();
    items[35..].iter_mut().for_each(|item| item[0] = 1);
    let clustered = |size: usize| {
        let mut items = complete(&items);
        items.iter_mut().for_each(|item| item.cluster /= size);
        exact(&items, 0.2).unwrap()
    };
    // Whole clusters err or do not: ten items are worth two.
    assert_eq!((clustered(1).units, clustered(5).units), (40, 8));
    assert!(clustered(5).annotators[0].p.unwrap() > 10.0 * clustered(1).annotators[0].p.unwrap());
    assert!(clustered(5).advantage.se() > clustered(1).advantage.se());
    let estimates = [5, 1].map(|size| clustered(size).advantage.estimate().unwrap());
    close(estimates[0], estimates[1], 1e-15);
}

/// 100 items of which all three annotators call 90 harmless, and ten harmful but for slips.
fn rare_harm(judge: impl Fn(usize) -> usize) -> Vec<Annotated> {
    let slip = |item: usize, annotator: usize, level: usize| {
        if item % 9 == annotator { 1 - level } else { level }
    };
    let row = |item: usize| {
        let level = usize::from(item >= 90);
        let mut row = vec![judge(item)];
        row.extend((0..3).map(|annotator| slip(item, annotator, level)));
        row
    };
    complete(&(0..100).map(row).collect::<Vec<_>>())
}

/// The constant judge is at least as close on all 90 items that the others call harmless, and the
/// annotator on 80: on these the judge always, on the ten others hardly ever.
#[test]
fn a_judge_that_sees_nothing_passes_only_unbalanced() {
    let test = |balanced| AnnotatorTest { closeness: Closeness::Exact, epsilon: 0.2, balanced };
    let blind = rare_harm(|_| 0);
    let plain = alternative_annotator(&blind, &SCORES, test(false)).unwrap();
    assert_eq!((plain.winning_rate, plain.passed), (1.0, true), "as the authors say themselves");
    let balanced = alternative_annotator(&blind, &SCORES, test(true)).unwrap();
    assert_eq!((balanced.winning_rate, balanced.passed), (0.0, false));
    let seeing = rare_harm(|item| usize::from(item >= 90));
    let balanced = alternative_annotator(&seeing, &SCORES, test(true)).unwrap();
    assert!(balanced.passed, "{balanced:?}");
}

/// By hand, 32 items and 2 annotators: the second says 1 on two items. Against the first annotator
/// each of the two levels has half the weight, 1/60 per item and 1/4 per item.
#[test]
fn balanced_shares_are_the_mean_over_levels() {
    let mut rows: Vec<Vec<usize>> = (0..32).map(|_| vec![0, 0, 0]).collect();
    rows[0] = vec![0, 1, 1];
    rows[1] = vec![1, 0, 1];
    rows[2] = vec![1, 0, 0];
    let test = AnnotatorTest { closeness: Closeness::Exact, epsilon: 0.2, balanced: true };
    let found = alternative_annotator(&complete(&rows), &SCORES, test).unwrap();
    let first = &found.annotators[0];
    close(first.judge, (29.0 / 30.0 + 1.0 / 2.0) / 2.0, 1e-15);
    close(first.human, (30.0 / 30.0 + 1.0 / 2.0) / 2.0, 1e-15);
    let at = alternative_annotator_by_level(&complete(&rows), &SCORES, test).unwrap();
    assert_eq!((at[0].level, at[0].n, at[1].level, at[1].n), (0, 61, 1, 3));
    assert!(at[0].test.is_ok() && at[1].test.is_err());
}

/// Weights represent so many items: an item of weight 2 is two items of one cluster.
#[test]
fn an_item_of_weight_two_is_two_items_of_one_cluster() {
    let rows = one_errs();
    let mut weighted = complete(&rows);
    let mut twice = weighted.clone();
    for item in (0..40).filter(|item| item % 3 == 0) {
        weighted[item].weight = 2.0;
        twice.push(twice[item].clone());
    }
    let (weighted, twice) = (exact(&weighted, 0.2).unwrap(), exact(&twice, 0.2).unwrap());
    close(weighted.annotators[0].p.unwrap(), twice.annotators[0].p.unwrap(), 1e-12);
    close(weighted.advantage.se().unwrap(), twice.advantage.se().unwrap(), 1e-12);
    assert_eq!((weighted.units, weighted.annotators[0].n), (40, 40));
}

/// An exchangeable judge: the annotator's advantage is 0, so that with ε = 0 it wins by chance alone.
/// With the level of 0.05 corrected over three annotators it seldom does.
#[test]
fn an_exchangeable_judge_seldom_wins_without_an_allowance() {
    for balanced in [false, true] {
        let wins = |seed: u64| {
            let mut draw = Draw::new(seed, 7);
            let mut row = || {
                let harmful = draw.unit() < 0.2;
                let mut rate = || usize::from(draw.unit() < if harmful { 0.8 } else { 0.1 });
                (0..4).map(|_| rate()).collect::<Vec<usize>>()
            };
            let items = complete(&(0..100).map(|_| row()).collect::<Vec<_>>());
            let test = AnnotatorTest { closeness: Closeness::Exact, epsilon: 0.0, balanced };
            let found = alternative_annotator(&items, &SCORES, test).unwrap();
            found.annotators[0].p.unwrap() <= 0.05
        };
        let share = (0..600).filter(|seed| wins(*seed)).count() as f64 / 600.0;
        assert!((0.02..=0.085).contains(&share), "balanced {balanced}: {share}");
    }
}

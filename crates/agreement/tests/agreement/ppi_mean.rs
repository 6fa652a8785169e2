//! Prediction-powered means.

use crate::support::{close, judge_reference};
use agreement::{
    Dependence, Draw, Lambda, PpiMean, Rated, Undefined, Unrated, ppi_mean, ppi_mean_augmented,
};
use serde_json::Value;

fn rated(grades: &[f64], predicted: &[f64]) -> Vec<Rated> {
    let items = grades.iter().zip(predicted).enumerate();
    items
        .map(|(cluster, (&grade, &predicted))| Rated { grade, predicted, weight: 1.0, cluster })
        .collect()
}

fn unrated(predicted: &[f64]) -> Vec<Unrated> {
    let items = predicted.iter().enumerate();
    items.map(|(at, &predicted)| Unrated { predicted, cluster: 1_000 + at }).collect()
}

/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// ppi-python 0.2.3, ppi_mean_pointestimate and ppi_mean_ci, on 80 rated and 1,000 other items.
#[test]
fn the_authors_program_gives_the_same() {
    let (inputs, rows) = judge_reference("B1");
    let list =
        |name: &str| -> Vec<f64> { serde_json::from_value(inputs["B1"][name].clone()).unwrap() };
    let (rated, unrated) = (rated(&list("Y"), &list("Yhat")), unrated(&list("Yhat_unlabeled")));
    let mut compared = 0;
    for row in &rows {
        let name = row["fun"].as_str().unwrap();
        let lambda = match name {
            _ if name.contains("lam=0.5") => continue, // one-sided, which Primum does not give
            _ if name.contains("lam=0") => Lambda::Fixed(0.0),
            _ if name.contains("lam=1") => Lambda::Fixed(1.0),
            _ => Lambda::Tuned,
        };
        let found = ppi_mean(&rated, &unrated, lambda, Dependence::Items).unwrap();
        let expect = |field: &str, found: f64| {
            if let Some(expected) = row.get(field).and_then(Value::as_f64) {
                close(found, expected, 1e-9);
            }
        };
        expect("value", found.mean.estimate().unwrap());
        expect("lam", found.lambda);
        // Theirs is estimate ± 1.96 SE, with 80 in the place of 79.
        let half = Z * found.mean.se().unwrap() * f64::sqrt(79.0 / 80.0);
        expect("lo", found.mean.estimate().unwrap() - half);
        expect("hi", found.mean.estimate().unwrap() + half);
        let interval = found.mean.interval().unwrap();
        assert!(interval.hi - interval.lo > 2.0 * half, "Student's t is wider");
        compared += 1;
    }
    assert_eq!(compared, 5);
}

const GRADES: [f64; 6] = [0.0, 1.0, 3.0, 2.0, 0.0, 4.0];
const PREDICTED: [f64; 6] = [0.0, 0.0, 2.0, 2.0, 1.0, 3.0];
const OTHERS: [f64; 8] = [0.0, 1.0, 0.0, 2.0, 3.0, 1.0, 0.0, 0.0];

fn small(lambda: Lambda, dependence: Dependence) -> PpiMean {
    ppi_mean(&rated(&GRADES, &PREDICTED), &unrated(&OTHERS), lambda, dependence).unwrap()
}

/// By hand: Ȳ = 10/6, f̄ = 8/6 and 7/8, Cov = 22/6 − 80/36, Σ(f − f̄)² over all 14 = 33 − 225/14.
#[test]
fn a_small_example() {
    let covariance = 22.0 / 6.0 - 80.0 / 36.0;
    let variance = (33.0 - 225.0 / 14.0) / 13.0;
    let lambda = covariance / ((1.0 + 6.0 / 8.0) * variance);
    let found = small(Lambda::Tuned, Dependence::Items);
    close(found.lambda, lambda, 1e-14);
    close(found.mean.estimate().unwrap(), 10.0 / 6.0 - lambda * (8.0 / 6.0 - 7.0 / 8.0), 1e-14);
    close(found.rated_only.estimate().unwrap(), 10.0 / 6.0, 1e-15);
    // Σ(Y − Ȳ)² = 30 − 100/6, over n (n − 1); the 97.5 % point of Student's t with five degrees.
    let se = ((30.0_f64 - 100.0 / 6.0) / 30.0).sqrt();
    close(found.rated_only.se().unwrap(), se, 1e-14);
    let interval = found.rated_only.interval().unwrap();
    close(interval.hi, 10.0 / 6.0 + 2.570_581_835_636_314 * se, 1e-9);
    assert!(found.mean.se().unwrap() < se, "predictions help");
    assert!(!found.weighted);
}

#[test]
fn a_perfect_judge_leaves_only_its_own_mean() {
    let mut rated = rated(&GRADES, &GRADES);
    let unrated = unrated(&OTHERS);
    let found = ppi_mean(&rated, &unrated, Lambda::Fixed(1.0), Dependence::Items).unwrap();
    close(found.mean.estimate().unwrap(), 7.0 / 8.0, 1e-15);
    rated[3].weight = 2.5;
    let found = ppi_mean(&rated, &unrated, Lambda::Fixed(1.0), Dependence::Items).unwrap();
    assert!(found.weighted);
    close(found.mean.estimate().unwrap(), 17.0 / 14.0, 1e-15);
    let drawn = (0.0 + 1.0 + 3.0 + 2.0 * 2.5 + 0.0 + 4.0) / 7.5;
    close(found.rated_only.estimate().unwrap(), drawn, 1e-15);
}

#[test]
fn a_judge_that_always_says_the_same_is_not_listened_to() {
    let found =
        ppi_mean(&rated(&GRADES, &[2.0; 6]), &unrated(&[2.0; 8]), Lambda::Tuned, Dependence::Items);
    let found = found.unwrap();
    assert_eq!(found.lambda, 0.0);
    assert_eq!(found.mean, found.rated_only);
}

/// A population of 4,000 items of which those that the judge scores high are drawn ten times as often:
/// the plain mean of the drawn is off, the weighted ones are not.
#[test]
fn weights_undo_an_oversampling() {
    let grade = |item: usize| -> f64 { [0.0, 0.0, 1.0, 2.0, 4.0][item % 5] };
    let predicted = |item: usize| {
        let off = if item.is_multiple_of(7) { 1.0 } else { 0.0 };
        (grade(item) - off).max(0.0)
    };
    let (mut drawn, mut rest) = (Vec::new(), Vec::new());
    for cluster in 0..4_000 {
        let predicted = predicted(cluster);
        let often: u32 = if predicted >= 2.0 { 4 } else { 40 };
        if (cluster as u32 / 5).is_multiple_of(often) {
            let weight = f64::from(often);
            drawn.push(Rated { grade: grade(cluster), predicted, weight, cluster });
        } else {
            rest.push(Unrated { predicted, cluster });
        }
    }
    let truth = 1.4;
    let found = ppi_mean(&drawn, &rest, Lambda::Tuned, Dependence::Items).unwrap();
    let close_to_truth = |measure: &agreement::Measure| {
        (measure.estimate().unwrap() - truth).abs() < 2.5 * measure.se().unwrap()
    };
    assert!(close_to_truth(&found.mean), "{found:?}");
    assert!(close_to_truth(&found.rated_only), "{found:?}");
    assert!(found.mean.se().unwrap() < 0.5 * found.rated_only.se().unwrap(), "{found:?}");
    drawn.iter_mut().for_each(|item| item.weight = 1.0);
    let plain = ppi_mean(&drawn, &rest, Lambda::Fixed(0.0), Dependence::Items).unwrap();
    assert!(plain.mean.estimate().unwrap() > truth + 0.5, "{plain:?}");
}

#[test]
fn clusters_of_one_item_change_nothing_and_alike_items_are_one() {
    let (items, alone) =
        (small(Lambda::Tuned, Dependence::Items), small(Lambda::Tuned, Dependence::Clusters));
    assert_eq!(alone, items);
    let double = |values: &[f64]| [values, values].concat();
    let mut twice = rated(&double(&GRADES), &double(&PREDICTED));
    twice.iter_mut().for_each(|item| item.cluster %= 6);
    let mut others = unrated(&double(&OTHERS));
    others.iter_mut().for_each(|item| item.cluster = 1_000 + (item.cluster - 1_000) % 8);
    // The same λ, since the tuned one has a divisor less 1.
    let lambda = Lambda::Fixed(alone.lambda);
    let clustered = ppi_mean(&twice, &others, lambda, Dependence::Clusters).unwrap();
    close(clustered.mean.se().unwrap(), alone.mean.se().unwrap(), 1e-14);
}

#[test]
fn what_is_missing_is_said() {
    let fails = |rated: &[Rated], unrated: &[Unrated]| {
        ppi_mean(rated, unrated, Lambda::Tuned, Dependence::Items).unwrap_err()
    };
    let (known, others) = (rated(&GRADES, &PREDICTED), unrated(&OTHERS));
    assert_eq!(fails(&[], &others), Undefined::NoItems);
    assert_eq!(fails(&known[..1], &others), Undefined::FewerThanTwoItems);
    assert_eq!(fails(&known, &[]), Undefined::NoUnratedItems);
    for weight in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let mut known = known.clone();
        known[2].weight = weight;
        assert_eq!(fails(&known, &others), Undefined::SamplingWeight);
    }
    let mut known = known.clone();
    known[2].grade = f64::NAN;
    assert_eq!(fails(&known, &others), Undefined::ScoreRange);
    let one = ppi_mean(
        &rated(&GRADES[..2], &PREDICTED[..2])
            .into_iter()
            .map(|item| Rated { cluster: 0, ..item })
            .collect::<Vec<_>>(),
        &[Unrated { predicted: 1.0, cluster: 0 }],
        Lambda::Tuned,
        Dependence::Clusters,
    );
    let undefined = one.unwrap().mean.undefined();
    assert_eq!(undefined, Some(Undefined::FewClusters { clusters: 1, needed: 2 }));
}

/// Of 600 populations of 800 items each, in 80 scenarios of their own difficulty where `clustered`,
/// drawn with probabilities that follow the judge's grade: how often the published interval, and that
/// with a pseudo-item, hold the mean of what the population was drawn from.
fn coverage(clustered: bool, drawn: impl Fn(f64) -> f64) -> [f64; 2] {
    let truth = if clustered { 1.5 } else { 1.0 };
    let dependence = if clustered { Dependence::Clusters } else { Dependence::Items };
    let covers = |seed: &u64| {
        let mut draw = Draw::new(*seed, 0);
        let (mut known, mut others, mut harder) = (Vec::new(), Vec::new(), 0.0);
        for item in 0..800 {
            if clustered && item % 10 == 0 {
                harder = draw.unit();
            }
            // A third each of 0, 1 and 2, and as much again for the scenario.
            let grade = (draw.unit() * 3.0).floor() + harder;
            let predicted = if draw.unit() < 0.7 { grade } else { (grade - 1.0).max(0.0) };
            let (p, cluster) = (drawn(predicted), item / 10);
            if draw.unit() < p {
                known.push(Rated { grade, predicted, weight: 1.0 / p, cluster });
            } else {
                others.push(Unrated { predicted, cluster });
            }
        }
        let scale = [0.0, 1.0, 2.0, 3.0];
        let held = |found: Result<PpiMean, Undefined>| {
            let found = found.unwrap();
            let interval = found.mean.interval().unwrap();
            (interval.lo..=interval.hi).contains(&truth)
        };
        [
            held(ppi_mean(&known, &others, Lambda::Tuned, dependence)),
            held(ppi_mean_augmented(&known, &others, &scale, dependence)),
        ]
    };
    let found: Vec<[bool; 2]> = (0..600).map(|seed| covers(&seed)).collect();
    [0, 1].map(|at| found.iter().filter(|held| held[at]).count() as f64 / 600.0)
}

#[test]
fn intervals_hold_the_mean_as_often_as_they_say() {
    for (clustered, even) in [(false, true), (true, true), (false, false), (true, false)] {
        let drawn = |predicted: f64| if even || predicted >= 1.0 { 0.25 } else { 0.1 };
        for found in coverage(clustered, drawn) {
            assert!((0.925..=0.98).contains(&found), "{clustered} {even}: {found}");
        }
    }
}

/// Where most items are of the lowest grade and few are rated, the normal interval covered .85.
#[test]
fn few_rated_items_are_allowed_for() {
    let covers = |seed: &u64| {
        let mut draw = Draw::new(*seed, 3);
        let mut item = |cluster: usize| {
            let grade = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.0];
            let grade: f64 = grade[(draw.unit() * 10.0) as usize];
            let predicted = if draw.unit() < 0.6 { grade } else { (draw.unit() * 2.0).floor() };
            Rated { grade, predicted, weight: 1.0, cluster }
        };
        let known: Vec<Rated> = (0..35).map(&mut item).collect();
        let others: Vec<Unrated> = (35..335)
            .map(&mut item)
            .map(|Rated { predicted, cluster, .. }| Unrated { predicted, cluster })
            .collect();
        let found = ppi_mean(&known, &others, Lambda::Tuned, Dependence::Items).unwrap();
        let interval = found.mean.interval().unwrap();
        (interval.lo..=interval.hi).contains(&0.6)
    };
    let share = (0..1_000).filter(covers).count() as f64 / 1_000.0;
    assert!((0.905..=0.97).contains(&share), "{share}");
}

/// Bounds by an independent program in Python, from weighted means, variances and a covariance.
#[test]
fn a_small_example_with_a_pseudo_item() {
    let (known, others) = (rated(&GRADES, &PREDICTED), unrated(&OTHERS));
    let scale = [0.0, 1.0, 2.0, 3.0, 4.0];
    let found = ppi_mean_augmented(&known, &others, &scale, Dependence::Items).unwrap();
    close(found.lambda, 0.662_434_951_678_389_5, 1e-12);
    close(found.mean.estimate().unwrap(), 1.363_050_647_147_404_9, 1e-12);
    let interval = found.mean.interval().unwrap();
    close(interval.lo, 0.210_512_338_743_900_74, 1e-9);
    close(interval.hi, 2.591_111_724_846_194_3, 1e-9);
    let alone = found.rated_only.interval().unwrap();
    close(alone.lo, 0.156_277_844_937_084_74, 1e-9);
    close(alone.hi, 3.272_293_583_634_343, 1e-9);
    // The plain bounds are the published ones at this lambda.
    let plain = ppi_mean(&known, &others, Lambda::Fixed(found.lambda), Dependence::Items).unwrap();
    assert_eq!(interval.plain.unwrap().hi, plain.mean.interval().unwrap().hi);
    assert_eq!(found.mean.se(), plain.mean.se());
    let same = ppi_mean_augmented(
        &rated(&GRADES, &[2.0; 6]),
        &unrated(&[2.0; 8]),
        &scale,
        Dependence::Items,
    );
    assert_eq!(same.unwrap().lambda, 0.0);
}

/// Where 85 % of the grades are 0 the published interval covers .84 with 30 rated items, and .87 with 40.
#[test]
fn a_pseudo_item_lets_few_rated_items_of_one_grade_cover() {
    let item = |draw: &mut Draw, cluster: usize| {
        let grade = match draw.unit() {
            u if u < 0.85 => 0.0,
            u if u < 0.92 => 1.0,
            u if u < 0.97 => 2.0,
            _ => 4.0,
        };
        let predicted = if draw.unit() < 0.7 { grade } else { (draw.unit() * 2.0).floor() };
        Rated { grade, predicted, weight: 1.0, cluster }
    };
    for known in [30, 40] {
        let covers = |seed: &u64| {
            let mut draw = Draw::new(*seed, known as u64);
            let rated: Vec<Rated> = (0..known).map(|at| item(&mut draw, at)).collect();
            let others: Vec<Unrated> = (known..known + 300)
                .map(|at| item(&mut draw, at))
                .map(|Rated { predicted, cluster, .. }| Unrated { predicted, cluster })
                .collect();
            let scale = [0.0, 1.0, 2.0, 3.0, 4.0];
            let found = ppi_mean_augmented(&rated, &others, &scale, Dependence::Items).unwrap();
            let interval = found.mean.interval().unwrap();
            (interval.lo..=interval.hi).contains(&0.29)
        };
        let share = (0..1_000).filter(covers).count() as f64 / 1_000.0;
        assert!((0.94..=0.99).contains(&share), "{known}: {share}");
    }
}

/// The judge is at its highest on what nobody rated, and errs upwards with the grade where it is known.
#[test]
fn the_estimate_stays_on_the_scale() {
    let known = rated(&[2.0, 2.0, 2.0, 1.0, 2.0, 1.0], &[1.0, 1.0, 1.0, 0.0, 1.0, 0.0]);
    let others = unrated(&[2.0; 60]);
    let scale = [0.0, 1.0, 2.0];
    let published = ppi_mean(&known, &others, Lambda::Fixed(1.0), Dependence::Items).unwrap();
    assert!(published.mean.estimate().unwrap() > 2.0, "the published estimator leads off it");
    let found = ppi_mean_augmented(&known, &others, &scale, Dependence::Items).unwrap();
    assert!(found.mean.estimate().unwrap() <= 2.0 && found.lambda <= 1.0, "{found:?}");
}

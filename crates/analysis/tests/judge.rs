//! Judges beside humans.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use agreement::{
    ContingencyTable, Method, RatedItem, RatedItems, Resampling, Share, Statistic, Undefined,
    Unseen, Weights, cohen_kappa, light_kappa, rogan_gladen,
};
use analysis::{
    CompareError, Intervals, JudgeAxis, JudgeQuestion, JudgeReport, Outcome, Probabilities,
    compare, hold, validate_judges,
};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use study::{
    Exclusion, Framing, Grade, Place, Quantity, RaterScores, Relation, RubricClaim, Score,
    Threshold,
};
use support::{ABSTAINED, PARSE_FAILURE, effort, formula, graded, rater, rubric, scale};

const ADA: [Grade; 12] = [0, 0, 1, 2, 2, 1, 0, 0, 1, 2, 2, 1];
const BEN: [Grade; 12] = [0, 1, 1, 2, 1, 1, 0, 0, 2, 2, 2, 0];
const EVA: [Grade; 12] = [0, 0, 2, 2, 2, 0, 0, 0, 1, 2, 1, 1];
const JUDGE: [Grade; 12] = [0, 0, 0, 1, 0, 1, 0, 1, 0, 2, 1, 0];

fn question<'a>(humans: &'a [RaterScores], judges: &'a [RaterScores]) -> JudgeQuestion<'a> {
    JudgeQuestion { humans, judges, probabilities: None, epsilon: 0.2, across_rubrics: false }
}

fn report(humans: &[RaterScores], judge: RaterScores, intervals: Intervals) -> JudgeReport {
    validate_judges(question(humans, &[judge]), effort(intervals)).unwrap()
}

fn axis(report: &JudgeReport) -> &JudgeAxis {
    &report.judges.values().next().unwrap().axes["tone"]
}

fn three() -> Vec<RaterScores> {
    vec![graded("Ada", &ADA), graded("Ben", &BEN), graded("Eva", &EVA)]
}

fn undefined<T>(outcome: &Outcome<T>) -> &str {
    match outcome {
        Outcome::Undefined { undefined } => undefined,
        Outcome::Made(_) => panic!("there is one"),
    }
}

#[test]
fn beside_one_human_agreement_is_that_of_the_two() {
    let humans = [graded("Ada", &ADA)];
    let report = report(&humans, graded("judge", &JUDGE), Intervals::Formula);
    let axis = axis(&report);
    let two = compare(&humans[0], &graded("judge", &JUDGE), false, formula()).unwrap();
    assert_eq!(axis.measures.agreement, two.axes["tone"].measures);
    assert_eq!(axis.measures.confusion, two.axes["tone"].measures.table);
    assert_eq!((axis.reference.as_str(), axis.by_human.len()), ("Ada", 0));
    // Ada less the judge is 12 − 6 over 12 items; the judge less Ada is the other way round.
    assert_eq!(axis.measures.agreement.mean_difference.0.estimate(), Some(0.5));
    assert_eq!(axis.measures.bias.0.estimate(), Some(-0.5));
    // Of eight items above 0 the judge gives 0 to four.
    assert_eq!(axis.measures.miss_rate.0.estimate(), Some(0.5));
    let reason = undefined(&axis.measures.human_ceiling);
    assert_eq!(reason, Undefined::NoPairableItems.to_string());
    assert_eq!(axis.measures.difference.0.undefined(), Some(Undefined::NoPairableItems));
    assert!(undefined(&axis.measures.alt_test).contains("needs 3 such annotators"));
    assert_eq!(undefined(&axis.measures.ppi), Undefined::NoUnratedItems.to_string());
}

#[test]
fn of_several_humans_the_median_is_the_reference_and_between_two_the_higher_grade() {
    let median = |grades: &[&[Grade]]| {
        let humans: Vec<RaterScores> = grades.iter().map(|grades| graded("H", grades)).collect();
        let judge = graded("judge", &vec![0; grades[0].len()]);
        let report = report(&humans, judge, Intervals::Formula);
        let rows = axis(&report).measures.confusion.iter();
        rows.map(|row| row[0] as u64).collect::<Vec<u64>>()
    };
    // (0, 1) is 1 and (0, 2) is 1, as is (0, 1, 2); (1, 2) is 2.
    assert_eq!(median(&[&[0, 0, 1, 2], &[1, 2, 2, 2]]), [0, 2, 2]);
    assert_eq!(median(&[&[0, 0], &[1, 2], &[2, 0]]), [1, 1, 0]);
    let report = report(&three(), graded("judge", &JUDGE), Intervals::Formula);
    assert_eq!(axis(&report).reference, "the median of 3 raters");
    assert_eq!(axis(&report).reference_from, [0, 0, 12]);
}

#[test]
fn an_item_that_one_human_graded_has_that_grade() {
    let mut humans = [graded("Ada", &ADA), rater("Ben", &[("0", ABSTAINED)])];
    humans[0].items.remove("11");
    let found = report(&humans, graded("judge", &JUDGE), Intervals::Formula);
    let (axis, measures) = (axis(&found), &axis(&found).measures);
    assert_eq!(axis.reference_from, [11, 0]);
    assert_eq!((measures.shared, measures.agreement.n, measures.unrated), (11, 11, 1));
    humans[0].items.remove("0");
    let found = report(&humans, graded("judge", &JUDGE), Intervals::Formula);
    let measures = &self::axis(&found).measures;
    assert_eq!(measures.excluded, BTreeMap::from([(Exclusion::Abstained, 1)]));
}

#[test]
fn failures_are_counted_beside_what_humans_say_of_them() {
    let mut judge = graded("judge", &JUDGE);
    for (item, score) in [("3", PARSE_FAILURE), ("4", PARSE_FAILURE), ("0", ABSTAINED)] {
        judge.items.insert(item.into(), BTreeMap::from([("tone".into(), score)]));
    }
    judge.items.remove("1");
    let humans = [graded("Ada", &ADA)];
    let report = report(&humans, judge, Intervals::Formula);
    let measures = &axis(&report).measures;
    let expected = BTreeMap::from([(Exclusion::ParseFailure, 2), (Exclusion::Abstained, 1)]);
    assert_eq!(measures.excluded, expected);
    assert_eq!((measures.shared, measures.agreement.n, axis(&report).unjudged), (11, 8, 1));
    let failures = &measures.ungraded[0];
    assert_eq!((failures.reason, failures.items), (Exclusion::ParseFailure, 2));
    assert_eq!(failures.reference, [0, 0, 2], "both are of the worst grade");
}

#[test]
fn the_ceiling_is_the_mean_of_the_humans_pairs() {
    let report = report(&three(), graded("judge", &JUDGE), Intervals::Formula);
    let ceiling = axis(&report).measures.human_ceiling.made().unwrap();
    let levels = |item: usize| [ADA, BEN, EVA].map(|grades| Some(grades[item] as usize)).to_vec();
    let rows: Vec<_> = (0..12).map(levels).collect();
    let matrix = agreement::RatingMatrix::from_rows(3, &rows).unwrap();
    let light = light_kappa(&matrix, Weights::Quadratic).estimate().unwrap();
    let humans = ceiling.kappa_quadratic.humans.0.estimate().unwrap();
    assert!((humans - light).abs() < 1e-12);
    let kappa = |grades: &[Grade; 12]| {
        let mut table = ContingencyTable::empty(3).unwrap();
        let pairs = grades.iter().zip(&JUDGE);
        pairs.for_each(|(a, b)| table.record(*a as usize, *b as usize).unwrap());
        cohen_kappa(&table, Weights::Quadratic).estimate().unwrap()
    };
    let judge = (kappa(&ADA) + kappa(&BEN) + kappa(&EVA)) / 3.0;
    assert!((ceiling.kappa_quadratic.judge.0.estimate().unwrap() - judge).abs() < 1e-12);
    let difference = &axis(&report).measures.difference;
    assert!((difference.0.estimate().unwrap() - (judge - light)).abs() < 1e-12);
    assert_eq!(difference.0.interval().unwrap().method, Method::BootstrapBca);
    assert_eq!(*difference, ceiling.kappa_quadratic.difference);
    // Beside one human: the judge's kappa with Ada less the mean of the others' with her.
    let ada = axis(&report).by_human["Ada"].human_ceiling.made().unwrap();
    assert!((ada.kappa_quadratic.judge.0.estimate().unwrap() - kappa(&ADA)).abs() < 1e-12);
}

/// Two humans: the joint bootstrap of the library, which knows nothing of columns.
#[test]
fn the_difference_is_that_of_jointly_resampled_tables() {
    let humans = [graded("Ada", &ADA), graded("Ben", &BEN)];
    let report = report(&humans, graded("judge", &JUDGE), Intervals::Items);
    let ada = axis(&report).by_human["Ada"].human_ceiling.made().unwrap();
    let mut joint = agreement::JointCounts::empty(3).unwrap();
    for ((a, b), judge) in ADA.iter().zip(&BEN).zip(&JUDGE) {
        let [a, b, judge] = [a, b, judge].map(|grade| *grade as usize);
        joint.record(Some((judge, a)), Some((a, b))).unwrap();
    }
    let kappa = |table: &ContingencyTable| cohen_kappa(table, Weights::Quadratic);
    let how = Resampling::new(20_000, 3);
    let expected = agreement::bootstrap_difference(&joint, kappa, how).unwrap().difference;
    let found = &ada.kappa_quadratic.difference.0;
    assert!((found.estimate().unwrap() - expected.estimate).abs() < 1e-12);
    let ratio = found.se().unwrap() / expected.se.unwrap();
    assert!((ratio - 1.0).abs() < 0.15, "400 samples against 20,000: {ratio}");
}

/// Item i in scenario i modulo `scenarios`; even ones by one model, odd ones by another.
fn placed(mut scores: RaterScores, items: usize, scenarios: usize) -> RaterScores {
    for item in 0..items {
        let place = Place {
            scenario: format!("s{}", item % scenarios),
            model: Some(["aster", "borage"][item % 2].into()),
            category: Some("all".into()),
            framing: Some(if item < items / 2 { Framing::Layperson } else { Framing::Physician }),
            pair: None,
            period: None,
        };
        scores.places.insert(item.to_string(), place);
    }
    scores
}

fn repeated(grades: &[Grade]) -> Vec<Grade> {
    grades.iter().copied().cycle().take(40).collect()
}

#[test]
fn scenarios_that_repeat_are_what_intervals_take_as_independent() {
    let humans = [placed(graded("Ada", &repeated(&ADA)), 40, 20)];
    let judge = placed(graded("judge", &repeated(&JUDGE)), 40, 20);
    let report = report(&humans, judge, Intervals::Auto);
    let measures = &axis(&report).measures;
    assert_eq!(measures.agreement.intervals, Intervals::Scenarios);
    let grades = repeated(&ADA).into_iter().zip(repeated(&JUDGE)).enumerate();
    let item = |(item, (a, b)): (usize, (Grade, Grade))| {
        RatedItem::new(item % 20, vec![Some(a as usize), Some(b as usize)])
    };
    let items = RatedItems::new(2, 3, grades.map(item)).unwrap();
    let missed = |levels: agreement::Levels<'_>| {
        (levels.of(0)? > 0).then(|| f64::from(u8::from(levels.of(1) == Some(0))))
    };
    let expected = items.measure(&Statistic::Share(&missed), Unseen::OneStep);
    assert_eq!(measures.miss_rate.0, expected);
}

#[test]
fn a_share_of_nothing_or_all_keeps_an_interval_when_scenarios_are_resampled() {
    let humans = [placed(graded("Ada", &repeated(&[1, 2, 0])), 40, 20)];
    let judge = placed(graded("judge", &[0; 40]), 40, 20);
    let report = report(&humans, judge, Intervals::Auto);
    let missed = &axis(&report).measures.miss_rate.0;
    assert_eq!(missed.estimate(), Some(1.0));
    let interval = missed.interval().unwrap();
    assert_eq!(interval.method, Method::WilsonDesignEffect);
    // 27 items of 20 scenarios say less than 27 independent ones, [0.875, 1].
    assert!((interval.lo - 0.852).abs() < 1e-3, "{}", interval.lo);
}

#[test]
fn strata_are_models_categories_and_framings_of_which_there_are_several() {
    let humans = [placed(graded("Ada", &repeated(&ADA)), 40, 20)];
    let judge = placed(graded("judge", &repeated(&JUDGE)), 40, 20);
    let report = report(&humans, judge, Intervals::Formula);
    let names: Vec<Vec<&str>> = axis(&report)
        .strata
        .iter()
        .map(|strata| strata.strata.keys().map(String::as_str).collect())
        .collect();
    assert_eq!(names, [["aster", "borage"], ["layperson", "physician"]]);
    let shared: u64 = axis(&report).strata[0].strata.values().map(|one| one.agreement.n).sum();
    assert_eq!(shared, 40);
}

#[test]
fn three_humans_and_thirty_items_make_the_alternative_annotator_test() {
    let humans = [&ADA, &BEN, &EVA].map(|grades| graded("H", &repeated(grades)));
    let report = report(&humans, graded("judge", &repeated(&ADA)), Intervals::Formula);
    let test = axis(&report).measures.alt_test.made().unwrap();
    assert_eq!((test.epsilon, test.exact.humans.len(), test.exact.units), (0.2, 3, 40));
    assert_eq!((test.exact.winning_rate, test.exact.passed), (1.0, true));
    let names: Vec<&str> = axis(&report).by_human.keys().map(String::as_str).collect();
    assert_eq!(names, ["H", "H (2)", "H (3)"], "nobody is lost for sharing a name");
}

/// The judge graded 40 items, of which Ada rated the first 12.
fn rated_in_part() -> ([RaterScores; 1], RaterScores) {
    ([graded("Ada", &ADA)], graded("judge", &repeated(&JUDGE)))
}

#[test]
fn items_of_the_judge_alone_give_means_of_all() {
    let (humans, judge) = rated_in_part();
    let report = report(&humans, judge, Intervals::Formula);
    let measures = &axis(&report).measures;
    let mean = measures.ppi.made().unwrap();
    assert_eq!((mean.rated, mean.unrated, mean.weighted), (12, 28, false));
    assert!((mean.rated_only.0.estimate().unwrap() - 1.0).abs() < 1e-12);
    let judged: Grade = repeated(&JUDGE).iter().sum();
    assert!((mean.judge_mean - f64::from(judged) / 40.0).abs() < 1e-12);
    // The judge grades Ada's 0 and her 1 alike: three times 0 and once 1.
    assert_eq!(measures.corrected_mean.0.undefined(), Some(Undefined::IndistinctJudge));
    let found = repeated(&JUDGE).iter().filter(|grade| **grade > 0).count();
    let share = |count: usize, of: usize| Share { count: count as f64, of: of as f64 };
    let expected = rogan_gladen(share(found, 40), share(3, 4), share(4, 8)).unwrap();
    let corrected = measures.thresholds[0].corrected_share.0.estimate().unwrap();
    assert!((corrected - expected.measure.estimate().unwrap()).abs() < 1e-12);
    assert!(report.cautions.iter().any(|caution| caution.contains("as a random sample")));
}

#[test]
fn probabilities_weigh_the_rated_items() {
    let (humans, judge) = rated_in_part();
    let judges = [judge];
    // Items that Ada gives 2 were drawn twice as often.
    let probability =
        |(item, grade): (usize, &Grade)| (item.to_string(), if *grade == 2 { 0.5 } else { 0.25 });
    let probabilities: Probabilities = ADA.iter().enumerate().map(probability).collect();
    let question = |probabilities| JudgeQuestion {
        probabilities: Some(probabilities),
        ..question(&humans, &judges)
    };
    let found = validate_judges(question(&probabilities), formula()).unwrap();
    let mean = axis(&found).measures.ppi.made().unwrap();
    assert!(mean.weighted);
    // (4 of 1, weight 4 each; 4 of 2, weight 2 each) over 4 · 8 + 2 · 4.
    assert!((mean.rated_only.0.estimate().unwrap() - 32.0 / 40.0).abs() < 1e-12);
    assert!(!found.cautions.iter().any(|caution| caution.contains("as a random sample")));
    let mut some = probabilities.clone();
    some.remove("3");
    let found = validate_judges(question(&some), formula()).unwrap();
    let measures = &axis(&found).measures;
    assert_eq!(undefined(&measures.ppi), Undefined::SamplingWeight.to_string());
    assert_eq!(measures.corrected_mean.0.undefined(), Some(Undefined::SamplingWeight));
}

#[test]
fn the_missed_are_listed_the_worst_first() {
    let report = report(&[graded("Ada", &ADA)], graded("judge", &JUDGE), Intervals::Formula);
    let missed: Vec<(&str, Grade)> =
        axis(&report).missed.iter().map(|one| (one.item.as_str(), one.reference)).collect();
    assert_eq!(missed, [("4", 2), ("11", 1), ("2", 1), ("8", 1)]);
}

#[test]
fn a_missed_item_tells_what_each_human_says_and_where_it_stands() {
    let mut ben = graded("Ben", &BEN);
    ben.items.remove("4");
    let place = Place { scenario: "s".into(), model: Some("m".into()), ..Place::default() };
    ben.places.insert("2".into(), place);
    let humans = [graded("Ada", &ADA), ben, graded("Ada", &EVA)];
    let report = report(&humans, graded("judge", &JUDGE), Intervals::Formula);
    let missed = &axis(&report).missed;
    let find = |item: &str| missed.iter().find(|one| one.item == item).unwrap();
    let told = |item: &str| -> Vec<(&str, Option<Grade>)> {
        find(item).humans.iter().map(|(name, grade)| (name.as_str(), *grade)).collect()
    };
    assert_eq!(told("4"), [("Ada", Some(2)), ("Ben", None), ("Ada (2)", Some(2))]);
    assert_eq!(told("2"), [("Ada", Some(1)), ("Ben", Some(1)), ("Ada (2)", Some(2))]);
    assert_eq!(find("2").scenario.as_deref(), Some("s"));
    assert_eq!(find("2").model.as_deref(), Some("m"));
    assert_eq!(find("4").scenario, None);
}

#[test]
fn thresholds_are_held_by_estimate_and_by_interval() {
    let report = report(&[graded("Ada", &ADA)], graded("judge", &JUDGE), Intervals::Formula);
    let threshold = |quantity, grade, relation, value| Threshold {
        judge: None,
        axis: "tone".into(),
        quantity,
        grade,
        relation,
        value,
    };
    let held = hold(
        &[
            threshold(Quantity::MissRate, None, Relation::AtMost, 0.5),
            threshold(Quantity::MissRate, None, Relation::Below, 0.5),
            threshold(Quantity::MissRate, None, Relation::AtMost, 0.9),
            threshold(Quantity::Specificity, Some(2), Relation::AtLeast, 0.6),
            threshold(Quantity::WinningRate, None, Relation::AtLeast, 0.5),
        ],
        &report,
    );
    let held: Vec<_> =
        held.unwrap().iter().map(|one| (one.met_by_estimate, one.met_by_interval)).collect();
    let (yes, no) = (Some(true), Some(false));
    assert_eq!(held, [(yes, no), (no, no), (yes, yes), (yes, yes), (None, None)]);
    let refused = |threshold: Threshold| hold(&[threshold], &report).unwrap_err().to_string();
    let none = Threshold {
        judge: Some("nobody".into()),
        ..threshold(Quantity::Kappa, None, Relation::Above, 0.0)
    };
    assert_eq!(refused(none), "threshold 1, field `judge`: found `nobody`; expected one of judge");
    let off = threshold(Quantity::Sensitivity, Some(7), Relation::Above, 0.0);
    assert_eq!(refused(off), "threshold 1, field `grade`: found `7`; expected one of 1, 2");
}

#[test]
fn another_rubric_is_refused_or_named() {
    let mut judge = graded("judge", &JUDGE);
    judge.rubric = rubric("Another");
    let (humans, judges) = ([graded("Ada", &ADA)], [judge]);
    let refused = validate_judges(question(&humans, &judges), formula());
    assert!(matches!(refused, Err(CompareError::DifferentRubrics { .. })), "{refused:?}");
    let asked = JudgeQuestion { across_rubrics: true, ..question(&humans, &judges) };
    let report = validate_judges(asked, formula()).unwrap();
    assert!(report.cautions[0].starts_with("Different rubrics: Ada used \"R\", judge used"));
}

#[test]
fn each_axis_has_the_humans_who_rated_it() {
    let mut judge = graded("judge", &JUDGE);
    judge.scales.push(scale("style", 0..=1));
    judge.rubric = RubricClaim::Unstated;
    let mut ben = rater("Ben", &[]);
    ben.scales = vec![scale("style", 0..=1)];
    for item in 0..12 {
        let score = |grade| BTreeMap::from([("style".to_owned(), Score::Grade(grade))]);
        ben.items.insert(item.to_string(), score(item % 2));
        judge.items.get_mut(&item.to_string()).unwrap().extend(score(item % 2));
    }
    let humans = [graded("Ada", &ADA), ben];
    let report = report(&humans, judge, Intervals::Formula);
    let axes = &report.judges["judge"].axes;
    let references: Vec<(&str, &str)> =
        axes.iter().map(|(name, axis)| (name.as_str(), axis.reference.as_str())).collect();
    assert_eq!(references, [("tone", "Ada"), ("style", "Ben")]);
    assert_eq!(axes["style"].measures.agreement.exact.0.estimate(), Some(1.0));
    let mut stranger = graded("stranger", &JUDGE);
    stranger.scales = vec![scale("other", 0..=2)];
    let refused = validate_judges(question(&humans, &[stranger]), formula());
    assert!(matches!(refused, Err(CompareError::NoSharedAxis { .. })), "{refused:?}");
}

#[test]
fn two_files_of_one_judge_are_two_judges() {
    let judges = [graded("judge", &JUDGE), graded("judge", &ADA)];
    let humans = [graded("Ada", &ADA)];
    let report = validate_judges(question(&humans, &judges), formula()).unwrap();
    assert_eq!(report.judges.keys().collect::<Vec<_>>(), ["judge", "judge (2)"]);
}

#[test]
fn the_work_tells_all_its_steps_and_can_be_stopped() {
    let told = Cell::new((0, 0));
    let step = |done, all| {
        told.set((done, all));
        ControlFlow::Continue(())
    };
    let humans: Vec<RaterScores> =
        three().into_iter().map(|scores| placed(scores, 12, 6)).collect();
    let judges = [placed(graded("judge", &JUDGE), 12, 6)];
    let effort = |step| analysis::Effort { step, ..support::effort(Intervals::Formula) };
    validate_judges(question(&humans, &judges), effort(&step)).unwrap();
    // All items, two models, two framings, three humans.
    assert_eq!(told.get(), (8, 8));
    let stop = |_, _| ControlFlow::Break(());
    let stopped = validate_judges(question(&humans, &judges), effort(&stop));
    assert_eq!(stopped, Err(CompareError::Stopped));
}

#[test]
fn scenarios_that_no_file_names_cannot_be_resampled() {
    let (humans, judges) = ([graded("Ada", &ADA)], [graded("judge", &JUDGE)]);
    let refused = validate_judges(question(&humans, &judges), effort(Intervals::Scenarios));
    assert_eq!(refused, Err(CompareError::NoScenarios));
    let nobody = validate_judges(question(&[], &judges), formula());
    assert_eq!(nobody, Err(CompareError::TooFewRaters));
}

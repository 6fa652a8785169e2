//! Judges beside humans.

use crate::support::{
    ABSTAINED, PARSE_FAILURE, change, drawn, effort, formula, graded, put, rater, rubric, scale,
    take_out,
};
use agreement::{
    ContingencyTable, Method, RatedItem, RatedItems, RatingMatrix, Share, Statistic, Undefined,
    Unseen, Weights, cohen_kappa, light_kappa, rogan_gladen,
};
use analysis::{
    CompareError, Intervals, JudgeAxis, JudgeQuestion, JudgeReport, Outcome, Sameness, compare,
    compare_panel, hold, validate_judges,
};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use study::{
    Exclusion, Framing, Grade, ItemDesign, Quantity, RaterScores, Reference, Relation, RubricClaim,
    Score, Threshold,
};

const ADA: [Grade; 12] = [0, 0, 1, 2, 2, 1, 0, 0, 1, 2, 2, 1];
const BEN: [Grade; 12] = [0, 1, 1, 2, 1, 1, 0, 0, 2, 2, 2, 0];
const EVA: [Grade; 12] = [0, 0, 2, 2, 2, 0, 0, 0, 1, 2, 1, 1];
const JUDGE: [Grade; 12] = [0, 0, 0, 1, 0, 1, 0, 1, 0, 2, 1, 0];

fn question<'a>(humans: &'a [RaterScores], judges: &'a [RaterScores]) -> JudgeQuestion<'a> {
    JudgeQuestion {
        humans,
        judges,
        reference: Reference::Average,
        epsilon: 0.2,
        across_rubrics: false,
    }
}

fn report(humans: &[RaterScores], judge: RaterScores, intervals: Intervals) -> JudgeReport {
    validate_judges(question(humans, &[judge]), effort(intervals)).unwrap()
}

fn axis(report: &JudgeReport) -> &JudgeAxis {
    &report.judges.values().next().unwrap().axes["tone"]
}

fn three_humans() -> Vec<RaterScores> {
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
    let confusion =
        axis.measures.confusion.iter().map(|row| row.iter().map(|cell| cell.0).collect());
    assert_eq!(confusion.collect::<Vec<Vec<f64>>>(), two.axes["tone"].measures.table);
    assert_eq!((axis.reference.as_str(), axis.by_human.len()), ("Ada", 0));
    // Ada less the judge is 12 − 6 over 12 items; the judge less Ada is the other way round.
    assert_eq!(axis.measures.agreement.mean_difference.0.estimate(), Some(0.5));
    assert_eq!(axis.measures.bias.0.estimate(), Some(-0.5));
    // Of eight items above 0 the judge gives 0 to four.
    assert_eq!(axis.measures.miss_rate.0.estimate(), Some(0.5));
    let reason = undefined(&axis.measures.human_ceiling);
    assert_eq!(reason, Undefined::NoPairableItems.to_string());
    assert_eq!(axis.measures.difference.0.undefined(), Some(Undefined::NoPairableItems));
    assert!(undefined(&axis.measures.alt_test).contains("needs 2 such humans"));
    assert_eq!(undefined(&axis.measures.ppi), Undefined::NoUnratedItems.to_string());
}

/// The rows of the confusion matrix where the judge always gives 0.
fn said(reference: Reference, grades: &[&[Grade]]) -> Vec<f64> {
    let humans: Vec<RaterScores> = grades.iter().map(|grades| graded("H", grades)).collect();
    let judges = [graded("judge", &vec![0; grades[0].len()])];
    let asked = JudgeQuestion { reference, ..question(&humans, &judges) };
    let report = validate_judges(asked, formula()).unwrap();
    axis(&report).measures.confusion.iter().map(|row| row[0].0).collect()
}

#[test]
fn several_humans_count_alike_unless_one_grade_is_asked_for() {
    let two: [&[Grade]; 2] = [&[0, 0, 1, 2], &[1, 2, 2, 2]];
    // (0, 1), (0, 2), (1, 2) and (2, 2).
    assert_eq!(said(Reference::Average, &two), [1.0, 1.0, 2.0]);
    assert_eq!(said(Reference::Median, &two), [1.0, 1.0, 2.0], "of two it is the average");
    assert_eq!(said(Reference::Lower, &two), [2.0, 1.0, 1.0]);
    assert_eq!(said(Reference::Upper, &two), [0.0, 1.0, 3.0]);
    let three: [&[Grade]; 3] = [&[0, 0], &[1, 2], &[2, 0]];
    assert_eq!(said(Reference::Median, &three), [1.0, 1.0, 0.0]);
    let average = said(Reference::Average, &three);
    for (found, thirds) in average.iter().zip([3.0, 1.0, 2.0]) {
        assert!((found * 3.0 - thirds).abs() < 1e-12, "{average:?}");
    }
    let report = report(&three_humans(), graded("judge", &JUDGE), Intervals::Formula);
    assert_eq!(axis(&report).reference, "the average of 3 raters");
    assert_eq!(axis(&report).reference_from, [0, 0, 12]);
}

/// Ada and Ben give 0 to 2 at random; the judge is either of them, by turns: over both the average human
/// and the judge have the same margins, so that nothing is biased.
#[test]
fn a_judge_that_grades_as_two_humans_do_has_no_bias() {
    let by_turns = |first: &[Grade; 12], second: &[Grade; 12]| {
        let turn = |(at, (a, b)): (usize, (&Grade, &Grade))| if at % 2 == 0 { *a } else { *b };
        first.iter().zip(second).enumerate().map(turn).collect::<Vec<Grade>>()
    };
    let (ada, ben) = ([ADA, BEN].concat(), [BEN, ADA].concat());
    let judge = [by_turns(&ADA, &BEN), by_turns(&ADA, &BEN)].concat();
    let humans = [graded("Ada", &ada), graded("Ben", &ben)];
    let mean = |grades: &[Grade]| f64::from(grades.iter().sum::<Grade>()) / grades.len() as f64;
    let bias = |reference| {
        let judges = [graded("judge", &judge)];
        let asked = JudgeQuestion { reference, ..question(&humans, &judges) };
        let report = validate_judges(asked, formula()).unwrap();
        axis(&report).measures.bias.0.estimate().unwrap()
    };
    let expected = mean(&judge) - (mean(&ada) + mean(&ben)) / 2.0;
    assert!((bias(Reference::Average) - expected).abs() < 1e-12);
    assert!(bias(Reference::Upper) < expected - 0.1, "the higher grade makes it seem too mild");
    assert!(bias(Reference::Lower) > expected + 0.1, "the lower one too harsh");
}

#[test]
fn rates_count_each_human_with_an_equal_share() {
    let humans = [graded("Ada", &ADA), graded("Ben", &BEN)];
    let report = report(&humans, graded("judge", &JUDGE), Intervals::Auto);
    let measures = &axis(&report).measures;
    // Of the 16 grades above 0 that the two gave, the judge gives 0 to those of items 2, 4, 8 and 11.
    let above = |grades: &[Grade; 12]| grades.iter().filter(|grade| **grade > 0).count();
    let missed = |grades: &[Grade; 12]| {
        grades.iter().zip(&JUDGE).filter(|(grade, judge)| **grade > 0 && **judge == 0).count()
    };
    let share = (missed(&ADA) + missed(&BEN)) as f64 / (above(&ADA) + above(&BEN)) as f64;
    assert!((measures.miss_rate.0.estimate().unwrap() - share).abs() < 1e-12);
    let either = ADA.iter().zip(&BEN).filter(|(a, b)| **a > 0 || **b > 0).count();
    assert_eq!(measures.miss_rate_n, either as u64);
    let cut = &measures.thresholds[0];
    assert!((cut.sensitivity.0.estimate().unwrap() - (1.0 - share)).abs() < 1e-12);
    assert_eq!(cut.n.judged_above + cut.n.judged_below, 12);
    let table = &measures.agreement.table;
    let total: f64 = table.iter().flatten().sum();
    assert!((total - 12.0).abs() < 1e-12, "every item counts once");
}

#[test]
fn an_item_that_one_human_graded_has_that_grade() {
    let mut humans = [graded("Ada", &ADA), rater("Ben", &[("0", ABSTAINED)])];
    take_out(&mut humans[0], "11");
    let found = report(&humans, graded("judge", &JUDGE), Intervals::Formula);
    let (axis, measures) = (axis(&found), &axis(&found).measures);
    assert_eq!(axis.reference_from, [11, 0]);
    assert_eq!((measures.shared, measures.agreement.n, measures.unrated), (11, 11, 1));
    assert_eq!(axis.unrated_items, ["11"]);
    take_out(&mut humans[0], "0");
    let found = report(&humans, graded("judge", &JUDGE), Intervals::Formula);
    let measures = &self::axis(&found).measures;
    assert_eq!(measures.excluded, BTreeMap::from([(Exclusion::Abstained, 1)]));
}

#[test]
fn failures_are_counted_beside_what_humans_say_of_them() {
    let mut judge = graded("judge", &JUDGE);
    for (item, score) in [("3", PARSE_FAILURE), ("4", PARSE_FAILURE), ("0", ABSTAINED)] {
        put(&mut judge, item, [("tone", score)]);
    }
    take_out(&mut judge, "1");
    let humans = [graded("Ada", &ADA)];
    let report = report(&humans, judge, Intervals::Formula);
    let measures = &axis(&report).measures;
    let expected = BTreeMap::from([(Exclusion::ParseFailure, 2), (Exclusion::Abstained, 1)]);
    assert_eq!(measures.excluded, expected);
    assert_eq!((measures.shared, measures.agreement.n, axis(&report).unjudged), (11, 8, 1));
    assert_eq!(axis(&report).unjudged_items, ["1"]);
    let failures = &measures.ungraded[0];
    assert_eq!((failures.reason, failures.items), (Exclusion::ParseFailure, 2));
    assert_eq!(
        failures.reference.iter().map(|grade| grade.0).collect::<Vec<f64>>(),
        [0.0, 0.0, 2.0],
        "both are of the worst grade"
    );
}

#[test]
fn the_ceiling_is_the_mean_of_the_humans_pairs() {
    let report = report(&three_humans(), graded("judge", &JUDGE), Intervals::Auto);
    let ceiling = axis(&report).measures.human_ceiling.made().unwrap();
    let levels = |item: usize| [ADA, BEN, EVA].map(|grades| Some(grades[item] as usize)).to_vec();
    let rows: Vec<_> = (0..12).map(levels).collect();
    let matrix = RatingMatrix::from_rows(3, &rows).unwrap();
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
    assert_eq!(difference.0.interval().unwrap().method, Method::AugmentedJackknife);
    assert_eq!(*difference, ceiling.kappa_quadratic.difference);
    // Beside one human: the judge's kappa with Ada less the mean of the others' with her.
    let ada = axis(&report).by_human["Ada"].human_ceiling.made().unwrap();
    assert!((ada.kappa_quadratic.judge.0.estimate().unwrap() - kappa(&ADA)).abs() < 1e-12);
}

/// Two humans, whose agreement is printed by `primum agree` too.
#[test]
fn the_ceiling_of_two_humans_is_their_agreement_to_the_last_digit() {
    for scenarios in [None, Some(8)] {
        let named = |name: &str, grades: &[Grade; 12]| match scenarios {
            Some(scenarios) => placed(graded(name, &repeated(grades)), 40, scenarios),
            None => graded(name, grades),
        };
        let humans = [named("Ada", &ADA), named("Ben", &BEN)];
        for intervals in
            [Intervals::Auto, Intervals::Cautious, Intervals::Plain, Intervals::Formula]
        {
            let two = compare(&humans[0], &humans[1], false, effort(intervals)).unwrap();
            let two = &two.axes["tone"].measures;
            let report = report(&humans, named("judge", &JUDGE), intervals);
            let ceiling = axis(&report).measures.human_ceiling.made().unwrap();
            assert_eq!(ceiling.exact.humans, two.exact);
            assert_eq!(ceiling.kappa.humans, two.kappa);
            assert_eq!(ceiling.kappa_quadratic.humans, two.kappa_quadratic);
            let ada = axis(&report).by_human["Ada"].human_ceiling.made().unwrap();
            assert_eq!(ada.kappa.humans, two.kappa, "her only pair is the same");
        }
    }
}

#[test]
fn the_ceiling_of_several_humans_has_the_intervals_of_their_panel() {
    let humans = three_humans();
    let report = report(&humans, graded("judge", &JUDGE), Intervals::Auto);
    let ceiling = axis(&report).measures.human_ceiling.made().unwrap();
    let panel = compare_panel(&humans, false, effort(Intervals::Auto)).unwrap();
    assert_eq!(ceiling.exact.humans, panel.axes["tone"].coefficients.exact);
    let levels = |item: usize| [ADA, BEN, EVA].map(|grades| Some(grades[item] as usize)).to_vec();
    let items =
        RatedItems::new(3, 3, (0..12).map(|item| RatedItem::new(item, levels(item)))).unwrap();
    let light = items.measure(&Statistic::LightKappa(Weights::Identity), Unseen::OneStep);
    let (found, expected) = (ceiling.kappa.humans.0.interval().unwrap(), light.interval().unwrap());
    assert!((found.lo - expected.lo).abs() < 1e-12 && (found.hi - expected.hi).abs() < 1e-12);
}

/// Item i in scenario i modulo `scenarios`; even ones by one model, odd ones by another.
fn placed(mut scores: RaterScores, items: usize, scenarios: usize) -> RaterScores {
    for item in 0..items {
        let design = ItemDesign {
            scenario: format!("s{}", item % scenarios),
            model: Some(["aster", "borage"][item % 2].into()),
            category: Some("all".into()),
            framing: Some(if item < items / 2 { Framing::Layperson } else { Framing::Physician }),
            pair: None,
            period: None,
            ..ItemDesign::default()
        };
        scores.designs.insert(item.to_string(), design);
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
fn a_share_of_nothing_or_all_keeps_an_interval_over_scenarios() {
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

fn named(name: &str, grades: &[Grade]) -> RaterScores {
    graded(name, &repeated(grades))
}

#[test]
fn three_humans_and_thirty_items_make_the_alternative_annotator_test() {
    let humans = [named("H", &ADA), named("H", &BEN), named("H", &EVA)];
    let grades: Vec<Grade> = ADA.iter().zip(&BEN).map(|(a, b)| *a.max(b)).collect();
    let report = report(&humans, named("judge", &grades), Intervals::Formula);
    let test = axis(&report).measures.alt_test.made().unwrap();
    assert_eq!((test.epsilon, test.exact.humans.len(), test.exact.units), (0.2, 3, 40));
    assert!(!test.single_expert);
    assert_eq!((test.exact.winning_rate, test.exact.passed), (1.0, true));
    let constant = &test.exact.constant;
    assert_eq!((constant.grade, constant.passed, test.exact.uninformative), (0, false, false));
    let names: Vec<&str> = axis(&report).by_human.keys().map(String::as_str).collect();
    assert_eq!(names, ["H", "H (2)", "H (3)"], "nobody is lost for sharing a name");
}

#[test]
fn two_humans_are_the_expert_in_turn() {
    let humans = [named("Ada", &ADA), named("Ben", &BEN)];
    let report = report(&humans, named("judge", &JUDGE), Intervals::Formula);
    let test = axis(&report).measures.alt_test.made().unwrap();
    assert!(test.single_expert);
    // Against Ada, Ben is the expert: she is as close as he lets her be.
    let alike = |a: &[Grade], b: &[Grade]| {
        repeated(a).iter().zip(repeated(b)).map(|(a, b)| *a == b).collect::<Vec<bool>>()
    };
    let (judge, ada) = (alike(&JUDGE, &BEN), alike(&ADA, &BEN));
    let closer = judge.iter().zip(&ada).filter(|(judge, ada)| **judge || !**ada).count();
    assert!((test.exact.humans[0].judge - closer as f64 / 40.0).abs() < 1e-12);
}

/// Harm in four of 40 items, on which all humans agree but for slips.
#[test]
fn a_judge_that_always_gives_the_lowest_grade_does_not_pass_where_harm_is_rare() {
    let human = |slip: usize| {
        let grade = |item: usize| Grade::from(item % 10 == 9 || item % 13 == slip);
        graded(&format!("h{slip}"), &(0..40).map(grade).collect::<Vec<_>>())
    };
    let humans = [human(0), human(1), human(2)];
    let report = report(&humans, graded("judge", &[0; 40]), Intervals::Formula);
    let test = axis(&report).measures.alt_test.made().unwrap();
    assert_eq!(test.exact.winning_rate, 1.0, "the test itself says that it may stand in");
    assert!(test.exact.uninformative && !test.exact.passed);
    assert_eq!(test.exact.constant.advantage, test.exact.advantage, "it is that very judge");
    assert!(!test.balanced.exact.passed && !test.balanced.exact.constant.passed);
    let worst = test.by_grade.last().unwrap();
    assert_eq!(worst.grade, 1);
    assert!(worst.judge.0.estimate().unwrap() < worst.human && worst.winning_rate.is_none());
}

/// The judge's file is Ada's.
#[test]
fn a_human_who_is_the_judge_is_not_its_reference() {
    let humans = [graded("Ada", &ADA), graded("Ben", &BEN), graded("Eva", &EVA)];
    let report = report(&humans, graded("copy", &ADA), Intervals::Formula);
    let found = axis(&report);
    assert_eq!(found.reference, "the average of 2 raters");
    assert_eq!(found.by_human.keys().collect::<Vec<_>>(), ["Ben", "Eva"]);
    let caution = "The judge copy gave the same grades as the human Ada to the same 12 items: the \
                   judge is compared with the other humans only.";
    assert!(report.cautions.iter().any(|one| one == caution), "{:?}", report.cautions);
    let alone =
        validate_judges(question(&humans[..1], &[graded("copy", &ADA)]), formula()).unwrap();
    assert_eq!(axis(&alone).reference, "Ada");
    assert!(alone.cautions.iter().any(|one| one.contains("agreement says nothing")));
}

#[test]
fn a_human_who_is_there_twice_counts_once() {
    let humans = [graded("Ada", &ADA), graded("Ben", &BEN)];
    let twice = [graded("Ada", &ADA), graded("Ben", &BEN), graded("Ada again", &ADA)];
    let judge = || graded("judge", &JUDGE);
    let (once, found) =
        (report(&humans, judge(), Intervals::Auto), report(&twice, judge(), Intervals::Auto));
    assert_eq!(axis(&found), axis(&once), "the reference, the ceiling and all else");
    let caution = "The humans Ada and Ada again gave the same grades to the same 12 items: they count \
                   as one human, Ada.";
    assert!(found.cautions.iter().any(|one| one == caution), "{:?}", found.cautions);
    assert_eq!(found.humans.len(), 3, "the files that were given");
    let named = [graded("Ada", &ADA), graded("Ben", &BEN), graded("Ada", &EVA)];
    let found = report(&named, judge(), Intervals::Auto);
    assert_eq!(axis(&found).by_human.len(), 3, "a name alone may be two people's");
}

#[test]
fn one_name_in_one_study_is_one_person_and_equal_zeros_are_not() {
    let name = |name: &str, study: Option<&str>, grades: &[Grade; 12]| RaterScores {
        study: study.map(study::StudyId::new),
        ..graded(name, grades)
    };
    let same = |a: &RaterScores, b: &RaterScores| analysis::same_rater(a, b);
    let ada = name("Ada", Some("s"), &ADA);
    assert_eq!(same(&ada, &name("Ada", Some("s"), &BEN)), Some(Sameness::Name));
    assert_eq!(same(&ada, &name("Ada", Some("t"), &BEN)), None);
    assert_eq!(same(&name("A", None, &ADA), &name("A", None, &BEN)), None);
    assert_eq!(same(&ada, &name("Ben", None, &ADA)), Some(Sameness::Grades { items: 12 }));
    let zeros = [0; 12];
    assert_eq!(same(&name("A", None, &zeros), &name("B", None, &zeros)), None);
}

/// Grades of 0 and 1 only, which are never more than one apart.
#[test]
fn agreement_within_one_of_two_grades_is_no_finding() {
    let binary = |name: &str, grades: &[Grade; 12]| {
        let grades: Vec<Grade> = grades.iter().map(|grade| (*grade).min(1)).collect();
        RaterScores { scales: vec![scale("tone", 0..=1)], ..graded(name, &grades) }
    };
    let judges = [binary("judge", &JUDGE)];
    let reason = Some(Undefined::WithinTheScale { levels: 2 });
    let weighted: BTreeMap<usize, f64> =
        (0..12).map(|item| (item, 0.1 + 0.05 * item as f64)).collect();
    for probabilities in [BTreeMap::new(), weighted] {
        let ada = RaterScores { designs: drawn(&probabilities), ..binary("Ada", &ADA) };
        let humans = [ada, binary("Ben", &BEN)];
        let asked = question(&humans, &judges);
        let report = validate_judges(asked, effort(Intervals::Auto)).unwrap();
        assert_eq!(axis(&report).measures.agreement.within_1.0.undefined(), reason);
    }
    let two = compare(&binary("Ada", &ADA), &judges[0], false, formula()).unwrap();
    assert_eq!(two.axes["tone"].measures.within_1.0.undefined(), reason);
}

#[test]
fn samples_are_told_only_where_some_were_drawn() {
    let told = |humans: &[RaterScores], judge: RaterScores, intervals| {
        report(humans, judge, intervals).resampling.is_some()
    };
    assert!(!told(&three_humans(), graded("judge", &JUDGE), Intervals::Auto));
    assert!(told(&three_humans(), graded("judge", &JUDGE), Intervals::Items));
    let (humans, judge) = rated_in_part();
    assert!(told(&humans, judge, Intervals::Auto), "corrected shares are drawn");
}

#[test]
fn notes_on_intervals_stand_beside_a_judge_as_beside_two_raters() {
    let (ada, judge) = (graded("Ada", &ADA), graded("judge", &JUDGE));
    let two = compare(&ada, &judge, false, effort(Intervals::Auto)).unwrap();
    let found = report(std::slice::from_ref(&ada), judge, Intervals::Auto);
    let notes = &axis(&found).findings;
    assert!(
        notes[0].starts_with("Ada and judge disagreed by two steps or more on 1 item"),
        "{notes:?}"
    );
    assert!(notes.iter().all(|note| two.axes["tone"].findings.contains(note)), "{notes:?}");
    let several = report(&three_humans(), graded("judge", &JUDGE), Intervals::Auto);
    let note = &axis(&several).findings[0];
    assert!(note.starts_with("the average of 3 raters and judge disagreed"), "{note}");
}

/// Of 40 items the judge puts 30 at 0, which were drawn a fifth as often; Ada finds harm in so many.
#[test]
fn few_misses_among_items_drawn_seldom_are_a_caution() {
    let judge: Vec<Grade> = (0..40).map(|item| Grade::from(item < 10)).collect();
    let designs = drawn(&(0..40).map(|item| (item, if item < 10 { 0.5 } else { 0.1 })).collect());
    let notes = |missed: usize| {
        let ada: Vec<Grade> =
            (0..40).map(|item| Grade::from((5..10 + missed).contains(&item))).collect();
        let ada = RaterScores { designs: designs.clone(), ..graded("Ada", &ada) };
        let (humans, judges) = ([ada], [graded("judge", &judge)]);
        let asked = question(&humans, &judges);
        axis(&validate_judges(asked, formula()).unwrap()).findings.join("; ")
    };
    assert!(
        notes(3).contains("3 of the missed items are among those drawn with low"),
        "{}",
        notes(3)
    );
    assert!(notes(0).contains("None of the missed items is among"), "{}", notes(0));
    assert!(!notes(5).contains("missed items"), "{}", notes(5));
}

/// One disagreement in 40, where intervals of formulas and plain ones end above 1.
#[test]
fn no_interval_ends_beyond_what_the_quantity_can_be() {
    let ada = repeated(&ADA);
    let mut ben = ada.clone();
    ben[0] = 1;
    let humans = [graded("Ada", &ada), graded("Ben", &ben)];
    let mut cut = 0;
    for intervals in [Intervals::Auto, Intervals::Plain, Intervals::Formula] {
        let found = compare(&humans[0], &humans[1], false, effort(intervals)).unwrap();
        let found = &found.axes["tone"].measures;
        for measure in [
            &found.kappa,
            &found.kappa_quadratic,
            &found.ac1,
            &found.ac2,
            &found.exact,
            &found.pabak,
        ] {
            let interval = measure.0.interval().unwrap();
            let plain = interval.plain.map(|plain| [plain.lo, plain.hi]).unwrap_or_default();
            for bound in [interval.lo, interval.hi].into_iter().chain(plain) {
                assert!((-1.0..=1.0).contains(&bound), "{measure:?}");
            }
            cut += u8::from(interval.cut);
        }
    }
    assert!(cut > 0, "formulas reach beyond 1 here");
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
    let drawn_by_grade = |item: usize| if ADA[item] == 2 { 0.5 } else { 0.25 };
    let probabilities: BTreeMap<usize, f64> = (0..12).map(|at| (at, drawn_by_grade(at))).collect();
    let report = |probabilities: &BTreeMap<usize, f64>| {
        let mut humans = humans.clone();
        humans[0].designs = drawn(probabilities);
        validate_judges(question(&humans, &judges), formula()).unwrap()
    };
    let found = report(&probabilities);
    let mean = axis(&found).measures.ppi.made().unwrap();
    assert!(mean.weighted);
    // (4 of 1, weight 4 each; 4 of 2, weight 2 each) over 4 · 8 + 2 · 4.
    assert!((mean.rated_only.0.estimate().unwrap() - 32.0 / 40.0).abs() < 1e-12);
    assert!(!found.cautions.iter().any(|caution| caution.contains("as a random sample")));
    let measures = &axis(&found).measures;
    // Of those that Ada puts above 0, with these weights: 16 + 8, of which the judge gives 0 to
    // three of weight 4 and one of weight 2.
    assert!((measures.miss_rate.0.estimate().unwrap() - 14.0 / 24.0).abs() < 1e-12);
    assert_eq!(measures.confusion.iter().flatten().map(|cell| cell.0).sum::<f64>(), 40.0);
    let plain = measures.unweighted.as_ref().unwrap();
    assert_eq!(plain.miss_rate.0.estimate(), Some(0.5));
    assert!(plain.unweighted.is_none() && !plain.ppi.made().unwrap().weighted);

    let mut some = probabilities.clone();
    some.remove(&3);
    let found = report(&some);
    let measures = &axis(&found).measures;
    assert!(!measures.ppi.made().unwrap().weighted && measures.unweighted.is_none());
    assert_eq!(measures.miss_rate.0.estimate(), Some(0.5));
    let caution =
        "judge, TONE: The key gives inclusion probabilities for 11 of 12 rated responses only";
    assert!(found.cautions.iter().any(|one| one.starts_with(caution)), "{:?}", found.cautions);
    let found = report(&(0..12).map(|item| (item, 0.3)).collect());
    assert!(axis(&found).measures.unweighted.is_none(), "equal weights change nothing");
}

/// 30 of 90 items are rated, all of which the judge gives 1 or 2, where it gives 0 to most others.
#[test]
fn rated_items_that_the_judge_grades_otherwise_are_no_random_sample() {
    let judge: Vec<Grade> = (0..90).map(|item| if item < 30 { 1 + item % 2 } else { 0 }).collect();
    let humans = [graded("Ada", &judge[..30].iter().map(|grade| grade % 2).collect::<Vec<_>>())];
    let found = report(&humans, graded("judge", &judge), Intervals::Formula);
    let caution = found.cautions.iter().find(|one| one.contains("no random sample of what"));
    assert!(caution.unwrap().contains("the miss rate comes out too low"), "{caution:?}");
    let (humans, judge) = rated_in_part();
    let found = report(&humans, judge, Intervals::Formula);
    assert!(!found.cautions.iter().any(|one| one.contains("no random sample of what")));
}

/// The judge fails on two of 12 items, both of grade 2; Ada did not grade a third, which it puts at 0.
#[test]
fn many_items_without_a_grade_have_bounds() {
    let mut judge = graded("judge", &JUDGE);
    for item in ["3", "4"] {
        put(&mut judge, item, [("tone", PARSE_FAILURE)]);
    }
    let mut humans = [graded("Ada", &ADA)];
    put(&mut humans[0], "0", [("tone", ABSTAINED)]);
    let found = report(&humans, judge, Intervals::Formula);
    let measures = &axis(&found).measures;
    let bounds = measures.bounds.as_ref().unwrap();
    assert_eq!((bounds.items, bounds.share), (3, 0.25));
    // Of Ada's eight above 0 it misses 2, 8 and 11, and sees 5, 9 and 10; the two failures have grade
    // 2, and the third item may be above 0.
    let rate = bounds.miss_rate.unwrap();
    assert!((rate.lo - 3.0 / 8.0).abs() < 1e-12 && (rate.hi - 6.0 / 9.0).abs() < 1e-12, "{rate:?}");
    // Differences: −1, 0, 0, 1, −1, 0, −1, −1 and 0 of the nine; the failures −2 to 0, the third −2 to 0.
    assert!((bounds.bias.hi - bounds.bias.lo - 6.0 / 12.0).abs() < 1e-12);
    let few = report_of_all();
    assert!(few.bounds.is_none());
}

fn report_of_all() -> analysis::JudgeMeasures {
    let report = report(&[graded("Ada", &ADA)], graded("judge", &JUDGE), Intervals::Formula);
    axis(&report).measures.clone()
}

#[test]
fn the_missed_are_listed_the_worst_first() {
    let report = report(&[graded("Ada", &ADA)], graded("judge", &JUDGE), Intervals::Formula);
    let missed: Vec<(&str, f64)> =
        axis(&report).missed.iter().map(|one| (one.item.as_str(), one.reference.0)).collect();
    assert_eq!(missed, [("4", 2.0), ("11", 1.0), ("2", 1.0), ("8", 1.0)]);
    let two = [graded("Ada", &ADA), graded("Ben", &BEN)];
    let report = self::report(&two, graded("judge", &JUDGE), Intervals::Formula);
    let missed: Vec<(&str, f64)> =
        axis(&report).missed.iter().map(|one| (one.item.as_str(), one.reference.0)).collect();
    let expected = [("4", 1.5), ("8", 1.5), ("2", 1.0), ("1", 0.5)];
    assert_eq!(missed[..4], expected, "as soon as one human is above the lowest grade");
}

#[test]
fn a_missed_item_tells_what_each_human_says_and_where_it_stands() {
    let mut ben = graded("Ben", &BEN);
    take_out(&mut ben, "4");
    let design =
        ItemDesign { scenario: "s".into(), model: Some("m".into()), ..ItemDesign::default() };
    ben.designs.insert("2".into(), design);
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
        put(&mut ben, &item.to_string(), [("style", Score::Grade(item % 2))]);
        // But for one item, so that Ben is not taken for the judge.
        let own = if item == 0 { 1 } else { item % 2 };
        change(&mut judge, |items| {
            items.get_mut(&item.to_string()).unwrap().insert("style".into(), Score::Grade(own));
        });
    }
    let humans = [graded("Ada", &ADA), ben];
    let report = report(&humans, judge, Intervals::Formula);
    let axes = &report.judges["judge"].axes;
    let references: Vec<(&str, &str)> =
        axes.iter().map(|(name, axis)| (name.as_str(), axis.reference.as_str())).collect();
    assert_eq!(references, [("tone", "Ada"), ("style", "Ben")]);
    assert_eq!(axes["style"].measures.agreement.exact.0.estimate(), Some(11.0 / 12.0));
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
        three_humans().into_iter().map(|scores| placed(scores, 12, 6)).collect();
    let judges = [placed(graded("judge", &JUDGE), 12, 6)];
    let effort = |step| analysis::Effort { step, ..crate::support::effort(Intervals::Formula) };
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

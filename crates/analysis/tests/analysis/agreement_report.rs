//! Agreement between two raters: what is compared, what is counted, what is refused.

use crate::support::{
    ABSTAINED, NOT_RATED, PARSE_FAILURE, effort, formula, graded, put, rater, rubric, scale,
};
use agreement::Method;
use analysis::{AxisAgreement, Intervals, Sameness, compare, same_rater};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use study::Score::Grade;
use study::{Codes, Exclusion, Names, RaterScores, RubricClaim, ScoredItems, StudyId};

fn tone(first: &RaterScores, second: &RaterScores) -> AxisAgreement {
    compare(first, second, false, formula()).unwrap().axes.shift_remove("tone").unwrap()
}

fn refused(first: &RaterScores, second: &RaterScores) -> String {
    compare(first, second, false, formula()).unwrap_err().to_string()
}

/// The keys of a JSON object, in their order.
fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn rows_are_the_first_rater_and_columns_the_second() {
    let axis = tone(&graded("A", &[0, 0, 1, 2, 2]), &graded("B", &[2, 2, 1, 0, 2]));
    assert_eq!(axis.measures.table, [[0.0, 0.0, 2.0], [0.0, 1.0, 0.0], [1.0, 0.0, 1.0]]);
    assert_eq!(axis.measures.n, 5);
}

/// Two raters whose items have the same numbers, in another order than their names.
fn numbered_alike() -> [RaterScores; 2] {
    let mut names: Arc<Names> = Arc::default();
    (0..60).rev().for_each(|item| {
        Names::number_near(&mut names, &format!("item {item}"), 0);
    });
    let scores = vec![Grade(0), Grade(1), Grade(2), NOT_RATED, ABSTAINED];
    [("A", 7), ("B", 11)].map(|(name, step)| {
        let mut codes = Codes::default();
        // Some items are in one file only, of which one goes on further.
        (step..54 + step / 2).for_each(|item| codes.set(item, (item * step) as u32 % 13 % 6));
        let mut items = ScoredItems::of(Arc::clone(&names));
        items.add_axes([("tone", codes, scores.clone())]);
        RaterScores { items, ..rater(name, &[]) }
    })
}

#[test]
fn a_report_is_the_same_however_items_are_numbered() {
    let [first, second] = numbered_alike();
    let [one, other] =
        [&first, &second].map(|scores| scores.clone().renamed(|item| Some(item.to_owned())));
    assert_eq!(ScoredItems::numbers([&one.items, &other.items]), None);
    assert_eq!(
        compare(&first, &second, false, formula()).unwrap(),
        compare(&one, &other, false, formula()).unwrap()
    );
    assert_eq!(
        compare(&first, &second, false, effort(Intervals::Items)).unwrap(),
        compare(&one, &other, false, effort(Intervals::Items)).unwrap()
    );
    assert_eq!(same_rater(&first, &second), None);
    assert_eq!(same_rater(&first, &one), same_rater(&first, &first.clone()));
    assert!(matches!(same_rater(&first, &one), Some(Sameness::Grades { items: 2.. })));
}

#[test]
fn the_mean_difference_is_first_minus_second() {
    let (strict, lenient) = (graded("A", &[2, 2, 1, 2]), graded("B", &[0, 1, 1, 1]));
    let estimate =
        |first, second| tone(first, second).measures.mean_difference.0.estimate().unwrap();
    assert_eq!(estimate(&strict, &lenient), 1.0, "the first grades one higher on average");
    assert_eq!(estimate(&lenient, &strict), -1.0);
}

#[test]
fn the_mean_difference_is_in_grades_even_where_grades_leave_gaps() {
    let with_gaps = |name, grades: &[i16]| RaterScores {
        scales: vec![scale("tone", [-5, 0, 10])],
        ..graded(name, grades)
    };
    let axis = tone(&with_gaps("A", &[10, 0]), &with_gaps("B", &[0, -5]));
    assert_eq!(axis.measures.mean_difference.0.estimate(), Some(7.5));
    assert_eq!(axis.categories, [-5, 0, 10]);
    assert_eq!(axis.measures.table, [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]);
}

#[test]
fn grades_that_nobody_used_stay_in_the_table() {
    let axis = tone(&graded("A", &[0, 1]), &graded("B", &[1, 0]));
    assert_eq!(axis.categories, [0, 1, 2], "the rubric declares the categories, never the data");
    assert_eq!(axis.measures.table.len(), 3);
}

#[test]
fn items_of_one_file_alone_are_counted_apart() {
    let first = rater("A", &[("x", Grade(0)), ("only A", Grade(1)), ("also only A", Grade(1))]);
    let second = rater("B", &[("x", Grade(0)), ("only B", NOT_RATED)]);
    let axis = tone(&first, &second);
    assert_eq!((axis.measures.n, axis.shared, axis.only_first, axis.only_second), (1, 1, 2, 1));
    assert_eq!(axis.excluded, BTreeMap::new(), "what is not shared is not excluded");
    let report = compare(&first, &second, false, formula()).unwrap();
    assert_eq!(report.only_first, ["also only A", "only A"]);
    assert_eq!(report.only_second, ["only B"]);
}

#[test]
fn each_shared_item_counts_or_has_one_reason_the_first_raters_before_the_seconds() {
    use Exclusion::{Abstained, NotRated, ParseFailure};
    let reasons = [Grade(1), NOT_RATED, ABSTAINED, PARSE_FAILURE];
    let expected_first = [None, Some(NotRated), Some(Abstained), Some(ParseFailure)];
    for (a, of_first) in reasons.into_iter().zip(expected_first) {
        for (b, of_second) in reasons.into_iter().zip(expected_first) {
            let axis = tone(&rater("A", &[("x", a)]), &rater("B", &[("x", b)]));
            let reason = of_first.or(of_second);
            assert_eq!(
                axis.excluded,
                reason.map(|reason| (reason, 1)).into_iter().collect(),
                "{a:?}, {b:?}"
            );
            assert_eq!(axis.measures.n, u64::from(reason.is_none()));
            assert_eq!(axis.shared, 1);
        }
    }
}

#[test]
fn reasons_are_counted_by_item() {
    let first = rater(
        "A",
        &[
            ("a", PARSE_FAILURE),
            ("b", PARSE_FAILURE),
            ("c", ABSTAINED),
            ("d", Grade(0)),
            ("e", Grade(0)),
        ],
    );
    let second = rater(
        "B",
        &[("a", Grade(0)), ("b", NOT_RATED), ("c", Grade(0)), ("d", NOT_RATED), ("e", Grade(0))],
    );
    let axis = tone(&first, &second);
    let expected =
        [(Exclusion::ParseFailure, 2), (Exclusion::Abstained, 1), (Exclusion::NotRated, 1)];
    assert_eq!(axis.excluded, BTreeMap::from(expected));
    assert_eq!(
        axis.measures.n + axis.excluded.values().sum::<u64>(),
        axis.shared,
        "every shared item is accounted for"
    );
}

#[test]
fn an_item_without_an_entry_on_the_axis_was_not_rated() {
    let mut first = rater("A", &[("x", Grade(0))]);
    put(&mut first, "y", []);
    let axis = tone(&first, &rater("B", &[("x", Grade(0)), ("y", Grade(1))]));
    assert_eq!(axis.excluded, BTreeMap::from([(Exclusion::NotRated, 1)]));
}

#[test]
fn axes_come_in_the_first_files_order_and_only_where_both_have_them() {
    let with = |name, axes: &[&str]| RaterScores {
        scales: axes.iter().map(|axis| scale(axis, 0..=2)).collect(),
        ..graded(name, &[0])
    };
    let report =
        compare(&with("A", &["z", "tone", "a"]), &with("B", &["a", "b", "z"]), false, formula())
            .unwrap();
    assert_eq!(report.axes.keys().collect::<Vec<_>>(), ["z", "a"]);
}

#[test]
fn different_studies_are_refused() {
    let second = RaterScores { study: Some(StudyId::new("t")), ..graded("B", &[0]) };
    assert_eq!(
        refused(&graded("A", &[0]), &second),
        "A rated in study s, B in study t: they rate different items and cannot be compared. Choose files \
         of one study."
    );
    assert!(
        compare(&graded("A", &[0]), &second, true, formula()).is_err(),
        "asking across rubrics does not ask across studies"
    );
    let unstated = RaterScores { study: None, ..graded("B", &[0]) };
    assert!(
        compare(&graded("A", &[0]), &unstated, false, formula()).is_ok(),
        "score files name no study"
    );
}

#[test]
fn different_rubrics_are_refused_unless_asked_for_and_then_labelled() {
    let first = graded("A", &[0]);
    let second = RaterScores { rubric: rubric("Q"), ..graded("B", &[0]) };
    assert_eq!(
        refused(&first, &second),
        "A rated under \"R\", B under \"Q\": the same number means different things in the two, so they are \
         not compared unless you ask for it"
    );
    let report = compare(&first, &second, true, formula()).unwrap();
    assert_eq!(
        report.cautions,
        [
            "Different rubrics: A used \"R\", B used \"Q\". The same number means different things in the \
             two."
        ]
    );
}

#[test]
fn the_digest_tells_rubrics_apart_and_the_title_does_not() {
    let first = graded("A", &[0]);
    let RubricClaim::Named { digest, .. } = rubric("R") else { unreachable!() };
    let retitled = RubricClaim::Named { title: "other".into(), digest };
    let second = RaterScores { rubric: retitled, ..graded("B", &[0]) };
    assert_eq!(compare(&first, &second, false, formula()).unwrap().cautions, [""; 0]);
    let reworded = RubricClaim::Named { title: "R".into(), digest: study::Digest::of(&"reworded") };
    let second = RaterScores { rubric: reworded, ..graded("B", &[0]) };
    assert!(
        compare(&first, &second, false, formula()).is_err(),
        "one title, two wordings: refused"
    );
}

#[test]
fn a_file_that_names_no_rubric_is_compared_with_a_caution() {
    let named = graded("A", &[0]);
    let judge = |name| RaterScores { rubric: RubricClaim::Unstated, ..graded(name, &[0]) };
    let caution = |name| format!("The file of {name} does not name the rubric of its scores.");
    let cautions = |a: &_, b: &_| compare(a, b, false, formula()).unwrap().cautions;
    assert_eq!(cautions(&named, &judge("J")), [caution("J")]);
    assert_eq!(cautions(&judge("J"), &named), [caution("J")]);
    assert_eq!(
        cautions(&judge("J"), &judge("K")),
        ["The files of J and K do not name the rubric of their scores."]
    );
}

#[test]
fn different_scales_of_one_axis_are_refused() {
    let second = RaterScores { scales: vec![scale("tone", 0..=3)], ..graded("B", &[0]) };
    let message = "axis `tone`: A grades it 0, 1, 2, B 0, 1, 2, 3; expected one scale";
    assert_eq!(refused(&graded("A", &[0]), &second), message);
    assert!(
        compare(&graded("A", &[0]), &second, true, formula()).is_err(),
        "no request makes the table square"
    );
}

#[test]
fn files_without_a_shared_axis_are_refused() {
    let second =
        RaterScores { scales: vec![scale("a", 0..=2), scale("b", 0..=2)], ..graded("B", &[0]) };
    assert_eq!(refused(&graded("A", &[0]), &second), "no axis in common: A has tone, B has a, b");
    let nothing = RaterScores { scales: Vec::new(), ..graded("B", &[0]) };
    assert_eq!(refused(&graded("A", &[0]), &nothing), "no axis in common: A has tone, B has none");
}

#[test]
fn a_scale_that_makes_no_table_is_refused() {
    let single = |name| RaterScores { scales: vec![scale("tone", [0])], ..graded(name, &[0]) };
    let message = refused(&single("A"), &single("B"));
    assert!(
        message.starts_with("axis `tone`: a table needs a scale of 2 to 1000 levels, found 1"),
        "{message}"
    );
}

#[test]
fn the_report_is_written_like_this() {
    let first = rater("A", &[("x", Grade(0)), ("y", Grade(2)), ("z", Grade(1)), ("w", ABSTAINED)]);
    let second = rater("B", &[("x", Grade(0)), ("y", Grade(1)), ("z", Grade(1)), ("w", Grade(0))]);
    let report = serde_json::to_value(compare(&first, &second, false, formula()).unwrap()).unwrap();
    assert_eq!(
        keys(&report),
        ["format", "first", "second", "only_first", "only_second", "cautions", "axes", "strata"]
    );
    assert_eq!(report["format"], "primum-agreement/1");
    let axis = &report["axes"]["tone"];
    assert_eq!(
        keys(axis),
        [
            "label",
            "shared",
            "only_first",
            "only_second",
            "excluded",
            "categories",
            "grade_names",
            "n",
            "intervals",
            "table",
            "exact",
            "within_1",
            "mean_difference",
            "kappa",
            "kappa_linear",
            "kappa_quadratic",
            "pabak",
            "ac1",
            "ac2",
            "alpha_ordinal",
            "maximum_kappa",
            "margins",
            "findings",
        ]
    );
    assert_eq!(axis["n"], 3);
    assert_eq!(axis["shared"], 4);
    assert_eq!(axis["excluded"], json!({"abstained": 1}));
    assert_eq!(axis["categories"], json!([0, 1, 2]));
    assert_eq!(axis["table"], json!([[1, 0, 0], [0, 1, 0], [0, 1, 0]]));
    for measure in
        ["exact", "mean_difference", "kappa", "kappa_linear", "kappa_quadratic", "pabak", "ac1"]
    {
        assert_eq!(keys(&axis[measure]), ["estimate", "se", "interval"], "{measure}");
        // With three items many a formula reaches beyond what its coefficient can be.
        let mut found = keys(&axis[measure]["interval"]);
        found.retain(|key| *key != "cut");
        assert_eq!(found, ["lo", "hi", "level", "method"], "{measure}");
        assert_eq!(axis[measure]["interval"]["level"], 0.95, "{measure}");
    }
}

#[test]
fn every_measure_of_no_item_is_undefined_with_the_reason() {
    let report =
        compare(&rater("A", &[("x", Grade(0))]), &rater("B", &[("y", Grade(0))]), false, formula())
            .unwrap();
    let report = serde_json::to_value(report).unwrap();
    let axis = &report["axes"]["tone"];
    assert_eq!(
        (&axis["n"], &axis["table"]),
        (&json!(0), &json!([[0, 0, 0], [0, 0, 0], [0, 0, 0]]))
    );
    for measure in [
        "exact",
        "within_1",
        "mean_difference",
        "kappa",
        "kappa_linear",
        "kappa_quadratic",
        "pabak",
        "ac1",
        "ac2",
    ] {
        let reason = "no shared items: the two raters graded no item in common";
        assert_eq!(axis[measure], json!({"undefined": reason}), "{measure}");
    }
    assert!(!report.to_string().contains("null"), "an undefined number is a reason, never null");
}

/// Unless the formula is asked for, or gives what the jackknife does not.
#[test]
fn few_items_have_the_jackknifes_interval_and_many_the_formulas() {
    let methods = |times: usize, intervals: Intervals| {
        let grades = |one: [i16; 8]| one.repeat(times);
        let first = graded("A", &grades([0, 0, 1, 2, 2, 1, 0, 2]));
        let second = graded("B", &grades([0, 1, 1, 2, 1, 1, 0, 2]));
        let measures = compare(&first, &second, false, effort(intervals)).unwrap().axes["tone"]
            .measures
            .clone();
        let method = |measure: &analysis::ReportedMeasure| measure.0.interval().unwrap().method;
        let coefficients = [
            &measures.kappa,
            &measures.kappa_linear,
            &measures.kappa_quadratic,
            &measures.ac1,
            &measures.ac2,
            &measures.alpha_ordinal,
        ];
        let first = method(coefficients[0]);
        assert!(coefficients.iter().all(|measure| method(measure) == first));
        let pabak = method(&measures.pabak);
        assert!(pabak == first || pabak == Method::Wilson, "PABAK is the exact agreement, mapped");
        assert_eq!(method(&measures.exact), Method::Wilson, "a share is no coefficient");
        [first, method(&measures.mean_difference)]
    };
    let default = [Method::AugmentedJackknife; 2];
    assert_eq!(methods(1, Intervals::Auto), default);
    assert_eq!(methods(25, Intervals::Auto), default, "nothing switches at 200 items");
    assert_eq!(methods(1, Intervals::Formula), [Method::Normal, Method::StudentT]);
}

//! Hypotheses tested against small studies whose figures can be checked by hand.

use crate::support::{change, put, scale};
use agreement::{RatedItem, RatedItems, Statistic, Unseen};
use analysis::{
    BatteryFindings, BatteryQuestion, Bounds, DisposedHypothesis, Disposition, FindingsPlan,
    PatternCutoffs, RatedResponses, hold_battery, pool,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use study::{
    Battery, Checklist, CriticalAction, Digest, Framing, Grade, ItemDesign, Observation, Origin,
    RaterScores, Reference, Review, Scenario, Score, ScoredResponses,
};

/// Scores of scenarios named `<pair>/<l or p>`, or `control…`, with one colliding action and another.
#[derive(Default)]
struct Study(ScoredResponses, BTreeMap<String, Scenario>, u32);

impl Study {
    fn score(&mut self, scenario: &str, model: &str, withheld: Grade, wrong: Grade) -> &mut Self {
        self.2 += 1;
        self.1.entry(scenario.into()).or_insert_with(|| of_name(scenario));
        let origin =
            Origin { scenario_id: scenario.into(), model_id: model.into(), rep_id: self.2 };
        let item = origin.item_name();
        let grade = Score::Grade;
        let grades = [("withheld", grade(withheld)), ("wrong", grade(wrong))];
        put(&mut self.0.scores, &item, grades);
        let design = ItemDesign {
            scenario: scenario.into(),
            model: Some(model.into()),
            ..ItemDesign::default()
        };
        self.0.scores.designs.insert(item, design);
        self
    }

    fn last(&self) -> String {
        let ending = format!("/{}", self.2);
        self.0.scores.items.names().find(|item| item.ends_with(&ending)).unwrap().to_owned()
    }

    /// The last response was drawn with this probability.
    fn drawn(&mut self, probability: f64) -> &mut Self {
        let item = self.last();
        self.0.scores.designs.get_mut(&item).unwrap().inclusion_probability = Some(probability);
        self
    }

    fn filtered(&mut self) -> &mut Self {
        let noted = Observation { filtered: Some(true), ..Observation::default() };
        let item = self.last();
        self.0.observations.insert(item, noted);
        self
    }

    fn actions(&mut self, grades: [usize; 2]) -> &mut Self {
        let item = self.last();
        self.0.scores.checklist.items.insert(item, grades.map(Some).to_vec());
        self
    }

    /// As many pairs as gaps: the layperson's OH is 2 and the physician's 2 less the gap.
    fn gaps(&mut self, model: &str, gaps: &[i16]) -> &mut Self {
        for (pair, gap) in gaps.iter().enumerate() {
            self.score(&format!("pair{pair}/l"), model, 2, 0);
            self.score(&format!("pair{pair}/p"), model, 2 - gap, 0);
        }
        self
    }

    fn hold(&self, hypotheses: Value, judge: Option<&RaterScores>) -> BatteryFindings {
        let format = "primum-battery/1";
        let battery = json!({"format": format, "title": "t", "hypotheses": hypotheses});
        let battery: Battery = serde_json::from_value(battery).unwrap();
        let mut scored = self.0.clone();
        scored.scores.scales = vec![scale("withheld", 0..=4), scale("wrong", 0..=3)];
        scored.scores.checklist = Checklist {
            codes: ["miss", "partial", "hit"].map(String::from).to_vec(),
            items: scored.scores.checklist.items,
        };
        let plan = FindingsPlan {
            omission_axis: "withheld".into(),
            commission_axis: "wrong".into(),
            control_category: "control".into(),
            bounds: Bounds::default(),
            excluded: Vec::new(),
            patterns: PatternCutoffs::default(),
            seed: 7,
        };
        let judge = judge.map(|judge| {
            one_rater(ScoredResponses { scores: judge.clone(), ..ScoredResponses::default() })
        });
        let scenarios: Vec<Scenario> = self.1.values().cloned().collect();
        let digest = Digest::of_bytes(b"battery");
        let question = BatteryQuestion {
            battery: &battery,
            digest: &digest,
            scored: &one_rater(scored),
            scenarios: &scenarios,
            judge: judge.as_ref(),
            plan: &plan,
        };
        hold_battery(question).unwrap()
    }

    fn one(&self, hypothesis: Value) -> DisposedHypothesis {
        self.hold(json!([hypothesis]), None).hypotheses.remove(0)
    }
}

fn one_rater(scored: ScoredResponses) -> RatedResponses {
    pool(vec![scored], BTreeMap::new(), Reference::Average).unwrap()
}

fn of_name(id: &str) -> Scenario {
    let side = id.split_once('/');
    let framing =
        side.map(|(_, side)| if side == "l" { Framing::Layperson } else { Framing::Physician });
    let action = |collides| CriticalAction { text: "act".into(), safety_colliding: Some(collides) };
    Scenario {
        format: "primum-scenario/1".into(),
        id: id.into(),
        title: id.into(),
        category: if id.starts_with("control") { "control".into() } else { "other".into() },
        acuity_weight: 1.0,
        framing,
        pair_id: side.map(|(pair, _)| pair.into()),
        system_prompt: String::new(),
        prompt: "p".into(),
        reference_answer: "r".into(),
        critical_actions: vec![action(true), action(false)],
        commission_risks: Vec::new(),
        clinical_basis: Vec::new(),
        review: Review { status: "draft".into(), note: String::new() },
    }
}

fn hypothesis(test: Value) -> Value {
    json!({"id": "H", "statement": "s", "alpha": 0.05, "tests": [test]})
}

fn gap(procedure: &str, direction: &str) -> Value {
    json!({"estimand": {"about": "framing_gap"}, "procedure": procedure, "direction": direction})
}

fn oh(unit: &str) -> Value {
    json!({"about": "harm", "axis": "omission", "scenarios": "all", "unit": unit})
}

#[track_caller]
fn near(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    assert!((found - expected).abs() < 1e-12, "found {found}; expected {expected}");
}

#[test]
fn a_hypothesis_is_borne_out_or_not_or_the_contrary_is() {
    let mut study = Study::default();
    study.gaps("m", &[1, 1, 2, 1, 2]);
    // All five differences on one side: 1 of 2^5 signs.
    for (direction, p, disposition) in [
        ("greater", 1.0 / 32.0, Disposition::Supported),
        ("less", 1.0, Disposition::OppositeDirection),
        ("two_sided", 2.0 / 32.0, Disposition::NotSupported),
    ] {
        let found = study.one(hypothesis(gap("signed_rank_exact", direction)));
        assert_eq!(found.disposition, disposition, "{direction}");
        let test = &found.tests[0];
        near(test.test.test.p(), p);
        assert_eq!((test.n, test.test.p_holm), (5, None));
        near(test.estimate.0.estimate(), 7.0 / 5.0);
    }
    let mut one_less = Study::default();
    one_less.gaps("m", &[1, 1, 2, 1]);
    let found = one_less.one(hypothesis(gap("signed_rank_exact", "less")));
    assert_eq!(found.disposition, Disposition::NotSupported, "1 of 2^4 signs is not enough");
}

#[test]
fn several_tests_are_corrected_within_their_family_and_all_or_one_is_required() {
    let mut study = Study::default();
    study.gaps("a", &[1, 1, 2, 1, 2, 1]).gaps("b", &[1, 1, 1, 1, 1, 0]);
    let holm = each_model(&study, "all");
    let adjusted: Vec<f64> = holm.tests.iter().map(|test| test.test.p_holm.unwrap()).collect();
    // 1/64 and 1/32, of which the smaller is doubled.
    assert_eq!(adjusted, [1.0 / 32.0, 1.0 / 32.0]);
    assert_eq!(holm.disposition, Disposition::Supported);
    let models: Vec<Option<&str>> = holm.tests.iter().map(|test| test.model.as_deref()).collect();
    assert_eq!(models, [Some("a"), Some("b")]);

    study.gaps("c", &[0, 0, 1, -1, 0, 0]);
    assert_eq!(each_model(&study, "all").disposition, Disposition::NotSupported);
    // Three times 1/64.
    let any = each_model(&study, "any");
    assert_eq!(any.disposition, Disposition::Supported, "{:?}", any.tests);
}

fn each_model(study: &Study, requires: &str) -> DisposedHypothesis {
    let test = json!({"estimand": {"about": "framing_gap"}, "models": "each",
        "procedure": "signed_rank_exact", "direction": "greater"});
    let mut one = hypothesis(test);
    (one["requires"], one["correction"]) = (json!(requires), json!({"holm": "gaps"}));
    study.one(one)
}

#[test]
fn a_family_may_span_hypotheses() {
    let mut study = Study::default();
    study.gaps("m", &[1, 1, 2, 1, 2, 1]);
    let mut first = hypothesis(gap("signed_rank_exact", "greater"));
    let mut second = hypothesis(gap("sign_permutation", "greater"));
    for (one, id) in [(&mut first, "A"), (&mut second, "B")] {
        (one["id"], one["correction"]) = (json!(id), json!({"holm": "both"}));
    }
    let found = study.hold(json!([first, second]), None);
    let adjusted = found.hypotheses.iter().map(|one| one.tests[0].test.p_holm.unwrap());
    assert_eq!(adjusted.collect::<Vec<_>>(), [2.0 / 64.0, 2.0 / 64.0]);
}

#[test]
fn each_scenario_counts_once_however_many_responses_and_models_it_has() {
    let mut study = Study::default();
    study.score("a", "m", 0, 0).score("a", "m", 0, 0).score("a", "n", 3, 0).score("b", "m", 4, 0);
    let test = json!({"estimand": oh("scenario"), "procedure": "student_t",
        "direction": "greater", "value": 1});
    let found = study.one(hypothesis(test)).tests.remove(0);
    // a is 1.5, the mean of 0 and 3; b is 4. t = 1.75/1.25 with one degree of freedom.
    near(found.estimate.0.estimate(), 2.75);
    near(found.test.test.statistic(), 1.4);
    assert_eq!((found.n, found.test.test.df(), found.value), (2, Some(1.0), 1.0));
    let test = json!({"estimand": oh("response"), "procedure": "student_t",
        "direction": "greater", "value": 1});
    let found = study.one(hypothesis(test)).tests.remove(0);
    assert_eq!(found.n, 4);
    near(found.estimate.0.estimate(), 1.75);
}

#[test]
fn a_bound_lies_on_the_claimed_side_where_the_test_rejects() {
    let mut study = Study::default();
    for (number, wrong) in [0, 0, 1, 0, 0, 1, 0, 0].into_iter().enumerate() {
        study.score(&format!("control{number}"), "m", 0, wrong);
    }
    let test = |value: f64| {
        let estimand = json!({"about": "harm", "axis": "commission", "scenarios": "controls",
            "unit": "scenario"});
        let test = json!({"estimand": estimand, "procedure": "student_t",
            "direction": "less", "value": value});
        study.one(hypothesis(test))
    };
    // By scipy 1.17.1, `ttest_1samp().confidence_interval()`.
    let bound = test(1.0).tests[0].bound.unwrap();
    assert!((bound - 0.5600732095667429).abs() < 1e-10, "{bound}");
    assert_eq!(test(bound + 0.001).disposition, Disposition::Supported);
    assert_eq!(test(bound - 0.001).disposition, Disposition::NotSupported);
    assert_eq!(test(0.0).disposition, Disposition::NotSupported);
}

#[test]
fn what_is_left_out_is_left_out_before_anything_is_computed() {
    let mut study = Study::default();
    study.score("a", "m", 4, 0).filtered().score("a", "m", 1, 0).score("b", "n", 3, 0);
    study.score("c", "m", 2, 0);
    let mut one = hypothesis(json!({"estimand": oh("scenario"), "procedure": "student_t",
        "direction": "greater"}));
    one["exclusions"] = json!([
        {"what": "filtered", "reason": "no text"},
        {"what": "model", "model": "n", "reason": "another"},
        {"what": "model", "model": "x", "reason": "it is not there"},
    ]);
    let found = study.one(one);
    near(found.tests[0].estimate.0.estimate(), 1.5);
    assert_eq!(
        found.remarks,
        [
            "1 of 4 responses was left out as filtered.",
            "The scores have no model `x` to be left out."
        ]
    );
}

#[test]
fn a_ranking_is_correlated_with_the_gaps_of_the_models_that_are_there() {
    let mut study = Study::default();
    study.gaps("a", &[0, 0]).gaps("b", &[1, 0]).gaps("c", &[1, 1]).gaps("d", &[2, 1]);
    study.gaps("other", &[2, 2]);
    let test = json!({"procedure": "spearman", "direction": "greater",
        "estimand": {"about": "gap_by_rank", "ranking": ["a", "b", "x", "c", "d"]}});
    let found = study.one(hypothesis(test));
    assert_eq!(found.disposition, Disposition::Supported);
    // One of 4! orders.
    near(found.tests[0].test.test.p(), 1.0 / 24.0);
    near(found.tests[0].estimate.0.estimate(), 1.0);
    assert!(found.tests[0].estimate.0.interval().is_none(), "two pairs allow none");
    assert_eq!(found.tests[0].n, 4);
    assert_eq!(
        found.remarks,
        [
            "Named, but without a framing gap here: x.",
            "With a framing gap, but not named, and left out: other."
        ]
    );
    let two = json!({"procedure": "spearman", "direction": "greater",
        "estimand": {"about": "gap_by_rank", "ranking": ["a", "b", "y"]}});
    let found = study.one(hypothesis(two));
    assert_eq!(found.disposition, Disposition::NotTested);
    let reason = found.tests[0].reason.as_deref();
    assert_eq!(reason, Some("2 of the ranked models have a framing gap; it takes 3"));
}

#[test]
fn two_groups_of_models_are_divided_in_every_way() {
    let mut study = Study::default();
    study.gaps("a", &[2, 2]).gaps("b", &[2, 1]).gaps("c", &[1, 0]).gaps("d", &[0, 0]);
    let test = json!({"procedure": "group_permutation", "direction": "greater",
        "estimand": {"about": "gap_by_group", "first": ["a", "b"], "second": ["c", "d"]}});
    let found = study.one(hypothesis(test));
    // One of 6 divisions: (2 + 1.5)/2 − (0.5 + 0)/2.
    near(found.tests[0].test.test.p(), 1.0 / 6.0);
    near(found.tests[0].estimate.0.estimate(), 1.5);
    assert_eq!(found.disposition, Disposition::NotSupported);
}

#[test]
fn hit_rates_are_compared_within_scenarios_or_pairs() {
    let mut study = Study::default();
    // Colliding missed, the other a partial hit; and both hit for the physician.
    for pair in 0..6 {
        study.score(&format!("pair{pair}/l"), "m", 1, 0).actions([0, 1]);
        study.score(&format!("pair{pair}/p"), "m", 0, 0).actions([2, 2]);
    }
    let rate = |contrast: &str, partial: &str| {
        let test = json!({"procedure": "sign_permutation", "direction": "less",
            "estimand": {"about": "hit_rate", "contrast": contrast, "partial": partial}});
        study.one(hypothesis(test)).tests.remove(0)
    };
    for (contrast, partial, n, expected) in [
        ("collision", "half", 12, -0.25),
        ("collision", "none", 12, 0.0),
        ("framing_colliding", "half", 6, -1.0),
        ("framing_non_colliding", "half", 6, -0.5),
        ("framing_non_colliding", "none", 6, -1.0),
        ("difference_in_differences", "half", 6, -0.5),
    ] {
        let found = rate(contrast, partial);
        near(found.estimate.0.estimate(), expected);
        assert_eq!(found.n, n, "{contrast}");
    }
    assert_eq!(rate("framing_colliding", "half").disposition, Disposition::Supported);
    let none = rate("difference_in_differences", "none");
    assert_eq!(none.disposition, Disposition::NotTested);
    assert_eq!(
        none.reason.as_deref(),
        Some("every pair lies at the value itself, so there is no sign to test")
    );
}

fn judge(study: &Study, lower_by: &[Grade]) -> RaterScores {
    let mut scores = study.0.scores.clone();
    scores.rater = "a judge".into();
    change(&mut scores, |items| {
        for (grades, by) in items.values_mut().zip(lower_by) {
            if let Some(Score::Grade(grade)) = grades.get_mut("withheld") {
                *grade -= by;
            }
        }
    });
    scores
}

#[test]
fn a_judge_is_compared_response_by_response_and_small_differences_do_not_count() {
    let mut study = Study::default();
    for number in 0..8 {
        study.score(&format!("s{number}"), "m", 3, 0);
    }
    let one = |least: Value| {
        let mut test = json!({"procedure": "signed_rank_exact", "direction": "less",
            "estimand": {"about": "judge_difference", "axis": "omission", "unit": "response"}});
        test["smallest_effect"] = least;
        json!([hypothesis(test)])
    };
    let lower = judge(&study, &[1, 1, 1, 1, 1, 1, 0, 0]);
    let found = study.hold(one(Value::Null), Some(&lower)).hypotheses.remove(0);
    near(found.tests[0].test.test.p(), 1.0 / 64.0);
    near(found.tests[0].estimate.0.estimate(), -0.75);
    assert_eq!(found.disposition, Disposition::Supported);
    assert!(found.remarks[0].contains("do not say that the judge and the scores used one rubric"));
    let found = study.hold(one(json!(0.75)), Some(&lower)).hypotheses.remove(0);
    assert_eq!(found.disposition, Disposition::NotSupported);
    let reason = found.tests[0].reason.as_deref();
    assert_eq!(reason, Some("the estimate is no further than 0.75 from 0"));

    let found = study.hold(one(Value::Null), None).hypotheses.remove(0);
    assert_eq!(found.disposition, Disposition::NotTested);
    let reason = found.tests[0].reason.as_deref();
    assert_eq!(reason, Some("it is about a judge, whose scores were not given"));
}

#[test]
fn equivalence_is_within_a_margin_and_has_no_contrary() {
    let mut study = Study::default();
    study.gaps("m", &[0, 0, 1, -1, 0, 0, 1, -1, 0, 0, 0, 0]);
    let within = |margin: f64| {
        let mut test = gap("tost", "within");
        test["margin"] = json!(margin);
        study.one(hypothesis(test)).disposition
    };
    assert_eq!(within(0.5), Disposition::Supported);
    assert_eq!(within(0.1), Disposition::NotSupported);
}

/// Eight pairs, each asked three times in either framing: hits on the colliding action in thirds.
fn in_thirds() -> Study {
    let mut study = Study::default();
    for (pair, difference) in [2, 2, 2, 2, 3, 2, -1, -1].into_iter().enumerate() {
        for (side, hits) in [("l", difference.max(0)), ("p", (-difference).max(0))] {
            for response in 0..3 {
                let grade = if response < hits { 2 } else { 0 };
                study.score(&format!("pair{pair}/{side}"), "m", 1, 0).actions([grade, 2]);
            }
        }
    }
    study
}

#[test]
fn differences_in_thirds_are_tied_where_they_are_equal() {
    let test = json!({"procedure": "sign_permutation", "direction": "two_sided", "estimand":
        {"about": "hit_rate", "contrast": "framing_colliding", "partial": "half"}});
    let found = in_thirds().one(hypothesis(test)).tests.remove(0);
    near(found.estimate.0.estimate(), 11.0 / 24.0);
    assert_eq!(found.test.test.p(), Some(18.0 / 256.0), "rounded differences give 0.03125");
}

#[test]
fn the_pooled_difference_stands_beside_what_is_tested() {
    let mut study = Study::default();
    // The first pair has four times the responses of the second.
    for _ in 0..4 {
        study.score("pair0/l", "m", 1, 0).actions([0, 2]);
        study.score("pair0/p", "m", 1, 0).actions([2, 2]);
    }
    study.score("pair1/l", "m", 1, 0).actions([2, 2]);
    study.score("pair1/p", "m", 1, 0).actions([2, 2]);
    let test = json!({"procedure": "sign_permutation", "direction": "less", "estimand":
        {"about": "hit_rate", "contrast": "framing_colliding", "partial": "half"}});
    let found = study.one(hypothesis(test)).tests.remove(0);
    near(found.estimate.0.estimate(), -0.5);
    near(found.test.test.statistic(), -0.5);
    near(found.pooled.unwrap().0.estimate(), 0.2 - 1.0);
    let gap = study.one(hypothesis(gap("sign_permutation", "less"))).tests.remove(0);
    assert_eq!(gap.pooled, None, "every pair counts once already");
}

#[test]
fn the_chance_of_deciding_anything_counts_both_directions() {
    let mut study = Study::default();
    study.gaps("a", &[1, 1, 2, 1, 2, 1]).gaps("b", &[1, 1, 1, 1, 1, 0]);
    let rate = |one: &DisposedHypothesis| {
        let rate = one.error_rate.clone().unwrap();
        (rate.supported, rate.opposite, rate.decided)
    };
    let one = study.one(hypothesis(gap("signed_rank_exact", "greater")));
    assert_eq!(rate(&one), (0.05, 0.05, 0.1), "the contrary is tested at the same level");
    let sentence = one.error_rate.unwrap().sentence;
    assert_eq!(
        sentence,
        "If there is no effect, the chance of a decision either way is at most 0.1: 0.05 for what is claimed \
         and 0.05 for the contrary, which is tested too."
    );
    let one = study.one(hypothesis(gap("signed_rank_exact", "two_sided")));
    assert_eq!(rate(&one), (0.05, 0.0, 0.05), "two sides have no contrary");
    let each = json!({"estimand": {"about": "framing_gap"}, "models": "each",
        "procedure": "signed_rank_exact", "direction": "greater"});
    let mut any = hypothesis(each);
    any["requires"] = json!("any");
    let (supported, opposite, decided) = rate(&study.one(any.clone()));
    assert_eq!((supported, opposite), (0.1, 0.05), "two chances of support, uncorrected");
    near(Some(decided), 0.15);
    any["correction"] = json!({"holm": "gaps"});
    assert_eq!(rate(&study.one(any.clone())), (0.05, 0.05, 0.1), "Holm keeps each direction");

    let mut other = any.clone();
    other["id"] = json!("I");
    let mut alone = hypothesis(gap("signed_rank_exact", "two_sided"));
    alone["id"] = json!("J");
    let all = study.hold(json!([any, other, alone]), None).error_rate.unwrap();
    near(Some(all.supported), 0.1);
    near(Some(all.decided), 0.15);
}

/// Each scenario's OH and the probability with which it was drawn.
fn drawn(harms: &[(Grade, f64)]) -> Study {
    let mut study = Study::default();
    for (scenario, (withheld, probability)) in harms.iter().enumerate() {
        study.score(&format!("s{scenario}"), "m", *withheld, 0).drawn(*probability);
    }
    study
}

fn harm_above(value: f64, procedure: &str) -> Value {
    let mut test =
        json!({"estimand": oh("scenario"), "procedure": procedure, "direction": "greater"});
    test["value"] = json!(value);
    hypothesis(test)
}

#[test]
fn an_unequal_draw_is_weighted_in_estimates_and_in_tests_by_students_t() {
    let harms = [(3, 1.0), (2, 1.0), (0, 0.25), (1, 0.25), (0, 0.5)];
    let found = drawn(&harms).one(harm_above(0.5, "student_t"));
    let test = &found.tests[0];
    let mean = |left_out: Option<usize>| {
        let kept = || harms.iter().enumerate().filter(move |(at, _)| Some(*at) != left_out);
        let sum: f64 = kept().map(|(_, (harm, p))| f64::from(*harm) / p).sum();
        sum / kept().map(|(_, (_, p))| 1.0 / p).sum::<f64>()
    };
    let estimate = mean(None);
    near(test.estimate.0.estimate(), estimate);
    near(test.unweighted.as_ref().unwrap().0.estimate(), 6.0 / 5.0);
    let without: Vec<f64> = (0..5).map(|at| mean(Some(at))).collect();
    let middle = without.iter().sum::<f64>() / 5.0;
    let se = (0.8 * without.iter().map(|value| (value - middle).powi(2)).sum::<f64>()).sqrt();
    near(test.test.test.statistic(), (estimate - 0.5) / se);
    near(test.estimate.0.se(), se);
    assert!(test.bound.unwrap() < estimate && test.pooled.is_none());
    assert!(found.remarks[0].contains("the tests are weighted"), "{:?}", found.remarks);
    let alike = harms.map(|(harm, _)| (harm, 0.5));
    let alike = &drawn(&alike).one(harm_above(0.5, "student_t")).tests[0];
    near(alike.estimate.0.estimate(), 6.0 / 5.0);
    assert_eq!(alike.unweighted, None);
}

#[test]
fn equivalence_is_of_the_weighted_difference() {
    let mut study = Study::default();
    for (pair, (lay, expert, probability)) in
        [(2, 0, 0.1), (1, 1, 0.9), (0, 1, 0.9), (1, 0, 0.9)].iter().enumerate()
    {
        study.score(&format!("p{pair}/l"), "m", *lay, 0).drawn(*probability);
        study.score(&format!("p{pair}/p"), "m", *expert, 0).drawn(*probability);
    }
    let mut test = gap("tost", "within");
    test["margin"] = json!(1.0);
    let found = &study.one(hypothesis(test)).tests[0];
    // A pair of 0.1 represents nine times as many as one of 0.9.
    near(found.estimate.0.estimate(), (9.0 * 2.0 + 0.0 - 1.0 + 1.0) / 12.0);
    near(found.unweighted.as_ref().unwrap().0.estimate(), 0.5);
    assert_eq!(found.disposition, Disposition::NotSupported);
}

#[test]
fn a_test_of_the_rated_sample_bears_nothing_out_that_the_weighted_estimate_contradicts() {
    let mut harms = vec![(2, 1.0); 8];
    harms.push((0, 0.05));
    let found = drawn(&harms).one(harm_above(1.0, "signed_rank_exact"));
    let test = &found.tests[0];
    assert!(test.test.test.p().unwrap() <= 0.05, "{test:?}");
    near(test.estimate.0.estimate(), 16.0 / 28.0);
    assert_eq!(test.disposition, Disposition::NotSupported);
    assert!(test.reason.as_ref().unwrap().contains("does not lie on that side"), "{test:?}");
    assert!(found.remarks[0].contains("speak about the rated sample"), "{:?}", found.remarks);
    harms.extend([(0, 0.05); 5]);
    let contrary = drawn(&harms).one(harm_above(1.9, "student_t"));
    assert_eq!(contrary.disposition, Disposition::OppositeDirection);
}

#[test]
fn models_are_compared_by_their_weighted_gaps() {
    let mut study = Study::default();
    for (model, gaps) in [("a", [2, 0]), ("b", [0, 0]), ("c", [0, 1])] {
        for (pair, gap) in gaps.into_iter().enumerate() {
            let probability = if pair == 0 { 0.9 } else { 0.3 };
            study.score(&format!("p{pair}/l"), model, 2, 0).drawn(probability);
            study.score(&format!("p{pair}/p"), model, 2 - gap, 0).drawn(probability);
        }
    }
    let estimand = json!({"about": "gap_by_group", "first": ["a"], "second": ["b", "c"]});
    let test =
        json!({"estimand": estimand, "procedure": "group_permutation", "direction": "greater"});
    let found = &study.one(hypothesis(test)).tests[0];
    // The second pair counts three times: gaps of 2/4, 0 and 3/4.
    near(found.estimate.0.estimate(), 0.5 - 0.375);
    near(found.test.test.p(), 2.0 / 3.0);
}

/// Pairs of a layperson's OH and a physician's, each with the probability with which both were drawn.
fn drawn_pairs(study: &mut Study, model: &str, pairs: &[(Grade, Grade, f64)]) {
    for (pair, (layperson, physician, probability)) in pairs.iter().enumerate() {
        study.score(&format!("p{pair}/l"), model, *layperson, 0).drawn(*probability);
        study.score(&format!("p{pair}/p"), model, *physician, 0).drawn(*probability);
    }
}

#[test]
fn equal_weighted_gaps_are_tied() {
    let mut study = Study::default();
    for (model, more, probability) in [("a", 0, 0.1), ("b", 0, 0.3), ("c", 1, 0.5), ("d", 2, 0.5)] {
        let pairs = [1, 0, 0].map(|gap| (gap + more, 0, probability));
        drawn_pairs(&mut study, model, &pairs.repeat(4)[..10]);
    }
    let ranking = json!({"about": "gap_by_rank", "ranking": ["a", "b", "c", "d"]});
    let test = json!({"estimand": ranking, "procedure": "spearman", "direction": "greater"});
    let found = &study.one(hypothesis(test)).tests[0];
    near(found.test.test.p(), 2.0 / 24.0);
    let rho = found.estimate.0.estimate().unwrap();
    assert!((rho - 0.9_f64.sqrt()).abs() < 1e-12, "two of four are tied: {rho}");
}

#[test]
fn a_weighted_gap_of_models_together_is_the_mean_of_theirs() {
    let mut study = Study::default();
    drawn_pairs(&mut study, "a", &[(0, 0, 0.5), (0, 0, 0.5)]);
    drawn_pairs(&mut study, "b", &[(4, 4, 0.25)]);
    study.score("p1/l", "b", 4, 0).drawn(0.25);
    study.score("p1/l", "c", 3, 0).drawn(0.25);
    let found = &study.one(hypothesis(gap("student_t", "greater"))).tests[0];
    near(found.estimate.0.estimate(), 0.0);
}

#[test]
fn a_two_sided_test_supports_nothing_that_the_weighted_estimate_contradicts() {
    let mut study = Study::default();
    let mut pairs = vec![(1, 0, 1.0); 12];
    pairs.push((0, 4, 0.1));
    drawn_pairs(&mut study, "m", &pairs);
    let found = &study.one(hypothesis(gap("signed_rank_exact", "two_sided"))).tests[0];
    assert!(found.test.test.p().unwrap() < 0.05 && found.estimate.0.estimate().unwrap() < 0.0);
    assert_eq!(found.disposition, Disposition::NotSupported, "{:?}", found.reason);
}

#[test]
fn what_is_left_of_an_unequal_draw_may_be_drawn_alike() {
    let mut study = Study::default();
    drawn_pairs(&mut study, "a", &[(2, 0, 0.5), (1, 0, 0.5), (1, 1, 0.5)]);
    drawn_pairs(&mut study, "b", &[(4, 0, 0.1), (4, 0, 0.1)]);
    let mut one = hypothesis(gap("student_t", "greater"));
    one["exclusions"] = json!([{"what": "model", "model": "b", "reason": "r"}]);
    let found = study.one(one);
    assert_eq!((&found.tests[0].unweighted, &found.remarks), (&None, &Vec::new()));
    near(found.tests[0].estimate.0.estimate(), 1.0);
}

/// Pairs without actions that do not collide say nothing of these, and are no cluster of theirs.
#[test]
fn pairs_that_lack_such_actions_are_not_counted() {
    let mut study = Study::default();
    let mut pair = |pair: u32, actions: [Option<usize>; 2], probability| {
        for side in ["l", "p"] {
            let own = if side == "l" { actions } else { actions.map(|grade| grade.map(|_| 0)) };
            study.score(&format!("q{pair}/{side}"), "m", 0, 0).drawn(probability);
            let item = study.last();
            study.0.scores.checklist.items.insert(item, own.to_vec());
        }
    };
    (0..3).for_each(|at| pair(at, [None, Some(if at == 1 { 0 } else { 2 })], 0.5));
    (3..13).for_each(|at| pair(at, [Some(2), None], 0.4));
    let estimand =
        json!({"about": "hit_rate", "contrast": "framing_non_colliding", "partial": "half"});
    let test = json!({"estimand": estimand, "procedure": "student_t", "direction": "greater"});
    let found = &study.one(hypothesis(test)).tests[0];
    let agreement::Test::Tested(tested) = &found.test.test else { panic!("{found:?}") };
    assert_eq!((found.n, tested.df), (3, Some(2.0)));
}

/// As `primum judge` has the bias of the same grades.
#[test]
fn a_judge_over_responses_has_the_interval_of_its_bias() {
    let mut study = Study::default();
    for (scenario, withheld) in [(0, 3), (0, 2), (1, 0), (2, 4), (3, 1), (3, 3)] {
        study.score(&format!("s{scenario}"), "m", withheld, 0).drawn([0.2, 0.5][scenario % 2]);
    }
    let judge = judge(&study, &[1, 0, 0, 2, 0, 1]);
    let estimand = json!({"about": "judge_difference", "axis": "omission", "unit": "response"});
    let test = json!({"estimand": estimand, "procedure": "student_t", "direction": "less"});
    let found = study.hold(json!([hypothesis(test)]), Some(&judge)).hypotheses.remove(0);
    let (test, mut items) = (&found.tests[0], Vec::new());
    for item in study.0.scores.items.names() {
        let level = |scores: &RaterScores| match scores.score(item, "withheld") {
            Score::Grade(grade) => Some(grade as usize),
            Score::Excluded(_) => None,
        };
        let design = &study.0.scores.designs[item];
        let cluster = design.scenario[1..].parse().unwrap();
        let mut rated = RatedItem::new(cluster, vec![level(&judge), level(&study.0.scores)]);
        rated.weight = 1.0 / design.inclusion_probability.unwrap();
        items.push(rated);
    }
    let of = |items: &[RatedItem]| {
        let items = RatedItems::new(2, 5, items).unwrap();
        let scores = [0.0, 1.0, 2.0, 3.0, 4.0];
        items.measure(&Statistic::MeanDifference(&scores), Unseen::OneStep).within(-4.0, 4.0)
    };
    let bounds = |measure: &agreement::Measure| {
        let interval = measure.interval().unwrap().clone();
        (measure.estimate().unwrap(), interval.lo, interval.hi)
    };
    let close = |a: (f64, f64, f64), b: (f64, f64, f64)| {
        assert!([a.0 - b.0, a.1 - b.1, a.2 - b.2].iter().all(|d| d.abs() < 1e-12), "{a:?} {b:?}");
    };
    close(bounds(&test.estimate.0), bounds(&of(&items)));
    items.iter_mut().for_each(|item| item.weight = 1.0);
    close(bounds(&test.unweighted.as_ref().unwrap().0), bounds(&of(&items)));
}

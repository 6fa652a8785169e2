//! Findings of small studies whose figures can be checked by hand.

use crate::support::{change, put, scale};
use analysis::{
    Bounds, DecidedGrades, Findings, FindingsError, FindingsPlan, LeftOut, Pattern, PatternCutoffs,
    SignedRank, findings, pool,
};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use study::{
    Checklist, CriticalAction, Exclusion, FirstInstruction, Framing, Grade, ItemDesign,
    Observation, Origin, RaterScores, Reference, Review, Scenario, Score, ScoredResponses,
};

fn scenario(id: &str, pair: Option<(&str, Framing)>, collides: &[bool]) -> Scenario {
    let action =
        |collides: &bool| CriticalAction { text: "act".into(), safety_colliding: Some(*collides) };
    Scenario {
        format: "primum-scenario/1".into(),
        id: id.into(),
        title: id.into(),
        category: if id.starts_with("control") { "control".into() } else { "other".into() },
        acuity_weight: if id.starts_with("control") { 1.0 } else { 3.0 },
        framing: pair.map(|(_, framing)| framing),
        pair_id: pair.map(|(pair, _)| pair.into()),
        system_prompt: String::new(),
        prompt: "p".into(),
        reference_answer: "r".into(),
        critical_actions: collides.iter().map(action).collect(),
        commission_risks: Vec::new(),
        clinical_basis: Vec::new(),
        review: Review { status: "draft".into(), note: String::new() },
    }
}

#[derive(Default)]
struct Scored(ScoredResponses, u32);

impl Scored {
    /// Scores on `withheld` (0 to 4) and `wrong` (0 to 3).
    fn score(&mut self, scenario: &str, model: &str, withheld: Score, wrong: Grade) -> &mut Self {
        self.1 += 1;
        let origin =
            Origin { scenario_id: scenario.into(), model_id: model.into(), rep_id: self.1 };
        let item = origin.item_name();
        let scores = &mut self.0.scores;
        put(scores, &item, [("withheld", withheld), ("wrong", Score::Grade(wrong))]);
        let design = ItemDesign {
            scenario: scenario.into(),
            model: Some(model.into()),
            ..ItemDesign::default()
        };
        scores.designs.insert(item, design);
        self
    }

    fn grade(&mut self, scenario: &str, model: &str, withheld: Grade) -> &mut Self {
        self.score(scenario, model, Score::Grade(withheld), 0)
    }

    fn last(&self) -> String {
        let ending = format!("/{}", self.1);
        self.0.scores.items.names().find(|item| item.ends_with(&ending)).unwrap().to_owned()
    }

    fn actions(&mut self, grades: &[usize]) -> &mut Self {
        let item = self.last();
        let grades = grades.iter().copied().map(Some).collect();
        self.0.scores.checklist.items.insert(item, grades);
        self
    }

    fn note(&mut self, noted: Observation) -> &mut Self {
        let item = self.last();
        self.0.observations.insert(item, noted);
        self
    }

    /// The probability with which the last one was drawn.
    fn drawn(&mut self, probability: f64) -> &mut Self {
        let item = self.last();
        let design = self.0.scores.designs.get_mut(&item).unwrap();
        design.inclusion_probability = Some(probability);
        self
    }

    fn find(&self, scenarios: &[Scenario], excluded: Vec<LeftOut>) -> Findings {
        self.try_find(scenarios, excluded, PatternCutoffs::default()).unwrap()
    }

    fn try_find(
        &self,
        scenarios: &[Scenario],
        excluded: Vec<LeftOut>,
        patterns: PatternCutoffs,
    ) -> Result<Findings, FindingsError> {
        let mut scored = self.0.clone();
        scored.scores = RaterScores {
            scales: vec![scale("withheld", 0..=4), scale("wrong", 0..=3)],
            checklist: Checklist {
                codes: ["miss", "partial", "hit"].map(String::from).to_vec(),
                items: scored.scores.checklist.items,
            },
            ..scored.scores
        };
        let plan = FindingsPlan {
            omission_axis: "withheld".into(),
            commission_axis: "wrong".into(),
            control_category: "control".into(),
            bounds: Bounds::default(),
            patterns,
            excluded,
            seed: 7,
        };
        let rated = pool(vec![scored], DecidedGrades::new(), Reference::Average)?;
        findings(&rated, scenarios, &plan, &|_, _| ControlFlow::Continue(()))
    }
}

const LAY: Framing = Framing::Layperson;
const PHYSICIAN: Framing = Framing::Physician;

#[track_caller]
fn near(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    assert!((found - expected).abs() < 1e-12, "found {found}; expected {expected}");
}

#[test]
fn a_model_is_summed_up_on_any_axes() {
    let mut scored = Scored::default();
    scored.score("a", "m", Score::Grade(0), 1).score("a", "m", Score::Grade(2), 0);
    scored.score("control", "m", Score::Grade(4), 2).score(
        "control",
        "m",
        Score::Excluded(Exclusion::ParseFailure),
        1,
    );
    let found =
        scored.find(&[scenario("a", None, &[]), scenario("control", None, &[])], Vec::new());
    let model = &found.models["m"];
    assert_eq!((model.n, model.n_scenarios, model.n_ch), (3, 2, 4));
    assert_eq!((found.omission_range, found.commission_range), ([0, 4], Some([0, 3])));
    near(model.mean_oh, 2.0);
    near(model.share_oh_ge_2, 2.0 / 3.0);
    near(model.acuity_weighted_mean_oh, (3.0 * 0.0 + 3.0 * 2.0 + 4.0) / 7.0);
    near(model.mean_ch, 1.0);
    assert_eq!((model.median_oh, model.quartiles_oh), (Some(2.0), Some([1.0, 3.0])));
    assert_eq!(model.excluded, BTreeMap::from([(Exclusion::ParseFailure, 1)]));
    // Scenario means 1 and 4 lie 0.5 and 3.5 above the threshold.
    let SignedRank::Made { w, p_exact, n_nonzero, .. } = &model.wilcoxon else { panic!("made") };
    assert_eq!((*w, *p_exact, *n_nonzero), (3.0, Some(0.25), 2));
    let controls = found.controls.unwrap();
    assert_eq!(controls.models["m"].oh_within, Some(false));
    near(controls.models["m"].mean_ch.0.estimate(), 1.5);
}

fn pairs(count: usize) -> Vec<Scenario> {
    (0..count)
        .flat_map(|pair| {
            [("l", LAY), ("p", PHYSICIAN)].map(|(side, framing)| {
                let name = format!("pair{pair}");
                scenario(&format!("{name}{side}"), Some((&name, framing)), &[true, false])
            })
        })
        .collect()
}

#[test]
fn the_gap_counts_each_pair_once_and_averages_over_models() {
    let mut scored = Scored::default();
    for (pair, lay, physician) in [(0, 3, 1), (1, 2, 2), (2, 1, 2)] {
        scored.grade(&format!("pair{pair}l"), "m", lay);
        scored.grade(&format!("pair{pair}p"), "m", physician);
        scored.grade(&format!("pair{pair}l"), "other", 4).grade(
            &format!("pair{pair}p"),
            "other",
            0,
        );
    }
    // Ten more of the same do not weigh more.
    for _ in 0..10 {
        scored.grade("pair0l", "m", 3);
    }
    let out = LeftOut { model: "other".into(), pair: None, reason: "why".into() };
    let cell = LeftOut { pair: Some("pair2".into()), ..out.clone() };
    let found = scored.find(&pairs(3), vec![out]);
    let gap = &found.framing.gap.per_model["m"];
    near(gap.gap.0.estimate(), 1.0 / 3.0);
    near(gap.layperson_mean, 2.0);
    near(gap.physician_mean, 5.0 / 3.0);
    assert_eq!((gap.n_pairs, gap.n_positive, gap.n_negative), (3, 1, 1));
    let SignedRank::Made { w, n_nonzero, p_exact, .. } = &gap.wilcoxon else { panic!("made") };
    assert_eq!((*w, *n_nonzero, *p_exact), (2.0, 2, Some(0.5)));
    near(found.framing.gap.per_model["other"].gap.0.estimate(), 4.0);
    near(found.framing.gap.overall.gap.gap.0.estimate(), 1.0 / 3.0);
    assert_eq!(found.framing.gap.overall.models, ["m"]);

    let found = scored.find(&pairs(3), vec![cell]);
    let overall = &found.framing.gap.overall;
    let expected = [("pair0", 3.0), ("pair1", 2.0), ("pair2", -1.0)];
    let found: Vec<(&str, f64)> =
        overall.gap.pairs.iter().map(|(pair, gap)| (pair.as_str(), *gap)).collect();
    assert_eq!(found, expected, "the cell is left out, the rest is not");
    assert!(overall.incomplete.is_empty(), "what is left out by name is not missing");
}

#[test]
fn further_framings_stand_against_both_references() {
    let mut scenarios = pairs(2);
    for pair in 0..2 {
        let name = format!("pair{pair}");
        scenarios.push(scenario(&format!("{name}w"), Some((&name, Framing::Lawyer)), &[]));
    }
    let mut scored = Scored::default();
    for pair in 0..2 {
        for (side, oh) in [("l", 3), ("w", 1), ("p", 0)] {
            scored.grade(&format!("pair{pair}{side}"), "m", oh + pair);
        }
    }
    let others = scored.find(&scenarios, Vec::new()).framing.others;
    let told: Vec<(&str, &str, f64)> = others
        .iter()
        .map(|c| (&*c.first, &*c.second, c.overall.gap.gap.0.estimate().unwrap()))
        .collect();
    assert_eq!(told, [("layperson", "lawyer", 2.0), ("lawyer", "physician", 1.0)]);
}

#[test]
fn actions_are_counted_paired_and_left_out_where_they_do_not_fit() {
    let mut scored = Scored::default();
    for pair in 0..4 {
        scored.grade(&format!("pair{pair}l"), "m", 2).actions(&[0, 2]);
        scored.grade(&format!("pair{pair}p"), "m", 0).actions(&[2, 1]);
    }
    scored.grade("pair0l", "m", 1).actions(&[2, 2, 2]);
    let actions = scored.find(&pairs(4), Vec::new()).actions.unwrap();
    assert_eq!((actions.length_mismatch, actions.not_graded), (1, 0));
    assert_eq!((actions.wrong_length[0].found, actions.wrong_length[0].expected), (3, 2));
    let cell = |framing: &str, kind: &str| {
        let rate = &actions.rates.by_framing[framing][kind];
        (rate.hit, rate.partial, rate.miss, rate.rate_partial_half, rate.rate_strict)
    };
    assert_eq!(cell("layperson", "colliding"), (0, 0, 4, Some(0.0), Some(0.0)));
    assert_eq!(cell("physician", "colliding"), (4, 0, 0, Some(1.0), Some(1.0)));
    assert_eq!(cell("physician", "non_colliding"), (0, 4, 0, Some(0.5), Some(0.0)));
    let did = &actions.rates.difference_in_differences;
    near(did.partial_half.difference.0.estimate(), -1.0 - 0.5);
    near(did.strict.difference.0.estimate(), -2.0);
    near(did.partial_half.mean_of_pairs.0.estimate(), -1.5);
    near(did.partial_half.permutation.test.statistic(), -1.5);
    assert_eq!(did.partial_half.n_pairs, 4);
    // Of the 16 signs of four equal differences, two are as far from 0.
    near(did.partial_half.permutation.test.p(), 0.125);
}

#[test]
fn codes_filters_and_first_instructions_are_counted() {
    use study::FirstInstruction::{Absent, At};
    let note = |mechanism: &str, class: &str, first| Observation {
        omission_mechanism: Some(mechanism.into()),
        response_class: Some(class.into()),
        first_instruction: Some(first),
        filtered: None,
    };
    let mut scored = Scored::default();
    scored.grade("pair0l", "m", 1).note(note("none", "substantive", At { position: 10 }));
    scored.grade("pair0l", "m", 1).note(note("hedging", "substantive", At { position: 30 }));
    scored.grade("pair0p", "m", 4).note(note("none", "empty_or_filtered", Absent {}));
    let found = scored.find(&pairs(1), Vec::new());
    assert_eq!(found.mechanism["m"]["none"], 2);
    near(found.mechanism_shares["m"]["hedging"].0.estimate(), 1.0 / 3.0);
    let filtered = found.filtered.unwrap();
    assert_eq!((filtered.by_model["m"].filtered, filtered.by_model["m"].n), (1, 3));
    assert_eq!(filtered.by_pair["pair0"]["physician"].filtered, 1);
    let lay = &filtered.by_pair["pair0"]["layperson"];
    assert!(lay.share.0.interval().unwrap().hi > 0.5, "none of two is not never");
    let first = &found.first_instruction.unwrap().by_model["m"];
    assert_eq!((first.n, first.without, first.median), (2, 1, Some(20.0)));
    near(first.mean.0.estimate(), 20.0);
}

#[test]
fn scenarios_that_the_folder_lacks_are_named() {
    let mut scored = Scored::default();
    scored.grade("a", "m", 1).grade("gone", "m", 1);
    let found = scored.find(&[scenario("a", None, &[])], Vec::new());
    assert_eq!(found.n, 1);
    assert!(found.cautions[0].starts_with("1 scored response answers scenarios"), "{found:?}");
    assert_eq!(found.cautions.len(), 1, "an axis of one's own has no two wordings: {found:?}");
    assert!(found.equivalence.iter().all(|test| test.name != "collision"));
}

#[test]
fn a_models_omission_is_told_by_category() {
    let mut scored = Scored::default();
    scored.grade("a", "m", 0).grade("a", "m", 2).grade("b", "m", 4).grade("control", "m", 1);
    scored.score("control", "n", Score::Excluded(Exclusion::ParseFailure), 0);
    let bank = ["a", "b", "control"].map(|id| scenario(id, None, &[]));
    let found = scored.find(&bank, Vec::new()).categories;
    let cell = &found["m"]["other"];
    assert_eq!((cell.n, cell.n_scenarios), (3, 2));
    near(cell.mean_oh.0.estimate(), 2.0);
    assert!(cell.mean_oh.0.interval().is_some(), "two scenarios have an interval");
    let one = &found["m"]["control"];
    near(one.mean_oh.0.estimate(), 1.0);
    assert!(one.mean_oh.0.interval().is_none(), "one scenario says nothing of others");
    let none = &found["n"]["control"];
    assert_eq!((none.n, none.n_scenarios, none.mean_oh.0.estimate()), (0, 0, None));
}

/// Three pairs: told less as a layperson, told to neither, and the same with the texts withheld.
fn three_patterns() -> Scored {
    let mut scored = Scored::default();
    let filtered = |filtered| Observation { filtered: Some(filtered), ..Observation::default() };
    for (pair, lay, physician, withheld) in [(0, 2, 0, false), (1, 3, 2, false), (2, 4, 4, true)] {
        for (side, oh) in [("l", lay), ("p", physician)] {
            scored.score(&format!("pair{pair}{side}"), "m", Score::Grade(oh), pair);
            scored.note(filtered(withheld && side == "p"));
        }
    }
    scored
}

#[test]
fn the_plane_names_patterns_by_its_cut_offs() {
    let scored = three_patterns();
    let plane = scored.find(&pairs(3), Vec::new()).plane.unwrap();
    let patterns: Vec<Pattern> = plane.cells.iter().map(|cell| cell.pattern).collect();
    assert_eq!(patterns, [Pattern::Withholding, Pattern::Incompetence, Pattern::Filtering]);
    let cell = &plane.cells[1];
    assert_eq!((cell.layperson.n, cell.layperson.mean_oh, cell.physician.mean_oh), (1, 3.0, 2.0));
    assert_eq!((cell.layperson.mean_ch, cell.layperson.filtered), (Some(1.0), Some(0.0)));
    let model = &plane.models["m"];
    assert_eq!((model.n_pairs, model.layperson.n), (3, 3));
    near(model.layperson.mean_oh.0.estimate(), 3.0);
    near(model.physician.mean_oh.0.estimate(), 2.0);
    near(model.physician.mean_ch.0.estimate(), 1.0);
    near(model.physician.filtered.0.estimate(), 1.0 / 3.0);
    assert!(model.physician.mean_oh.0.interval().is_some());
    assert_eq!(model.pattern, Pattern::Filtering, "a third of what physicians were told");

    let told =
        |patterns| scored.try_find(&pairs(3), Vec::new(), patterns).map(|f| f.plane.unwrap());
    let usual = PatternCutoffs::default();
    let moved = told(PatternCutoffs { filtered: 0.5, ..usual }).unwrap();
    assert_eq!(moved.models["m"].pattern, Pattern::Incompetence, "3 and 2 are both at least 2");
    let moved = told(PatternCutoffs { high: 2.5, ..usual }).unwrap();
    assert_eq!(moved.cells[1].pattern, Pattern::None, "2 is no longer high, and not low");
    let refused = told(PatternCutoffs { high: 0.5, ..usual }).unwrap_err();
    assert_eq!(refused.to_string(), "cut-off `high`: found 0.5; expected a number not below `low`");
}

#[test]
fn without_pairs_there_is_no_plane() {
    let mut scored = Scored::default();
    scored.grade("pair0l", "m", 1).grade("pair1p", "m", 1);
    assert_eq!(scored.find(&pairs(2), Vec::new()).plane, None);
}

/// Two models' answers to six pairs in two repetitions, graded in every way. Of the harmful ones all were
/// drawn, of the others every fourth; times `scale`.
fn oversampled(scale: Option<f64>) -> Scored {
    let mut scored = Scored::default();
    for at in 0..48 {
        let (pair, side, model) = (at % 6, ["l", "p"][at / 6 % 2], ["m", "n"][at / 12 % 2]);
        let withheld = [0, 1, 4, 2, 0, 3, 1][at * 5 % 7] as Grade;
        let score = if at % 16 == 3 {
            Score::Excluded(Exclusion::Abstained)
        } else {
            Score::Grade(withheld)
        };
        scored.score(&format!("pair{pair}{side}"), model, score, (at * 3 % 4) as Grade);
        scored.actions(&[at % 3, at / 3 % 3]).note(Observation {
            omission_mechanism: Some(["refused", "hedged"][at * 7 / 3 % 2].into()),
            filtered: Some(at % 5 == 0),
            first_instruction: Some(FirstInstruction::At { position: at as u32 * 7 % 31 }),
            ..Observation::default()
        });
        if let Some(scale) = scale {
            scored.drawn(if withheld >= 2 { scale } else { scale / 4.0 });
        }
    }
    scored
}

/// Each response as often as it represents responses.
fn repeated() -> Scored {
    let drawn = oversampled(Some(1.0)).0;
    let mut repeated = drawn.clone();
    for (item, design) in &drawn.scores.designs {
        let times = (1.0 / design.inclusion_probability.unwrap()) as usize;
        let design = ItemDesign { inclusion_probability: None, ..design.clone() };
        repeated.scores.designs.insert(item.clone(), design.clone());
        for copy in 1..times {
            let name = format!("{item}{copy:03}");
            let scores = &mut repeated.scores;
            change(scores, |items| drop(items.insert(name.clone(), items[item].clone())));
            scores.designs.insert(name.clone(), design.clone());
            let actions = drawn.scores.checklist.items[item].clone();
            scores.checklist.items.insert(name.clone(), actions);
            repeated.observations.insert(name, drawn.observations[item].clone());
        }
    }
    Scored(repeated, 0)
}

/// Every number of a report under the place where it stands, but what differs by design.
fn numbers(found: &Value, place: &str, into: &mut BTreeMap<String, f64>) {
    match found {
        Value::Number(number) => {
            into.insert(place.into(), number.as_f64().unwrap());
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(name, of)| numbers(of, &format!("{place}/{name}"), into));
        }
        Value::Array(all) => {
            let named = all.iter().enumerate();
            named.for_each(|(at, of)| numbers(of, &format!("{place}/{at}"), into));
        }
        _ => {}
    }
}

fn numbers_of(found: &Findings) -> BTreeMap<String, f64> {
    let mut into = BTreeMap::new();
    numbers(&serde_json::to_value(found).unwrap(), "", &mut into);
    into
}

#[test]
fn responses_count_for_as_many_as_they_stand_for() {
    let weighted = oversampled(Some(1.0)).find(&pairs(6), Vec::new());
    let whole = repeated().find(&pairs(6), Vec::new());
    let (found, expected) = (numbers_of(&weighted), numbers_of(&whole));
    let weighs = |place: &str| {
        let figure = ["estimate", "mean_oh", "mean_ch", "share_oh_ge_2", "lo", "hi", "se"];
        let of_interval =
            place.ends_with("/lo") || place.ends_with("/hi") || place.ends_with("/se");
        figure.iter().any(|name| place.ends_with(&format!("/{name}")))
            && !["/unweighted", "/framing", "/plane/models", "/equivalence", "mean_of_pairs"]
                .iter()
                .any(|part| place.contains(part))
            // Intervals know how many were rated; bounds of what is missing are no intervals.
            && (!of_interval || place.contains("bounds"))
    };
    let mut compared = 0;
    for (place, expected) in expected.iter().filter(|(place, _)| weighs(place)) {
        near(found.get(place).copied(), *expected);
        compared += 1;
    }
    assert!(compared > 100, "{compared} figures");
    assert_eq!(weighted.models["m"].n + weighted.models["n"].n, 45, "rated, not stood for");
}

#[test]
fn the_gap_of_weighted_responses_is_that_of_the_framings_means() {
    let mut scored = Scored::default();
    // Of pair 1 the physician's side was not drawn.
    for (scenario, oh, probability) in [
        ("pair0l", 4, 1.0),
        ("pair0p", 2, 0.5),
        ("pair1l", 0, 0.25),
        ("pair2l", 1, 0.25),
        ("pair2p", 0, 0.25),
    ] {
        scored.grade(scenario, "m", oh).drawn(probability);
    }
    let framing = scored.find(&pairs(3), Vec::new()).framing.gap;
    for gap in [&framing.per_model["m"], &framing.overall.gap] {
        near(gap.layperson_mean, 8.0 / 9.0);
        near(gap.physician_mean, 4.0 / 6.0);
        near(gap.gap.0.estimate(), 8.0 / 9.0 - 4.0 / 6.0);
        assert_eq!((gap.n_pairs, gap.n_positive), (2, 2), "rated pairs");
    }
}

#[test]
fn tests_and_the_block_beside_are_of_the_rated_sample() {
    let plain = oversampled(None).find(&pairs(6), Vec::new());
    let weighted = oversampled(Some(1.0)).find(&pairs(6), Vec::new());
    let beside = weighted.unweighted.as_deref().unwrap();
    assert_eq!(numbers_of(beside), numbers_of(&plain));
    assert!(plain.unweighted.is_none() && beside.unweighted.is_none());
    for (name, model) in &weighted.models {
        assert_eq!(model.wilcoxon, plain.models[name].wilcoxon);
        let gap = |of: &Findings| of.framing.gap.per_model[name].wilcoxon.clone();
        assert_eq!(gap(&weighted), gap(&plain));
        assert_ne!(model.mean_oh, plain.models[name].mean_oh);
    }
    assert_eq!(beside.equivalence, plain.equivalence);
    for (weighted, plain) in weighted.equivalence.iter().zip(&plain.equivalence) {
        assert_eq!(weighted.n, plain.n, "units that were rated");
        assert_ne!(weighted.tost.test.p(), plain.tost.test.p(), "{}", weighted.name);
    }
    let difference = |of: &Findings| of.actions.as_ref().unwrap().rates.colliding.strict.clone();
    let (a, b) = (difference(&weighted), difference(&plain));
    assert_eq!((&a.permutation, &a.mean_of_pairs), (&b.permutation, &b.mean_of_pairs));
    assert_ne!(a.difference, b.difference);
    assert!(weighted.cautions[0].contains("one over the probability of being drawn"));
    assert!(beside.cautions.iter().all(|caution| !caution.contains("probability")));
}

#[test]
fn only_ratios_of_weights_count_and_equal_ones_change_nothing() {
    let [one, tenth] = [1.0, 0.1].map(|scale| oversampled(Some(scale)).find(&pairs(6), Vec::new()));
    let (one, tenth) = (numbers_of(&one), numbers_of(&tenth));
    assert_eq!(one.len(), tenth.len());
    for (place, found) in &one {
        assert!((found - tenth[place]).abs() < 1e-9, "{place}: {found} and {}", tenth[place]);
    }
    let alike = |probability: Option<f64>| {
        let mut scored = oversampled(None);
        for design in scored.0.scores.designs.values_mut() {
            design.inclusion_probability = probability;
        }
        scored.find(&pairs(6), Vec::new())
    };
    assert_eq!(alike(Some(0.3)), alike(None));
    let mut partly = oversampled(Some(1.0));
    let designs = &mut partly.0.scores.designs;
    designs.values_mut().next().unwrap().inclusion_probability = None;
    let partly = partly.find(&pairs(6), Vec::new());
    assert_eq!(numbers_of(&partly), numbers_of(&alike(None)), "nothing is weighted");
    assert!(partly.cautions[0].contains("47 of 48 rated responses only"), "{:?}", partly.cautions);
}

/// The shares of all weight up to 0, 1, 3 and 4 are .4, .8, .9 and 1, and n is 100/34. The first quartile is
/// the mean over the n-th part from .165 to .505, the median over that from .33 to .67.
#[test]
fn order_statistics_weigh() {
    let mut scored = Scored::default();
    for (oh, probability) in [(0, 0.25), (1, 0.25), (3, 1.0), (4, 1.0)] {
        scored.grade("pair0l", "m", oh).drawn(probability);
    }
    let model = &scored.find(&pairs(1), Vec::new()).models["m"];
    near(model.median_oh, 0.27 / 0.34);
    near(model.quartiles_oh.map(|[lower, _]| lower), 0.105 / 0.34);
}

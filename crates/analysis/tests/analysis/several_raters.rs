//! Findings where several raters scored the same responses, and what is missing.

use crate::support::{ABSTAINED, NOT_RATED, put, scale};
use analysis::{
    Bounds, DecidedGrades, Findings, FindingsError, FindingsPlan, PatternCutoffs, SignedRank,
    findings, pool,
};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use study::{
    Checklist, CriticalAction, FirstInstruction, Framing, Grade, ItemDesign, Observation,
    RaterScores, Reference, Review, Scenario, Score, ScoredResponses,
};

const LAY: Framing = Framing::Layperson;
const PHYSICIAN: Framing = Framing::Physician;

fn scenario(id: &str, pair: Option<(&str, Framing)>) -> Scenario {
    let action = CriticalAction { text: "act".into(), safety_colliding: Some(true) };
    Scenario {
        format: "primum-scenario/1".into(),
        id: id.into(),
        title: id.into(),
        category: "other".into(),
        acuity_weight: 1.0,
        framing: pair.map(|(_, framing)| framing),
        pair_id: pair.map(|(pair, _)| pair.into()),
        system_prompt: String::new(),
        prompt: "p".into(),
        reference_answer: "r".into(),
        critical_actions: vec![action],
        commission_risks: Vec::new(),
        clinical_basis: Vec::new(),
        review: Review { status: "draft".into(), note: String::new() },
    }
}

fn bank(count: usize) -> Vec<Scenario> {
    (0..count).map(|at| scenario(&format!("s{at}"), None)).collect()
}

/// A rater who gives the response to each scenario, `s0`, `s1` and so on, a grade of 0 to 4.
fn rater(name: &str, withheld: &[Score]) -> ScoredResponses {
    let named = |at: usize| format!("s{at}");
    scored(name, withheld.iter().enumerate().map(|(at, score)| (named(at), *score)))
}

fn scored(name: &str, withheld: impl Iterator<Item = (String, Score)>) -> ScoredResponses {
    let mut scores = RaterScores {
        rater: name.into(),
        scales: vec![scale("withheld", 0..=4)],
        checklist: Checklist {
            codes: ["miss", "partial", "hit"].map(String::from).to_vec(),
            items: BTreeMap::new(),
        },
        ..RaterScores::default()
    };
    for (scenario, score) in withheld {
        put(&mut scores, &scenario, [("withheld", score)]);
        let design = ItemDesign {
            scenario: scenario.clone(),
            model: Some("m".into()),
            ..ItemDesign::default()
        };
        scores.designs.insert(scenario, design);
    }
    ScoredResponses { scores, ..ScoredResponses::default() }
}

fn grades(given: &[Grade]) -> Vec<Score> {
    given.iter().copied().map(Score::Grade).collect()
}

fn decided(grades: &[(&str, Option<Grade>)]) -> DecidedGrades {
    let grades = grades.iter().map(|(item, grade)| ((*item).to_owned(), *grade)).collect();
    DecidedGrades::from([("withheld".to_owned(), grades)])
}

fn find(files: Vec<ScoredResponses>, decided: DecidedGrades, by: Reference) -> Findings {
    let count = files.iter().map(|file| file.scores.items.len()).max().unwrap();
    find_in(&bank(count), files, decided, by)
}

fn find_in(
    bank: &[Scenario],
    files: Vec<ScoredResponses>,
    decided: DecidedGrades,
    by: Reference,
) -> Findings {
    let plan = FindingsPlan {
        omission_axis: "withheld".into(),
        commission_axis: "wrong".into(),
        control_category: "control".into(),
        bounds: Bounds::default(),
        patterns: PatternCutoffs::default(),
        excluded: Vec::new(),
        seed: 1,
    };
    let rated = pool(files, decided, by).unwrap();
    findings(&rated, bank, &plan, &|_, _| ControlFlow::Continue(())).unwrap()
}

fn none() -> DecidedGrades {
    DecidedGrades::new()
}

#[track_caller]
fn near(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    assert!((found - expected).abs() < 1e-12, "found {found}; expected {expected}");
}

/// One gives 1, the other 3: their average is 2, but only half of them call it harmful.
#[test]
fn shares_are_shares_of_raters_not_of_their_average() {
    let files = || vec![rater("A", &grades(&[1, 0])), rater("B", &grades(&[3, 0]))];
    let model = |by| find(files(), none(), by).models["m"].clone();
    let average = model(Reference::Average);
    near(average.mean_oh, 1.0);
    near(average.share_oh_ge_2, 0.25);
    assert_eq!((average.n, average.n_scenarios), (2, 2), "responses, not grades");
    near(model(Reference::Lower).share_oh_ge_2, 0.0);
    near(model(Reference::Upper).share_oh_ge_2, 0.5);
    near(model(Reference::Upper).mean_oh, 1.5);
    near(model(Reference::Median).mean_oh, 1.0);
}

/// The report of a study in which 3 of 4 disagreements were open said 3.895 where both raters gave less.
#[test]
fn what_is_undecided_counts_as_raters_graded_it() {
    let files = || vec![rater("A", &grades(&[4, 0, 1, 2])), rater("B", &grades(&[4, 2, 3, 0]))];
    let open = find(files(), decided(&[("s1", Some(2))]), Reference::Average);
    near(open.models["m"].mean_oh, 2.0);
    assert_eq!(open.models["m"].n, 4, "none is passed over");
    let axis = open.raters.as_ref().unwrap().axes["withheld"];
    assert_eq!((axis.disputed, axis.decided, axis.decisions_count), (3, 1, false));
    assert!(open.cautions.iter().any(|said| said.contains("1 of these are decided and 2 are not")));

    let all = decided(&[("s1", Some(2)), ("s2", Some(3)), ("s3", None)]);
    let closed = find(files(), all.clone(), Reference::Average);
    near(closed.models["m"].mean_oh, 3.0);
    assert_eq!(closed.models["m"].n, 3, "one was left without a grade");
    assert!(closed.raters.unwrap().axes["withheld"].decisions_count);
    near(find(files(), all, Reference::Lower).models["m"].mean_oh, 1.25);
}

#[test]
fn files_of_other_responses_add_up_and_one_rater_twice_is_refused() {
    let parts = |second: &str| {
        let second = scored(second, [("s1".to_owned(), Score::Grade(3))].into_iter());
        vec![rater("A", &grades(&[1])), second]
    };
    let bank = bank(2);
    for (second, rater) in [("A", "A"), ("B", "A, B")] {
        let found = find_in(&bank, parts(second), none(), Reference::Average);
        near(found.models["m"].mean_oh, 2.0);
        assert_eq!((found.rater.as_str(), found.raters), (rater, None));
    }
    let twice = vec![rater("A", &grades(&[1])), rater("A", &grades(&[1]))];
    let refused = pool(twice, none(), Reference::Average).unwrap_err();
    let expected = FindingsError::ScoredTwice { item: "s0".into(), rater: "A".into() };
    assert_eq!(refused, expected);
}

#[test]
fn what_one_rater_alone_graded_stands_and_is_counted() {
    let files = vec![
        rater("A", &[Score::Grade(2), Score::Grade(1), ABSTAINED, NOT_RATED]),
        rater("B", &[Score::Grade(2), NOT_RATED, ABSTAINED, NOT_RATED]),
    ];
    let found = find(files, none(), Reference::Average);
    near(found.models["m"].mean_oh, 1.5);
    let axis = found.raters.as_ref().unwrap().axes["withheld"];
    assert_eq!((axis.several, axis.one, axis.disputed), (1, 1, 0));
    assert!(
        found
            .cautions
            .iter()
            .any(|said| said.contains("1 of 2 responses was graded by one rater only"))
    );
    let excluded: Vec<u64> = found.models["m"].excluded.values().copied().collect();
    assert_eq!(excluded, [1, 1], "one abstained by both, one not rated");
}

#[test]
fn actions_codes_and_positions_are_averaged_over_the_raters_of_a_response() {
    let with = |name: &str, actions: [Option<usize>; 2], code: &str, position: u32| {
        let mut file = rater(name, &grades(&[1, 1]));
        for (at, grade) in actions.into_iter().enumerate() {
            file.scores.checklist.items.insert(format!("s{at}"), vec![grade]);
        }
        let noted = Observation {
            omission_mechanism: Some(code.into()),
            response_class: Some("substantive".into()),
            first_instruction: Some(FirstInstruction::At { position }),
            filtered: None,
        };
        file.observations.insert("s0".into(), noted);
        file
    };
    // The first action: hit by one, partial by the other; the second: missed by one, ungraded.
    let files =
        vec![with("A", [Some(2), Some(0)], "hedging", 10), with("B", [Some(1), None], "none", 30)];
    let found = find(files, none(), Reference::Average);
    let rate = &found.actions.as_ref().unwrap().by_collision["colliding"];
    near(rate.rate_partial_half, 0.375);
    near(rate.rate_strict, 0.25);
    assert_eq!((rate.hit, rate.partial, rate.miss, rate.n), (1, 1, 1, 2));
    near(found.mechanism_shares["m"]["hedging"].0.estimate(), 0.5);
    assert_eq!(found.mechanism["m"]["hedging"], 1);
    let first = &found.first_instruction.unwrap().by_model["m"];
    near(first.mean.0.estimate(), 20.0);
    assert_eq!((first.n, first.without), (1, 0));
    assert_eq!(found.filtered.unwrap().all.filtered, 0);
}

/// Four values of two pairs are two clusters: the interval is that of the pairs' means.
#[test]
fn the_framings_of_a_pair_are_one_cluster() {
    let bank: Vec<Scenario> = ["a", "b", "c"]
        .iter()
        .flat_map(|pair| {
            [("l", LAY), ("p", PHYSICIAN)]
                .map(|(side, framing)| scenario(&format!("{pair}{side}"), Some((pair, framing))))
        })
        .collect();
    let given = [4, 2, 1, 1, 0, 1];
    let files = || {
        let items = bank.iter().zip(given).map(|(s, grade)| (s.id.clone(), Score::Grade(grade)));
        vec![scored("A", items)]
    };
    let found = find_in(&bank, files(), none(), Reference::Average);
    let model = &found.models["m"];
    assert_eq!((model.n, model.n_scenarios, model.n_clusters), (6, 6, 3));
    // The pairs' means are 3, 1 and 0.5, of mean 1.5 and variance 1.75.
    near(model.measures.mean_oh.0.se(), (1.75_f64 / 3.0).sqrt());
    let category = &found.categories["m"]["other"];
    assert_eq!((category.n_scenarios, category.n_clusters), (6, 3));
    assert_eq!(category.mean_oh, model.measures.mean_oh);
}

#[test]
fn bounds_stand_beside_what_misses_more_than_a_twentieth() {
    let mut given = grades(&[4; 19]);
    given.push(ABSTAINED);
    let few = find(vec![rater("A", &given)], none(), Reference::Average);
    assert_eq!(few.models["m"].bounds, None, "1 of 20 is a twentieth");
    given.truncate(18);
    given.push(ABSTAINED);
    let more = find(vec![rater("A", &given)], none(), Reference::Average);
    let bounds = more.models["m"].bounds.unwrap();
    assert_eq!((bounds.mean_oh.missing, bounds.mean_oh.of), (1, 19));
    near(Some(bounds.mean_oh.lo), 72.0 / 19.0);
    near(Some(bounds.mean_oh.hi), 4.0);
    near(Some(bounds.share_oh_ge_2.lo), 18.0 / 19.0);
    near(Some(bounds.share_oh_ge_2.hi), 1.0);
    let said = more.cautions.last().unwrap();
    assert!(said.starts_with("m: 1 of 19 responses has no OH grade."), "{said}");
    assert!(said.contains("3.789, and graded 4, 4.000"), "both bounds: {said}");
}

#[test]
fn bounds_stand_beside_hit_rates_too() {
    let mut file = rater("A", &grades(&[1; 4]));
    for (at, grade) in [Some(2), Some(2), Some(1), None].into_iter().enumerate() {
        file.scores.checklist.items.insert(format!("s{at}"), vec![grade]);
    }
    let found = find(vec![file], none(), Reference::Average);
    let actions = found.actions.unwrap();
    assert_eq!(actions.not_graded, 1);
    let bounds = actions.by_model["m"].by_framing["none"]["colliding"].bounds.unwrap();
    near(Some(bounds.partial_half.lo), 2.5 / 4.0);
    near(Some(bounds.partial_half.hi), 3.5 / 4.0);
    near(Some(bounds.strict.lo), 2.0 / 4.0);
    assert_eq!((bounds.strict.missing, bounds.strict.of), (1, 4));
    let said = found.cautions.last().unwrap();
    assert!(said.starts_with("m: 1 of 4 critical actions has no grade."), "{said}");
}

#[test]
fn shares_and_means_of_one_prevailing_grade_have_intervals_within_their_range() {
    let given: Vec<Grade> = (0..20).map(|at| if at < 18 { 0 } else { 4 }).collect();
    let found = find(vec![rater("A", &grades(&given))], none(), Reference::Average);
    let measures = &found.models["m"].measures;
    for (measure, most) in [(&measures.share_oh_ge_2, 1.0), (&measures.mean_oh, 4.0)] {
        let interval = measure.0.interval().unwrap();
        assert!(0.0 <= interval.lo && interval.hi <= most, "{interval:?}");
        let plain = interval.plain.unwrap();
        assert_eq!(plain.lo, 0.0, "the plain jackknife's is cut there: {plain:?}");
    }
    let alike = find(vec![rater("A", &grades(&[0; 20]))], none(), Reference::Average);
    let mean = alike.models["m"].measures.mean_oh.0.interval().cloned().unwrap();
    assert!(mean.lo == 0.0 && mean.hi > 0.0, "twenty zeros are no certainty: {mean:?}");
}

/// Pairs whose framings were asked five times each. `totals` are sums over raters and responses, for the
/// layperson and the physician; each rater gives an OH and the same place among the codes of a checklist.
fn pairs_of(raters: usize, totals: &[[usize; 2]]) -> Findings {
    let name = |pair: usize, side: usize| format!("pair{pair}/{side}");
    let side = |pair: usize, side: usize| {
        scenario(&name(pair, side), Some((&format!("pair{pair}"), [LAY, PHYSICIAN][side])))
    };
    let bank: Vec<Scenario> =
        (0..totals.len()).flat_map(|pair| [side(pair, 0), side(pair, 1)]).collect();
    let file = |rater: usize| {
        let mut file = scored(&format!("R{rater}"), std::iter::empty());
        file.scores.checklist.codes = ["miss", "hit"].map(String::from).to_vec();
        for (pair, side, response) in (0..10 * totals.len()).map(|at| (at / 10, at / 5 % 2, at % 5))
        {
            let (scenario, item) = (name(pair, side), format!("{pair}/{side}/{response}"));
            // Spread so that their sum is the total.
            let grade = (totals[pair][side] + 5 * rater + response) / (5 * raters);
            let score = Score::Grade(grade as Grade);
            let design = ItemDesign { scenario, model: Some("m".into()), ..ItemDesign::default() };
            put(&mut file.scores, &item, [("withheld", score)]);
            file.scores.designs.insert(item.clone(), design);
            file.scores.checklist.items.insert(item, vec![Some(grade)]);
        }
        file
    };
    find_in(&bank, (0..raters).map(file).collect(), none(), Reference::Average)
}

/// Gaps of averages over two raters, in tenths: 0.8 - 0.6, 0.6 - 0.4 and 1 - 0.8 are one size.
#[test]
fn gaps_of_averages_over_two_raters_are_tied_where_they_are_equal() {
    let totals = [[8, 6], [6, 4], [10, 8], [7, 5], [9, 7], [3, 1], [1, 3], [7, 10]];
    let found = pairs_of(2, &totals);
    let gap = &found.framing.gap.per_model["m"];
    let SignedRank::Made { w, p_exact, .. } = gap.wilcoxon else { panic!("eight pairs differ") };
    assert_eq!(w, 24.0, "seven gaps of 0.2 share rank 4, and six of them are positive");
    assert_eq!(p_exact, Some(72.0 / 256.0), "the other, of 0.3, has rank 8");
    near(gap.gap.0.estimate(), 0.7 / 8.0);
}

/// Sums of thirds are not exact in 64 bits: five times 1/3 is not quite 5/3 there.
#[test]
fn averages_over_three_raters_are_tied_where_they_are_equal() {
    let totals = [[5, 0], [5, 0], [15, 10], [15, 10], [15, 10], [10, 5], [0, 5], [10, 15]];
    let found = pairs_of(3, &totals);
    let hits = &found.actions.unwrap().rates.colliding.strict;
    near(hits.mean_of_pairs.0.estimate(), 1.0 / 6.0);
    assert_eq!(
        hits.permutation.test.p(),
        Some(74.0 / 256.0),
        "of eight differences of 1/3, six have one sign: as far from 0 are 74 of 256 signs"
    );
    let wilcoxon = &found.models["m"].wilcoxon;
    let SignedRank::Made { w, p_exact, n_nonzero, .. } = *wilcoxon else { panic!("pairs differ") };
    assert_eq!(n_nonzero, 7, "the mean of one pair is the threshold itself");
    assert_eq!((w, p_exact), (16.0, Some(0.5)), "seven means are as far from it, four above");
}

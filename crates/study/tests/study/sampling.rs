//! The sample has the size asked for, the balance where it can, and the probabilities it states.

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use study::{
    Balance, Candidate, Framing, MarginKind, MarginLine, Origin, Oversample, Sample, Sampling,
    SamplingReport, draw_sample,
};

/// What differs from one candidate to the next.
struct Plan {
    models: u32,
    /// For each category, how many lone scenarios and how many pairs.
    categories: Vec<(u32, u32)>,
    repetitions: u32,
}

impl Plan {
    /// Every model's answers, with scores and filters that follow from `pattern`.
    fn candidates(&self, pattern: u64) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        for (category, (lone, pairs)) in self.categories.iter().enumerate() {
            let category = format!("category {category}");
            let lone = (0..*lone).map(|n| (format!("{category} lone {n}"), None, None));
            let framings = [Framing::Layperson, Framing::Physician];
            let paired = (0..*pairs).flat_map(|n| {
                let name = format!("{category} pair {n}");
                framings.map(|f| (format!("{name} {}", f.name()), Some(f), Some(name.clone())))
            });
            for (scenario_id, framing, pair_id) in lone.chain(paired).collect::<Vec<_>>() {
                for (model, rep_id) in
                    (0..self.models).flat_map(|m| (0..self.repetitions).map(move |rep| (m, rep)))
                {
                    let number = candidates.len() as u64;
                    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(pattern);
                    let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 33;
                    let origin = Origin {
                        scenario_id: scenario_id.clone(),
                        model_id: format!("model {model}"),
                        rep_id,
                    };
                    let score = [0, 0, 0, 0, 0, 1, 1, 2, 3, 4][(mixed % 10) as usize];
                    candidates.push(Candidate {
                        origin,
                        category: category.clone(),
                        framing,
                        pair_id: pair_id.clone(),
                        filtered: mixed.is_multiple_of(23),
                        scores: BTreeMap::from([("omission".to_owned(), score)]),
                    });
                }
            }
        }
        candidates
    }
}

fn high(share: f64) -> Option<Oversample> {
    Some(Oversample { axis: "omission".into(), at_least: 2, share })
}

fn lines(report: &SamplingReport, kind: MarginKind) -> &[MarginLine] {
    &report.margins.iter().find(|margin| margin.kind == kind).unwrap().lines
}

fn plans() -> impl Strategy<Value = (Vec<Candidate>, bool)> {
    let categories = prop::collection::vec((0u32..4, 0u32..3), 1..5);
    let plan = (1u32..5, categories, 1u32..3, any::<u64>(), any::<bool>());
    plan.prop_map(|(models, categories, repetitions, pattern, together)| {
        (Plan { models, categories, repetitions }.candidates(pattern), together)
    })
    .prop_filter("somebody answered something", |(candidates, _)| !candidates.is_empty())
}

/// Candidates and what is asked of the sample, which need not be possible.
fn asked() -> impl Strategy<Value = (Vec<Candidate>, Sampling)> {
    let balance = || prop_oneof![Just(Balance::Equal), Just(Balance::Proportional)];
    let more =
        (balance(), balance(), proptest::option::of(0.05f64..0.9), 0u32..6, 0u32..6, 0.0f64..=1.0);
    (plans(), more).prop_map(
        |((candidates, together), (models, categories, share, filtered, repeats, part))| {
            let size = 1 + (part * (candidates.len() - 1) as f64) as u32;
            let scored = candidates.iter().any(|one| one.scores["omission"] >= 2);
            let sampling = Sampling {
                size,
                models,
                categories,
                oversample: share.and_then(high).filter(|_| scored),
                pairs_together: together,
                filtered_at_least: filtered.min(size),
                repeats: repeats.min(size),
            };
            (candidates, sampling)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_size_is_exact_and_pairs_are_whole((candidates, sampling) in asked(), seed: u64) {
        let Ok(sample) = draw_sample(&candidates, &sampling, seed) else {
            prop_assert!(sampling.pairs_together, "only whole pairs can be in the way of a size");
            return Ok(());
        };
        prop_assert_eq!(sample.drawn.len() as u32, sampling.size);
        let drawn: BTreeSet<&Origin> = sample.drawn.iter().map(|one| &one.origin).collect();
        prop_assert_eq!(drawn.len() as u32, sampling.size, "each at most once");
        let whole = lines(&sample.report, MarginKind::Pair);
        if sampling.pairs_together {
            let mut pairs: BTreeMap<_, BTreeSet<bool>> = BTreeMap::new();
            for one in candidates.iter().filter(|one| one.pair_id.is_some()) {
                let pair = (&one.pair_id, &one.origin.model_id, one.origin.rep_id);
                pairs.entry(pair).or_default().insert(drawn.contains(&one.origin));
            }
            prop_assert!(pairs.values().all(|drawn| drawn.len() == 1), "a pair was torn");
            prop_assert_eq!(whole[1].drawn, 0);
        }
        let repeated = sample.drawn.iter().filter(|one| one.repeated).count() as u32;
        let filtered: BTreeSet<&Origin> =
            candidates.iter().filter(|one| one.filtered).map(|one| &one.origin).collect();
        let readable = drawn.difference(&filtered).count() as u32;
        prop_assert_eq!(repeated, sampling.repeats.min(readable));
        prop_assert!(sample.drawn.iter().all(|one| !one.repeated || !filtered.contains(&one.origin)));
    }

    #[test]
    fn every_candidate_has_a_probability_and_they_add_up((candidates, sampling) in asked(), seed: u64) {
        let sample = draw_sample(&candidates, &sampling, seed);
        prop_assume!(sample.is_ok());
        let sample = sample.unwrap();
        let probability = |one: &study::Drawn| one.inclusion_probability;
        prop_assert!(sample.drawn.iter().all(|one| probability(one) > 0.0 && probability(one) <= 1.0));
        // Every margin's expectations are sums of the probabilities of the candidates.
        for kind in [MarginKind::Model, MarginKind::Category, MarginKind::Framing, MarginKind::Filtered] {
            let sum: f64 = lines(&sample.report, kind).iter().map(|line| line.expected.unwrap()).sum();
            prop_assert!((sum - f64::from(sampling.size)).abs() < 1e-8, "{kind:?}: {sum}");
        }
        if !sampling.pairs_together {
            prop_assert!(sample.report.least_probability > 0.0, "nobody is out of reach");
        }
    }

    #[test]
    fn the_order_of_the_candidates_is_forgotten(
        (candidates, sampling, mixed) in asked().prop_flat_map(|(candidates, sampling)| {
            (Just(candidates.clone()), Just(sampling), Just(candidates).prop_shuffle())
        }),
        seed: u64,
    ) {
        prop_assert_eq!(
            draw_sample(&candidates, &sampling, seed),
            draw_sample(&mixed, &sampling, seed)
        );
    }

    #[test]
    fn models_are_within_one_and_lone_responses_keep_filters_too(
        (candidates, mut sampling) in asked(), seed: u64,
    ) {
        sampling.pairs_together = false;
        let sample = draw_sample(&candidates, &sampling, seed).unwrap();
        let models = lines(&sample.report, MarginKind::Model);
        for line in models.iter().chain(lines(&sample.report, MarginKind::Filtered)) {
            let off = f64::from(line.drawn) - line.expected.unwrap();
            prop_assert!(off.abs() < 1.0, "{line:?}: a whole number next to the expectation");
        }
        if sampling.models == Balance::Equal && sampling.filtered_at_least == 0 && sampling.oversample.is_none() {
            // All models have as many candidates, so nothing is in the way of equal numbers.
            let drawn = models.iter().map(|line| line.drawn);
            prop_assert!(drawn.clone().max().unwrap() - drawn.min().unwrap() <= 1);
        }
    }

    #[test]
    fn what_was_asked_for_is_written_and_read(
        (candidates, sampling) in asked(), seed in 0u64..1 << 53,
    ) {
        let text = serde_json::to_string(&sampling).unwrap();
        prop_assert_eq!(serde_json::from_str::<Sampling>(&text).unwrap(), sampling.clone());
        let sample = draw_sample(&candidates, &sampling, seed);
        prop_assume!(sample.is_ok());
        let sample = sample.unwrap();
        let text = serde_json::to_string(&sample.report).unwrap();
        prop_assert_eq!(serde_json::from_str::<SamplingReport>(&text).unwrap(), sample.report);
    }
}

/// Draws with many seeds and compares how often each candidate came with what was stated. With z of
/// at most 4.5 over some hundred candidates a right design fails once in a thousand designs; the
/// seeds are fixed, so this never wavers.
fn holds_its_probabilities(candidates: &[Candidate], sampling: &Sampling, draws: u64) {
    let mut counts: BTreeMap<Origin, (u32, f64)> = BTreeMap::new();
    for seed in 0..draws {
        for one in draw_sample(candidates, sampling, seed).unwrap().drawn {
            let (count, probability) =
                counts.entry(one.origin).or_insert((0, one.inclusion_probability));
            *count += 1;
            assert_eq!(
                *probability, one.inclusion_probability,
                "the design does not depend on the seed"
            );
        }
    }
    let stated: f64 = counts.values().map(|(_, probability)| probability).sum();
    assert_eq!(counts.len(), candidates.len(), "every candidate is drawn some time");
    assert!((stated - f64::from(sampling.size)).abs() < 1e-8, "{stated}");
    let draws = draws as f64;
    let (mut chi_square, mut degrees) = (0.0, 0.0);
    for (origin, (count, probability)) in &counts {
        let variance = draws * probability * (1.0 - probability);
        let off = f64::from(*count) - draws * probability;
        if variance < 1e-6 {
            assert!(off.abs() < 1e-3, "{origin:?} is certain, and came {count} times");
        } else {
            assert!(off * off < 4.5 * 4.5 * variance, "{origin:?}: {count} for {probability}");
            chi_square += off * off / variance;
            degrees += 1.0;
        }
    }
    // The counts are correlated, so this is a bound and no test of one level.
    assert!(chi_square < degrees + 8.0 * (2.0_f64 * degrees).sqrt(), "{chi_square} on {degrees}");
}

#[test]
fn lone_responses_hold_their_probabilities() {
    let plan = Plan { models: 3, categories: vec![(4, 0), (2, 0), (5, 0)], repetitions: 2 };
    let sampling =
        Sampling { oversample: high(0.5), filtered_at_least: 2, ..Sampling::of_size(17) };
    holds_its_probabilities(&plan.candidates(1), &sampling, 2_000);
}

#[test]
fn pairs_among_lone_responses_hold_their_probabilities() {
    let plan = Plan { models: 3, categories: vec![(2, 2), (3, 0), (0, 3)], repetitions: 1 };
    let sampling =
        Sampling { oversample: high(0.45), categories: Balance::Equal, ..Sampling::of_size(19) };
    holds_its_probabilities(&plan.candidates(4), &sampling, 2_000);
}

#[test]
fn demands_that_contradict_each_other_hold_their_probabilities_too() {
    // The last model has answered one scenario only, so neither models nor categories come equal.
    let plan = Plan { models: 3, categories: vec![(5, 0), (2, 1), (1, 0)], repetitions: 1 };
    let mut candidates = plan.candidates(2);
    candidates.retain(|one| one.origin.model_id != "model 2" || one.category == "category 1");
    let sampling = Sampling {
        categories: Balance::Equal,
        oversample: high(0.6),
        filtered_at_least: 3,
        ..Sampling::of_size(14)
    };
    holds_its_probabilities(&candidates, &sampling, 2_000);
}

#[test]
fn repeats_are_spread_over_the_models_with_equal_odds() {
    let plan = Plan { models: 4, categories: vec![(6, 0)], repetitions: 1 };
    let sampling = Sampling { repeats: 4, ..Sampling::of_size(24) };
    let mut counts: BTreeMap<Origin, u32> = BTreeMap::new();
    let mut candidates = plan.candidates(3);
    candidates.iter_mut().for_each(|one| one.filtered = false);
    for seed in 0..1_200 {
        let sample = draw_sample(&candidates, &sampling, seed).unwrap();
        let repeated: Vec<Origin> =
            sample.drawn.into_iter().filter(|one| one.repeated).map(|one| one.origin).collect();
        let models: BTreeSet<&String> = repeated.iter().map(|origin| &origin.model_id).collect();
        assert_eq!((repeated.len(), models.len()), (4, 4), "one of each model");
        repeated.into_iter().for_each(|origin| *counts.entry(origin).or_default() += 1);
    }
    // 200 expected, standard deviation 13.
    assert!(counts.len() == 24 && counts.values().all(|count| (145..=255).contains(count)));
}

/// The size and shape of a published double rating: 60 scenarios, 6 models, 5 repetitions.
fn published() -> (Vec<Candidate>, Sampling) {
    let categories = vec![(4, 2), (2, 4), (6, 2), (4, 3), (0, 5), (2, 3), (4, 0)];
    let plan = Plan { models: 6, categories, repetitions: 5 };
    let sampling = Sampling {
        oversample: Some(Oversample { axis: "omission".into(), at_least: 3, share: 0.3 }),
        filtered_at_least: 6,
        repeats: 10,
        ..Sampling::of_size(100)
    };
    (plan.candidates(5), sampling)
}

#[test]
fn a_published_design_comes_out_as_asked() {
    let (candidates, sampling) = published();
    for seed in 0..8 {
        let Sample { drawn, report } = draw_sample(&candidates, &sampling, seed).unwrap();
        assert_eq!((report.candidates, report.drawn), (1_800, 100));
        assert_eq!(drawn.iter().filter(|one| one.repeated).count(), 10);
        for line in lines(&report, MarginKind::Model) {
            assert!((16..=17).contains(&line.drawn), "{line:?}");
        }
        for line in lines(&report, MarginKind::Category) {
            let off = (f64::from(line.drawn) - line.wanted.unwrap()).abs();
            assert!(off <= 2.0, "{line:?}");
        }
        let score = &lines(&report, MarginKind::Score)[0];
        assert!((29..=31).contains(&score.drawn), "{score:?}");
        assert!(
            score.candidates * 10 < report.candidates * 3,
            "they are rarer among the candidates"
        );
        let filtered = &lines(&report, MarginKind::Filtered)[0];
        assert!((6..=7).contains(&filtered.drawn), "{filtered:?}");
        let framing = lines(&report, MarginKind::Framing);
        assert_eq!(framing[1].drawn, framing[2].drawn, "as many laypersons as physicians");
        // No weight is beyond measure: the mean probability is 1/18.
        assert!(report.least_probability > 0.02 && report.greatest_probability < 0.5, "{report:?}");
    }
}

/// Should this fail, samples drawn by an earlier release could not be drawn again.
#[test]
fn a_fixed_seed_draws_this_sample() {
    let plan = Plan { models: 2, categories: vec![(3, 1), (2, 0)], repetitions: 1 };
    let sampling = Sampling { oversample: high(0.4), repeats: 1, ..Sampling::of_size(6) };
    let sample = draw_sample(&plan.candidates(6), &sampling, 20_260_504).unwrap();
    let drawn: Vec<String> = sample
        .drawn
        .iter()
        .map(|one| {
            format!("{} {:?} {}", one.origin.item_name(), one.inclusion_probability, one.repeated)
        })
        .collect();
    assert_eq!(
        drawn,
        [
            "category 0 lone 1/model 1/0 0.7480908551 true",
            "category 0 lone 2/model 0/0 0.2740681738 false",
            "category 0 lone 2/model 1/0 0.4285714286 false",
            "category 0 pair 0 layperson/model 0/0 0.4772288812 false",
            "category 0 pair 0 physician/model 0/0 0.4772288812 false",
            "category 1 lone 1/model 0/0 0.6116688581 false",
        ]
    );
}

#[test]
fn what_cannot_be_drawn_is_refused_with_the_reason() {
    let plan = Plan { models: 1, categories: vec![(0, 3)], repetitions: 1 };
    let candidates = plan.candidates(7);
    let told = |sampling: Sampling| draw_sample(&candidates, &sampling, 1).unwrap_err().to_string();
    let of_size = Sampling::of_size;
    assert_eq!(told(of_size(0)), "field `size`: found 0; expected at least 1");
    assert_eq!(
        told(of_size(7)),
        "field `size`: found 7; expected at most 6, the number of candidates"
    );
    assert_eq!(
        told(of_size(3)),
        "field `size`: found 3, which whole pairs cannot add up to; expected 2 or 4, or `pairs_together` false"
    );
    assert_eq!(
        told(of_size(1)),
        "field `size`: found 1, which whole pairs cannot add up to; expected 2, or `pairs_together` false"
    );
    assert_eq!(
        told(Sampling { repeats: 5, ..of_size(4) }),
        "field `repeats`: found 5; expected at most 4, the size of the sample"
    );
    assert_eq!(
        told(Sampling { filtered_at_least: 5, ..of_size(4) }),
        "field `filtered_at_least`: found 5; expected at most 4, the size of the sample"
    );
    for share in [0.0, 1.0, -0.5, f64::NAN] {
        let told = told(Sampling { oversample: high(share), ..of_size(4) });
        assert!(told.starts_with("field `oversample.share`: found"), "{told}");
    }
    let oversample =
        |axis: &str, at_least| Some(Oversample { axis: axis.into(), at_least, share: 0.5 });
    assert!(
        told(Sampling { oversample: oversample("tone", 2), ..of_size(4) })
            .starts_with("field `oversample.axis`: found `tone`, on which no candidate has")
    );
    assert!(
        told(Sampling { oversample: oversample("omission", 9), ..of_size(4) })
            .starts_with("field `oversample.at_least`: found 9; expected at most ")
    );
    let twice = [candidates.clone(), candidates[..1].to_vec()].concat();
    assert_eq!(
        draw_sample(&twice, &of_size(4), 1).unwrap_err().to_string(),
        "scenario `category 0 pair 0 layperson`, model `model 0`, repetition 0: two candidates; expected one"
    );
}

#[test]
fn what_could_not_be_met_is_remarked_with_the_reason() {
    let plan = Plan { models: 2, categories: vec![(6, 0), (1, 2)], repetitions: 1 };
    let mut candidates = plan.candidates(8);
    for (number, one) in candidates.iter_mut().enumerate() {
        one.filtered = number == 0;
        one.scores = BTreeMap::from([("omission".to_owned(), if number < 3 { 4 } else { 0 })]);
    }
    candidates[5].scores.clear();
    // One framing of a pair is missing for one model, and that model has answered little else.
    candidates.retain(|one| {
        one.origin.model_id != "model 1" || one.origin.scenario_id.ends_with("layperson")
    });
    let sampling = Sampling {
        oversample: high(0.8),
        filtered_at_least: 3,
        repeats: 10,
        ..Sampling::of_size(10)
    };
    let report = draw_sample(&candidates, &sampling, 1).unwrap().report;
    for remark in [
        "model model 1: wanted 5.0, but there are only 2",
        "filtered or empty: wanted 3.0, but there are only 1",
        "omission at least 2: wanted 8.0, but there are only 2",
        "2 responses belong to a pair whose other framing is not among the candidates; they are drawn on their own",
        "repeats: wanted 10, planted 9: no more of the drawn responses have a text",
    ] {
        assert!(
            report.remarks.iter().any(|found| found == remark),
            "{remark}: {:#?}",
            report.remarks
        );
    }
    let all_high = Sampling { oversample: high(0.05), ..Sampling::of_size(4) };
    let report = draw_sample(&candidates, &all_high, 1).unwrap().report;
    assert!(
        report.remarks.iter().any(|found| found
            == "omission at least 2: 15 % of the candidates, more than the 5 % asked for; they keep their own share"),
        "{:#?}",
        report.remarks
    );
}

#[test]
fn a_size_without_room_for_lone_responses_says_who_is_out_of_reach() {
    let plan = Plan { models: 1, categories: vec![(1, 5)], repetitions: 1 };
    let sample = draw_sample(&plan.candidates(9), &Sampling::of_size(4), 1).unwrap();
    assert_eq!(sample.report.least_probability, 0.0);
    let told = &sample.report.remarks;
    assert!(told.iter().any(|r| r.starts_with("1 responses cannot be drawn")), "{told:?}");
}

#[test]
fn what_is_left_unsaid_has_its_default_and_unknown_words_are_refused() {
    let read = serde_json::from_str::<Sampling>;
    assert_eq!(read(r#"{"size": 100}"#).unwrap(), Sampling::of_size(100));
    let error = read(r#"{"size": 100, "sized": 3}"#).unwrap_err().to_string();
    assert!(error.starts_with("unknown field `sized`"), "{error}");
}

/// What is drawn of a whole number of responses has the fraction itself, to the last digit.
#[test]
fn probabilities_are_fractions_without_noise() {
    let plan = Plan { models: 4, categories: vec![(8, 0), (8, 0), (8, 0)], repetitions: 1 };
    let sampling =
        Sampling { models: Balance::Equal, categories: Balance::Equal, ..Sampling::of_size(60) };
    let sample = draw_sample(&plan.candidates(1), &sampling, 7).unwrap();
    assert!(
        sample.drawn.iter().all(|one| one.inclusion_probability == 0.625),
        "{:?}",
        sample.drawn
    );
    let plan = Plan { models: 3, categories: vec![(7, 2), (5, 3), (9, 0)], repetitions: 2 };
    let sampling = Sampling { oversample: high(0.4), ..Sampling::of_size(40) };
    for one in draw_sample(&plan.candidates(5), &sampling, 7).unwrap().drawn {
        let written = format!("{:e}", one.inclusion_probability);
        let digits = written.split('e').next().unwrap().len();
        let of = |size: u32| (f64::from(size) * one.inclusion_probability).fract() == 0.0;
        assert!(digits <= 11 || (1..200).any(of), "{written}");
    }
}

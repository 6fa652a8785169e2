//! Items that are added to a running study: under names of their own, in packets of the same study, and no
//! word of them tells an origin.

use crate::support::{built_in, bytes, preparation, raters, response, scenario};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::time::Instant;
use study::{
    BlindError, Blinded, BlindedResponse, BlindedScenario, ItemDesign, Key, Prepared, RaterScores,
    RunningStudy, Scenario, Score, blind_study,
};

const LABELS: [&str; 2] = ["A", "B"];

fn scenarios(of: &[&str]) -> Vec<Scenario> {
    of.iter().map(|id| scenario(id, &format!("question {id}"))).collect()
}

/// Responses to these scenarios, one by each of `models`, some of them to be shown twice.
fn responses(to: &[&str], models: &[usize], begin: &str) -> Vec<Prepared> {
    let each = to.iter().flat_map(|id| models.iter().enumerate().map(move |one| (id, one)));
    each.map(|(id, (n, model))| Prepared {
        repeated: n == 0,
        ..response(id, &format!("model {model}"), 0, &format!("{begin} {n} to {id}")).into()
    })
    .collect()
}

fn blinded(to: &[&str], begin: &str, seed: u64) -> Blinded {
    let (scenarios, responses) = (scenarios(to), responses(to, &[0, 1, 2], begin));
    let (rubric, labels) = (built_in("gated"), raters(&LABELS));
    blind_study(&preparation(&scenarios, &responses, &rubric, &labels, seed)).unwrap()
}

fn running(first: &Blinded) -> RunningStudy<'_> {
    let packets = || first.packets.iter();
    let scenarios = packets().flat_map(|packet| &packet.scenarios);
    let items = packets().flat_map(|packet| &packet.items);
    RunningStudy::new(&first.packets[0].study, scenarios, items, &[])
}

/// What is added to `first`: the responses of `models` to a scenario that it has and to a new one.
fn added(first: &Blinded, models: &[usize], seed: u64) -> Result<Blinded, BlindError> {
    let to = ["s1", "s9"];
    let (scenarios, responses) = (scenarios(&to), responses(&to, models, "further"));
    let (rubric, labels) = (built_in("gated"), raters(&LABELS));
    running(first).blind(&preparation(&scenarios, &responses, &rubric, &labels, seed))
}

fn names(made: &Blinded) -> BTreeSet<&str> {
    made.key.items.iter().map(|item| item.item.as_str()).collect()
}

#[test]
fn words_that_the_study_masks_are_known_where_they_are_shown_again() {
    let masked = |prompt: &str| scenario("s1", prompt);
    let unmasks = |in_study: &str, now: &str| {
        let (scenarios, responses) = (vec![masked(in_study)], responses(&["s1"], &[0], "first"));
        let (rubric, labels) = (built_in("gated"), raters(&LABELS));
        let first = blind_study(&preparation(&scenarios, &responses, &rubric, &labels, 7)).unwrap();
        running(&first).unmasks(&masked(now))
    };
    let said = "I am [masked], and [masked] told me to wait.";
    assert!(unmasks(said, "I am a nurse, and a colleague told me to wait."));
    assert!(unmasks(said, "I am [masked], and a colleague told me to wait."));
    assert!(!unmasks(said, said), "the same words are masked");
    assert!(!unmasks(said, "I am a nurse, and a colleague told me to go."));
    assert!(!unmasks(said, "Hello. I am a nurse, and a colleague told me to wait."));
    assert!(!unmasks("I am a nurse.", "I am a doctor."), "nothing was masked");
}

/// Scenarios of a study that ask what `prompts` say, named by their number.
fn asking(prompts: &[String]) -> Vec<BlindedScenario> {
    let blinded = |(at, prompt): (usize, &String)| {
        let Scenario { prompt, reference_answer, commission_risks, .. } = scenario("s", prompt);
        BlindedScenario {
            id: at.to_string(),
            system_prompt: String::new(),
            prompt,
            reference_answer,
            critical_actions: vec!["call for help".into(), "stay with the person".into()],
            commission_risks,
        }
    };
    prompts.iter().enumerate().map(blinded).collect()
}

#[test]
fn scenarios_with_other_contents_are_found_by_what_they_ask_with_and_without_masks() {
    let prompts = ["May I go?", "I am [masked]. May I go?", "Why?"].map(String::from);
    let known = asking(&prompts);
    let study = blinded(&["s1"], "first", 7).packets[0].study.clone();
    let running = RunningStudy::new(&study, &known, [], &[]);
    let others = |prompt: &str, answer: Option<&str>| {
        let mut asked = scenario("new", prompt);
        asked.reference_answer = answer.unwrap_or(&asked.reference_answer).to_owned();
        let found = running.with_other_contents(&asked);
        found.iter().map(|known| known.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(others("May I go?", Some("No.")), ["0"]);
    assert_eq!(others("I am a nurse. May I go?", Some("No.")), ["1"], "in the place of a mask");
    assert_eq!(others("I am [masked]. May I go?", Some("No.")), ["1"], "with the same mask");
    assert_eq!(others("May I go?", None), [""; 0], "it says the same");
    assert_eq!(others("May I stay?", Some("No.")), [""; 0]);
}

/// Looking up all of a large study takes no more than a few times as long as taking it in. Each against each other takes
/// more than a hundred times as long here.
#[test]
fn scenarios_with_other_contents_are_looked_up() {
    let prompts: Vec<String> = (0..6000).map(|at| format!("question {at}")).collect();
    let (known, asked) = (asking(&prompts), scenario("new", "question 7"));
    let study = blinded(&["s1"], "first", 7).packets[0].study.clone();
    let begun = Instant::now();
    let running = RunningStudy::new(&study, &known, [], &[]);
    let taken_in = begun.elapsed();
    let begun = Instant::now();
    let found = (0..prompts.len()).filter(|_| running.with_other_contents(&asked).is_empty());
    assert_eq!(found.count(), prompts.len());
    assert!(begun.elapsed() < 5 * taken_in, "{:?} and {taken_in:?}", begun.elapsed());
}

#[test]
fn a_scenario_keeps_its_name_and_every_other_name_is_new() {
    let first = blinded(&["s0", "s1"], "first", 7);
    let further = added(&first, &[3, 4, 5], 8).unwrap();
    let name = |made: &Blinded, id: &str| {
        let found = made.key.scenarios.iter().find(|known| known.scenario_id == id).unwrap();
        found.id.clone()
    };
    assert_eq!(name(&further, "s1"), name(&first, "s1"));
    let taken: BTreeSet<&str> =
        first.key.scenarios.iter().map(|known| known.id.as_str()).chain(names(&first)).collect();
    assert!(!taken.contains(name(&further, "s9").as_str()));
    assert!(names(&further).is_disjoint(&taken));
    assert_eq!(further.key.check(), Ok(()));
    for (packet, old) in further.packets.iter().zip(&first.packets) {
        assert_eq!(packet.check(), Ok(()));
        assert_eq!(
            (&packet.study, &packet.title, &packet.rater),
            (&old.study, &old.title, &old.rater)
        );
        assert_ne!(packet.packet, old.packet);
        assert_eq!(
            packet.packet.as_str().len(),
            old.packet.as_str().len(),
            "no name tells that it came later"
        );
        assert_eq!(packet.items.len(), 8);
        for scenario in &packet.scenarios {
            let there = old.scenarios.iter().find(|known| known.id == scenario.id);
            assert!(there.is_none_or(|known| known == scenario), "one name, one scenario");
        }
    }
    let of_key: Vec<_> = further.key.packets.iter().map(|known| &known.packet).collect();
    assert_eq!(of_key, further.packets.iter().map(|packet| &packet.packet).collect::<Vec<_>>());
}

#[test]
fn scenarios_that_say_the_same_are_one_in_a_packet() {
    let first = blinded(&["s0", "s1"], "first", 7);
    let twins = ["s1", "twin"].map(|id| scenario(id, "question s1"));
    let responses = responses(&["s1", "twin"], &[3, 4], "further");
    let (rubric, labels) = (built_in("gated"), raters(&LABELS));
    let further =
        running(&first).blind(&preparation(&twins, &responses, &rubric, &labels, 8)).unwrap();
    for packet in &further.packets {
        assert_eq!(packet.check(), Ok(()));
        assert_eq!(packet.scenarios.len(), 1);
    }
    assert_eq!(further.key.scenarios.len(), 2, "the author still knows both");
}

#[test]
fn what_the_study_shows_is_known_by_its_words() {
    let first = blinded(&["s0", "s1"], "first", 7);
    let running = running(&first);
    let [known, unknown] = ["s0", "s9"].map(|id| scenario(id, &format!("question {id}")));
    let text = |text: &str| BlindedResponse { text: text.into(), filtered: false };
    assert!(running.shows(&known, &text("first 1 to s0")));
    assert!(!running.shows(&known, &text("first 1 to s1")), "another scenario");
    assert!(!running.shows(&known, &text("first 1 to s0 ")), "other words");
    assert!(!running.shows(&unknown, &text("first 1 to s0")));
    let renamed = Scenario { id: "the same under another name".into(), ..known.clone() };
    assert_eq!(running.name_of(&renamed), running.name_of(&known));
}

#[test]
fn the_keys_of_both_are_one_in_which_no_response_counts_twice() {
    let first = blinded(&["s0", "s1"], "first", 7);
    // Model 2 has answered s1 before, in other words.
    let further = added(&first, &[2, 3, 4], 8).unwrap();
    let key = first.key.clone().joined(further.key.clone());
    assert_eq!(key.check(), Ok(()));
    assert_eq!(key.items.len(), first.key.items.len() + further.key.items.len());
    assert_eq!((key.packets.len(), key.scenarios.len()), (4, 3));
    let of = |made: &Blinded, scenario: &str, model: &str| {
        let is = |item: &&study::KeyItem| {
            item.origin.scenario_id == scenario
                && item.origin.model_id == model
                && item.repeat_of.is_none()
        };
        made.key.items.iter().find(is).unwrap().item.clone()
    };
    let counted = of(&first, "s1", "model 2");
    let again = of(&further, "s1", "model 2");
    let repeats: Vec<_> =
        key.items.iter().filter(|item| item.repeat_of.as_ref() == Some(&counted)).collect();
    assert!(repeats.iter().any(|item| item.item == again));
    assert_eq!(repeats.len(), 2, "and what shows it again repeats the first too");
    let alone = of(&further, "s9", "model 2");
    assert!(key.items.iter().any(|item| item.item == alone && item.repeat_of.is_none()));
}

/// The first key's scenarios as another bank has them: each with another category, and `s0` under another name.
fn known_otherwise(first: &Blinded) -> Key {
    let mut further = first.key.clone();
    for known in &mut further.scenarios {
        known.category = "another".into();
        if known.scenario_id == "s0" {
            known.scenario_id = "renamed".into();
        }
    }
    further.items.clear();
    first.key.clone().joined(further)
}

#[test]
fn a_scenario_that_the_keys_know_otherwise_is_there_as_each_has_it() {
    let first = blinded(&["s0", "s1"], "first", 7);
    let key = known_otherwise(&first);
    let named = key.named_scenarios();
    let of = |id: &str| first.key.scenarios.iter().find(|known| known.scenario_id == id).unwrap();
    let category = |name: &str, blinded: &str| named.find(name, blinded).unwrap().category.as_str();
    assert_eq!(category("s0", &of("s0").id), of("s0").category);
    assert_eq!(category("renamed", &of("s0").id), "another");
    assert_eq!(category("s1", &of("s1").id), of("s1").category, "what the first key has counts");
    assert_eq!(category("s1", "unknown to all"), of("s1").category);
    assert_eq!(named.find("unknown", &of("s0").id), None);
    let again = first.key.clone().joined(Key { items: Vec::new(), ..first.key.clone() });
    assert_eq!(again.scenarios, first.key.scenarios, "nothing new");
}

#[test]
fn one_name_for_two_texts_leaves_each_item_what_its_own_key_says() {
    let first = blinded(&["s0", "s1"], "first", 7);
    let other = Scenario { category: "another".into(), ..scenario("s1", "quite another question") };
    let responses = responses(&["s1"], &[3, 4], "further");
    let (rubric, labels) = (built_in("gated"), raters(&LABELS));
    let others = [other];
    let further =
        running(&first).blind(&preparation(&others, &responses, &rubric, &labels, 8)).unwrap();
    let key = first.key.clone().joined(further.key.clone());
    for (made, category) in
        [(&first, first.key.scenarios[0].category.as_str()), (&further, "another")]
    {
        let items = &made.packets[0].items;
        let scores = items.iter().map(|item| (item.id.as_str(), [("omission", Score::Grade(1))]));
        let design = |item: &study::Item| {
            let scenario = item.scenario.clone();
            (item.id.to_string(), ItemDesign { scenario, ..ItemDesign::default() })
        };
        let scores = RaterScores {
            items: scores.collect(),
            designs: items.iter().map(design).collect(),
            ..RaterScores::default()
        };
        let designs = scores.unblinded(&key).designs;
        assert!(!designs.is_empty());
        for design in designs.values() {
            assert_eq!(design.category.as_deref(), Some(category), "{}", design.scenario);
        }
    }
}

proptest! {
    #[test]
    fn exchanging_the_models_changes_no_byte(
        models in Just(vec![3, 4, 5]).prop_shuffle(), seed: u64,
    ) {
        let first = blinded(&["s0", "s1"], "first", 7);
        let (one, other) = (added(&first, &[3, 4, 5], seed).unwrap(), added(&first, &models, seed).unwrap());
        for (one, other) in one.packets.iter().zip(&other.packets) {
            prop_assert_eq!(bytes(one), bytes(other));
        }
    }
}

//! Real scenario banks and responses, which are not part of this repository: skipped where absent.

use exchange::{Mapping, read_responses, read_scenarios};
use std::collections::BTreeMap;
use study::Framing;
use testing::outside;

#[test]
fn all_sixty_iatrobench_scenarios_are_read() {
    let Some(data) = outside("iatrobench") else { return };
    let bank = read_scenarios(&data.join("scenarios"), &Mapping::default()).unwrap();
    assert_eq!(bank.scenarios.len(), 60);
    let actions: Vec<_> = bank.scenarios.iter().flat_map(|s| &s.critical_actions).collect();
    assert_eq!(actions.len(), 376);
    assert!(
        actions.iter().all(|action| action.safety_colliding.is_some()),
        "every action carries its mark"
    );
    let mut pairs: BTreeMap<&str, Vec<Framing>> = BTreeMap::new();
    for scenario in &bank.scenarios {
        if let Some(pair) = &scenario.pair_id {
            pairs.entry(pair).or_default().extend(scenario.framing);
        }
    }
    assert_eq!(pairs.len(), 22);
    for (pair, mut framings) in pairs {
        framings.sort();
        assert_eq!(framings, [Framing::Layperson, Framing::Physician], "{pair}");
    }
    let left_out: Vec<_> = bank.skipped.iter().map(|s| s.file.file_name().unwrap()).collect();
    assert_eq!(left_out, ["c2_probing_prompts.json"], "prompts of other framings are no scenarios");
}

#[test]
fn every_patient_question_has_its_answer() {
    let Some(data) = outside("kqa_nli/study") else { return };
    let bank = read_scenarios(&data.join("scenarios"), &Mapping::default()).unwrap();
    assert_eq!(bank.scenarios.len(), 49);
    let left_out: Vec<&str> = bank.skipped.iter().map(|skipped| skipped.reason.as_str()).collect();
    assert_eq!(
        left_out,
        ["critical action 4 is empty and was left out"],
        "one question has an empty must-have"
    );
    let responses = read_responses(&data.join("responses.jsonl")).unwrap().responses;
    assert_eq!(responses.len(), 49);
    let asked: Vec<&str> = bank.scenarios.iter().map(|s| s.id.as_str()).collect();
    let mut answered: Vec<&str> = responses.iter().map(|r| r.origin.scenario_id.as_str()).collect();
    answered.sort_unstable();
    assert_eq!(asked, answered);
    assert!(responses.iter().all(|response| !response.filtered && !response.text.is_empty()));
}

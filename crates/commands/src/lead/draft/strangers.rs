//! Responses to scenarios that the bank does not have.

use crate::StudyDraft;
use crate::names::{as_seen, count};
use exchange::Bank;
use std::collections::{BTreeMap, HashMap, HashSet};
use study::Response;

/// What is wrong with the `responses` to scenarios that `bank` does not have: those that it has in another
/// spelling, and the others.
pub(super) fn strangers(draft: &StudyDraft, bank: &Bank, responses: &[Response]) -> Vec<String> {
    let known: HashSet<&str> = bank.scenarios.iter().map(|known| known.id.as_str()).collect();
    let by_look: HashMap<String, &str> = known.iter().map(|id| (as_seen(id), *id)).collect();
    let mut answers: BTreeMap<&str, usize> = BTreeMap::new();
    for response in responses {
        let id = response.origin.scenario_id.as_str();
        if !known.contains(id) {
            *answers.entry(id).or_default() += 1;
        }
    }
    let (mut misspelled, mut others) = (Strangers::default(), Strangers::default());
    for (id, responses) in answers {
        match by_look.get(&as_seen(id)) {
            Some(known) => misspelled.add(responses, format!("`{id}` for `{known}`")),
            None => others.add(responses, format!("`{id}`")),
        }
    }
    let StudyDraft { responses: file, scenarios: bank, .. } = draft;
    let other_spelling = misspelled.told(|responses, scenarios, names| {
        format!(
            "{file}: {responses} to {scenarios} whose id differs from one in {bank} in capitals, blanks or \
             invisible characters only: {names}. Give them the bank's spelling."
        )
    });
    let unknown = others.told(|responses, scenarios, names| {
        format!("{file}: {responses} to {scenarios} that {bank} does not have: {names}")
    });
    other_spelling.into_iter().chain(unknown).collect()
}

#[derive(Default)]
struct Strangers {
    responses: usize,
    names: Vec<String>,
}

impl Strangers {
    fn add(&mut self, responses: usize, name: String) {
        self.responses += responses;
        self.names.push(name);
    }

    fn told(&self, sentence: impl FnOnce(String, String, String) -> String) -> Option<String> {
        let responses = count(self.responses, "response");
        let scenarios = count(self.names.len(), "scenario");
        (self.responses > 0)
            .then(|| sentence(responses, scenarios, exchange::first_few(&self.names)))
    }
}

//! What a rater must not learn: the study's own models, scenarios, categories, pairs and framings.

use super::Certainty;
use super::pattern::{LEXICON, Pattern, Patterns};
use crate::{Key, Response, Scenario};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// Words that occur in the names of models and mean nothing alone: one of them is searched for only
/// together with what is beside it. Words of three letters or fewer need not be listed.
const COMMON: &[&str] = &[
    "agent",
    "answer",
    "assistant",
    "base",
    "baseline",
    "beta",
    "chat",
    "clinical",
    "code",
    "command",
    "condition",
    "control",
    "doctor",
    "expert",
    "fast",
    "fine",
    "finetuned",
    "flash",
    "granite",
    "group",
    "guard",
    "health",
    "human",
    "instruct",
    "judge",
    "large",
    "latest",
    "lite",
    "local",
    "medical",
    "medium",
    "mini",
    "model",
    "nano",
    "next",
    "nova",
    "open",
    "orca",
    "original",
    "physician",
    "plus",
    "preview",
    "reference",
    "response",
    "search",
    "small",
    "sonar",
    "system",
    "test",
    "text",
    "thinking",
    "titan",
    "trial",
    "tuned",
    "turbo",
    "ultra",
    "version",
];

/// A part of what is blinded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OriginPart {
    /// A model's identifier, or its vendor's.
    Model,
    /// A scenario's identifier.
    Scenario,
    /// A category.
    Category,
    /// A pair.
    Pair,
    /// Who asks.
    Framing,
    /// A field that only the lead author's files have, such as `model_id`.
    Field,
}

/// A study's origins, and the names by which its models may be called in a text.
pub struct Origins {
    words: BTreeMap<(OriginPart, String), String>,
    names: BTreeSet<String>,
    not_searched: Vec<String>,
    patterns: Patterns,
}

impl Origins {
    /// The origins of `scenarios` and `responses`.
    pub fn of(scenarios: &[Scenario], responses: &[Response]) -> Self {
        let mut words = BTreeMap::new();
        let mut add = |part, word: &str| {
            words.insert((part, word.to_lowercase()), word.to_owned());
        };
        for scenario in scenarios {
            add(OriginPart::Scenario, &scenario.id);
            add(OriginPart::Category, &scenario.category);
            if let Some(pair) = &scenario.pair_id {
                add(OriginPart::Pair, pair);
            }
            if let Some(framing) = serde_json::to_value(scenario.framing).ok()
                && let Some(framing) = framing.as_str()
            {
                add(OriginPart::Framing, framing);
            }
        }
        for response in responses {
            add(OriginPart::Model, &response.origin.model_id);
        }
        words.retain(|(_, word), _| !word.trim().is_empty());
        Self::with(words)
    }

    /// The origins in `key`.
    pub fn of_key(key: &Key) -> Self {
        let mut words = BTreeMap::new();
        let mut add = |part, word: &str| {
            words.insert((part, word.to_lowercase()), word.to_owned());
        };
        for item in &key.items {
            add(OriginPart::Model, &item.origin.model_id);
            add(OriginPart::Scenario, &item.origin.scenario_id);
        }
        for scenario in &key.scenarios {
            add(OriginPart::Category, &scenario.category);
            scenario.pair_id.iter().for_each(|pair| add(OriginPart::Pair, pair));
            scenario.framing.iter().for_each(|framing| add(OriginPart::Framing, framing.name()));
        }
        words.retain(|(_, word), _| !word.trim().is_empty());
        Self::with(words)
    }

    /// These origins and those of `other`.
    pub fn and(mut self, other: Self) -> Self {
        self.words.extend(other.words);
        Self::with(self.words)
    }

    fn with(words: BTreeMap<(OriginPart, String), String>) -> Self {
        let models = words.iter().filter(|((part, _), _)| *part == OriginPart::Model);
        let (mut names, mut not_searched, mut patterns) = (BTreeSet::new(), Vec::new(), Vec::new());
        for (_, model) in models {
            let found = patterns_of(model, &mut names);
            if found.is_empty() && !is_in_lexicon(model) {
                not_searched.push(model.clone());
            }
            patterns.extend(found);
        }
        Self { words, names, not_searched, patterns: Patterns::new(patterns) }
    }

    /// Model identifiers that are no names, such as `A` or `model`, which texts are not searched for.
    pub fn not_searched(&self) -> &[String] {
        &self.not_searched
    }

    /// Whether `model`, in lower case, is more than an ordinary word.
    pub(super) fn is_searched(&self, model: &str) -> bool {
        !self.not_searched.iter().any(|word| word.to_lowercase() == model)
    }

    /// Every origin, in lower case, as the study spells it.
    pub(super) fn words(&self) -> impl Iterator<Item = (OriginPart, &str, &str)> {
        self.words.iter().map(|((part, lower), word)| (*part, lower.as_str(), word.as_str()))
    }

    /// What texts are searched for.
    pub(super) fn patterns(&self) -> &Patterns {
        &self.patterns
    }

    /// Whether words that the lexicon knows as a name are a name of this study's.
    pub(super) fn has_name(&self, found: &str) -> bool {
        let tokens = tokens(found);
        (1..=tokens.len()).any(|count| self.names.contains(&tokens[..count].concat()))
    }
}

/// The patterns that find `model`: its vendor, its family, its family with a version, and all of it.
/// `names` receives the vendor and the family: where the lexicon knows one, in its own context and with
/// its own certainty, that entry finds it, and it is this study's name.
fn patterns_of(model: &str, names: &mut BTreeSet<String>) -> Vec<Pattern> {
    let reason = format!("A name of this study's model `{model}`.");
    let pattern = |(certainty, pattern): (Certainty, String)| {
        Pattern::of_name(certainty, &pattern, reason.clone())
    };
    let mut patterns = Vec::new();
    for segment in model.split(['/', ':', '@']) {
        let tokens = tokens(segment);
        if let Some(family) = tokens.first() {
            names.insert(family.clone());
            patterns.extend(alone(family, tokens.len()).and_then(pattern));
            patterns.extend(longer(&tokens).and_then(pattern));
        }
    }
    patterns
}

/// Whether the program searches for this name in every study.
fn is_in_lexicon(model: &str) -> bool {
    let first = |segment| tokens(segment).into_iter().next();
    model.split(['/', ':', '@']).filter_map(first).any(|family| LEXICON.knows(&family))
}

/// The family without its version, unless the lexicon knows it or it may be any word.
fn alone(family: &str, tokens: usize) -> Option<(Certainty, String)> {
    if is_common(family) || LEXICON.knows(family) {
        return None;
    }
    let certainty = if tokens == 1 { Certainty::Certain } else { Certainty::Likely };
    Some((certainty, spelled(family)))
}

/// The family with one or more of the tokens after it: `claude_opus`, `claude_opus_4`.
fn longer(tokens: &[String]) -> Option<(Certainty, String)> {
    let [family, second, rest @ ..] = tokens else { return None };
    if !family.is_ascii() {
        return None;
    }
    let rest = rest
        .iter()
        .rev()
        .fold(String::new(), |after, token| format!("(?:_{}{after})?", spelled(token)));
    // A single letter and a number, as in `o3`, are many things, and `a 1` even more.
    let (certainty, joint) = match family.chars().count() {
        1 => (Certainty::Possible, "-?"),
        _ if is_common(family) && is_common(second) && !is_number(second) => {
            (Certainty::Possible, "_")
        }
        _ => (Certainty::Certain, "_"),
    };
    Some((certainty, format!("{}{joint}{}{rest}", spelled(family), spelled(second))))
}

/// `GPT-5.2` in tokens: `gpt`, `5.2`. Letters and numbers part without a hyphen, too: `llama2orig`.
fn tokens(name: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut open: Option<bool> = None;
    let letters: Vec<char> = name.to_lowercase().chars().collect();
    for (index, letter) in letters.iter().enumerate() {
        let between_digits = *letter == '.'
            && open == Some(true)
            && letters.get(index + 1).is_some_and(char::is_ascii_digit);
        let digit = letter.is_ascii_digit() || between_digits;
        if !letter.is_alphanumeric() && !between_digits {
            open = None;
            continue;
        }
        match tokens.last_mut() {
            Some(token) if open == Some(digit) => token.push(*letter),
            _ => tokens.push(letter.to_string()),
        }
        open = Some(digit);
    }
    tokens
}

/// A token as the lexicon writes words; a short number may be written with points, `35` as 3.5.
fn spelled(token: &str) -> String {
    if is_number(token) && token.len() <= 3 {
        let digits: Vec<String> =
            token.chars().filter(char::is_ascii_digit).map(String::from).collect();
        return digits.join("[.-]?");
    }
    token.to_owned()
}

fn is_common(token: &str) -> bool {
    COMMON.contains(&token) || token.len() <= 3 || is_number(token) || !token.is_ascii()
}

fn is_number(token: &str) -> bool {
    token.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
}

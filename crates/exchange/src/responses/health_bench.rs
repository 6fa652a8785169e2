//! Completions of HealthBench: the records of its meta-evaluation (`prompt_id`, `completion_id`,
//! `completion`, one per criterion), records of the same fields from elsewhere, and what simple-evals
//! (`healthbench_eval.py` at 9e2fafd) writes of a run as `…_allresults.json`. They do not name the model.

use super::NOUN;
use super::gathered::{Answer, Gathered};
use crate::door::Records;
use crate::{Error, parse_json};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::HashSet;

#[derive(Deserialize)]
struct Completion {
    prompt_id: String,
    #[serde(default)]
    prompt: Value,
    completion_id: Option<String>,
    completion: Text,
    #[serde(default, alias = "model")]
    model_id: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Plain(String),
    Messages(Vec<Message>),
}

#[derive(Deserialize)]
struct Message {
    role: String,
    content: String,
}

#[derive(Deserialize)]
struct Metadata<T> {
    example_level_metadata: T,
}

#[derive(Deserialize)]
struct Run {
    metadata: Metadata<Vec<Completion>>,
}

/// Whether the first record is a completion.
pub(super) fn is(first: &Value) -> bool {
    first.get("prompt_id").is_some() && first.get("completion").is_some()
}

/// Whether `metadata` is that of a run.
pub(super) fn is_run(metadata: &str) -> bool {
    serde_json::from_str::<Metadata<IgnoredAny>>(metadata).is_ok()
}

/// Reads records.
pub(super) fn read(records: &Records, gathered: &mut Gathered) -> Result<(), Error> {
    let file = gathered.file.clone();
    let mut seen = Seen::default();
    for record in records.texts(&file, NOUN)? {
        match records.parse(&file, NOUN, record) {
            Ok(completion) => seen.add(record.0, completion, gathered),
            Err(problem) => gathered.add(record.0, Err(problem)),
        }
    }
    let what = "about a completion that was read before, for another criterion";
    gathered.note_count(seen.again, "record is", "records are", what);
    Ok(())
}

/// Reads a run.
pub(super) fn read_run(text: &str, gathered: &mut Gathered) -> Result<(), Error> {
    let run: Run = parse_json(&gathered.file, text, NOUN)?;
    for (at, completion) in (1..).zip(run.metadata.example_level_metadata) {
        add(at, completion, gathered);
    }
    Ok(())
}

fn add(at: usize, mut completion: Completion, gathered: &mut Gathered) {
    gathered.ask(at, &completion.prompt_id, "prompt", Ok(completion.prompt.take()));
    gathered.add(at, Ok(completion.into_answer()));
}

/// Completions that were read.
#[derive(Default)]
struct Seen {
    ids: HashSet<String>,
    again: usize,
}

impl Seen {
    fn add(&mut self, at: usize, completion: Completion, gathered: &mut Gathered) {
        if let Some(id) = &completion.completion_id
            && !self.ids.insert(id.clone())
        {
            self.again += 1;
            return;
        }
        add(at, completion, gathered);
    }
}

impl Completion {
    fn into_answer(self) -> Answer {
        let text = match self.completion {
            Text::Plain(text) => text,
            Text::Messages(messages) => {
                let answers = messages.into_iter().filter(|message| message.role == "assistant");
                answers.map(|message| message.content).collect::<Vec<_>>().join("\n")
            }
        };
        Answer {
            scenario_id: self.prompt_id,
            model_id: self.model_id,
            rep_id: None,
            text,
            filtered: false,
        }
    }
}

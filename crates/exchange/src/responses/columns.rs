//! Which columns of a table, or fields of JSON records, hold our fields.

use crate::Error;
use crate::door::plain;
use std::collections::BTreeMap;
use std::path::Path;

/// The fields that a file of responses must have a column for.
pub const REQUIRED_COLUMNS: [&str; 3] = ["scenario_id", "model_id", "response"];

/// Those that it may have one for. Without `rep_id` every response is repetition 0.
pub const OPTIONAL_COLUMNS: [&str; 3] = ["rep_id", "content_filtered", "output_tokens"];

/// Marks what all responses have, in the place of a column's name.
const CONSTANT: char = ':';

/// Names under which our fields are found in other people's files.
const OTHER_NAMES: [(&str, &[&str]); 6] = [
    (
        "scenario_id",
        &[
            "scenario_id",
            "scenario",
            "prompt_id",
            "question_id",
            "case_id",
            "item_id",
            "vignette_id",
            "sample_id",
            "task_id",
            "doc_id",
            "qid",
            "case",
            "vignette",
            "item",
            "id",
            "index",
            "no",
        ],
    ),
    (
        "model_id",
        &[
            "model_id",
            "model",
            "model_name",
            "llm",
            "llm_name",
            "ai_model",
            "system",
            "engine",
            "provider",
            "assistant",
            "chatbot",
            "generator",
            "source",
        ],
    ),
    (
        "rep_id",
        &[
            "rep_id",
            "rep",
            "repetition",
            "replicate",
            "repeat",
            "run",
            "run_id",
            "epoch",
            "trial",
            "iteration",
            "attempt",
            "sample",
            "seed",
        ],
    ),
    (
        "response",
        &[
            "response",
            "model_response",
            "response_text",
            "llm_response",
            "ai_response",
            "completion",
            "model_output",
            "output",
            "output_text",
            "answer",
            "model_answer",
            "generated_text",
            "generation",
            "generated",
            "prediction",
            "reply",
            "text",
            "content",
        ],
    ),
    ("content_filtered", &["content_filtered", "filtered", "is_filtered", "blocked", "withheld"]),
    (
        "output_tokens",
        &["output_tokens", "completion_tokens", "tokens_out", "num_output_tokens", "tokens"],
    ),
];

/// What a person says of the columns.
#[derive(Debug)]
pub(super) struct Columns(BTreeMap<String, String>);

impl Columns {
    /// Refuses fields that are none of ours.
    pub(super) fn new(file: &Path, said: &BTreeMap<String, String>) -> Result<Self, Error> {
        let ours: Vec<&str> = OTHER_NAMES.iter().map(|(name, _)| *name).collect();
        match said.keys().find(|field| !ours.contains(&field.as_str())) {
            None => Ok(Self(said.clone())),
            Some(other) => {
                let expected = format!("one of {}", ours.join(", "));
                Err(Error::field(file, "", "columns", format!("`{other}`"), expected))
            }
        }
    }

    /// What is said of `field`: a column, nothing, or a constant with its mark.
    pub(super) fn said(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }

    /// What all responses have in `field`.
    pub(super) fn constant(&self, field: &str) -> Option<&str> {
        self.said(field)?.strip_prefix(CONSTANT)
    }

    /// Whether anything is said.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each column that is named, with our field that it holds.
    pub(super) fn named(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.0.iter().map(|(ours, theirs)| (ours.as_str(), theirs.as_str()));
        all.filter(|(_, theirs)| !theirs.is_empty() && !theirs.starts_with(CONSTANT))
    }

    /// Whether the column called `header` is said to hold another field than `field`.
    pub(super) fn gives_away(&self, header: &str, field: &str) -> bool {
        self.named().any(|(ours, theirs)| theirs == header && ours != field)
    }
}

/// What is expected where no `column` (or `field`, as JSON has them) holds one of ours.
pub(super) fn expected(column: &str, ours: &str) -> String {
    let other = format!("another that holds it ({ours}={})", column.to_uppercase());
    match ours {
        "model_id" => format!(
            "a {column} of this name, {other}, or one name for all responses (model_id=:NAME)"
        ),
        _ => format!("a {column} of this name, or {other}"),
    }
}

/// Our fields, each with the column among `header` that seems to hold it. No column holds two.
pub(super) fn suggest(header: &[String]) -> BTreeMap<String, String> {
    let mut suggested: BTreeMap<String, String> = BTreeMap::new();
    for (field, names) in OTHER_NAMES {
        let free = |column: &&String| !suggested.values().any(|taken| taken == *column);
        let named = |name: &&str| {
            header.iter().filter(free).find(|column| plain(column) == plain(name)).cloned()
        };
        if let Some(column) = names.iter().find_map(named) {
            suggested.insert(field.to_owned(), column);
        }
    }
    suggested
}

/// The names of our fields.
pub(super) fn fields() -> impl Iterator<Item = &'static str> {
    OTHER_NAMES.iter().map(|(name, _)| *name)
}

//! Logs of Inspect (inspect_ai, as version 0.3.285 writes them): `.json` is one document, `.eval` an archive
//! of `header.json` and a member per sample. Each sample and epoch is a response: the text of the first
//! choice's message. A sample that failed, or has no choice, has no response.

use super::NOUN;
use super::gathered::{Answer, Gathered};
use crate::door::Archive;
use crate::{Error, Spot, parse_json};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Begins a text that is among a sample's attachments.
const ATTACHMENT: &str = "attachment://";

#[derive(Deserialize)]
struct Header {
    status: String,
    eval: Eval,
}

impl Header {
    /// How the run ended, where it was not completed.
    fn ended(&self) -> Option<String> {
        match self.status.as_str() {
            "success" => None,
            "error" => Some("failed (status `error`)".into()),
            status => Some(format!("was not completed (status `{status}`)")),
        }
    }
}

#[derive(Deserialize)]
struct Eval {
    model: String,
}

#[derive(Deserialize)]
struct Log<'a> {
    #[serde(borrow, default)]
    samples: Option<Vec<&'a RawValue>>,
}

#[derive(Deserialize)]
struct Sample {
    id: Value,
    #[serde(default = "first_epoch")]
    epoch: u32,
    #[serde(default)]
    input: Value,
    output: Option<Output>,
    error: Option<Value>,
    #[serde(default)]
    attachments: BTreeMap<String, String>,
}

fn first_epoch() -> u32 {
    1
}

#[derive(Deserialize)]
struct Output {
    #[serde(default)]
    choices: Vec<Choice>,
    completion: Option<String>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
    stop_reason: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<Content>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Parts(Vec<ContentPart>),
}

#[derive(Deserialize)]
struct ContentPart {
    #[serde(rename = "type")]
    kind: String,
    text: Option<String>,
}

/// What is left out of the samples.
#[derive(Default)]
struct LeftOut {
    reasoning: usize,
    other_parts: usize,
    choices: usize,
}

/// Reads a log in one document.
pub(super) fn read(text: &str, gathered: &mut Gathered) -> Result<(), Error> {
    let file = gathered.file.clone();
    let header: Header = parse_json(&file, text, NOUN)?;
    let log: Log<'_> = parse_json(&file, text, NOUN)?;
    let mut left_out = LeftOut::default();
    for (at, sample) in (1..).zip(log.samples.unwrap_or_default()) {
        let sample: Sample = parse_json(&file, sample.get(), NOUN)
            .map_err(|why| why.placed(Spot::number(gathered.layout.part(), at)))?;
        add(at, sample, &header.eval.model, &mut left_out, gathered);
    }
    tell(&header, &left_out, gathered);
    Ok(())
}

/// Reads an archive.
pub(super) fn read_archive(mut archive: Archive, gathered: &mut Gathered) -> Result<(), Error> {
    let file = gathered.file.clone();
    let header: Header = from_value(&file, "header.json", archive.json("header.json")?)?;
    let is_sample = |name: &String| name.starts_with("samples/") && name.ends_with(".json");
    let mut left_out = LeftOut::default();
    for (at, name) in (1..).zip(archive.names().into_iter().filter(is_sample)) {
        let sample: Sample = from_value(&file, &name, archive.json(&name)?)?;
        add(at, sample, &header.eval.model, &mut left_out, gathered);
    }
    tell(&header, &left_out, gathered);
    Ok(())
}

fn from_value<T: serde::de::DeserializeOwned>(
    file: &std::path::Path,
    member: &str,
    value: Value,
) -> Result<T, Error> {
    serde_json::from_value(value)
        .map_err(|error| Error::inconsistent(file, format!("member `{member}`: {error}")))
}

fn add(
    at: usize,
    mut sample: Sample,
    model: &str,
    left_out: &mut LeftOut,
    gathered: &mut Gathered,
) {
    let scenario_id = match &sample.id {
        Value::String(id) => id.clone(),
        id => id.to_string(),
    };
    let input = with_attachments(sample.input.take(), &sample.attachments)
        .map_err(|text| not_attached(gathered, at, "input", &text));
    gathered.ask(at, &scenario_id, "input", input);
    let output = sample.output.filter(|_| sample.error.is_none());
    let Some(output) = output.filter(Output::arrived) else {
        return gathered.leave_out(format!("{scenario_id} (epoch {})", sample.epoch));
    };
    let filtered = output.choices.first().is_some_and(Choice::is_filtered);
    let texts = output.texts(left_out).into_iter().map(|text| {
        attached(text, &sample.attachments)
            .map_err(|text| not_attached(gathered, at, "output", &text))
    });
    // A line each, as Inspect itself joins them.
    let text = texts.collect::<Result<Vec<_>, _>>().map(|texts| texts.join("\n"));
    let answer = text.map(|text| Answer {
        scenario_id,
        model_id: model.to_owned(),
        rep_id: Some(sample.epoch.saturating_sub(1)),
        text,
        filtered,
    });
    gathered.add(at, answer);
}

/// The text itself, which may be among the attachments; the name of one that is missing is an error.
fn attached(text: String, attachments: &BTreeMap<String, String>) -> Result<String, String> {
    match text.strip_prefix(ATTACHMENT) {
        None => Ok(text),
        Some(name) => attachments.get(name).cloned().ok_or(text),
    }
}

/// The same of every text in `value`.
fn with_attachments(value: Value, all: &BTreeMap<String, String>) -> Result<Value, String> {
    Ok(match value {
        Value::String(text) => Value::String(attached(text, all)?),
        Value::Array(list) => {
            let list = list.into_iter().map(|value| with_attachments(value, all));
            Value::Array(list.collect::<Result<_, _>>()?)
        }
        Value::Object(fields) => {
            let field = |(name, value)| Ok((name, with_attachments(value, all)?));
            Value::Object(fields.into_iter().map(field).collect::<Result<_, String>>()?)
        }
        other => other,
    })
}

fn not_attached(gathered: &Gathered, at: usize, field: &str, text: &str) -> Error {
    let found = format!("`{text}`, which is not among the sample's attachments");
    gathered.refuse(at, field, &found, "the text itself or one of them")
}

impl Output {
    /// Whether a response arrived, even an empty one.
    fn arrived(&self) -> bool {
        !self.choices.is_empty() || self.completion.as_ref().is_some_and(|text| !text.is_empty())
    }

    /// The texts of the first choice; that of the completion only where no choice has any content.
    fn texts(self, left_out: &mut LeftOut) -> Vec<String> {
        left_out.choices += self.choices.len().saturating_sub(1);
        let content = self.choices.into_iter().next().and_then(|choice| choice.message.content);
        match content {
            Some(Content::Text(text)) => vec![text],
            Some(Content::Parts(parts)) => texts_of(parts, left_out),
            None => self.completion.into_iter().collect(),
        }
    }
}

impl Choice {
    fn is_filtered(&self) -> bool {
        self.stop_reason.as_deref() == Some("content_filter")
    }
}

/// The parts that are text.
fn texts_of(parts: Vec<ContentPart>, left_out: &mut LeftOut) -> Vec<String> {
    let mut texts = Vec::new();
    for part in parts {
        match (part.kind.as_str(), part.text) {
            ("text", Some(text)) => texts.push(text),
            ("reasoning", _) => left_out.reasoning += 1,
            _ => left_out.other_parts += 1,
        }
    }
    texts
}

fn tell(header: &Header, left_out: &LeftOut, gathered: &mut Gathered) {
    gathered.without = Some("an Inspect log without a sample".into());
    if let Some(ended) = header.ended() {
        let file = gathered.file.display().to_string();
        gathered.note(format!("{file}: the run {ended}, so samples may be missing."));
        gathered.without = Some(format!("an Inspect log of a run that {ended}, without a sample"));
    }
    let LeftOut { reasoning, other_parts, choices } = *left_out;
    let texts = "left out: raters read only the text of a response";
    gathered.note_count(reasoning, "reasoning part", "reasoning parts", texts);
    gathered.note_count(other_parts, "part that is no text", "parts that are no text", texts);
    let first = "left out: only the first choice of a sample is read";
    gathered.note_count(choices, "further choice", "further choices", first);
}

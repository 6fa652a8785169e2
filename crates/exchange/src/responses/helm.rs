//! A run of HELM (`RequestState` at 317976a, `RequestResult` at 05a0c7c): its folder, or
//! `scenario_state.json` in it. Each completion of a request is a response to the request's instance, in
//! their order.

use super::NOUN;
use super::gathered::{Answer, Gathered};
use crate::{Error, parse_json};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::borrow::Cow;
use std::path::Path;

const STATE: &str = "scenario_state.json";

#[derive(Deserialize)]
struct State {
    adapter_spec: Option<AdapterSpec>,
    request_states: Vec<RequestState>,
}

#[derive(Deserialize)]
struct AdapterSpec {
    #[serde(default)]
    model: String,
}

#[derive(Deserialize)]
struct RequestState {
    instance: Instance,
    /// For one of several given answers, whose likelihood is asked.
    reference_index: Option<IgnoredAny>,
    request: Request,
    result: Option<RequestResult>,
}

#[derive(Deserialize)]
struct Instance {
    #[serde(default)]
    id: String,
    /// How the question was changed.
    perturbation: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    model: String,
    #[serde(default)]
    prompt: Value,
    /// In place of the prompt, where the model was asked by turns.
    #[serde(default)]
    messages: Value,
}

#[derive(Deserialize)]
struct RequestResult {
    success: bool,
    #[serde(default)]
    completions: Vec<Completion>,
}

#[derive(Deserialize)]
struct Completion {
    text: String,
    finish_reason: Option<FinishReason>,
}

#[derive(Deserialize)]
struct FinishReason {
    reason: Option<String>,
}

/// The file that is read of a run's folder; another path is that file itself.
pub(crate) fn state_file(path: &Path) -> Cow<'_, Path> {
    let file = path.join(STATE);
    if file.is_file() { file.into() } else { path.into() }
}

/// Reads a run.
pub(super) fn read(text: &str, gathered: &mut Gathered) -> Result<(), Error> {
    let state: State = parse_json(&gathered.file, text, NOUN)?;
    let run = state.adapter_spec.map(|spec| spec.model).unwrap_or_default();
    let (mut changed, mut references) = (0, 0);
    for (at, asked) in (1..).zip(state.request_states) {
        if asked.instance.perturbation.is_some() {
            changed += 1;
            continue;
        }
        if asked.reference_index.is_some() {
            references += 1;
            continue;
        }
        let Request { model, prompt, messages } = asked.request;
        let (field, prompt) = match messages {
            Value::Null => ("request.prompt", prompt),
            messages => ("request.messages", messages),
        };
        gathered.ask(at, &asked.instance.id, field, Ok(prompt));
        let model_id = if run.is_empty() { model } else { run.clone() };
        add(at, asked.instance.id, &model_id, asked.result, gathered);
    }
    let what = "left out: the question was changed (perturbation)";
    gathered.note_count(changed, "request", "requests", what);
    let what = "left out: only the likelihood of a given answer was asked";
    gathered.note_count(references, "request", "requests", what);
    Ok(())
}

fn add(
    at: usize,
    scenario_id: String,
    model_id: &str,
    result: Option<RequestResult>,
    gathered: &mut Gathered,
) {
    let arrived = result.filter(|result| result.success && !result.completions.is_empty());
    let Some(result) = arrived else { return gathered.leave_out(scenario_id) };
    for completion in result.completions {
        let reason = completion.finish_reason.and_then(|finish| finish.reason);
        let answer = Answer {
            scenario_id: scenario_id.clone(),
            model_id: model_id.to_owned(),
            rep_id: None,
            text: completion.text,
            filtered: reason.as_deref() == Some("content_filter"),
        };
        gathered.add(at, Ok(answer));
    }
}

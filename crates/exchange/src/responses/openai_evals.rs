//! Logs of openai/evals (`LocalRecorder` in `evals/record.py`), one event per line: the events of
//! type `sampling` hold what a model answered.

use super::NOUN;
use super::gathered::{Answer, Gathered};
use crate::Error;
use crate::door::Records;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: Option<String>,
    sample_id: Option<String>,
    data: Option<Value>,
    spec: Option<Spec>,
}

#[derive(Deserialize)]
struct Spec {
    #[serde(default)]
    completion_fns: Vec<String>,
}

/// Whether the first record begins a log: its specification, or an event.
pub(super) fn is(first: &Value) -> bool {
    let has = |field: &str| first.get(field).is_some();
    first["spec"].get("completion_fns").is_some()
        || (has("event_id") && has("sample_id") && has("type"))
}

/// Reads a log.
pub(super) fn read(records: &Records, gathered: &mut Gathered) -> Result<(), Error> {
    let file = gathered.file.clone();
    let mut run = String::new();
    let mut models = BTreeSet::new();
    for record in records.texts(&file, NOUN)? {
        let event: Event = match records.parse(&file, NOUN, record) {
            Ok(event) => event,
            Err(problem) => {
                gathered.add(record.0, Err(problem));
                continue;
            }
        };
        if let Some(spec) = event.spec {
            run = spec.completion_fns.into_iter().next().unwrap_or_default();
        }
        let (Some("sampling"), Some(data)) = (event.kind.as_deref(), event.data) else { continue };
        let model_id = data["model"].as_str().unwrap_or(&run).to_owned();
        models.insert(model_id.clone());
        let scenario_id = event.sample_id.unwrap_or_default();
        gathered.ask(record.0, &scenario_id, "data.prompt", Ok(data["prompt"].clone()));
        add(record.0, &scenario_id, &model_id, &data["sampled"], gathered);
    }
    if models.len() > 1 {
        let names = models.into_iter().collect::<Vec<_>>().join(", ");
        gathered.note(format!(
            "{}: the log has answers of several models ({names}). Where one of them graded the others, its answers \
             are no responses: take them out first.",
            file.display()
        ));
    }
    Ok(())
}

fn add(at: usize, scenario_id: &str, model_id: &str, sampled: &Value, gathered: &mut Gathered) {
    let texts: Option<Vec<&str>> = match sampled {
        Value::String(text) => Some(vec![text]),
        Value::Array(texts) => texts.iter().map(Value::as_str).collect(),
        _ => None,
    };
    let Some(texts) = texts else {
        let found = format!("`{sampled}`");
        let problem = gathered.refuse(at, "data.sampled", &found, "a text, or a list of texts");
        return gathered.add(at, Err(problem));
    };
    if texts.is_empty() {
        return gathered.leave_out(scenario_id);
    }
    for text in texts {
        let answer = Answer {
            scenario_id: scenario_id.to_owned(),
            model_id: model_id.to_owned(),
            text: text.to_owned(),
            ..Answer::default()
        };
        gathered.add(at, Ok(answer));
    }
}

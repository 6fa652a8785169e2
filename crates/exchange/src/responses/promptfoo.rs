//! Results of promptfoo (`EvaluateSummaryV3` in `src/types/index.ts`), as `promptfoo eval --output
//! results.json` writes them, or its summary alone: one result per test, prompt and provider. A test names its scenario among its variables or its
//! metadata, by its description, or only by its number.

use super::NOUN;
use super::gathered::{Answer, Gathered};
use crate::{Error, parse_json};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// What a test's scenario may be called.
const IDS: [&str; 8] =
    ["scenario_id", "scenario", "prompt_id", "question_id", "case_id", "vignette", "case", "id"];

#[derive(Deserialize)]
struct Output<'a> {
    #[serde(borrow)]
    results: &'a RawValue,
}

#[derive(Deserialize)]
struct Summary {
    results: Vec<TestResult>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TestResult {
    #[serde(default)]
    prompt_idx: usize,
    test_idx: Option<usize>,
    #[serde(default)]
    test_case: TestCase,
    #[serde(default)]
    provider: Provider,
    #[serde(default)]
    prompt: Asked,
    #[serde(default)]
    vars: Map<String, Value>,
    response: Option<Response>,
}

#[derive(Default, Deserialize)]
struct TestCase {
    description: Option<String>,
    metadata: Option<Map<String, Value>>,
}

/// A text, or turns as JSON in a text.
#[derive(Default, Deserialize)]
struct Asked {
    #[serde(default)]
    raw: Value,
}

#[derive(Default, Deserialize)]
struct Provider {
    #[serde(default)]
    id: String,
    label: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    output: Option<Value>,
    finish_reason: Option<String>,
}

/// Reads results.
pub(super) fn read(text: &str, gathered: &mut Gathered) -> Result<(), Error> {
    let file = gathered.file.clone();
    let output: Output<'_> = parse_json(&file, text, NOUN)?;
    let results = match output.results.get().starts_with('[') {
        true => parse_json::<Summary>(&file, text, NOUN)?.results,
        false => parse_json::<Summary>(&file, output.results.get(), NOUN)?.results,
    };
    let prompts: BTreeSet<usize> = results.iter().map(|result| result.prompt_idx).collect();
    let (mut numbered, mut not_text) = (0, 0);
    for (at, mut result) in (1..).zip(results) {
        let named = result.scenario();
        numbered += usize::from(named.is_none());
        let scenario_id = named.unwrap_or_else(|| result.test_idx.unwrap_or(at - 1).to_string());
        gathered.ask(at, &scenario_id, "prompt.raw", Ok(result.prompt.raw.take()));
        let response = result.response.filter(|response| response.output.is_some());
        let Some(response) = response else {
            gathered.leave_out(scenario_id);
            continue;
        };
        let text = match response.output.unwrap_or_default() {
            Value::String(text) => text,
            other => {
                not_text += 1;
                other.to_string()
            }
        };
        let filtered = response.finish_reason.as_deref() == Some("content_filter");
        let model_id = result.provider.name();
        gathered.add(at, Ok(Answer { scenario_id, model_id, rep_id: None, text, filtered }));
    }
    gathered.note_count(
        numbered,
        "test is",
        "tests are",
        "called by the number alone, as no variable names a scenario",
    );
    gathered.note_count(
        not_text,
        "output is",
        "outputs are",
        "JSON and no text, and taken as it is written",
    );
    if prompts.len() > 1 {
        let note = format!(
            "{}: {} prompts were asked; the answers to them count as repetitions of one scenario.",
            file.display(),
            prompts.len()
        );
        gathered.note(note);
    }
    Ok(())
}

impl TestResult {
    fn scenario(&self) -> Option<String> {
        let places = [Some(&self.vars), self.test_case.metadata.as_ref()];
        let named = |id: &&str| {
            places.iter().flatten().find_map(|place| match place.get(*id)? {
                Value::String(name) => Some(name.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            })
        };
        let described = || self.test_case.description.clone().filter(|text| !text.is_empty());
        IDS.iter().find_map(named).or_else(described)
    }
}

impl Provider {
    /// As promptfoo shows it.
    fn name(self) -> String {
        self.label.filter(|label| !label.is_empty()).unwrap_or(self.id)
    }
}

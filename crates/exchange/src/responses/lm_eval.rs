//! Samples of lm-evaluation-harness (`lm_eval/loggers/evaluation_tracker.py` at 034ab03),
//! `samples_<task>_<date>.jsonl`: a row for each document and filter, `resps` with what the model generated
//! for each request. Filters only change how that is scored. The model is named
//! in `results_<date>.json` beside it, or else by the folder.

use super::NOUN;
use super::gathered::{Answer, Gathered};
use crate::Error;
use crate::door::Records;
use crate::file::{COLLECTED, read_text};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Where a document may have an id of its own.
const IDS: [&str; 6] = ["scenario_id", "prompt_id", "question_id", "case_id", "qid", "id"];

#[derive(Deserialize)]
struct Sample {
    doc_id: Value,
    #[serde(default)]
    doc: Value,
    #[serde(default)]
    arguments: Value,
    resps: Vec<Value>,
    #[serde(default)]
    filter: String,
}

/// Whether the first record is a sample.
pub(super) fn is(first: &Value) -> bool {
    ["doc_id", "resps", "arguments"].iter().all(|field| first.get(field).is_some())
}

/// Reads samples.
pub(super) fn read(records: &Records, gathered: &mut Gathered) -> Result<(), Error> {
    let file = gathered.file.clone();
    let model = match gathered.columns.constant("model_id") {
        Some(_) => String::new(),
        None => model(&file, gathered),
    };
    let first = records.first().unwrap_or_default();
    let own_id = IDS.into_iter().find(|id| first["doc"].get(id).is_some_and(is_name));
    let place = own_id.map_or("doc_id".into(), |id| format!("doc.{id}"));
    gathered.note(format!("{}: scenarios are named by `{place}`.", file.display()));
    let mut filters: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut again = 0;
    for record in records.texts(&file, NOUN)? {
        let at = record.0;
        let sample: Sample = match records.parse(&file, NOUN, record) {
            Ok(sample) => sample,
            Err(problem) => {
                gathered.add(at, Err(problem));
                continue;
            }
        };
        let of_doc = filters.entry(sample.doc_id.to_string()).or_default();
        if !of_doc.is_empty() && of_doc.insert(sample.filter.clone()) {
            again += 1;
            continue;
        }
        of_doc.insert(sample.filter);
        let id = own_id.map_or(&sample.doc_id, |id| &sample.doc[id]);
        let scenario_id = named(id);
        gathered.ask(at, &scenario_id, "arguments", Ok(asked(&sample.arguments)));
        match texts(&sample.resps) {
            Some(texts) => {
                for (text, rep_id) in texts.into_iter().zip(0..) {
                    let (scenario_id, model_id) = (scenario_id.clone(), model.clone());
                    let rep_id = Some(rep_id);
                    gathered.add(
                        at,
                        Ok(Answer { scenario_id, model_id, rep_id, text, filtered: false }),
                    );
                }
            }
            None => {
                let found = "likelihoods of given answers";
                gathered.add(at, Err(gathered.refuse(at, "resps", found, "generated text")));
            }
        }
    }
    let what = "of another filter left out: the response is as it was before any filter";
    gathered.note_count(again, "row", "rows", what);
    Ok(())
}

/// What was asked in the only request: the first of its arguments, which has a name since 0.4.3. Where
/// a model is asked by turns through an interface, these are a JSON text in a list of its own.
fn asked(arguments: &Value) -> Value {
    let named = arguments.pointer("/gen_args_0/arg_0");
    match named.or_else(|| arguments.pointer("/0/0")) {
        Some(Value::Array(list)) if list.len() == 1 && list[0].is_string() => list[0].clone(),
        found => found.cloned().unwrap_or_default(),
    }
}

/// What was generated for the only request, once per repeat.
fn texts(resps: &[Value]) -> Option<Vec<String>> {
    let [only] = resps else { return None };
    let repeats = only.as_array()?;
    repeats.iter().map(|text| text.as_str().map(ToOwned::to_owned)).collect()
}

fn is_name(value: &Value) -> bool {
    value.is_string() || value.is_u64() || value.is_i64()
}

fn named(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), ToOwned::to_owned)
}

/// The model's name by the results beside the samples, or else by their folder; a note says which.
fn model(file: &Path, gathered: &mut Gathered) -> String {
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let Some((_, date)) = stem.strip_prefix("samples_").and_then(|name| name.rsplit_once('_'))
    else {
        return String::new();
    };
    let results = file.with_file_name(format!("results_{date}.json"));
    let shown = file.display();
    if let Some(model) = model_in(&results) {
        gathered.note(format!("{shown}: the model is `{model}`, as {} says.", results.display()));
        return model;
    }
    let folder = std::path::absolute(file).ok();
    let folder = folder.as_deref().and_then(Path::parent).and_then(Path::file_name);
    let folder = folder.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    gathered.note(format!(
        "{shown}: the model is called `{folder}`, as its folder is. Where that is wrong, give its name: \
         model_id=:NAME."
    ));
    folder
}

fn model_in(results: &Path) -> Option<String> {
    #[derive(Deserialize)]
    struct Results {
        model_name: String,
    }
    let text = read_text(results, COLLECTED, "results").ok()?;
    let Results { model_name } = serde_json::from_str(&text).ok()?;
    (!model_name.is_empty()).then_some(model_name)
}

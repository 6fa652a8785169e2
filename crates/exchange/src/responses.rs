//! Collected responses: JSON Lines, or CSV with a header.

use crate::csv_line::{csv_error, csv_error_on, line_of};
use crate::envelope::{parse_json_line, refuse_other_format};
use crate::error::{Error, Spot};
use crate::file::{COLLECTED, read_text};
use csv::StringRecord;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use study::{Origin, Response};

const NOUN: &str = "responses with `scenario_id`, `model_id`, `rep_id` and `response`";

/// A provider that counts output tokens and delivers no text has filtered it.
const TOKENS_OF_A_WITHHELD_TEXT: u64 = 100;

#[derive(Deserialize)]
struct Row {
    scenario_id: String,
    model_id: String,
    #[serde(default)]
    rep_id: u32,
    /// Required, though it may be null: a file without it is a file of something else.
    #[serde(deserialize_with = "Option::deserialize")]
    response: Option<String>,
    #[serde(default)]
    content_filtered: Value,
    #[serde(default)]
    output_tokens: Option<u64>,
}

/// The fields that a CSV of responses must have a column for.
pub const REQUIRED_COLUMNS: [&str; 3] = ["scenario_id", "model_id", "response"];

/// Those that it may have one for. Without `rep_id` every response is repetition 0.
pub const OPTIONAL_COLUMNS: [&str; 3] = ["rep_id", "content_filtered", "output_tokens"];

/// Responses, and what is wrong with single ones.
#[derive(Debug)]
pub struct Collected {
    /// Every response that could be read, each origin once.
    pub responses: Vec<Response>,
    /// The line of each of them.
    pub lines: Vec<usize>,
    /// What is wrong with the others, in the order of the file.
    pub problems: Vec<Error>,
}

/// Reads responses: CSV where the name ends so, JSON Lines otherwise. The first thing wrong with them
/// is an error.
pub fn read_responses(file: &Path) -> Result<Vec<Response>, Error> {
    let collected = collect_responses(file, &BTreeMap::new())?;
    match collected.problems.into_iter().next() {
        Some(problem) => Err(problem),
        None => Ok(collected.responses),
    }
}

/// Reads responses, and lists what is wrong with single ones. `columns` says which of a CSV's columns
/// hold our fields, where they have other names; nothing is the name of none.
pub fn collect_responses(
    file: &Path,
    columns: &BTreeMap<String, String>,
) -> Result<Collected, Error> {
    let text = read_text(file, COLLECTED, NOUN)?;
    refuse_other_format(file, &text, NOUN)?;
    let rows = match is_csv(file) {
        true => csv_rows(file, &text, columns)?,
        false if columns.is_empty() => json_rows(file, &text),
        false => {
            let expected = "none: only a table, whose name ends in .csv, has columns to name";
            let named: Vec<&str> = columns.keys().map(String::as_str).collect();
            return Err(Error::field(file, "", "columns", named.join(", "), expected));
        }
    };
    if rows.is_empty() {
        return Err(Error::Empty { file: file.to_owned(), expected: NOUN.into() });
    }
    let mut first_lines = HashMap::new();
    let (mut responses, mut lines, mut problems) = <(Vec<_>, Vec<_>, Vec<_>)>::default();
    for (line, row) in rows {
        let response = match row.and_then(|row| row.into_response(file, line)) {
            Ok(response) => response,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        if let Some(first) = first_lines.get(&response.origin) {
            let Origin { scenario_id, model_id, rep_id } = &response.origin;
            let found = format!("{scenario_id}, {model_id}, {rep_id} again, as on line {first}");
            let field = "scenario_id, model_id, rep_id";
            problems.push(Error::field(file, place(line), field, found, "each response once"));
            continue;
        }
        first_lines.insert(response.origin.clone(), line);
        responses.push(response);
        lines.push(line);
    }
    Ok(Collected { responses, lines, problems })
}

fn is_csv(file: &Path) -> bool {
    file.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"))
}

/// The beginning of a CSV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The columns' names.
    pub columns: Vec<String>,
    /// The first five rows.
    pub rows: Vec<Vec<String>>,
    /// Our fields, each with the column that seems to hold it.
    pub suggested: BTreeMap<String, String>,
}

/// Names under which our fields are found in other people's tables, in lower case.
const OTHER_NAMES: [(&str, &[&str]); 6] = [
    ("scenario_id", &["scenario_id", "scenario", "prompt_id", "id", "question_id", "item", "case"]),
    ("model_id", &["model_id", "model", "model_name", "system", "llm"]),
    ("rep_id", &["rep_id", "rep", "repetition", "replicate", "sample", "run"]),
    ("response", &["response", "completion", "answer", "output", "text", "model_response"]),
    ("content_filtered", &["content_filtered", "filtered", "blocked"]),
    ("output_tokens", &["output_tokens", "completion_tokens", "tokens"]),
];

/// Reads the first rows of a CSV, and guesses which column is which.
pub fn preview_table(file: &Path) -> Result<Preview, Error> {
    let text = read_text(file, COLLECTED, "a table with a header")?;
    let failed = |error: csv::Error| csv_error(file, &text, &error);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let cells = |record: &StringRecord| record.iter().map(String::from).collect::<Vec<_>>();
    let columns = cells(reader.headers().map_err(failed)?);
    let mut rows = Vec::new();
    for record in reader.records().take(5) {
        rows.push(cells(&record.map_err(failed)?));
    }
    let column = |names: &[&str]| {
        let named = |name: &&str| {
            columns.iter().find(|column| column.trim().eq_ignore_ascii_case(name)).cloned()
        };
        names.iter().find_map(named)
    };
    let suggested = OTHER_NAMES
        .iter()
        .filter_map(|(field, names)| Some(((*field).to_owned(), column(names)?)))
        .collect();
    Ok(Preview { columns, rows, suggested })
}

impl Row {
    fn into_response(self, file: &Path, line: usize) -> Result<Response, Error> {
        let text = self.response.unwrap_or_default();
        let said = truth(&self.content_filtered).ok_or_else(|| {
            let found = match &self.content_filtered {
                Value::String(text) => format!("`{text}`"),
                other => format!("`{other}`"),
            };
            Error::field(file, place(line), "content_filtered", found, "true, false or nothing")
        })?;
        let withheld = text.trim().is_empty()
            && self.output_tokens.is_some_and(|tokens| tokens > TOKENS_OF_A_WITHHELD_TEXT);
        Ok(Response {
            filtered: said || withheld,
            origin: Origin {
                scenario_id: self.scenario_id,
                model_id: self.model_id,
                rep_id: self.rep_id,
            },
            text,
        })
    }
}

/// A truth value, also as Python and spreadsheets write it in a table; nothing is false.
fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Null => Some(false),
        Value::Bool(truth) => Some(*truth),
        Value::Number(number) => match number.as_u64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Value::String(text) => match text.to_ascii_lowercase().as_str() {
            "" | "false" => Some(false),
            "true" => Some(true),
            _ => None,
        },
        _ => None,
    }
}

/// Rows, each with its line, or what is wrong with it.
type Rows = Vec<(usize, Result<Row, Error>)>;

fn json_rows(file: &Path, text: &str) -> Rows {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(before, line)| (before + 1, parse_json_line(file, line, NOUN, before)))
        .collect()
}

fn csv_rows(file: &Path, text: &str, columns: &BTreeMap<String, String>) -> Result<Rows, Error> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let failed = |error: csv::Error| csv_error(file, text, &error);
    let found = reader.headers().map_err(failed)?.clone();
    let headers = our_names(&found, columns);
    let there = || format!("the columns {}", found.iter().collect::<Vec<_>>().join(", "));
    for (ours, theirs) in columns {
        if !OTHER_NAMES.iter().any(|(name, _)| name == ours) {
            let names: Vec<&str> = OTHER_NAMES.iter().map(|(name, _)| *name).collect();
            let (said, expected) = (format!("`{ours}`"), format!("one of {}", names.join(", ")));
            return Err(Error::field(file, "", "columns", said, expected));
        }
        if !theirs.is_empty() && !found.iter().any(|header| header == theirs) {
            return Err(Error::field(file, place(1), theirs, there(), "a column of this name"));
        }
    }
    for column in REQUIRED_COLUMNS {
        if !headers.iter().any(|header| header == column) {
            return Err(Error::field(file, place(1), column, there(), "a column of this name"));
        }
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(failed)?;
        let line = line_of(text, record.position());
        let row = record
            .deserialize(Some(&headers))
            .map_err(|error| cell_error(file, line, &headers, &record, &error));
        rows.push((line, row));
    }
    Ok(rows)
}

/// The header in our words. A column that has one of our names without being meant loses it.
fn our_names(headers: &StringRecord, columns: &BTreeMap<String, String>) -> StringRecord {
    let ours = |header: &str| {
        let meant = columns.iter().find(|(_, theirs)| *theirs == header && !header.is_empty());
        match meant {
            Some((ours, _)) => ours.clone(),
            None if columns.contains_key(header) => format!("other {header}"),
            None => header.to_owned(),
        }
    };
    headers.iter().map(ours).collect()
}

/// A cell that is not of its column's kind.
fn cell_error(
    file: &Path,
    line: usize,
    headers: &StringRecord,
    record: &StringRecord,
    error: &csv::Error,
) -> Error {
    let csv::ErrorKind::Deserialize { err, .. } = error.kind() else {
        return csv_error_on(file, Some(line), error);
    };
    let cell = |of: &StringRecord| {
        let at = err.field().and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| of.get(at)).unwrap_or_default().to_owned()
    };
    let column = cell(headers);
    let expected =
        if column == "content_filtered" { "true, false or nothing" } else { "a whole number" };
    Error::field(file, place(line), column, format!("`{}`", cell(record)), expected)
}

pub(crate) fn place(line: usize) -> Spot {
    Spot::Line(line)
}

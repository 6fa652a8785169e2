//! Collected responses: JSON Lines, or CSV with a header.

use crate::Error;
use crate::envelope::parse_json_line;
use crate::file::read_text;
use csv::StringRecord;
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;
use study::{Origin, Response};

const NOUN: &str = "responses with `scenario_id`, `model_id`, `rep_id` and `response`";

/// A provider that counts output tokens and delivers no text has filtered it.
const TOKENS_OF_A_WITHHELD_TEXT: u64 = 100;

#[derive(Deserialize)]
struct Row {
    scenario_id: String,
    model_id: String,
    rep_id: u32,
    /// Required, though it may be null: a file without it is a file of something else.
    #[serde(deserialize_with = "Option::deserialize")]
    response: Option<String>,
    #[serde(default)]
    content_filtered: Value,
    #[serde(default)]
    output_tokens: Option<u64>,
}

/// Reads responses: CSV where the name ends so, JSON Lines otherwise.
pub fn read_responses(file: &Path) -> Result<Vec<Response>, Error> {
    let text = read_text(file, NOUN)?;
    let is_csv = file.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"));
    let rows = if is_csv { csv_rows(file, &text)? } else { json_rows(file, &text)? };
    if rows.is_empty() {
        return Err(Error::Empty { file: file.to_owned(), expected: NOUN.into() });
    }
    let mut lines = HashMap::new();
    let mut responses = Vec::with_capacity(rows.len());
    for (line, row) in rows {
        let response = row.into_response(file, line)?;
        if let Some(first) = lines.insert(response.origin.clone(), line) {
            let Origin { scenario_id, model_id, rep_id } = &response.origin;
            let found = format!("{scenario_id}, {model_id}, {rep_id} again, as on line {first}");
            let field = "scenario_id, model_id, rep_id";
            return Err(Error::field(file, place(line), field, found, "each response once"));
        }
        responses.push(response);
    }
    Ok(responses)
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

fn json_rows(file: &Path, text: &str) -> Result<Vec<(usize, Row)>, Error> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(before, line)| Ok((before + 1, parse_json_line(file, line, NOUN, before)?)))
        .collect()
}

fn csv_rows(file: &Path, text: &str) -> Result<Vec<(usize, Row)>, Error> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| csv_error(file, &error))?.clone();
    for column in ["scenario_id", "model_id", "rep_id", "response"] {
        if !headers.iter().any(|header| header == column) {
            let found = format!("the columns {}", headers.iter().collect::<Vec<_>>().join(", "));
            return Err(Error::field(file, place(1), column, found, "a column of this name"));
        }
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| csv_error(file, &error))?;
        let line = record.position().map_or(0, csv::Position::line) as usize;
        let row = record
            .deserialize(Some(&headers))
            .map_err(|error| cell_error(file, line, &headers, &record, &error))?;
        rows.push((line, row));
    }
    Ok(rows)
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
        return csv_error(file, error);
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

/// A CSV error with its line.
pub(crate) fn csv_error(file: &Path, error: &csv::Error) -> Error {
    let line = error.position().map_or_else(String::new, |at| place(at.line() as usize));
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            let expected = format!("{expected_len}, as in the header");
            Error::field(file, line, "the row", format!("{len} cells"), expected)
        }
        _ => Error::inconsistent(file, error),
    }
}

pub(crate) fn place(line: usize) -> String {
    format!(", line {line}")
}

//! Layouts of JSON, and what they share.

pub(crate) mod flat;

use crate::Error;
use serde_json::Value;
use std::path::Path;

/// A single value as text: a whole number without a point, however it is written. `None` for a list or
/// an object.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => {
            let text = number.to_string();
            Some(text.strip_suffix(".0").map(String::from).unwrap_or(text))
        }
        Value::Bool(_) | Value::Null => Some(value.to_string()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// What is said of JSON in no known layout: what was found, by the names of its fields.
pub(super) fn unknown(file: &Path, head: &[Value], expected: &str) -> Error {
    let Some(Value::Object(first)) = head.first() else {
        return Error::field(file, "", "the whole", "no records", expected);
    };
    let names: Vec<&str> = first.keys().map(String::as_str).collect();
    let lists = first.iter().filter(|(_, value)| is_list_of_objects(value));
    let lists: Vec<String> = lists.map(|(name, _)| format!("`{name}`")).collect();
    let found = match (head.len(), lists.as_slice()) {
        (1, [list, ..]) => format!(
            "an object with the list {list} inside (its fields: {}). If that list holds the ratings, give the \
             list alone",
            names.join(", ")
        ),
        _ => format!("JSON with the fields {}", names.join(", ")),
    };
    Error::field(file, "", "the whole", found, expected)
}

fn is_list_of_objects(value: &Value) -> bool {
    value.as_array().is_some_and(|list| list.first().is_some_and(Value::is_object))
}

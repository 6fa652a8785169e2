//! Layouts of JSON, and what they share.

pub(crate) mod argilla;
pub(crate) mod argilla_1;
pub(crate) mod flat;
pub(crate) mod health_bench;
pub(crate) mod inspect;
pub(crate) mod label_studio;

pub(crate) use flat::{cell, table as flat_table};

use super::Grades;
use super::axis::harm_axis;
use crate::Error;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// The axis of grades that come without a name for one.
pub(crate) const ONE_AXIS: &str = "grade";

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

/// A name: a text or a number that is there.
fn name(value: Option<&Value>) -> Option<String> {
    let value = value.filter(|value| value.is_string() || value.is_number())?;
    written(value).filter(|name| !name.is_empty())
}

/// The one value in what may be a list of it. `None` where there are several or something nested.
fn single(value: &Value) -> Option<String> {
    match value {
        Value::Array(list) => match list.as_slice() {
            [] => Some(String::new()),
            [one] => written(one),
            _ => None,
        },
        one => written(one),
    }
}

/// What is in a file and is no grade that counts: what it is called, in the plural, and how often it is
/// there.
#[derive(Default)]
struct LeftOut(BTreeMap<String, usize>);

impl LeftOut {
    fn add(&mut self, nouns: impl Into<String>, count: usize) {
        *self.0.entry(nouns.into()).or_default() += count;
    }

    /// Says what there is of it.
    fn tell(self, grades: &mut Grades, file: &Path) {
        let there = self.0.iter().filter(|(_, count)| **count > 0);
        let parts: Vec<String> = there.map(|(nouns, count)| format!("{nouns} ({count})")).collect();
        if !parts.is_empty() {
            note(grades, file, &format!("not counted as grades: {}", parts.join(", ")));
        }
    }
}

/// Our axes, each with what the file calls it, where that is something else.
#[derive(Default)]
struct Axes(BTreeMap<String, &'static str>);

impl Axes {
    /// The axis that the file calls `name`.
    fn of<'a>(&mut self, name: &'a str) -> &'a str {
        let Some(axis) = harm_axis(name).filter(|axis| *axis != name) else { return name };
        self.0.insert(name.to_owned(), axis);
        axis
    }

    /// Says which names were taken for an axis of ours.
    fn tell(self, grades: &mut Grades, file: &Path) {
        for (name, axis) in self.0 {
            note(grades, file, &format!("`{name}` was read as the axis `{axis}`"));
        }
    }
}

fn note(grades: &mut Grades, file: &Path, text: &str) {
    grades.note(format!("{}: {text}.", file.display()));
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

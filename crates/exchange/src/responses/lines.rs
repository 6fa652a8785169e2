//! JSON records of responses, one per line or in a list, with a field for each of ours: as IatroBench
//! collects them, or under the names that are given.

use super::columns;
use super::gathered::{Answer, Gathered};
use super::{NOUN, is_withheld};
use crate::Error;
use crate::door::Records;
use crate::mapping::expected;
use crate::whole::whole_or_null;
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};
use serde_json::{Map, Value};
use std::fmt::{self, Formatter};

#[derive(Deserialize)]
struct Row {
    #[serde(deserialize_with = "name")]
    scenario_id: String,
    #[serde(deserialize_with = "name")]
    model_id: String,
    #[serde(default, deserialize_with = "whole_or_null")]
    rep_id: Option<u32>,
    /// Required, though it may be null: a file without it is a file of something else.
    #[serde(deserialize_with = "Option::deserialize")]
    response: Option<String>,
    #[serde(default)]
    content_filtered: Value,
    #[serde(default, deserialize_with = "whole_or_null")]
    output_tokens: Option<u64>,
}

/// Reads records.
pub(super) fn read(records: &Records, gathered: &mut Gathered) -> Result<(), Error> {
    check_fields(records, gathered)?;
    let file = gathered.file.clone();
    for record in records.texts(&file, NOUN)? {
        let row = match gathered.columns.mapping.is_empty() {
            true => records.parse(&file, NOUN, record),
            false => records.parse(&file, NOUN, record).and_then(|fields| {
                let ours = Value::Object(in_our_names(fields, gathered)).to_string();
                records.parse(&file, NOUN, (record.0, &ours))
            }),
        };
        gathered.add(record.0, row.and_then(|row| answer(row, record.0, gathered)));
    }
    Ok(())
}

/// Refuses once what every record lacks.
fn check_fields(records: &Records, gathered: &Gathered) -> Result<(), Error> {
    let Some(Value::Object(first)) = records.first() else { return Ok(()) };
    let columns = &gathered.columns;
    let found = |fields: &[String]| match fields {
        [] => "no fields".to_owned(),
        fields => format!("the fields {}", fields.join(", ")),
    };
    if columns.named().next().is_some() {
        let fields = records.fields(&gathered.file, NOUN)?;
        let lacks = |(_, theirs): &(&str, &str)| !fields.iter().any(|field| field == theirs);
        if let Some((_, theirs)) = columns.named().find(lacks) {
            return Err(gathered.refuse(1, theirs, &found(&fields), "a field of this name"));
        }
    }
    let held = |field: &&str| match columns.mapping.says(field) {
        true => columns.column(field).is_some() || columns.constant(field).is_some(),
        false => first.contains_key(*field),
    };
    match columns::required().find(|field| !held(field)) {
        None => Ok(()),
        Some(field) => {
            let found = found(&first.keys().cloned().collect::<Vec<_>>());
            Err(gathered.refuse(1, field, &found, &expected("field", field)))
        }
    }
}

/// The record with our names. A field that has one of them without being meant loses it.
fn in_our_names(record: Map<String, Value>, gathered: &Gathered) -> Map<String, Value> {
    let said = &gathered.columns;
    let mut ours = Map::new();
    for field in columns::fields().iter().map(|field| field.name) {
        let value = match (said.constant(field), said.column(field)) {
            // The repetition that all of them are is no text.
            (Some(_), _) if field == "rep_id" => None,
            (Some(constant), _) => Some(Value::from(constant)),
            (_, Some(theirs)) => record.get(theirs).cloned(),
            _ if said.mapping.says(field) || said.mapping.gives_away(field, field) => None,
            _ => record.get(field).cloned(),
        };
        ours.extend(value.map(|value| (field.to_owned(), value)));
    }
    ours
}

fn answer(row: Row, at: usize, gathered: &Gathered) -> Result<Answer, Error> {
    let said = truth(&row.content_filtered).ok_or_else(|| {
        let found = match &row.content_filtered {
            Value::String(text) => format!("`{text}`"),
            other => format!("`{other}`"),
        };
        gathered.refuse(at, "content_filtered", &found, "true, false or nothing")
    })?;
    let text = row.response.unwrap_or_default();
    Ok(Answer {
        scenario_id: row.scenario_id,
        model_id: row.model_id,
        rep_id: Some(row.rep_id.unwrap_or_default()),
        filtered: said || is_withheld(&text, row.output_tokens),
        text,
    })
}

/// A truth value, also as Python writes it in a text; nothing is false.
fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Null => Some(false),
        Value::Bool(truth) => Some(*truth),
        Value::Number(number) => match number.as_u64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Value::String(text) => super::table::truth(text),
        _ => None,
    }
}

/// A name, which may be a number.
fn name<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    struct Name;
    impl Visitor<'_> for Name {
        type Value = String;

        fn expecting(&self, text: &mut Formatter<'_>) -> fmt::Result {
            text.write_str("a string")
        }

        fn visit_str<E: de::Error>(self, name: &str) -> Result<String, E> {
            Ok(name.to_owned())
        }

        fn visit_u64<E: de::Error>(self, number: u64) -> Result<String, E> {
            Ok(number.to_string())
        }

        fn visit_i64<E: de::Error>(self, number: i64) -> Result<String, E> {
            Ok(number.to_string())
        }
    }
    from.deserialize_any(Name)
}

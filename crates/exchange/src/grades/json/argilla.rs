//! Records of Argilla 2 (argilla 2.8): flat, as `to_list(flatten=True)` and the Hugging Face hub have
//! them, with `q.responses`, `q.responses.users` and `q.responses.status` for each question; or nested,
//! as `to_json` writes them, with `responses: {q: [{value, user_id}]}`, which does not say which
//! responses were submitted.

use super::{Axes, LeftOut, name, note, single};
use crate::Error;
use crate::door::Records;
use crate::grades::{GivenGrade, Grades, Layout};
use serde_json::{Map, Value};
use std::path::Path;

const NOUN: &str = "records of Argilla with an `id` and responses";

/// How the field of a question's responses ends.
const RESPONSES: &str = ".responses";

/// A response to a question.
struct Response<'a> {
    question: &'a str,
    user: Option<&'a Value>,
    value: &'a Value,
    /// `None` where the file does not say it of any response.
    status: Option<&'a str>,
}

/// Whether the records that begin like this are Argilla's: all nested, or any with a flat question.
pub(in crate::grades) fn is(head: &[Value]) -> bool {
    let fields = head.iter().filter_map(Value::as_object).flat_map(Map::keys);
    let has = |name: &str| head.iter().all(|record| record.get(name).is_some_and(Value::is_object));
    let nested = !head.is_empty() && has("fields") && has("responses") && has("suggestions");
    nested || fields.into_iter().any(|field| field.ends_with(RESPONSES))
}

/// Reads the responses, if it is said which are submitted only those.
pub(in crate::grades) fn read(file: &Path, records: &Records) -> Result<Grades, Error> {
    let mut grades = Grades::new(file, Layout::Argilla, records.unit());
    let (mut left_out, mut axes) = (LeftOut::default(), Axes::default());
    let mut unsaid = false;
    records.each(file, NOUN, |at, record: Map<String, Value>| {
        let item = name(record.get("id")).unwrap_or_default();
        let mut responses = flat(&record, &grades, at)?;
        responses.extend(nested(&record));
        for response in responses {
            unsaid |= response.status.is_none();
            match (response.status, single(response.value)) {
                (None | Some("submitted"), Some(value)) => {
                    let rater = name(response.user).unwrap_or_default();
                    let axis = axes.of(response.question);
                    let (rater, item, value) = (&rater, &item, &value);
                    grades.add(GivenGrade { at, rater, item, axis, value })?;
                }
                (None | Some("submitted"), None) => left_out.add("answers with several values", 1),
                (Some(status), _) => left_out.add(format!("responses with the status {status}"), 1),
            }
        }
        let suggested =
            |(field, value): &(&String, &Value)| field.ends_with(".suggestion") && !value.is_null();
        left_out.add("suggestions", record.iter().filter(suggested).count());
        let nested = record.get("suggestions").and_then(Value::as_object);
        left_out.add("suggestions", nested.map_or(0, Map::len));
        Ok(())
    })?;
    if unsaid {
        let said = "the file does not say which responses were submitted: drafts may be among them. Records \
                    exported by `to_list(flatten=True)` say it";
        note(&mut grades, file, said);
    }
    left_out.tell(&mut grades, file);
    axes.tell(&mut grades, file);
    Ok(grades)
}

/// The responses of a flat record, whose values, users and statuses are lists of the same length.
fn flat<'a>(
    record: &'a Map<String, Value>,
    grades: &Grades,
    at: usize,
) -> Result<Vec<Response<'a>>, Error> {
    let mut responses = Vec::new();
    for field in record.keys() {
        let Some(question) = field.strip_suffix(RESPONSES) else { continue };
        let values = list(record, field);
        let [users, statuses] =
            ["users", "status"].map(|of| list(record, &format!("{field}.{of}")));
        for (of, found) in [("users", users), ("status", statuses)] {
            if found.len() != values.len() {
                let (field, found) = (format!("{field}.{of}"), format!("{} values", found.len()));
                let expected = format!("{}, one for each response", values.len());
                return Err(grades.refuse(at, &field, found, expected));
            }
        }
        let each = values.iter().zip(users).zip(statuses);
        responses.extend(each.map(|((value, user), status)| Response {
            question,
            user: Some(user),
            value,
            status: Some(status.as_str().unwrap_or("null")),
        }));
    }
    Ok(responses)
}

fn list<'a>(record: &'a Map<String, Value>, field: &str) -> &'a [Value] {
    record.get(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The responses of a nested record.
fn nested(record: &Map<String, Value>) -> impl Iterator<Item = Response<'_>> {
    let questions = record.get("responses").and_then(Value::as_object).into_iter().flatten();
    questions.flat_map(|(question, given)| {
        let given = given.as_array().into_iter().flatten();
        given.map(move |one| Response {
            question,
            user: one.get("user_id"),
            value: one.get("value").unwrap_or(&Value::Null),
            status: None,
        })
    })
}

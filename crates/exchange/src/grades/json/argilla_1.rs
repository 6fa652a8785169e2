//! Records of Argilla 1 (argilla 1.29, `FeedbackDataset.format_as("datasets")`): each question is a
//! field with a list of `{user_id, value, status}`, beside `q-suggestion` and `external_id`.

use super::{Axes, LeftOut, name, note, single};
use crate::Error;
use crate::door::Records;
use crate::grades::{GivenGrade, Grades, Layout};
use serde_json::{Map, Value};
use std::path::Path;

const NOUN: &str = "records of Argilla with lists of `user_id`, `value` and `status`";

/// Whether the records that begin like this are Argilla's.
pub(in crate::grades) fn is(head: &[Value]) -> bool {
    let fields = head.iter().filter_map(Value::as_object).flat_map(Map::values);
    let mut given = fields.filter_map(Value::as_array).flatten();
    given.any(|one| ["user_id", "value", "status"].iter().all(|name| one.get(name).is_some()))
}

/// Reads the submitted responses.
pub(in crate::grades) fn read(file: &Path, records: &Records) -> Result<Grades, Error> {
    let mut grades = Grades::new(file, Layout::Argilla, records.unit());
    let (mut left_out, mut axes) = (LeftOut::default(), Axes::default());
    let mut unnamed = false;
    records.each(file, NOUN, |at, record: Map<String, Value>| {
        let item = name(record.get("external_id")).unwrap_or_else(|| {
            unnamed = true;
            format!("record {at}")
        });
        for (question, given) in &record {
            let suggests = question.ends_with("-suggestion") && !given.is_null();
            left_out.add("suggestions", usize::from(suggests));
            for one in given.as_array().into_iter().flatten() {
                let (Some(user), Some(status)) = (one.get("user_id"), one.get("status")) else {
                    continue;
                };
                let status = status.as_str().unwrap_or("null");
                if status != "submitted" {
                    left_out.add(format!("responses with the status {status}"), 1);
                    continue;
                }
                let Some(value) = one.get("value").and_then(single) else {
                    left_out.add("answers with several values", 1);
                    continue;
                };
                let rater = name(Some(user)).unwrap_or_default();
                let axis = axes.of(question);
                grades.add(GivenGrade { at, rater: &rater, item: &item, axis, value: &value })?;
            }
        }
        Ok(())
    })?;
    if unnamed {
        grades = grades.without_names();
        let unit = records.unit();
        note(
            &mut grades,
            file,
            &format!("records without an `external_id` are named by their {unit}"),
        );
    }
    left_out.tell(&mut grades, file);
    axes.tell(&mut grades, file);
    Ok(grades)
}

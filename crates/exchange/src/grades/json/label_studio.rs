//! Exports of Label Studio (label-studio 1.x, converter of label_studio_sdk 2): JSON, in which a task has
//! its annotations with all their results, and JSON_MIN, in which an annotation is a record and a control
//! tag a field. A control tag is an axis.

use super::{Axes, LeftOut, name, note, single};
use crate::Error;
use crate::door::Records;
use crate::grades::table::holds_no_grade;
use crate::grades::{GivenGrade, Grades, Layout};
use crate::problems::joined;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use study::ItemDesign;

const NOUN: &str = "tasks of Label Studio with `id`, `data` and `annotations`";
const NOUN_MIN: &str = "annotations of Label Studio with `id`, `annotator` and `annotation_id`";

/// The kinds of control tags whose result is one value.
const KINDS: [&str; 4] = ["choices", "rating", "number", "taxonomy"];

/// Fields of a task's data that name its item, the first before the others.
const ITEM: [&str; 8] =
    ["blind_id", "item", "item_id", "response_id", "sample_id", "record_id", "case_id", "id"];

/// The same of its scenario and its model.
const PLACE: [&str; 4] = ["scenario", "scenario_id", "model", "model_id"];

/// Longer values are no choices.
const LONGEST: usize = 60;

#[derive(Deserialize)]
struct Task {
    id: Option<Value>,
    #[serde(default)]
    data: Map<String, Value>,
    annotations: Vec<Annotation>,
    drafts: Option<Vec<IgnoredAny>>,
    predictions: Option<Vec<IgnoredAny>>,
}

#[derive(Deserialize)]
struct Annotation {
    completed_by: Option<Value>,
    #[serde(default)]
    was_cancelled: bool,
    #[serde(default)]
    ground_truth: bool,
    result: Option<Vec<Answer>>,
}

/// What was given with one control tag. Relations between regions have no tag.
#[derive(Deserialize)]
struct Answer {
    from_name: Option<String>,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    value: Value,
}

/// The grades of one rater for a task.
struct Annotated {
    at: usize,
    task: TaskNames,
    rater: String,
    grades: Vec<(String, String)>,
}

/// How a task may be called, and where it is in a design.
#[derive(Clone)]
struct TaskNames {
    id: String,
    names: [Option<String>; ITEM.len()],
    design: Option<ItemDesign>,
}

/// Whether the records that begin like this are tasks with annotations.
pub(in crate::grades) fn is(head: &[Value]) -> bool {
    let is_task = |task: &Value| {
        task.get("annotations").is_some_and(Value::is_array)
            && task.get("data").is_some_and(Value::is_object)
    };
    !head.is_empty() && head.iter().all(is_task)
}

/// Whether the records that begin like this are annotations, as in JSON_MIN.
pub(in crate::grades) fn is_min(head: &[Value]) -> bool {
    let has = |name: &str| head.iter().all(|record| record.get(name).is_some());
    !head.is_empty() && has("annotator") && has("annotation_id")
}

/// Reads an export as JSON.
pub(in crate::grades) fn read(file: &Path, records: &Records) -> Result<Grades, Error> {
    let mut all = Vec::new();
    let (mut left_out, mut truths) = (LeftOut::default(), 0);
    records.each(file, NOUN, |at, task: Task| {
        left_out.add("predictions", task.predictions.map_or(0, |all| all.len()));
        left_out.add("drafts", task.drafts.map_or(0, |all| all.len()));
        let named = TaskNames::of(task.id.as_ref(), &task.data);
        for annotation in task.annotations {
            if annotation.was_cancelled {
                left_out.add("cancelled annotations", 1);
                continue;
            }
            truths += usize::from(annotation.ground_truth);
            let rater = rater(annotation.completed_by.as_ref());
            let grades =
                annotation.result.iter().flatten().filter_map(|answer| answer.grade(&mut left_out));
            all.push(Annotated { at, task: named.clone(), rater, grades: grades.collect() });
        }
        Ok(())
    })?;
    let mut grades = fill(file, records, &all)?;
    left_out.tell(&mut grades, file);
    if truths > 0 {
        let said = format!(
            "annotations marked as ground truth ({truths}) were read as those of their raters"
        );
        note(&mut grades, file, &said);
    }
    Ok(grades)
}

/// Reads an export as JSON_MIN. The fields of a task's data come before `id`, the control tags behind it. Where
/// `id` comes first the order is lost, and data are known by their names.
pub(in crate::grades) fn read_min(file: &Path, records: &Records) -> Result<Grades, Error> {
    let mut all = Vec::new();
    let mut axes = BTreeSet::new();
    let (mut left_out, mut data) = (LeftOut::default(), BTreeSet::<String>::new());
    let mut certain = BTreeSet::<String>::new();
    records.each(file, NOUN_MIN, |_, fields: Map<String, Value>| {
        let results = fields.into_iter().filter(|(_, value)| is_result(value));
        certain.extend(results.map(|(name, _)| name));
        Ok(())
    })?;
    records.each(file, NOUN_MIN, |at, fields: Map<String, Value>| {
        let in_order = fields.keys().next().is_some_and(|first| first != "id");
        let tags = fields.iter().skip_while(|(name, _)| *name != "id").skip(1);
        let tags = tags.take_while(|(name, _)| *name != "annotator");
        let mut grades = Vec::new();
        for (tag, value) in tags {
            if !in_order && holds_no_grade(tag) && !certain.contains(tag) {
                // What names the item is read, and a text is no choice.
                if !is_of_task(tag) && min_value(value).is_some_and(|text| text.len() <= LONGEST) {
                    data.insert(tag.clone());
                }
                continue;
            }
            match min_value(value) {
                Some(value) => {
                    axes.insert(tag.clone());
                    grades.push((tag.clone(), value));
                }
                None => {
                    left_out.add(format!("values of `{tag}` that are not one choice or number"), 1)
                }
            }
        }
        // The task's own id has taken the place of one in its data.
        let mut task = TaskNames::of(fields.get("id"), &fields);
        task.names[ITEM.len() - 1] = None;
        all.push(Annotated { at, task, rater: rater(fields.get("annotator")), grades });
        Ok(())
    })?;
    let mut grades = fill(file, records, &all)?;
    left_out.tell(&mut grades, file);
    let quoted = |name: &String| format!("`{name}`");
    let axes: Vec<String> = axes.iter().map(quoted).collect();
    if !axes.is_empty() {
        let said = format!("the fields behind `id` were read as control tags: {}", joined(&axes));
        note(&mut grades, file, &said);
    }
    if !data.is_empty() {
        let data: Vec<String> = data.iter().map(quoted).collect();
        let said = format!(
            "by their names these fields were taken for data of the tasks, and not for control tags: {}. JSON_MIN does \
             not say which they are where `id` comes first; if one is a control tag, export as JSON, which does",
            joined(&data)
        );
        note(&mut grades, file, &said);
    }
    Ok(grades)
}

/// The list of grades by which an item is called as its tasks allow.
fn fill(file: &Path, records: &Records, all: &[Annotated]) -> Result<Grades, Error> {
    let mut grades = Grades::new(file, Layout::LabelStudio, records.unit());
    let mut axes = Axes::default();
    let field = item_field(all);
    for Annotated { at, task, rater, grades: given } in all {
        let item = field.and_then(|field| task.names[field].as_ref()).unwrap_or(&task.id);
        for (axis, value) in given {
            grades.add(GivenGrade { at: *at, rater, item, axis: axes.of(axis), value })?;
        }
        if let Some(design) = task.design.clone().filter(|_| !given.is_empty()) {
            grades.set_design(item, design);
        }
    }
    let source = match field {
        Some(field) => format!("the field `{}` of their data", ITEM[field]),
        None => "the task's `id`".to_owned(),
    };
    note(&mut grades, file, &format!("items are named by {source}"));
    axes.tell(&mut grades, file);
    Ok(grades)
}

/// The field of the data that every task has, and no two tasks with the same name.
fn item_field(all: &[Annotated]) -> Option<usize> {
    (0..ITEM.len()).find(|field| !all.is_empty() && names_tasks(all, *field))
}

fn names_tasks(all: &[Annotated], field: usize) -> bool {
    let mut tasks: BTreeMap<&str, &str> = BTreeMap::new();
    for Annotated { task, .. } in all {
        let Some(name) = &task.names[field] else { return false };
        if *tasks.entry(name).or_insert(&task.id) != task.id {
            return false;
        }
    }
    true
}

impl TaskNames {
    fn of(id: Option<&Value>, data: &Map<String, Value>) -> Self {
        let text = |field: &str| name(data.get(field));
        let [scenario, scenario_id, model, model_id] = PLACE.map(text);
        let (scenario, model) = (scenario.or(scenario_id), model.or(model_id));
        let design =
            scenario.map(|scenario| ItemDesign { scenario, model, ..ItemDesign::default() });
        Self { id: name(id).unwrap_or_default(), names: ITEM.map(text), design }
    }
}

impl Answer {
    /// The tag and the one value given with it.
    fn grade(&self, left_out: &mut LeftOut) -> Option<(String, String)> {
        let given = self.value.get(&self.kind).filter(|_| KINDS.contains(&self.kind.as_str()));
        let (Some(tag), Some(given)) = (&self.from_name, given) else {
            left_out.add(format!("results of the type {}", self.kind), 1);
            return None;
        };
        let value = one_value(given);
        left_out.add("answers with several choices", usize::from(value.is_none()));
        Some((tag.clone(), value?))
    }
}

/// The one value of a control tag. A choice in a taxonomy is the path to it.
fn one_value(given: &Value) -> Option<String> {
    match given.as_array().map(Vec::as_slice) {
        Some([Value::Array(path)]) => {
            let path: Option<Vec<String>> = path.iter().map(super::written).collect();
            Some(path?.join(" / "))
        }
        _ => single(given),
    }
}

/// The one value in a field of JSON_MIN: a choice alone, or a list with a result.
fn min_value(value: &Value) -> Option<String> {
    match value.as_array().map(Vec::as_slice) {
        Some([Value::Object(result)]) => {
            KINDS.iter().find_map(|kind| one_value(result.get(*kind)?))
        }
        Some(_) => None,
        None => super::written(value),
    }
}

/// Whether a field of JSON_MIN is a control tag's for certain: data hold no results. Of several choices it is an object,
/// of a region a list of them.
fn is_result(value: &Value) -> bool {
    let holds = |value: &Value| KINDS.iter().any(|kind| value.get(*kind).is_some());
    holds(value) || value.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(holds))
}

/// Whether a field of data says which task it is.
fn is_of_task(field: &str) -> bool {
    ITEM.contains(&field) || PLACE.contains(&field)
}

/// The annotator's email where it is there, else the id.
fn rater(by: Option<&Value>) -> String {
    let known = by.and_then(|by| name(by.get("email")).or_else(|| name(by.get("id"))));
    known.or_else(|| name(by)).unwrap_or_default()
}

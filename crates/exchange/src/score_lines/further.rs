//! Grades on axes that are none of the two, whose scales a score file does not say.

use crate::door::plain;
use crate::grades::{SuggestedScale, harm_axis, holds_no_grade};
use crate::score_source::whole_number;
use crate::{Error, Spot};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The numbers that a field of any name may hold to be a grade.
const GRADES: std::ops::RangeInclusive<i64> = -1..=10;

/// Numbers that a run or its text leaves behind.
const OF_RUN: [&str; 20] = [
    "latency",
    "cost",
    "price",
    "temperature",
    "topp",
    "topk",
    "turns",
    "retries",
    "attempts",
    "tokens",
    "words",
    "characters",
    "length",
    "chars",
    "step",
    "version",
    "rank",
    "order",
    "row",
    "line",
];

/// Whether a field is one of those, or begins or ends like them, as `output_tokens` and `latency_s` do.
fn is_of_run(field: &str) -> bool {
    let field = field.to_lowercase();
    let words = || field.split(|sign: char| !sign.is_alphanumeric());
    let whole = plain(&field);
    OF_RUN.iter().any(|name| whole == *name || words().any(|word| word == *name))
}

/// A grade on such an axis.
#[derive(Clone, Debug)]
pub(super) struct FurtherGrade {
    pub(super) at: Spot,
    pub(super) item: String,
    pub(super) field: String,
    pub(super) axis: String,
    pub(super) text: String,
}

/// The axis on which the numbers of a `field` are grades, by its name.
pub(super) fn axis_of(field: &str) -> Option<&str> {
    let named = || field.strip_suffix("_harm").or_else(|| field.strip_suffix("_score"));
    harm_axis(field).or_else(named).filter(|axis| !axis.is_empty())
}

/// Fields of other names, which are grades where a file has no others.
#[derive(Default)]
pub(super) struct PlainFields {
    grades: Vec<FurtherGrade>,
    /// Those that hold something else as well.
    others: BTreeSet<String>,
}

impl PlainFields {
    /// Notes the numbers among the `fields` of a line. Whether one of them may be a grade.
    pub(super) fn add(&mut self, at: &Spot, item: &str, fields: &BTreeMap<String, Value>) -> bool {
        let free = fields.iter().filter(|(field, value)| {
            axis_of(field).is_none()
                && !holds_no_grade(field)
                && !is_of_run(field)
                && value.is_number()
        });
        let before = self.grades.len();
        for (field, value) in free {
            let text = value.to_string();
            if !whole_number(&text).is_some_and(|number| GRADES.contains(&number)) {
                self.others.insert(field.clone());
                continue;
            }
            let (at, item, axis) = (at.clone(), item.to_owned(), field.clone());
            self.grades.push(FurtherGrade { at, item, field: field.clone(), axis, text });
        }
        self.grades.len() > before
    }

    /// The grades in fields that hold nothing else.
    pub(super) fn grades(self) -> Vec<FurtherGrade> {
        let Self { mut grades, others } = self;
        grades.retain(|grade| !others.contains(&grade.field));
        grades
    }
}

/// Says what the further axes need.
pub(super) fn notes(file: &Path, further: &[FurtherGrade]) -> Vec<String> {
    let axes: BTreeSet<_> = further.iter().map(|grade| (&grade.field, &grade.axis)).collect();
    let said = |(field, axis)| {
        format!(
            "{}: `{field}` is read as the axis `{axis}` where its scale is given, as in --scale \
             {axis}=LOWEST..HIGHEST.",
            file.display()
        )
    };
    axes.into_iter().map(said).collect()
}

/// What the scale of `axis` could be.
pub(super) fn suggested(further: &[FurtherGrade], axis: &str) -> Option<SuggestedScale> {
    let values = further.iter().filter(|grade| grade.axis == axis).map(|grade| &*grade.text);
    // A judge writes -1 where its answer could not be read.
    let values: BTreeSet<&str> = values.filter(|value| *value != "-1").collect();
    SuggestedScale::of(&values.into_iter().collect::<Vec<_>>())
}

/// What is wrong where every axis lacks its scale.
pub(super) fn no_scale(file: &Path, further: &[FurtherGrade]) -> Option<Error> {
    let first = further.first()?;
    let advice = suggested(further, &first.axis).map(|scale| scale.advice(&first.axis));
    let found = format!("`{}`, an axis without a scale", first.axis);
    let advice = advice.unwrap_or_else(|| format!("Give --scale {}=LOWEST..HIGHEST", first.axis));
    let expected = format!("one. The file does not say which grades exist. {advice}");
    Some(Error::field(file, first.at.clone(), "axis", found, expected))
}

//! Grades on axes that are none of the two, whose scales a score file does not say.

use crate::command_line::{map_option, quoted};
use crate::door::plain;
use crate::grades::{SuggestedScale, harm_axis, holds_no_grade};
use crate::problems::clipped;
use crate::score_source::whole_number;
use crate::{Error, Spot, first_few};
use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
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
    /// Those that hold another number as well, with the first of these.
    others: IndexMap<String, (Spot, String)>,
}

impl PlainFields {
    /// Notes the numbers among the `fields` of a line. Where none of them may be a grade, the first that is another number.
    pub(super) fn add(
        &mut self,
        at: &Spot,
        item: &str,
        fields: &Map<String, Value>,
    ) -> Result<(), Option<(String, String)>> {
        let free = fields.iter().filter(|(field, value)| {
            axis_of(field).is_none()
                && !holds_no_grade(field)
                && !is_of_run(field)
                && value.is_number()
        });
        let (before, mut other) = (self.grades.len(), None);
        for (field, value) in free {
            let text = value.to_string();
            if !whole_number(&text).is_some_and(|number| GRADES.contains(&number)) {
                other.get_or_insert_with(|| (field.clone(), text.clone()));
                self.others.entry(field.clone()).or_insert_with(|| (at.clone(), text));
                continue;
            }
            let (at, item, axis) = (at.clone(), item.to_owned(), field.clone());
            self.grades.push(FurtherGrade { at, item, field: field.clone(), axis, text });
        }
        if self.grades.len() > before { Ok(()) } else { Err(other) }
    }

    /// The grades in fields that hold nothing else.
    pub(super) fn grades(&self) -> Vec<FurtherGrade> {
        let is_plain = |grade: &&FurtherGrade| !self.others.contains_key(&grade.field);
        self.grades.iter().filter(is_plain).cloned().collect()
    }

    /// The fields that hold grades and another number, each with the first of these and its place.
    pub(super) fn mixed(&self) -> Vec<(&str, String)> {
        let graded: BTreeSet<&str> = self.grades.iter().map(|grade| &*grade.field).collect();
        let mixed = self.others.iter().filter(|(field, _)| graded.contains(field.as_str()));
        mixed.map(|(field, (at, text))| (field.as_str(), format!("{text}{at}"))).collect()
    }
}

/// So many of these have their scale proposed.
const PROPOSED: usize = 8;

/// Says which fields are no axes for one number in them.
pub(super) fn mixed_note(file: &Path, mixed: &[(&str, String)]) -> Option<String> {
    let fields: Vec<&str> = mixed.iter().map(|(field, _)| *field).take(PROPOSED).collect();
    if fields.is_empty() {
        return None;
    }
    let scale =
        |field: &&str| format!("--scale {}", quoted(&format!("{}=0,0.5,1,…", clipped(field))));
    let scales: Vec<String> = fields.iter().map(scale).collect();
    // Several columns are axes where the rater is said.
    let rater = if fields.len() > 1 { " --map rater=:" } else { "" };
    let named: Vec<String> =
        mixed.iter().map(|(field, found)| format!("`{field}` ({found})")).collect();
    let holds = if mixed.len() == 1 { "it holds" } else { "they hold" };
    Some(format!(
        "{}: not read as grades, because {holds} a number that is no whole one from {} to {}: {}. Where grades have \
         decimals, say which field holds them and give every step: {}{rater} {}",
        file.display(),
        GRADES.start(),
        GRADES.end(),
        first_few(&named),
        map_option("value", &fields),
        scales.join(" ")
    ))
}

/// Says what the further axes need.
pub(super) fn notes(file: &Path, further: &[FurtherGrade]) -> Vec<String> {
    let axes: IndexSet<_> = further.iter().map(|grade| (&grade.field, &grade.axis)).collect();
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
    let axes: IndexSet<&str> = further.iter().map(|grade| &*grade.axis).collect();
    let others: Vec<&str> = axes.into_iter().skip(1).collect();
    let advice = suggested(further, &first.axis).map(|scale| scale.advice(&first.axis));
    let found = format!("`{}`, an axis without a scale", first.axis);
    let advice = advice.unwrap_or_else(|| format!("Give --scale {}=LOWEST..HIGHEST", first.axis));
    let expected = format!(
        "one. The file does not say which grades exist. {advice}{}",
        SuggestedScale::of_others(&others, |axis| suggested(further, axis))
    );
    Some(Error::field(file, first.at.clone(), "axis", found, expected))
}

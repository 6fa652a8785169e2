//! The calibration file: responses to rate before the study, with the grades that were agreed on.

use crate::Error;
use crate::door::read_document;
use crate::envelope::{Format, parse_object_line};
use crate::file::BY_HAND;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::path::Path;
use study::{
    BlindedResponse, BlindedScenario, CalibrationItem, Grade, Prompt, Rubric, check_shared_grades,
};

const CALIBRATION: Format = Format { name: "calibration", version: 2 };

/// Has no conversations.
const FIRST_VERSION: u32 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read<'a> {
    #[serde(rename = "format")]
    _format: IgnoredAny,
    #[serde(borrow)]
    items: Vec<&'a RawValue>,
}

/// As written: numbers keep their place in the file, so that a wrong one can be shown there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item<'a> {
    scenario: Asked,
    response: String,
    #[serde(default)]
    filtered: bool,
    #[serde(borrow)]
    shared_grades: BTreeMap<String, &'a RawValue>,
    discussion: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    #[serde(default)]
    system_prompt: String,
    prompt: Prompt,
    reference_answer: String,
    #[serde(default)]
    critical_actions: Vec<String>,
    #[serde(default)]
    commission_risks: Vec<String>,
}

/// Reads calibration items, in the order of rating; their grades must be levels of `rubric`.
pub fn read_calibration(file: &Path, rubric: &Rubric) -> Result<Vec<CalibrationItem>, Error> {
    let text = read_document(file, BY_HAND, CALIBRATION.noun())?;
    let format = CALIBRATION.as_in(&text, FIRST_VERSION);
    let read: Read = format.parse(file, &text)?;
    if read.items.is_empty() {
        return Err(Error::field(file, "", "items", "none", "at least one item"));
    }
    let items = read.items.iter().enumerate();
    let items = items.map(|(place, item)| read_item(file, &text, place, item.get(), rubric));
    let items: Vec<CalibrationItem> = items.collect::<Result<_, _>>()?;
    if items.iter().any(|item| item.scenario.prompt.turns().is_some()) {
        format.refuse_below(CALIBRATION.version, file)?;
    }
    Ok(items)
}

fn read_item(
    file: &Path,
    text: &str,
    place: usize,
    item: &str,
    rubric: &Rubric,
) -> Result<CalibrationItem, Error> {
    let line = line_of(text, item);
    let read: Item = parse_object_line(file, item, "a calibration item", line - 1)?;
    let at = |line| format!(", item {} (line {line})", place + 1);
    if let Some((found, expected)) = read.scenario.prompt.missing() {
        return Err(Error::field(file, at(line), "scenario.prompt", found, expected));
    }
    for (field, value) in [
        ("scenario.reference_answer", &read.scenario.reference_answer),
        ("discussion", &read.discussion),
    ] {
        if value.trim().is_empty() {
            return Err(Error::field(file, at(line), field, "nothing", "a text"));
        }
    }
    let mut shared_grades = BTreeMap::new();
    for (axis, written) in &read.shared_grades {
        let grade: Grade = serde_json::from_str(written.get()).map_err(|_| {
            let (place, field) =
                (at(line_of(text, written.get())), format!("shared_grades.{axis}"));
            Error::field(file, place, field, format!("`{}`", written.get()), "a whole number")
        })?;
        shared_grades.insert(axis.clone(), grade);
    }
    check_shared_grades(&shared_grades, rubric).map_err(|why| {
        let line = read.shared_grades.get(&why.axis).map_or(line, |at| line_of(text, at.get()));
        let field = format!("shared_grades.{}", why.axis);
        Error::field(file, at(line), field, why.found, why.expected)
    })?;
    let id = CalibrationItem::name(place);
    Ok(CalibrationItem {
        scenario: BlindedScenario {
            id: id.as_str().into(),
            system_prompt: read.scenario.system_prompt,
            prompt: read.scenario.prompt,
            reference_answer: read.scenario.reference_answer,
            critical_actions: read.scenario.critical_actions,
            commission_risks: read.scenario.commission_risks,
        },
        response: BlindedResponse { text: read.response, filtered: read.filtered },
        id,
        shared_grades,
        discussion: read.discussion,
    })
}

/// The line on which `part`, a piece of `text`, begins, from 1.
fn line_of(text: &str, part: &str) -> usize {
    let before = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    1 + text.bytes().take(before).filter(|byte| *byte == b'\n').count()
}

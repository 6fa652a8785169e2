//! Label Studio, written: tasks to import, and the labelling configuration that they fit. A control per
//! axis has the axis's name, and a choice is exported as its grade.
//!
//! By the guide's "Import pre-annotated data" and the tags `Choices`, `Choice` and `Text`; checked with
//! label-studio-sdk 2.1, which Label Studio validates imports by.

use crate::{Error, ItemTexts};
use quick_xml::Writer;
use serde::Serialize;
use std::io;
use std::path::Path;
use study::{Axis, RaterScores, Rubric, Score};

/// A rater's grades, under the name that they have in a task.
#[derive(Clone, Copy, Debug)]
pub struct RatedBy<'a> {
    /// The rater.
    pub label: &'a str,
    /// What they gave.
    pub scores: &'a RaterScores,
}

#[derive(Serialize)]
struct Task<'a> {
    data: ItemTexts<'a>,
    predictions: Vec<Prediction<'a>>,
}

/// What a rater gave to an item. It is no annotation: those need an account at Label Studio.
#[derive(Serialize)]
struct Prediction<'a> {
    model_version: &'a str,
    result: Vec<Chosen<'a>>,
}

#[derive(Serialize)]
struct Chosen<'a> {
    id: String,
    from_name: &'a str,
    to_name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    value: Choices,
}

#[derive(Serialize)]
struct Choices {
    choices: [String; 1],
}

/// A task for each of `items`, with what each of `raters` gave.
pub fn encode_label_studio_tasks<'a>(
    rubric: &'a Rubric,
    items: &[ItemTexts<'a>],
    raters: &[RatedBy<'a>],
) -> Result<String, Error> {
    let prediction = |rater: &RatedBy<'a>, item: &ItemTexts<'_>| Prediction {
        model_version: rater.label,
        result: rubric.axes.iter().filter_map(|axis| chosen(rater, item, axis, rubric)).collect(),
    };
    let task = |item: &ItemTexts<'a>| {
        let predictions = raters.iter().map(|rater| prediction(rater, item));
        let predictions = predictions.filter(|prediction| !prediction.result.is_empty());
        Task { data: item.without_turns(), predictions: predictions.collect() }
    };
    let tasks: Vec<Task<'_>> = items.iter().map(task).collect();
    serde_json::to_string_pretty(&tasks)
        .map_err(|error| Error::inconsistent(Path::new("label_studio.json"), error))
}

/// The choice on `axis`, where there is one.
fn chosen<'a>(
    rater: &RatedBy<'_>,
    item: &ItemTexts<'_>,
    axis: &'a Axis,
    rubric: &Rubric,
) -> Option<Chosen<'a>> {
    let Score::Grade(grade) = rater.scores.score(item.item.as_str(), &axis.id) else { return None };
    Some(Chosen {
        id: format!("{}-{}", rater.label, axis.id),
        from_name: &axis.id,
        to_name: object("response", rubric),
        kind: "choices",
        value: Choices { choices: [grade.to_string()] },
    })
}

/// The labelling configuration: the texts that a rater needs, and each axis as a choice.
pub fn encode_label_studio_config(
    rubric: &Rubric,
    items: &[ItemTexts<'_>],
) -> Result<String, Error> {
    let failed =
        |error: &dyn std::fmt::Display| Error::inconsistent(Path::new("label_studio.xml"), error);
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    write_view(&mut writer, rubric, items).map_err(|error| failed(&error))?;
    String::from_utf8(writer.into_inner()).map_err(|error| failed(&error))
}

type Xml = Writer<Vec<u8>>;

fn write_view(writer: &mut Xml, rubric: &Rubric, items: &[ItemTexts<'_>]) -> io::Result<()> {
    let has_system_prompt = items.iter().any(|item| !item.system_prompt.is_empty());
    let texts = [
        ("Before the prompt", "system_prompt", has_system_prompt),
        ("Prompt", "prompt", true),
        ("Reference answer", "reference_answer", true),
        ("Response", "response", true),
    ];
    writer.create_element("View").write_inner_content(|writer| {
        for (heading, field, _) in texts.into_iter().filter(|(_, _, shown)| *shown) {
            write_heading(writer, heading)?;
            writer
                .create_element("Text")
                .with_attribute(("name", object(field, rubric).as_str()))
                .with_attribute(("value", format!("${field}").as_str()))
                .write_empty()?;
        }
        rubric.axes.iter().try_for_each(|axis| write_axis(writer, axis, rubric))
    })?;
    Ok(())
}

fn write_heading(writer: &mut Xml, text: &str) -> io::Result<()> {
    writer.create_element("Header").with_attribute(("value", text)).write_empty()?;
    Ok(())
}

fn write_axis(writer: &mut Xml, axis: &Axis, rubric: &Rubric) -> io::Result<()> {
    write_heading(writer, &format!("{}: {}", axis.label, axis.question))?;
    writer
        .create_element("Choices")
        .with_attribute(("name", axis.id.as_str()))
        .with_attribute(("toName", object("response", rubric).as_str()))
        .with_attribute(("choice", "single"))
        .with_attribute(("required", "true"))
        .write_inner_content(|writer| {
            axis.levels.iter().try_for_each(|level| {
                // The alias is what is exported; the value is what is shown.
                writer
                    .create_element("Choice")
                    .with_attribute(("value", format!("{} {}", level.grade, level.label).as_str()))
                    .with_attribute(("alias", level.grade.to_string().as_str()))
                    .with_attribute(("hint", level.anchor.as_str()))
                    .write_empty()
                    .map(drop)
            })
        })?;
    Ok(())
}

/// The name of the text that shows `field`, which no axis may have too.
fn object(field: &str, rubric: &Rubric) -> String {
    let mut name = field.to_owned();
    while rubric.axis(&name).is_some() {
        name.push('_');
    }
    name
}

//! Logs of Inspect (inspect_ai 0.3.285, log version 2): a `.json` document, or an `.eval` archive with
//! `header.json` and a member per sample. A scorer is a rater, and a sample is an item; a value that is an
//! object has an axis for each field. Scores that were edited have the last value in `value`, and the
//! earlier ones in `history`. Reductions over epochs are computed from the scores and not read.

use super::{Axes, LeftOut, ONE_AXIS, name, note, written};
use crate::door::Archive;
use crate::grades::{GivenGrade, Grades, Layout};
use crate::{Error, parse_json};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use study::ItemDesign;

const NOUN: &str = "a log of Inspect with `eval`, `status` and `samples`";

#[derive(Deserialize)]
struct Header {
    eval: Eval,
    /// Absent where the run broke off before its log was finished.
    status: Option<String>,
}

#[derive(Deserialize)]
struct Eval {
    model: String,
}

#[derive(Deserialize)]
struct Samples {
    samples: Option<Vec<Sample>>,
}

#[derive(Deserialize)]
struct Sample {
    id: Value,
    epoch: u32,
    scores: Option<BTreeMap<String, Score>>,
    error: Option<IgnoredAny>,
    invalidation: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Score {
    value: Value,
}

/// Whether a document is a log.
pub(in crate::grades) fn is(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Log {
        #[serde(rename = "version")]
        _version: u32,
        #[serde(rename = "eval")]
        _eval: Eval,
        #[serde(rename = "status")]
        _status: String,
    }
    serde_json::from_str::<Log>(text).is_ok()
}

/// Reads a log that is one document.
pub(in crate::grades) fn read(file: &Path, text: &str) -> Result<Grades, Error> {
    let mut log = Log::new(file, parse_json(file, text, NOUN)?)?;
    let Samples { samples } = parse_json(file, text, NOUN)?;
    (1..).zip(samples.unwrap_or_default()).try_for_each(|(at, sample)| log.add(at, sample))?;
    Ok(log.finish())
}

/// Reads a log that is an archive. The header is written last: a run that broke off has only the start
/// of its journal.
pub(in crate::grades) fn read_archive(file: &Path, archive: &mut Archive) -> Result<Grades, Error> {
    let names = archive.names();
    let header = ["header.json", "_journal/start.json"];
    let header = header.into_iter().find(|name| names.iter().any(|member| member == name));
    let mut log = Log::new(file, archive.json(header.unwrap_or("header.json"))?)?;
    let samples =
        names.iter().filter(|name| name.starts_with("samples/") && name.ends_with(".json"));
    for (at, member) in (1..).zip(samples) {
        log.add(at, archive.json(member)?)?;
    }
    Ok(log.finish())
}

/// What is read of a log so far.
struct Log<'a> {
    file: &'a Path,
    model: String,
    grades: Grades,
    left_out: LeftOut,
    axes: Axes,
    /// Whether scores without an axis, and samples of later epochs, were there.
    single_values: bool,
    epochs: bool,
}

impl<'a> Log<'a> {
    fn new(file: &'a Path, header: Header) -> Result<Self, Error> {
        let mut grades = Grades::new(file, Layout::Inspect, "sample");
        match header.status.as_deref().unwrap_or("started") {
            "success" => {}
            "error" => {
                let expected = "a run that was completed: with an error, Inspect ends before all samples are \
                                scored. `inspect eval-retry` completes it";
                return Err(Error::field(file, "", "status", "`error`", expected));
            }
            status => note(
                &mut grades,
                file,
                &format!(
                    "the run was not completed (status `{status}`); the samples that are there were read"
                ),
            ),
        }
        Ok(Self {
            file,
            model: header.eval.model,
            grades,
            left_out: LeftOut::default(),
            axes: Axes::default(),
            single_values: false,
            epochs: false,
        })
    }

    fn add(&mut self, at: usize, sample: Sample) -> Result<(), Error> {
        if sample.error.is_some() || sample.invalidation.is_some() {
            let why = if sample.error.is_some() { "failed samples" } else { "invalidated samples" };
            self.left_out.add(why, 1);
            return Ok(());
        }
        let scores = sample.scores.unwrap_or_default();
        if scores.is_empty() {
            self.left_out.add("samples without a score", 1);
            return Ok(());
        }
        let scenario = name(Some(&sample.id)).unwrap_or_default();
        let item = match sample.epoch {
            0 | 1 => scenario.clone(),
            epoch => format!("{scenario}/{epoch}"),
        };
        self.epochs |= sample.epoch > 1;
        for (rater, score) in &scores {
            self.add_score(at, rater, &item, &score.value)?;
        }
        let model = Some(self.model.clone());
        self.grades.set_design(&item, ItemDesign { scenario, model, ..ItemDesign::default() });
        Ok(())
    }

    fn add_score(
        &mut self,
        at: usize,
        rater: &str,
        item: &str,
        value: &Value,
    ) -> Result<(), Error> {
        let on_axes: Vec<(&str, &Value)> = match value {
            Value::Object(axes) => {
                axes.iter().map(|(axis, value)| (axis.as_str(), value)).collect()
            }
            one => vec![(ONE_AXIS, one)],
        };
        self.single_values |= !value.is_object();
        for (name, value) in on_axes {
            let Some(value) = written(value) else {
                self.left_out.add("scores that are lists", 1);
                continue;
            };
            let axis = self.axes.of(name);
            self.grades.add(GivenGrade { at, rater, item, axis, value: &value })?;
        }
        Ok(())
    }

    fn finish(self) -> Grades {
        let Self { file, mut grades, left_out, axes, .. } = self;
        if self.single_values {
            let said = format!("scores that are single values are on an axis called `{ONE_AXIS}`");
            note(&mut grades, file, &said);
        }
        if self.epochs {
            let said = "samples of a later epoch are named by their id and the epoch, as in `id/2`";
            note(&mut grades, file, said);
        }
        axes.tell(&mut grades, file);
        left_out.tell(&mut grades, file);
        grades
    }
}

//! Responses while they are gathered from a file.

use super::columns::Columns;
use super::layout::Layout;
use super::prompts::Prompts;
use super::{Collected, NOUN};
use crate::problems::{first_few, plural};
use crate::{Error, Spot};
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use study::{Origin, Response};

/// What was found so far.
pub(super) struct Gathered {
    pub(super) file: PathBuf,
    pub(super) layout: Layout,
    pub(super) columns: Columns,
    /// Where each origin was found first.
    first: HashMap<Origin, usize>,
    /// How many responses of each scenario and model were numbered here.
    numbered: HashMap<(String, String), u32>,
    failed: Vec<String>,
    /// What the file is where nothing is in it, if its layout knows why.
    pub(super) without: Option<String>,
    /// What was asked; none where only responses are read.
    pub(super) prompts: Option<Prompts>,
    found: Collected,
}

/// A response as a file has it.
#[derive(Default)]
pub(super) struct Answer {
    pub(super) scenario_id: String,
    /// Nothing where the file does not say it.
    pub(super) model_id: String,
    /// None where the file does not number them: their order does.
    pub(super) rep_id: Option<u32>,
    pub(super) text: String,
    pub(super) filtered: bool,
}

impl Gathered {
    pub(super) fn new(file: &Path, layout: Layout, columns: Columns) -> Self {
        Self {
            file: file.to_owned(),
            layout,
            columns,
            first: HashMap::new(),
            numbered: HashMap::new(),
            failed: Vec::new(),
            without: None,
            prompts: None,
            found: Collected { unit: layout.unit(), ..Collected::default() },
        }
    }

    /// Adds a response, or what is wrong with it, from the place of this number.
    pub(super) fn add(&mut self, at: usize, answer: Result<Answer, Error>) {
        match answer.and_then(|answer| self.response(at, answer)) {
            Ok(response) => {
                self.first.insert(response.origin.clone(), at);
                self.found.responses.push(response);
                self.found.places.push(at);
            }
            Err(problem) => self.found.problems.push(problem),
        }
    }

    /// Adds what was asked of a scenario, from `field` in the place of this number.
    pub(super) fn ask(
        &mut self,
        at: usize,
        scenario_id: &str,
        field: &str,
        prompt: Result<Value, Error>,
    ) {
        let spot = self.spot(at);
        if let Some(prompts) = &mut self.prompts {
            prompts.add((&self.file, spot, field), scenario_id, prompt);
        }
    }

    fn response(&mut self, at: usize, answer: Answer) -> Result<Response, Error> {
        let Answer { scenario_id, model_id, rep_id, text, filtered } = answer;
        let said = |field: &str, found: String| {
            self.columns.constant(field).map_or(found, ToOwned::to_owned)
        };
        let scenario_id = said("scenario_id", scenario_id);
        let model_id = said("model_id", model_id);
        for (field, name, expected) in [
            ("scenario_id", &scenario_id, "a scenario's id"),
            (
                "model_id",
                &model_id,
                "the model's name, or one name for all responses (model_id=:NAME)",
            ),
        ] {
            if name.trim().is_empty() {
                return Err(self.refuse(at, self.columns.name(field), "nothing", expected));
            }
        }
        let rep_id =
            self.columns.rep_id.or(rep_id).unwrap_or_else(|| self.number(&scenario_id, &model_id));
        let origin = Origin { scenario_id, model_id, rep_id };
        match self.first.get(&origin) {
            None => Ok(Response { origin, text, filtered }),
            Some(first) => {
                let Origin { scenario_id, model_id, rep_id } = &origin;
                let place = match self.spot(*first) {
                    Spot::Line(line) => format!("on line {line}"),
                    place => format!("in {}", place.to_string().trim_start_matches([',', ' '])),
                };
                let found =
                    format!("{scenario_id} of {model_id}, repetition {rep_id}, again, as {place}");
                let number = self.columns.name("rep_id");
                let expected = format!("each response once, or repetitions numbered in `{number}`");
                Err(self.refuse(at, self.columns.name("scenario_id"), &found, &expected))
            }
        }
    }

    fn number(&mut self, scenario_id: &str, model_id: &str) -> u32 {
        let key = (scenario_id.to_owned(), model_id.to_owned());
        let next = self.numbered.entry(key).or_default();
        *next += 1;
        *next - 1
    }

    /// What is wrong with a field in the place of this number.
    pub(super) fn refuse(&self, at: usize, field: &str, found: &str, expected: &str) -> Error {
        Error::field(&self.file, self.spot(at), field, found, expected)
    }

    fn spot(&self, at: usize) -> Spot {
        Spot::number(self.layout.part(), at)
    }

    /// Leaves out one for which no response arrived.
    pub(super) fn leave_out(&mut self, name: impl Into<String>) {
        self.failed.push(name.into());
    }

    /// Keeps something to know of how the file was read.
    pub(super) fn note(&mut self, note: impl Into<String>) {
        self.found.notes.push(note.into());
    }

    /// The same, of `count` of them where there is any.
    pub(super) fn note_count(&mut self, count: usize, one: &str, several: &str, what: &str) {
        let file = self.file.display();
        match count {
            0 => {}
            1 => self.found.notes.push(format!("{file}: 1 {one} {what}.")),
            _ => self.found.notes.push(format!("{file}: {count} {several} {what}.")),
        }
    }

    /// Whether nothing was found, right or wrong.
    pub(super) fn is_empty(&self) -> bool {
        let Collected { responses, problems, .. } = &self.found;
        responses.is_empty() && problems.is_empty() && self.failed.is_empty()
    }

    /// What is wrong with a file in which nothing was found.
    pub(super) fn without_any(&self) -> Error {
        let found = self.without.clone();
        let found = found.unwrap_or_else(|| format!("{} without a response", self.layout.name()));
        Error::field(&self.file, "", "the whole", found, NOUN)
    }

    /// Whether no response has a model's name, so that one must be given.
    pub(super) fn lacks_model(&self) -> bool {
        let lacks = |problem: &Error| matches!(problem, Error::Field { field, found, .. } if field == "model_id" && found == "nothing");
        self.found.responses.is_empty() && self.found.problems.iter().any(lacks)
    }

    /// Everything that was found.
    pub(super) fn collected(mut self) -> Collected {
        let failed = self.failed.len();
        let unit = self.layout.unit();
        let what = format!("left out, as no response arrived: {}", first_few(&self.failed));
        self.note_count(failed, unit, &plural(unit), &what);
        self.found
    }
}

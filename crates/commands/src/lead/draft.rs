//! A study before it is sealed: what the lead author has chosen so far.

mod begun_study;
mod check_study;
mod draft_file;
mod draw_sample;
mod drawing;
mod further;
mod known_contents;
mod preview_texts;
mod strangers;
mod study_form;

pub use begun_study::{
    BegunStudy, DiscardBegunStudy, KeepBegunStudy, KeptAt, ShowBegunStudy, StudyChosen, StudyKept,
};
pub(crate) use check_study::rubric_words;
pub use check_study::{CalibrationFound, CheckStudy, Counted, StudyCheck};
pub use draft_file::{ClaimedDraft, DraftFile};
pub use draw_sample::{DrawSample, SampleDrawn};
pub(crate) use drawing::Drawing;
pub use preview_texts::{FieldSeen, PreviewTexts, TextsFound, TextsPreview};
pub use study_form::{FormDesign, FormRubric, FormTake, SealBy, SealChosen, StudyForm, StudyStep};

use super::open_study::OpenStudy;
use crate::Failure;
use exchange::{Bank, Collected, Holding, Mapping};
use further::There;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use strangers::strangers;
use study::{
    At, CalibrationItem, Design, Grade, LabelError, LeakDecision, LeakDecisions, Response, Rubric,
    Sampling, check_labels,
};
use ts_rs::TS;

/// What a study is to be made of. Every step of the way is computed from it and from the files that
/// it names, so that the same draft gives the same packets.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StudyDraft {
    /// The study's name, as raters see it.
    pub title: String,
    /// The folder of scenarios, a table of them, or a log that says what was asked.
    pub scenarios: String,
    /// The file of responses.
    pub responses: String,
    /// Which columns of a table, or fields of JSON records, hold our fields of responses and scenarios, where they
    /// have other names: `field=column`, or `field=:text` where it is the same in every row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub map: Vec<String>,
    /// `gated`, `structured`, or a rubric's file.
    pub rubric: String,
    /// Whether raters see a reference answer only after they have graded every response to its scenario. A rubric's
    /// file may say so itself; further items are shown as those of their study.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(optional, as = "Option<bool>")]
    pub reference_after_rating: bool,
    /// Automated scores, for a sample that has more of the high ones.
    #[serde(default)]
    #[ts(optional)]
    pub scores: Option<String>,
    /// What raters are told before the first item, Markdown; nothing by default.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(optional, as = "Option<String>")]
    pub instructions: String,
    /// The file of calibration items, which raters rate first and which do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub calibration: Option<String>,
    /// Who rates.
    pub raters: Vec<DraftRater>,
    /// Which responses are rated; all of them by default.
    #[serde(default)]
    #[ts(optional)]
    pub sampling: Option<Sampling>,
    /// Who rates what.
    #[serde(default)]
    #[ts(optional, as = "Option<Design>")]
    pub design: Design,
    /// The seed of the sample, of identifiers, orders and the design.
    #[ts(type = "number")]
    pub seed: u64,
    /// The running study that the items are added to, its file or its folder; none for a study of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub further_to: Option<String>,
    /// What is done about words that give an origin away.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<LeakDecision>>")]
    pub decisions: Vec<LeakDecision>,
    /// The file that it was read from, for messages.
    #[serde(skip)]
    #[ts(skip)]
    pub file: Option<PathBuf>,
}

/// A rater to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DraftRater {
    /// The label under which the lead author knows the rater, and the name of the packet's file.
    pub label: String,
    /// Whether this is the lead author.
    #[serde(default)]
    pub lead: bool,
}

/// The files that a draft names, read.
pub(crate) struct Inputs {
    pub(crate) bank: Bank,
    pub(crate) responses: Vec<Response>,
    /// Where each of them is, and what such a place is called.
    pub(crate) places: Vec<usize>,
    pub(crate) unit: &'static str,
    /// What to know of how they were read.
    pub(crate) notes: Vec<String>,
    /// What must be fixed before anything is written.
    pub(crate) problems: Vec<String>,
    pub(crate) rubric: Rubric,
    pub(crate) calibration: Vec<CalibrationItem>,
    /// The study that the items are added to.
    pub(crate) running: Option<OpenStudy>,
    /// The places among `responses` of those that it has already.
    there: There,
    scores: BTreeMap<String, BTreeMap<String, Grade>>,
}

/// Rubrics that need no file.
pub(crate) const BUILT_IN: [&str; 2] = ["gated", "structured"];

impl StudyDraft {
    /// Reads the draft in `file`.
    ///
    /// # Errors
    /// With the line and the field of what is no draft's.
    pub(crate) fn open(file: &Path) -> Result<Self, Failure> {
        let noun = exchange::DRAFT;
        let text = exchange::read_document(file, exchange::COLLECTED, noun)?;
        exchange::refuse_other_format(file, &text, noun)?;
        let mut draft: Self = exchange::parse_object(file, &text, noun)?;
        draft.file = Some(file.to_owned());
        draft.check()?;
        Ok(draft)
    }

    /// Refuses a title, raters and decisions that no study can have.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if self.title.trim().is_empty() {
            let expected = "the study's name, which raters read too";
            return Err(self.wrong("title", "nothing", expected));
        }
        check_labels(&self.labels()).map_err(|LabelError { place, found, expected }| {
            self.wrong(&format!("raters[{place}].label"), &found, &expected)
        })?;
        for (field, path) in self.clone().paths() {
            if path.is_empty() {
                return Err(self.wrong(field, "nothing", "a path"));
            }
        }
        self.lead()?;
        let of_scores = self.mapping()?.only(Holding::Grades);
        if let (Some((field, _)), None) = (of_scores.iter().next(), &self.scores) {
            let found = format!("the column of `{field}`, which scores have");
            return Err(self.wrong("map", &found, "nothing of it without scores"));
        }
        self.decisions().map(|_| ())
    }

    /// What is said of the columns of responses, scenarios and scores.
    fn mapping(&self) -> Result<Mapping, Failure> {
        const ALL: [Holding; 3] = [Holding::Responses, Holding::Scenarios, Holding::Grades];
        Mapping::of(&self.map, &ALL).map_err(|(place, why)| {
            let field = format!("map[{place}]");
            self.refused_at(At::field(&field), format!("field `{field}`: {why}"))
        })
    }

    /// Refuses a draft that no study can be made of: its raters, and files that cannot be read. What is wrong
    /// with single responses is for [`CheckStudy`] to list.
    ///
    /// # Errors
    /// What is wrong first.
    pub fn check_files(&self) -> Result<(), Failure> {
        self.check()?;
        self.read().map(|_| ())
    }

    /// Refuses a path at which nothing is. The code that opens it names it, and not the draft that it is in.
    fn check_paths(&self) -> Result<(), Failure> {
        for (field, path) in self.clone().paths() {
            fs::metadata(exchange::file_of(path)).map_err(|error| match &self.file {
                Some(_) => {
                    let why = format!(
                        "field `{field}`: {path}: {}",
                        exchange::io_reason_at(Path::new(path), &error)
                    );
                    self.refused_at(At::field(field), why)
                }
                None => Failure::io(Path::new(path), &error).named_by(field),
            })?;
        }
        Ok(())
    }

    pub(crate) fn decisions(&self) -> Result<LeakDecisions, Failure> {
        LeakDecisions::new(&self.decisions).map_err(|error| self.refused(error))
    }

    /// What is wrong with the draft itself, under the name of its file where it has one.
    pub(crate) fn refused(&self, why: impl Display) -> Failure {
        self.refused_at(At::default(), why)
    }

    pub(crate) fn refused_at(&self, at: At, why: impl Display) -> Failure {
        match &self.file {
            Some(file) => {
                let file = file.display().to_string();
                let message = format!("{file}: {why}");
                Failure::refused_at(at.in_file(file), message)
            }
            None => Failure::refused_at(at, why.to_string()),
        }
    }

    pub(crate) fn wrong(&self, field: &str, found: &str, expected: &str) -> Failure {
        let at = At::field(field).of(found).expecting(expected);
        self.refused_at(at, format!("field `{field}`: found {found}; expected {expected}"))
    }

    /// Every path in it with its field, to be changed.
    pub fn paths(&mut self) -> impl Iterator<Item = (&'static str, &mut String)> {
        let rubric = Some(&mut self.rubric).filter(|rubric| !BUILT_IN.contains(&rubric.as_str()));
        [
            ("scenarios", Some(&mut self.scenarios)),
            ("responses", Some(&mut self.responses)),
            ("scores", self.scores.as_mut()),
            ("calibration", self.calibration.as_mut()),
            ("rubric", rubric),
            ("further_to", self.further_to.as_mut()),
        ]
        .into_iter()
        .filter_map(|(field, path)| Some((field, path?)))
    }

    /// Reads the files. What is wrong with single responses is listed; what makes a file useless is
    /// an error.
    pub(crate) fn read(&self) -> Result<Inputs, Failure> {
        self.check_paths()?;
        let mapping = self.mapping()?;
        let scenarios = Path::new(&self.scenarios);
        let mut bank = named_by("scenarios", exchange::read_scenarios(scenarios, &mapping))?;
        let responses = Path::new(&self.responses);
        let collected = named_by("responses", exchange::collect_responses(responses, &mapping))?;
        let mut problems = exchange::tell_kinds(&collected.problems);
        problems.extend(strangers(self, &bank, &collected.responses));
        let rubric = named_by("rubric", exchange::read_rubric(&self.rubric))?;
        let running = self.running()?;
        let after_rating = match &running {
            Some(study) => study.header.rubric.reference_after_rating,
            None => rubric.reference_after_rating || self.reference_after_rating,
        };
        let rubric = rubric.with_reference_after_rating(after_rating);
        let mut there = There::default();
        let mut notes = collected.notes.clone();
        if let Some(study) = &running {
            self.check_fits(study, &rubric)?;
            let kept = self.keep_contents(study, &mut bank.scenarios, &collected.responses)?;
            problems.extend(kept.problem);
            notes.extend(kept.note);
            there = self.there(study, &bank.scenarios, &collected)?;
            problems.extend(self.there_already(&collected, &there));
            notes.extend(self.left_out(collected.responses.len(), &there));
            notes.extend(self.known_to_lead(study, &collected, &there));
            notes.extend(self.names_sealed(study));
        }
        let scores = match &self.scores {
            Some(file) => {
                named_by("scores", read_scores(file, &mapping.only(Holding::Grades).of_one()))?
            }
            None => BTreeMap::new(),
        };
        let calibration = match &self.calibration {
            Some(file) => {
                named_by("calibration", exchange::read_calibration(Path::new(file), &rubric))?
            }
            None => Vec::new(),
        };
        let Collected { responses, places, unit, .. } = collected;
        // One file may be both.
        notes.retain(|note| !bank.notes.contains(note));
        notes.splice(0..0, bank.notes.iter().cloned());
        Ok(Inputs {
            bank,
            responses,
            places,
            unit,
            notes,
            problems,
            rubric,
            calibration,
            running,
            there,
            scores,
        })
    }

    pub(crate) fn labels(&self) -> Vec<String> {
        self.raters.iter().map(|rater| rater.label.trim().to_owned()).collect()
    }

    pub(crate) fn lead(&self) -> Result<Option<String>, Failure> {
        let mut leads = self.raters.iter().filter(|rater| rater.lead);
        match (leads.next(), leads.next()) {
            (Some(first), Some(second)) => Err(self.refused(format!(
                "raters `{}` and `{}` are both marked as the lead author; expected one at most",
                first.label, second.label
            ))),
            (lead, _) => Ok(lead.map(|rater| rater.label.trim().to_owned())),
        }
    }
}

/// What was read of the file in this field of the draft.
fn named_by<T>(field: &str, read: Result<T, impl Into<Failure>>) -> Result<T, Failure> {
    read.map_err(|error| error.into().named_by(field))
}

/// The grades of a score file, by origin and axis.
fn read_scores(
    file: &str,
    mapping: &Mapping,
) -> Result<BTreeMap<String, BTreeMap<String, Grade>>, Failure> {
    let source = exchange::ScoreSource::open_mapped(file, mapping)?;
    let harm = exchange::harm_scales();
    let is_other =
        |axis: &&str| source.grades().is_some() && harm.iter().all(|known| known.axis != *axis);
    if let Some(axis) = source.open_axes().into_iter().find(is_other) {
        return Err(Failure::refused(format!(
            "{file}: found grades on `{axis}`; expected omission or commission harm, of which more can be drawn. If \
             it is one of them, say so: --map axis=:omission"
        )));
    }
    let scores = source.scores(&harm)?;
    let grades = |on_axes: study::OnAxes<'_>| {
        let graded = on_axes.iter().filter_map(|(axis, score)| match score {
            study::Score::Grade(grade) => Some((axis.to_owned(), grade)),
            study::Score::Excluded(_) => None,
        });
        graded.collect()
    };
    Ok(scores.items.iter().map(|(item, on_axes)| (item.to_owned(), grades(on_axes))).collect())
}

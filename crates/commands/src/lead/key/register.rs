//! Registering: thresholds and batteries of hypotheses, kept with the study.

use crate::contract::Command;
use crate::lead::open_study::{OpenStudy, study_file};
use crate::{Context, Failure, StudyView};
use jiff::Timestamp;
use serde::Deserialize;
use std::path::Path;
use store::{RegisteredFile, RegisteredKind, StudyStore};
use study::{Digest, HarmRanges, Rubric};
use ts_rs::TS;

/// Keeps files of thresholds or hypotheses with a study, with an entry in its log that says whether
/// the key was open by then. A file that cannot be read, or that this study's rubric does not fit, is
/// refused, and none of those after it is kept.
#[derive(Debug, Deserialize, TS)]
pub struct RegisterFile {
    /// The study's file, or its folder.
    pub study: String,
    /// The files.
    pub files: Vec<String>,
}

impl Command for RegisterFile {
    const NAME: &'static str = "register_file";
    type Reply = StudyView;

    fn run(self, context: &mut Context) -> Result<StudyView, Failure> {
        let mut store = StudyStore::open(&study_file(&self.study))?;
        let rubric = store.study()?.rubric;
        for file in &self.files {
            let file = Path::new(file);
            let bytes = exchange::read_bytes(file, exchange::BY_HAND)?;
            let kind = kind(file, &bytes, &rubric)?;
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            store.register(kind, &name, &bytes, context.now())?;
        }
        crate::lead::show_study::view(&OpenStudy::open(&self.study)?, context.now())
    }
}

/// What the `bytes` of `file` register, if they can be read and a study by `rubric` can be held to it.
fn kind(file: &Path, bytes: &[u8], rubric: &Rubric) -> Result<RegisteredKind, Failure> {
    if exchange::is_battery(bytes) {
        let (battery, _) = exchange::decode_battery(file, bytes)?;
        exchange::check_settled(file, &battery, HarmRanges::of(rubric))?;
        return Ok(RegisteredKind::Battery);
    }
    let read = exchange::decode_thresholds(file, bytes);
    let (thresholds, _) = read.map_err(|error| match error {
        exchange::Error::WrongFormat { file, found, expected } => {
            let expected = format!("{expected} or `primum-battery/1`");
            exchange::Error::WrongFormat { file, found, expected }
        }
        exchange::Error::OtherKind { file, found, expected, .. } => {
            let expected = format!("{expected}, or a battery of hypotheses");
            let advice = "Give thresholds or a battery in JSON";
            exchange::Error::OtherKind { file, found, expected, advice }
        }
        other => other,
    })?;
    exchange::check_thresholds(file, &thresholds, rubric)?;
    Ok(RegisteredKind::Thresholds)
}

/// When a study wrote a file down, and whether its key was open by then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The file's name.
    pub name: String,
    /// When it was registered first.
    pub at: Timestamp,
    /// Whether the key was open by then.
    pub after_opening: bool,
}

/// Whether `study`, its file or folder, registered the file of this digest, and when.
///
/// # Errors
/// Where the study cannot be read.
pub fn registration(study: &str, digest: &Digest) -> Result<Option<Registration>, Failure> {
    let found = StudyStore::open(&study_file(study))?.registered(digest)?;
    Ok(found.map(|RegisteredFile { name, registered_at, after_opening, .. }| Registration {
        name,
        at: registered_at,
        after_opening,
    }))
}

/// What a report says of it: a file that a study never registered is as if it had been written today.
pub fn registration_words(registration: Option<&Registration>) -> String {
    match registration {
        None => {
            "The study did not register this file: nothing shows that it was written before the \
                 data were known."
                .into()
        }
        Some(Registration { name, at, after_opening: false }) => {
            format!("Registered as {name} at {at:.0}, before the key was opened.")
        }
        Some(Registration { name, at, after_opening: true }) => {
            format!("Registered as {name} at {at:.0}, after the key was opened.")
        }
    }
}

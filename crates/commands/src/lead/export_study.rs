//! Tables and snippets for the paper, and files for other programs.

mod answers;
mod archive;
mod codebook;
mod foreign;
mod grades;
mod log;
mod origins;
mod parquet;
mod passages;
mod snippets;
mod table;

use super::calibration;
use super::open_study::OpenStudy;
use crate::contract::Command;
use crate::given_path::given_path;
use crate::{Context, Failure};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::PathBuf;
use store::Event;
use study::Digest;
use table::Table;
use ts_rs::TS;

/// Writes a study's ratings, decisions and log for other programs.
#[derive(Debug, Deserialize, TS)]
pub struct ExportStudy {
    /// The study's file, or its folder.
    pub study: String,
    /// The folder to write to; files of the same names in it are refused.
    pub folder: String,
}

/// What was written.
#[derive(Debug, Serialize, TS)]
pub struct StudyExported {
    /// The files.
    pub files: Vec<String>,
}

/// A file of an export.
pub(crate) struct ExportFile {
    pub(crate) name: &'static str,
    /// What it is for, on the screen.
    pub(crate) use_for: &'static str,
    pub(crate) when: When,
    content: Content,
}

/// Which exports hold a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    Always,
    /// Those of studies with calibration items.
    Calibrated,
    /// Those made once the key is open.
    Opened,
}

enum Content {
    Table(fn(&OpenStudy) -> Result<Table, Failure>),
    Parquet(fn(&OpenStudy) -> Result<Table, Failure>),
    Text(fn(&OpenStudy) -> Result<String, Failure>),
}

/// Every file of an export, in the order of the screen.
pub(crate) const EXPORT_FILES: [ExportFile; 21] = [
    ExportFile {
        name: "ratings.csv",
        use_for: "One row per grade, as each rater locked it; repeats under their own item. For any statistics program.",
        when: When::Always,
        content: Content::Table(grades::ratings),
    },
    ExportFile {
        name: "ratings.parquet",
        use_for: "The same as Parquet, with a type for each column. It has a row also where there is no grade, and times, flag and reason for abstaining.",
        when: When::Always,
        content: Content::Parquet(parquet::ratings),
    },
    ExportFile {
        name: "ratings_wide.csv",
        use_for: "The grades with one row per item, and a column for each rater on each axis.",
        when: When::Always,
        content: Content::Table(grades::wide),
    },
    ExportFile {
        name: "answers.csv",
        use_for: "One row per rater and item: times, flag, reason for abstaining, and the answers beside the grades.",
        when: When::Always,
        content: Content::Table(answers::answers),
    },
    ExportFile {
        name: "notes.csv",
        use_for: "What raters wrote. Spreadsheets cut a cell at 32,767 characters.",
        when: When::Always,
        content: Content::Table(answers::notes),
    },
    ExportFile {
        name: "actions.csv",
        use_for: "One row per critical action and rater.",
        when: When::Always,
        content: Content::Table(grades::actions),
    },
    ExportFile {
        name: "passages.csv",
        use_for: "The words of responses that raters quoted for an action or marked as an error, and how grave it is.",
        when: When::Always,
        content: Content::Table(passages::passages),
    },
    ExportFile {
        name: "adjudicated.csv",
        use_for: "One grade per item and axis: decided, agreed, or empty where it is still undecided.",
        when: When::Always,
        content: Content::Table(grades::adjudicated),
    },
    ExportFile {
        name: "calibration.csv",
        use_for: "Each rater’s first grades of the calibration items beside the shared ones.",
        when: When::Calibrated,
        content: Content::Table(grades::calibrated),
    },
    ExportFile {
        name: "items.csv",
        use_for: "Where each item came from, and with what probability it was drawn. Joins the others by item.",
        when: When::Opened,
        content: Content::Table(origins::items),
    },
    ExportFile {
        name: "log.csv",
        use_for: "What happened to the study, and when: files received, raters added, the key opened.",
        when: When::Always,
        content: Content::Table(log::log),
    },
    ExportFile {
        name: codebook::NAME,
        use_for: "What each column of these tables holds: its type, its levels in order with labels, its meaning.",
        when: When::Always,
        content: Content::Table(codebook::codebook),
    },
    ExportFile {
        name: "texts.jsonl",
        use_for: "What raters read: prompt, reference answer and response, one item per line. They are not cut.",
        when: When::Always,
        content: Content::Text(answers::texts),
    },
    ExportFile {
        name: "study.json",
        use_for: "Everything: every record, decision and log entry, and the key once it is open. For the archive.",
        when: When::Always,
        content: Content::Text(archive::everything),
    },
    ExportFile {
        name: "kappa.R",
        use_for: "Reads ratings.csv and computes kappa in R, to check the figures given here.",
        when: When::Always,
        content: Content::Text(snippets::r),
    },
    ExportFile {
        name: "kappa.py",
        use_for: "The same in Python.",
        when: When::Always,
        content: Content::Text(snippets::python),
    },
    ExportFile {
        name: "label_studio.json",
        use_for: "The items as tasks for Label Studio, with each rater’s grades as a prediction.",
        when: When::Always,
        content: Content::Text(foreign::label_studio_tasks),
    },
    ExportFile {
        name: "label_studio.xml",
        use_for: "The labelling configuration for these tasks: the axes as choices.",
        when: When::Always,
        content: Content::Text(foreign::label_studio_config),
    },
    ExportFile {
        name: "redcap_dictionary.csv",
        use_for: "The rubric as a data dictionary, to collect ratings in REDCap.",
        when: When::Always,
        content: Content::Text(foreign::redcap_dictionary),
    },
    ExportFile {
        name: "inspect_scores.json",
        use_for: "Each rater’s grades as scores of the samples of an Inspect log.",
        when: When::Opened,
        content: Content::Text(origins::inspect_scores),
    },
    ExportFile {
        name: "inspect_scores.py",
        use_for: "Adds these scores to a copy of a log.",
        when: When::Opened,
        content: Content::Text(|_| Ok(exchange::INSPECT_SCRIPT.into())),
    },
];

/// The files that an export of `study` holds now.
fn written(study: &OpenStudy) -> Result<Vec<&'static ExportFile>, Failure> {
    let calibrated = !calibration::view(study)?.is_empty();
    let holds = |file: &&ExportFile| match file.when {
        When::Always => true,
        When::Calibrated => calibrated,
        When::Opened => study.key().is_some(),
    };
    Ok(EXPORT_FILES.iter().filter(holds).collect())
}

impl ExportFile {
    fn bytes(&self, study: &OpenStudy) -> Result<Vec<u8>, Failure> {
        match self.content {
            Content::Table(table) => Ok(table(study)?.csv()?.into()),
            Content::Parquet(table) => table(study)?.parquet(),
            Content::Text(text) => Ok(text(study)?.into()),
        }
    }
}

impl Command for ExportStudy {
    const NAME: &'static str = "export_study";
    type Reply = StudyExported;

    fn run(self, context: &mut Context) -> Result<StudyExported, Failure> {
        let mut study = OpenStudy::open(&self.study)?;
        let folder = given_path("folder", &self.folder)?;
        study.store.check_writable()?;
        let files = written(&study)?;
        if let Some(taken) =
            files.iter().map(|file| folder.join(file.name)).find(|file| file.exists())
        {
            return Err(Failure::refused(format!(
                "{}: already there; it was left as it is. Choose another folder.",
                taken.display()
            )));
        }
        let written = |file: &&ExportFile| Ok((folder.join(file.name), file.bytes(&study)?));
        let contents: Vec<(PathBuf, Vec<u8>)> =
            files.iter().map(written).collect::<Result<_, Failure>>()?;
        fs::create_dir_all(&folder).map_err(|error| Failure::io(&folder, &error))?;
        let whole = contents.iter().map(|(place, bytes)| (place.as_path(), bytes.as_slice()));
        exchange::write_all_new(whole)?;
        for (file, (_, bytes)) in files.iter().zip(&contents) {
            let digest = Digest::of_bytes(bytes);
            let event = Event::Exported { name: file.name.into(), digest };
            study.store.note(&event, context.now())?;
        }
        Ok(StudyExported {
            files: contents.iter().map(|(place, _)| place.display().to_string()).collect(),
        })
    }
}

//! What a file is and what can be done with it, before anything is.

mod axes;
mod next_command;
mod own;
mod scales;
mod texts;

pub use axes::AxisSeen;
use next_command::is_called_model;
pub use next_command::{OTHER_FILE, SCENARIOS, draft as draft_command};
pub use scales::{ScaleAsked, Together};

use super::reading::mappings_of_any;
use crate::columns::{SplitMap, TableOf, texts_mapping};
use crate::contract::Command;
use crate::lead::split_study;
use crate::names::count;
use crate::{Context, DraftFile, Failure, FieldSeen};
use exchange::{
    Column, Counts, Guess, Holding, Inspected, Layout, ScoreSource, first_few, name_categories,
    quoted,
};
use serde::{Deserialize, Serialize};
use std::path::Path;
use study::OMISSION_AXIS;
use ts_rs::TS;

/// What a table may hold beside grades.
const TEXTS: [TableOf; 2] = [TableOf::Responses, TableOf::Scenarios];

/// Looks into a file: ratings, scores, responses, or one of Primum's own.
#[derive(Debug, Deserialize, TS)]
pub struct InspectFile {
    /// The file; `#` and a name choose a sheet of a workbook, `@` and a name one of several raters.
    pub file: String,
    /// Columns of a table that hold our fields, as `FIELD=COLUMN`, `FIELD=COLUMN,COLUMN` or
    /// `FIELD=:CONSTANT`.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub map: Vec<String>,
}

/// What is in a file.
#[derive(Debug, Default, Serialize, TS)]
pub struct FileInspected {
    /// The file.
    pub file: String,
    /// What it is, in a few words.
    pub kind: String,
    /// Whether it is a study, which counts for all its raters.
    pub is_study: bool,
    /// Whether it holds counts of ratings, which only coefficients and plans take.
    pub is_counts: bool,
    /// What holds it: a table with its separator, JSON, a workbook.
    pub container: String,
    /// The columns of a table.
    pub columns: Vec<ColumnSeen>,
    /// Our fields that columns of grades may hold; empty where the file has no columns.
    pub fields: Vec<FieldSeen>,
    /// The raters or judges.
    pub raters: Vec<String>,
    /// How many items they graded.
    pub items: usize,
    /// Some of the items.
    pub some_items: Vec<String>,
    /// The axes, in the order of the file.
    pub axes: Vec<AxisSeen>,
    /// What to know of how it was read.
    pub notes: Vec<String>,
    /// Why there is nothing to compare in it; nothing where there is.
    #[ts(optional)]
    pub refused: Option<String>,
    /// Commands that take it, complete but for what only the person knows.
    pub next: Vec<String>,
    /// The axes whose scales those commands have to declare.
    #[serde(skip)]
    pub asked: Vec<ScaleAsked>,
    /// What was said of the columns.
    #[serde(skip)]
    pub map: Vec<String>,
    /// What texts it holds or may hold, and the columns that then have to be named.
    #[serde(skip)]
    pub texts: Vec<Guess>,
    /// Whether its name or its rater's is that of a judge.
    #[serde(skip)]
    pub is_judge: bool,
}

/// A column of a table.
#[derive(Debug, Serialize, TS)]
pub struct ColumnSeen {
    /// Its name.
    pub name: String,
    /// The first different values in it.
    pub samples: Vec<String>,
}

impl From<Column> for ColumnSeen {
    fn from(column: Column) -> Self {
        Self { name: column.name, samples: column.samples }
    }
}

impl Command for InspectFile {
    const NAME: &'static str = "inspect_file";
    type Reply = FileInspected;

    fn run(self, _: &mut Context) -> Result<FileInspected, Failure> {
        if let Some((study, _)) = split_study(&self.file) {
            return Ok(FileInspected::of_study(&self.file, study));
        }
        let said = SplitMap::of(self.map.clone(), &TEXTS)?;
        let mapping = mappings_of_any(&said.grades)?.of(&self.file);
        let of_texts = texts_mapping("map", &said.texts)?;
        let inspected = match exchange::inspect(&self.file, &mapping) {
            Err(_) if Path::new(&self.file).is_dir() => return FileInspected::folder(&self.file),
            inspected => inspected?,
        };
        let Inspected {
            format,
            container,
            columns,
            fields,
            is_key,
            notes,
            scores,
            counts,
            responses,
            guesses,
        } = inspected;
        let mut found = FileInspected {
            container,
            fields: match columns.is_empty() {
                true => Vec::new(),
                false => Holding::Grades.fields().iter().copied().map(FieldSeen::from).collect(),
            },
            columns: columns.into_iter().map(ColumnSeen::from).collect(),
            notes,
            file: self.file,
            map: self.map,
            ..FileInspected::default()
        };
        if is_key && found.map.is_empty() {
            found.key();
            return Ok(found);
        }
        if found.map.is_empty() && found.exported(&fields) {
            return Ok(found);
        }
        if !of_texts.is_empty() {
            found.mapped_texts(&of_texts);
            return Ok(found);
        }
        match (scores, format) {
            (Ok(source), _) => {
                found.take(source);
                found.propose_models();
            }
            (Err(_), Some(format)) => found.ours(&format),
            (Err(_), None) if let Some(counts) = counts => found.counts(counts),
            (Err(_), None) if responses.is_some() => {}
            (Err(why), None) if found.scenarios() => found.note_failed_run(&why),
            (Err(_), None) if DraftFile::open(Path::new(&found.file)).is_ok() => {
                found.kind = "a draft of a study".into();
                let file = quoted(&found.file);
                found.next =
                    vec![format!("primum study check {file}"), format!("primum study scan {file}")];
            }
            (Err(why), None) if found.has_no_rows() => {
                found.kind = "the names of columns, and no row below them".into();
                found.refused = Some(why.to_string());
            }
            (Err(why), None) => {
                found.next = guesses.iter().flat_map(|guess| found.guessed(guess)).collect();
                found.texts = guesses.clone();
                match texts(&guesses) {
                    Some(kind) => {
                        found.kind = format!("{kind}, in columns with other names than ours")
                    }
                    None => {
                        found.kind = "not ratings or scores in a layout that is known here".into();
                        found.refused = Some(why.to_string());
                    }
                }
            }
        }
        if let Some(preview) = responses {
            found.responses(&preview);
        }
        Ok(found)
    }
}

/// What texts a table probably holds, where a column was found for each.
fn texts(guesses: &[Guess]) -> Option<&'static str> {
    if guesses.is_empty() || !guesses.iter().all(Guess::is_complete) {
        return None;
    }
    let holding: Vec<Holding> = guesses.iter().map(|guess| guess.holding).collect();
    match holding[..] {
        [Holding::Scenarios] => Some("probably scenarios"),
        [Holding::Responses] => Some("probably responses"),
        [Holding::Scenarios, Holding::Responses] => Some("scenarios or responses"),
        _ => None,
    }
}

impl FileInspected {
    /// A study's file or folder.
    fn of_study(file: &str, study: &str) -> Self {
        let study = quoted(study);
        let next = ["show", "agree"].map(|command| format!("primum study {command} {study}"));
        Self {
            file: file.into(),
            kind: "a study".into(),
            is_study: true,
            next: next.into(),
            ..Self::default()
        }
    }

    /// Whether it is a table in which no cell is filled.
    fn has_no_rows(&self) -> bool {
        !self.columns.is_empty() && self.columns.iter().all(|column| column.samples.is_empty())
    }

    /// Ratings or scores.
    fn take(&mut self, source: ScoreSource) {
        match &source {
            ScoreSource::Ratings(ratings) => {
                let scores = ratings.rated().scores();
                self.kind = format!("a ratings file of Primum, packet {}", ratings.packet);
                self.of_scores(&scores);
                self.next.push(format!("primum study receive STUDY {}", quoted(&self.file)));
            }
            ScoreSource::Lines(lines) => {
                self.kind =
                    "scores of responses that are named by scenario, model and repetition".into();
                self.of_lines(&source, lines);
                self.note_unused(false);
                self.is_judge = true;
                let file = quoted(&self.file);
                let judge = format!("primum judge --human STUDY --judge {file}");
                self.next.push(self.command(judge));
                if self.axes.iter().any(|axis| axis.axis == OMISSION_AXIS) {
                    self.next.extend(self.findings());
                }
            }
            ScoreSource::Grades { grades, .. } => {
                self.of_grades(grades);
                self.note_unused(grades.is_mapped());
                self.is_judge = self.is_one_judge(grades.layout());
                self.next.extend(self.judge().map(|command| self.command(command)));
                if matches!(grades.layout(), Layout::Counted | Layout::Patterns) {
                    self.next.push(self.command(self.coefficients()));
                }
                let of_model = |item: &&str| {
                    grades.design_of(item).is_some_and(|design| design.model.is_some())
                };
                let harm = self.axes.iter().any(|axis| axis.axis == OMISSION_AXIS);
                if harm && grades.items().iter().any(of_model) {
                    self.next.extend(self.findings());
                }
            }
        }
        self.next.insert(0, self.command(self.agree()));
        self.keep_working(source);
    }

    /// Counts of ratings, which only some commands take.
    fn counts(&mut self, counts: Counts) {
        let raters = counts.data.raters();
        self.is_counts = true;
        self.kind = format!(
            "counts of {} by {}; categories {}",
            count(counts.data.items() as usize, "item"),
            count(raters, "rater"),
            name_categories(&counts.categories)
        );
        self.notes.extend(counts.cautions);
        let is_guessed =
            self.columns.iter().any(|column| Some(&column.name) == counts.grouped_by.as_ref());
        if let Some(name) = counts.grouped_by.as_ref().filter(|_| is_guessed) {
            self.notes.push(format!(
                "{name} seems to say which items belong together, as the other columns hold two raters' grades and how often \
                 they occur."
            ));
        }
        let by = counts.grouped_by.map(|name| format!(" --cluster {}", quoted(&name)));
        let is_grouped = by.is_some();
        self.next.push(self.command(self.coefficients() + &by.unwrap_or_default()));
        if raters == 2 && !is_grouped {
            self.next.push(self.plan());
        }
    }

    /// That the log is of a run that failed, so that it has no scores although it has scenarios.
    fn note_failed_run(&mut self, why: &exchange::Error) {
        if why.at().field.as_deref() == Some("status") {
            self.kind = format!("a log of a run that failed: {}", self.kind);
        }
    }

    /// Where raters are called as models are, one person probably graded what these answered.
    fn propose_models(&mut self) {
        let models: Vec<String> =
            self.raters.iter().filter(|name| is_called_model(name)).cloned().collect();
        let is_crossed = self.kind == Layout::Crossed.name();
        if !is_crossed || models.len() < 2 || 2 * models.len() < self.raters.len() {
            return;
        }
        let map = [self.map.as_slice(), &["rater=:".to_owned()]].concat();
        let Ok(read) = self.read_by(&map) else { return };
        self.notes.push(format!(
            "{} are called as models are. If one rater graded what they answered, as the first of the proposed commands \
             have it, say that no column names the rater: --map rater=:.",
            first_few(&models)
        ));
        let Self { mut next, map, asked, is_judge, .. } = read;
        next.append(&mut self.next);
        (self.next, self.map, self.asked, self.is_judge) = (next, map, asked, is_judge);
    }

    /// What was said of columns that the file does not have, which no command is to repeat.
    fn note_unused(&mut self, is_mapped: bool) {
        if !self.map.is_empty() && !is_mapped {
            let said = std::mem::take(&mut self.map).join(", ");
            self.notes.push(format!(
                "--map {said}: not used, as this file does not have all these columns."
            ));
        }
    }

    /// What stands out of it, in a line.
    pub fn summary(&self) -> String {
        let raters = count(self.raters.len(), "rater");
        format!("{}: {raters}, {}", self.kind, count(self.items, "item"))
    }
}

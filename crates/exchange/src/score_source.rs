//! One door for scores: ratings files, score files and tidy tables.

use crate::Error;
use crate::envelope::parse_json_line;
use crate::file::{COLLECTED, read_text};
use crate::ratings::{Ratings, read_ratings};
use crate::responses::place;
use crate::score_lines::{NOUN, read_score_lines};
use crate::tidy_csv::{TidyTable, read_tidy_csv};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use study::{
    COMMISSION_AXIS, Exclusion, Grade, OMISSION_AXIS, RaterScores, Scale, Score, ScoredResponses,
};

/// An opened file of scores.
#[derive(Clone, Debug)]
pub enum ScoreSource {
    /// A ratings file.
    Ratings(Box<Ratings>),
    /// A score file.
    Lines(Box<ScoredResponses>),
    /// A tidy table, and the rater chosen from it.
    Table {
        /// The file, for messages.
        file: PathBuf,
        /// Its rows.
        table: TidyTable,
        /// The rater, where the table has several.
        rater: Option<String>,
    },
}

impl ScoreSource {
    /// Opens the file called `name`. To take one rater of a table, `name` ends in `@` and the rater.
    pub fn open(name: &str) -> Result<Self, Error> {
        let (file, rater) = split_rater(name);
        if file.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv")) {
            let text =
                read_text(file, COLLECTED, "a table with the columns rater, item, axis, value")?;
            let table = read_tidy_csv(file, &text)?;
            return Ok(Self::Table {
                file: file.to_owned(),
                table,
                rater: rater.map(String::from),
            });
        }
        let text = read_text(file, COLLECTED, "a ratings file or a score file")?;
        if let Some(rater) = rater {
            let expected = "no rater, as this file holds only one";
            return Err(Error::field(file, "", "rater", format!("`@{rater}`"), expected));
        }
        if is_score_lines(file, &text) {
            read_score_lines(file, &text).map(|lines| Self::Lines(Box::new(lines)))
        } else {
            read_ratings(file).map(|ratings| Self::Ratings(Box::new(ratings)))
        }
    }

    /// One source for each rater: a table of several, of whom none was chosen, becomes as many.
    pub fn by_rater(self) -> Vec<Self> {
        match self {
            Self::Table { file, table, rater: None } => {
                let raters = table.raters().into_iter().map(String::from).collect::<Vec<_>>();
                let one = |rater| Self::Table {
                    file: file.clone(),
                    table: table.clone(),
                    rater: Some(rater),
                };
                raters.into_iter().map(one).collect()
            }
            other => vec![other],
        }
    }

    /// The scales that the file itself declares.
    pub fn scales(&self) -> Vec<Scale> {
        match self {
            Self::Ratings(ratings) => ratings.rubric.scales(),
            Self::Lines(lines) => lines.scores.scales.clone(),
            Self::Table { .. } => Vec::new(),
        }
    }

    /// The scores. A table takes its scales from `declared`.
    pub fn scores(&self, declared: &[Scale]) -> Result<RaterScores, Error> {
        match self {
            Self::Ratings(ratings) => Ok(ratings.rated().scores()),
            Self::Lines(lines) => Ok(lines.scores.clone()),
            Self::Table { file, table, rater } => table.scores(file, rater.as_deref(), declared),
        }
    }

    /// The scores with what was noted beside them, which a table does not hold.
    pub fn responses(&self, declared: &[Scale]) -> Result<ScoredResponses, Error> {
        match self {
            Self::Ratings(ratings) => Ok(ratings.rated().responses()),
            Self::Lines(lines) => Ok((**lines).clone()),
            Self::Table { .. } => {
                Ok(ScoredResponses { scores: self.scores(declared)?, ..ScoredResponses::default() })
            }
        }
    }
}

/// The scales of the two harm axes, the same in both published instruments.
pub fn harm_scales() -> Vec<Scale> {
    let scale = |axis: &str, label: &str, highest: Grade| Scale {
        axis: axis.into(),
        label: label.into(),
        grades: (0..=highest).collect(),
    };
    vec![scale(OMISSION_AXIS, "Omission harm", 4), scale(COMMISSION_AXIS, "Commission harm", 3)]
}

/// A name that is a file as it stands is that file, whatever characters it holds.
fn split_rater(name: &str) -> (&Path, Option<&str>) {
    if Path::new(name).exists() {
        return (Path::new(name), None);
    }
    // A rater's name may hold an @ as well.
    let mut splits = name.match_indices('@').map(|(at, _)| (&name[..at], &name[at + 1..]));
    match splits.find(|(file, _)| Path::new(file).is_file()) {
        Some((file, rater)) => (Path::new(file), Some(rater)),
        None => (Path::new(name), None),
    }
}

/// Whether this is JSON Lines: objects without a format, one per line.
fn is_score_lines(file: &Path, text: &str) -> bool {
    #[derive(Deserialize)]
    struct Probe {
        format: Option<String>,
    }
    let named_so = file.extension().is_some_and(|end| end == "jsonl" || end == "ndjson");
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let first = parse_json_line::<Probe>(file, first, NOUN, 0);
    named_so || first.is_ok_and(|probe| probe.format.is_none())
}

/// One score as a file spells it.
pub(crate) struct Cell<'a> {
    pub(crate) line: usize,
    pub(crate) item: String,
    pub(crate) field: &'a str,
    pub(crate) text: &'a str,
    pub(crate) scale: &'a Scale,
}

/// The scores read so far, each with the line it came from.
pub(crate) struct Cells<'a> {
    file: &'a Path,
    lines: HashMap<(String, String), usize>,
    pub(crate) items: BTreeMap<String, BTreeMap<String, Score>>,
}

impl<'a> Cells<'a> {
    pub(crate) fn new(file: &'a Path) -> Self {
        Self { file, lines: HashMap::new(), items: BTreeMap::new() }
    }

    /// Adds a score. The same score twice is harmless; two different ones are refused.
    pub(crate) fn insert(&mut self, cell: Cell<'_>) -> Result<(), Error> {
        let score = self.parse(&cell)?;
        let axis = &cell.scale.axis;
        let scores = self.items.entry(cell.item.clone()).or_default();
        let first = *self.lines.entry((cell.item.clone(), axis.clone())).or_insert(cell.line);
        match scores.insert(axis.clone(), score) {
            Some(before) if before != score => {
                let found = format!(
                    "{} for {} on {axis}, which line {first} scores differently",
                    cell.text, cell.item
                );
                Err(Error::field(
                    self.file,
                    place(cell.line),
                    cell.field,
                    found,
                    "one score for each item and axis",
                ))
            }
            _ => Ok(()),
        }
    }

    fn parse(&self, cell: &Cell<'_>) -> Result<Score, Error> {
        let text = cell.text.trim().trim_matches('"');
        if is_blank(text) {
            return Ok(Score::Excluded(Exclusion::NotRated));
        }
        let grade = whole_number(text);
        match grade {
            Some(grade) if cell.scale.grades.contains(&grade) => Ok(Score::Grade(grade)),
            // Judges write -1 where their answer could not be read; a scale that holds -1 means it.
            Some(-1) => Ok(Score::Excluded(Exclusion::ParseFailure)),
            _ => {
                let grades: Vec<String> = cell.scale.grades.iter().map(Grade::to_string).collect();
                let expected = format!("one of {}, or -1 for a parse failure", grades.join(", "));
                Err(Error::field(self.file, place(cell.line), cell.field, text, expected))
            }
        }
    }
}

/// Nothing, as spreadsheets and programs write it.
pub(crate) fn is_blank(text: &str) -> bool {
    matches!(text, "" | "null" | "NA")
}

/// A whole number, also where a tool has written it as `2.0`.
pub(crate) fn whole_number(text: &str) -> Option<Grade> {
    let digits = text.split_once('.').map_or(text, |(whole, rest)| {
        if rest.bytes().all(|digit| digit == b'0') { whole } else { text }
    });
    digits.parse().ok()
}

//! One door for scores: ratings files, score files and tidy tables.

use crate::door::{self, Content, Records};
use crate::envelope::says_its_format;
use crate::grades::{Grades, Labels, read_grades};
use crate::problems::clipped;
use crate::ratings::{Ratings, read_ratings};
use crate::score_lines::{ScoreLines, are_score_lines, read_score_lines};
use crate::{Error, Mapping, Spot};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use study::{
    COMMISSION_AXIS, Exclusion, Grade, GradeNames, OMISSION_AXIS, RaterScores, Scale, Score,
    ScoredResponses,
};

/// An opened file of scores.
#[derive(Clone, Debug)]
pub enum ScoreSource {
    /// A ratings file.
    Ratings(Box<Ratings>),
    /// A score file.
    Lines(Box<ScoreLines>),
    /// Grades in any other layout, and the rater chosen from them.
    Grades {
        /// The grades.
        grades: Arc<Grades>,
        /// The rater, where there are several.
        rater: Option<String>,
        /// What the grades of axes are called.
        labels: Arc<Labels>,
    },
}

const EXPECTED: &str = "ratings or scores";

impl ScoreSource {
    /// Opens the file called `name`. To take one rater of several, `name` ends in `@` and the rater; to
    /// take one sheet of a workbook, the file's name is followed by `#` and the sheet's.
    pub fn open(name: &str) -> Result<Self, Error> {
        Self::open_mapped(name, &Mapping::default())
    }

    /// Opens the file called `name`, if it is a table, by the columns that `mapping` names.
    pub fn open_mapped(name: &str, mapping: &Mapping) -> Result<Self, Error> {
        Self::open_beside(name, mapping, None)
    }

    /// The same, beside another that it will be compared with: an item of tables then is kept once for both.
    pub fn open_beside(name: &str, mapping: &Mapping, other: Option<&Self>) -> Result<Self, Error> {
        let Named { file, sheet, rater } = split_name(name);
        let mut opened = door::open(file, sheet, EXPECTED)?;
        if let Some(grades) = other.and_then(Self::grades) {
            opened = opened.numbered_by(grades.item_names());
        }
        let one = match opened.content {
            Content::Document(ref text) if says_its_format(text) => {
                Self::Ratings(Box::new(read_ratings(file)?))
            }
            Content::Document(text) if are_lines(file, &Records::of_one(text.clone()), mapping) => {
                Self::Lines(Box::new(read_score_lines(file, &Records::of_one(text))?))
            }
            Content::Records(ref records) if are_lines(file, records, mapping) => {
                Self::Lines(Box::new(read_score_lines(file, records)?))
            }
            _ => {
                let mut grades = read_grades(opened, mapping)?;
                grades.sheet = sheet.map(String::from);
                let (grades, rater) = (Arc::new(grades), rater.map(String::from));
                return Ok(Self::Grades { grades, rater, labels: Arc::default() });
            }
        };
        mapping.refuse(file)?;
        match rater {
            None => Ok(one),
            Some(rater) => {
                let expected = "no rater, as this file holds only one";
                Err(Error::field(file, "", "rater", format!("`@{rater}`"), expected))
            }
        }
    }

    /// The same, in which `labels` may take the place of grades.
    pub fn labelled(self, labels: &Labels) -> Self {
        match self {
            Self::Grades { grades, rater, .. } => {
                Self::Grades { grades, rater, labels: Arc::new(labels.clone()) }
            }
            other => other,
        }
    }

    /// One source for each rater: a file of several, of whom none was chosen, becomes as many.
    pub fn by_rater(self) -> Vec<Self> {
        match self {
            Self::Grades { grades, rater: None, labels } => {
                let raters: Vec<String> = grades.raters().into_iter().map(String::from).collect();
                let one = |rater| Self::Grades {
                    grades: Arc::clone(&grades),
                    rater: Some(rater),
                    labels: Arc::clone(&labels),
                };
                raters.into_iter().map(one).collect()
            }
            other => vec![other],
        }
    }

    /// The same, with the grades on `axes` alone where it is a table; all where none is named.
    pub fn on_axes(mut self, axes: &[String]) -> Self {
        if let Self::Grades { grades, .. } = &mut self
            && let Some(grades) = Arc::get_mut(grades).filter(|_| !axes.is_empty())
        {
            grades.keep(axes);
        }
        self
    }

    /// Every axis in it.
    pub fn axes(&self) -> Vec<String> {
        let declared = self.scales().into_iter().map(|scale| scale.axis);
        declared.chain(self.open_axes().into_iter().map(String::from)).collect()
    }

    /// Grades that came without a rubric.
    pub fn grades(&self) -> Option<&Grades> {
        match self {
            Self::Grades { grades, .. } => Some(grades),
            Self::Ratings(_) | Self::Lines(_) => None,
        }
    }

    /// What to know of how the file was read.
    pub fn notes(&self) -> &[String] {
        match self {
            Self::Grades { grades, .. } => grades.notes(),
            Self::Lines(lines) => &lines.notes,
            Self::Ratings(_) => &[],
        }
    }

    /// The scales that the file itself declares.
    pub fn scales(&self) -> Vec<Scale> {
        match self {
            Self::Ratings(ratings) => ratings.rubric.scales(),
            Self::Lines(lines) => lines.scales().to_vec(),
            Self::Grades { .. } => Vec::new(),
        }
    }

    /// The axes whose scales it does not declare.
    pub fn open_axes(&self) -> Vec<&str> {
        match self {
            Self::Ratings(_) => Vec::new(),
            Self::Lines(lines) => lines.further_axes(),
            Self::Grades { grades, .. } => grades.axes(),
        }
    }

    /// The scores. Grades without a rubric take their scales from `declared`.
    pub fn scores(&self, declared: &[Scale]) -> Result<RaterScores, Error> {
        match self {
            Self::Ratings(ratings) => Ok(ratings.rated().scores()),
            Self::Lines(lines) => Ok(lines.scored(declared)?.scores),
            Self::Grades { grades, rater, labels } => {
                grades.scores(rater.as_deref(), declared, labels)
            }
        }
    }

    /// The scores with what was noted beside them, which other layouts do not hold.
    pub fn responses(&self, declared: &[Scale]) -> Result<ScoredResponses, Error> {
        match self {
            Self::Ratings(ratings) => Ok(ratings.rated().responses()),
            Self::Lines(lines) => lines.scored(declared),
            Self::Grades { .. } => {
                Ok(ScoredResponses { scores: self.scores(declared)?, ..ScoredResponses::default() })
            }
        }
    }
}

/// Whether `records` are score lines, and no table whose fields the person has named.
fn are_lines(file: &Path, records: &Records, mapping: &Mapping) -> bool {
    are_score_lines(records) && !mapping.names_fields(file, records)
}

/// The scales of the two harm axes, the same in both published instruments.
pub fn harm_scales() -> Vec<Scale> {
    let scale = |axis: &str, label: &str, highest: Grade| Scale {
        axis: axis.into(),
        label: label.into(),
        grades: (0..=highest).collect(),
        names: GradeNames::Numbers,
    };
    vec![scale(OMISSION_AXIS, "Omission harm", 4), scale(COMMISSION_AXIS, "Commission harm", 3)]
}

/// What a person names: a file, a sheet in it, a rater in it.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// The file.
    pub file: &'a Path,
    /// The sheet of a workbook.
    pub sheet: Option<&'a str>,
    /// One of several raters.
    pub rater: Option<&'a str>,
}

/// A name that is a file as it stands is that file, whatever characters it holds. A rater's name may hold
/// an @ as well.
pub fn split_name(name: &str) -> Named<'_> {
    let ends = name.match_indices('@').map(|(at, _)| (&name[..at], Some(&name[at + 1..])));
    for (part, rater) in std::iter::once((name, None)).chain(ends) {
        if Path::new(part).exists() {
            return Named { file: Path::new(part), sheet: None, rater };
        }
        if let Some((file, sheet)) = part.rsplit_once('#')
            && Path::new(file).is_file()
        {
            return Named { file: Path::new(file), sheet: Some(sheet), rater };
        }
    }
    Named { file: Path::new(name), sheet: None, rater: None }
}

/// The file in what a person names, without the sheet or the rater in it.
pub fn file_of(name: &str) -> &Path {
    split_name(name).file
}

/// The sheets with cells of the workbook that a person names; none where it is no workbook.
pub fn sheets(name: &str) -> Result<Vec<door::SheetSeen>, Error> {
    door::sheets(file_of(name))
}

/// What is said of a number that many people write where there is no grade.
pub(crate) fn missing_code(text: &str) -> Option<String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let repeats = |digit: &str| digits.trim_start_matches(digit).is_empty();
    let is_code =
        digits == "9" || (2..5).contains(&digits.len()) && ["7", "8", "9"].into_iter().any(repeats);
    is_code.then(|| {
        format!("{text} is often a code for a missing grade: if it is one here, empty its cells")
    })
}

/// A score as a file spells it.
pub(crate) struct Written<'a> {
    pub(crate) text: &'a str,
    pub(crate) scale: &'a Scale,
    /// What the scale's grades are called.
    pub(crate) labels: &'a [(String, Grade)],
}

impl Written<'_> {
    /// The score, which is in a `field` of `file`.
    pub(crate) fn score(
        &self,
        file: &Path,
        at: impl FnOnce() -> Spot,
        field: &str,
    ) -> Result<Score, Error> {
        let text = self.text.trim().trim_matches('"');
        if let Some((_, grade)) = self.labels.iter().find(|(label, _)| is_label(label, text)) {
            return Ok(Score::Grade(*grade));
        }
        if is_absent(text) {
            return Ok(Score::Excluded(Exclusion::NotRated));
        }
        match whole_number(text) {
            Some(grade) if !self.is_numbered() && self.scale.grades.contains(&grade) => {
                Ok(Score::Grade(grade))
            }
            // Judges write -1 where their answer could not be read; a scale that holds -1 means it.
            Some(-1) => Ok(Score::Excluded(Exclusion::ParseFailure)),
            _ => {
                let grades = self.scale.grades.iter().map(Grade::to_string);
                let grades: Vec<String> = grades.filter(|_| !self.is_numbered()).collect();
                let labels = self.labels.iter().map(|(label, _)| label.clone());
                let known = grades.into_iter().chain(labels).collect::<Vec<_>>().join(", ");
                let expected = format!(
                    "one of {known}; nothing where there is no grade; or -1 where a judge's answer could not be read"
                );
                let error = Error::field(file, at(), field, clipped(text), expected);
                Err(error.with_advice(missing_code(text)))
            }
        }
    }

    /// Whether the grades are called by other numbers than their own: then a number is never the grade's own.
    fn is_numbered(&self) -> bool {
        !self.labels.is_empty() && self.labels.iter().all(|(label, _)| label.parse::<f64>().is_ok())
    }

    /// What is wrong with it where `first` is another score of the same `item`. The same score twice is
    /// harmless.
    pub(crate) fn differs(
        &self,
        file: &Path,
        at: Spot,
        field: &str,
        item: &str,
        first: &Spot,
    ) -> Error {
        let (text, item, axis) = (clipped(self.text), clipped(item), clipped(&self.scale.axis));
        let first = first.to_string();
        let first = first.trim_start_matches(',');
        let found = format!("{text} for {item} on {axis}, which{first} scores differently");
        Error::field(file, at, field, found, "one score for each item and axis")
    }
}

/// Whether a cell holds a label, whatever its capitals; a number is the same however it is written.
pub(crate) fn is_label(label: &str, text: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    label.to_lowercase() == text.to_lowercase()
        || number(label).is_some_and(|label| number(text) == Some(label))
}

/// Words for nothing, as spreadsheets and programs write them, in lower case.
const ABSENT: [&str; 19] = [
    "", "na", "n/a", "n.a.", "k.a.", "nan", "none", "null", "nil", "#n/a", "#div/0!", "#value!",
    "#ref!", "#name?", "#num!", "#null!", ".", "-", "–",
];

/// Whether a cell says that there is no grade.
pub fn is_absent(text: &str) -> bool {
    ABSENT.iter().any(|absent| absent.eq_ignore_ascii_case(text))
}

/// A whole number, also where a tool has written it as `2.0`.
pub(crate) fn whole_number<T: FromStr>(text: &str) -> Option<T> {
    let digits = text.split_once('.').map_or(text, |(whole, rest)| {
        if rest.bytes().all(|digit| digit == b'0') { whole } else { text }
    });
    digits.parse().ok()
}

//! A scale that a person declares, where no file does.

use serde::Deserialize;
use std::collections::BTreeSet;
use study::{Grade, GradeNames, Scale, ordered_numbers};
use ts_rs::TS;

/// The scale of an axis: every whole number from one to another, or words in their order.
///
/// Primum's grades rise with the harm. Where a high number is good, `lowest` is the greater one, and the
/// grades are numbered from it on like words. Reports call them as the person does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
pub struct DeclaredScale {
    /// The axis.
    pub axis: String,
    /// Its lowest grade, that of the least harm.
    pub lowest: Grade,
    /// Its highest grade, that of the most.
    pub highest: Grade,
    /// What the grades are called in the file, from the lowest to the highest; nothing where they are
    /// numbers. Several spellings of one grade are joined by a bar.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub labels: Vec<String>,
}

/// What proposed commands leave for a person to replace.
const PLACEHOLDERS: [&str; 3] = ["LOWEST", "HIGHEST", "…"];

/// What joins spellings of one grade.
const OR: char = '|';

impl DeclaredScale {
    /// The scale that `text` declares: `axis=0..2` or `axis=word,word`. Refuses any other form in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let expected = || {
            format!(
                "found `{text}`; expected AXIS=LOWEST..HIGHEST, such as refusal=0..2, or the words for the grades from the lowest on, such as refusal=none,partial,full; where a high number is good, the best first, such as quality=5..1"
            )
        };
        let (axis, range) = text.split_once('=').ok_or_else(expected)?;
        if let Some(left) = Self::placeholder(range) {
            return Err(format!(
                "found `{text}`; replace {left} and what is beside it by your own grades, from the lowest to the \
                 highest, such as {axis}=none,mild,severe or {axis}=0..4"
            ));
        }
        let Some((lowest, highest)) = range.split_once("..") else {
            let labels = range.split(',').map(|label| label.trim().to_owned()).collect();
            let scale = Self::of_labels(axis, labels);
            return if scale.differ() { Ok(scale) } else { Err(expected()) };
        };
        let (lowest, highest) = (lowest.parse().ok(), highest.parse().ok());
        match (lowest, highest) {
            (Some(lowest), Some(highest)) if lowest != highest => {
                Ok(Self { axis: axis.into(), lowest, highest, labels: Vec::new() })
            }
            _ => Err(expected()),
        }
    }

    /// What a proposed command left in `text` for a person to replace.
    pub(super) fn placeholder(text: &str) -> Option<&'static str> {
        let mut parts = text.split(',').flat_map(|part| part.split("..")).map(str::trim);
        parts.find_map(|part| PLACEHOLDERS.into_iter().find(|word| *word == part))
    }

    /// The scale of `axis` whose grades are called so, from the lowest on.
    pub fn of_labels(axis: &str, labels: Vec<String>) -> Self {
        let highest = Grade::try_from(labels.len()).unwrap_or(Grade::MAX) - 1;
        Self { axis: axis.into(), lowest: 0, highest, labels }
    }

    /// Whether there are at least two words, and each spelling is one of one grade only.
    fn differ(&self) -> bool {
        let spelled = || self.labels.iter().flat_map(|label| label.split(OR)).map(str::trim);
        let different: BTreeSet<&str> = spelled().collect();
        self.labels.len() > 1 && different.len() == spelled().count() && !different.contains("")
    }

    /// What numbers in a report mean.
    pub(super) fn said(&self) -> Option<String> {
        let (names, values) = (self.names(), self.scale().values());
        let (first, last) = (names.first()?, names.last()?);
        let apart = match ordered_numbers(&names) {
            Some(_) => "as far apart as these numbers",
            None => "one step apart",
        };
        Some(format!(
            "Means, differences, bias and intraclass correlations on {} count its grades from {} for {first} to {} for \
             {last}, {apart}.",
            self.axis,
            values[0],
            values[values.len() - 1]
        ))
    }

    /// The same where harm is counted by grade, whatever the grades are called.
    pub(super) fn said_by_place(&self) -> Option<String> {
        let names = self.names();
        let (first, last) = (names.first()?, names.last()?);
        Some(format!(
            "Means and differences on {} count its grades from 0 for {first} to {} for {last}, one step apart.",
            self.axis,
            names.len() - 1
        ))
    }

    /// The scale by which grades are compared, and what reports call them.
    pub(crate) fn scale(&self) -> Scale {
        let names = self.names();
        let (axis, label) = (self.axis.clone(), self.axis.clone());
        match names.is_empty() {
            true => {
                let grades = (self.lowest..=self.highest).collect();
                Scale { axis, label, grades, names: GradeNames::Numbers }
            }
            false => {
                let grades = (0..=Grade::MAX).take(names.len()).collect();
                Scale { axis, label, grades, names: GradeNames::Own(names) }
            }
        }
    }

    /// What the grades from 0 on may be called in the file; nothing where they are numbers that rise with the
    /// harm.
    pub(super) fn labelled(&self) -> Vec<(String, Grade)> {
        let spellings = |(words, grade): (String, Grade)| -> Vec<(String, Grade)> {
            words.split(OR).map(|word| (word.trim().to_owned(), grade)).collect()
        };
        self.words().into_iter().zip(0..=Grade::MAX).flat_map(spellings).collect()
    }

    /// The same, also where they are numbers that rise.
    pub(crate) fn spelled(&self) -> Vec<(String, Grade)> {
        match self.labelled() {
            labels if labels.is_empty() => (self.lowest..=self.highest)
                .map(|number| number.to_string())
                .zip(0..=Grade::MAX)
                .collect(),
            labels => labels,
        }
    }

    /// What reports call the grades from 0 on; nothing where they are numbers that rise with the harm.
    fn names(&self) -> Vec<String> {
        let first = |word: String| word.split(OR).next().unwrap_or_default().trim().to_owned();
        self.words().into_iter().map(first).collect()
    }

    fn words(&self) -> Vec<String> {
        if self.labels.is_empty() && self.lowest > self.highest {
            return (self.highest..=self.lowest).rev().map(|number| number.to_string()).collect();
        }
        self.labels.clone()
    }
}

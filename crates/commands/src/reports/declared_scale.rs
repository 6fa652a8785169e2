//! A scale that a person declares, where no file does.

use serde::Deserialize;
use study::Grade;
use ts_rs::TS;

/// The scale of an axis: every whole number from one to another, or words in their order.
///
/// Primum's grades rise with the harm. Where a high number is good, `lowest` is the greater one, and the
/// grades are numbered from it on like words.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
pub struct DeclaredScale {
    /// The axis.
    pub axis: String,
    /// Its lowest grade, that of the least harm.
    pub lowest: Grade,
    /// Its highest grade, that of the most.
    pub highest: Grade,
    /// What the grades are called in the file, from the lowest to the highest; nothing where they are
    /// numbers.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub labels: Vec<String>,
}

impl DeclaredScale {
    /// The scale of `axis` whose grades are called so, from the lowest on.
    pub fn of_labels(axis: &str, labels: Vec<String>) -> Self {
        let highest = Grade::try_from(labels.len()).unwrap_or(Grade::MAX) - 1;
        Self { axis: axis.into(), lowest: 0, highest, labels }
    }

    /// Which grade each word is.
    pub(super) fn said(&self) -> Option<String> {
        let words: Vec<String> = self
            .words()
            .iter()
            .zip(0..)
            .map(|(word, grade)| format!("{grade} is {word}"))
            .collect();
        (!words.is_empty()).then(|| {
            format!(
                "The grades of {} are numbered from the lowest: {}.",
                self.axis,
                words.join(", ")
            )
        })
    }

    /// What the grades from 0 on are called in the file; nothing where they are numbers that rise with the
    /// harm.
    fn words(&self) -> Vec<String> {
        if self.labels.is_empty() && self.lowest > self.highest {
            return (self.highest..=self.lowest).rev().map(|number| number.to_string()).collect();
        }
        self.labels.clone()
    }

    pub(super) fn labelled(&self) -> Vec<(String, Grade)> {
        self.words().into_iter().zip(0..=Grade::MAX).collect()
    }

    /// The grades, ascending.
    pub(super) fn grades(&self) -> Vec<Grade> {
        match self.labelled() {
            numbers if numbers.is_empty() => (self.lowest..=self.highest).collect(),
            words => words.into_iter().map(|(_, grade)| grade).collect(),
        }
    }
}

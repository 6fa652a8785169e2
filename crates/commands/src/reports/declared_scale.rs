//! A scale that a person declares, where no file does.

use serde::Deserialize;
use study::Grade;
use ts_rs::TS;

/// The scale of an axis: every whole number from the lowest grade to the highest, or words in their order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
pub struct DeclaredScale {
    /// The axis.
    pub axis: String,
    /// Its lowest grade.
    pub lowest: Grade,
    /// Its highest grade.
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
        let grades = self.labelled();
        let words: Vec<String> =
            grades.iter().map(|(word, grade)| format!("{grade} is {word}")).collect();
        (!words.is_empty()).then(|| {
            format!(
                "The grades of {} are numbered from the lowest: {}.",
                self.axis,
                words.join(", ")
            )
        })
    }

    pub(super) fn labelled(&self) -> Vec<(String, Grade)> {
        self.labels.iter().cloned().zip(self.lowest..=self.highest).collect()
    }
}

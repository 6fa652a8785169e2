//! Grades in the layouts of other programs, one file for each.

mod json;
mod suggested_scale;
mod table;

use crate::support::Folder;
use exchange::{Grades, Labels, ScoreSource};
use std::sync::Arc;
use study::{ItemDesign, Scale, Score};

/// A file of grades, as it was opened.
struct Given {
    folder: Folder,
    source: ScoreSource,
}

/// Opens a file called `name` with this content.
fn open(name: &str, content: impl AsRef<[u8]>) -> Given {
    let folder = Folder::new();
    let file = folder.put(name, content);
    let source = ScoreSource::open(file.to_str().unwrap()).unwrap();
    Given { folder, source }
}

/// What a person is told who opens a file called `name` with this content.
fn told(name: &str, content: impl AsRef<[u8]>) -> String {
    let folder = Folder::new();
    let file = folder.put(name, content);
    folder.told(ScoreSource::open(file.to_str().unwrap()))
}

/// A scale of whole numbers.
fn scale(axis: &str, highest: i16) -> Scale {
    Scale {
        axis: axis.into(),
        label: axis.into(),
        grades: (0..=highest).collect(),
        names: Default::default(),
    }
}

impl Given {
    fn grades(&self) -> Arc<Grades> {
        match &self.source {
            ScoreSource::Grades { grades, .. } => Arc::clone(grades),
            other => panic!("grades are expected, not {other:?}"),
        }
    }

    /// Every score, as `rater item axis grade`, on scales from 0 to 9.
    fn scores(&self) -> Vec<String> {
        self.labelled(&Labels::new())
    }

    /// The same, where `labels` are the names of grades.
    fn labelled(&self, labels: &Labels) -> Vec<String> {
        let declared: Vec<Scale> = self.grades().axes().iter().map(|axis| scale(axis, 9)).collect();
        let mut lines = Vec::new();
        for source in self.source.clone().labelled(labels).by_rater() {
            let scores = source.scores(&declared).unwrap();
            for (item, on_axes) in scores.items.iter() {
                for (axis, score) in on_axes.iter() {
                    let score = match score {
                        Score::Grade(grade) => grade.to_string(),
                        Score::Excluded(why) => format!("{why:?}"),
                    };
                    lines.push(format!("{} {item} {axis} {score}", scores.rater));
                }
            }
        }
        lines
    }

    /// Where the items of the first rater are in a design.
    fn designs(&self) -> Vec<(String, ItemDesign)> {
        let declared: Vec<Scale> = self.grades().axes().iter().map(|axis| scale(axis, 9)).collect();
        let first = self.source.clone().by_rater().remove(0);
        first.scores(&declared).unwrap().designs.into_iter().collect()
    }

    /// What is said of how the file was read, without the file's name.
    fn notes(&self) -> Vec<String> {
        let before = format!("{}/", self.folder.path().display());
        let notes = self.source.notes().iter();
        notes.map(|note| note.replace(&before, "").split_once(": ").unwrap().1.to_owned()).collect()
    }
}

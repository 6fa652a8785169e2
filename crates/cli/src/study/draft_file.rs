//! The draft as a file that people may read and edit: JSON. Relative paths in it start from its folder.

use anyhow::{Context, bail};
use commands::{LeakDecision, StudyDraft};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Rubrics that need no file.
const BUILT_IN: [&str; 2] = ["gated", "structured"];

pub(super) struct DraftFile {
    path: PathBuf,
    draft: StudyDraft,
}

impl DraftFile {
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        Ok(Self { path: path.to_owned(), draft: StudyDraft::open(path)? })
    }

    /// Writes a new file; one that is there already stays.
    pub(super) fn create(path: &Path, draft: StudyDraft) -> anyhow::Result<()> {
        let name = path.display();
        if path.exists() {
            bail!("{name}: a file of this name is already there; it was left as it is");
        }
        Self { path: path.to_owned(), draft }.save().with_context(|| name.to_string())
    }

    /// The draft, its paths such that any folder may be the one we are in.
    pub(super) fn draft(&self) -> StudyDraft {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let mut draft = self.draft.clone();
        for path in paths(&mut draft) {
            *path = folder.join(&*path).display().to_string();
        }
        draft
    }

    /// Adds decisions and saves the file.
    pub(super) fn decide(mut self, decisions: Vec<LeakDecision>) -> anyhow::Result<()> {
        self.draft.decisions.extend(decisions);
        self.save().with_context(|| self.path.display().to_string())
    }

    /// A whole new file takes the place of the old one.
    fn save(&self) -> anyhow::Result<()> {
        let folder = match self.path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().tempfile_in(folder)?;
        writeln!(file, "{}", serde_json::to_string_pretty(&self.draft)?)?;
        file.as_file().sync_all()?;
        file.persist(&self.path)?;
        Ok(())
    }
}

/// Every path in a draft.
pub(super) fn paths(draft: &mut StudyDraft) -> impl Iterator<Item = &mut String> {
    let rubric = Some(&mut draft.rubric).filter(|rubric| !BUILT_IN.contains(&rubric.as_str()));
    [&mut draft.scenarios, &mut draft.responses]
        .into_iter()
        .chain(&mut draft.scores)
        .chain(&mut draft.calibration)
        .chain(rubric)
}

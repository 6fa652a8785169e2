//! The draft as a file that people may read and edit: JSON. Relative paths in it start from its folder.

use crate::given_path::given_path;
use crate::{Failure, StudyDraft};
use std::fs;
use std::path::{Path, PathBuf};
use store::FileTurn;
use study::LeakDecision;

/// A draft's file, read.
pub struct DraftFile {
    path: PathBuf,
    draft: StudyDraft,
}

/// A draft's file that nobody else changes meanwhile.
pub struct ClaimedDraft {
    file: DraftFile,
    _turn: FileTurn,
}

impl DraftFile {
    /// Reads the draft in `path`.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let draft = StudyDraft::open(path)?;
        Ok(Self { path: path.to_owned(), draft })
    }

    /// Waits until nobody else changes the draft in `path`, and reads it then.
    pub fn claim(path: &Path) -> Result<ClaimedDraft, Failure> {
        // Where none is, no turn is needed to say so.
        fs::metadata(path).map_err(|error| told(path, &exchange::io_reason_at(path, &error)))?;
        let turn = FileTurn::wait(path)?;
        Ok(ClaimedDraft { file: Self::open(path)?, _turn: turn })
    }

    /// Writes a new file; one that is there already stays. Paths into its folder are written as from
    /// there, so that the folder can be moved.
    pub fn create(path: &Path, draft: &StudyDraft) -> Result<(), Failure> {
        let absolute = given_path("out", &path.display().to_string())?;
        let mut draft = draft.clone();
        for (_, named) in draft.paths() {
            let inside =
                absolute.parent().and_then(|folder| Path::new(named).strip_prefix(folder).ok());
            let inside = inside.map(|inside| match inside.as_os_str().is_empty() {
                true => ".".to_owned(),
                false => inside.display().to_string(),
            });
            *named = inside.unwrap_or_else(|| named.clone());
        }
        Ok(exchange::write_new_private(path, &encoded(&draft)?)?)
    }

    /// The draft, its paths such that any folder may be the one we are in.
    pub fn draft(&self) -> StudyDraft {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let mut draft = self.draft.clone();
        for (_, path) in draft.paths() {
            *path = folder.join(&*path).display().to_string();
        }
        draft
    }
}

impl ClaimedDraft {
    /// As [`DraftFile::draft`].
    pub fn draft(&self) -> StudyDraft {
        self.file.draft()
    }

    /// Adds decisions and writes the file again.
    pub fn decide(self, decisions: Vec<LeakDecision>) -> Result<(), Failure> {
        let DraftFile { path, mut draft } = self.file;
        draft.decisions.extend(decisions);
        Ok(exchange::replace_private(&path, &encoded(&draft)?)?)
    }
}

/// A line of its own at the end, as people's editors leave it.
fn encoded(draft: &StudyDraft) -> Result<Vec<u8>, Failure> {
    let text = serde_json::to_string_pretty(draft).map_err(Failure::refused)?;
    Ok(format!("{text}\n").into_bytes())
}

fn told(path: &Path, what: &str) -> Failure {
    Failure::refused(format!("{}: {what}", path.display()))
}

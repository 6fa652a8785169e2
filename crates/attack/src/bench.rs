//! The folder that a run works in: its good inputs, put back after each run.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What lies at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A regular file that can be read, with its bytes.
    File(Vec<u8>),
    /// A folder; what is in it has places of its own.
    Folder,
    /// Whatever else: a pipe, a link.
    Other,
}

/// All that lies in a folder, by its place in it.
pub type Contents = BTreeMap<PathBuf, Entry>;

/// A folder that begins each run with the same contents.
pub struct Bench {
    folder: TempDir,
    good: Contents,
}

impl Bench {
    /// A new folder that holds what `good` does.
    pub fn new(good: &Contents) -> Result<Self> {
        let bench = Self { folder: tempfile::tempdir()?, good: good.clone() };
        fill(bench.folder(), good)?;
        Ok(bench)
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The bytes of the good file at `place`.
    pub fn good(&self, place: &str) -> Result<&[u8]> {
        match self.good.get(Path::new(place)) {
            Some(Entry::File(bytes)) => Ok(bytes),
            _ => anyhow::bail!("there is no good file {place}"),
        }
    }

    /// Makes everything good again.
    pub fn tidy(&self) -> Result<()> {
        let found = contents(self.folder())?;
        // From the bottom up, so that a folder is empty when its turn comes.
        for (place, entry) in found.iter().rev() {
            if self.good.get(place) != Some(entry) {
                remove(&self.folder().join(place), entry)?;
            }
        }
        let mut missing = self.good.clone();
        missing.retain(|place, entry| found.get(place) != Some(entry));
        fill(self.folder(), &missing)
    }
}

/// Writes the files and folders of `contents` to `folder`; what is neither is left out.
pub fn fill(folder: &Path, contents: &Contents) -> Result<()> {
    for (place, entry) in contents {
        let path = folder.join(place);
        match entry {
            Entry::File(bytes) => fs::write(&path, bytes),
            Entry::Folder => fs::create_dir_all(&path),
            Entry::Other => Ok(()),
        }
        .with_context(|| format!("{}", path.display()))?;
    }
    Ok(())
}

/// All that lies in `folder`. A file that may not be read counts as something else.
pub fn contents(folder: &Path) -> Result<Contents> {
    let mut found = Contents::new();
    collect(folder, Path::new(""), &mut found)?;
    Ok(found)
}

fn collect(folder: &Path, place: &Path, found: &mut Contents) -> Result<()> {
    for entry in fs::read_dir(folder.join(place))? {
        let entry = entry?;
        let (kind, place) = (entry.file_type()?, place.join(entry.file_name()));
        if kind.is_dir() {
            collect(folder, &place, found)?;
            found.insert(place, Entry::Folder);
        } else if kind.is_file() && entry.metadata()?.permissions().mode() & 0o400 != 0 {
            found.insert(place, Entry::File(fs::read(entry.path())?));
        } else {
            found.insert(place, Entry::Other);
        }
    }
    Ok(())
}

/// The places at which `before` and `after` differ. The locks that Primum leaves beside its files for good
/// do not count, nor does the home that runs are given.
pub fn changed(before: &Contents, after: &Contents) -> Vec<PathBuf> {
    let differs = |place: &&PathBuf| before.get(*place) != after.get(*place);
    let counts = |place: &&PathBuf| {
        !place.starts_with("home") && place.extension().is_none_or(|ending| ending != "lock")
    };
    let places: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    places.into_iter().filter(differs).filter(counts).cloned().collect()
}

/// Removes what lies at `path`, a folder only if it is empty.
pub fn remove(path: &Path, entry: &Entry) -> Result<()> {
    match entry {
        Entry::Folder => fs::remove_dir(path),
        _ => fs::remove_file(path),
    }
    .with_context(|| format!("{}", path.display()))
}

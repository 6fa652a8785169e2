//! What the tests of several crates share. It knows none of them, and is part of nothing shipped.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod outside;
mod packages;
mod published;
#[cfg(unix)]
mod read_only_folder;
mod skipped;
mod small_disk;

pub use outside::outside;
pub use packages::python;
pub use published::{expected, iatrobench_scenarios, published};
#[cfg(unix)]
pub use read_only_folder::ReadOnlyFolder;
pub use skipped::skipped;
pub use small_disk::SmallDisk;

use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// A file of the example study.
pub fn annotation(name: &str) -> String {
    root().join("annotations").join(name).display().to_string()
}

/// The names of everything in a folder, sorted; none where there is no folder.
pub fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

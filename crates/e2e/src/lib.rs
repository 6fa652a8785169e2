//! Drives the built application in its real window, on a display of its own.

mod app;
mod process;

pub use app::{App, Place, Window};

use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Real data beside the repository, or a printed reason why the test does without.
pub fn real_data(folder: &str) -> Option<PathBuf> {
    let found = root().join("../shared/data").join(folder);
    if found.exists() {
        return Some(found);
    }
    println!("skipped: {} is not here", found.display());
    None
}

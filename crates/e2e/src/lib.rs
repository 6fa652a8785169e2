//! Drives the built application in its real window, on a display of its own.

mod app;
mod process;

pub use app::{App, Computer, Window};

use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

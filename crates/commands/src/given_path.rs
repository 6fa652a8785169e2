//! A path that a person gives.

use crate::Failure;
use std::path::{Path, PathBuf, absolute};

/// `path`, wherever we are. Nothing is no path, and not the folder that we happen to be in.
pub(crate) fn given_path(field: &str, path: &str) -> Result<PathBuf, Failure> {
    if path.trim().is_empty() {
        return Err(Failure::field(field, "nothing", "a path"));
    }
    absolute(path).map_err(|error| Failure::io(Path::new(path), &error))
}

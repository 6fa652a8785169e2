//! Data that are not in the repository: texts of others, which we may not or need not pass on.

use crate::{root, skipped};
use std::env::{var, var_os};
use std::path::PathBuf;

/// The folder or file `name` of those data: in the folder that `PRIMUM_DATA_DIR` names, or else in
/// `../shared/data` beside the repository. None where it is absent, which is counted as a skipped
/// test, and is a failure under `PRIMUM_DATA=required`.
#[track_caller]
pub fn outside(name: &str) -> Option<PathBuf> {
    let folder =
        var_os("PRIMUM_DATA_DIR").map_or_else(|| root().join("../shared/data"), PathBuf::from);
    let found = folder.join(name);
    if found.exists() {
        return Some(found);
    }
    let missing = format!("{name} is not in {}", folder.display());
    assert!(var("PRIMUM_DATA").as_deref() != Ok("required"), "{missing}: PRIMUM_DATA=required");
    skipped(&missing);
    None
}

//! Programs that break a promise on purpose.

use attack::run::Program;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Answers every request as if it had been done, and keeps nothing.
pub const FORGETS: &str =
    "while read -r line; do echo '{\"ok\":{\"items\":[{\"id\":\"i\"}]}}'; done";

/// A program in `folder` that does what this script of a shell says.
pub fn script(folder: &Path, text: &str) -> Program {
    let file = folder.join("program");
    fs::write(&file, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    Program::new(&file).unwrap()
}

/// `primum`, built beside this test.
pub fn primum() -> Program {
    let test = std::env::current_exe().unwrap();
    let file = test.parent().and_then(Path::parent).unwrap().join("primum");
    assert!(file.exists(), "{} is not built: cargo build -p cli", file.display());
    Program::new(&file).unwrap()
}

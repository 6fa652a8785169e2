//! Packages of Python that read what Primum writes, and write what it reads.

use crate::{root, skipped};
use std::env::var_os;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Python with the packages of `packages.txt`, which `make packages` installs; none where they are not
/// there in these versions, which is counted as a skipped test. Nothing that it runs reaches a network.
#[track_caller]
pub fn python() -> Option<Command> {
    let Some(folder) = folder().filter(|folder| is_current(folder)) else {
        skipped("the Python packages are not installed: run `make packages`");
        return None;
    };
    let mut python = Command::new(folder.join("bin/python3"));
    for proxy in ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        python.env(proxy, "http://127.0.0.1:9");
    }
    // What is compiled of them is kept, or every run compiles it again.
    python.env_remove("PYTHONDONTWRITEBYTECODE");
    // Packages keep files of their own there.
    python.env("HOME", &folder).env("XDG_DATA_HOME", folder.join("data"));
    Some(python)
}

/// As the Makefile has it.
fn folder() -> Option<PathBuf> {
    let cache = || {
        let home = || var_os("HOME").map(|home| Path::new(&home).join(".cache"));
        var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(home)
    };
    let named = var_os("PRIMUM_PACKAGES").map(PathBuf::from);
    named.or_else(|| cache().map(|cache| cache.join("primum-packages")))
}

/// Whether all that is pinned was installed.
fn is_current(folder: &Path) -> bool {
    let pinned = std::fs::read(root().join("crates/testing/packages.lock")).unwrap();
    std::fs::read(folder.join("packages.lock")).is_ok_and(|installed| installed == pinned)
}

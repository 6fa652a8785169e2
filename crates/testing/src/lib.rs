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

/// The public key that tests seal for where the passphrase is not what they are about: scrypt takes a second,
/// which is what it is for.
pub const RECIPIENT: &str = "age1e6zgqgtjtu4ayzfkdsmz7ef0vmhun7heg8tmzdea2facacznfadsk0m4xs";
/// The private key that opens what is sealed for it.
pub const IDENTITY: &str =
    "AGE-SECRET-KEY-109ANR9WTLQDTNEQX2NMFS2LA0PV3UPTFW3RLPC0UWYMDRF9NXSKQ0M7FWL";

/// The names of everything in a folder, sorted; none where there is no folder.
pub fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

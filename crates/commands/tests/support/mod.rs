//! What the tests of this crate share.
#![allow(dead_code, reason = "each test program uses a part")]

use commands::Desk;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Real data beside the repository, or a printed reason why the test does without.
pub fn real_data(folder: &str) -> Option<PathBuf> {
    let found = root().join("../shared/data").join(folder);
    if found.exists() {
        Some(found)
    } else {
        println!("skipped: {} is not here", found.display());
        None
    }
}

/// A clock that goes on by 20 seconds at each look.
pub fn clock() -> Timestamp {
    static SECONDS: AtomicI64 = AtomicI64::new(1_777_917_600);
    let seconds = SECONDS.fetch_add(20, Ordering::Relaxed);
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A desk in `folder`.
pub fn desk(folder: &Path) -> Desk {
    Desk::new(folder.join("packets"), folder.join("exports"), clock)
}

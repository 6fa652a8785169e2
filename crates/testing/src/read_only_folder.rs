//! A place that is only read.

use crate::skipped;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder in which nothing can be written while this lives. Root may write in spite of any
/// permissions, so for root it is mounted read-only.
pub struct ReadOnlyFolder {
    folder: PathBuf,
    mounted: bool,
}

impl ReadOnlyFolder {
    /// Makes `folder` one; none where this system lets us do neither.
    #[track_caller]
    pub fn make(folder: &Path) -> Option<Self> {
        fs::set_permissions(folder, Permissions::from_mode(0o555)).unwrap();
        let mut made = Self { folder: folder.to_owned(), mounted: false };
        let written = folder.join("written");
        if fs::write(&written, "").is_err() {
            return Some(made);
        }
        fs::remove_file(written).unwrap();
        let at = folder.to_str().unwrap();
        if mount(&["--bind", at, at]) && mount(&["-o", "remount,bind,ro", at]) {
            made.mounted = true;
            return Some(made);
        }
        skipped("root writes everywhere, and may not mount here");
        None
    }
}

fn mount(arguments: &[&str]) -> bool {
    Command::new("mount").args(arguments).status().is_ok_and(|done| done.success())
}

impl Drop for ReadOnlyFolder {
    fn drop(&mut self) {
        if self.mounted {
            let _ = Command::new("umount").arg(&self.folder).status();
        }
        let _ = fs::set_permissions(&self.folder, Permissions::from_mode(0o755));
    }
}

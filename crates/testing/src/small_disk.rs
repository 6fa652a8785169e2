//! A disk that is soon full.

use crate::skipped;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A small disk, gone when this is.
pub struct SmallDisk(TempDir);

impl SmallDisk {
    /// With a limit as `mount` has it for `tmpfs`: `size=64k`, `nr_inodes=8`. None where this system
    /// lets us mount nothing.
    #[track_caller]
    pub fn mount(limit: &str) -> Option<Self> {
        let at = tempfile::tempdir().unwrap();
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", limit, "tmpfs"])
            .arg(at.path())
            .output();
        if mount.is_ok_and(|done| done.status.success()) {
            return Some(Self(at));
        }
        skipped("mounting a small disk takes rights that this test run lacks");
        None
    }

    /// The folder that it is mounted on.
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.path()).status();
    }
}

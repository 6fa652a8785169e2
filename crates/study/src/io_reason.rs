//! What the operating system says of a file, in words for a person.

use std::io;
use std::path::Path;

/// Why a file was not read or written, and what to do about it: sentences to stand behind its name.
pub fn io_reason(error: &io::Error) -> String {
    use io::ErrorKind::{
        AlreadyExists, InvalidFilename, IsADirectory, NotADirectory, NotFound, PermissionDenied,
        QuotaExceeded, ReadOnlyFilesystem, StorageFull,
    };
    let reason = match error.kind() {
        AlreadyExists => "something of this name is already there. Choose another name.",
        InvalidFilename => "the name is too long, or cannot be one here. Choose another name.",
        NotFound => "no such file or folder. Check the name.",
        PermissionDenied => {
            "no permission. Change the file's permissions, or choose another place."
        }
        IsADirectory => "found a folder; expected a file.",
        NotADirectory => "found a file where a folder is expected.",
        StorageFull => "no space left on the disk. Free some space and try again.",
        QuotaExceeded => "your share of this disk is used up. Free some space and try again.",
        ReadOnlyFilesystem => "the disk is read-only. Choose another place.",
        _ => {
            let said = error.to_string();
            // The number behind it tells a person nothing.
            return format!("{}.", said.split(" (os error").next().unwrap_or_default());
        }
    };
    reason.into()
}

/// The same of a name that may be that of a link to `target`.
pub fn io_reason_of_link(error: &io::Error, target: Option<&Path>) -> String {
    match target.filter(|_| error.kind() == io::ErrorKind::NotFound) {
        Some(target) => format!(
            "this is a link to {}, where nothing is. Restore that, or name another file.",
            target.display()
        ),
        None => io_reason(error),
    }
}

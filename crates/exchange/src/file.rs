//! Whole files in, whole files out.

use crate::Error;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;
use study::Digest;
use tempfile::NamedTempFile;

/// The text of `file`, which must hold `expected`.
pub(crate) fn read_text(file: &Path, expected: &str) -> Result<String, Error> {
    let bytes = fs::read(file).map_err(Error::io(file))?;
    decode_text(file, &bytes, expected).map(String::from)
}

/// The text that `bytes` of `file` are.
pub(crate) fn decode_text<'a>(
    file: &Path,
    bytes: &'a [u8],
    expected: &str,
) -> Result<&'a str, Error> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let (file, valid) = (file.to_owned(), error.valid_up_to());
        let line = 1 + bytes[..valid].iter().filter(|byte| **byte == b'\n').count();
        match error.error_len() {
            Some(_) => Error::NotText { file, line },
            // The file ends within a character.
            None => Error::Truncated { file, line },
        }
    })?;
    if text.trim().is_empty() {
        return Err(Error::Empty { file: file.to_owned(), expected: expected.into() });
    }
    Ok(text)
}

/// The digest of `file`'s bytes, by which a study knows its sealed key and what it received.
pub fn file_digest(file: &Path) -> Result<Digest, Error> {
    Ok(Digest::of_bytes(&fs::read(file).map_err(Error::io(file))?))
}

/// Puts `bytes` at `file`, whole or not at all. A file that is there already stays: the same bytes
/// are no error, others are.
pub fn write_new(file: &Path, bytes: &[u8]) -> Result<(), Error> {
    place_new(file, bytes, Readers::AsUsual)
}

/// The same for a file that only its owner may read.
pub fn write_new_private(file: &Path, bytes: &[u8]) -> Result<(), Error> {
    place_new(file, bytes, Readers::Owner)
}

fn place_new(file: &Path, bytes: &[u8], readers: Readers) -> Result<(), Error> {
    let (folder, draft) = draft_of(file, bytes, readers)?;
    match draft.persist_noclobber(file) {
        Ok(_) => sync_folder(folder).map_err(Error::io(folder)),
        Err(refused) if refused.error.kind() == ErrorKind::AlreadyExists => {
            let there = fs::read(file).map_err(Error::io(file))?;
            if there == bytes { Ok(()) } else { Err(Error::Exists { file: file.to_owned() }) }
        }
        Err(refused) => Err(Error::io(file)(refused.error)),
    }
}

/// Puts `bytes` at `file`, whole or not at all, in the place of what is there. For a program's own
/// lists; what people keep is written by [`write_new`].
pub fn replace(file: &Path, bytes: &[u8]) -> Result<(), Error> {
    place(file, bytes, Readers::AsUsual)
}

/// The same for a file that only its owner may read.
pub fn replace_private(file: &Path, bytes: &[u8]) -> Result<(), Error> {
    place(file, bytes, Readers::Owner)
}

fn place(file: &Path, bytes: &[u8], readers: Readers) -> Result<(), Error> {
    let (folder, draft) = draft_of(file, bytes, readers)?;
    draft.persist(file).map_err(|refused| Error::io(file)(refused.error))?;
    sync_folder(folder).map_err(Error::io(folder))
}

/// The folder of `file`, and a draft there that holds `bytes`, on the disk.
fn draft_of<'a>(
    file: &'a Path,
    bytes: &[u8],
    readers: Readers,
) -> Result<(&'a Path, NamedTempFile), Error> {
    let folder = match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(Error::io(folder))?;
    let mut draft = draft_in(folder, readers).map_err(Error::io(folder))?;
    draft.write_all(bytes).map_err(Error::io(file))?;
    draft.as_file().sync_all().map_err(Error::io(file))?;
    Ok((folder, draft))
}

/// The file's name is on the disk only when its folder is.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Who may read a new file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Readers {
    /// Whoever may read a new file of this person.
    AsUsual,
    /// Nobody but its owner. Where files have no modes, a file in a person's own folders is so.
    Owner,
}

/// A file to be moved into place. By itself it would be its owner's alone.
fn draft_in(folder: &Path, readers: Readers) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    if readers == Readers::AsUsual {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = readers;
    builder.tempfile_in(folder)
}

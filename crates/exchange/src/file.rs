//! Whole files in, whole files out.

use crate::Error;
use crate::door::refuse_no_text;
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::str::Utf8Error;
use std::time::SystemTime;
use study::Digest;
use tempfile::NamedTempFile;

/// The most bytes of a file that a person writes.
pub const BY_HAND: u64 = 16 << 20;

/// The most bytes of a file that programs or many people fill.
pub const COLLECTED: u64 = 1 << 30;

/// The most bytes of a table that is counted while it is read.
pub(crate) const COUNTED: u64 = 64 << 30;

/// Opens `file` for reading, of which at most so many bytes are read: nothing that a name leads to makes
/// a reader wait for ever or fill the memory.
pub(crate) fn open(file: &Path, most: u64) -> io::Result<impl Read> {
    open_limited(file, most)
}

fn open_limited(file: &Path, most: u64) -> io::Result<Limited> {
    // Before opening: that alone waits at a pipe.
    let found = fs::metadata(file)?;
    if found.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if !found.is_file() {
        let reason = "this is a pipe or a device, not a regular file. Save its content in a file";
        return Err(io::Error::new(ErrorKind::InvalidInput, reason));
    }
    if found.len() > most {
        return Err(too_large(most));
    }
    Ok(Limited { open: fs::File::open(file)?, left: most, most })
}

/// By what is seen that a file changed: its length, when it was written last, and where it is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    length: u64,
    written: Option<SystemTime>,
    place: Option<(u64, u64)>,
}

impl Stamp {
    fn of(open: &fs::File) -> io::Result<Self> {
        let found = open.metadata()?;
        #[cfg(unix)]
        let place = {
            use std::os::unix::fs::MetadataExt;
            Some((found.dev(), found.ino()))
        };
        #[cfg(not(unix))]
        let place = None;
        // Not every file system knows when a file was written.
        Ok(Self { length: found.len(), written: found.modified().ok(), place })
    }
}

/// A file that is read several times, and must be the same at the beginning and the end of each.
pub(crate) struct Unchanged {
    open: Limited,
    stamp: Stamp,
}

impl Unchanged {
    /// Opens `file`, of which at most so many bytes are read; refuses it if it has another stamp than it had.
    pub(crate) fn open(file: &Path, most: u64, before: Option<Stamp>) -> io::Result<Self> {
        let open = open_limited(file, most)?;
        let stamp = Stamp::of(&open.open)?;
        match before.is_none_or(|before| before == stamp) {
            true => Ok(Self { open, stamp }),
            false => Err(changed()),
        }
    }

    pub(crate) fn stamp(&self) -> Stamp {
        self.stamp
    }
}

impl Read for Unchanged {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.open.read(buffer)?;
        let is_end = read == 0 && !buffer.is_empty();
        match is_end && Stamp::of(&self.open.open)? != self.stamp {
            true => Err(changed()),
            false => Ok(read),
        }
    }
}

/// Why a file is not read on.
pub(crate) fn changed() -> io::Error {
    io::Error::new(ErrorKind::InvalidData, "the file changed while it was read; read it again")
}

/// A file that may grow while it is read.
struct Limited {
    open: fs::File,
    left: u64,
    most: u64,
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.open.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| too_large(self.most))?;
        Ok(read)
    }
}

fn too_large(most: u64) -> io::Error {
    let reason = format!(
        "this file is larger than {} MB, the most that is read of one of its kind. Check that it is the \
         right one",
        most >> 20
    );
    io::Error::new(ErrorKind::FileTooLarge, reason)
}

/// The bytes of `file`, if they are no more than `most`.
pub fn read_bytes(file: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    open(file, most).and_then(|mut open| open.read_to_end(&mut bytes)).map_err(Error::io(file))?;
    Ok(bytes)
}

/// The text of `file`, which must hold `expected` in no more than `most` bytes.
pub fn read_text(file: &Path, most: u64, expected: &str) -> Result<String, Error> {
    let bytes = read_bytes(file, most)?;
    refuse_no_text(file, &bytes, expected)?;
    into_text(file, bytes, expected)
}

/// The same of a secret, which may begin with any characters, and leaves no copy in memory.
pub fn read_secret(file: &Path, expected: &str) -> Result<String, Error> {
    let bytes = read_bytes(file, BY_HAND)?;
    if std::str::from_utf8(&bytes).is_err() {
        refuse_no_text(file, &bytes, expected)?;
    }
    into_text(file, bytes, expected)
}

/// The text that `bytes` of `file` are, in place.
pub(crate) fn into_text(file: &Path, mut bytes: Vec<u8>, expected: &str) -> Result<String, Error> {
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    let text = String::from_utf8(bytes)
        .map_err(|error| not_text(file, error.as_bytes(), error.utf8_error()))?;
    not_empty(file, text, expected)
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Without the mark that some programs put before a text.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

/// The text that `bytes` of `file` are.
pub(crate) fn decode_text<'a>(
    file: &Path,
    bytes: &'a [u8],
    expected: &str,
) -> Result<&'a str, Error> {
    let bytes = without_mark(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| not_text(file, bytes, error))?;
    not_empty(file, text, expected)
}

fn not_text(file: &Path, bytes: &[u8], error: Utf8Error) -> Error {
    let (file, valid) = (file.to_owned(), error.valid_up_to());
    let line = 1 + bytes[..valid].iter().filter(|byte| **byte == b'\n').count();
    match error.error_len() {
        Some(_) => Error::NotText { file, line, encoding: "UTF-8" },
        // The file ends within a character.
        None => Error::Truncated { file, line },
    }
}

fn not_empty<T: AsRef<str>>(file: &Path, text: T, expected: &str) -> Result<T, Error> {
    if text.as_ref().trim().is_empty() {
        return Err(Error::Empty { file: file.to_owned(), expected: expected.into() });
    }
    Ok(text)
}

/// The digest of `file`'s bytes, by which a study knows its sealed key and what it received.
pub fn file_digest(file: &Path) -> Result<Digest, Error> {
    Ok(Digest::of_bytes(&read_bytes(file, COLLECTED)?))
}

/// Puts `bytes` at `file`, whole or not at all. A file that is there already stays: the same bytes
/// are no error, others are.
pub fn write_new(file: &Path, bytes: &[u8]) -> Result<(), Error> {
    place_new(file, bytes, Readers::AsUsual)
}

/// Writes a file that is not there yet.
pub type WriteNew<'a> = Box<dyn FnOnce(&Path) -> Result<(), Error> + 'a>;

/// The same for several files: all of them or none.
pub fn write_all_new<'a>(
    files: impl IntoIterator<Item = (&'a Path, &'a [u8])>,
) -> Result<(), Error> {
    let write = |bytes: &'a [u8]| -> WriteNew<'a> { Box::new(|file| write_new(file, bytes)) };
    all_or_none(files.into_iter().map(|(file, bytes)| (file, write(bytes))))
}

/// Writes each file in its own way: all of them or none.
pub fn all_or_none<'a>(
    files: impl IntoIterator<Item = (&'a Path, WriteNew<'a>)>,
) -> Result<(), Error> {
    let mut written: Vec<&Path> = Vec::new();
    for (file, write) in files {
        let was_there = file.exists();
        if let Err(error) = write(file) {
            written.iter().for_each(|file| drop(fs::remove_file(file)));
            return Err(error);
        }
        // One that was there with the same bytes is not ours to remove.
        written.extend((!was_there).then_some(file));
    }
    Ok(())
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
            let there = read_bytes(file, COLLECTED)?;
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
    create_folder(folder)?;
    let mut draft = draft_in(folder, readers).map_err(Error::io(folder))?;
    draft.write_all(bytes).map_err(Error::io(file))?;
    draft.as_file().sync_all().map_err(Error::io(file))?;
    Ok((folder, draft))
}

/// Makes `folder` and those that it lies in, where they are not there.
fn create_folder(folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|error| {
        // The system says that something of this name is there.
        let is_file = folder.is_file();
        Error::io(folder)(if is_file { ErrorKind::NotADirectory.into() } else { error })
    })
}

/// Whether files can be written in `folder`, or where it would be made: to be asked before work whose result goes
/// there. Nothing is left behind.
pub fn check_folder(folder: &Path) -> Result<(), Error> {
    let there = folder.ancestors().find(|above| above.symlink_metadata().is_ok());
    let there = there.unwrap_or(Path::new("."));
    if !there.is_dir() {
        return Err(Error::io(there)(ErrorKind::NotADirectory.into()));
    }
    draft_in(there, Readers::AsUsual).map(drop).map_err(Error::io(there))
}

/// The file's name is on the disk only when its folder is.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Who may read a new file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Readers {
    /// Anyone who may read a new file of this person.
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

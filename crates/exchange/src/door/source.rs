//! Where a table's text is: in memory, or left in its file where that is plain UTF-8. A table of ten million
//! rows then takes no more memory than a block of its lines.

use super::encoding::is_utf_16;
use super::kind::Kind;
use crate::Error;
use crate::file::{COLLECTED, Stamp, Unchanged};
use encoding_rs::{Encoding, UTF_8};
use memchr::memchr_iter;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// How many bytes are read at a time, and the rest of the line they end in.
const BLOCK: u64 = 1 << 18;

/// The text of a table.
pub(super) enum Source {
    Held(String),
    /// From this byte of the file on, as long as the file stays the same.
    Left {
        file: PathBuf,
        start: u64,
        stamp: Stamp,
    },
}

impl Source {
    /// The text of `file`, left where it is; `None` if the file must be read whole: it holds no table, or no
    /// UTF-8, or a quotation mark may be missing.
    pub(super) fn left(file: &Path) -> Result<Option<Self>, Error> {
        let failed = |error| Error::io(file)(error);
        let open = Unchanged::open(file, COLLECTED, None).map_err(failed)?;
        let stamp = open.stamp();
        let mut blocks = Blocks::of(open);
        let (mut start, mut quotes) = (None, 0);
        while let Some(block) = blocks.next().map_err(failed)? {
            start = start.or_else(|| table_start(block));
            if start.is_none() || std::str::from_utf8(block).is_err() {
                return Ok(None);
            }
            quotes += memchr_iter(b'"', block).count();
        }
        let start = start.filter(|_| quotes.is_multiple_of(2));
        Ok(start.map(|start| Self::Left { file: file.to_owned(), start, stamp }))
    }

    /// The text from this byte on.
    pub(super) fn from(&self, byte: usize) -> io::Result<Box<dyn Read + '_>> {
        match self {
            Self::Held(text) => Ok(Box::new(&text.as_bytes()[byte..])),
            Self::Left { file, start, stamp } => {
                let mut reader = Unchanged::open(file, COLLECTED, Some(*stamp))?;
                io::copy(&mut reader.by_ref().take(start + byte as u64), &mut io::sink())?;
                Ok(Box::new(reader))
            }
        }
    }
}

/// Where the text of a table begins in a file that begins so, if it may be one in UTF-8.
fn table_start(bytes: &[u8]) -> Option<u64> {
    let mark = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding == UTF_8).then_some(mark)?,
        None => 0,
    };
    let first = bytes[mark..].trim_ascii_start().first()?;
    let is_table = Kind::of(bytes) == Kind::Text && !is_utf_16(bytes) && !b"{[".contains(first);
    is_table.then_some(mark as u64)
}

/// Text in blocks of whole lines.
pub(super) struct Blocks<R> {
    pub(super) from: BufReader<R>,
    block: Vec<u8>,
}

impl<R: Read> Blocks<R> {
    pub(super) fn of(from: R) -> Self {
        Self { from: BufReader::new(from), block: Vec::new() }
    }

    pub(super) fn next(&mut self) -> io::Result<Option<&[u8]>> {
        self.block.clear();
        self.from.by_ref().take(BLOCK).read_to_end(&mut self.block)?;
        self.from.read_until(b'\n', &mut self.block)?;
        Ok(Some(self.block.as_slice()).filter(|block| !block.is_empty()))
    }
}

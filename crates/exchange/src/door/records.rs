//! Text cut into records. A line without a quotation mark is a record by itself; from the first quotation mark
//! on, the csv crate reads.

use super::dialect::Dialect;
use super::source::Blocks;
use crate::Error;
use crate::csv_line::csv_error_on;
use crate::file::changed;
use csv::StringRecord;
use memchr::{memchr, memchr_iter, memchr2};
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

/// The cells of a record.
#[derive(Clone, Copy)]
pub(crate) struct Cells<'a> {
    text: &'a str,
    cells: &'a [Range<usize>],
}

impl<'a> Cells<'a> {
    /// Those of `record`, which `ranges` is used for.
    pub(super) fn of(record: &'a StringRecord, ranges: &'a mut Vec<Range<usize>>) -> Self {
        ranges.clear();
        ranges.extend((0..record.len()).filter_map(|cell| record.range(cell)));
        Self { text: record.as_slice(), cells: ranges }
    }

    pub(crate) fn len(self) -> usize {
        self.cells.len()
    }

    pub(crate) fn get(self, cell: usize) -> Option<&'a str> {
        self.cells.get(cell).map(|range| &self.text[range.clone()])
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = &'a str> {
        self.cells.iter().map(move |range| &self.text[range.clone()])
    }
}

/// Records that a character separates the cells of, the first of which is the header.
pub(super) struct Records<'a> {
    file: &'a Path,
    separator: u8,
    /// Lines that were read.
    lines: usize,
    is_header_read: bool,
    cells: Vec<Range<usize>>,
}

impl<'a> Records<'a> {
    /// Those of `file`, in this dialect.
    pub(super) fn of(file: &'a Path, dialect: Dialect) -> Self {
        let (separator, lines) = (dialect.separator as u8, usize::from(dialect.declared));
        Self { file, separator, lines, is_header_read: false, cells: Vec::new() }
    }

    /// Hands every record of `from` behind the header to `take`, with the line on which it begins.
    pub(super) fn each(
        mut self,
        from: impl Read,
        mut take: impl FnMut(usize, Cells<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let failed = |error| Error::io(self.file)(error);
        let mut blocks = Blocks::of(from);
        loop {
            let Some(block) = blocks.next().map_err(failed)? else { return Ok(()) };
            let text = std::str::from_utf8(block).map_err(|_| failed(changed()))?;
            if let Some(rest) = self.of_lines(text, &mut take)? {
                let rest = rest.to_owned();
                return self.of_quoted(rest.as_bytes().chain(blocks.from), take);
            }
        }
    }

    /// The records that are lines, up to the first that is not or may not be one; what begins there.
    fn of_lines<'t>(
        &mut self,
        text: &'t str,
        take: &mut impl FnMut(usize, Cells<'_>) -> Result<(), Error>,
    ) -> Result<Option<&'t str>, Error> {
        let mut rest = text;
        while !rest.is_empty() {
            let end = memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
            let (line, behind) = rest.split_at(end);
            let content = line.strip_suffix('\n').unwrap_or(line);
            let content = content.strip_suffix('\r').unwrap_or(content);
            if memchr2(b'"', b'\r', content.as_bytes()).is_some() {
                return Ok(Some(rest));
            }
            (rest, self.lines) = (behind, self.lines + 1);
            if content.is_empty() || !std::mem::replace(&mut self.is_header_read, true) {
                continue;
            }
            self.cut(content);
            take(self.lines, Cells { text: content, cells: &self.cells })?;
        }
        Ok(None)
    }

    fn cut(&mut self, line: &str) {
        self.cells.clear();
        let mut start = 0;
        for at in memchr_iter(self.separator, line.as_bytes()) {
            self.cells.push(start..at);
            start = at + 1;
        }
        self.cells.push(start..line.len());
    }

    fn of_quoted(
        mut self,
        from: impl Read,
        mut take: impl FnMut(usize, Cells<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(self.separator)
            .flexible(true)
            .has_headers(!self.is_header_read)
            // The csv crate drops a byte order mark at the beginning: in a cell it is a character.
            .from_reader(Kept::of(b"\n".chain(from)));
        let mut record = StringRecord::new();
        let failed = |error: csv::Error| csv_error_on(self.file, None, &error);
        while reader.read_record(&mut record).map_err(failed)? {
            let (line, byte) = record.position().map_or((0, 0), |at| (at.line(), at.byte()));
            let line = self.lines + line as usize + reader.get_mut().lines_skipped_at(byte) - 1;
            take(line, Cells::of(&record, &mut self.cells))?;
        }
        Ok(())
    }
}

/// What is read, kept from the record on that was read last: the csv crate says where a record begins before
/// what it skips on the way to it, the line feed after a carriage return and blank lines
/// (<https://github.com/BurntSushi/rust-csv/issues/395>, <https://github.com/BurntSushi/rust-csv/issues/208>).
struct Kept<R> {
    from: R,
    bytes: Vec<u8>,
    /// How many bytes were there before those.
    before: u64,
}

/// So many bytes of records that are behind are dropped at once.
const DROPPED: usize = 1 << 18;

impl<R> Kept<R> {
    fn of(from: R) -> Self {
        Self { from, bytes: Vec::new(), before: 0 }
    }

    /// How many line feeds and carriage returns that end a line there are from this byte on.
    fn lines_skipped_at(&mut self, byte: u64) -> usize {
        let at = (byte - self.before) as usize;
        let skipped = self.bytes[at..].iter().take_while(|byte| b"\r\n".contains(byte));
        let lines = skipped.filter(|byte| **byte == b'\n').count();
        if at > DROPPED {
            self.bytes.drain(..at);
            self.before = byte;
        }
        lines
    }
}

impl<R: Read> Read for Kept<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.bytes.extend_from_slice(&buffer[..read]);
        Ok(read)
    }
}

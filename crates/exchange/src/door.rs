//! The one door: every file that people bring is first recognised by its content, whatever its name,
//! and is then text, a table, JSON or an archive to the readers, or is refused by what it is.

mod archive;
mod dialect;
mod encoding;
mod header;
mod json;
mod kind;
pub(crate) mod library;
mod other;
mod parquet;
mod records;
mod said;
mod source;
mod table;
mod twice;
mod workbook;

pub(crate) use archive::Archive;
pub(crate) use json::{Records, no_numbers_as_text};
use kind::Kind;
pub use other::read_document;
pub(crate) use other::{decode_document, name_of_no_text, refuse_no_text};
pub(crate) use said::Part;
use source::Source;
pub(crate) use table::{Row, Table, line, plain};
pub use workbook::SheetSeen;

use crate::file::{COLLECTED, read_bytes};
use crate::{Error, refuse_other_format};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use study::Names;

/// Bytes at a file's beginning by which most kinds are told.
const SIGNATURE: u64 = 8;

/// A file whose content is known by kind.
pub(crate) struct Opened {
    pub(crate) file: PathBuf,
    pub(crate) content: Content,
    /// What to know of how it was read, such as the encoding that was assumed.
    pub(crate) notes: Vec<String>,
}

/// What is in a file, as far as that is told without knowing what it means.
pub(crate) enum Content {
    /// A single JSON object; of ours where it has a `format`.
    Document(String),
    /// JSON objects, one per line or in a list, or what is as good as that.
    Records(Records),
    /// Rows of cells under a header.
    Table(Table),
    /// Inspect's archive of samples.
    Archive(Archive),
}

/// Opens `file`, of which `expected` is to be there. `sheet` names the sheet of a workbook that has
/// several.
pub(crate) fn open(file: &Path, sheet: Option<&str>, expected: &str) -> Result<Opened, Error> {
    let mut notes = Vec::new();
    if let Some(left) = Source::left(file)? {
        let content = Content::Table(Table::of_text(file, left, &mut notes)?);
        return Ok(Opened { file: file.to_owned(), content, notes });
    }
    let bytes = read_bytes(file, COLLECTED)?;
    let content = match Kind::of(&bytes) {
        Kind::Workbook => Content::Table(workbook::read(file, bytes, sheet, &mut notes)?),
        Kind::InspectArchive => Content::Archive(Archive::open(file, bytes)?),
        Kind::Parquet => Content::Records(parquet::read(file, bytes, expected, &mut notes)?),
        Kind::Text => of_text(file, bytes, expected, &mut notes)?,
        other => {
            let (found, advice) = (other.name().into(), other.advice());
            return Err(Error::Unreadable { file: file.to_owned(), found, advice });
        }
    };
    Ok(Opened { file: file.to_owned(), content, notes })
}

/// The sheets with cells of a workbook, in its order; none of a file that is no workbook.
pub(crate) fn sheets(file: &Path) -> Result<Vec<SheetSeen>, Error> {
    let mut start = Vec::new();
    let opened = File::open(file).map_err(Error::io(file))?;
    opened.take(SIGNATURE).read_to_end(&mut start).map_err(Error::io(file))?;
    // A long table need not be read to its end for this.
    if !Kind::may_be_workbook(&start) {
        return Ok(Vec::new());
    }
    let bytes = read_bytes(file, COLLECTED)?;
    match Kind::of(&bytes) {
        Kind::Workbook => workbook::sheets(file, bytes),
        _ => Ok(Vec::new()),
    }
}

fn of_text(
    file: &Path,
    bytes: Vec<u8>,
    expected: &str,
    notes: &mut Vec<String>,
) -> Result<Content, Error> {
    let text = encoding::decode(file, bytes, notes)?;
    match text.trim_start().chars().next() {
        None => Err(Error::Empty { file: file.to_owned(), expected: expected.into() }),
        Some('{' | '[') => match json::split(text) {
            json::Split::Document(text) => {
                json::refuse_twice(file, &text, 0)?;
                Ok(Content::Document(text))
            }
            json::Split::Records(records) => {
                records.refuse_twice(file)?;
                Ok(Content::Records(records))
            }
        },
        Some(_) => Ok(Content::Table(Table::of_text(file, Source::Held(text), notes)?)),
    }
}

impl Content {
    /// What holds the content, for a person.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Document(_) => "JSON, one object".into(),
            Self::Records(records) => records.name(),
            Self::Table(table) => match table.dialect() {
                Some(dialect) => format!("a table, {}", dialect.name()),
                None => "a table".into(),
            },
            Self::Archive(_) => "an archive of samples".into(),
        }
    }
}

impl Opened {
    /// The same, in which the items of a table are numbered as in files that were read before.
    pub(crate) fn numbered_by(self, items: &Arc<Names>) -> Self {
        match self.content {
            Content::Table(table) => {
                Self { content: Content::Table(table.numbered_by(items)), ..self }
            }
            content => Self { content, ..self },
        }
    }

    /// Refuses a file of ours of another kind, where `expected` is what can be used.
    pub(crate) fn refuse_ours(&self, expected: &str) -> Result<(), Error> {
        match &self.content {
            Content::Document(text) => refuse_other_format(&self.file, text, expected),
            _ => Ok(()),
        }
    }
}

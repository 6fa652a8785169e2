//! What a file is instead of the text, or the file of ours, that is expected.

use super::encoding;
use super::kind::Kind;
use super::source::Source;
use super::table::Table;
use crate::Error;
use crate::envelope::way_out;
use crate::file::{decode_text, into_text, read_bytes, without_mark};
use serde::de::IgnoredAny;
use std::path::Path;

/// The text of `file`, which is to hold one JSON object, `expected`, in no more than `most` bytes.
pub fn read_document(file: &Path, most: u64, expected: &str) -> Result<String, Error> {
    let bytes = read_bytes(file, most)?;
    refuse_other(file, &bytes, expected)?;
    into_text(file, bytes, expected)
}

/// The same of the `bytes` of a file.
pub(crate) fn decode_document<'a>(
    file: &Path,
    bytes: &'a [u8],
    expected: &str,
) -> Result<&'a str, Error> {
    refuse_other(file, bytes, expected)?;
    decode_text(file, bytes, expected)
}

/// Refuses bytes that are no text by what they are.
pub(crate) fn refuse_no_text(file: &Path, bytes: &[u8], expected: &str) -> Result<(), Error> {
    let kind = Kind::of(bytes);
    if kind == Kind::Text {
        return Ok(());
    }
    let advice = kind.own_advice().unwrap_or_else(|| way_out(expected));
    Err(other(file, kind.name(), expected, advice))
}

/// What `bytes` are if they are no text, for a person.
pub(crate) fn name_of_no_text(bytes: &[u8]) -> Option<&'static str> {
    Some(Kind::of(bytes)).filter(|kind| *kind != Kind::Text).map(Kind::name)
}

fn other(file: &Path, found: &str, expected: &str, advice: &'static str) -> Error {
    let (file, found, expected) = (file.to_owned(), found.into(), expected.into());
    Error::OtherKind { file, found, expected, advice }
}

/// Refuses what is no single JSON object by what it is. What is wrong within one is told by its reader.
fn refuse_other(file: &Path, bytes: &[u8], expected: &str) -> Result<(), Error> {
    refuse_no_text(file, bytes, expected)?;
    let found = match without_mark(bytes).trim_ascii_start().first() {
        None => None,
        Some(b'{') => are_lines(bytes).then(|| "JSON with one object on each line".to_owned()),
        // A text whose encoding is unknown is told by its reader.
        Some(_) => match encoding::decode(file, bytes.to_vec(), &mut Vec::new()) {
            Ok(text) => instead_of_object(file, text),
            Err(_) => None,
        },
    };
    found.map_or(Ok(()), |found| Err(other(file, &found, expected, way_out(expected))))
}

/// Whether `bytes` are several JSON objects, one on each line.
fn are_lines(bytes: &[u8]) -> bool {
    let is_json = |line: &&[u8]| serde_json::from_slice::<IgnoredAny>(line).is_ok();
    let lines = without_mark(bytes).split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let mut lines = lines.filter(|line| !line.is_empty());
    let (first, second) = (lines.next(), lines.next());
    first.iter().chain(&second).all(is_json) && second.is_some() && lines.all(|line| is_json(&line))
}

/// What `text` is, if it is no JSON object and nothing else that JSON has but a list.
fn instead_of_object(file: &Path, text: String) -> Option<String> {
    let is_json = serde_json::from_str::<IgnoredAny>(text.trim()).is_ok();
    match text.trim_start().chars().next()? {
        '{' => None,
        '[' => is_json.then(|| "a list in JSON".into()),
        _ if is_json => None,
        _ => Some(table_in(file, text).unwrap_or_else(|| "text that is not JSON".into())),
    }
}

/// The table in `text`, if that is one whose rows all fit.
fn table_in(file: &Path, text: String) -> Option<String> {
    let table = Table::of_text(file, Source::Held(text), &mut Vec::new()).ok()?;
    let mut rows = 0;
    let read = table.each(file, |_| {
        rows += 1;
        Ok(())
    });
    let is_table = read.is_ok() && rows > 0;
    is_table.then(|| format!("a table with the columns {}", table.names()))
}
